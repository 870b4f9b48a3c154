"""One reckoning of a case's days: desk page, desk list, paper, centre list and centre page tell the same."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import sqlalchemy as sa
from conftest import HERDER, PASSWORD, Served, SetClock, full_draft, sync
from counter_steps import text_of
from hypothesis import given
from hypothesis import strategies as st
from office import licence, logged_in

from db.centre import schema
from desk.app.open_desk import Desk
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import Case, HistoryLine, State
from desk.folds.case_clocks import Law
from desk.law import deadline, holidays
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Limit, Unit
from desk.law.deadline import Warn
from desk.law.holidays import LocalDay
from desk.log import events
from desk.store.snapshots import CaseQuery, DueView

TABLE = holidays.seed()
LICENCE = next(one for one in load.seed().regimes if one.code == "licence")
D = dt.date
PROMISE, DECISION = "服务承诺（自代办点收件起）", "法定：作出决定"


def act(served: Served, number: str, kind: str, **facts: object) -> None:
    _, count = served.centre.case(number)
    data = events.Accepted("乌兰", "民政局") if kind == "case.accepted" else events.Act("乌兰", "民政局", **facts)
    served.centre.act("chief" if kind == "case.extended" else "wulan", kind, number, data, count)


def row(served: Served, number: str) -> dict[str, object]:
    with served.centre.database.read() as db:
        asked = sa.select(schema.case_row).where(schema.case_row.c.intake_no == number)
        return dict(db.execute(asked).mappings().one())


def clocks(desk: Desk, number: str) -> dict[str, DueView]:
    return {one.name: one for one in desk.case(number).clocks}


def told(served: Served, number: str) -> str:
    with logged_in(served, "wulan") as client:
        return re.sub(r"\s+|<[^>]+>", "", client.get(f"/cases/{number}").text)


def days(tell: SetClock, count: int) -> None:
    tell.at += dt.timedelta(count)


def listed(desk: Desk, number: str) -> tuple[str, Warn]:
    found = next(one for one in desk.cases(CaseQuery()) if one.intake_no == number)
    return found.due_on, found.warning


def test_an_extended_case_is_due_on_one_day_wherever_it_is_told(served: Served, desk: Desk, tell: SetClock) -> None:
    """Taken in on 24 November, suspended for fourteen days (行政许可法§45), extended by ten working days (§42)."""
    number = desk.register(licence(desk)).intake_no
    sync(desk)
    act(served, number, "case.accepted")
    act(served, number, "case.suspended", reasons="现场勘验", until=D(2026, 12, 20))
    days(tell, 14)
    act(served, number, "case.resumed")
    guard.add_clerk(served.centre, "chief", "首席", PASSWORD, "民政局", frozenset({Role.CHIEF}))
    act(served, number, "case.extended", reasons="情况复杂", approved_by="巴图")
    sync(desk)
    due = clocks(desk, number)[DECISION]
    assert (due.on, row(served, number)["due"]) == (D(2027, 1, 20), "2027-01-20")
    assert "2027-01-20" in due.lines[-1] or "2027-01-20" in due.lines[-2]
    assert "2027-01-20" in told(served, number)
    assert "2027-01-20" in text_of(desk.papers.deadline_sheet(number, due).pdf)
    promise = clocks(desk, number)[PROMISE]
    assert listed(desk, number)[0] == row(served, number)["promised"] == str(promise.on)


def test_a_suspended_case_is_not_late_at_the_desk(served: Served, desk: Desk, tell: SetClock) -> None:
    number = desk.register(licence(desk)).intake_no
    sync(desk)
    act(served, number, "case.accepted")
    act(served, number, "case.suspended", reasons="现场勘验", until=D(2027, 6, 1))
    days(tell, 120)
    sync(desk)
    found = clocks(desk, number)
    assert found[DECISION].on is None
    assert "暂停计时" in found[DECISION].words
    assert (found[PROMISE].warning, listed(desk, number)[1]) == (Warn.NONE, Warn.NONE)
    assert "超" not in found[PROMISE].words
    assert desk.today().red == 0
    act(served, number, "case.resumed")
    sync(desk)
    assert listed(desk, number)[0] == str(clocks(desk, number)[PROMISE].on) == row(served, number)["promised"]


def test_a_new_version_of_an_item_moves_no_case_of_the_one_before(served: Served, desk: Desk) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    before = clocks(desk, number)[PROMISE]
    item = desk.item(desk.case(number).case.collected.item.task_code)
    assert item is not None
    quick = msgspec.structs.replace(item, version=item.version + 1, promised_limit=Limit(1, Unit.WORKDAY))
    publishing.catalogue(served.centre, "bian", msgspec.structs.replace(load.seed(), version="次", items=(quick,)))
    sync(desk)
    assert desk.item(item.task_code) == quick
    assert clocks(desk, number)[PROMISE] == before
    assert listed(desk, number)[0] == row(served, number)["promised"] == str(before.on)
    desk.store.rebuild()
    assert clocks(desk, number)[PROMISE] == before
    receipt = text_of(
        desk.papers.receipt(number).pdf
    )  # printed for the first time only now: its own promise, not another
    assert f"{deadline.shown(before.on)}前，收件之日起 {deadline.words(item.promised_limit)}" in receipt
    assert "办结变动" not in receipt
    again = desk.register(full_draft(desk, 2)).intake_no
    assert listed(desk, again)[0] < listed(desk, number)[0]


def test_a_new_holiday_table_moves_page_and_list_together(served: Served, desk: Desk, tell: SetClock) -> None:
    number = desk.register(licence(desk)).intake_no
    sync(desk)
    act(served, number, "case.accepted")
    act(served, number, "case.suspended", reasons="现场勘验", until=D(2026, 12, 20))
    days(tell, 7)
    act(served, number, "case.resumed")
    sync(desk)
    before = listed(desk, number)[0]
    local = LocalDay(D.fromisoformat(before), "那达慕", "苏左政发〔2026〕9 号")
    publishing.holidays(served.centre, "bian", TABLE.with_local([local]))
    sync(desk)
    moved = listed(desk, number)[0]
    assert moved > before
    assert moved == str(clocks(desk, number)[PROMISE].on)
    kept = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == kept


def test_a_promise_that_changed_is_said_beside_the_one_that_was_given(
    served: Served, desk: Desk, tell: SetClock
) -> None:
    """The receipt keeps its day whenever it is printed; page, sheet, centre and everybody's page say what changed."""
    number = desk.register(licence(desk)).intake_no
    sync(desk)
    said = desk.case(number).case.collected.promised
    act(served, number, "case.accepted")
    act(served, number, "case.suspended", reasons="现场勘验", until=D(2026, 12, 20))
    days(tell, 7)
    act(served, number, "case.resumed")
    sync(desk)
    now = clocks(desk, number)[PROMISE]
    words = f"回执上承诺 {said}；等补正和特别程序的日子已扣除，现为 {now.on}。"
    assert (now.on != said, now.note) == (True, words)
    receipt = text_of(desk.papers.receipt(number).pdf)
    assert f"{deadline.shown(said)}前，收件之日起" in receipt
    assert words in receipt
    assert words in text_of(desk.papers.deadline_sheet(number, now).pdf)
    assert words.rstrip("。").replace(" ", "") in told(served, number)


