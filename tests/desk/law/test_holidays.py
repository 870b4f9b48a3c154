"""The table: what is worked, what is free, what nobody knows yet."""

from __future__ import annotations

import calendar
import datetime as dt

import msgspec
import pytest

from desk.errors import DeskError
from desk.law import deadline, holidays
from desk.law.catalogue.item import Limit, Unit
from desk.law.holidays import HolidayTable, LocalDay

D = dt.date
TABLE = HolidayTable(
    "试", "国务院办公厅", (2026,), frozenset({D(2026, 10, 1)}), frozenset({D(2026, 10, 10), D(2026, 10, 11)})
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (D(2026, 10, 1), False),
        (D(2026, 10, 2), True),  # a Friday that the table does not name
        (D(2026, 10, 3), False),
        (D(2026, 10, 4), False),
        (D(2026, 10, 10), True),
        (D(2026, 10, 11), True),
        (D(2027, 10, 1), None),
        (D(2025, 10, 1), None),
    ],
)
def test_a_day_is_worked_free_or_unknown(day: dt.date, worked: bool | None) -> None:
    assert TABLE.is_workday(day) is worked
    assert TABLE.covers(day) is (worked is not None)


def test_where_nothing_is_known_the_week_counts_and_the_festivals() -> None:
    assert [TABLE.assumed_workday(D(2027, 1, day)) for day in range(1, 8)] == [
        False, False, False, True, True, True, True,
    ]  # fmt: skip


def test_a_local_day_comes_beside_and_the_version_says_so() -> None:
    local = TABLE.with_local([LocalDay(D(2026, 7, 20), "那达慕", "苏左政发〔2026〕9 号")])
    assert local.version == "试+那达慕2026"
    assert local.days_off == {D(2026, 10, 1), D(2026, 7, 20)}
    assert local.workdays == TABLE.workdays
    assert (TABLE.is_workday(D(2026, 7, 20)), local.is_workday(D(2026, 7, 20))) == (True, False)
    due = deadline.due(D(2026, 7, 17), Limit(2, Unit.WORKDAY), local)
    assert due.on == D(2026, 7, 22)
    assert "2026-07-20 那达慕放假" in due.lines[1]
    assert local.with_local([]) == TABLE
    assert b"local" not in msgspec.json.encode(TABLE)  # a table without any is written as ever


def test_a_table_reads_back_and_what_is_none_is_refused() -> None:
    assert holidays.load(msgspec.json.encode(TABLE)) == TABLE
    for bad in (b"", b"{}", b"[]", msgspec.json.encode(TABLE)[:-1] + b',"more":1}'):
        with pytest.raises(DeskError) as caught:
            holidays.load(bad)
        assert (caught.value.kept, caught.value.todo) != ("", "")


def test_every_statutory_holiday_is_known_for_every_year() -> None:
    named = {D(2027, 1, 1): "元旦", D(2027, 2, 5): "春节", D(2027, 2, 8): "春节", D(2027, 6, 9): "端午节"}
    named |= {D(2027, 4, 5): "清明节", D(2027, 5, 2): "劳动节", D(2027, 9, 15): "中秋节", D(2027, 10, 3): "国庆节"}
    assert {day: holidays.festival(day) for day in named} == named
    assert not any(holidays.festival(day) for day in (D(2027, 1, 2), D(2027, 2, 4), D(2027, 2, 9), D(2027, 5, 3)))
    for year in range(2025, 2101):
        days = [D(year, 1, 1) + dt.timedelta(step) for step in range(366)]
        assert sum(bool(holidays.festival(day)) for day in days if day.year == year) in (12, 13), (
            year
        )  # 中秋 may be 国庆


def test_where_a_year_has_no_table_only_what_is_shifted_may_differ() -> None:
    """Against the State Council's notices: no festival is ever worked, and what differs is part of a shift."""
    for year in range(2014, 2027):
        days = [D(year, 1, 1) + dt.timedelta(step) for step in range(365 + calendar.isleap(year))]
        known = holidays.seed()
        unknown = msgspec.structs.replace(known, years=(), days_off=frozenset(), workdays=frozenset())
        wrong = [day for day in days if unknown.assumed_workday(day) is not known.is_workday(day)]
        assert [day for day in wrong if not _shifted(day, known) and day not in _GIVEN] == [], year
        assert not any(known.is_workday(day) for day in days if holidays.festival(day)), year


@pytest.mark.parametrize(
    "limit", [Limit(1, Unit.WORKDAY), Limit(5, Unit.WORKDAY), Limit(20, Unit.WORKDAY), Limit(30, Unit.DAY)]
)
def test_due_dates_without_the_years_table_differ_by_shifted_days_at_most(limit: Limit) -> None:
    """Every start day of 2014 to 2026: counted without any table, no due date is a statutory holiday, and from the one
    that is counted with it there are no more working days than were shifted on the way."""
    known = holidays.seed()
    unknown = msgspec.structs.replace(known, version="无", years=(), days_off=frozenset(), workdays=frozenset())
    start = D(2014, 1, 1)
    while start.year < 2027:
        told, right = deadline.due(start, limit, unknown), deadline.due(start, limit, known)
        assert told.provisional
        assert not holidays.festival(told.on), start
        first, last = sorted((told.on, right.on))
        way = [start + dt.timedelta(step) for step in range(1, (last - start).days + 1)]
        shifted = [day for day in way if unknown.assumed_workday(day) is not known.assumed_workday(day)]
        assert all(_shifted(day, known) or day in _GIVEN for day in shifted if day.year < 2027), start
        between = sum(known.assumed_workday(day) for day in way if day > first)
        assert between <= len(shifted), (start, told.on, right.on)
        start += dt.timedelta(1)


def _shifted(day: dt.date, known: HolidayTable) -> bool:
    """Worked for a festival, or free in one stretch with it."""
    if day in known.workdays:
        return True
    stretch = [day]
    for step in (-1, 1):
        other = day + dt.timedelta(step)
        while known.is_workday(other) is False:
            stretch.append(other)
            other += dt.timedelta(step)
    return any(holidays.festival(one) for one in stretch)


# Free by a notice of its own: the seventieth anniversary of the victory; the spring of 2020, prolonged.
_GIVEN = {D(2015, 9, 3), D(2015, 9, 4), D(2020, 1, 31), D(2020, 2, 1), D(2020, 2, 2)}
