"""How often an account's secrets may be tried, by where from: a stranger's guesses never lock the owner out.

A place is a browser that the owner logged in with before, by its mark in a cookie; else the address, of IPv6 its /64;
or the session, where a password is asked for once more. Each has a count of its own. All places that the owner never
came from have one count more together, so that many of them do not guess as many times.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import msgspec
import sqlalchemy as sa

from db.centre import people
from desk import clock

TRIES, MINUTES = 5, 10  # wrong ones from one place, and how long it is locked out then
STRANGERS, THEIR_MINUTES = 30, 60  # of all unknown places together
KNOWN_DAYS = 90  # that a place stays known after the last right password
_ALL = "*"
INSIDE = "inside"
KEYBOARD = "keyboard"  # of the server


class From(msgspec.Struct, frozen=True):
    """Where a try comes from: the address, and the mark that the browser brings, "" for none."""

    address: str
    mark: str = ""


def marked(mark: str) -> str:
    """The place that a browser with this mark is."""
    return f"browser:{hashlib.sha256(b'daiban browser 1' + mark.encode()).hexdigest()[:32]}"


def count(db: sa.Connection, account: str, came: From, now: dt.datetime) -> bool:
    """Count a try before it is looked at; False where this place may try no more for now."""
    at, since = clock.stamp(now), clock.stamp(now - dt.timedelta(days=KNOWN_DAYS))
    browser = marked(came.mark)
    is_browser = bool(came.mark) and people.is_known_place(db, account, browser, since)
    place = browser if is_browser else came.address
    if not people.count_try(db, account, place, at, TRIES, clock.stamp(now + dt.timedelta(minutes=MINUTES))):
        return False
    if is_browser or came.address in (INSIDE, KEYBOARD) or people.is_known_place(db, account, came.address, since):
        return True
    return people.count_try(db, account, _ALL, at, STRANGERS, clock.stamp(now + dt.timedelta(minutes=THEIR_MINUTES)))


def right(db: sa.Connection, account: str, came: From, now: dt.datetime, made: Callable[[], str] = str) -> str:
    """The secrets were right: the place is known from now on, with it the browser, whose mark is told; `made` makes one
    where it has none."""
    at = clock.stamp(now)
    if not people.is_known_place(db, account, came.address, clock.stamp(now - dt.timedelta(days=KNOWN_DAYS))):
        people.take_try_back(db, account, _ALL)
    people.forgive(db, account, came.address, at)
    mark = came.mark or made()
    if mark:
        people.forgive(db, account, marked(mark), at)
    day, known = now - dt.timedelta(days=1), now - dt.timedelta(days=KNOWN_DAYS)
    people.tidy_tries(db, clock.stamp(day), clock.stamp(known))
    return mark
