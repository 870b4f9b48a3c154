"""What the rows of a roll say, in columns: each value of the item's form under its name and unit, with the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from desk.law.catalogue.item import Field, Item
from desk.words.amounts import money

_COUNTED = ("number", "hectares", "head")

Values = Sequence[Mapping[str, str]]


def fields_of(item: Item | None, rows: Values) -> tuple[Field, ...]:
    """The fields of the form that any row has a value of; by code where the item is not known here."""
    used = dict.fromkeys(code for row in rows for code, value in row.items() if value)
    known = {one.code: one for one in item.fields} if item else {}
    return (
        *(one for code, one in known.items() if code in used),
        *(Field(one, one) for one in used if one not in known),
    )


def headings(fields: Sequence[Field]) -> tuple[str, ...]:
    """承包草场面积（亩）."""
    return tuple(one.name + (f"（{one.unit}）" if one.unit else "") for one in fields)


def totals(fields: Sequence[Field], rows: Values) -> tuple[str, ...]:
    """The sum of each field that is counted; "" for the others, and where a value is no number."""
    return tuple(_total(one, rows) for one in fields)


def sums(fields: Sequence[Field], rows: Values) -> tuple[tuple[str, str], ...]:
    """Name and total of each field that is money, in digits and in capitals, as lists of payments end."""
    found = ((one, money.amount(_total(one, rows), one.unit)) for one in fields if one.unit in money.UNITS)
    return tuple((f"{one.name}合计", money.both(total)) for one, total in found if total is not None)


def _total(field: Field, rows: Values) -> str:
    if field.kind not in _COUNTED:
        return ""
    try:
        found = [Decimal(row[field.code]) for row in rows if row.get(field.code)]
    except InvalidOperation:
        return ""
    return f"{sum(found, Decimal()):f}" if found else ""
