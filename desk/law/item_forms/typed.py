"""Rows of a form read back into the entries of a list: what cannot be read is told by row and column.

An entry whose row was not touched stays to the letter; a new one gets a code that its item never had.
"""

from __future__ import annotations

import itertools
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from desk.law.catalogue.item import Item, Limit
from desk.law.item_forms import rows
from desk.law.item_forms.rows import Column, ListOf, Row
from desk.law.item_tables import limits, splitting

LONGEST = 2000  # characters of one cell
_DIGITS = 3  # of a count


class Said(msgspec.Struct, frozen=True):
    """What is to be said of a field, or of one cell of a list: its row (-1 for none) and column."""

    field: str
    text: str
    row: int = -1
    column: str = ""


class _UnreadError(Exception):
    """A cell that cannot be read; its text says why."""


def plain(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A row as two of them are compared: blanks and empty cells aside, for browsers write those anew."""
    return tuple(sorted((key, "".join(text.split())) for key, text in row.items() if text.strip()))


def is_empty(told: ListOf, row: Mapping[str, str]) -> bool:
    """Whether nothing was typed into a row: what its choices, ticks and counts hold by themselves is not typed."""
    first = told.columns[0]
    return not any(
        row.get(one.key, "").strip() for one in told.columns if one is first or one.kind in ("text", "named", "limit")
    )


def read(key: str, typed: Sequence[Row], item: Item, named: Mapping[str, str]) -> tuple[list[Any], list[Said]]:
    """The entries that were typed into the list `key` of `item`, empty rows left out, and what cannot be read.
    `named`: what entries of other lists are called, and their codes."""
    told = rows.LISTS[key]
    kept = {plain(row): entry for row, entry in zip(rows.rows_of(item, key), told.of(item), strict=True)}
    fresh = fresh_codes(told, item, typed)
    made: list[Any] = []
    said: list[Said] = []
    for at, row in enumerate(typed):
        if is_empty(told, row):
            continue
        if (entry := kept.get(plain(row))) is None:
            entry, wrong = _entry(told, row, named, fresh)
            said += [Said(key, text, at, column) for column, text in wrong]
        made += [entry] if entry is not None else []
    if len(made) > told.most:
        said.append(Said(key, f"最多 {told.most} 行，现在有 {len(made)} 行。"))
    return made, said


def fresh_codes(told: ListOf, item: Item, typed: Sequence[Row]) -> Iterator[str]:
    """Codes for new entries, none of which the item or a typed row has."""
    used = {row.get("code", "") for row in typed} | {getattr(one, "code", "") for one in told.of(item)}
    every = (f"{told.letter}{item.version}-{at}" for at in itertools.count(1))
    return (one for one in every if one not in used)


def _entry(
    told: ListOf, row: Row, named: Mapping[str, str], fresh: Iterator[str]
) -> tuple[msgspec.Struct | None, list[tuple[str, str]]]:
    """One row as an entry, and what is wrong by column; None where it cannot be one."""
    values: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    hints = typing.get_type_hints(told.entry)
    for column in told.columns:
        try:
            values[column.key] = _value(column, row.get(column.key, "").strip(), hints[column.key], named)
        except _UnreadError as error:
            wrong.append((column.key, str(error)))
    first = told.columns[0]
    if not wrong and not values[first.key]:
        wrong.append((first.key, f"没有写{first.words}。"))
    if told.letter:
        values["code"] = row.get("code", "").strip()[:40] or next(fresh)
    return (None if wrong else told.entry(**values)), wrong


def _value(column: Column, text: str, hint: Any, named: Mapping[str, str]) -> Any:
    """What one cell holds. Raises _UnreadError."""
    if len(text) > LONGEST:
        raise _UnreadError(f"太长，最多 {LONGEST} 个字。")
    match column.kind:
        case "tick":
            return text == "1"
        case "count":
            return _count(text)
        case "limit":
            return _limit(text, hint)
        case "several":
            return tuple(one for part in re.split(r"[、；;\n]+", text) if (one := splitting.tidy(part)))
        case "choice":
            return _choice(column, text, hint)
        case "named":
            return named.get(text, splitting.tidy(text))
    return splitting.tidy(text)


def _count(text: str) -> int:
    digits = splitting.tidy(text).removesuffix("份") or "0"
    if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS:
        return int(digits)
    raise _UnreadError(f"“{text[:20]}”不是份数，请写数字。")


def _limit(text: str, hint: Any) -> Limit | None:
    limit, notes = limits.read(text)
    if notes:
        raise _UnreadError(notes[0].text + notes[0].todo)
    if limit is None and hint is Limit:
        raise _UnreadError("没有写期限。")
    return limit


def _choice(column: Column, text: str, hint: Any) -> Any:
    if column.choices and text not in column.choices:
        raise _UnreadError("没有选。")
    return hint(text) if isinstance(hint, type) and issubclass(hint, StrEnum) else text
