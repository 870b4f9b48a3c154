"""The holiday table 节假日表: data with a version, never a constant in code; and the festivals that the law fixes.

Which days are free for everybody is law for every year (全国年节及纪念日放假办法§2); which weekends are worked for them
(调休, §7) and what stands in for a festival on a weekend (§6) is told year by year. So for a year that the table does
not cover, the festivals, Saturdays and Sundays are free, and a date worked out over it is provisional: only what is
shifted can still move it. Leagues and banners add days of their own (§4).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

import msgspec

import resources
from desk.errors import UNREADABLE, DeskError

_SATURDAY = 5


class LocalDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day that a league or banner gives (全国年节及纪念日放假办法§4): its name, and the document that gave it."""

    on: dt.date
    name: str
    basis: str = ""


class HolidayTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`days_off`: weekdays that are free, local ones too; `workdays`: Saturdays and Sundays that are worked (调休).
    `years` covered. `local`: what the league or banner gives, by name."""

    version: str
    issued_by: str
    years: tuple[int, ...]
    days_off: frozenset[dt.date]
    workdays: frozenset[dt.date]
    local: tuple[LocalDay, ...] = ()

    def covers(self, day: dt.date) -> bool:
        """Whether the table knows the year of `day`."""
        return day.year in self.years

    def is_workday(self, day: dt.date) -> bool | None:
        """Whether offices work on `day`; None when the table does not cover its year."""
        return self._guess(day) if self.covers(day) else None

    def assumed_workday(self, day: dt.date) -> bool:
        """As `is_workday`; where the table has no answer, every day but the festivals, Saturdays and Sundays."""
        return self._guess(day) and (self.covers(day) or not festival(day))

    def _guess(self, day: dt.date) -> bool:
        if day in self.workdays:
            return True
        return day not in self.days_off and day.weekday() < _SATURDAY

    def with_local(self, days: Iterable[LocalDay]) -> HolidayTable:
        """This table with these local holidays instead of those it has; the version says so."""
        local = tuple(sorted(set(days), key=lambda one: (one.on, one.name)))
        base = self.version.partition("+")[0] if self.local else self.version
        names = "、".join(dict.fromkeys(f"{one.name}{one.on.year}" for one in local))
        days_off = self.days_off - {one.on for one in self.local} | {one.on for one in local}
        return msgspec.structs.replace(
            self, version=f"{base}+{names}" if names else base, days_off=days_off, local=local
        )

    def local_between(self, first: dt.date, last: dt.date) -> tuple[LocalDay, ...]:
        """The local holidays from `first` to `last`, both counted."""
        return tuple(one for one in self.local if first <= one.on <= last)


class _Revision(msgspec.Struct, frozen=True):
    """What §2 gives from the year `since` on: days of spring festival from its first, days of May."""

    since: int
    spring: tuple[int, ...]
    may: tuple[int, ...]


# 2024 revision: 除夕 to 初三, two days of May; those of 2013 and 2007 before it.
_REVISIONS = (
    _Revision(2025, (-1, 0, 1, 2), (1, 2)),
    _Revision(2014, (0, 1, 2), (1,)),
    _Revision(2008, (-1, 0, 1), (1,)),
)
_SOLAR = {(1, 1): "元旦", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}


def festival(day: dt.date) -> str:
    """The festival that is free for everybody on `day`, "" for none (全国年节及纪念日放假办法§2).

    Known from 2008 to 2100; outside of these years "" for those of the lunar calendar.
    """
    return _SOLAR.get((day.month, day.day), "") or _moving(day.year).get(day, "")


@functools.lru_cache(maxsize=32)
def _moving(year: int) -> dict[dt.date, str]:
    """The festivals of a year that no solar date fixes for ever."""
    law = next((one for one in _REVISIONS if year >= one.since), None)
    found = {dt.date(year, 5, day): "劳动节" for day in law.may} if law else {}
    days = _lunar_days().get(year)
    if law is not None and days is not None:
        spring, *others = days
        found |= {spring + dt.timedelta(step): "春节" for step in law.spring}
        found |= dict(zip(others, ("清明节", "端午节", "中秋节"), strict=True))
    return found


@functools.cache
def _lunar_days() -> dict[int, tuple[dt.date, ...]]:
    """By year: the first of the first lunar month, 清明, the fifth of the fifth, the fifteenth of the eighth."""
    lines = resources.read("holidays/lunar_days.csv").decode().splitlines()[1:]
    rows = (line.split(",") for line in lines)
    return {int(year): tuple(dt.date.fromisoformat(f"{year}-{day}") for day in days) for year, *days in rows}


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
