"""The backups in a folder: which there are, and what lies noted beside each. Light: the login page may need it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from db.files import DATABASE, read_bounded
from desk import doors
from desk.errors import UNREADABLE

FOLDER = "backups"
NOTE = "backup.json"
PART = ".part"


class Why(StrEnum):
    """What a backup was made for."""

    ASKED = "asked"
    DAILY = "daily"
    CLOSING = "closing"
    UPGRADE = "upgrade"
    UPDATE = "update"
    RESTORE = "restore"
    KEYS = "keys"


class Note(msgspec.Struct, frozen=True):
    """What lies beside the copy: its number in this place, what for, what it holds, and the mark of its content."""

    number: int
    made_at: str
    why: Why = Why.ASKED
    node: str = ""
    point: str = ""
    entries: int = -1
    heads: dict[str, str] = {}
    mark: str = ""
    version: str = ""


class Backup(msgspec.Struct, frozen=True):
    """One backup: when it was made (ISO, to the minute), where, how large in bytes; -1 entries where nobody counted."""

    made_at: str
    path: str
    size: int
    number: int = 0
    point: str = ""
    entries: int = -1


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in `folder`, the latest made first."""
    found = [(note_of(one), one) for one in folders(folder)]
    found.sort(key=lambda one: (one[0].number, one[1].name), reverse=True)
    return tuple(as_backup(one, note) for note, one in found)


def folders(folder: Path) -> list[Path]:
    """The folders with a whole copy: one that is being made has another name."""
    found = folder.glob("[0-9]*T[0-9]*")
    return [one for one in found if (one / DATABASE).is_file() and one.suffix != PART]


def as_backup(place: Path, note: Note) -> Backup:
    """How the folder `place` is listed."""
    size = (place / DATABASE).stat().st_size
    return Backup(note.made_at, str(place), size, note.number, note.point, note.entries)


def note_of(place: Path) -> Note:
    """What is noted of a backup; of one without a note only when it was made, as its folder is called."""
    try:
        return msgspec.json.decode(read_bounded(place / NOTE, doors.BACKUP_NOTE.most), type=Note)
    except (OSError, *UNREADABLE):
        day = place.name[-15:]
        return Note(0, f"{day[:13]}:{day[13:]}")
