"""My tasks and my section's in the work list, and whose turn each case of it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from db.centre.lists import case_rows
from db.centre.lists.turn_rows import Turns
from desk.centre.duty import tasks
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import GENERAL, HANDLE
from desk.centre.run import guard
from desk.folds.office.roster.duties import NAMES, Duty, Roster

WHOSE = {"mine": "我的任务", "section": "我科室的"}


def turns(centre: Centre, visitor: guard.Visitor, whose: str, known: list[Roster]) -> Turns | None:
    """Whose turn the cases of the list are, where that is asked for."""
    if not whose or not visitor.may(HANDLE):
        return None
    found = tasks.mine if whose == "mine" else tasks.of_section
    return found(centre, known, visitor.account, is_window=visitor.org.endswith(GENERAL))


def waits(centre: Centre, db: sa.Connection, visitor: guard.Visitor, known: list[Roster]) -> list[tuple[str, str, int]]:
    """My tasks and my section's: what an address asks for, its words, how many there are."""
    if not visitor.may(HANDLE):
        return []
    made = []
    for whose, words in WHOSE.items():
        found = turns(centre, visitor, whose, known)
        made.append((whose, words, case_rows.case_count(db, case_rows.Asked(sees=visitor.sees, turns=found))))
    return made


def turn_words(row: rows.Row, known: Sequence[Roster], day: dt.date) -> str:
    """Whose turn a case of a body with posts is: the post, and to whom it was given."""
    roster = next((one for one in known if one.body == row["body"]), None)
    if roster is None or not row["turn"]:
        return ""
    duty = Duty(row["turn"])
    away = roster.absence(row["turn_of"], day)
    name = next((one.name for one in roster.holders if one.account == row["turn_of"]), "")
    return f"{NAMES[duty]} {away.deputy_name if away else name}".strip()
