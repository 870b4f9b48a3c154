"""Figures of the whole database for whoever watches the service: no names, no numbers of people."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import case_row, node, session


def open_by_state(db: sa.Connection) -> dict[str, int]:
    """Cases that the organ is not done with, by state."""
    asked = sa.select(case_row.c.state, sa.func.count()).where(case_row.c.ended_day == "").group_by(case_row.c.state)
    return {state: int(count) for state, count in db.execute(asked)}


def sessions(db: sa.Connection, now: str) -> int:
    """Sessions that run."""
    return int(db.execute(sa.select(sa.func.count()).where(session.c.expires > now)).scalar() or 0)


def taken(db: sa.Connection) -> int:
    """Entries that were taken in from all nodes."""
    return int(db.execute(sa.select(sa.func.coalesce(sa.func.sum(node.c.have), 0))).scalar() or 0)


def drop_sessions(db: sa.Connection) -> None:
    """End every session of everybody."""
    db.execute(sa.delete(session))
