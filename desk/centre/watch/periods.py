"""A month, a quarter or a year as people choose it on a page: 2026-11, 2026-Q4, 2026."""

from __future__ import annotations

import calendar
import datetime as dt
import re

import msgspec

_FORMS = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2])|-Q([1-4]))?", re.ASCII)


class Period(msgspec.Struct, frozen=True):
    """`text` as in an address, `name` for people, the first and the last month of it."""

    text: str
    name: str
    first: str
    last: str

    @property
    def since(self) -> str:
        """The first day."""
        return f"{self.first}-01"

    @property
    def until(self) -> str:
        """The last day."""
        year, month = int(self.last[:4]), int(self.last[5:])
        return f"{self.last}-{calendar.monthrange(year, month)[1]:02d}"


def period(text: str, today: dt.date) -> Period:
    """What `text` says; this month when it says nothing."""
    parts = _FORMS.fullmatch(text)
    if parts is None:
        return period(f"{today:%Y-%m}", today)
    year, month, quarter = parts.groups()
    if month:
        return Period(text, f"{year} 年 {int(month)} 月", text, text)
    if quarter:
        first = int(quarter) * 3 - 2
        return Period(text, f"{year} 年第 {quarter} 季度", f"{year}-{first:02d}", f"{year}-{first + 2:02d}")
    return Period(text, f"{year} 年", f"{year}-01", f"{year}-12")


def months_before(last: str, count: int) -> list[str]:
    """`count` months, the last of them `last`, in their order."""
    end = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(end - count + 1, end + 1)]


def choices(today: dt.date) -> list[tuple[str, list[Period]]]:
    """What a page offers: the last months, quarters and years, in groups."""
    months = months_before(f"{today:%Y-%m}", 13)
    quarters = dict.fromkeys(f"{one[:4]}-Q{(int(one[5:]) + 2) // 3}" for one in months)
    years = [str(today.year - at) for at in range(3)]
    groups = (("月", months[::-1]), ("季度", list(quarters)[::-1]), ("年", years))
    return [(name, [period(one, today) for one in group]) for name, group in groups]
