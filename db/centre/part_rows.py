"""What came of pictures that are not whole yet: apart for each sender, so that nobody spoils what another sends; and
every size that an entry named, for only the hash tells which of them is right."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from db.centre.pictures.picture_rows import PART_SIZE, settled
from db.centre.pictures.places import Laid
from db.centre.schema import file, file_part, file_size


def have(db: sa.Connection, sha256: str, node: str) -> int:
    """How many bytes of a picture came from `node`."""
    length = sa.func.coalesce(sa.func.sum(PART_SIZE), 0)
    return int(db.execute(sa.select(length).where(*_from(sha256, node))).scalar() or 0)


def _from(sha256: str, node: str) -> tuple[sa.ColumnElement[bool], ...]:
    return file_part.c.sha256 == sha256, file_part.c.node == node


def add_part(db: sa.Connection, sha256: str, node: str, at: int, laid: Laid) -> None:
    """Keep the next part of a picture from `node`."""
    said = settled(db, laid)
    kept = said | {"bytes": said["bytes"] or b""}
    db.execute(sa.insert(file_part).values(sha256=sha256, node=node, at=at, size=laid.size, **kept))


class Part(msgspec.Struct, frozen=True):
    """A part as it lies: `sealed` in the database, else under a name at a place."""

    at: int
    place: str
    name: str
    sealed: bytes


def parts(db: sa.Connection, sha256: str, node: str = "") -> list[Part]:
    """All parts of a picture that came from `node` ("": from anybody), in order."""
    whose = _from(sha256, node) if node else (file_part.c.sha256 == sha256,)
    asked = sa.select(file_part.c.at, file_part.c.place, file_part.c.name, file_part.c.bytes).where(*whose)
    return [Part(*row[:3], bytes(row[3])) for row in db.execute(asked.order_by(file_part.c.at))]


def drop_parts(db: sa.Connection, sha256: str, node: str) -> None:
    """Forget what came of a picture from `node`."""
    db.execute(sa.delete(file_part).where(*_from(sha256, node)))


def sizes(db: sa.Connection, sha256: str) -> set[int]:
    """The sizes that entries named for a picture which is not whole."""
    return set(db.execute(sa.select(file_size.c.size).where(file_size.c.sha256 == sha256)).scalars())


def forget(db: sa.Connection, sha256: str) -> None:
    """The picture is whole: nothing else of it is needed."""
    db.execute(sa.delete(file_part).where(file_part.c.sha256 == sha256))
    db.execute(sa.delete(file_size).where(file_size.c.sha256 == sha256))


def file_state(db: sa.Connection, hashes: Sequence[str], node: str = "") -> dict[str, int]:
    """How many bytes of each known picture came from `node`; -1 when it is whole."""
    known = db.execute(sa.select(file.c.sha256, file.c.done_at).where(file.c.sha256.in_(hashes)))
    return {sha256: -1 if done else have(db, sha256, node) for sha256, done in known}


def wanted(db: sa.Connection, hashes: Sequence[str]) -> list[str]:
    """Which of these pictures somebody waits for, and are not whole."""
    asked = sa.select(file.c.sha256).where(file.c.sha256.in_(hashes), file.c.wanted_at != "", file.c.done_at == "")
    return list(db.execute(asked).scalars())


def want(db: sa.Connection, hashes: Sequence[str], now: str) -> None:
    """Somebody waits for these pictures."""
    fresh = sa.and_(file.c.sha256.in_(hashes), file.c.wanted_at == "", file.c.done_at == "")
    db.execute(sa.update(file).where(fresh).values(wanted_at=now))


def files_outstanding(db: sa.Connection) -> tuple[int, int]:
    """How many pictures are still to come, and their bytes."""
    asked = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(file.c.size), 0)).where(file.c.done_at == "")
    found = db.execute(asked).one()
    return int(found[0]), int(found[1])
