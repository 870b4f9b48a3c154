"""What was done with the villages' sticks, a note a village: this machine's own, for the page that tells it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk.sync.protocol.relayed import MOST_WANTED, File, Line

_KEY, _PICTURES, _TAKEN = "relay:notes", "relay:pictures", "relay:taken"
_MOST_PICTURES = 5000
_MOST_LINES = 50


class Note(msgspec.Struct, frozen=True):
    """The last stick of a village: when it was taken and by whom, how many files; when they were at the centre, and
    what became of them; when answers went onto a stick. "" for what was not done yet. Times in ISO 8601."""

    taken_at: str = ""
    taken_by: str = ""
    files: int = 0
    sent_at: str = ""
    lines: tuple[Line, ...] = ()
    given_at: str = ""


def notes(db: Database) -> dict[str, Note]:
    """By the village's code; what could not be told whose it is under ""."""
    kept = local_rows.local(db, _KEY)
    return msgspec.json.decode(kept, type=dict[str, Note]) if kept else {}


def took(db: Database, at: str, by: str, files: dict[str, int]) -> None:
    """Sticks were taken: how many files of each village."""
    _put(db, {point: Note(at, by, count) for point, count in files.items()})


def sent(db: Database, at: str, points: Iterable[str], lines: Iterable[Line]) -> None:
    """Files of these villages are at the centre, which said this of them."""
    known = notes(db)
    told = {point: tuple(group) for point, group in itertools.groupby(sorted(lines, key=_point), key=_point)}
    _put(db, {one: _after(known.get(one, Note()), at, told.get(one, ())) for one in {*points, *told}})


def _after(known: Note, at: str, lines: tuple[Line, ...]) -> Note:
    before = known.lines if known.taken_at else ()
    return msgspec.structs.replace(known, sent_at=at, lines=(*before, *lines)[-_MOST_LINES:])


def _point(line: Line) -> str:
    return line.node[:12]


def gave(db: Database, at: str, points: Iterable[str]) -> None:
    """Answers for these villages went onto a stick."""
    known = notes(db)
    _put(db, {one: msgspec.structs.replace(known.get(one, Note()), given_at=at) for one in points})


def _put(db: Database, more: dict[str, Note]) -> None:
    if more:
        local_rows.set_local(db, _KEY, msgspec.json.encode({**notes(db), **more}))


def taken_here(db: Database) -> dict[str, str]:
    """When this machine last took in a stick of whom (`File.whose`): there answers go home. ISO 8601."""
    kept = local_rows.local(db, _TAKEN)
    return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}


def took_of(db: Database, at: str, files: Iterable[File]) -> None:
    """A stick with these files was taken in here."""
    now = {one.whose: at for one in files}
    if now:
        before = {name: when for name, when in taken_here(db).items() if name not in now}
        local_rows.set_local(db, _TAKEN, msgspec.json.encode(dict([*before.items(), *now.items()][-MOST_WANTED:])))


def pictures_sent(db: Database) -> frozenset[str]:
    """Hashes of the parts of pictures that are at the centre as they lie on sticks: they need not go twice."""
    kept = local_rows.local(db, _PICTURES)
    return frozenset(msgspec.json.decode(kept, type=list[str])) if kept else frozenset()


def sent_pictures(db: Database, hashes: Iterable[str]) -> None:
    """These are there now; the oldest are forgotten, and go again when they are met."""
    kept = local_rows.local(db, _PICTURES)
    known = [*(msgspec.json.decode(kept, type=list[str]) if kept else []), *hashes]
    local_rows.set_local(db, _PICTURES, msgspec.json.encode(known[-_MOST_PICTURES:]))
