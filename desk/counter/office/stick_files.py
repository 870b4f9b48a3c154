"""What this desk last put out to a stick: so that the list that travels with it can name it."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk.log.point_events import StickFile

_KEY = "stick-written"


class Written(msgspec.Struct, frozen=True):
    """The batches on a stick, and when they were written (ISO 8601)."""

    at: str
    files: tuple[StickFile, ...]


def note(db: Database, at: str, files: tuple[StickFile, ...]) -> None:
    """Remember what was just put out, in place of what was before."""
    local_rows.set_local(db, _KEY, msgspec.json.encode(Written(at, files)))


def since(db: Database, moment: str) -> tuple[StickFile, ...]:
    """What was last put out, when that was not before `moment` (ISO 8601)."""
    kept = local_rows.local(db, _KEY)
    last = msgspec.json.decode(kept, type=Written) if kept else None
    return last.files if last and last.at >= moment else ()
