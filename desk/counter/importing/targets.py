"""Which column means what: headings as offices write them, each taken for one thing at most.

A heading is compared without blanks, line breaks and what stands in brackets; the unit in brackets is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from desk.law.catalogue.item import Field, Item
from desk.words import tidying

_BRACKETED = re.compile(r"[(\[【〔<《]([^)\]】〕>》]*)[)\]】〕>》]")
_SIGNS = str.maketrans("", "", " *＊:：、,，。.;；/\\-_—·'\"")
_OTHERS = (  # somebody else's name, number or telephone
    "父亲", "母亲", "配偶", "监护", "代领", "代理", "经办", "联系人", "填表",
    "制表", "审核", "银行", "开户", "法人", "包联", "嘎查长", "负责人",
)  # fmt: skip
_UNITS = ("平方米", "公顷", "羊单位", "亩", "万元", "元", "头", "只", "匹", "峰", "人")


class Target(msgspec.Struct, frozen=True):
    """One thing that a column may mean. `kind` says how its cells are read: name, id, old_id (of a paper that nobody
    can mend any more), phone, text, number, head, date, choice. `exact` are its headings; `parts` are words that are
    enough within one."""

    key: str
    words: str
    kind: str
    exact: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


class Heading(msgspec.Struct, frozen=True):
    """One column of the file: which (from 0), what its heading says, and what it is taken for ("" nothing)."""

    column: int
    text: str
    target: str = ""

    @property
    def letter(self) -> str:
        """The column as spreadsheets call it."""
        return letters(self.column)


NAME = Target(
    "name",
    "姓名",
    "name",
    (
        "姓名",
        "户主姓名",
        "申请人",
        "申请人姓名",
        "农牧民姓名",
        "牧民姓名",
        "农户姓名",
        "牧户姓名",
        "家庭成员",
        "成员姓名",
        "户主",
    ),
    ("姓名",),
    required=True,
)
ID_NUMBER = Target(
    "id_number",
    "证件号码",
    "id",
    ("身份证号", "身份证号码", "证件号码", "公民身份号码", "公民身份证号码", "身份证", "证件号", "居民身份证号"),
    ("身份证", "身份号码", "证件号"),
    required=True,
)
PHONE = Target("phone", "电话", "phone", ("电话", "联系电话", "手机号", "手机"), ("电话", "手机", "联系方式"))
ADDRESS = Target(
    "address", "住址", "text", ("住址", "地址", "家庭住址", "户籍地址", "现住址"), ("住址", "地址", "住所", "居住地")
)
MISSING = Target("missing", "缺什么", "text", ("缺什么", "缺少材料", "缺件"), ("缺少",))
HEAD = Target("head", "户主", "name", ("户主", "户主姓名"), ("户主姓名",))
HEAD_ID = Target("head_id", "户主证件号码", "id", ("户主身份证号", "户主身份证号码", "户主证件号码"), ("户主身份证",))
RELATION = Target("relation", "与户主关系", "text", ("与户主关系", "关系", "家庭关系"), ("户主关系", "与户主"))
GROUP = Target("group", "组", "text", ("组", "小组", "组别", "村民小组", "嘎查小组", "牧业组"), ("小组", "组别"))
ITEM = Target(
    "item", "事项", "text", ("事项", "事项名称", "办理事项", "业务", "业务名称", "办理内容"), ("事项", "业务")
)
DAY = Target("day", "日期", "date", ("日期", "办理日期", "收件日期", "登记日期", "时间", "办理时间"), ("日期", "时间"))
RESULT = Target("result", "结果", "text", ("结果", "办理结果", "办理情况", "状态"), ("结果", "办理情况"))
OLD_NUMBER = Target(
    "number", "原编号", "text", ("编号", "登记号", "收件号", "受理号", "办件编号", "台账编号"), ("编号",)
)
NOTE = Target("note", "备注", "text", ("备注", "说明"), ("备注",))

ROLL = (NAME, ID_NUMBER, PHONE, ADDRESS, MISSING)
PEOPLE = (NAME, ID_NUMBER, HEAD, HEAD_ID, RELATION, PHONE, ADDRESS, GROUP)
LEDGER = (
    msgspec.structs.replace(NAME, exact=(*NAME.exact, "办事人", "办事群众", "服务对象", "来访人")),
    msgspec.structs.replace(ID_NUMBER, kind="old_id", required=False),
    msgspec.structs.replace(ITEM, required=True),
    DAY,
    RESULT,
    PHONE,
    ADDRESS,
    OLD_NUMBER,
    NOTE,
)


def of_item(item: Item) -> tuple[Target, ...]:
    """What a roll of `item` may have in its columns."""
    return (*ROLL, *(of_field(field) for field in item.fields))


def of_field(field: Field) -> Target:
    """A field of an item's own form."""
    kind = {"hectares": "number"}.get(field.kind, field.kind)
    return Target(f"values.{field.code}", field.name, kind, (field.name,), (field.name,), field.unit, field.choices)


def letters(column: int) -> str:
    """The name of a column (from 0): A, B ... Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def plain(heading: str) -> str:
    """A heading as it is compared."""
    text = _BRACKETED.sub("", tidying.narrow(tidying.visible(heading)))
    return "".join(text.split()).translate(_SIGNS)


def unit_of(heading: str) -> str:
    """The unit that a heading gives in brackets or at its end; "" for none."""
    text = "".join(tidying.narrow(heading).split())
    said = [one for one in _BRACKETED.findall(text) if one]
    return next((unit for unit in _UNITS if unit in said or any(one.endswith(unit) for one in said)), "")


def matched(headings: Sequence[str], targets: Iterable[Target]) -> dict[int, str]:
    """The key of what each column (from 0) is taken for: the best fit first, each column and each target once."""
    fits = sorted(
        (
            (-fit, at, order, target.key)
            for order, target in enumerate(targets)
            for at, heading in enumerate(headings)
            if heading and (fit := _fit(plain(heading), target))
        ),
    )
    made: dict[int, str] = {}
    for _, at, _, key in fits:
        if at not in made and key not in made.values():
            made[at] = key
    return made


def _fit(heading: str, target: Target) -> int:
    """How well a heading fits: 1000 exactly, below that the longer the word that stands in it; 0 not at all."""
    exact = tuple(plain(one) for one in target.exact)
    if heading in exact:
        return 1000 - exact.index(heading)
    if target.kind in ("name", "id", "old_id", "phone") and any(one in heading for one in _OTHERS):
        return 0
    if target.kind == "text" and len(heading) > 12:
        return 0
    inside = [len(part) for part in target.parts if plain(part) in heading]
    if not inside and target.key.startswith("values.") and len(heading) >= 3 and heading in plain(target.words):
        return len(heading)
    return max(inside, default=0)
