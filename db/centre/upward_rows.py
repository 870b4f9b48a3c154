"""What going upward asks of the tables: batches in the order they came, and entries of ours that gave way."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from db.centre.rows import among, encoded_after, opened
from db.centre.schema import aside, batch, entry


def batches_after(db: sa.Connection, number: int, limit: int) -> list[tuple[int, str, int]]:
    """Number, node and last entry of the kept batches with a number above `number`, in order."""
    asked = sa.select(batch.c.number, batch.c.node, batch.c.last).where(batch.c.number > number)
    return [(row.number, row.node, row.last) for row in db.execute(asked.order_by(batch.c.number).limit(limit))]


def batches_between(db: sa.Connection, name: str, first: int, last: int) -> int:
    """How many kept batches of a node have numbers from `first` to `last`."""
    asked = sa.select(sa.func.count()).select_from(batch)
    asked = asked.where(batch.c.node == name, batch.c.number >= first, batch.c.number <= last)
    return int(db.execute(asked).scalar_one())


def set_aside(db: sa.Connection, name: str, after: int, now: str) -> list[tuple[bytes, str]]:
    """Take the entries of `name` after `after` out of the log and keep them beside it; their bytes and audiences."""
    gone = sa.and_(entry.c.node == name, entry.c.seq > after)
    audiences = db.execute(sa.select(entry.c.audience).where(gone).order_by(entry.c.seq)).scalars().all()
    encoded: list[bytes] = []
    while some := encoded_after(db, name, after + len(encoded), 1 << 16):
        encoded += some
    columns = ("node", "seq", "hash", "subject", "encoded")
    kept = sa.select(*(entry.c[column] for column in columns), sa.literal(now)).where(gone)
    db.execute(sa.insert(aside).from_select([*columns, "aside_at"], kept))
    db.execute(sa.delete(entry).where(gone))
    return list(zip(encoded, audiences, strict=True))


def aside_about(db: sa.Connection, subjects: Iterable[str]) -> list[bytes]:
    """Encoded entries of these subjects that gave way."""
    asked = sa.select(aside.c.node, aside.c.seq, aside.c.encoded).where(among(db, aside.c.subject, subjects))
    return [opened(db, row) for row in db.execute(asked)]
