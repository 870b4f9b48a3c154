"""The office's clock. All offices keep Beijing time, whatever zone their PC is set to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")

_OFFSET = "+08:00"
Clock = Callable[[], dt.datetime]


def now() -> dt.datetime:
    """This machine's time, in Beijing's zone."""
    return dt.datetime.now(BEIJING)


def stamp(moment: dt.datetime) -> str:
    """ISO 8601 with milliseconds and offset, as entries carry it."""
    return moment.astimezone(BEIJING).isoformat(timespec="milliseconds")


def day(text: str) -> dt.date:
    """The day in Beijing of an ISO 8601 time; ValueError when it is none."""
    moment = dt.datetime.fromisoformat(text)
    if text.endswith(_OFFSET):
        return moment.date()  # as every office writes it
    return moment.astimezone(BEIJING).date() if moment.tzinfo else moment.date()


def minute(text: str) -> str:
    """An ISO 8601 time for people, to the minute: 2026-11-24 09:30; "" for none."""
    return text[:16].replace("T", " ")


def second(text: str) -> str:
    """The same to the second, for histories: 2026-11-24 09:30:05."""
    return text[:19].replace("T", " ")
