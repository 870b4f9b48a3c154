"""交接 when the agent changes: open cases, papers still held here, people to call, visits, envelopes under way."""

from __future__ import annotations

import msgspec

from db.desk import case_rows, entry_rows, record_rows
from desk.counter.session import Session
from desk.folds import case as cases
from desk.folds.records import Bundle, Visit
from desk.store import lists
from desk.store.entries import fold_case
from desk.store.snapshots import CaseQuery, CaseRow

_MOST = 1000


class HeldPaper(msgspec.Struct, frozen=True):
    """Papers of a case that lie at the point."""

    intake_no: str
    applicant_name: str
    words: str


class Call(msgspec.Struct, frozen=True):
    """Someone to call, and why. The number is whole: the kit is for the next agent's eyes."""

    name: str
    phone: str
    why: str


class Kit(msgspec.Struct, frozen=True):
    """All that the next agent must know."""

    open: tuple[CaseRow, ...]
    held: tuple[HeldPaper, ...]
    calls: tuple[Call, ...]
    visits: tuple[Visit, ...]
    bundles: tuple[Bundle, ...]
    drafts: int
    waiting_sync: int


_WHY = {
    cases.State.SUPPLEMENT_ASKED: "要补材料",
    cases.State.AT_POINT: "结果到了，来取",
    cases.State.RETURNING: "结果在路上",
}


def kit(session: Session) -> Kit:
    """The kit as it stands now."""
    with session.store.read() as db:
        seen = session.seen(db)
        open_cases = [case for number in case_rows.open_numbers(db, _MOST) if (case := fold_case(db, number))]
        waiting, _ = entry_rows.waiting(db, seen.node, seen.acked)
        ended = tuple(state.value for state in cases.ENDED)
        states = tuple(state.value for state in cases.State if state.value not in ended)
        listed = lists.case_page(db, CaseQuery(states=states, sort="due_on", descending=False), 0, _MOST, seen)
        bundles = [msgspec.json.decode(one, type=Bundle) for one in record_rows.records(db, "bundle")]
        visits = [msgspec.json.decode(one, type=Visit) for one in record_rows.records(db, "visit", state="booked")]
        drafts = len(lists.drafts(db))
    return Kit(
        open=listed,
        held=tuple(_held(case) for case in open_cases if not case.bundle and _words(case)),
        calls=tuple(
            Call(case.collected.applicant.name, _phone(case), _WHY[case.state])
            for case in open_cases
            if case.state in _WHY
        ),
        visits=tuple(visits),
        bundles=tuple(one for one in bundles if one.state != "taken"),
        drafts=drafts,
        waiting_sync=waiting,
    )


def _phone(case: cases.Case) -> str:
    """The applicant's telephone, else that of who came."""
    came = case.collected.proxy
    return case.collected.applicant.phone or (came.person.phone if came else "")


def _words(case: cases.Case) -> str:
    held = [one for one in case.materials if not one.missing and (one.copies or (one.originals and not one.returned))]
    return "、".join(f"{one.name}（原件 {0 if one.returned else one.originals}，复印件 {one.copies}）" for one in held)


def _held(case: cases.Case) -> HeldPaper:
    return HeldPaper(case.intake_no, case.collected.applicant.name, _words(case))
