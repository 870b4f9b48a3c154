"""Lists of the office's records as staff narrow them: by state, rule, department, place, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.lists.case_rows import ALL, begins
from db.centre.rows import Row
from db.centre.schema import clerk, record


class Wanted:
    """What a list of one family is narrowed to. `sees`: departments, or ALL; `general` is the department of records
    that name none; `late` is the day before which they are due; they began from the day `since` to the day `until`."""

    def __init__(
        self,
        family: str,
        *,
        sees: Sequence[str] = (ALL,),
        general: str = "",
        states: Sequence[str] = (),
        kind: str = "",
        org: str = "",
        place: str = "",
        about: str = "",
        score: int = 0,
        late: str = "",
        channel: str = "",
        since: str = "",
        until: str = "",
        section: str = "",
    ) -> None:
        self.family, self.sees, self.general, self.states = family, tuple(sees), general, tuple(states)
        self.kind, self.org, self.place, self.about, self.score, self.late = kind, org, place, about, score, late
        self.since, self.until = since, until
        self.channel, self.section = channel, section

    def where(self, db: sa.Connection) -> list[sa.ColumnElement[bool]]:
        """As conditions."""
        column = record.c
        parts: list[sa.ColumnElement[bool]] = [column.family == self.family]
        if ALL not in self.sees:
            parts.append(column.org.in_([*self.sees, *([""] if self.general in self.sees else [])]))
        if self.states:
            parts.append(column.state.in_(self.states))
        narrowed = {name: getattr(self, name) for name in ("kind", "org", "about", "score", "channel", "section")}
        parts += [column[name] == value for name, value in narrowed.items() if value]
        if self.place:
            parts.append(begins(db, column.place, self.place))
        if self.since:
            parts.append(column.day >= self.since)
        if self.until:
            parts.append(column.day <= self.until)
        if self.late:
            parts += [column.due != "", column.due < self.late]
        return parts


def listed(db: sa.Connection, wanted: Wanted, offset: int, limit: int) -> list[Row]:
    """Records, last begun first; without `data`."""
    columns: list[sa.Column[Any]] = [one for one in record.c if one.name != "data"]
    asked = sa.select(*columns).where(*wanted.where(db)).order_by(record.c.day.desc(), record.c.id)
    return [dict(row) for row in db.execute(asked.offset(offset).limit(limit)).mappings()]


def count(db: sa.Connection, wanted: Wanted) -> int:
    """How many there are."""
    asked = sa.select(sa.func.count()).select_from(record).where(*wanted.where(db))
    return int(db.execute(asked).scalar_one())


def by_state(db: sa.Connection, wanted: Wanted) -> dict[tuple[str, int], int]:
    """How many of each state and score."""
    asked = sa.select(record.c.state, record.c.score, sa.func.count()).where(*wanted.where(db))
    return {(row[0], int(row[1])): row[2] for row in db.execute(asked.group_by(record.c.state, record.c.score))}


def values(db: sa.Connection, family: str, column: str) -> list[str]:
    """The values of a column that a family has, in order."""
    asked = sa.select(record.c[column]).where(record.c.family == family, record.c[column] != "").distinct()
    return sorted(db.execute(asked).scalars())


def departments(db: sa.Connection) -> list[str]:
    """The departments that somebody works in."""
    asked = sa.select(clerk.c.org).where(clerk.c.org != "", clerk.c.disabled_at == "").distinct()
    return sorted(db.execute(asked).scalars())