def test_a_table_that_comes_later_confirms_a_provisional_day(served: Served, desk: Desk) -> None:
    old = msgspec.structs.replace(TABLE, version="旧", years=(2025,), days_off=frozenset(), workdays=frozenset())
    publishing.holidays(served.centre, "bian", old)
    sync(desk)
    number = desk.register(licence(desk)).intake_no
    sync(desk)
    assert (desk.cases(CaseQuery())[0].due_provisional, clocks(desk, number)[PROMISE].provisional) == (True, True)
    publishing.holidays(served.centre, "bian", msgspec.structs.replace(old, version="新", years=(2025, 2026, 2027)))
    sync(desk)
    assert (desk.cases(CaseQuery())[0].due_provisional, clocks(desk, number)[PROMISE].provisional) == (False, False)
    kept = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == kept


def test_the_catalogue_that_was_published_last_names_the_papers(served: Served, desk: Desk) -> None:
    """Two on one day: the later one counts, whatever the items are called."""
    first, second = load.seed().items[:2]
    for version, item in (("上午", second), ("下午", first)):
        newer = msgspec.structs.replace(item, version=item.version + 1)
        publishing.catalogue(
            served.centre, "bian", msgspec.structs.replace(load.seed(), version=version, items=(newer,))
        )
    sync(desk)
    assert desk.session.catalogue.version == "下午"


