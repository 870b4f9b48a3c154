"""What the public pages ask: results of a month, ratings by office. Columns without personal numbers only."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.schema import case_row

_LAST = "\U0010ffff"


def results(db: sa.Connection, month: str, task: str, states: Sequence[str], offset: int, limit: int) -> list[Row]:
    """Cases that the organ was done with in `month` (2026-11), by day."""
    column = case_row.c
    asked = sa.select(
        column.case_no,
        column.item_name,
        column.applicant_name,
        column.org,
        column.state,
        column.ended_day,
        (column.decision == "refused").label("refused"),
    ).where(column.ended_day >= month, column.ended_day < month + _LAST, column.state.in_(states))
    if task:
        asked = asked.where(column.task_code == task)
    found = db.execute(asked.order_by(column.ended_day.desc(), column.intake_no).offset(offset).limit(limit))
    return [dict(row) for row in found.mappings()]


def ratings(db: sa.Connection) -> list[Row]:
    """By office: how many were served, how many rated, their scores summed, how many poor."""
    column = case_row.c
    asked = (
        sa.select(
            column.org,
            sa.func.count().label("served"),
            sa.func.sum(sa.case((column.score > 0, 1), else_=0)).label("rated"),
            sa.func.sum(column.score).label("score"),
            sa.func.sum(sa.case((column.score.between(1, 2), 1), else_=0)).label("poor"),
        )
        .where(sa.or_(column.served_at != "", column.score > 0))
        .group_by(column.org)
        .order_by(column.org)
    )
    return [
        {name: (value if name == "org" else int(value or 0)) for name, value in row.items()}
        for row in db.execute(asked).mappings()
    ]
