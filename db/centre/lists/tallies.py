"""Months of cases, counted once and read often: the figures of appraisal and analysis.

A month is counted again after `dirty` named it. Whoever counts first puts a mark of its own in the month's place, so
that a case written meanwhile names the month anew, and a count that was cut short is taken up by the next one.
Nobody who writes cases waits for a count.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.lists.case_rows import ALL, NONE, begins
from db.centre.rows import Row
from db.centre.schema import case_row, dirty, record, tally
from db.centre.tables.putting import insert

_COUNTING = 7_318_003  # of advisory locks: one count after the other
_MARK = "~"
KEYS = ("org", "point", "task_code", "agent")
COUNTS = (
    "arrived",
    "supplemented",
    "ended",
    "on_time",
    "late",
    "in_promise",
    "granted",
    "refused",
    "not_accepted",
    "days",
    "rated",
    "score",
    "poor",
)


def waiting(db: sa.Connection) -> list[str]:
    """The months that have to be counted again, latest first."""
    return sorted({month.split(_MARK)[0] for month in db.execute(sa.select(dirty.c.month)).scalars()}, reverse=True)


def claim(db: sa.Connection, most: int) -> dict[str, list[str]]:
    """Take on up to `most` of them, in a transaction of the log's writers: by month, the marks it waits under."""
    months = waiting(db)[:most]
    known = list(db.execute(sa.select(dirty.c.month)).scalars())
    claimed: dict[str, list[str]] = {}
    for month in months:
        mine = f"{month}{_MARK}{secrets.token_hex(4)}"
        claimed[month] = [mine, *(one for one in known if one.startswith(month + _MARK))]
        db.execute(sa.delete(dirty).where(dirty.c.month == month))
        insert(db, dirty, [{"month": mine}])
    return claimed


def recount(
    db: sa.Connection, month: str, marks: Sequence[str], *, uncounted: Sequence[str], not_accepted: str, poor: int
) -> None:
    """Count `month` anew and take `marks` away. A case in one of the states `uncounted` never ended for the office;
    a rating up to `poor` is a poor one."""
    if db.dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_COUNTING)))
    counted: dict[tuple[str, ...], dict[str, Any]] = {}
    for asked in (_arrivals(month), _ends(db, month, uncounted, not_accepted, poor)):
        for row in db.execute(asked).mappings():
            key = tuple(row[name] for name in KEYS)
            fresh = {"month": month, **dict(zip(KEYS, key, strict=True)), **dict.fromkeys(COUNTS, 0)}
            counted.setdefault(key, fresh).update(row)
    db.execute(sa.delete(tally).where(tally.c.month == month))
    insert(db, tally, [{**row, **{name: int(row[name]) for name in COUNTS}} for row in counted.values()])
    db.execute(sa.delete(dirty).where(dirty.c.month.in_(marks)))


def _keys() -> list[sa.ColumnElement[Any]]:
    column = case_row.c
    return [column.org, _begin(column.point, "12").label("point"), column.task_code, column.agent]


def _how_many(condition: sa.ColumnElement[bool], name: str) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0)).label(name)


def _arrivals(month: str) -> sa.Select[Any]:
    column, keys = case_row.c, _keys()
    counts = (sa.func.count().label("arrived"), _how_many(column.supplements > 0, "supplemented"))
    asked = sa.select(*keys, sa.func.max(column.item_name).label("item_name"), *counts)
    return asked.where(column.arrived_at >= month, column.arrived_at < after(month)).group_by(*keys)


def _ends(db: sa.Connection, month: str, uncounted: Sequence[str], not_accepted: str, poor: int) -> sa.Select[Any]:
    column, keys = case_row.c, _keys()
    counts = (
        sa.func.count().label("ended"),
        _how_many(column.on_time == "yes", "on_time"),
        _how_many(column.on_time == "no", "late"),
        _how_many(column.in_promise == "yes", "in_promise"),
        _how_many(column.decision == "granted", "granted"),
        _how_many(column.decision == "refused", "refused"),
        _how_many(column.state == not_accepted, "not_accepted"),
        sa.func.sum(_days(db)).label("days"),
        _how_many(column.score > 0, "rated"),
        sa.func.sum(column.score).label("score"),
        _how_many(sa.and_(column.score > 0, column.score <= poor), "poor"),
    )
    asked = sa.select(*keys, sa.func.max(column.item_name).label("item_name"), *counts)
    span = (column.ended_day >= month, column.ended_day < after(month))
    return asked.where(*span, column.arrived_at != "", column.state.not_in(uncounted)).group_by(*keys)


