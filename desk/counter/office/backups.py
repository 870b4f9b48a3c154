"""Backups 备份: daily, at closing, before what could go wrong, on demand; each is read through before it counts.

A backup is a folder with the encrypted database and its vault: whoever knows a password can open it, nobody else. They
are told apart and ordered by a number and by what is in their logs, never by a clock: one whose clock was wrong is
worth as much as any other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2 as cipher

from db import backup, opening, vault
from db.desk import local_rows
from db.errors import DamagedError, StoreError
from db.files import flush_folder, private, take_place, write_whole
from desk import __version__, clock
from desk.counter.office.backup_notes import FOLDER, NOTE, PART, Backup, Note, Why, as_backup, folders, listed, note_of
from desk.counter.office.office_settings import OfficeBook
from desk.counter.session import Session
from desk.errors import SurroundingsError
from desk.store import soundness
from desk.store.troubles import in_words

SECOND_DAYS = 7  # without a copy in a second place, after which one is asked for
_LAST = 7  # of the latest are kept, and before them one in each stretch that is twice as long as the one after it


class Backups:
    """Makes and keeps the backups of an open desk."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session, self._folder = session, folder

    def listed(self) -> tuple[Backup, ...]:
        """Those beside the database."""
        return listed(self._folder / FOLDER)

    def due(self) -> bool:
        """Whether the latest was not made today."""
        latest = self.listed()
        return not latest or latest[0].made_at[:10] != self._session.today().isoformat()

    def make(self, second: str = "", why: Why = Why.ASKED) -> Backup:
        """Make one here, and one in the folder `second` when it is named. Raises SurroundingsError,
        DamagedDeskError."""
        made = self._make(self._folder / FOLDER, why)
        if second:
            self._make_second(second, why)
        return made

    def keep(self, second: str, why: Why) -> bool:
        """Make those that are made unasked: nothing where nothing is new, and a stick that is not plugged in is no
        failure. Whether a second place has to be asked for. Raises as `make`."""
        self._make(self._folder / FOLDER, why)
        if second:
            with contextlib.suppress(SurroundingsError):
                self._make_second(second, why)
        return self._second_due()

    def keep_closing(self) -> None:
        """The last one of a day's work. Raises as `make`."""
        self.keep(OfficeBook(self._session).settings().backup_folder, Why.CLOSING)

    def _make(self, place: Path, why: Why) -> Backup:
        store = self._session.store
        return make_of(store.rooms, self._folder, place, why, store.tell)

    def _make_second(self, second: str, why: Why) -> None:
        place = Path(second)
        if not place.is_absolute() or not place.is_dir():  # a stick that is not plugged in is not made up
            raise SurroundingsError(
                f"第二份备份没有做成：没有“{second}”这个文件夹。",
                "本机的备份已经做好。",
                "请插好U盘，或在“设置”里重新选文件夹。",
            )
        self._make(place / f"daiban-{self._session.identity.node}", why)
        self.note_second()

    def note_second(self) -> None:
        """A second place has a copy now, or was asked for: nothing is said of it for some days."""
        with self._session.store.write() as db:
            local_rows.set_local(db, soundness.PASSING, clock.stamp(self._session.moment()).encode())

    def _second_due(self) -> bool:
        """Whether some days passed without; they count from the first backup on."""
        with self._session.store.read() as db:
            kept = local_rows.local(db, soundness.PASSING)
        since = dt.datetime.fromisoformat(kept.decode()) if kept else None
        if since is None or since > self._session.moment():  # never yet, or the clock was put right
            self.note_second()
            return False
        return (self._session.moment() - since).days >= SECOND_DAYS


def make_of(rooms: opening.Rooms, folder: Path, place: Path, why: Why, tell: clock.Clock) -> Backup:
    """Copy the open desk of `folder` to `place`; the latest one there where it says the same already and nobody asked.

    Raises SurroundingsError, and DamagedDeskError where the database itself does not hold together.
    """
    try:
        with in_words():
            known = listed(place)
            if known and why in (Why.DAILY, Why.CLOSING) and _says_the_same(rooms, folder, Path(known[0].path)):
                return known[0]
            return _make(rooms, folder, place, why, tell)
    except OSError as error:
        raise SurroundingsError(
            f"备份没有做成：写不进 {place}。", "数据库没有改动。", "请看U盘或磁盘是否插好、有没有空间。"
        ) from error


