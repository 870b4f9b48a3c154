"""The days of a case, each by a case made for it: no holidays, so that a reader can count along.

1 June 2026 is a Monday.
"""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import Case, HistoryLine, State
from desk.folds.case_clocks import Clocks, Law
from desk.folds.office import findings
from desk.law import deadline
from desk.law.catalogue import load
from desk.law.catalogue.item import Limit, Regime, Step, Unit
from desk.law.holidays import HolidayTable
from desk.log import events

D = dt.date
CENTRE = "152523000000-00"
TABLE = HolidayTable("试", "x", (2026, 2027), frozenset(), frozenset())
REGIME = Regime(
    "r", "许可", "行政许可法", Limit(20, Unit.WORKDAY), notice=Limit(5, Unit.WORKDAY),
    extension=Limit(10, Unit.WORKDAY), delivery=Limit(3, Unit.WORKDAY),
)  # fmt: skip
STEPS = (
    Step("accept", "收件受理", "窗口", "收", Limit(1, Unit.WORKDAY)),
    Step("review", "审查", "科室", "审", Limit(4, Unit.WORKDAY)),
    Step("decide", "审批决定", "局长", "批"),
)
ITEM = msgspec.structs.replace(
    load.seed().items[0], steps=STEPS, statutory_limit=None, promised_limit=Limit(10, Unit.WORKDAY)
)
LAW = Law(ITEM, REGIME, TABLE)


def at(day: int) -> str:
    """That many days after Monday, 1 June 2026."""
    return (dt.datetime.fromisoformat("2026-06-01T10:00:00+08:00") + dt.timedelta(day)).isoformat()


def made(state: State, *moves: tuple[str, int], **facts: object) -> Case:
    """A case taken in on 1 June, promised for 15 June, in `state` after `moves`: kind and day."""
    taken = events.Collected(
        events.ItemRef("x", "低保", 1, "c"),
        "p",
        events.Person("阿"),
        (),
        "苏和",
        "152523202202",
        promised=D(2026, 6, 15),
    )
    history = tuple(HistoryLine(f"case.{kind}", kind, at(day), "乌兰", CENTRE, "因为") for kind, day in moves)
    days = {f"case.{kind}": at(day) for kind, day in moves}
    plain = {
        "arrived_at": days.get("case.arrived", ""),
        "accepted_at": days.get("case.accepted", ""),
        "decided_at": days.get("case.granted", days.get("case.refused", "")),
        "history": history,
    }
    return Case("1", state, taken, at(0), "152523202202-01", **(plain | facts))  # type: ignore[arg-type]


def refused(case: Case) -> Case:
    """As if none of its moves had counted."""
    return msgspec.structs.replace(
        case, history=tuple(msgspec.structs.replace(one, refused="没有") for one in case.history)
    )


def days(case: Case, law: Law = LAW) -> Clocks:
    return case_clocks.of(case, law)


def changed(**facts: object) -> Law:
    return Law(ITEM, msgspec.structs.replace(REGIME, **facts), TABLE)


def test_before_it_came_only_the_promise_runs() -> None:
    assert days(made(State.COLLECTED)) == Clocks(promised="2026-06-15", next_due="2026-06-15")
    nothing = made(State.COLLECTED)
    nothing = msgspec.structs.replace(nothing, collected=msgspec.structs.replace(nothing.collected, promised=None))
    assert days(nothing) == Clocks()


def test_when_it_came_the_notice_and_the_first_step_run() -> None:
    for state in (State.ARRIVED, State.PRE_CHECK):
        assert days(made(state, ("arrived", 1))) == Clocks(
            promised="2026-06-15",
            notice_due="2026-06-09",
            step="收件受理",
            step_due="2026-06-03",
            next_due="2026-06-03",
            office_due="2026-06-16",  # it had the papers a day later than the point
        )
    assert days(made(State.ARRIVED, ("arrived", 1)), changed(notice=None)).notice_due == ""
    unknown = days(made(State.ARRIVED, ("arrived", 1)), Law(ITEM, None, TABLE))
    assert (unknown.notice_due, unknown.step_due) == ("", "2026-06-03")
    bare = days(made(State.ARRIVED, ("arrived", 1)), Law(None, None, TABLE))
    assert bare == Clocks(promised="2026-06-15", next_due="2026-06-15")


