"""The lists of an item — materials, steps, the form, bands and the like — as rows of words that a form shows and sends
back: nothing of an entry is lost, for each of its fields has a column.

What is there at most once (who exercises the item, a limit counted backwards, limits for other banners) is a list of
one row here too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

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
    StatedLimits,
    Step,
)
from desk.law.item_tables import limits

Row = Mapping[str, str]
NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "非必要", Need.MAY_FOLLOW: "容缺后补"}
KINDS = {"text": "文字", "number": "数字", "date": "日期", "choice": "选项", "hectares": "面积", "head": "头数"}
EXERCISERS = {Exerciser.BODY: "一个机构", Exerciser.TOWNSHIPS: "各苏木乡镇", Exerciser.POINTS: "各代办点"}
PLACES = {Place.POINT: "递交材料的代办点", Place.DOMICILE: "申请人户籍地"}
_BETWEEN = "、"


class Column(msgspec.Struct, frozen=True):
    """One field of an entry: `kind` is text, number, tick, limit, list or choice (of `choices`, by what they are
    called); `of` names choices that depend on the item or the place: situations, fields, bodies."""

    key: str
    words: str
    kind: str = "text"
    choices: Mapping[str, str] = {}
    of: str = ""
    wide: bool = False


class ListOf(msgspec.Struct, frozen=True):
    """A list: its name, the type of its entries, their columns; `mark` begins the codes of new entries, "" where they
    have none; `most` how many there may be."""

    key: str
    words: str
    shape: type[msgspec.Struct]
    columns: tuple[Column, ...]
    mark: str = ""
    most: int = 99
    get: Callable[[Item], Sequence[msgspec.Struct]] | None = None
    put: Callable[[Item, tuple[Any, ...]], Item] | None = None

    def of(self, item: Item) -> Sequence[msgspec.Struct]:
        """The entries that an item has."""
        return self.get(item) if self.get is not None else getattr(item, self.key)

    def into(self, item: Item, entries: tuple[Any, ...]) -> Item:
        """The item with these entries instead."""
        if self.put is not None:
            return self.put(item, entries)
        return msgspec.structs.replace(item, **{self.key: entries})


def _stated(item: Item, **parts: Any) -> Item:
    made = msgspec.structs.replace(item.stated or StatedLimits(), **parts)
    return msgspec.structs.replace(item, stated=made if made != StatedLimits() else None)


def _one(found: msgspec.Struct | None) -> Sequence[msgspec.Struct]:
    return (found,) if found is not None else ()


def _first(entries: tuple[Any, ...]) -> Any:
    return entries[0] if entries else None


_SAMPLE = Column("sample", "示例，未核实", "tick")
_NAME = Column("name", "名称")
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
                Column("text", "规定了什么", wide=True),
            ),
        ),
        ListOf(
            "materials",
            "申请材料",
            Material,
            (
                Column("name", "材料名称"),
                Column("originals", "原件", "number"),
                Column("copies", "复印件", "number"),
                Column("need", "必要性", "choice", {one.value: words for one, words in NEEDS.items()}),
                Column("situation", "只在这个情形要", "choice", of="situations"),
                Column("source", "来源渠道"),
                Column("issuer", "出具单位"),
                Column("usage_note", "说明"),
                Column("returned", "原件看过退还", "tick"),
                Column("electronic", "可交电子件", "tick"),
                _SAMPLE,
            ),
            "m",
        ),
        ListOf("situations", "情形", Situation, (_NAME,), "q"),
        ListOf(
            "steps",
            "办理流程",
            Step,
            (
                Column("name", "环节"),
                Column("post", "承办岗位"),
                Column("limit", "时限", "limit"),
                Column("supervision", "监督制约环节"),
                Column("duty", "职责要求", wide=True),
            ),
            "s",
        ),
        ListOf(
            "fields",
            "表单",
            Field,
            (
                Column("name", "栏名"),
                Column("kind", "填什么", "choice", KINDS),
                Column("unit", "单位"),
                Column("choices", "选项（用、分开）", "list"),
                Column("required", "必填", "tick"),
            ),
            "f",
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
                Column("when", "适用情形", wide=True),
                Column("standard", "裁量标准", wide=True),
                Column("basis", "依据"),
            ),
            "b",
        ),
        ListOf(
            "holds",
            "核对条件",
            Line,
            (
                Column("fact", "核对什么", "choice", {one.value: lines.FACT_NAMES[one] for one in Fact}),
                Column("of", "所指（栏、日期、月数或事项）"),
                Column("test", "怎样核对", "choice", {one.value: lines.TEST_NAMES[one] for one in LineTest}),
                Column("value", "值"),
                Column("text", "写给群众看的话", wide=True),
                Column("law", "依据"),
                Column("article", "条款"),
                _SAMPLE,
            ),
            "h",
        ),
        ListOf(
            "exercised_by",
            "实施机构",
            Exercise,
            (
                Column("who", "由谁实施", "choice", {one.value: words for one, words in EXERCISERS.items()}),
                Column("body", "哪个机构", "choice", of="bodies"),
                Column("place", "按哪里定", "choice", {one.value: words for one, words in PLACES.items()}),
            ),
            most=1,
            get=lambda item: _one(item.exercised_by),
            put=lambda item, entries: msgspec.structs.replace(item, exercised_by=_first(entries)),
        ),
        ListOf(
            "before",
            "倒数时限",
            Before,
            (
                Column("what", "要办什么"),
                Column("field", "在表单的哪个日期以前", "choice", of="dates"),
                Column("limit", "提前多久", "limit"),
                Column("basis", "依据"),
                _SAMPLE,
            ),
            most=1,
            get=lambda item: _one(item.stated.before if item.stated else None),
            put=lambda item, entries: _stated(item, before=_first(entries)),
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
            most=1,
            get=lambda item: _one(item.stated.elsewhere if item.stated else None),
            put=lambda item, entries: _stated(item, elsewhere=_first(entries)),
        ),
    )
}


def choices(column: Column, item: Item, bodies: Mapping[str, str]) -> dict[str, str]:
    """What a column of choices offers in `item`; `bodies` are the names of the register by code."""
    match column.of:
        case "situations":
            return {"": "都要"} | {one.code: one.name for one in item.situations}
        case "dates":
            return {one.code: one.name for one in item.fields if one.kind == "date"}
        case "bodies":
            return {"": "不是一个机构"} | dict(bodies)
    return dict(column.choices)


def shown(item: Item, key: str) -> list[dict[str, str]]:
    """The entries of a list as a form shows them; with `code` where they have one."""
    told = LISTS[key]
    names = [column.key for column in told.columns] + (["code"] if told.mark else [])
    return [{name: _words(getattr(entry, name)) for name in names} for entry in told.of(item)]


def _words(value: object) -> str:
    match value:
        case bool():
            return "1" if value else ""
        case tuple():
            return _BETWEEN.join(value)
        case Limit():
            return limits.written(value)
        case None:
            return ""
    return str(value)


def read(item: Item, key: str, typed: Sequence[Row]) -> tuple[Item, list[str]]:
    """The item with a list as it was typed, and what could not be read. A row of which nothing is typed is no entry;
    an entry that is there keeps its code, a new one gets one that the item never had."""
    told, made, said = LISTS[key], list[Any](), list[str]()
    taken = {_code(one) for one in told.of(item)} | {row.get("code", "") for row in typed}
    fresh = (code for at in range(1, 1000) if (code := f"{told.mark}{item.version}-{at}") not in taken)
    for at, row in enumerate(typed, 1):
        if not _is_typed(told, row):
            continue
        parts: dict[str, Any] = {}
        for column in told.columns:
            try:
                parts[column.key] = _value(column, row.get(column.key, ""))
            except ValueError as error:
                said.append(f"{told.words}第 {at} 条的{column.words}：{error}")
        if told.mark:
            parts["code"] = row.get("code", "") or next(fresh)
        try:
            made.append(msgspec.convert(parts, told.shape))
        except msgspec.ValidationError:
            said.append(f"{told.words}第 {at} 条没有填完。")
    return (item, said) if said else (told.into(item, tuple(made[: told.most])), said)


def _is_typed(told: ListOf, row: Row) -> bool:
    """Whether anything was typed into a row; what is chosen counts only where there is nothing to type."""
    typed = [one.key for one in told.columns if one.kind in ("text", "limit", "list")]
    return any(row.get(key, "").strip() for key in typed or ["who"])


def _code(entry: msgspec.Struct) -> str:
    return str(getattr(entry, "code", ""))


def _value(column: Column, text: str) -> Any:
    """What was typed into a column. Raises ValueError with the reason."""
    text = text.strip()
    match column.kind:
        case "tick":
            return text == "1"
        case "number":
            if text and not (text.isascii() and text.isdigit() and len(text) < 4):
                raise ValueError("请写数字。")
            return int(text or 0)
        case "list":
            return tuple(one.strip() for one in text.replace("，", _BETWEEN).split(_BETWEEN) if one.strip())
        case "limit":
            limit, notes = limits.read(text)
            if limit is None and text and notes:
                raise ValueError(f"{notes[0].text}{notes[0].todo}")
            return None if limit is None else msgspec.to_builtins(limit)
    return text


def sentences(item: Item, key: str) -> str:
    """A list in words, a line an entry, for two versions that are held against each other."""
    told = LISTS[key]
    names = {one.code: one.name for one in item.situations} | {one.code: one.name for one in item.fields}
    return "\n".join(_sentence(told, row, names) for row in shown(item, key))


def _sentence(told: ListOf, row: Row, names: Mapping[str, str]) -> str:
    parts = []
    for at, column in enumerate(told.columns):
        value = row[column.key]
        if column.kind == "choice":
            value = column.choices.get(value, names.get(value, value))
        if value and column.kind == "tick":
            parts.append(column.words)
        elif value and value != "0":
            parts.append(value if not at else f"{column.words} {value}")
    return "；".join(parts)


def name_of(key: str) -> str:
    """What a list or field is called."""
    return LISTS[key].words if key in LISTS else FIELD_NAMES.get(key, key)
