"""The lists of an item — materials, steps, the form, bands and the like, in words: each field of an entry has a column,
so nothing of it is passed over.

What is there at most once (who exercises the item, a limit counted backwards, limits for other banners) is a list of
one row here too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.law.catalogue import lines
from desk.law.catalogue.changes import FIELD_NAMES
from desk.law.catalogue.item import (
    Exerciser,
    Fact,
    Item,
    Limit,
    LineTest,
    Need,
    Place,
)
from desk.law.item_tables import limits

NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "非必要", Need.MAY_FOLLOW: "容缺后补"}
KINDS = {"text": "文字", "number": "数字", "date": "日期", "choice": "选项", "hectares": "面积", "head": "头数"}
EXERCISERS = {Exerciser.BODY: "一个机构", Exerciser.TOWNSHIPS: "各苏木乡镇", Exerciser.POINTS: "各代办点"}
PLACES = {Place.POINT: "递交材料的代办点", Place.DOMICILE: "申请人户籍地"}


class Column(msgspec.Struct, frozen=True):
    """One field of an entry: `kind` is text, tick or choice (of `choices`, by what they are called)."""

    key: str
    words: str
    kind: str = "text"
    choices: Mapping[str, str] = {}


class ListOf(msgspec.Struct, frozen=True):
    """A list: its name and the columns of its entries."""

    key: str
    words: str
    columns: tuple[Column, ...]
    get: Callable[[Item], Sequence[msgspec.Struct]] | None = None

    def of(self, item: Item) -> Sequence[msgspec.Struct]:
        """The entries that an item has."""
        return self.get(item) if self.get is not None else getattr(item, self.key)


def _one(found: msgspec.Struct | None) -> Sequence[msgspec.Struct]:
    return (found,) if found is not None else ()


_SAMPLE = Column("sample", "示例，未核实", "tick")
LISTS: dict[str, ListOf] = {
    one.key: one
    for one in (
        ListOf(
            "legal_basis",
            "设定依据",
            (
                Column("law", "法律、法规、规章或文件"),
                Column("article", "条款"),
                Column("text", "规定了什么"),
            ),
        ),
        ListOf(
            "materials",
            "申请材料",
            (
                Column("name", "材料名称"),
                Column("originals", "原件"),
                Column("copies", "复印件"),
                Column("need", "必要性", "choice", {one.value: words for one, words in NEEDS.items()}),
                Column("situation", "只在这个情形要", "choice"),
                Column("source", "来源渠道"),
                Column("issuer", "出具单位"),
                Column("usage_note", "说明"),
                Column("returned", "原件看过退还", "tick"),
                Column("electronic", "可交电子件", "tick"),
                _SAMPLE,
            ),
        ),
        ListOf("situations", "情形", (Column("name", "名称"),)),
        ListOf(
            "steps",
            "办理流程",
            (
                Column("name", "环节"),
                Column("post", "承办岗位"),
                Column("limit", "时限"),
                Column("supervision", "监督制约环节"),
                Column("duty", "职责要求"),
            ),
        ),
        ListOf(
            "fields",
            "表单",
            (
                Column("name", "栏名"),
                Column("kind", "填什么", "choice", KINDS),
                Column("unit", "单位"),
                Column("choices", "选项（用、分开）"),
                Column("required", "必填", "tick"),
            ),
        ),
        ListOf(
            "fees",
            "收费",
            (Column("name", "项目"), Column("standard", "标准"), Column("basis", "依据")),
        ),
        ListOf(
            "bands",
            "裁量分档",
            (
                Column("name", "档次"),
                Column("when", "适用情形"),
                Column("standard", "裁量标准"),
                Column("basis", "依据"),
            ),
        ),
        ListOf(
            "holds",
            "核对条件",
            (
                Column("fact", "核对什么", "choice", {one.value: lines.FACT_NAMES[one] for one in Fact}),
                Column("of", "所指（栏、日期、月数或事项）"),
                Column("test", "怎样核对", "choice", {one.value: lines.TEST_NAMES[one] for one in LineTest}),
                Column("value", "值"),
                Column("text", "写给群众看的话"),
                Column("law", "依据"),
                Column("article", "条款"),
                _SAMPLE,
            ),
        ),
        ListOf(
            "exercised_by",
            "实施机构",
            (
                Column("who", "由谁实施", "choice", {one.value: words for one, words in EXERCISERS.items()}),
                Column("body", "哪个机构", "choice"),
                Column("place", "按哪里定", "choice", {one.value: words for one, words in PLACES.items()}),
            ),
            get=lambda item: _one(item.exercised_by),
        ),
        ListOf(
            "before",
            "倒数时限",
            (
                Column("what", "要办什么"),
                Column("field", "在表单的哪个日期以前", "choice"),
                Column("limit", "提前多久"),
                Column("basis", "依据"),
                _SAMPLE,
            ),
            get=lambda item: _one(item.stated.before if item.stated else None),
        ),
        ListOf(
            "elsewhere",
            "全区通办时限",
            (
                Column("basis", "依据"),
                Column("push", "推送"),
                Column("post", "寄出材料"),
                Column("back", "寄回结果"),
                _SAMPLE,
            ),
            get=lambda item: _one(item.stated.elsewhere if item.stated else None),
        ),
    )
}


def sentences(item: Item, key: str) -> str:
    """A list in words, a line an entry, for two versions that are held against each other."""
    told = LISTS[key]
    names = {one.code: one.name for one in item.situations} | {one.code: one.name for one in item.fields}
    return "\n".join(_sentence(told, entry, names) for entry in told.of(item))


def _sentence(told: ListOf, entry: msgspec.Struct, names: Mapping[str, str]) -> str:
    parts = []
    for at, column in enumerate(told.columns):
        value = _words(getattr(entry, column.key))
        if column.kind == "choice":
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
