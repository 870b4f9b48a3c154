"""Drafts of items and the imports that brought them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from db.centre.database import box
from db.centre.rows import Row, among, insert
from db.centre.schema import item_draft, item_import


def put_import(db: sa.Connection, row: Row) -> None:
    """Note an import."""
    insert(db, item_import, [row])


def put_drafts(db: sa.Connection, rows: Sequence[Row]) -> None:
    """Keep these drafts, or replace them."""
    seal = box(db).seal
    insert(db, item_draft, [{**row, "data": seal(row["data"])} for row in rows], key="id")


def drafts(db: sa.Connection, *, key: str = "") -> list[Row]:
    """Drafts that wait, in the order of their imports and files; the one of `key` alone where it is given."""
    joined = sa.join(item_draft, item_import, item_draft.c.run == item_import.c.id)
    columns = (item_draft, item_import.c.file, item_import.c.at)
    asked = sa.select(*columns).select_from(joined).where(item_draft.c.aside == "")
    asked = asked.where(item_draft.c.id == key) if key else asked
    opened = box(db).open
    found = db.execute(asked.order_by(item_import.c.at.desc(), item_draft.c.run, item_draft.c.place)).mappings()
    return [{**row, "data": opened(bytes(row["data"]))} for row in found]


def set_aside(db: sa.Connection, codes: Iterable[str], run: str) -> int:
    """Drafts of these items give way to those of `run`; how many."""
    where = (among(db, item_draft.c.task_code, codes), item_draft.c.aside == "")
    return db.execute(sa.update(item_draft).where(*where).values(aside=run)).rowcount


def drop_run(db: sa.Connection, run: str) -> tuple[int, int]:
    """Take the drafts of an import away; those that had given way to them wait again. How many of each."""
    gone = db.execute(sa.delete(item_draft).where(item_draft.c.run == run, item_draft.c.aside == "")).rowcount
    back = db.execute(sa.update(item_draft).where(item_draft.c.aside == run).values(aside="")).rowcount
    return gone, back


def drop(db: sa.Connection, codes: Iterable[str]) -> None:
    """Take every draft of these items away, those that had given way too."""
    db.execute(sa.delete(item_draft).where(among(db, item_draft.c.task_code, codes)))
