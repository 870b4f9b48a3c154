"""What may stand in for a database: backups beside it, on a stick, on another disk; a whole folder of another PC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from db import swap, vault
from db.errors import DamagedError
from db.files import DATABASE
from desk.counter.office import backup_notes
from desk.store.account import Account

ASIDE = "set-aside-"  # begins the name of a folder with what was replaced
_DEEP = 4  # folders down from the one that was named
_MOST = 3000  # folders that are looked into: a whole disk has more
_NOT_INTO = frozenset({"originals", "practice", swap.STAGE})


class Source(msgspec.Struct, frozen=True):
    """A copy to restore from: when it was made ("" not known), where, bytes, entries (-1 not known), whose point, and
    who has a password to it. `whole`: it is not a backup but what a PC worked with."""

    made_at: str
    path: str
    size: int
    number: int = 0
    entries: int = -1
    point: str = ""
    whole: bool = False
    accounts: tuple[Account, ...] = ()


def beside(folder: Path) -> tuple[Source, ...]:
    """The backups of the desk in `folder`, and what restoring set aside, the best to begin with first."""
    found = [folder / backup_notes.FOLDER, *folder.glob(f"{ASIDE}*")]
    return _sorted(one for place in found if place.is_dir() for one in _in(place, 1))


def look(place: Path) -> tuple[Source, ...]:
    """Every copy in a folder, on a stick or a disk, the best to begin with first. Raises nothing: what cannot be read
    is no copy."""
    return _sorted(_in(place, _DEEP))


def _sorted(found: Iterator[Source]) -> tuple[Source, ...]:
    """By how far their logs go, then by number; what a PC worked with may go further than any backup."""
    return tuple(sorted(found, key=lambda one: (one.entries, one.number, one.made_at), reverse=True))


def _in(place: Path, deep: int) -> Iterator[Source]:
    left = [_MOST]
    yield from _walk(place, deep, left)


def _walk(place: Path, deep: int, left: list[int]) -> Iterator[Source]:
    left[0] -= 1
    made = source(place)
    if made is not None:
        yield made
    if deep <= 0 or left[0] <= 0:
        return
    try:
        inner = sorted(one for one in place.iterdir() if one.is_dir() and not one.is_symlink())
    except OSError:
        return
    for one in inner:
        if one.name not in _NOT_INTO and one.suffix != ".part":
            yield from _walk(one, deep - 1, left)


def source(place: Path) -> Source | None:
    """The copy in a folder, None where there is none, or nobody could open it."""
    try:
        size = (place / DATABASE).stat().st_size
        kept = vault_of(place)
    except OSError:
        return None
    if not size or kept is None:
        return None
    note = backup_notes.note_of(place)
    whole = not (place / backup_notes.NOTE).is_file() and not place.name[:1].isdigit()
    accounts = tuple(Account(slot.account, slot.name) for slot in kept.slots)
    when = "" if whole else note.made_at
    return Source(when, str(place), size, note.number, note.entries, note.point, whole, accounts)


def vault_of(place: Path, names: tuple[str, ...] = (vault.FILE, vault.COPY)) -> vault.Vault | None:
    """The vault of a folder, or its copy; None where both are missing or broken."""
    for name in names:
        try:
            kept = vault.read_file(place / name)
        except DamagedError:
            continue
        if kept is not None:
            return kept
    return None
