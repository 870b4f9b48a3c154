"""What the public pages ask: results of a month, notices. Whatever else is known of a person is not asked for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from db.centre.lists import names
from db.centre.lists.tallies import after
from db.centre.rows import ENCODED, Row, heard, opened
from db.centre.schema import case_row, entry

TOWNSHIP = 9  # digits of a township's code
_AREA = sa.func.substr(case_row.c.point, 1, TOWNSHIP)


class Wanted(msgspec.Struct, frozen=True):
    """Which results: of `month` (2026-11), in these states, none of the items `without`; where `tasks` or `text` is
    asked for, of these items, or with `text` in the department or at the beginning of the number. What shows neither,
    because its township has fewer than `least` alike, is not found by them."""

    month: str
    states: Sequence[str]
    tasks: Sequence[str] = ()
    text: str = ""
    without: Sequence[str] = ()
    least: int = 0


def items(db: sa.Connection, month: str, states: Sequence[str]) -> dict[str, str]:
    """The items that have results in `month`: name by code, as the cases bear it."""
    column = case_row.c
    asked = sa.select(column.task_code, sa.func.max(column.item_name)).where(
        column.ended_day >= month, column.ended_day < after(month), column.state.in_(states)
    )
    return {str(row[0]): str(row[1]) for row in db.execute(asked.group_by(column.task_code))}


def results(db: sa.Connection, wanted: Wanted, offset: int, limit: int) -> list[Row]:
    """Cases that the organ was done with, the latest day first."""
    column, month, states = case_row.c, wanted.month, wanted.states
    asked = sa.select(case_row).where(
        column.ended_day >= month, column.ended_day < after(month), column.state.in_(states)
    )
    if wanted.tasks or wanted.text:
        like = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        held = sa.or_(column.org.like(f"%{like}%", escape="\\"), column.case_no.like(f"{like}%", escape="\\"))
        many = _alike(month, states).having(sa.func.count() >= wanted.least).with_only_columns(column.task_code, _AREA)
        told = [sa.and_(held, sa.tuple_(column.task_code, _AREA).in_(many))] if wanted.text else []
        asked = asked.where(sa.or_(column.task_code.in_(wanted.tasks), *told))
    if wanted.without:
        asked = asked.where(column.task_code.not_in(wanted.without))
    found = db.execute(asked.order_by(column.ended_day.desc(), column.intake_no.desc()).offset(offset).limit(limit))
    return [names.opened(db, row) for row in found.mappings()]


def alike(db: sa.Connection, month: str, states: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many results of `month` each item has in each township, by its code and the first nine digits of the
    point's."""
    return {(row[0], row[1]): int(row[2]) for row in db.execute(_alike(month, states))}


def _alike(month: str, states: Sequence[str]) -> sa.Select[str, str, int]:
    column = case_row.c
    asked = sa.select(column.task_code, _AREA, sa.func.count()).where(
        column.ended_day >= month, column.ended_day < after(month), column.state.in_(states)
    )
    return asked.group_by(column.task_code, _AREA)


def notices(db: sa.Connection, node: str, most: int) -> list[bytes]:
    """Encoded notices that the centre `node` published, the latest first."""
    asked = sa.select(*ENCODED).where(heard("*"), entry.c.node == node, entry.c.kind == "notice.published")
    return [opened(db, row) for row in db.execute(asked.order_by(entry.c.seq.desc()).limit(most))]
