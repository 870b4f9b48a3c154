"""Changes to many items at once, so that each can be undone as a whole."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.database import box
from db.centre.rows import Row, insert
from db.centre.schema import item_bulk

_SHOWN = 20


def put(db: sa.Connection, row: Row) -> None:
    """Note a change."""
    insert(db, item_bulk, [{**row, "data": box(db).seal(row["data"])}])


def last(db: sa.Connection, key: str = "") -> list[Row]:
    """The changes that were made last, the newest first; the one of `key` alone where it is given."""
    asked = sa.select(item_bulk).order_by(item_bulk.c.at.desc(), item_bulk.c.id).limit(_SHOWN)
    asked = asked.where(item_bulk.c.id == key) if key else asked
    opened = box(db).open
    return [{**row, "data": opened(bytes(row["data"]))} for row in db.execute(asked).mappings()]


def set_undone(db: sa.Connection, key: str, at: str) -> None:
    """It was taken back."""
    db.execute(sa.update(item_bulk).where(item_bulk.c.id == key).values(undone=at))