def test_accepted_the_decision_is_due_from_the_day_it_came() -> None:
    found = days(made(State.ACCEPTED, ("arrived", 1), ("accepted", 3)))
    assert found == Clocks(
        promised="2026-06-15",
        due="2026-06-30",
        step="审查",
        step_due="2026-06-10",
        next_due="2026-06-10",
        office_due="2026-06-16",
    )
    assert days(made(State.IN_REVIEW, ("arrived", 1), ("accepted", 3), ("reviewed", 4))).step_due == "2026-06-10"
    assert days(made(State.ACCEPTED, ("arrived", 1), ("accepted", 3)), changed(decision=None)).due == ""


def test_the_items_own_limit_goes_before_the_laws() -> None:
    item = msgspec.structs.replace(ITEM, statutory_limit=Limit(3, Unit.DAY))
    case = made(State.ACCEPTED, ("arrived", 1), ("accepted", 3))
    assert days(case, Law(item, REGIME, TABLE)).due == days(case, Law(item, None, TABLE)).due == "2026-06-05"


def test_silence_that_accepts_lets_the_decision_run_at_once() -> None:
    """行政许可法§32(四)."""
    deemed = changed(silence="accepted")
    for state in (State.ARRIVED, State.PRE_CHECK):
        assert days(made(state, ("arrived", 1)), deemed).due == "2026-06-30"
        assert days(made(state, ("arrived", 1)), changed(silence="abandoned")).due == ""
    assert days(made(State.SUPPLEMENT_ASKED, ("arrived", 1)), deemed).due == ""


def test_an_extension_counts_on() -> None:
    road = (("arrived", 1), ("accepted", 3), ("extended", 20))
    assert days(made(State.EXTENDED, *road)).due == "2026-07-14"
    assert days(made(State.EXTENDED, *road)).step == "审批决定"
    assert days(made(State.EXTENDED, *road), changed(extension=None)).due == "2026-06-30"
    assert days(made(State.EXTENDED, *road), changed(extension=Limit(1, Unit.MONTH))).due == "2026-07-30"
    assert days(refused(made(State.EXTENDED, *road))).due == "2026-06-30"


def test_while_a_special_procedure_lasts_nothing_is_due() -> None:
    stop = events.Act("乌兰", until=D(2026, 7, 1))
    road = (("arrived", 1), ("accepted", 3), ("suspended", 4))
    found = days(made(State.SUSPENDED, *road, suspended=stop))
    assert (found.due, found.next_due, found.suspended_until) == ("", "", "2026-07-01")
    assert days(made(State.SUSPENDED, *road, suspended=events.Act("乌兰"))).suspended_until == ""
    after = days(made(State.IN_REVIEW, *road, ("resumed", 10), suspended=stop))
    assert (after.due, after.suspended_until) == ("2026-07-06", "")  # 8 to 11 June did not count
    assert after.promised == "2026-06-19"


def test_a_supplement_stops_the_promise_but_not_the_law() -> None:
    asked = events.SupplementAsked("乌兰", "x", ("照片",), D(2026, 6, 20))
    waiting = days(made(State.SUPPLEMENT_ASKED, ("arrived", 1), ("supplement_asked", 2), supplement=asked))
    assert (waiting.next_due, waiting.suspended_until, waiting.promised) == ("", "2026-06-20", "2026-06-15")
    back = made(State.ARRIVED, ("arrived", 1), ("supplement_asked", 2), ("arrived", 8), arrived_at=at(8))
    assert days(back).promised == "2026-06-19"
    assert days(back).notice_due == "2026-06-16"


def test_a_promise_is_never_earlier_than_the_receipt_says() -> None:
    road = (("arrived", 1), ("accepted", 2), ("suspended", 3), ("resumed", 4))
    late = made(State.IN_REVIEW, *road)
    late = msgspec.structs.replace(late, collected=msgspec.structs.replace(late.collected, promised=D(2026, 7, 30)))
    assert case_clocks.promise(late, LAW) == "2026-07-31"  # the day that it waited comes behind the receipt's
    case = made(State.IN_REVIEW, *road)
    assert case_clocks.promise(case, Law(None, REGIME, TABLE)) == "2026-06-15"  # its item is not known here
    bare = msgspec.structs.replace(ITEM, promised_limit=None)
    assert case_clocks.promise(case, Law(bare, REGIME, TABLE)) == "2026-06-15"
    by_law = msgspec.structs.replace(bare, statutory_limit=Limit(15, Unit.WORKDAY))
    told = case_clocks.promised(case, Law(by_law, REGIME, TABLE))
    assert told is not None
    assert told.on == D(2026, 6, 16)  # the receipt's day is never counted anew by another limit
    assert told.lines[0].startswith("回执上承诺的日期是 2026-06-15（星期一）")
    assert told.lines[-1] == "顺延到 2026-06-16（星期二）下班时；节假日表：试。"
    by_days = msgspec.structs.replace(bare, statutory_limit=Limit(40, Unit.DAY))
    assert case_clocks.promise(case, Law(by_days, REGIME, TABLE)) == "2026-06-16"
    by_months = msgspec.structs.replace(bare, statutory_limit=Limit(2, Unit.MONTH))
    assert case_clocks.promise(case, Law(by_months, REGIME, TABLE)) == "2026-06-15"


