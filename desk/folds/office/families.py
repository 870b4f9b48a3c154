"""The families of records that an office keeps. A subject is `FAMILY:id`."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office import cards, complaints, disclosure, lives, lots, unlocks, writings
from desk.folds.office.office_record import Asked, Family, Line
from desk.folds.office.roster import duties
from desk.folds.refusal import Refusal
from desk.log.chain import Entry

FAMILIES: dict[str, Family] = {
    "card": cards.FAMILY,
    "complaint": complaints.FAMILY,
    "disclosure": disclosure.FAMILY,
    "lot": lots.FAMILY,
    "report": writings.REPORTS,
    "info": writings.INFORMATION,
    "unlock": unlocks.FAMILY,
    "life": lives.FAMILY,
    "roster": duties.FAMILY,
}

UPWARD = frozenset({"report", "info", "card", "complaint"})  # what levels above see of the centres below them


def counting(family: str, entries: list[Entry], node: str) -> list[Entry]:
    """Those of the entries about a record that goes upward which count at the centre `node`: of a writing all, its fold
    judges them."""
    if family == "complaint":
        return complaints.counting(entries, node)
    return cards.counting(entries) if family == "card" else entries


def family_of(subject: str) -> str:
    """The family that `subject` belongs to; "" for none."""
    name, mark, _ = subject.partition(":")
    return name if mark and name in FAMILIES else ""


def fold(subject: str, entries: Iterable[Entry]) -> tuple[Line, msgspec.Struct] | None:
    """The record that `entries` (all about `subject`) tell of."""
    family = FAMILIES[family_of(subject)]
    made = family.fold(entries)
    return (family.line(made), made) if made is not None else None


def refusal(subject: str, entries: Iterable[Entry], asked: Asked) -> Refusal | None:
    """Why the record that `entries` tell of may not take this step, or begin with it; None when it may."""
    family = FAMILIES.get(family_of(subject))
    if family is None:
        return None
    record = family.fold(entries)
    return family.begins(None, asked) if record is None else family.refusal(record, asked)
