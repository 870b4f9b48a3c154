"""Copies of the database: taken while it is in use, encrypted with its own key, believed only after being opened."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from db.errors import BusyError, DamagedError
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
                with rooms.turn():
                    rooms.writer_connection().backup(copy, pages=_PAGES, progress=_deadline(), sleep=0.05)
            finally:
                copy.close()
        check(aside, rooms.key)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _deadline() -> Callable[[int, int, int], None]:
    """Stops a copy that gets nowhere: SQLite itself would try for ever."""
    seen: list[tuple[int, float]] = []

    def progress(_status: int, remaining: int, _total: int) -> None:
        if not seen or seen[-1][0] != remaining:
            seen.append((remaining, time.monotonic()))
        elif time.monotonic() - seen[-1][1] > _PATIENCE:
            raise BusyError("backup")

    return progress


def check(path: Path, key: bytes) -> int:
    """Open a copy and look through its pages; how many entries its log has. Raises DamagedError."""
    with surroundings(), contextlib.closing(unlocked(path, key)) as copy:
        (said,) = copy.execute("PRAGMA quick_check").fetchone()
        if said != "ok":
            raise DamagedError(path.name)
        (count,) = copy.execute("SELECT count(*) FROM entry").fetchone()
    return int(count)
