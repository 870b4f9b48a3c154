"""Clocks: days that count, days that do not, and dates that are only provisional."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.law import deadline, holidays
from desk.law.catalogue.item import Limit, Unit
from desk.law.deadline import Warn

TABLE = holidays.seed()
D = dt.date


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        (D(2026, 11, 24), 5, Unit.WORKDAY, D(2026, 12, 1)),
        (D(2026, 9, 18), 1, Unit.WORKDAY, D(2026, 9, 20)),  # 调休: that Sunday is worked
        (D(2026, 9, 30), 1, Unit.WORKDAY, D(2026, 10, 8)),  # over National Day
        (D(2026, 10, 9), 1, Unit.WORKDAY, D(2026, 10, 10)),  # 调休: that Saturday is worked
        (D(2026, 2, 13), 1, Unit.WORKDAY, D(2026, 2, 14)),
        (D(2026, 4, 30), 3, Unit.WORKDAY, D(2026, 5, 8)),
        (D(2026, 11, 24), 0, Unit.INSTANT, D(2026, 11, 24)),
        (D(2026, 9, 1), 30, Unit.DAY, D(2026, 10, 8)),  # ends on a free day: moved to the next working day
        (D(2026, 1, 31), 1, Unit.MONTH, D(2026, 2, 28)),  # a worked Saturday
    ],
)
def test_due(start: dt.date, count: int, unit: Unit, end: dt.date) -> None:
    due = deadline.due(start, Limit(count, unit), TABLE)
    assert due.on == end
    assert not due.provisional
    assert TABLE.version in due.lines[-1]


def test_a_date_beyond_the_table_is_provisional_and_says_so() -> None:
    due = deadline.due(D(2026, 12, 20), Limit(20, Unit.WORKDAY), TABLE)
    assert due.provisional
    assert "暂定" in due.lines[-1]


def test_pauses_are_not_counted() -> None:
    limit = Limit(5, Unit.WORKDAY)
    plain = deadline.due(D(2026, 11, 24), limit, TABLE).on
    assert plain == D(2026, 12, 1)
    publicity = deadline.Pause(D(2026, 11, 25), D(2026, 12, 2), "公示 5 个工作日")
    assert deadline.due(D(2026, 11, 24), limit, TABLE, [publicity]).on == deadline.working_day_after(plain, 5, TABLE)


@given(st.dates(D(2005, 1, 1), D(2026, 6, 30)), st.integers(1, 60))
def test_exactly_that_many_working_days_lie_between(start: dt.date, count: int) -> None:
    end = deadline.due(start, Limit(count, Unit.WORKDAY), TABLE).on
    days = [start + dt.timedelta(step) for step in range(1, (end - start).days + 1)]
    assert sum(bool(TABLE.is_workday(day)) for day in days) == count
    assert TABLE.is_workday(end)


def test_the_table_agrees_with_the_library_it_was_made_from() -> None:
    day = D(2004, 1, 1)
    while day <= D(2026, 12, 31):
        assert TABLE.is_workday(day) == chinese_calendar.is_workday(day), day
        day += dt.timedelta(1)
    assert TABLE.is_workday(D(2027, 1, 4)) is None


@pytest.mark.parametrize(
    ("today", "warn"),
    [
        (D(2026, 11, 24), Warn.NONE),
        (D(2026, 11, 30), Warn.YELLOW),
        (D(2026, 12, 1), Warn.YELLOW),
        (D(2026, 12, 2), Warn.RED),
    ],
)
def test_warnings(today: dt.date, warn: Warn) -> None:
    assert deadline.warning(D(2026, 12, 1), today, TABLE) is warn
