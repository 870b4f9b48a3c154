"""How often one address may knock at the doors where codes and passwords are tried: a token bucket each.

The buckets lie in a block of memory that all processes of one service share, so that several of them count together;
on PostgreSQL, where there may be several hosts, what passes there is counted once more in the database, for all.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import mmap
import secrets
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from db.centre.database import Database
from db.centre.hosts import host_rows
from db.files import private
from desk.centre.run.settings import Settings

_SLOT = struct.Struct("<Qdd")  # whose it is, what is left, since when
_SETS, _WAYS = 4096, 8  # an address has its place in one of the sets; there the longest unused gives way
_SIZE = _SETS * _WAYS * _SLOT.size


class Bucket:
    """`count` at once, and as many again in `seconds`, refilled evenly."""

    def __init__(
        self,
        count: int,
        seconds: float = 60,
        tell: Callable[[], float] = time.monotonic,
        shared: Path | None = None,
    ) -> None:
        """`tell` gives seconds, the same in all processes; `shared` a file of the service's processes, made where it
        is not there."""
        self._size, self._rate, self._tell = float(count), count / seconds, tell
        self._turn = threading.Lock()
        self._key = hashlib.sha256(str(shared).encode()).digest() if shared else secrets.token_bytes(16)
        self._slots = _block(shared)

    def wait(self, who: str) -> int:
        """Take one for `who`: 0 when it may pass, else the seconds after which the next one may."""
        digest = hashlib.blake2b(who.encode(), digest_size=12, key=self._key).digest()
        mine = int.from_bytes(digest[:8], "little") or 1
        now = self._tell()
        with self._turn:  # two processes at the very same moment may let one through too many: no harm
            at, left = self._find(int.from_bytes(digest[8:], "little") % _SETS, mine, now)
            passes = left >= 1
            _SLOT.pack_into(self._slots, at, mine, left - 1 if passes else left, now)
        return 0 if passes else max(1, math.ceil((1 - left) / self._rate))

    def _find(self, place: int, mine: int, now: float) -> tuple[int, float]:
        """Where the bucket lies, and what is in it now."""
        oldest, least = -1, math.inf
        for at in self._places(place):
            known, left, since = _SLOT.unpack_from(self._slots, at)
            if known == mine:
                return at, min(self._size, left + max(0.0, now - since) * self._rate)
            used = since if known else -math.inf
            if used < least:
                oldest, least = at, used
        return oldest if oldest >= 0 else place * _WAYS * _SLOT.size, self._size

    @staticmethod
    def _places(place: int) -> Iterator[int]:
        first = place * _WAYS * _SLOT.size
        return iter(range(first, first + _WAYS * _SLOT.size, _SLOT.size))


def _block(shared: Path | None) -> mmap.mmap:
    if shared is None:
        return mmap.mmap(-1, _SIZE)
    private(shared)
    with shared.open("a+b") as file:
        file.truncate(_SIZE)  # zeros where it is new; the same size again where another process made it
        return mmap.mmap(file.fileno(), _SIZE)


def whose(address: str) -> str:
    """Whom an address stands for: itself, of IPv6 its /64, which one household has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return str(parsed)


class Door:
    """A door of the service: counted on this host, and, of whom that lets in, in the database for all hosts. `database`
    None counts here alone; so does one that is away, for who asks then is held up enough."""

    def __init__(
        self, name: str, count: int, seconds: float, shared: Path | None = None, database: Database | None = None
    ) -> None:
        self.here = Bucket(count, seconds, shared=shared / f"{name}.buckets" if shared else None)
        self._name, self._count, self._seconds = name, count, seconds
        self._database = database if database is not None and database.is_postgres else None

    def wait(self, who: str) -> int:
        """As `Bucket.wait`, of all hosts together. Asks the database: not for the event loop."""
        seconds = self.here.wait(who)
        if seconds or self._database is None:
            return seconds
        try:
            with self._database.touch() as db:
                mark = self._database.box.index(who)  # nobody's address is kept
                return math.ceil(host_rows.take_knock(db, self._name, mark, self._count, self._seconds) / 1000)
        except SQLAlchemyError:
            return 0


def tidy(database: Database) -> None:
    """What counts for nothing any more goes from the database. Raises SQLAlchemyError."""
    with database.touch() as db:
        host_rows.tidy_knocks(db)


class Limits:
    """The three doors that are counted; `shared` is a folder of all processes of the service."""

    def __init__(self, settings: Settings, shared: Path | None = None, database: Database | None = None) -> None:
        self.logins = Door("logins", settings.logins_per_minute, 60, shared, database)
        self.enrols = Door("enrols", settings.enrols_per_minute, 60, shared, database)
        self.forms = Door("forms", settings.forms_per_minute, 60, shared, database)


def asks(shared: Path | None = None, database: Database | None = None) -> dict[str, Door]:
    """What everybody may ask of the public pages: look cases up, send something in, follow it; how often one may guess
    at one case's number (`guesses`), and how often all of them together (`all_guesses`)."""
    most = {
        "looks": (20, 60),
        "sent": (10, 600),
        "followed": (30, 60),
        "guesses": (10, 3600),
        "all_guesses": (60, 3600),
    }
    return {name: Door(name, *one, shared, database) for name, one in most.items()}