def _says_the_same(rooms: opening.Rooms, folder: Path, latest: Path) -> bool:
    with rooms.snapshot() as db:
        return note_of(latest).mark == soundness.mark(db, _vault(folder))


def _vault(folder: Path) -> bytes:
    """The vault as it goes along. Raises DamagedError: a copy that nobody can open is none."""
    kept = vault.read(folder)
    if kept is None:
        raise DamagedError(vault.FILE)
    return msgspec.json.encode(kept)


def _make(rooms: opening.Rooms, folder: Path, place: Path, why: Why, tell: clock.Clock) -> Backup:
    place.mkdir(parents=True, exist_ok=True)
    for left in place.glob(f"*{PART}"):  # of a copy that was cut off
        shutil.rmtree(left, ignore_errors=True)
    with contextlib.suppress(OSError):  # those of older versions; a stick has no modes
        for one in folders(place):
            private(one / opening.FILE)
    number = max((note_of(one).number for one in folders(place)), default=0) + 1
    now = tell().astimezone(clock.BEIJING)
    target = place / f"{number:06d}-{now:%Y-%m-%dT%H%M}"
    coming = target.with_name(target.name + PART)
    try:
        coming.mkdir()
        keys = _vault(folder)
        backup.copy_to(rooms, coming / opening.FILE)
        write_whole(coming / vault.FILE, keys)
        note = _noted_now(rooms, coming, keys, Note(number, now.strftime("%Y-%m-%dT%H:%M"), why, version=__version__))
        flush_folder(coming)
        take_place(coming, target)
        flush_folder(place)
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    _make_room(place, target, note, rooms.key)
    return as_backup(target, note)


def _noted_now(rooms: opening.Rooms, coming: Path, keys: bytes, note: Note) -> Note:
    """Read the copy through and note what it holds; damage in it is damage in what was copied."""
    with backup.opened(coming / opening.FILE, rooms.key) as db:
        try:
            held = soundness.look_through(db)
        except DamagedError:
            rooms.note_damage()
            raise
        mark = soundness.mark(db, keys)
    who = held.identity
    note = msgspec.structs.replace(
        note, node=who.node, point=who.point_name, entries=held.entries, heads=held.heads, mark=mark
    )
    write_whole(coming / NOTE, msgspec.json.encode(note))
    return note


def _make_room(place: Path, newest: Path, note: Note, key: bytes) -> None:
    """Take away what says no more than the newest one: nothing that only an older one has is lost."""
    known = [(other, Path(one.path)) for one in listed(place) if (other := _noted(Path(one.path), key)) is not None]
    with backup.opened(newest / opening.FILE, key) as db:
        covered = [(other, path) for other, path in known if path != newest and soundness.covers(db, other.heads)]
    for path in _to_go(note, covered):
        shutil.rmtree(path, ignore_errors=True)


def _to_go(newest: Note, covered: Sequence[tuple[Note, Path]]) -> list[Path]:
    """Of those that a newer one covers, latest first: what says the same as a later one, and of each stretch before the
    latest all but the oldest."""
    gone, differing, marks = list[Path](), list[tuple[Note, Path]](), {newest.mark}
    for note, path in covered:
        if note.mark and note.mark in marks:
            gone.append(path)
        else:
            differing.append((note, path))
        marks.add(note.mark)
    stretches = set[int]()
    for note, path in reversed(differing[_LAST - 1 :]):
        stretch = ((newest.number - note.number) // _LAST).bit_length()
        if stretch in stretches:
            gone.append(path)
        stretches.add(stretch)
    return gone


def _noted(place: Path, key: bytes) -> Note | None:
    """What is noted of a backup; of one from before there were notes what it holds, None where it cannot be opened."""
    note = note_of(place)
    if note.heads:
        return note
    try:
        with backup.opened(place / opening.FILE, key) as db:
            held = soundness.holding(db)
    except (StoreError, cipher.Error):
        return None
    return msgspec.structs.replace(note, heads=held.heads, entries=held.entries)
