"""Clerks and their sessions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from db.centre.box import place
from db.centre.database import box
from db.centre.rows import Row
from db.centre.schema import clerk, session

SECRETS = ("second", "second_new")


def one_clerk(db: sa.Connection, account: str) -> Row | None:
    """A clerk by account."""
    row = db.execute(sa.select(clerk).where(clerk.c.account == account)).mappings().first()
    if row is None:
        return None
    opened = box(db).open
    secrets = {name: opened(bytes(row[name]), _place(name, account)) if row[name] else b"" for name in SECRETS}
    return {**row, **secrets}


def _place(secret: str, account: str) -> bytes:
    return place("clerk", secret, account)


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
            changes[name] = box(db).seal(changes[name], _place(name, account))
    db.execute(sa.update(clerk).where(clerk.c.account == account).values(**changes))


def count_try(db: sa.Connection, account: str, now: str, most: int, until: str) -> bool:
    """Count one more try at an account's secrets before it is looked at, in one statement, so that tries at the same
    moment are as many as they are; with the last of `most` the account is locked `until`. False, and nothing counted,
    where it is locked, closed or not there."""
    last = clerk.c.failed + 1 >= most
    counted = (
        sa.update(clerk)
        .where(clerk.c.account == account, clerk.c.disabled_at == "", clerk.c.locked_until <= now)
        .values(
            failed=sa.case((last, 0), else_=clerk.c.failed + 1),
            locked_until=sa.case((last, until), else_=clerk.c.locked_until),
        )
    )
    return db.execute(counted).rowcount == 1


def forgive(db: sa.Connection, account: str) -> None:
    """The tries counted so far were one's own."""
    db.execute(sa.update(clerk).where(clerk.c.account == account).values(failed=0, locked_until=""))


def use_step(db: sa.Connection, account: str, step: int) -> bool:
    """Use up the code of a time step, in one statement: False where it or a later one was used already."""
    fresh = sa.update(clerk).where(clerk.c.account == account, clerk.c.second_step < step)
    return db.execute(fresh.values(second_step=step)).rowcount == 1


def add_session(db: sa.Connection, row: Row) -> None:
    """Begin a session; those that are over go."""
    db.execute(sa.delete(session).where(session.c.expires < row["now"]))
    db.execute(sa.insert(session), [{key: row[key] for key in ("hash", "account", "csrf", "expires")}])


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
