"""What is done to the rows of a form: one added, moved, taken away, some copied from another item."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from desk.law.catalogue.item import Item
from desk.law.item_forms import rows, typed
from desk.law.item_forms.form import Form
from desk.law.item_forms.rows import LISTS, Column, Row

_FIRST = {"originals": "1", "copies": "0", "need": "required", "kind": "text", "place": "point"}


def empty(key: str) -> Row:
    """A new row, with what its choices and counts begin with."""
    told = LISTS[key]
    made = {column.key: _FIRST.get(column.key, "") for column in told.columns}
    return made | ({"code": ""} if told.letter else {})


def added(form: Form, key: str) -> Form:
    """With a new row at the end of a list."""
    return _with(form, key, [*form.lists[key], empty(key)])


def moved(form: Form, key: str, at: int, by: int) -> Form:
    """With the row `at` one place up (`by` -1) or down (1); the first stays first, the last last."""
    found = list(form.lists[key])
    to = at + by
    if 0 <= at < len(found) and 0 <= to < len(found):
        found[at], found[to] = found[to], found[at]
    return _with(form, key, found)


def removed(form: Form, key: str, at: int) -> Form:
    """Without the row `at`."""
    return _with(form, key, [row for place, row in enumerate(form.lists[key]) if place != at])


def copied(form: Form, key: str, item: Item, chosen: Collection[int]) -> Form:
    """With the `chosen` rows of another item at the end, empty ones before them gone. What they name of that item's
    other lists goes with them only where this form has something of the same name."""
    told, known = LISTS[key], _names(form)
    kept = [row for row in form.lists[key] if not typed.is_empty(told, row)]
    fresh = [_own(row, told.columns, known) for at, row in enumerate(rows.rows_of(item, key)) if at in chosen]
    none = {one: basis for one, basis in form.none.items() if one != key or not fresh}
    return msgspec.structs.replace(_with(form, key, [*kept, *fresh][: told.most]), none=none)


def _own(row: Row, columns: Sequence[Column], known: Collection[str]) -> Row:
    named = [one.key for one in columns if one.kind == "named" and row[one.key] not in known]
    strange = {key: "" for key in named if not row[key].isdigit()}
    return row | strange | ({"code": ""} if "code" in row else {})


def _names(form: Form) -> set[str]:
    return {row["name"].strip() for key in ("situations", "fields") for row in form.lists[key] if row.get("name")}


def _with(form: Form, key: str, found: list[Row]) -> Form:
    return msgspec.structs.replace(form, lists={**form.lists, key: found})
