"""The office's records (cards, complaints, reviews, reports ...): one table, a family each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.box import place
from db.centre.database import box
from db.centre.rows import Row, among
from db.centre.schema import record
from db.centre.tables.putting import insert


def put_records(db: sa.Connection, rows: Sequence[Row]) -> None:
    """Replace these records."""
    seal = box(db).seal
    insert(db, record, [{**row, "data": seal(row["data"], _place(row["id"]))} for row in rows], key="id")


def _place(key: str) -> bytes:
    return place("record", "data", key)


def opened(db: sa.Connection, row: Any) -> Row:
    """A record whose `data` is opened."""
    return {**row, "data": box(db).open(bytes(row["data"]), _place(row["id"]))}


def clear_records(db: sa.Connection) -> None:
    """Empty what can be rebuilt."""
    db.execute(sa.delete(record))


def one_record(db: sa.Connection, family: str, key: str) -> Row | None:
    """A record by id or by its number."""
    asked = sa.select(record).where(record.c.family == family, sa.or_(record.c.id == key, record.c.number == key))
    found = db.execute(asked).mappings().first()
    return opened(db, found) if found else None


def _where(family: str, wanted: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    parts: list[sa.ColumnElement[bool]] = [record.c.family == family]
    for name, value in wanted.items():
        column = record.c[name]
        parts.append(column.in_(value) if isinstance(value, (tuple, list, set)) else column == value)
    return parts


def record_data(db: sa.Connection, family: str, offset: int = 0, limit: int = 1000, **wanted: Any) -> list[Row]:
    """Records of a family whose columns have these values (or one of several), latest first, whole; without `data`
    they are listed by `record_lists`."""
    asked = sa.select(record).where(*_where(family, wanted)).order_by(record.c.day.desc(), record.c.id)
    return [opened(db, row) for row in db.execute(asked.offset(offset).limit(limit)).mappings()]


def known_records(db: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that are there."""
    return set(db.execute(sa.select(record.c.id).where(among(db, record.c.id, ids))).scalars())


def abouts(db: sa.Connection, ids: Iterable[str]) -> list[str]:
    """Intake numbers of the cases that these records are about."""
    asked = sa.select(record.c.about).where(among(db, record.c.id, ids), record.c.about != "").distinct()
    return list(db.execute(asked).scalars())
