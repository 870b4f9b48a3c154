"""Items written out: as the table that comes in again, and as JSON with the schema that says what it may hold."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from desk.law.catalogue.changes import FIELD_NAMES, REGIME_NAMES
from desk.law.catalogue.item import Catalogue, Item
from desk.law.item_tables import columns, written

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_FIRST = ("item_name", "item_type", "legal_basis", "org_name", "exercise_level", "proxy_mode", "task_code")
_RISKY = ("=", "+", "-", "@")


def keys() -> tuple[str, ...]:
    """The columns in order: those of a power list first."""
    return (*_FIRST, *(key for key in written.words_of(_NOTHING) if key not in _FIRST))


def headings() -> list[str]:
    """What the columns are called; each is read again by its name."""
    return ["序号", *(columns.BY_KEY[key].words for key in keys()), "示例"]


def lines(items: Iterable[Item]) -> Iterator[list[str | int]]:
    """A row an item."""
    for at, one in enumerate(items, 1):
        words = written.words_of(one)
        yield [at, *(words[key] for key in keys()), "示例，不是办事依据" if one.sample else ""]


def as_csv(items: Iterable[Item]) -> bytes:
    """CSV as spreadsheets open it: UTF-8 with its mark. What a spreadsheet would reckon with begins with a blank."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(headings())
    table.writerows([_still(cell) for cell in line] for line in lines(items))
    return out.getvalue().encode("utf-8-sig")


def _still(cell: str | int) -> str | int:
    return f" {cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def as_json(catalogue: Catalogue) -> bytes:
    """The whole catalogue, as `load.load` reads it."""
    return msgspec.json.format(msgspec.json.encode(catalogue), indent=1)


def schema() -> dict[str, Any]:
    """JSON Schema of `as_json`, each field with its name in Chinese."""
    made: dict[str, Any] = {"$schema": SCHEMA, "title": "事项目录", **msgspec.json.schema(Catalogue)}
    defined = made["$defs"]
    for kind, names in (("Item", FIELD_NAMES | {"task_code": "实施编码"}), ("Regime", REGIME_NAMES)):
        for name, field in defined[kind]["properties"].items():
            if name in names:
                field["description"] = names[name]
    return made


def table(items: Sequence[Item]) -> tuple[str, list[str], Iterator[list[str | int]]]:
    """The sheet of a workbook, as `desk.words.spreadsheet` takes it."""
    return "事项清单", headings(), lines(items)


_NOTHING = written.blank(dt.date.min)