def test_pauses_and_waits() -> None:
    road = (("suspended", 3), ("resumed", 5), ("suspended", 7))
    open_ended = made(State.SUSPENDED, *road)
    assert case_clocks.pauses(open_ended) == (
        deadline.Pause(D(2026, 6, 4), D(2026, 6, 6), "因为"), deadline.Pause(D(2026, 6, 8), None, "因为"),
    )  # fmt: skip
    assert case_clocks.waits(open_ended) == (deadline.Pause(D(2026, 6, 4), D(2026, 6, 6), "因为"),)
    bare = msgspec.structs.replace(
        open_ended, history=tuple(msgspec.structs.replace(one, note="") for one in open_ended.history)
    )
    assert case_clocks.pauses(bare)[0].reason == "suspended"
    assert case_clocks.pauses(made(State.ARRIVED, ("resumed", 3))) == ()
    assert case_clocks.pauses(refused(open_ended)) == case_clocks.waits(refused(open_ended)) == ()
    both = made(
        State.IN_REVIEW, ("arrived", 0), ("supplement_asked", 8), ("arrived", 9), ("arrived", 10), ("suspended", 1),
        ("resumed", 2),
    )  # fmt: skip
    assert case_clocks.waits(both) == (
        deadline.Pause(D(2026, 6, 2), D(2026, 6, 3), "因为"),
        deadline.Pause(D(2026, 6, 9), D(2026, 6, 10), "等补正材料"),
    )  # fmt: skip
    assert case_clocks.supplements(both) == 1
    assert case_clocks.supplements(refused(both)) == 0


@pytest.mark.parametrize(
    ("day", "on_time", "in_promise"),
    [(14, "yes", "yes"), (15, "yes", "no"), (29, "yes", "no"), (30, "no", "no")],
)
def test_decided_it_is_judged_to_the_day(day: int, on_time: str, in_promise: str) -> None:
    found = days(made(State.GRANTED, ("arrived", 1), ("accepted", 3), ("granted", day)))
    assert (found.on_time, found.in_promise, found.ended_day) == (on_time, in_promise, at(day)[:10])
    assert (found.promised, found.due, found.step) == ("2026-06-15", "2026-06-30", "送达")
    assert (found.notice_due, found.step_due, found.next_due, found.suspended_until) == ("", "", "", "")


def test_without_a_law_the_promise_judges() -> None:
    own = made(State.GRANTED, ("arrived", 1), ("accepted", 3), ("granted", 15))
    assert (days(own, changed(decision=None)).on_time, days(own).in_promise) == ("yes", "no")  # in its own ten days
    case = made(State.GRANTED, ("arrived", 1), ("accepted", 3), ("granted", 16))
    assert days(case, changed(decision=None)).on_time == "no"
    free = msgspec.structs.replace(case, collected=msgspec.structs.replace(case.collected, promised=None))
    assert (days(free, changed(decision=None)).on_time, days(free).in_promise) == ("yes", "yes")


def test_what_was_decided_is_to_be_handed_over_in_time() -> None:
    road = (("arrived", 1), ("accepted", 3), ("granted", 4))
    for state in (State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT):
        assert days(made(state, *road)).deliver_due == "2026-06-10"
    assert findings.SERVE_DAYS == 10
    assert days(made(State.GRANTED, *road), changed(delivery=None)).deliver_due == "2026-06-19"
    assert days(made(State.GRANTED, *road), Law(ITEM, None, TABLE)).deliver_due == "2026-06-19"
    served = days(made(State.SERVED, *road))
    assert (served.deliver_due, served.step) == ("", "送达")
    concluded = days(made(State.CONCLUDED, *road))
    assert (concluded.deliver_due, concluded.step) == ("", "")


