"""The same person and item again within a week: asked about, for most often it is the same errand written twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlite_utils import Database

from db.desk import case_rows, person_rows
from desk.counter import checks
from desk.counter.session import Session
from desk.folds.case import State
from desk.store import lists
from desk.store.snapshots import CaseRow, Draft

DAYS = 7
_GONE = (State.VOID, State.WITHDRAWN, State.RETURNED, State.NOT_ACCEPTED)
_MOST = 20


def in_roll(session: Session, db: Database, drafts: Iterable[Draft]) -> dict[int, CaseRow]:
    """By place among `drafts`, all of one item, the latest case of the same person: as `doubles`, for a whole roll."""
    asked = list(drafts)
    if not asked or not asked[0].task_code or not _taken_lately(session, db, asked[0].task_code):
        return {}
    found = ((at, doubles(session, db, one)) for at, one in enumerate(asked))
    return {at: rows[0] for at, rows in found if rows}


def _taken_lately(session: Session, db: Database, task_code: str) -> bool:
    since = session.today() - dt.timedelta(DAYS)
    return case_rows.case_count(db, case_rows.Asked(task_code=task_code, since=since.isoformat())) > 0


def doubles(session: Session, db: Database, draft: Draft) -> tuple[CaseRow, ...]:
    """Cases of this applicant and item, taken in within the last days and not given up, the latest first."""
    person = checks.tidy_person(draft.applicant)
    known = person_rows.person_with_number(db, person.id_type, person.id_number)
    if known is None or not draft.task_code:
        return ()
    since = session.today() - dt.timedelta(DAYS)
    whose = known["merged_into"] or known["id"]
    asked = case_rows.Asked(task_code=draft.task_code, since=since.isoformat(), person_id=whose)
    found = case_rows.case_page(db, asked, 0, _MOST, "collected_at", descending=True)
    seen = session.seen(db)
    return tuple(lists.case_row(row, seen) for row in found if row["state"] not in _GONE)
