"""The desks below a centre, counted by division and listed: 14,592 of them are never read all at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.lists.case_rows import begins, escaped
from db.centre.lists.watch_rows import is_silent
from db.centre.rows import Row
from db.centre.schema import file, node


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Desks of the division `under` (the beginning of its code). `silent`: those alone that were not heard since
    `before` (a time). `text`: part of a point's name or the beginning of a code; or of a division in `codes`."""

    under: str = ""
    before: str = ""
    silent: bool = False
    text: str = ""
    codes: Sequence[str] = ()

    def where(self, db: sa.Connection) -> list[sa.ColumnElement[bool]]:
        """As conditions."""
        parts: list[sa.ColumnElement[bool]] = []
        if self.under:
            parts.append(begins(db, node.c.point_code, self.under))
        if self.silent:
            parts += is_silent(self.before)
        if self.text:
            like = node.c.point_name.like(f"%{escaped(self.text)}%", escape="\\")
            named = [begins(db, node.c.point_code, one) for one in self.codes]
            parts.append(sa.or_(like, begins(db, node.c.name, self.text), *named))
        return parts


def span(db: sa.Connection) -> tuple[str, str]:
    """The first and the last code of a point that there are; twice "" where there is no desk."""
    found = db.execute(sa.select(sa.func.min(node.c.point_code), sa.func.max(node.c.point_code))).one()
    return found[0] or "", found[1] or ""


def desk_count(db: sa.Connection, wanted: Wanted) -> int:
    """How many desks there are."""
    return int(db.execute(sa.select(sa.func.count()).select_from(node).where(*wanted.where(db))).scalar_one())


def desks(db: sa.Connection, wanted: Wanted, offset: int, limit: int) -> list[Row]:
    """Desks in the order of their names, each with `silent` (1 or 0)."""
    silent = sa.case((sa.and_(*is_silent(wanted.before)), 1), else_=0).label("silent")
    asked = sa.select(node, silent).where(*wanted.where(db)).order_by(node.c.name)
    return [dict(row) for row in db.execute(asked.offset(offset).limit(limit)).mappings()]


def divisions(db: sa.Connection, wanted: Wanted, length: int, wrong: int) -> list[Row]:
    """The desks by the first `length` digits of their codes: `code`, `desks`, `silent`, `waiting` (entries that they
    said wait there), `skewed` (clocks that are `wrong` seconds out or more), `revoked`."""
    code = sa.func.substr(node.c.point_code, 1, length).label("code")
    in_use = node.c.revoked_at == ""
    skewed = sa.and_(in_use, sa.func.abs(node.c.skew) >= wrong)
    asked = sa.select(
        code,
        sa.func.count().label("desks"),
        _sum(sa.and_(*is_silent(wanted.before)), 1).label("silent"),
        _sum(in_use, _waiting(db)).label("waiting"),
        _sum(skewed, 1).label("skewed"),
        _sum(~in_use, 1).label("revoked"),
    )
    asked = asked.where(*wanted.where(db)).group_by(code).order_by(code)
    return [{**row, "waiting": int(row["waiting"])} for row in db.execute(asked).mappings()]


def _sum(where: sa.ColumnElement[bool], value: Any) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.case((where, value), else_=0))


def _waiting(db: sa.Connection) -> sa.ColumnElement[Any]:
    """Out of the last heartbeat, which `desk.centre.exchange.taking` wrote; whatever number a desk claims fits."""
    beat = sa.func.nullif(node.c.heartbeat, "")
    waiting: sa.ColumnElement[Any]
    if db.dialect.name == "postgresql":
        waiting = sa.cast(sa.cast(beat, sa.JSON).op("->>")("waiting"), sa.Numeric)
    else:
        waiting = sa.func.json_extract(beat, "$.waiting")
    return sa.func.coalesce(waiting, 0)


def files_waiting(db: sa.Connection, under: str, length: int) -> dict[str, int]:
    """Pictures that are still to come, by the first `length` digits of the point that named them."""
    code = sa.func.substr(file.c.point, 1, length)
    asked = sa.select(code, sa.func.count()).where(file.c.done_at == "", begins(db, file.c.point, under))
    return {row[0]: row[1] for row in db.execute(asked.group_by(code))}
