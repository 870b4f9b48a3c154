"""What reports, reviews by lot and lists of writings ask of the tables: counts of a span, a pool, pages of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.lists.case_rows import ALL, open_at_end
from db.centre.records import opened
from db.centre.rows import Row, among
from db.centre.schema import case_row, entry, record, tally

_DAY_END = "~"  # sorts after every time of a day
_STREAM = 10_000  # numbers fetched together


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
    ).where(column.arrived_at >= since, column.arrived_at < until + _DAY_END, *_seen(column.body, sees))
    return [dict(row) for row in db.execute(asked.group_by(column.org)).mappings()]


def ended_by_office(
    db: sa.Connection, since: str, until: str, sees: Sequence[str], uncounted: Sequence[str]
) -> list[Row]:
    """By department: cases that the organ was done with in these days, on time or late, and what people said; without
    those in a state of `uncounted`, as everywhere where figures are counted."""
    column = case_row.c
    asked = sa.select(
        column.org,
        sa.func.count().label("ended"),
        _sum(column.on_time == "yes").label("on_time"),
        _sum(column.on_time == "no").label("late"),
        _sum(column.score > 0).label("rated"),
        _sum(sa.and_(column.score > 0, column.score <= 2)).label("poor"),
    ).where(column.ended_day >= since, column.ended_day <= until, *_seen(column.body, sees))
    asked = asked.where(column.arrived_at != "", column.state.not_in(uncounted))
    return [dict(row) for row in db.execute(asked.group_by(column.org)).mappings()]


def open_after(db: sa.Connection, until: str, sees: Sequence[str]) -> int:
    """Cases that had arrived by the end of that day and were not done with."""
    seen = _seen(case_row.c.body, sees)
    asked = sa.select(sa.func.count()).select_from(case_row).where(*open_at_end(until), *seen)
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


def pool(db: sa.Connection, since: str, until: str, org: str, task_code: str) -> Iterator[str]:
    """Intake numbers of the cases that were ended in these days, in the order of their characters, as they come: the
    database holds them, not we."""
    column = case_row.c
    asked = sa.select(column.intake_no).where(column.ended_day >= since, column.ended_day <= until)
    for one, wanted in ((column.org, org), (column.task_code, task_code)):
        if wanted:
            asked = asked.where(one == wanted)
    order = column.intake_no.collate("C") if db.dialect.name == "postgresql" else column.intake_no
    found = db.execute(asked.order_by(order), execution_options={"stream_results": True, "yield_per": _STREAM})
    yield from found.scalars()


def cases_of(db: sa.Connection, numbers: Sequence[str]) -> dict[str, Row]:
    """The rows of these cases, by intake number."""
    asked = sa.select(case_row).where(among(db, case_row.c.intake_no, numbers))
    return {row["intake_no"]: dict(row) for row in db.execute(asked).mappings()}


def ended_by(db: sa.Connection) -> tuple[list[str], list[tuple[str, str]]]:
    """The departments that have ended cases, by name; and code and name of the items, by name: as they were counted
    last."""
    column = tally.c
    some = sa.select(column.org, column.task_code, sa.func.max(column.item_name)).where(column.ended > 0)
    ended = db.execute(some.group_by(column.org, column.task_code)).all()
    items = {row[1]: row[2] for row in ended}
    return sorted({row[0] for row in ended if row[0]}), sorted(items.items(), key=lambda one: one[1])


def item_name(db: sa.Connection, task_code: str) -> str:
    """What the cases of an item call it; its code where there is none."""
    asked = sa.select(case_row.c.item_name).where(case_row.c.task_code == task_code).limit(1)
    return db.execute(asked).scalar() or task_code


# -- writings ----------------------------------------------------------------------------------------------------


def own_writings(db: sa.Connection, family: str, home: str, orgs: Sequence[str], offset: int, limit: int) -> list[Row]:
    """Writings of this centre, latest first, whole: of these departments, or circulated to all."""
    column = record.c
    mine = [] if ALL in orgs else [sa.or_(column.org.in_(orgs), column.state == "circulated")]
    asked = sa.select(record).where(column.family == family, column.about == home, *mine)
    return _opened(db, asked.order_by(*_first(), column.id).offset(offset).limit(limit))


def _first() -> tuple[sa.ColumnElement[Any], ...]:
    """What is urgent and waits comes before all others, the latest first."""
    waits = sa.and_(record.c.score == 1, record.c.state.in_(("draft", "sent", "received")))
    return sa.case((waits, 0), else_=1), record.c.day.desc()


def received_writings(
    db: sa.Connection, families: Sequence[str], home: str, below: Sequence[str], offset: int, limit: int
) -> list[Row]:
    """Writings that a centre below sent to `home`, latest first, whole. `below`: the centres that speak to us
    themselves, and ourselves for what we sent on."""
    column = record.c
    asked = sa.select(record).where(column.family.in_(families), column.about != home, column.agent.in_(below))
    return _opened(db, asked.order_by(*_first(), column.id).offset(offset).limit(limit))


def writings_since(db: sa.Connection, family: str, since: str, until: str, most: int) -> list[Row]:
    """Writings that were begun in these days, whole."""
    column = record.c
    asked = sa.select(record).where(column.family == family, column.day >= since, column.day <= until)
    return _opened(db, asked.order_by(column.day.desc(), column.id).limit(most))


def _opened(db: sa.Connection, asked: sa.Select[Any]) -> list[Row]:
    return [opened(db, row) for row in db.execute(asked).mappings()]


# -- entries of the level above ----------------------------------------------------------------------------------


def take_out(db: sa.Connection, name: str, seq: int) -> list[str]:
    """Take out what the centre `name` above us said from `seq` on and has lost itself; the subjects of it."""
    lost = sa.and_(entry.c.node == name, entry.c.seq >= seq)
    subjects = list(db.execute(sa.select(entry.c.subject).where(lost).distinct()).scalars())
    db.execute(sa.delete(entry).where(lost))
    return subjects
