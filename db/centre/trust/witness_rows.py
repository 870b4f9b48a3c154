"""Heads of logs that nodes signed, as the centre keeps them: by log and signer the last one; a contradiction stays."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from db.centre.schema import witness

Row = dict[str, Any]


def head(db: sa.Connection, of: str, by: str) -> Row | None:
    """The head of the log `of` that `by` signed; None for none."""
    asked = sa.select(witness).where(witness.c.of == of, witness.c.by == by)
    found = db.execute(asked).mappings().first()
    return dict(found) if found else None


def keep(db: sa.Connection, row: Row) -> None:
    """Keep a head in the place of the one before by the same signer."""
    db.execute(sa.delete(witness).where(witness.c.of == row["of"], witness.c.by == row["by"]))
    db.execute(sa.insert(witness).values(**row))


def mark(db: sa.Connection, of: str, by: str, here: str) -> None:
    """Note that another hash stands here."""
    db.execute(sa.update(witness).where(witness.c.of == of, witness.c.by == by).values(here=here))


def about(db: sa.Connection, of: Collection[str], by: Collection[str], limit: int) -> list[Row]:
    """Heads of these logs by these signers: what contradicts first, then the latest."""
    asked = sa.select(witness).where(witness.c.of.in_(list(of)), witness.c.by.in_(list(by)))
    return _rows(db, asked, limit)


def published(db: sa.Connection, own: str, limit: int) -> list[Row]:
    """What everybody may see: heads of our own log by whomever, and of every log by its writer; what contradicts
    first."""
    asked = sa.select(witness).where(sa.or_(witness.c.of == own, witness.c.of == witness.c.by, witness.c.here != ""))
    return _rows(db, asked, limit)


def _rows(db: sa.Connection, asked: sa.Select[Any], limit: int) -> list[Row]:
    order = (witness.c.here == "", witness.c.time.desc(), witness.c.of, witness.c.by)
    return [dict(row) for row in db.execute(asked.order_by(*order).limit(limit)).mappings()]
