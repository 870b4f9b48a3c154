"""What the public pages ask: results of a month, notices. Whatever else is known of a person is not asked for."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre.lists import names
from db.centre.lists.tallies import after
from db.centre.rows import ENCODED, Row, heard, opened
from db.centre.schema import case_row, entry

TOWNSHIP = 9  # digits of a township's code


def results(db: sa.Connection, month: str, task: str, states: Sequence[str], offset: int, limit: int) -> list[Row]:
    """Cases that the organ was done with in `month` (2026-11), the latest day first."""
    column = case_row.c
    asked = sa.select(case_row).where(
        column.ended_day >= month, column.ended_day < after(month), column.state.in_(states)
    )
    if task:
        asked = asked.where(column.task_code == task)
    found = db.execute(asked.order_by(column.ended_day.desc(), column.intake_no.desc()).offset(offset).limit(limit))
    return [names.opened(db, row) for row in found.mappings()]


def alike(db: sa.Connection, month: str, states: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many results of `month` each item has in each township, by its code and the first nine digits of the
    point's."""
    column = case_row.c
    township = sa.func.substr(column.point, 1, TOWNSHIP)
    asked = sa.select(column.task_code, township, sa.func.count()).where(
        column.ended_day >= month, column.ended_day < after(month), column.state.in_(states)
    )
    found = db.execute(asked.group_by(column.task_code, township))
    return {(task, place): count for task, place, count in found}


def notices(db: sa.Connection, node: str, most: int) -> list[bytes]:
    """Encoded notices that the centre `node` published, the latest first."""
    asked = sa.select(*ENCODED).where(heard("*"), entry.c.node == node, entry.c.kind == "notice.published")
    return [opened(db, row) for row in db.execute(asked.order_by(entry.c.seq.desc()).limit(most))]
