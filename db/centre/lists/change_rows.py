"""The subjects that the log tells of, a page at a time: all of them, or those that changed between two places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.lists.case_rows import begins
from db.centre.rows import among, value
from db.centre.schema import case_row, entry, node

Place = tuple[str, int]  # node and seq of an entry


def ends(db: sa.Connection, own: str) -> dict[str, int]:
    """How far each log is here: of every node, and of our own under the name `own`."""
    found = {row.name: int(row.have) for row in db.execute(sa.select(node.c.name, node.c.have)) if row.have}
    return {**found, own: int(value(db, "seq") or 0)}


def point_names(db: sa.Connection) -> dict[str, str]:
    """The name of its point, by node."""
    return {row.name: row.point_name for row in db.execute(sa.select(node.c.name, node.c.point_name))}


def _of_kinds(kinds: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.or_(*(entry.c.kind.startswith(one, autoescape=True) for one in kinds))


def page(
    db: sa.Connection, name: str, after: int, until: int, kinds: Sequence[str], limit: int
) -> list[tuple[int, str]]:
    """Seq and subject of the entries of a node behind `after`, up to `until`, whose kind begins with one of `kinds`."""
    asked = sa.select(entry.c.seq, entry.c.subject).where(
        entry.c.node == name, entry.c.seq > after, entry.c.seq <= until, _of_kinds(kinds)
    )
    return [(int(row[0]), row[1]) for row in db.execute(asked.order_by(entry.c.seq).limit(limit))]


def places(db: sa.Connection, subjects: Iterable[str], kinds: Sequence[str]) -> dict[str, list[Place]]:
    """Where the entries of such kinds about each subject stand."""
    standing: dict[str, list[Place]] = {}
    asked = sa.select(entry.c.subject, entry.c.node, entry.c.seq)
    for row in db.execute(asked.where(among(db, entry.c.subject, subjects), _of_kinds(kinds))):
        standing.setdefault(row[0], []).append((row[1], int(row[2])))
    return standing


def subjects_after(
    db: sa.Connection, kinds: str, after: str, limit: int, family: str = "", teller: str = ""
) -> list[str]:
    """The next subjects behind `after` that entries of kinds beginning with `kinds` are about: of those subjects that
    begin with `family`; with `teller`, in the log of this node alone."""
    column = entry.c.subject
    asked = sa.select(column).where(_of_kinds((kinds,)), column > after)
    if family:
        asked = asked.where(begins(db, column, family))
    if teller:
        asked = asked.where(entry.c.node == teller)
    return list(db.execute(asked.group_by(column).order_by(column).limit(limit)).scalars())


def last_before(db: sa.Connection, name: str, most: int, time: str) -> int:
    """The seq of the last entry of a node, of its first `most`, that was received before `time`: they came in order."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        asked: sa.Select[Any] = sa.select(entry.c.received_at).where(entry.c.node == name, entry.c.seq == middle)
        if (db.execute(asked).scalar() or "") < time:
            low = middle
        else:
            high = middle - 1
    return low


def case_numbers(db: sa.Connection, intake_nos: Iterable[str]) -> dict[str, str]:
    """Numbers of cases 办件编号 by their intake numbers."""
    asked = sa.select(case_row.c.intake_no, case_row.c.case_no)
    return {row[0]: row[1] for row in db.execute(asked.where(among(db, case_row.c.intake_no, intake_nos)))}
