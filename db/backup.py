"""Copies of the database: taken while it is in use, encrypted with its own key, believed only after being opened."""

from __future__ import annotations

import contextlib
from pathlib import Path

from sqlcipher3 import dbapi2 as cipher

from db.errors import DamagedError
from db.opening import Rooms, surroundings


def copy_to(rooms: Rooms, target: Path) -> None:
    """Copy the open database to `target` (which must not exist). Raises StoreError; no half copy stays."""
    aside = target.with_name(f".{target.name}.part")
    aside.unlink(missing_ok=True)
    try:
        with surroundings():
            copy = _open(aside, rooms.key)
            try:
                with rooms.turn():
                    rooms.writer_connection().backup(copy)
            finally:
                copy.close()
        check(aside, rooms.key)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def check(path: Path, key: bytes) -> int:
    """Open a copy and look through its pages; how many entries its log has. Raises DamagedError."""
    with surroundings(), contextlib.closing(_open(path, key)) as copy:
        (said,) = copy.execute("PRAGMA quick_check").fetchone()
        if said != "ok":
            raise DamagedError(path.name)
        (count,) = copy.execute("SELECT count(*) FROM entry").fetchone()
    return int(count)


def _open(path: Path, key: bytes) -> cipher.Connection:
    connection = cipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection
