"""What the public pages ask: results of a month, notices. Whatever else is known of a person is not asked for."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre.database import box
from db.centre.lists.tallies import after
from db.centre.rows import Row, heard
from db.centre.schema import case_row, entry


def results(db: sa.Connection, month: str, task: str, states: Sequence[str], offset: int, limit: int) -> list[Row]:
    """Cases that the organ was done with in `month` (2026-11), the latest day first."""
    column = case_row.c
    asked = sa.select(case_row).where(
        column.ended_day >= month, column.ended_day < after(month), column.state.in_(states)
    )
    if task:
        asked = asked.where(column.task_code == task)
    found = db.execute(asked.order_by(column.ended_day.desc(), column.intake_no.desc()).offset(offset).limit(limit))
    return [dict(row) for row in found.mappings()]


def notices(db: sa.Connection, node: str, most: int) -> list[bytes]:
    """Encoded notices that the centre `node` published, the latest first."""
    asked = sa.select(entry.c.encoded).where(heard("*"), entry.c.node == node, entry.c.kind == "notice.published")
    return [box(db).open(bytes(one)) for one in db.execute(asked.order_by(entry.c.seq.desc()).limit(most)).scalars()]