def _days(db: sa.Connection) -> sa.ColumnElement[Any]:
    """Calendar days from the arrival to the end."""
    column = case_row.c
    first = sa.func.substr(column.arrived_at, 1, 10)
    if db.dialect.name == "postgresql":
        return sa.cast(column.ended_day, sa.Date) - sa.cast(first, sa.Date)
    return sa.cast(sa.func.julianday(column.ended_day) - sa.func.julianday(first), sa.Integer)


def after(month: str) -> str:
    """The month after 2026-11."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


# -- reading -------------------------------------------------------------------------------------------------------


def _begin(column: sa.Column[Any], digits: str) -> sa.ColumnElement[str]:
    """The first digits of a code, the very same words wherever they stand, so that one can group by them."""
    return sa.func.substr(column, sa.literal_column("1"), sa.literal_column(digits))


def _by(name: str, table: sa.Table, place: str) -> Sequence[sa.Label[Any]]:
    """The columns that make one line of `name`."""
    column = table.c
    known: dict[str, list[sa.Label[Any]]] = {
        "all": [sa.literal("").label("key")],
        "month": [column.month.label("key")] if "month" in column else [],
        "org": [column.org.label("key")],
        "league": [_begin(column[place], "4").label("key")],
        "banner": [_begin(column[place], "6").label("key")],
        "sumu": [_begin(column[place], "9").label("key")],
        "agent": [column.agent.label("key"), _begin(column[place], "12").label("place")],
        "item": [column.task_code.label("key")],
    }
    return known[name]


def sums(
    db: sa.Connection,
    by: str,
    since: str,
    until: str,
    *,
    sees: Sequence[str] = (ALL,),
    org: str = "",
    place: str = "",
    task_code: str = "",
) -> list[Row]:
    """The counts from the month `since` to the month `until`, by month, org, league, banner, sumu, agent, item or all:
    `key`, for agents also `place`, for items `name`."""
    column = tally.c
    keys = _by(by, tally, "point")
    parts: list[sa.ColumnElement[bool]] = [column.month >= since, column.month <= until]
    if ALL not in sees:
        parts.append(column.org.in_(sees))
    wanted = (("org", "" if org == NONE else org, org), ("task_code", task_code, task_code))
    parts += [column[name] == value for name, value, is_asked in wanted if is_asked]
    if place:
        parts.append(begins(db, column.point, place))
    counts = [sa.func.coalesce(sa.func.sum(column[name]), 0).label(name) for name in COUNTS]
    asked = sa.select(*keys, sa.func.max(column.item_name).label("name"), *counts).where(*parts)
    grouped = asked.group_by(*(keys if by != "all" else ()))
    return [{**row, **{name: int(row[name]) for name in COUNTS}} for row in db.execute(grouped).mappings()]


def months_known(db: sa.Connection) -> list[str]:
    """The months that have been counted, latest first."""
    return list(db.execute(sa.select(tally.c.month).distinct().order_by(tally.c.month.desc())).scalars())


def _cards(since: str, until: str, sees: Sequence[str], cancelled: str, red: int) -> list[sa.ColumnElement[bool]]:
    column = record.c
    span = (column.day >= since, column.day <= until)
    own = () if ALL in sees else (column.org.in_(sees),)
    return [column.family == "card", column.score == red, column.state != cancelled, *span, *own]


def card_counts(
    db: sa.Connection, by: str, since: str, until: str, sees: Sequence[str], *, cancelled: str, red: int
) -> dict[tuple[str, ...], int]:
    """Cards of the worth `red` raised from day to day, not cancelled: how many by what `sums` calls `key` (and, for
    agents, `place`)."""
    keys = _by(by, record, "place")
    asked = sa.select(*keys, sa.func.count()).where(*_cards(since, until, sees, cancelled, red))
    found = db.execute(asked.group_by(*(keys if by != "all" else ())))
    return {tuple(row[:-1]): row[-1] for row in found}


def card_lines(
    db: sa.Connection,
    by: str,
    key: Iterable[str],
    since: str,
    until: str,
    sees: Sequence[str],
    *,
    cancelled: str,
    red: int,
    offset: int,
    limit: int,
) -> tuple[list[Row], int]:
    """The cards behind one of `card_counts`, latest first, without `data`, from `offset` on; and how many there are."""
    same = [column.element == value for column, value in zip(_by(by, record, "place"), key, strict=False)]
    where = [*_cards(since, until, sees, cancelled, red), *same]
    count = int(db.execute(sa.select(sa.func.count()).select_from(record).where(*where)).scalar_one())
    columns = [one for one in record.c if one.name != "data"]
    asked = sa.select(*columns).where(*where).order_by(record.c.day.desc(), record.c.id)
    return [dict(row) for row in db.execute(asked.offset(offset).limit(limit)).mappings()], count
