"""The office's records (cards, complaints, reviews, reports ...): one table, a family each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.database import box
from db.centre.rows import Row, insert
from db.centre.schema import record


def put_records(db: sa.Connection, rows: Sequence[Row]) -> None:
    """Replace these records."""
    seal = box(db).seal
    insert(db, record, [{**row, "data": seal(row["data"])} for row in rows], key="id")


def clear_records(db: sa.Connection) -> None:
    """Empty what can be rebuilt."""
    db.execute(sa.delete(record))


def one_record(db: sa.Connection, family: str, key: str) -> Row | None:
    """A record by id or by its number."""
    asked = sa.select(record).where(record.c.family == family, sa.or_(record.c.id == key, record.c.number == key))
    found = db.execute(asked).mappings().first()
    return {**found, "data": box(db).open(bytes(found["data"]))} if found else None


def _where(family: str, wanted: dict[str, Any]) -> list[sa.ColumnElement[bool]]:
    parts: list[sa.ColumnElement[bool]] = [record.c.family == family]
    for name, value in wanted.items():
        column = record.c[name]
        parts.append(column.in_(value) if isinstance(value, (tuple, list, set)) else column == value)
    return parts


def record_page(db: sa.Connection, family: str, offset: int = 0, limit: int = 50, **wanted: Any) -> list[Row]:
    """Records of a family whose columns have these values (or one of several), latest first; without `data`."""
    columns = [one for one in record.c if one.name != "data"]
    asked = sa.select(*columns).where(*_where(family, wanted)).order_by(record.c.day.desc(), record.c.id)
    return [dict(row) for row in db.execute(asked.offset(offset).limit(limit)).mappings()]


def record_data(db: sa.Connection, family: str, most: int = 1000, **wanted: Any) -> list[Row]:
    """As `record_page`, whole."""
    asked = sa.select(record).where(*_where(family, wanted)).order_by(record.c.day.desc(), record.c.id).limit(most)
    opened = box(db).open
    return [{**row, "data": opened(bytes(row["data"]))} for row in db.execute(asked).mappings()]


def record_count(db: sa.Connection, family: str, **wanted: Any) -> int:
    """How many of them."""
    asked = sa.select(sa.func.count()).select_from(record).where(*_where(family, wanted))
    return int(db.execute(asked).scalar_one())


def record_counts(db: sa.Connection, family: str, column: str, **wanted: Any) -> dict[str, int]:
    """How many of them by the value of `column`."""
    by = record.c[column]
    found = db.execute(sa.select(by, sa.func.count()).where(*_where(family, wanted)).group_by(by))
    return {row[0]: row[1] for row in found}


def known_records(db: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that are there."""
    wanted = list(ids)
    found: set[str] = set()
    for at in range(0, len(wanted), 400):
        found.update(db.execute(sa.select(record.c.id).where(record.c.id.in_(wanted[at : at + 400]))).scalars())
    return found
