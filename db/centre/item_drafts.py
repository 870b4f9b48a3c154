"""Drafts of items and the imports that brought them; changes to many items at once, so that each can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from db.centre.box import place
from db.centre.database import box
from db.centre.rows import Row, among
from db.centre.schema import item_bulk, item_draft, item_import
from db.centre.tables.putting import insert

_SHOWN = 20  # changes at once


def put_import(db: sa.Connection, row: Row) -> None:
    """Note an import."""
    insert(db, item_import, [row])


def put_drafts(db: sa.Connection, rows: Sequence[Row]) -> None:
    """Keep these drafts, or replace them."""
    seal = box(db).seal
    insert(db, item_draft, [{**row, "data": seal(row["data"], _place(row["id"]))} for row in rows], key="id")


def _place(key: str) -> bytes:
    return place("item_draft", "data", key)


def drafts(db: sa.Connection, *, key: str = "") -> list[Row]:
    """Drafts that wait, in the order of their imports and files; the one of `key` alone where it is given."""
    joined = sa.join(item_draft, item_import, item_draft.c.run == item_import.c.id)
    columns = (item_draft, item_import.c.file, item_import.c.at)
    asked = sa.select(*columns).select_from(joined).where(item_draft.c.aside == "")
    asked = asked.where(item_draft.c.id == key) if key else asked
    opened = box(db).open
    found = db.execute(asked.order_by(item_import.c.at.desc(), item_draft.c.run, item_draft.c.place)).mappings()
    return [{**row, "data": opened(bytes(row["data"]), _place(row["id"]))} for row in found]


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


def put_bulk(db: sa.Connection, row: Row) -> None:
    """Note a change to many items."""
    insert(db, item_bulk, [{**row, "data": box(db).seal(row["data"], _bulk_place(row["id"]))}])


def _bulk_place(key: str) -> bytes:
    return place("item_bulk", "data", key)


def bulks(db: sa.Connection, key: str = "") -> list[Row]:
    """The changes that were made last, the newest first; the one of `key` alone where it is given."""
    asked = sa.select(item_bulk).order_by(item_bulk.c.at.desc(), item_bulk.c.id).limit(_SHOWN)
    asked = asked.where(item_bulk.c.id == key) if key else asked
    opened = box(db).open
    found = db.execute(asked).mappings()
    return [{**row, "data": opened(bytes(row["data"]), _bulk_place(row["id"]))} for row in found]


def set_undone(db: sa.Connection, key: str, at: str) -> None:
    """A change to many items was taken back."""
    db.execute(sa.update(item_bulk).where(item_bulk.c.id == key).values(undone=at))