@pytest.mark.parametrize(
    ("state", "kept"),
    [(State.WITHDRAWN, "yes"), (State.VOID, "yes"), (State.RETURNED, "no"), (State.NOT_ACCEPTED, "no")],
)
def test_what_ended_without_a_decision(state: State, kept: str) -> None:
    """Who withdraws late makes nobody late."""
    found = days(made(state, ("arrived", 1), ended_at=at(40)))
    assert (found.ended_day, found.on_time, found.in_promise) == (at(40)[:10], kept, kept)
    assert (found.step, found.deliver_due) == ("", "")


def test_a_step_is_of_whose_turn_it_is() -> None:
    supplemented = made(State.SUPPLEMENTED, ("arrived", 1), ("supplement_asked", 2), ("supplemented", 5))
    assert days(supplemented).step == ""  # it is on its way again
    assert days(made(State.COLLECTED)).step == ""
    other = msgspec.structs.replace(ITEM, steps=(Step("x", "公示", "窗口", "贴"),))
    assert days(made(State.ARRIVED, ("arrived", 1)), Law(other, REGIME, TABLE)).step == ""
    never = refused(made(State.ACCEPTED, ("arrived", 1), ("accepted", 3)))
    assert days(never).step_due == ""  # no move counted: nobody had it
    beside = made(State.ACCEPTED, ("arrived", 1), ("accepted", 3), ("rated", 9))
    assert days(beside).step_due == "2026-06-10"


def test_a_day_that_cannot_be_read_is_none() -> None:
    assert days(made(State.ARRIVED, ("arrived", 1), arrived_at="gestern")).notice_due == ""
    assert cases.STATE_NAMES[State.ARRIVED] == "中心已接收"


def test_what_changed_the_promise_is_said_beside_it() -> None:
    case = made(State.ARRIVED, ("arrived", 1))
    assert case_clocks.beside(case, LAW) == ""
    corrected = msgspec.structs.replace(case, arrived=events.Arrived("N1", "x", promised=D(2026, 6, 17)))
    assert case_clocks.beside(corrected, LAW) == (
        "回执上承诺 2026-06-15；收件时电脑的时间不对，中心按实际收件时间改为 2026-06-17。"
    )
    promise = case_clocks.promised(corrected, LAW)
    assert promise is not None
    assert promise.lines[-1] == "收件时电脑的时间不对，中心按实际收件时间改为 2026-06-17（星期三）。"
    none = msgspec.structs.replace(case, collected=msgspec.structs.replace(case.collected, promised=None))
    assert case_clocks.beside(none, LAW) == ""