def made(kinds: list[tuple[str, int]], item: Item) -> Case:
    """A case out of moves, each so many days after the one before, as far as its state lets them."""
    at = dt.datetime(2026, 9, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    ref = events.ItemRef(item.task_code, item.item_name, item.version, "c", item.org_name, item.regime)
    service = case_clocks.deadline.service_clock(item, at.date(), TABLE)
    collected = events.Collected(ref, "p", HERDER, (), "苏和", "152523202202", promised=service.on if service else None)
    line = HistoryLine("case.collected", "代办点收件", at.isoformat(), "苏和", "152523202202-01")
    case = Case(
        "152523202202012609010019", State.COLLECTED, collected, at.isoformat(), "152523202202-01", history=(line,)
    )
    for kind, wait in [("case.arrived", 1), *kinds]:
        move = cases.MOVES[kind]
        if case.state not in move.sources:
            continue
        at += dt.timedelta(wait)
        changes: dict[str, object] = {"state": move.target}
        if kind == "case.arrived":
            changes["arrived_at"] = at.isoformat()
        elif kind == "case.accepted":
            changes["accepted_at"] = at.isoformat()
        elif kind in ("case.granted", "case.refused"):
            changes["decided_at"] = at.isoformat()
        if move.target in cases.ENDED:
            changes["ended_at"] = at.isoformat()
        line = HistoryLine(kind, move.name, at.isoformat(), "乌兰", "152523000000-00")
        case = msgspec.structs.replace(case, history=(*case.history, line), **changes)
    return case


HISTORIES = st.lists(st.tuples(st.sampled_from(sorted(cases.MOVES)), st.integers(0, 40)), max_size=14)
ITEMS = st.sampled_from([one for one in load.seed().items if one.promised_limit or one.statutory_limit])


@given(HISTORIES, ITEMS, st.booleans())
def test_lists_pages_and_explanations_tell_the_same_day(kinds: list[tuple[str, int]], item: Item, knows: bool) -> None:
    case = made(kinds, item)
    regime = next((one for one in load.seed().regimes if one.code == item.regime), None) if knows else None
    law = Law(item, regime, TABLE)
    days_, lines = case_clocks.of(case, law), {one.key: one for one in case_clocks.clock_lines(case, law)}
    shown = {key: str(one.on) if one.on else "" for key, one in lines.items()}
    assert shown["promise"] == days_.promised
    for key, day in (("notice", days_.notice_due), ("decision", days_.due), ("delivery", days_.deliver_due)):
        assert shown.get(key, "") == day
    assert all(str(one.on) in "".join(one.lines) for one in lines.values() if one.lines)
    if days_.ended_day or case.state in case_clocks.WAITING:
        assert all(one.stopped for one in lines.values() if one.on and one.key in ("promise", "decision", "notice"))


def test_the_legal_clock_starts_when_the_organ_has_the_papers() -> None:
    some = next(one for one in load.seed().items if one.regime == "licence")
    item = msgspec.structs.replace(some, statutory_limit=None)  # its regime's twenty working days
    law = Law(item, LICENCE, TABLE)
    before = case_clocks.clock_lines(msgspec.structs.replace(made([], item), arrived_at="", state=State.COLLECTED), law)
    assert [(one.key, one.on) for one in before[1:]] == [("law", None)]
    arrived = case_clocks.clocks(made([], item), law)
    assert arrived.notice is not None
    assert arrived.notice.on == D(2026, 9, 9)  # 行政许可法§32: five working days to ask for what is missing
    accepted = case_clocks.clocks(made([("case.accepted", 2)], item), law)
    assert accepted.notice is None
    assert accepted.decision is not None
    counted = case_clocks.deadline.due(D(2026, 9, 2), LICENCE.decision or Limit(0, Unit.INSTANT), TABLE)
    assert accepted.decision.on == counted.on  # day 0 is the arrival, not the acceptance
