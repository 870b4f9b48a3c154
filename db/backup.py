"""Copies of the database: taken while it is in use, encrypted with its own key, believed only after being opened."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlcipher3 import dbapi2 as cipher

from db.errors import BusyError, DamagedError, StoreError, WrongKeyError
from db.files import flush_file, take_place
from db.opening import Rooms, surroundings, unlocked

_PAGES = 4096  # copied at a time
_PATIENCE = 10.0  # seconds without a page


def copy_to(rooms: Rooms, target: Path) -> None:
    """Copy the open database to `target` (which must not exist). Raises StoreError; no half copy stays."""
    aside = target.with_name(f".{target.name}.part")
    aside.unlink(missing_ok=True)
    try:
        with surroundings():
            copy = unlocked(aside, rooms.key)
            try:
                with rooms.snapshot() as source:
                    source.backup(copy, pages=_PAGES, progress=_deadline(), sleep=0.05)
            finally:
                copy.close()
        try:
            check(aside, rooms.key)
        except DamagedError:
            rooms.note_damage()  # of what was copied, as far as anybody can tell
            raise
        flush_file(aside)
        take_place(aside, target)
    finally:
        for name in (aside.name, f"{aside.name}-wal", f"{aside.name}-shm", f"{aside.name}-journal"):
            aside.with_name(name).unlink(missing_ok=True)


def _deadline() -> Callable[[int, int, int], None]:
    """Stops a copy that gets nowhere: SQLite itself would try for ever."""
    seen: list[tuple[int, float]] = []

    def progress(_status: int, remaining: int, _total: int) -> None:
        if not seen or seen[-1][0] != remaining:
            seen.append((remaining, time.monotonic()))
        elif time.monotonic() - seen[-1][1] > _PATIENCE:
            raise BusyError("backup")

    return progress


def copy_under(path: Path, key: bytes, target: Path, other: bytes) -> None:
    """Copy a database file that nobody has open to `target` (which must not exist), encrypted with `other` there, and
    look through it. Raises the StoreErrors, OSError."""
    with surroundings():
        copy = unlocked(target, other)
        try:
            with contextlib.closing(unlocked(path, key)) as source:
                source.backup(copy, pages=_PAGES)
        finally:
            copy.close()
    check(target, other)
    flush_file(target)


@contextlib.contextmanager
def opened(path: Path, key: bytes) -> Iterator[cipher.Connection]:
    """A database file that nobody else has open, to look at. Raises the StoreErrors; an empty file would pass for a new
    database."""
    if path.exists() and not path.stat().st_size:
        raise DamagedError(path.name)
    with surroundings(), contextlib.closing(unlocked(path, key)) as copy:
        yield copy


def opens(path: Path, key: bytes) -> bool:
    """Whether the key opens the database at `path`, as far as its first page tells; one that is damaged may be its."""
    try:
        with opened(path, key) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except WrongKeyError:
        return False
    except StoreError:
        return True
    return True


def check(path: Path, key: bytes) -> int:
    """Open a copy and look through its pages; how many entries its log has. Raises DamagedError, WrongKeyError."""
    with opened(path, key) as copy:
        pages_hold(copy)
        (count,) = copy.execute("SELECT count(*) FROM entry").fetchone()
    return int(count)


def pages_hold(copy: cipher.Connection) -> None:
    """Every page in use is read, and what points to another row finds it. Raises DamagedError."""
    (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise DamagedError("quick_check")
    if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedError("foreign keys")
