"""A case as its page shows it: its row, its clocks in words, its papers and pictures."""

from __future__ import annotations

from sqlite_utils import Database

from desk.counter import checks
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import case_clocks, stated_limits, whose
from desk.folds.hall import clashes
from desk.folds.next_act import next_act
from desk.law import deadline, id_numbers
from desk.law.deadline import Warn
from desk.store import lists, published
from desk.store.entries import entries_about, village_entries
from desk.store.snapshots import CaseView, Draft, DueView, Place


def case_view(session: Session, number: str) -> CaseView:
    """One case by intake number or case number. Raises RefusedError when there is none."""
    with session.store.read() as db:
        seen = session.seen(db)
        try:
            row = lists.one_case(db, number, seen)
        except LookupError as error:
            raise RefusedError(f"没有找到编号为 {number} 的办件。", "", "请核对收件号或办件编号。") from error
        entries = village_entries(db, row.intake_no) if row.village else entries_about(db, row.intake_no)
        case = cases.fold(entries)
        papers = lists.papers(db, row.intake_no)
        pictures = lists.pictures(db, case)
        place, since = lists.whereabouts(db, seen, row.intake_no)
        clocks = _clocks(session, db, case) if case else ()
        item = session.taken_under_in(db, case.collected.item) if case else None
        apart = clashes.between(case, entries) if case and not row.village else ()
    if case is None:
        raise RefusedError(f"办件 {number} 的记录不完整。")
    person, who = case.collected.applicant, session.identity
    is_ours = not row.village and case.state not in cases.ENDED
    step = next_act(
        case,
        receipt=bool(row.desk or row.village) or any(one.paper.startswith("receipt-") for one in papers),
        unsent=place is Place.HERE,
        syncs=who.enrolled and not who.practice,
    )
    return CaseView(
        case=case,
        row=row,
        id_masked=id_numbers.masked(person.id_number),
        phone_masked=id_numbers.masked_phone(person.phone),
        clocks=clocks,
        papers=papers,
        may=() if row.village else cases.allowed(case.state, cases.Side.DESK),
        place=place,
        place_since=since,
        pictures=pictures,
        next=step,
        item=item,
        apart=apart,
        may_pass=is_ours and session.has_siblings,
        may_give_back=is_ours and case.window in seen.own and whose.last_passed(case.history) is not None,
        desks={one.node: seen.desk_of(one.node) for one in case.history if not cases.is_centre(one.node)},
    )


def _clocks(session: Session, db: Database, case: cases.Case) -> tuple[DueView, ...]:
    """The clocks that concern people at the counter: a step of the office is its own affair."""
    told = case_clocks.clock_lines(case, published.law(db, case))
    return tuple(_due(session, one) for one in told if one.key != "step")


def promise(session: Session, task_code: str) -> DueView:
    """The day that a case taken in now is promised for."""
    item = session.here(session.item(task_code))
    due = deadline.service_clock(item, session.day(), session.holidays)
    if due is None:
        return DueView("服务承诺", None, f"该事项没有承诺时限{stated_limits.whom_to_ask(item)}。")
    return _due(session, case_clocks.ClockLine("promise", "服务承诺", due.on, "", due.lines, due.provisional))


def ahead(session: Session, draft: Draft) -> tuple[DueView, ...]:
    """What the item of a draft states besides its promise, for papers taken in today: limits counted backwards from a
    day of its form, those of papers for another banner."""
    item = session.find(draft.task_code)
    if item is None or item.stated is None:
        return ()
    fields = checks.tidy_fields(item, draft.fields)
    taken = stated_limits.Taken(session.day(), fields, draft.applicant.division, session.identity.point_code)
    return tuple(_due(session, one) for one in stated_limits.ahead(item, session.holidays, taken))


def _due(session: Session, line: case_clocks.ClockLine) -> DueView:
    if line.on is None:
        return DueView(line.name, None, line.note)
    far = deadline.far_off(line.on, session.day(), session.holidays)
    words = f"{deadline.shown(line.on)}，{line.stopped or far}" + ("（暂定）" if line.provisional else "")
    warn = Warn.NONE if line.stopped else deadline.warning(line.on, session.day(), session.holidays)
    return DueView(line.name, line.on, words, warn, line.provisional, line.lines, line.note)
