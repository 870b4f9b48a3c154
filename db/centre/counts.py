"""Figures of the whole database for whoever watches the service: no names, no numbers of people."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre.schema import case_row, file, node, session


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


def overdue(db: sa.Connection, today: str) -> int:
    """Open cases whose next clock ran out before `today`."""
    asked = sa.select(sa.func.count()).where(
        case_row.c.ended_day == "", case_row.c.next_due != "", case_row.c.next_due < today
    )
    return int(db.execute(asked).scalar() or 0)


def desks(db: sa.Connection, since: str) -> tuple[int, int, int]:
    """Of the desks that speak to us: those heard `since`, those silent longer, and what they said that they still have
    to send."""
    own = sa.select(node.c.last_seen, node.c.heartbeat).where(node.c.via == "", node.c.revoked_at == "")
    heard = silent = waiting = 0
    for seen, beat in db.execute(own):
        heard, silent = (heard + 1, silent) if seen and seen >= since else (heard, silent + 1)
        waiting += _waiting(beat)
    return heard, silent, waiting


class _Beat(msgspec.Struct):
    waiting: int = 0


def _waiting(beat: str) -> int:
    try:
        return max(0, msgspec.json.decode(beat, type=_Beat).waiting) if beat else 0
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 0


def pictures_waiting(db: sa.Connection) -> int:
    """Pictures that entries name and that are not whole here."""
    return int(db.execute(sa.select(sa.func.count()).where(file.c.done_at == "")).scalar() or 0)


def drop_sessions(db: sa.Connection) -> None:
    """End every session of everybody."""
    db.execute(sa.delete(session))
