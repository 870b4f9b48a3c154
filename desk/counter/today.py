"""今日: what needs the agent now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, entry_rows, paper_rows
from desk.counter.session import Session
from desk.folds import case as cases
from desk.folds import stated_limits, whose
from desk.folds.case import HistoryLine, State, is_centre
from desk.folds.hall import clashes
from desk.folds.records import Visit
from desk.law import deadline
from desk.law.catalogue.item import Item
from desk.law.deadline import Warn
from desk.log import history_words
from desk.store import lists, published
from desk.store.entries import entries_about, fold_case
from desk.store.snapshots import CaseQuery, Need, TodayView

_RECENT = 8
_CENTRE, _LATELY = "-00", 5000  # entries that are looked through for what the centre corrected
_NEEDS = 12
_WANT = {
    State.SUPPLEMENT_ASKED: ("supplement", "告诉申请人补材料"),
    State.AT_POINT: ("result", "结果到了，通知来取"),
    State.RETURNING: ("result", "结果在路上，到了点“到达代办点”"),
}

# What each number of the page counts, as the list is asked that it opens: one question, so that both agree.
NEAR = CaseQuery(warning="yellow", sort="due_on", descending=False)
LATE = CaseQuery(warning="red", sort="due_on", descending=False)
SUPPLEMENTS = CaseQuery(states=(State.SUPPLEMENT_ASKED.value,))
RESULTS = CaseQuery(states=(State.RETURNING.value, State.AT_POINT.value))


def collected(day: dt.date) -> CaseQuery:
    """What was taken in since `day`, which is today."""
    return CaseQuery(since=day.isoformat())


def today(session: Session, visits: tuple[Visit, ...]) -> TodayView:
    """What needs the agent now; `visits` are those to come."""
    with session.store.read() as db:
        seen = session.seen(db)
        count, oldest = entry_rows.waiting(db, seen.node, seen.acked)
        yellow, red, supplements, results, new = (
            lists.case_count(db, one, seen) for one in (NEAR, LATE, SUPPLEMENTS, RESULTS, collected(session.today()))
        )
        recent = lists.case_page(db, CaseQuery(), 0, _RECENT, seen)
        drafts = lists.drafts(db)
        return TodayView(
            collected_today=new,
            waiting_sync=count,
            waiting_since=oldest,
            drafts=len(drafts),
            yellow=yellow,
            red=red,
            supplements=supplements,
            to_hand_over=results,
            needs=_needs(session, db, seen),
            visits=visits,
            latest_drafts=drafts[:3],
            recent=recent,
            notices=lists.notices(db, seen.today, session.identity.point_code),
        )


def _corrected(db: Database, seen: lists.Seen) -> Iterator[Need]:
    """Cases that the centre corrected and whose receipt was not drawn again since."""
    lately = entry_rows.lately_corrected(db, _CENTRE, _LATELY)
    if not lately:
        return
    from desk.counter.amending.correctable import mark_of  # with all that may be corrected: most starts have none

    for number in lately:
        case, row = fold_case(db, number), case_rows.case_numbered(db, number)
        if case is None or row is None or case.ended_at:
            continue
        names, mark = _by_centre(case.history), mark_of(case)
        if names and not any(mark in paper["paper"] for paper in paper_rows.papers_about(db, number)):
            words = f"中心更正了{'、'.join(names)}，请告诉申请人，换发回执"
            yield Need("corrected", words, lists.case_row(row, seen))


def _by_centre(history: Sequence[HistoryLine]) -> tuple[str, ...]:
    """What the centre put right, by name."""
    told = [line for line in history if line.kind == "case.corrected" and is_centre(line.node) and not line.refused]
    return tuple(dict.fromkeys(one.name for line in told for one in (line.corrected.changes if line.corrected else ())))


def _passed(db: Database, seen: lists.Seen) -> Iterator[Need]:
    """Cases that another window passed to this one, where nobody here did anything with them yet."""
    for row in case_rows.new_at(db, seen.own)[:_NEEDS]:
        case = fold_case(db, row["intake_no"])
        told = whose.last_passed(case.history) if case else None
        if told is not None:
            words = f"{history_words.window(told.before)}转来：{told.reasons}"
            yield Need("passed", words, lists.case_row(row, seen))


def _apart(db: Database, seen: lists.Seen) -> Iterator[Need]:
    """Cases of which two windows wrote what cannot both be true, and nobody said yet which counts."""
    for number in case_rows.apart(db, _NEEDS):
        entries, row = entries_about(db, number), case_rows.case_numbered(db, number)
        case = cases.fold(entries)
        sorts = [clashes.NAMES[one.sort] for one in clashes.between(case, entries) if not one.settled] if case else []
        if row and sorts:
            words = f"两个窗口写的不一致：{'、'.join(dict.fromkeys(sorts))}，请核对"
            yield Need("apart", words, lists.case_row(row, seen))


def _following(db: Database, seen: lists.Seen) -> Iterator[Need]:
    """Cases whose papers were to follow today or before and were not brought."""
    for row in case_rows.to_follow(db, seen.today.isoformat(), _NEEDS):
        case = fold_case(db, row["intake_no"])
        for one in case.materials if case else ():
            if one.missing and one.until and one.until <= seen.today:
                late = "就是今天" if one.until == seen.today else "还没有补来"
                words = f"“{one.name}”说好 {one.until} 补来，{late}"
                yield Need("follow", words, lists.case_row(row, seen))


def _before(session: Session, db: Database, seen: lists.Seen) -> Iterator[Need]:
    """Cases here whose limit is counted backwards, from the working day before its last one on."""
    rows = case_rows.cases_in(db, (State.COLLECTED, State.IN_TRANSIT))
    stating = {code for code in {row["task_code"] for row in rows} if _counts_backwards(session.find(code))}
    for row in rows:
        case = fold_case(db, row["intake_no"]) if row["task_code"] in stating else None
        if case is None:
            continue
        law = published.law(db, case)
        for one in stated_limits.of(case, law.item, law.table):
            if one.key == "before" and one.on and not one.stopped and _is_near(one.on, seen):
                left = deadline.far_off(one.on, seen.today, seen.holidays)
                yield Need("before", f"{one.name} {one.on}，{left}。{one.note}", lists.case_row(row, seen))


def _counts_backwards(item: Item | None) -> bool:
    return item is not None and item.stated is not None and item.stated.before is not None


def _is_near(day: dt.date, seen: lists.Seen) -> bool:
    return deadline.warning(day, seen.today, seen.holidays) is not Warn.NONE


def _needs(session: Session, db: Database, seen: lists.Seen) -> tuple[Need, ...]:
    """What is to be done now, the most pressing first; a case stands once."""
    red = lists.case_page(db, LATE, 0, _NEEDS, seen)
    waiting = CaseQuery(states=tuple(state.value for state in _WANT), sort="due_on", descending=False)
    wanted = lists.case_page(db, waiting, 0, _NEEDS, seen)
    yellow = lists.case_page(db, NEAR, 0, _NEEDS, seen)
    needs: dict[str, Need] = {}
    for case in wanted:
        why, words = _WANT[State(case.state)]
        needs[case.intake_no] = Need(why, words, case)
    for one in _corrected(db, seen):
        needs.setdefault(one.case.intake_no, one)
    for passed in _passed(db, seen):
        before = needs.get(passed.case.intake_no)
        words = f"{passed.words}；{before.words}" if before else passed.words
        needs[passed.case.intake_no] = msgspec.structs.replace(passed, words=words)
    for case in (*red, *yellow):
        late = case.warning is Warn.RED
        words = f"承诺 {case.due_on} 办结，{'已超期，请问中心' if late else '快到期'}"
        needs.setdefault(case.intake_no, Need(case.warning.value, words, case))
    for first, more in ((False, _following(db, seen)), (False, _apart(db, seen)), (True, _before(session, db, seen))):
        for one in more:
            told = needs.get(one.case.intake_no, one)
            both = (one, told) if first else (told, one)
            words = "；".join(dict.fromkeys(need.words.rstrip("。") for need in both))
            needs[one.case.intake_no] = msgspec.structs.replace(both[0], words=words)
    order = {
        "before": -1,
        "passed": -1,
        "red": 0,
        "apart": 1,
        "result": 1,
        "supplement": 2,
        "follow": 3,
        "corrected": 4,
        "yellow": 5,
    }
    return tuple(sorted(needs.values(), key=lambda one: order[one.why]))[:_NEEDS]
