"""Which picture lies where, by its row. Bytes come to a place before their row names it, and go after no row does.

What is about to be let go at a place stands in `picture_doomed` first. A row that would name it then, or that comes so
long after its bytes that they may be gone by now, keeps them in the database instead (`settled`): no row is without its
bytes, whatever happens at the same time. All that writes here holds the turn of the log (`Database.write`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre.box import OVERHEAD, Box, place
from db.centre.pictures.places import DATABASE, Laid
from db.centre.schema import file, file_part
from db.centre.tables.picture_tables import picture_doomed

SURE = 1800.0  # seconds for which bytes that were laid are certain to lie there: half of what a sweep waits at least
_WHOLE = file.c.done_at != sa.literal("", literal_execute=True)  # as the index `file_whole` has it
# Of a part's bytes before they were sealed.
PART_SIZE = sa.case((file_part.c.size > 0, file_part.c.size), else_=sa.func.length(file_part.c.bytes) - OVERHEAD)


def place_of_file(sha256: str) -> bytes:
    """What the bytes of a picture are bound to, wherever they lie."""
    return place("file", "bytes", sha256)


def place_of_part(sha256: str, node: str, at: int) -> bytes:
    """What a part is bound to."""
    return place("file_part", "bytes", sha256, node, at)


def here(seals: Box, sha256: str, data: bytes) -> Laid:
    """A picture ready to lie in the database."""
    return Laid(DATABASE, sha256, len(data), seals.seal(data, place_of_file(sha256)), time.monotonic())


def settled(db: sa.Connection, laid: Laid) -> dict[str, Any]:
    """What the row says of bytes that were laid: their place and name, or the bytes themselves."""
    if laid.place != DATABASE and time.monotonic() - laid.at < SURE and not _is_doomed(db, laid):
        return {"place": laid.place, "name": laid.name, "bytes": None}
    return {"place": DATABASE, "name": "", "bytes": laid.sealed}


def _is_doomed(db: sa.Connection, laid: Laid) -> bool:
    return db.execute(_doomed(laid.place, [laid.name])).first() is not None


# -- counting ------------------------------------------------------------------------------------------------------


def by_place(db: sa.Connection) -> dict[str, tuple[int, int]]:
    """How many whole pictures lie at each place, and their bytes before they were sealed."""
    asked = sa.select(file.c.place, sa.func.count(), sa.func.coalesce(sa.func.sum(file.c.size), 0)).where(_WHOLE)
    return {kind: (int(count), int(size)) for kind, count, size in db.execute(asked.group_by(file.c.place))}


def count(db: sa.Connection) -> int:
    """How many whole pictures there are."""
    return int(db.execute(sa.select(sa.func.count()).select_from(file).where(_WHOLE)).scalar() or 0)


def is_named(db: sa.Connection, kind: str) -> bool:
    """Whether any row says that something lies at this place."""
    for there, which in ((file.c.place, _WHOLE), (file_part.c.place, sa.true())):
        if db.execute(sa.select(there).where(there == kind, which).limit(1)).first():
            return True
    return False


def at_place(db: sa.Connection, kind: str, prefix: str) -> dict[str, int]:
    """The whole pictures at a place outside the database whose names begin with `prefix`, and their bytes as sealed."""
    asked = sa.select(file.c.sha256, file.c.size).where(
        file.c.place == kind, file.c.sha256 >= prefix, file.c.sha256 < prefix + "g", _WHOLE
    )
    return {name: int(size) + OVERHEAD for name, size in db.execute(asked)}


# -- sweeping ------------------------------------------------------------------------------------------------------


def unnamed(db: sa.Connection, kind: str, names: Collection[str]) -> set[str]:
    """Which of these no row names at this place."""
    if not names:
        return set()
    pictures = sa.select(file.c.sha256).where(file.c.place == kind, file.c.sha256.in_(names), _WHOLE)
    pieces = sa.select(file_part.c.name).where(file_part.c.place == kind, file_part.c.name.in_(names))
    return set(names) - {*db.execute(pictures).scalars(), *db.execute(pieces).scalars()}


def doom(db: sa.Connection, kind: str, names: Collection[str]) -> list[str]:
    """Say that those of these which no row names are about to go; which ones. Those of a sweep that was cut off stay
    said."""
    gone = sorted(unnamed(db, kind, names))
    known = set(db.execute(_doomed(kind, gone)).scalars()) if gone else set()
    if fresh := [{"place": kind, "name": one} for one in gone if one not in known]:
        db.execute(sa.insert(picture_doomed), fresh)
    return gone


def _doomed(kind: str, names: Collection[str]) -> sa.Select[Any]:
    return sa.select(picture_doomed.c.name).where(picture_doomed.c.place == kind, picture_doomed.c.name.in_(names))


def still_doomed(db: sa.Connection, kind: str, most: int) -> list[str]:
    """What a sweep that was cut off may have left standing."""
    return list(
        db.execute(sa.select(picture_doomed.c.name).where(picture_doomed.c.place == kind).limit(most)).scalars()
    )


def undoom(db: sa.Connection, kind: str, names: Collection[str]) -> None:
    """These are gone."""
    db.execute(sa.delete(picture_doomed).where(picture_doomed.c.place == kind, picture_doomed.c.name.in_(names)))


# -- moving --------------------------------------------------------------------------------------------------------


class Lying(msgspec.Struct, frozen=True):
    """A whole picture and where it lies; `sealed` where that is the database."""

    sha256: str
    size: int
    place: str
    sealed: bytes | None


def elsewhere(db: sa.Connection, kind: str, after: str, most: int) -> list[Lying]:
    """The next whole pictures that lie somewhere else, by their names."""
    asked = _LYING.where(file.c.place != kind, file.c.sha256 > after).order_by(file.c.sha256).limit(most)
    return [_lying(row) for row in db.execute(asked)]


_LYING = sa.select(file.c.sha256, file.c.size, file.c.place, file.c.bytes).where(_WHOLE)


def _lying(row: Any) -> Lying:
    return Lying(row.sha256, int(row.size), row.place, None if row.bytes is None else bytes(row.bytes))


def left(db: sa.Connection, kind: str) -> tuple[int, int]:
    """How many whole pictures lie somewhere else than there, and their bytes."""
    found = [value for where, value in by_place(db).items() if where != kind]
    return sum(count for count, _ in found), sum(size for _, size in found)


def moved(db: sa.Connection, laid: Sequence[Laid], of: Mapping[str, str]) -> int:
    """These lie at their new place; `of` is where each lay when it was read: one that was moved meanwhile stays. How
    many were moved."""
    changed = 0
    for one in laid:
        said = settled(db, one)
        if said["place"] != one.place:  # it is safer where it is
            continue
        there = sa.and_(file.c.sha256 == one.name, file.c.place == of[one.name])
        done = db.execute(sa.update(file).where(there).values(place=said["place"], bytes=said["bytes"]))
        changed += done.rowcount
    return changed


def where_is(db: sa.Connection, sha256: str) -> Lying | None:
    """A whole picture and where it lies; None for one that is not here whole."""
    row = db.execute(_LYING.where(file.c.sha256 == sha256)).first()
    return None if row is None else _lying(row)
