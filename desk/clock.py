"""The office's clock. All offices keep Beijing time, whatever zone their PC is set to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")

WRONG = dt.timedelta(seconds=600)  # a clock that is farther off is corrected for
_OFFSET = "+08:00"
Clock = Callable[[], dt.datetime]


class Told(msgspec.Struct, frozen=True):
    """What a centre's clock showed when this machine's showed `here`: `there`, or, by a stick that was on the road,
    that time at least."""

    here: dt.datetime
    there: dt.datetime
    at_least: bool = False


def counting(now: dt.datetime, told: Told | None) -> dt.datetime:
    """The time that counts while this machine's clock shows `now`. A clock that was wrong when the centre was heard is
    taken to be as wrong still, unless it shows itself that somebody set it: a slow one that has come to the centre's
    time, a fast one that has gone back. Never before the time that the centre told."""
    return now if told is None else max(_corrected(now, told), told.there)


def _corrected(now: dt.datetime, told: Told) -> dt.datetime:
    ahead = told.here - told.there
    was_set = now >= told.there if ahead < dt.timedelta() else now < told.here
    is_right = was_set or abs(ahead) < WRONG or (told.at_least and ahead > dt.timedelta())
    return now if is_right else now - ahead


def heard(before: Told | None, now: Told) -> Told:
    """What is known of this clock after the centre was heard `now`: a stick says less than the network did before,
    but of a clock that it shows to be slow."""
    if not now.at_least or before is None:
        return now
    return now if _corrected(now.here, before) < now.there - WRONG else before


def now() -> dt.datetime:
    """This machine's time, in Beijing's zone."""
    return dt.datetime.now(BEIJING)


def stamp(moment: dt.datetime) -> str:
    """ISO 8601 with milliseconds and offset, as entries carry it."""
    return moment.astimezone(BEIJING).isoformat(timespec="milliseconds")


def is_moment(text: str) -> bool:
    """Whether it is an ISO 8601 time with its offset, as entries carry it."""
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


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