class TestTold:
    """The same clocks in words, as page and paper have them."""

    def lines(self, case: Case, law: Law = LAW) -> dict[str, case_clocks.ClockLine]:
        return {one.key: one for one in case_clocks.clock_lines(case, law)}

    def test_before_it_came(self) -> None:
        found = self.lines(made(State.COLLECTED))
        assert list(found) == ["promise", "law"]
        promise, law = found.values()
        assert (promise.name, promise.on, promise.note) == ("服务承诺（自代办点收件起）", D(2026, 6, 15), "")
        assert (promise.stopped, promise.provisional) == ("", False)
        assert promise.lines[-1] == "截止到 2026-06-15（星期一）下班时；节假日表：试。"
        assert law == case_clocks.ClockLine("law", "法定时限", note=case_clocks.NOT_ARRIVED)

    def test_a_case_without_a_promise_says_so(self) -> None:
        case = made(State.COLLECTED)
        bare = msgspec.structs.replace(case, collected=msgspec.structs.replace(case.collected, promised=None))
        assert self.lines(bare)["promise"] == case_clocks.ClockLine(
            "promise", "服务承诺（自代办点收件起）", note="该事项没有承诺时限。"
        )

    def test_a_receipts_day_that_the_item_does_not_give_is_told_as_the_receipts(self) -> None:
        case = made(State.COLLECTED)
        taken = msgspec.structs.replace(
            case.collected, promised=D(2026, 6, 20), promised_provisional=True, holidays="旧表"
        )
        promise = self.lines(msgspec.structs.replace(case, collected=taken))["promise"]
        assert (promise.on, promise.provisional) == (D(2026, 6, 20), True)
        assert promise.lines == ("回执上承诺的日期是 2026-06-20（星期六），收件时按节假日表 旧表 算出。",)

    def test_on_arrival(self) -> None:
        silent = changed(silence="accepted", silence_note="视为受理")
        found = self.lines(made(State.ARRIVED, ("arrived", 1)), silent)
        assert list(found) == ["promise", "notice", "decision", "step"]
        assert (found["notice"].name, found["notice"].on) == ("法定：受理或一次告知补正", D(2026, 6, 9))
        assert found["notice"].note == "视为受理"
        assert (found["decision"].on, found["decision"].note) == (D(2026, 6, 30), "行政许可法")
        assert (found["step"].name, found["step"].on) == ("环节：收件受理", D(2026, 6, 3))
        waits = self.lines(made(State.ARRIVED, ("arrived", 1)))["decision"]
        assert (waits.on, waits.note) == (None, "受理后按 20 个工作日计算，自中心收到材料之日起。")
        none = self.lines(made(State.ARRIVED, ("arrived", 1)), changed(decision=None))["decision"]
        assert none == case_clocks.ClockLine("decision", "法定：作出决定", note="法律没有规定期限。")

    def test_where_the_law_is_not_known(self) -> None:
        found = self.lines(made(State.ARRIVED, ("arrived", 1)), Law(ITEM, None, TABLE))
        assert list(found) == ["promise", "law", "step"]
        assert found["law"] == case_clocks.ClockLine("law", "法定时限", note=case_clocks.UNKNOWN)

    def test_in_a_special_procedure_time_stands(self) -> None:
        stop = events.Act("乌兰", reasons="鉴定", until=D(2026, 7, 1))
        road = (("arrived", 1), ("accepted", 3), ("suspended", 4))
        found = self.lines(made(State.SUSPENDED, *road, suspended=stop))
        assert list(found) == ["promise", "decision", "wait"]
        assert found["promise"].stopped == "特别程序（暂停计时），期间不计时"
        assert (found["decision"].on, found["decision"].note) == (None, "特别程序期间暂停计时，结束后接着算。")
        assert found["wait"] == case_clocks.ClockLine("wait", "特别程序", D(2026, 7, 1), "鉴定")
        after = self.lines(made(State.IN_REVIEW, *road, ("resumed", 10), suspended=stop))
        assert after["decision"].note == "暂停计时 1 次已扣除。行政许可法"
        assert after["promise"].note == "回执上承诺 2026-06-15；等补正和特别程序的日子已扣除，现为 2026-06-19。"
        assert after["promise"].stopped == ""

    def test_while_it_waits_for_papers(self) -> None:
        asked = events.SupplementAsked("乌兰", "x", ("照片",), D(2026, 6, 20))
        found = self.lines(made(State.SUPPLEMENT_ASKED, ("arrived", 1), ("supplement_asked", 2), supplement=asked))
        assert found["wait"] == case_clocks.ClockLine("wait", "等补正", D(2026, 6, 20))
        assert found["promise"].stopped == "待补正，期间不计时"

    def test_decided(self) -> None:
        found = self.lines(made(State.GRANTED, ("arrived", 1), ("accepted", 3), ("granted", 4)))
        assert list(found) == ["promise", "decision", "delivery"]
        assert {found[key].stopped for key in ("promise", "decision")} == {"2026-06-05 已有结果，不再计时"}
        assert (found["delivery"].name, found["delivery"].on) == ("送达", D(2026, 6, 10))
        assert found["delivery"].stopped == ""
        over = self.lines(made(State.WITHDRAWN, ended_at=at(3)))
        assert list(over) == ["promise"]

    def test_an_extension_is_told_step_by_step(self) -> None:
        road = (("arrived", 1), ("accepted", 3), ("extended", 20))
        same = self.lines(made(State.EXTENDED, *road))["decision"]
        assert same.lines[0] == "期限 20 个工作日，经批准延长 10 个工作日。"
        other = self.lines(made(State.EXTENDED, *road), changed(extension=Limit(1, Unit.MONTH)))["decision"]
        assert "经批准延长 1 个月，自原期限届满起计算。" in other.lines
        assert (same.on, other.on) == (D(2026, 7, 14), D(2026, 7, 30))

    def test_a_day_beyond_the_table_is_provisional(self) -> None:
        short = Law(ITEM, REGIME, msgspec.structs.replace(TABLE, years=(2025,)))
        case = made(State.ACCEPTED, ("arrived", 1), ("accepted", 3))
        found = self.lines(case, short)
        assert {key: one.provisional for key, one in found.items()} == dict.fromkeys(found, True) | {"promise": False}
        doubtful = msgspec.structs.replace(case.collected, promised_provisional=True)
        assert self.lines(msgspec.structs.replace(case, collected=doubtful), short)["promise"].provisional
        assert not self.lines(msgspec.structs.replace(case, collected=doubtful))["promise"].provisional
