"""What came of pictures that are not whole yet: apart for each sender, so that nobody spoils what another sends; and
every size that an entry named, for only the hash tells which of them is right."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.box import OVERHEAD, place
from db.centre.database import box
from db.centre.schema import file_part, file_size


def have(db: sa.Connection, sha256: str, node: str) -> int:
    """How many bytes of a picture came from `node`."""
    length = sa.func.coalesce(sa.func.sum(sa.func.length(file_part.c.bytes) - OVERHEAD), 0)
    return int(db.execute(sa.select(length).where(*_from(sha256, node))).scalar() or 0)


def _from(sha256: str, node: str) -> tuple[sa.ColumnElement[bool], ...]:
    return file_part.c.sha256 == sha256, file_part.c.node == node


def add_part(db: sa.Connection, sha256: str, node: str, at: int, data: bytes) -> None:
    """Keep the next part of a picture from `node`."""
    kept = box(db).seal(data, _place(sha256, node, at))
    db.execute(sa.insert(file_part).values(sha256=sha256, node=node, at=at, bytes=kept))


def _place(sha256: str, node: str, at: int) -> bytes:
    return place("file_part", "bytes", sha256, node, at)


def parts(db: sa.Connection, sha256: str, node: str) -> bytes:
    """All parts of a picture that came from `node`, in order."""
    asked = sa.select(file_part.c.at, file_part.c.bytes).where(*_from(sha256, node)).order_by(file_part.c.at)
    return b"".join(box(db).open(bytes(kept), _place(sha256, node, at)) for at, kept in db.execute(asked))


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
