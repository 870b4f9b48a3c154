"""The holiday table 节假日表: data with a version, never a constant in code.

A year that the table does not cover has no answer: a date worked out over it is provisional until a newer table
comes down from the centre. Leagues and banners add days of their own.
"""

from __future__ import annotations

import datetime as dt
import functools

import msgspec

import resources
from desk.errors import UNREADABLE, DeskError

_SATURDAY = 5


class HolidayTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`days_off`: weekdays that are free; `workdays`: Saturdays and Sundays that are worked (调休). `years` covered."""

    version: str
    issued_by: str
    years: tuple[int, ...]
    days_off: frozenset[dt.date]
    workdays: frozenset[dt.date]

    def covers(self, day: dt.date) -> bool:
        """Whether the table knows the year of `day`."""
        return day.year in self.years

    def is_workday(self, day: dt.date) -> bool | None:
        """Whether offices work on `day`; None when the table does not cover its year."""
        return self._guess(day) if self.covers(day) else None

    def assumed_workday(self, day: dt.date) -> bool:
        """As `is_workday`, Monday to Friday where the table has no answer."""
        return self._guess(day)

    def _guess(self, day: dt.date) -> bool:
        if day in self.workdays:
            return True
        return day not in self.days_off and day.weekday() < _SATURDAY

    def with_local(self, name: str, days_off: frozenset[dt.date]) -> HolidayTable:
        """This table with the local holidays of a league or banner; the version says so."""
        return msgspec.structs.replace(self, version=f"{self.version}+{name}", days_off=self.days_off | days_off)


def load(data: bytes) -> HolidayTable:
    """A table out of a file. Raises DeskError when it is not one."""
    try:
        return msgspec.json.decode(data, type=HolidayTable)
    except UNREADABLE as error:
        raise DeskError("节假日表无法识读。", "原来的表还在用。", "请向中心重新索取。") from error


@functools.cache
def seed() -> HolidayTable:
    """The table that comes with the program."""
    return load(resources.read("holidays/cn.json"))
