"""Limits that an item states besides its two: backwards from a day, for another banner's people, whom to ask."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds import case_clocks, stated_limits
from desk.folds.case import Case, HistoryLine, State
from desk.folds.case_clocks import Law
from desk.folds.clock_line import ClockLine
from desk.folds.stated_limits import Taken
from desk.law import deadline, holidays
from desk.law.catalogue import load, rules
from desk.law.catalogue.item import Before, Elsewhere, Item, Limit, StatedLimits, Unit
from desk.log import events
from desk.log.centre_events import ItemPublished

D = dt.date
TABLE = holidays.seed()
SEED = load.seed()
QUARANTINE = next(one for one in SEED.items if one.item_name == "动物产地检疫申报")
OWN, OTHER = "152523202202", "152524100200"
THERE = Elsewhere("通办规程", Limit(1, Unit.WORKDAY), Limit(3, Unit.WORKDAY), Limit(5, Unit.WORKDAY), sample=True)


def stating(**facts: object) -> Item:
    return msgspec.structs.replace(QUARANTINE, stated=StatedLimits(**facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "limit", "on"),
    [
        (D(2026, 12, 5), Limit(3, Unit.DAY), D(2026, 12, 2)),  # 民法典§201: the day itself does not count
        (
            D(2026, 12, 1),
            Limit(3, Unit.DAY),
            D(2026, 11, 27),
        ),  # its third day before is a Saturday
        (D(2026, 10, 9), Limit(3, Unit.DAY), D(2026, 9, 30)),  # all of the National Day's week is free
        (D(2026, 12, 7), Limit(3, Unit.WORKDAY), D(2026, 12, 2)),
        (D(2026, 12, 31), Limit(1, Unit.MONTH), D(2026, 11, 30)),
        (D(2026, 12, 3), Limit(0, Unit.INSTANT), D(2026, 12, 3)),
    ],
)
def test_backwards_never_later_than_the_limit_allows(day: dt.date, limit: Limit, on: dt.date) -> None:
    due = deadline.backwards(day, limit, TABLE)
    assert due.on == on
    assert f"{on.isoformat()}（" in due.lines[-1]
    assert TABLE.is_workday(on)


def test_a_last_day_in_a_year_without_a_table_is_provisional() -> None:
    assert deadline.backwards(D(2030, 1, 5), Limit(3, Unit.DAY), TABLE).provisional
    assert not deadline.backwards(D(2026, 12, 5), Limit(3, Unit.DAY), TABLE).provisional


def ahead(item: Item, domicile: str = OWN, **fields: str) -> tuple[ClockLine, ...]:
    return stated_limits.ahead(item, TABLE, Taken(D(2026, 11, 24), fields, domicile, OWN))


def test_quarantine_is_declared_three_days_before_departure() -> None:
    (line,) = ahead(QUARANTINE, leave="2026-12-05")
    assert (line.key, line.name, line.on) == ("before", "最迟申报检疫", D(2026, 12, 2))
    assert line.note == "申报检疫要在启运日期前 3 日（动物防疫法§49，动物检疫管理办法，示例）。"
    (unsaid,) = ahead(QUARANTINE)
    assert (unsaid.on, unsaid.note) == (None, line.note)
    assert ahead(msgspec.structs.replace(QUARANTINE, stated=None), leave="2026-12-05") == ()


def test_papers_for_another_banner_have_their_own_days() -> None:
    item = stating(elsewhere=THERE)
    assert ahead(item) == ahead(item, "") == ahead(item, "110101000000") == ()
    push, post = ahead(item, OTHER)
    assert (push.name, push.on) == ("通办：推送到办理地", D(2026, 11, 25))
    assert (post.name, post.on, post.note) == ("通办：寄出纸质材料", D(2026, 11, 27), "通办规程（示例）")


def taken(item: Item, state: State = State.COLLECTED, domicile: str = OWN, **facts: object) -> Case:
    person = events.Person("阿", division=domicile)
    ref = events.ItemRef(item.task_code, item.item_name, item.version, "c")
    collected = events.Collected(ref, "p", person, (), "苏和", OWN, fields={"leave": "2026-12-05"})
    return Case("1", state, collected, "2026-11-24T10:00:00+08:00", f"{OWN}-01", **facts)  # type: ignore[arg-type]


def of(case: Case, item: Item) -> dict[str, ClockLine]:
    return {one.key: one for one in stated_limits.of(case, item, TABLE)}


def test_a_limit_ends_where_its_step_was_done() -> None:
    running = of(taken(QUARANTINE), QUARANTINE)["before"]
    assert (running.on, running.stopped) == (D(2026, 12, 2), "")
    came = taken(QUARANTINE, State.ARRIVED, arrived_at="2026-11-30T10:00:00+08:00")
    assert of(came, QUARANTINE)["before"].stopped == "2026-11-30 已到中心"
    late = taken(QUARANTINE, State.ARRIVED, arrived_at="2026-12-03T10:00:00+08:00")
    assert of(late, QUARANTINE)["before"].stopped == "2026-12-03 已到中心，晚于最迟的日期"
    gone = taken(QUARANTINE, State.WITHDRAWN, ended_at="2026-11-26T10:00:00+08:00")
    assert of(gone, QUARANTINE)["before"].stopped == "2026-11-26 已了结"


def test_the_result_comes_back_from_the_other_banner() -> None:
    item = stating(elsewhere=THERE)
    line = HistoryLine("case.bundled", "组卷", "2026-11-25T10:00:00+08:00", "苏和", f"{OWN}-01")
    days = {"accepted_at": "2026-11-26T10:00:00+08:00", "decided_at": "2026-12-01T10:00:00+08:00"}
    granted = taken(item, State.GRANTED, OTHER, history=(line,), **days)
    told = of(granted, item)
    assert (told["push"].stopped, told["post"].stopped) == ("2026-11-26 办理地已受理", "2026-11-25 已组卷寄出")
    assert (told["back"].on, told["back"].stopped) == (D(2026, 12, 8), "")
    back = taken(item, State.AT_POINT, OTHER, history=(line,), **days)
    assert of(back, item)["back"].stopped == "已回到代办点"
    assert "back" not in of(taken(item, State.GRANTED, OWN, **days), item)


def test_where_nothing_is_set_it_says_whom_to_ask() -> None:
    item = msgspec.structs.replace(stating(ask="农牧局 0479-1234567"), statutory_limit=None, promised_limit=None)
    regime = next(one for one in SEED.regimes if one.code == "licence")
    law = Law(item, msgspec.structs.replace(regime, decision=None), TABLE)
    case = taken(item, State.ARRIVED, arrived_at="2026-11-30T10:00:00+08:00")
    notes = {one.key: one.note for one in case_clocks.clock_lines(case, law)}
    assert notes["promise"] == "该事项没有承诺时限，请问农牧局 0479-1234567。"
    assert notes["decision"] == "法律没有规定期限，请问农牧局 0479-1234567。"
    assert stated_limits.words(item) == (("时限咨询", "没有规定时限的，请问农牧局 0479-1234567。"),)


def test_what_an_item_states_is_said_in_its_guide() -> None:
    item = msgspec.structs.replace(stating(elsewhere=THERE))
    told = dict(stated_limits.words(item))["通办时限"]
    assert told.startswith("外旗县申请人：推送到办理地 1 个工作日；寄出纸质材料 3 个工作日；")
    assert told.endswith("作出决定后寄回结果 5 个工作日（通办规程，示例）。")
    assert stated_limits.words(QUARANTINE)[0][0] == "提前办理"


def test_it_travels_beside_the_item_and_programs_of_before_read_on() -> None:
    said = ItemPublished.of(QUARANTINE, "c")
    wire = msgspec.json.encode(said)
    assert b'"stated"' not in msgspec.json.encode(said.item)
    assert msgspec.json.decode(wire, type=ItemPublished).whole == QUARANTINE
    plain = msgspec.structs.replace(QUARANTINE, stated=None)
    assert msgspec.json.decode(msgspec.json.encode(plain), type=Item) == plain


@pytest.mark.parametrize(
    ("stated", "fault"),
    [
        (StatedLimits(Before("申报", "count", Limit(3, Unit.DAY), "法")), "不是表单里的日期"),
        (StatedLimits(Before("申报", "leave", Limit(0, Unit.DAY), "法")), "没有写天数"),
        (StatedLimits(Before("申报", "leave", Limit(3, Unit.DAY), "")), "没有写依据"),
        (StatedLimits(elsewhere=Elsewhere("规程")), "没有写推送"),
    ],
)
def test_publishing_tells_what_is_wrong_with_a_stated_limit(stated: StatedLimits, fault: str) -> None:
    items = (msgspec.structs.replace(QUARANTINE, stated=stated),)
    assert fault in "".join(rules.lint(msgspec.structs.replace(SEED, items=items)))
    assert not [one for one in rules.lint(SEED) if "时限" in one]
