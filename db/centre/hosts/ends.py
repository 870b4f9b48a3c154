"""How far this host knows the centre's own log to be acknowledged, beside its keys: a database that has less, or
something else there, went back, whatever its engine says, and nothing more is written into it.

The file follows some moments after: what is written then is held against what this process knows by heart; the file is
for the next one. A new epoch, which somebody's word begins, is the end of the matter for every host.
"""

from __future__ import annotations

import contextlib
import json
import threading
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from db.centre.schema import entry
from db.centre.tables import own_values
from db.errors import BusyError
from db.files import one_at_a_time, read_bounded, write_whole

_EVERY = 0.5  # seconds between two writes of the file
_MOST = 1000  # bytes of the file
_KEYS = ("node", "epoch", "seq", "head")
_HASH = sa.select(entry.c.hash).where(entry.c.node == sa.bindparam("node"), entry.c.seq == sa.bindparam("seq"))


class End(NamedTuple):
    """Where the centre's log ends: the epoch, the last entry's number and the hex of its hash ("" before the first)."""

    epoch: int
    seq: int
    hash: str


class WentBackError(sa.exc.SQLAlchemyError):
    """The database lost what this host had acknowledged. `known` and `found` tell both ends; nothing was written."""

    def __init__(self, known: End, found: End) -> None:
        super().__init__("the database went back")
        self.known, self.found = known, found


class Ends:
    """The end as this host knows it; kept in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _read(path)
        self._kept = self._known
        self._turn = threading.Lock()
        self._dirty, self._closed = threading.Event(), threading.Event()
        self._writer: threading.Thread | None = None

    def check(self, db: sa.Connection, known: End | None = None) -> None:
        """Hold the log, with the turn on it, against what is known; in a snapshot against what was `known` before that
        was begun. Raises WentBackError."""
        found, node = _end(db)
        known = known or self._known
        if known is not None and not _holds(db, node, known, found):
            raise WentBackError(known, found)

    @property
    def known(self) -> End | None:
        """What was acknowledged last; None for nothing yet."""
        return self._known

    def note(self, end: End) -> None:
        """The log is durable up to there; the file follows."""
        if end == self._known:
            return
        self._known = end
        self._dirty.set()
        if self._writer is None:
            with self._turn:
                if self._writer is None:
                    self._writer = threading.Thread(target=self._go_on, daemon=True)
                    self._writer.start()

    def forget(self) -> None:
        """Somebody said that the database may go on as it is."""
        self._known = None

    def close(self) -> None:
        """Write what is not in the file yet."""
        self._closed.set()
        self._dirty.set()
        if self._writer is not None:
            self._writer.join()
        self._keep()

    def _go_on(self) -> None:
        while not self._closed.is_set():
            self._dirty.wait()
            self._keep()
            self._closed.wait(_EVERY)

    def _keep(self) -> None:
        self._dirty.clear()
        end = self._known
        if end is None or end == self._kept:
            return
        # A disk that is full, or another process that hangs with the file: what is known by heart stands.
        with contextlib.suppress(OSError, BusyError), one_at_a_time(self._path.with_name(f"{self._path.name}.lock")):
            there = _read(self._path)  # another process of this host may know more
            if there is None or there[:2] <= end[:2]:
                write_whole(self._path, json.dumps(end._asdict()).encode())
            self._kept = end


def look(db: sa.Connection) -> End:
    """Where the log ends in this transaction."""
    return _end(db)[0]


def _end(db: sa.Connection) -> tuple[End, str]:
    kept = own_values.ask(db, *_KEYS)
    return End(int(kept["epoch"] or 1), int(kept["seq"] or 0), kept["head"]), kept["node"]


def _holds(db: sa.Connection, node: str, known: End, found: End) -> bool:
    if found.epoch != known.epoch:
        return found.epoch > known.epoch
    if found == known or not known.seq:
        return True
    if found.seq < known.seq:
        return False
    there = db.execute(_HASH, {"node": node, "seq": known.seq}).scalar()
    return there is not None and bytes(there).hex() == known.hash


def _read(path: Path) -> End | None:
    """What the file tells; None where there is none, or no such thing in it."""
    try:
        told = json.loads(read_bounded(path, _MOST))
        return End(int(told["epoch"]), int(told["seq"]), str(told["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
