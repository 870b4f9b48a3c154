"""How days are counted, to the day, and how the sheet tells it: each line is read by a herder or a court."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.law import deadline
from desk.law.catalogue import load
from desk.law.catalogue.item import Limit, Unit
from desk.law.deadline import Pause, Warn
from desk.law.holidays import HolidayTable

D = dt.date
# No holidays: Monday to Friday of 2026 and 2027.
TABLE = HolidayTable("试", "国务院办公厅", (2026, 2027), frozenset(), frozenset())
MONDAY = D(2026, 6, 1)


def due(count: int, unit: Unit, *pauses: Pause, start: dt.date = MONDAY) -> deadline.Due:
    return deadline.due(start, Limit(count, unit), TABLE, pauses)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(0, Unit.INSTANT), "当场"),
        (Limit(20, Unit.WORKDAY), "20 个工作日"),
        (Limit(30, Unit.DAY), "30 日"),
        (Limit(3, Unit.MONTH), "3 个月"),
    ],
)
def test_a_limit_in_words(limit: Limit, words: str) -> None:
    assert deadline.words(limit) == words


def test_a_day_in_words() -> None:
    said = [deadline.shown(MONDAY + dt.timedelta(step)) for step in range(7)]
    assert said[0] == "2026-06-01（星期一）"
    assert [one[-2] for one in said] == list("一二三四五六日")


def test_working_days_are_told_with_the_free_ones_between() -> None:
    found = due(10, Unit.WORKDAY)
    assert (found.on, found.provisional, found.table_version) == (D(2026, 6, 15), False, "试")
    assert found.lines == (
        "2026-06-01（星期一）为起始日，不计入；期限 10 个工作日。",
        "从 2026-06-02（星期二）起数满 10 个工作日，其间休息日和节假日 4 天不计。",
        "截止到 2026-06-15（星期一）下班时；节假日表：试。",
    )


def test_a_pause_is_told_with_its_reason() -> None:
    found = due(
        3, Unit.WORKDAY, Pause(D(2026, 6, 2), D(2026, 6, 8), "听证"), Pause(D(2026, 6, 9), D(2026, 6, 10), "检验")
    )
    assert found.on == D(2026, 6, 11)
    assert found.lines[1] == "从 2026-06-02（星期二）起数满 3 个工作日，其间休息日和节假日 0 天不计。"
    assert found.lines[2] == "暂停计时 7 天不计：听证；检验。"
    assert len(due(3, Unit.WORKDAY).lines) == 3


@pytest.mark.parametrize(
    ("pause", "on"),
    [
        (Pause(D(2026, 6, 2), D(2026, 6, 2), ""), D(2026, 6, 11)),  # begun and ended on one day: nothing is gained
        (Pause(D(2026, 6, 2), D(2026, 6, 3), ""), D(2026, 6, 12)),  # its first day counts as before it, its last not
        (Pause(D(2026, 6, 10), D(2026, 6, 11), ""), D(2026, 6, 12)),
        (Pause(D(2026, 6, 11), D(2026, 6, 20), ""), D(2026, 6, 11)),  # what comes later does nothing
        (Pause(D(2026, 5, 1), D(2026, 6, 1), ""), D(2026, 6, 11)),
        (Pause(D(2026, 6, 2), D(2026, 6, 5), ""), D(2026, 6, 15)),  # ends on Sunday 14th
    ],
)
def test_calendar_days_leave_out_a_pause(pause: Pause, on: dt.date) -> None:
    assert due(10, Unit.DAY, pause).on == on


def test_a_pause_that_goes_on_has_no_end() -> None:
    """The count stops after ten years: nobody waits for ever for a mistake in the catalogue."""
    for unit in (Unit.DAY, Unit.WORKDAY):
        found = due(5, unit, Pause(D(2026, 6, 3), None, "鉴定"))
        assert (found.on - MONDAY).days in (3660, 3661, 3662)
        assert found.provisional


@pytest.mark.parametrize(
    ("start", "count", "on"),
    [
        (D(2026, 1, 31), 1, D(2026, 3, 2)),  # 28 February is a Saturday
        (D(2026, 3, 31), 1, D(2026, 4, 30)),
        (D(2026, 1, 30), 13, D(2027, 3, 1)),  # the year turns; 28 February 2027 is a Sunday
        (D(2026, 12, 1), 1, D(2027, 1, 1)),
        (D(2026, 11, 15), 1, D(2026, 12, 15)),
        (D(2026, 6, 10), 12, D(2027, 6, 10)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start: dt.date, count: int, on: dt.date) -> None:
    """民法典§202."""
    assert due(count, Unit.MONTH, start=start).on == on


def test_a_free_last_day_moves_on_and_says_so() -> None:
    found = due(5, Unit.DAY)
    assert found.on == D(2026, 6, 8)
    assert found.lines[1] == "末日 2026-06-06（星期六）是休息日，顺延到下一个工作日。"
    assert len(due(4, Unit.DAY).lines) == 2


def test_at_once_is_the_same_day_even_a_free_one() -> None:
    assert due(0, Unit.INSTANT, start=D(2026, 6, 6)).on == D(2026, 6, 6)


def test_every_year_on_the_way_must_be_known() -> None:
    assert not due(10, Unit.DAY, start=D(2027, 12, 20)).provisional
    beyond = due(3, Unit.MONTH, start=D(2027, 12, 20))
    assert beyond.provisional
    assert beyond.lines[-1] == "2028 年的调休安排尚未公布，按法定节日和周六、周日休息推算，日期为暂定。"
    gap = HolidayTable("缺", "x", (2026, 2028), frozenset(), frozenset())
    assert deadline.due(D(2026, 12, 1), Limit(20, Unit.MONTH), gap).provisional  # 2027 lies between
    assert not deadline.due(D(2026, 12, 1), Limit(5, Unit.DAY), gap).provisional


@pytest.mark.parametrize(
    ("today", "left", "warn"),
    [
        (D(2026, 6, 10), 3, Warn.NONE),
        (D(2026, 6, 12), 1, Warn.YELLOW),
        (D(2026, 6, 13), 1, Warn.YELLOW),  # a Saturday
        (D(2026, 6, 15), 0, Warn.YELLOW),
        (D(2026, 6, 16), -1, Warn.RED),
        (D(2026, 6, 20), -4, Warn.RED),
        (D(2026, 6, 22), -5, Warn.RED),
    ],
)
def test_what_is_left_is_counted_in_working_days(today: dt.date, left: int, warn: Warn) -> None:
    assert deadline.remaining(D(2026, 6, 15), today, TABLE) == left
    assert deadline.warning(D(2026, 6, 15), today, TABLE) is warn


def test_yellow_begins_when_it_is_told_to() -> None:
    assert deadline.warning(D(2026, 6, 15), D(2026, 6, 10), TABLE, 3) is Warn.YELLOW
    assert deadline.warning(D(2026, 6, 15), D(2026, 6, 10), TABLE, 2) is Warn.NONE


def test_a_working_day_after() -> None:
    assert deadline.working_day_after(MONDAY, 5, TABLE) == D(2026, 6, 8)


def test_a_promise_goes_by_the_promised_limit_else_the_laws_else_there_is_none() -> None:

    item = load.seed().items[0]
    both = msgspec.structs.replace(item, promised_limit=Limit(3, Unit.WORKDAY), statutory_limit=Limit(9, Unit.WORKDAY))
    law = msgspec.structs.replace(both, promised_limit=None)
    for one, on in ((both, D(2026, 6, 4)), (law, D(2026, 6, 12))):
        found = deadline.service_clock(one, MONDAY, TABLE)
        assert found is not None
        assert found.on == on
    assert deadline.service_clock(msgspec.structs.replace(law, statutory_limit=None), MONDAY, TABLE) is None


def test_a_limit_with_its_note_and_a_distance_in_words() -> None:
    assert deadline.noted(Limit(20, Unit.WORKDAY, "不含听证")) == "20 个工作日（不含听证）"
    assert deadline.noted(Limit(20, Unit.WORKDAY)) == "20 个工作日"
    assert deadline.workdays(3) == "3 个工作日"
    assert [deadline.distance(left) for left in (2, 1, 0, -1, -5)] == [
        "还剩 2 个工作日", "还剩 1 个工作日", "今天到期", "已超 1 个工作日", "已超 5 个工作日",
    ]  # fmt: skip


def test_a_promise_leaves_out_what_was_waited_for() -> None:
    item = msgspec.structs.replace(load.seed().items[0], promised_limit=Limit(3, Unit.WORKDAY))
    found = deadline.service_clock(item, MONDAY, TABLE, (Pause(D(2026, 6, 2), D(2026, 6, 4), "补正"),))
    assert found is not None
    assert found.on == D(2026, 6, 8)


@pytest.mark.parametrize(
    ("on", "today", "words"),
    [
        (D(2026, 11, 27), D(2026, 11, 29), "已超 2 天"),  # Friday, told on Sunday
        (D(2026, 11, 29), D(2026, 11, 28), "还剩 1 天"),
        (D(2026, 11, 29), D(2026, 11, 29), "今天到期"),
        (D(2026, 11, 27), D(2026, 11, 30), "已超 1 个工作日"),
        (D(2026, 11, 30), D(2026, 11, 27), "还剩 1 个工作日"),
    ],
)
def test_what_is_over_is_not_due_today_because_it_is_sunday(on: dt.date, today: dt.date, words: str) -> None:
    assert deadline.far_off(on, today, TABLE) == words
