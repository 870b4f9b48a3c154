"""What reports, reviews by lot and lists of writings ask of the tables: counts of a span, a pool, pages of records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.case_rows import ALL
from db.centre.database import box
from db.centre.rows import Row, among
from db.centre.schema import case_row, entry, record

_DAY_END = "~"  # sorts after every time of a day


def _seen(column: sa.Column[Any], sees: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    return [] if ALL in sees else [column.in_(sees)]


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def arrived_by_office(db: sa.Connection, since: str, until: str, sees: Sequence[str]) -> list[Row]:
    """By department: cases that arrived from `since` to `until` (days), and how many of them were asked to add to
    their papers."""
    column = case_row.c
    asked = sa.select(
        column.org, sa.func.count().label("arrived"), _sum(column.supplements > 0).label("supplemented")
    ).where(column.arrived_at >= since, column.arrived_at < until + _DAY_END, *_seen(column.org, sees))
    return [dict(row) for row in db.execute(asked.group_by(column.org)).mappings()]


def ended_by_office(db: sa.Connection, since: str, until: str, sees: Sequence[str]) -> list[Row]:
    """By department: cases that the organ was done with in these days, on time or late, and what people said."""
    column = case_row.c
    asked = sa.select(
        column.org,
        sa.func.count().label("ended"),
        _sum(column.on_time == "yes").label("on_time"),
        _sum(column.on_time == "no").label("late"),
        _sum(column.score > 0).label("rated"),
        _sum(sa.and_(column.score > 0, column.score <= 2)).label("poor"),
    ).where(column.ended_day >= since, column.ended_day <= until, *_seen(column.org, sees))
    return [dict(row) for row in db.execute(asked.group_by(column.org)).mappings()]


def open_after(db: sa.Connection, until: str, sees: Sequence[str]) -> int:
    """Cases that had arrived by the end of that day and were not done with."""
    column = case_row.c
    is_open = sa.or_(column.ended_day == "", column.ended_day > until)
    there = sa.and_(column.arrived_at != "", column.arrived_at < until + _DAY_END)
    asked = sa.select(sa.func.count()).select_from(case_row).where(there, is_open, *_seen(column.org, sees))
    return int(db.execute(asked).scalar_one())


def records_by_office(db: sa.Connection, family: str, since: str, until: str, sees: Sequence[str]) -> list[Row]:
    """By department: records of a family that began in these days; `strong` of them have a score of 2 (red cards);
    `closed` of them are closed."""
    column = record.c
    asked = sa.select(
        column.org,
        sa.func.count().label("count"),
        _sum(column.score == 2).label("strong"),
        _sum(column.closed_day != "").label("closed"),
    ).where(column.family == family, column.day >= since, column.day <= until, *_seen(column.org, sees))
    return [dict(row) for row in db.execute(asked.group_by(column.org)).mappings()]


# -- reviews by lot ----------------------------------------------------------------------------------------------


def pool(
    db: sa.Connection, since: str, until: str, org: str, task_code: str, sees: Sequence[str] = (ALL,)
) -> list[str]:
    """Intake numbers of the cases that were ended in these days, in order."""
    column = case_row.c
    asked = sa.select(column.intake_no).where(
        column.ended_day != "", column.ended_day >= since, column.ended_day <= until, *_seen(column.org, sees)
    )
    for one, wanted in ((column.org, org), (column.task_code, task_code)):
        if wanted:
            asked = asked.where(one == wanted)
    return list(db.execute(asked.order_by(column.intake_no)).scalars())


def cases_of(db: sa.Connection, numbers: Sequence[str]) -> dict[str, Row]:
    """The rows of these cases, by intake number."""
    asked = sa.select(case_row).where(among(db, case_row.c.intake_no, numbers))
    return {row["intake_no"]: dict(row) for row in db.execute(asked).mappings()}


def offices(db: sa.Connection) -> list[str]:
    """Every department that has cases."""
    return list(db.execute(sa.select(case_row.c.org).where(case_row.c.org != "").distinct().order_by("org")).scalars())


def ended_items(db: sa.Connection) -> list[tuple[str, str]]:
    """Code and name of the items that have ended cases, by name."""
    asked = sa.select(case_row.c.task_code, sa.func.min(case_row.c.item_name).label("name"))
    found = db.execute(asked.where(case_row.c.ended_day != "").group_by(case_row.c.task_code).order_by("name"))
    return [(row[0], row[1]) for row in found]


# -- writings ----------------------------------------------------------------------------------------------------


def own_writings(db: sa.Connection, family: str, home: str, orgs: Sequence[str], offset: int, limit: int) -> list[Row]:
    """Writings of this centre, latest first, whole: of these departments, or circulated to all."""
    column = record.c
    mine = [] if ALL in orgs else [sa.or_(column.org.in_(orgs), column.state == "circulated")]
    asked = sa.select(record).where(column.family == family, column.about == home, *mine)
    return _opened(db, asked.order_by(column.day.desc(), column.id).offset(offset).limit(limit))


def received_writings(
    db: sa.Connection, families: Sequence[str], home: str, below: Sequence[str], offset: int, limit: int
) -> list[Row]:
    """Writings that a centre below sent to `home`, latest first, whole. `below`: the centres that speak to us
    themselves, and ourselves for what we sent on."""
    column = record.c
    asked = sa.select(record).where(column.family.in_(families), column.about != home, column.agent.in_(below))
    return _opened(db, asked.order_by(column.day.desc(), column.id).offset(offset).limit(limit))


def writings_since(db: sa.Connection, family: str, since: str, until: str, most: int) -> list[Row]:
    """Writings that were begun in these days, whole."""
    column = record.c
    asked = sa.select(record).where(column.family == family, column.day >= since, column.day <= until)
    return _opened(db, asked.order_by(column.day.desc(), column.id).limit(most))


def _opened(db: sa.Connection, asked: sa.Select[Any]) -> list[Row]:
    opened = box(db).open
    return [{**row, "data": opened(bytes(row["data"]))} for row in db.execute(asked).mappings()]


# -- entries of the level above ----------------------------------------------------------------------------------


def take_out(db: sa.Connection, name: str, seq: int) -> list[str]:
    """Take out what the centre `name` above us said from `seq` on and has lost itself; the subjects of it."""
    lost = sa.and_(entry.c.node == name, entry.c.seq >= seq)
    subjects = list(db.execute(sa.select(entry.c.subject).where(lost).distinct()).scalars())
    db.execute(sa.delete(entry).where(lost))
    return subjects
