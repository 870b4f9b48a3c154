"""Every field of an item that tables and forms hold: how its words are read, and how they are written to be read again.

Forms of the centre, spreadsheets that come in and those that go out all go through these two functions, so what one
writes the others read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from desk.law import codes
from desk.law.catalogue.item import Band, Item, Limit, ProxyMode, Unit
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.item_tables import bases, choices, columns, limits, nothing, papers, procedure, splitting
from desk.words import as_written, spellings
from desk.words.as_written import Kind, Note
from desk.words.sheets.findings import Finding

_BAND_PARTS, _SEVERAL = 3, 2  # name, when, standard; lines of a cell that need no taking apart
_NUMBER = re.compile(r"^\s*[（(]?\d{1,2}[)）.．、]\s*", re.ASCII)
INSTANT = Limit(0, Unit.INSTANT)
_Read = tuple[Any, tuple[Note, ...]]


class Told(msgspec.Struct, frozen=True):
    """What a cell says, where it stands, and under which heading."""

    text: str
    row: int = 0
    column: str = ""
    heading: str = ""


def blank(today: dt.date) -> Item:
    """An item of which nothing is known yet; what it lacks is told by `drafts.lacks`."""
    return Item("", "", "", "", "", ProxyMode.PROXY, "", 1, today)


_BLANK = blank(dt.date.min)


def filled(item: Item, told: Mapping[str, Told]) -> tuple[Item, list[Finding]]:
    """The item with what was told of it, by key of `columns`, and what is to be said of the cells."""
    said: list[Finding] = []
    for key, reader in _READERS.items():
        cell = told.get(key)
        if cell is None or not cell.text.strip():
            continue
        item, notes = _told(item, key, cell, reader)
        said += [Finding(cell.row, cell.column, key, one.kind, one.text, one.todo) for one in notes]
    item = _with_limit(item, told, said)
    return _settled(item, told, said), said


def _told(item: Item, key: str, cell: Told, reader: Callable[[Told, Item], _Read]) -> tuple[Item, tuple[Note, ...]]:
    """The item with what one cell says; that there is none is not read as the thing itself."""
    if nothing.is_said(key, cell.text):
        return nothing.settled(msgspec.structs.replace(item, **{key: getattr(_BLANK, key)}), key, cell.text)
    value, notes = reader(cell, item)
    if value is not None:
        item = msgspec.structs.replace(item, **{key: value})
    return (nothing.unsaid(item, key) if value else item), notes


def words_of(item: Item) -> dict[str, str]:
    """What `filled` reads, by key."""
    return {key: write(item) or nothing.written(item, key) for key, write in _WRITERS.items()}


def _with_limit(item: Item, told: Mapping[str, Told], said: list[Finding]) -> Item:
    """With a limit of which the heading does not say whose it is: that which the cell names, else the promise."""
    cell = told.get(columns.LIMIT)
    if cell is None or not cell.text.strip():
        return item
    statutory, promised = limits.both(cell.text)
    parts = {"statutory_limit": statutory, "promised_limit": promised}
    if not statutory and not promised:
        parts = {"promised_limit": cell.text}
    for key, words in parts.items():
        limit, notes = limits.read(words, cell.heading)
        said += [Finding(cell.row, cell.column, key, one.kind, one.text, one.todo) for one in notes]
        if limit is not None:
            item = msgspec.structs.replace(item, **{key: limits.kept(limit, getattr(item, key))})
    return item


def _settled(item: Item, told: Mapping[str, Told], said: list[Finding]) -> Item:
    """即办件 and 当场 are one thing said twice; a table often says it once."""
    cell = told.get("case_type")
    if cell is not None and item.case_type == "1" and item.promised_limit is None:
        item = msgspec.structs.replace(item, promised_limit=INSTANT)
    instant = item.promised_limit is not None and item.promised_limit.unit is Unit.INSTANT
    if cell is not None and item.case_type == "1" and not instant:
        words = "写了即办件，承诺时限却不是当场，按承诺件取。"
        said.append(Finding(cell.row, cell.column, "case_type", Kind.DOUBT, words, "请核对。"))
    return msgspec.structs.replace(item, case_type="1" if instant else "2" if item.case_type == "1" else item.case_type)


def _line(cell: Told, _item: Item) -> _Read:
    text = splitting.tidy(cell.text)
    return ("" if text in spellings.NOTHING else text), ()


def _code(cell: Told, _item: Item) -> _Read:
    return "".join(splitting.tidy(cell.text).split()), ()


def _lines(cell: Told, _item: Item) -> _Read:
    text = cell.text.strip()
    return (() if text in spellings.NOTHING else tuple(splitting.clauses(text))), ()


def _faq(cell: Told, _item: Item) -> _Read:
    return tuple(splitting.tidy(one) for one in cell.text.split("\n") if one.strip()), ()


def _materials(cell: Told, item: Item) -> _Read:
    if cell.text.strip() in spellings.NOTHING:
        return (), ()
    return papers.read(cell.text, item.materials, item.version)


def _steps(cell: Told, item: Item) -> _Read:
    return procedure.read(cell.text, item.steps, item.version), ()


def _entries(text: str) -> list[str]:
    """A line an entry; one line alone is taken apart. The number of an article at its end is none of a list."""
    lines = [one for one in text.splitlines() if one.strip()]
    if len(lines) < _SEVERAL:
        return splitting.clauses(text)
    return [splitting.tidy(_NUMBER.sub("", one)).rstrip("；;。") for one in lines]


def _duties(cell: Told, _item: Item) -> _Read:
    return (() if cell.text.strip() in spellings.NOTHING else tuple(_entries(cell.text))), ()


def _bands(cell: Told, item: Item) -> _Read:
    """A line a band: name：when：standard（依据：basis）; a band that was there keeps its code."""
    codes_of = {one.name: one.code for one in item.bands}
    made, said = [], []
    for at, line in enumerate(_entries(cell.text), 1):
        text, basis = bases.parted(line)
        parts = [one.strip() for one in text.replace(":", "：").split("：", 2)]
        if len(parts) < _BAND_PARTS:
            said.append(
                Note(Kind.DOUBT, f"“{line[:20]}”没有分清档次、情形、标准。", "请写成“从轻：初次违法：罚款200元”。")
            )
            continue
        name, when, standard = parts
        made.append(Band(codes_of.get(name, f"b{item.version}-{at}"), name, when, standard, basis))
    return tuple(made), tuple(said)


def _bands_written(item: Item) -> str:
    lines = [
        f"{at}. {one.name}：{one.when}：{one.standard}" + (f"（依据：{one.basis}）" if one.basis else "")
        for at, one in enumerate(item.bands, 1)
    ]
    return "\n".join(lines)


def _limit(key: str) -> Callable[[Told, Item], _Read]:
    def read(cell: Told, item: Item) -> _Read:
        limit, notes = limits.read(cell.text, cell.heading)
        return limits.kept(limit, getattr(item, key)), notes

    return read


def _day(cell: Told, _item: Item) -> _Read:
    found = as_written.day(cell.text)
    try:
        return dt.date.fromisoformat(found.value), ()
    except ValueError:
        return None, tuple(note._replace(kind=Kind.DOUBT) for note in found.notes)


def _visits(cell: Told, _item: Item) -> _Read:
    found = as_written.number(splitting.tidy(cell.text).removesuffix("次"), whole=True)
    if found.value.isascii() and found.value.isdigit():
        return int(found.value), ()
    return (0, ()) if cell.text.strip() in spellings.NOTHING else (None, (Note(Kind.DOUBT, "到现场次数不是数字。"),))


def _fees(cell: Told, _item: Item) -> _Read:
    return bases.fees(cell.text)


def _chosen(pick: Callable[[str], tuple[Any, tuple[Note, ...]]]) -> Callable[[Told, Item], _Read]:
    def read(cell: Told, _item: Item) -> _Read:
        value, notes = pick(cell.text)
        return value or None, notes

    return read


def _case_type(text: str) -> tuple[str, tuple[Note, ...]]:
    if "即" in text or text.strip() == "1":
        return "1", ()
    return ("2", ()) if "承诺" in text or text.strip() == "2" else ("9", ())


_READERS: dict[str, Callable[[Told, Item], _Read]] = {
    "item_name": _line,
    "item_type": _chosen(choices.kind),
    "org_name": _line,
    "handling_unit": _line,
    "leader": _line,
    "exercise_level": _chosen(choices.level),
    "task_code": _code,
    "catalog_code": _code,
    "org_uscc": _code,
    "legal_basis": lambda cell, _item: (bases.read(cell.text), ()),
    "audience": _chosen(choices.audience),
    "channel": _chosen(choices.channel),
    "proxy_mode": _chosen(choices.proxy),
    "proxy_note": _line,
    "case_type": _chosen(_case_type),
    "acceptance_conditions": _lines,
    "materials": _materials,
    "statutory_limit": _limit("statutory_limit"),
    "promised_limit": _limit("promised_limit"),
    "steps": _steps,
    "fees": _fees,
    "result_name": _line,
    "delivery": _line,
    "visits": _visits,
    "visits_note": _line,
    "place": _line,
    "hours": _line,
    "enquiry_phone": _line,
    "supervision_phone": _line,
    "rights": _line,
    "remedy": _line,
    "bands": _bands,
    "duties": _duties,
    "liability": _duties,
    "faq": _faq,
    "topic": _line,
    "regime": _code,
    "approved_by": _line,
    "filed_no": _line,
    "filed_on": _day,
    "effective_from": _day,
    "effective_to": _day,
}


def _plain(key: str) -> Callable[[Item], str]:
    return lambda item: str(getattr(item, key) or "")


def _listed(key: str) -> Callable[[Item], str]:
    def write(item: Item) -> str:
        lines = getattr(item, key)
        return "\n".join(f"{at}. {one}" for at, one in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)

    return write


_WRITERS: dict[str, Callable[[Item], str]] = {key: _plain(key) for key in _READERS} | {
    "item_type": lambda item: codes.ITEM_TYPES.get(item.item_type, item.item_type),
    "exercise_level": lambda item: codes.LEVELS.get(item.exercise_level, item.exercise_level),
    "legal_basis": lambda item: bases.written(item.legal_basis),
    "audience": lambda item: choices.written(codes.AUDIENCES, item.audience),
    "channel": lambda item: choices.written(codes.CHANNELS, item.channel),
    "proxy_mode": lambda item: PROXY_NAMES[item.proxy_mode],
    "case_type": lambda item: codes.CASE_TYPES.get(item.case_type, item.case_type),
    "acceptance_conditions": _listed("acceptance_conditions"),
    "materials": lambda item: papers.written(item.materials),
    "statutory_limit": lambda item: limits.written(item.statutory_limit),
    "promised_limit": lambda item: limits.written(item.promised_limit),
    "steps": lambda item: procedure.written(item.steps),
    "fees": lambda item: bases.fees_written(item.fees),
    "visits": lambda item: str(item.visits),
    "bands": _bands_written,
    "duties": _listed("duties"),
    "liability": _listed("liability"),
    "faq": lambda item: "\n".join(item.faq),
}
