"""The lists of an item — materials, steps, the form, bands and the like, in words: each field of an entry has a column,
so nothing of it is passed over.

What is there at most once (who exercises the item, a limit counted backwards, limits for other banners) is a list of
one row here too, and a list of plain sentences one of a single column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.law.catalogue import lines
from desk.law.catalogue.changes import FIELD_NAMES
from desk.law.catalogue.item import (
    Band,
    Before,
    Elsewhere,
    Exercise,
    Exerciser,
    Fact,
    Fee,
    Field,
    Item,
    LegalBasis,
    Limit,
    Line,
    LineTest,
    Material,
    Need,
    Place,
    Situation,
    Step,
)
from desk.law.item_tables import limits

NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "非必要", Need.MAY_FOLLOW: "容缺后补"}
KINDS = {"text": "文字", "number": "数字", "date": "日期", "choice": "选项", "hectares": "面积", "head": "头数"}
EXERCISERS = {Exerciser.BODY: "一个机构", Exerciser.TOWNSHIPS: "各苏木乡镇", Exerciser.POINTS: "各代办点"}
PLACES = {Place.POINT: "递交材料的代办点", Place.DOMICILE: "申请人户籍地"}
Row = dict[str, str]  # an entry as a form holds it: the words of each column, and its code where it has one


class Sentence(msgspec.Struct, frozen=True):
    """An entry of a list of plain sentences."""

    text: str


class Column(msgspec.Struct, frozen=True):
    """One field of an entry. `kind`: text, tick, count (a whole number), limit, several (words with 、 between), choice
    (of `choices`, by what they are called; of bodies where there are none), named (an entry of another list, by its
    name). `is_more`: seldom filled; `is_long`: a sentence or more."""

    key: str
    words: str
    kind: str = "text"
    choices: Mapping[str, str] = {}
    is_more: bool = False
    is_long: bool = False


class ListOf(msgspec.Struct, frozen=True):
    """A list: its name, what its entries are, and their columns; the first one no entry goes without. `letter` begins
    the codes of new entries; at most `most` of them."""

    key: str
    words: str
    entry: type[msgspec.Struct]
    columns: tuple[Column, ...]
    get: Callable[[Item], Sequence[msgspec.Struct]] | None = None
    letter: str = ""
    most: int = 200

    def of(self, item: Item) -> Sequence[msgspec.Struct]:
        """The entries that an item has."""
        return self.get(item) if self.get is not None else getattr(item, self.key)


def _one(found: msgspec.Struct | None) -> Sequence[msgspec.Struct]:
    return (found,) if found is not None else ()


def _plain(key: str) -> ListOf:
    def get(item: Item) -> Sequence[msgspec.Struct]:
        return [Sentence(one) for one in getattr(item, key)]

    return ListOf(key, FIELD_NAMES[key], Sentence, (Column("text", "内容", is_long=True),), get)


_SAMPLE = Column("sample", "示例，未核实", "tick", is_more=True)
LISTS: dict[str, ListOf] = {
    one.key: one
    for one in (
        ListOf(
            "legal_basis",
            "设定依据",
            LegalBasis,
            (
                Column("law", "法律、法规、规章或文件"),
                Column("article", "条款"),
                Column("text", "规定了什么", is_long=True),
            ),
        ),
        _plain("acceptance_conditions"),
        ListOf("situations", "情形", Situation, (Column("name", "名称"),), letter="v"),
        ListOf(
            "materials",
            "申请材料",
            Material,
            (
                Column("name", "材料名称", is_long=True),
                Column("originals", "原件", "count"),
                Column("copies", "复印件", "count"),
                Column("need", "必要性", "choice", {one.value: words for one, words in NEEDS.items()}),
                Column("situation", "只在这个情形要", "named", is_more=True),
                Column("source", "来源渠道", is_more=True),
                Column("issuer", "出具单位", is_more=True),
                Column("usage_note", "说明", is_more=True, is_long=True),
                Column("returned", "原件看过退还", "tick", is_more=True),
                Column("electronic", "可交电子件", "tick", is_more=True),
                _SAMPLE,
            ),
            letter="m",
        ),
        ListOf(
            "steps",
            "办理流程",
            Step,
            (
                Column("name", "环节"),
                Column("post", "承办岗位"),
                Column("limit", "时限", "limit"),
                Column("duty", "职责要求", is_long=True),
                Column("supervision", "监督制约环节", is_more=True),
                Column("uncounted", "不计入时限的原因", is_more=True),
            ),
            letter="s",
        ),
        ListOf(
            "fields",
            "表单",
            Field,
            (
                Column("name", "栏名"),
                Column("kind", "填什么", "choice", KINDS),
                Column("required", "必填", "tick"),
                Column("unit", "单位", is_more=True),
                Column("choices", "选项（用、分开）", "several", is_more=True),
            ),
            letter="f",
        ),
        ListOf(
            "fees",
            "收费",
            Fee,
            (Column("name", "项目"), Column("standard", "标准"), Column("basis", "依据")),
        ),
        ListOf(
            "bands",
            "裁量分档",
            Band,
            (
                Column("name", "档次"),
                Column("when", "适用情形", is_long=True),
                Column("standard", "裁量标准", is_long=True),
                Column("basis", "依据"),
            ),
            letter="b",
        ),
        ListOf(
            "holds",
            "核对条件",
            Line,
            (
                Column("fact", "核对什么", "choice", {one.value: lines.FACT_NAMES[one] for one in Fact}),
                Column("of", "所指（栏名、日期、月数或事项编码）", "named"),
                Column("test", "怎样核对", "choice", {one.value: lines.TEST_NAMES[one] for one in LineTest}),
                Column("value", "值"),
                Column("text", "写给群众看的话", is_long=True),
                Column("law", "依据"),
                Column("article", "条款"),
                _SAMPLE,
            ),
            letter="h",
        ),
        _plain("special_procedures"),
        _plain("faq"),
        ListOf(
            "exercised_by",
            "实施机构",
            Exercise,
            (
                Column("who", "由谁实施", "choice", {one.value: words for one, words in EXERCISERS.items()}),
                Column("body", "哪个机构", "choice"),
                Column("place", "按哪里定", "choice", {one.value: words for one, words in PLACES.items()}),
            ),
            get=lambda item: _one(item.exercised_by),
            most=1,
        ),
        ListOf(
            "before",
            "倒数时限",
            Before,
            (
                Column("what", "要办什么"),
                Column("field", "在表单的哪个日期以前", "named"),
                Column("limit", "提前多久", "limit"),
                Column("basis", "依据"),
                _SAMPLE,
            ),
            get=lambda item: _one(item.stated.before if item.stated else None),
            most=1,
        ),
        ListOf(
            "elsewhere",
            "全区通办时限",
            Elsewhere,
            (
                Column("basis", "依据"),
                Column("push", "推送", "limit"),
                Column("post", "寄出材料", "limit"),
                Column("back", "寄回结果", "limit"),
                _SAMPLE,
            ),
            get=lambda item: _one(item.stated.elsewhere if item.stated else None),
            most=1,
        ),
    )
}


def names_in(item: Item) -> dict[str, str]:
    """What entries of lists are called that other lists name, by their codes."""
    return {one.code: one.name for one in item.situations} | {one.code: one.name for one in item.fields}


def rows_of(item: Item, key: str) -> list[Row]:
    """A list as a form holds it."""
    told, names = LISTS[key], names_in(item)
    return [_row(told, entry, names) for entry in told.of(item)]


def _row(told: ListOf, entry: msgspec.Struct, names: Mapping[str, str]) -> Row:
    made = {"code": str(getattr(entry, "code", ""))} if told.letter else {}
    for column in told.columns:
        words = _words(getattr(entry, column.key))
        made[column.key] = names.get(words, words) if column.kind == "named" else words
    return made


def sentences(item: Item, key: str) -> str:
    """A list in words, a line an entry, for two versions that are held against each other."""
    told, names = LISTS[key], names_in(item)
    return "\n".join(_sentence(told, entry, names) for entry in told.of(item))


def _sentence(told: ListOf, entry: msgspec.Struct, names: Mapping[str, str]) -> str:
    parts = []
    for at, column in enumerate(told.columns):
        value = _words(getattr(entry, column.key))
        if column.kind in ("choice", "named"):
            value = column.choices.get(value, names.get(value, value))
        if value and column.kind == "tick":
            parts.append(column.words)
        elif value and value != "0":
            parts.append(value if not at else f"{column.words} {value}")
    return "；".join(parts)


def _words(value: object) -> str:
    match value:
        case bool():
            return "1" if value else ""
        case tuple():
            return "、".join(value)
        case Limit():
            return limits.written(value)
        case None:
            return ""
    return str(value)


def name_of(key: str) -> str:
    """What a list or field is called."""
    return LISTS[key].words if key in LISTS else FIELD_NAMES.get(key, key)
