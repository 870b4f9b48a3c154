"""The table: what is worked, what is free, what nobody knows yet."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.errors import DeskError
from desk.law import holidays
from desk.law.holidays import HolidayTable

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


def test_where_nothing_is_known_the_week_counts() -> None:
    assert [TABLE.assumed_workday(D(2027, 1, day)) for day in range(1, 8)] == [
        True, False, False, True, True, True, True,
    ]  # fmt: skip


def test_a_local_day_comes_beside_and_the_version_says_so() -> None:
    local = TABLE.with_local("那达慕", frozenset({D(2026, 7, 20)}))
    assert local.version == "试+那达慕"
    assert local.days_off == {D(2026, 10, 1), D(2026, 7, 20)}
    assert local.workdays == TABLE.workdays
    assert TABLE.is_workday(D(2026, 7, 20))


def test_a_table_reads_back_and_what_is_none_is_refused() -> None:
    assert holidays.load(msgspec.json.encode(TABLE)) == TABLE
    for bad in (b"", b"{}", b"[]", msgspec.json.encode(TABLE)[:-1] + b',"more":1}'):
        with pytest.raises(DeskError) as caught:
            holidays.load(bad)
        assert (caught.value.kept, caught.value.todo) != ("", "")
