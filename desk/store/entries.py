"""Entries out of the desk's log, as facts, and the case that they tell."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, village_rows
from desk.folds import case as cases
from desk.log import chain, events


class Fact(msgspec.Struct, frozen=True):
    """Something to append: its kind, what it is about, and the struct it carries."""

    kind: str
    subject: str
    data: events.Data


def entries_about(db: Database, subject: str) -> list[chain.Entry]:
    """The entries about `subject`."""
    return [chain.decoded(one) for one in entry_rows.entries_about(db, subject)]


def fold_case(db: Database, intake_no: str) -> cases.Case | None:
    """The case as its entries tell it, None when there is none."""
    return cases.fold(entries_about(db, intake_no))


def village_entries(db: Database, subject: str) -> list[chain.Entry]:
    """The entries about a case or an envelope of a village, and what this desk itself wrote about it."""
    handed = [chain.decoded(one) for one in village_rows.about(db, subject)]
    return [*handed, *entries_about(db, subject)]


def fold_village(db: Database, intake_no: str) -> cases.Case | None:
    """The case of a village as its entries tell it, None when there is none."""
    return cases.fold(village_entries(db, intake_no))
