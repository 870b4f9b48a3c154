"""How often an account's secrets may be tried, by where from: a stranger's guesses never lock the owner out.

A place is a browser that the owner logged in with before, by its mark in a cookie; else the address, of IPv6 its /64;
or the session, where a password is asked for once more. Each has a count of its own. All places that the owner never
came from have one count more together, so that many of them do not guess as many times.

Many strangers can use that up. Two ways stay open to an owner at a new place then, and no stranger closes them: the
second factor, where the account has one; and a one-time code that the owner makes where a session is open, or an
administrator gives out. Whoever bears it tries on its own count.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import people
from desk import clock
from desk.centre.node.centre_node import Centre

TRIES, MINUTES = 5, 10  # wrong ones from one place, and how long it is locked out then
STRANGERS, THEIR_MINUTES = 30, 60  # of all unknown places together
KNOWN_DAYS = 90  # that a place stays known after the last right password
PASS_HOURS = 24  # that a one-time code lasts
_ALL, _CODES, _PASS = "*", "codes", "pass"
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # of a one-time code: none that is taken for another
INSIDE = "inside"
KEYBOARD = "keyboard"  # of the server


class From(msgspec.Struct, frozen=True):
    """Where a try comes from: the address, and the mark that the browser brings, "" for none."""

    address: str
    mark: str = ""


class Counted(enum.Enum):
    """Whether a try may be looked at: where the owner is known; at a new place, as one of all strangers'; there with a
    second factor only, for strangers used up their count; or not at all."""

    KNOWN = enum.auto()
    NEW = enum.auto()
    CROWDED = enum.auto()
    SHUT = enum.auto()


def marked(mark: str) -> str:
    """The place that a browser with this mark is."""
    return f"browser:{hashlib.sha256(b'daiban browser 1' + mark.encode()).hexdigest()[:32]}"


def count(db: sa.Connection, account: str, came: From, now: dt.datetime, *, bears_pass: bool = False) -> Counted:
    """Count a try before it is looked at. `bears_pass`: it brings the account's one-time code, which has its own count;
    after so many wrong ones the code is good for nothing."""
    at, since = clock.stamp(now), clock.stamp(now - dt.timedelta(days=KNOWN_DAYS))
    if bears_pass:
        until = clock.stamp(now + dt.timedelta(hours=PASS_HOURS))
        return Counted.KNOWN if people.count_try(db, account, _PASS, at, TRIES, until) else Counted.SHUT
    browser = marked(came.mark)
    is_browser = bool(came.mark) and people.is_known_place(db, account, browser, since)
    place = browser if is_browser else came.address
    if not people.count_try(db, account, place, at, TRIES, clock.stamp(now + dt.timedelta(minutes=MINUTES))):
        return Counted.SHUT
    if is_browser or came.address in (INSIDE, KEYBOARD) or people.is_known_place(db, account, came.address, since):
        return Counted.KNOWN
    is_open = people.count_try(db, account, _ALL, at, STRANGERS, clock.stamp(now + dt.timedelta(minutes=THEIR_MINUTES)))
    return Counted.NEW if is_open else Counted.CROWDED


def count_code(db: sa.Connection, account: str, now: dt.datetime) -> bool:
    """Count a code of the second factor that comes with the right password while strangers crowd the door, before it is
    looked at; False where there were too many."""
    until = clock.stamp(now + dt.timedelta(minutes=THEIR_MINUTES))
    return people.count_try(db, account, _CODES, clock.stamp(now), STRANGERS, until)


def new_pass() -> str:
    """A one-time code, three groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def bare(code: str) -> str:
    """A one-time code without what people put between its letters."""
    return "".join(code.upper().split()).replace("-", "")


def pass_digest(account: str, code: str) -> str:
    """By what a one-time code of this account is kept."""
    return hashlib.sha256(f"daiban pass 1\0{account}\0{bare(code)}".encode("utf-8", "replace")).hexdigest()


def bears_pass(clerk: Mapping[str, Any] | None, code: str, now: str) -> bool:
    """Whether this is the one-time code of this clerk, and good for something still."""
    if clerk is None or not code.strip() or clerk["pass_until"] <= now:
        return False
    return hmac.compare_digest(str(clerk["pass_hash"]), pass_digest(clerk["account"], code))


def begin_pass(db: sa.Connection, account: str) -> None:
    """There is another one-time code: it has been tried by nobody."""
    people.forget_place(db, account, _PASS)


def right(
    db: sa.Connection,
    account: str,
    came: From,
    now: dt.datetime,
    counted: Counted = Counted.KNOWN,
    made: Callable[[], str] = str,
) -> str:
    """The secrets were right, in a try that was `counted` so: the place is known from now on, with it the browser,
    whose mark is told; `made` makes one where it has none."""
    at = clock.stamp(now)
    if counted is Counted.NEW:
        people.take_try_back(db, account, _ALL, STRANGERS)
    people.forgive(db, account, came.address, at)
    people.forget_place(db, account, _CODES)
    mark = came.mark or made()
    if mark:
        people.forgive(db, account, marked(mark), at)
    day, known = now - dt.timedelta(days=1), now - dt.timedelta(days=KNOWN_DAYS)
    people.tidy_tries(db, clock.stamp(day), clock.stamp(known))
    return mark


# -- sessions, by where from -------------------------------------------------------------------------------------


def digest(token: str) -> str:
    return hashlib.sha256(b"daiban session 1\0" + token.encode()).hexdigest()


def rested(session: Mapping[str, Any], now: dt.datetime) -> bool:
    """Whether a session is over because nothing was asked for in it for too long."""
    minutes = int(session["idle"])
    return minutes > 0 and session["used"] < clock.stamp(now - dt.timedelta(minutes=minutes))


class Session(msgspec.Struct, frozen=True):
    """One's own session: its name, when and from where it began, in what browser; `here`: it is the one that asks."""

    name: str
    begun: str
    place: str
    browser: str
    here: bool


def sessions(centre: Centre, account: str, token: str) -> tuple[Session, ...]:
    """The running sessions of an account, the latest first, as whoever holds `token` sees them."""
    with centre.database.read() as db:
        found = [one for one in people.sessions_of(db, account, centre.now()) if not rested(one, centre.tell())]
    mine = digest(token)
    return tuple(Session(one["hash"], one["begun"], one["place"], one["browser"], one["hash"] == mine) for one in found)
