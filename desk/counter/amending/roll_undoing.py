"""撤销名册: a roll that was taken in wrong is undone whole, as long as nothing of it was sent."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import record_rows
from desk.counter.session import Session, required
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds.records import Roll
from desk.log import events, import_events
from desk.store import lists
from desk.store.entries import Fact, fold_case
from desk.store.snapshots import Place

_KEPT = "没有改动。"


def undo(session: Session, subject: str, why: str) -> Roll:
    """Void every case of the roll `subject` that is not void yet, in one transaction; people stay in the book. Raises
    RefusedError when it was undone before or one of its cases left this desk or went on."""
    reasons = required(why, "撤销的原因", "why")
    with session.store.write() as db:
        roll = _roll(db, subject)
        standing = _standing(session, db, roll)
        officer, point = session.account.name, session.identity.point_name
        void = events.Act(officer, point, f"整本名册撤销：{reasons}")
        session.append(db, *(Fact("case.voided", number, void) for number in standing))
        session.append(db, Fact("roll.undone", subject, import_events.RollUndone(officer, reasons)))
        return _roll(db, subject)


def _roll(db: Database, subject: str) -> Roll:
    body = record_rows.record(db, subject)
    if body is None:
        raise RefusedError("没有这本名册的记录。", _KEPT)
    return msgspec.json.decode(body, type=Roll)


def _standing(session: Session, db: Database, roll: Roll) -> list[str]:
    """The roll's cases that are to be voided. Raises RefusedError where that is no longer the desk's alone to do."""
    if roll.state == "undone":
        raise RefusedError("这本名册已经撤销过了。", _KEPT)
    seen, standing, gone = session.seen(db), [], 0
    for row in roll.taken.rows:
        case = fold_case(db, row.intake_no)
        if case is None or case.state is cases.State.VOID:
            continue
        place, _since = lists.whereabouts(db, seen, row.intake_no)
        gone += place is not Place.HERE or case.state is not cases.State.COLLECTED
        standing.append(row.intake_no)
    if gone:
        raise RefusedError(
            f"名册里有 {gone} 户已经送出或已往下办，不能整本撤销。", _KEPT, "请在“办件”里逐件作废，并写明原因。"
        )
    return standing
