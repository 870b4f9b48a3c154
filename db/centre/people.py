"""Clerks and their sessions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from db.centre.database import box
from db.centre.rows import Row
from db.centre.schema import clerk, session

SECRETS = ("second", "second_new")
_SESSION = ("hash", "account", "csrf", "expires", "begun", "place", "browser")


def one_clerk(db: sa.Connection, account: str) -> Row | None:
    """A clerk by account."""
    row = db.execute(sa.select(clerk).where(clerk.c.account == account)).mappings().first()
    if row is None:
        return None
    opened = box(db).open
    return {**row, **{name: opened(bytes(row[name])) if row[name] else b"" for name in SECRETS}}


def clerks(db: sa.Connection) -> list[Row]:
    """Every clerk, by account, without secrets."""
    columns = [one for one in clerk.c if one.name not in ("password", *SECRETS)]
    return [dict(row) for row in db.execute(sa.select(*columns).order_by(clerk.c.account)).mappings()]


def add_clerk(db: sa.Connection, row: Row) -> None:
    """Add a clerk."""
    db.execute(sa.insert(clerk), [dict(row)])


def set_clerk(db: sa.Connection, account: str, **changes: Any) -> None:
    """Change a clerk's row; `SECRETS` come plain and are kept sealed."""
    for name in SECRETS:
        if changes.get(name):
            changes[name] = box(db).seal(changes[name])
    db.execute(sa.update(clerk).where(clerk.c.account == account).values(**changes))


def use_step(db: sa.Connection, account: str, step: int) -> bool:
    """Use up the code of a time step, in one statement: False where it or a later one was used already."""
    fresh = sa.update(clerk).where(clerk.c.account == account, clerk.c.second_step < step)
    return db.execute(fresh.values(second_step=step)).rowcount == 1


def add_session(db: sa.Connection, row: Row) -> None:
    """Begin a session; those that are over go."""
    db.execute(sa.delete(session).where(session.c.expires < row["now"]))
    db.execute(sa.insert(session), [{key: row[key] for key in _SESSION}])


def sessions_of(db: sa.Connection, account: str, now: str) -> list[Row]:
    """The running sessions of a clerk, the latest first."""
    asked = sa.select(session).where(session.c.account == account, session.c.expires > now)
    return [dict(row) for row in db.execute(asked.order_by(session.c.begun.desc())).mappings()]


def end_own(db: sa.Connection, account: str, digest: str) -> int:
    """End one session of this clerk's; how many that were."""
    return db.execute(sa.delete(session).where(session.c.account == account, session.c.hash == digest)).rowcount


def end_others(db: sa.Connection, account: str, digest: str) -> int:
    """End every session of this clerk's but one; how many that were."""
    return db.execute(sa.delete(session).where(session.c.account == account, session.c.hash != digest)).rowcount


def one_session(db: sa.Connection, digest: str, now: str) -> Row | None:
    """A running session with its clerk's name and organ."""
    asked = (
        sa.select(session, clerk.c.name, clerk.c.org, clerk.c.body, clerk.c.roles, clerk.c.sees, clerk.c.second_step)
        .join(clerk, clerk.c.account == session.c.account)
        .where(session.c.hash == digest, session.c.expires > now, clerk.c.disabled_at == "")
    )
    found = db.execute(asked).mappings().first()
    return dict(found) if found else None


def end_session(db: sa.Connection, digest: str) -> None:
    """End a session."""
    db.execute(sa.delete(session).where(session.c.hash == digest))


def end_sessions(db: sa.Connection, account: str) -> None:
    """End every session of a clerk."""
    db.execute(sa.delete(session).where(session.c.account == account))
