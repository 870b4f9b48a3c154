"""Tries at an account's secrets, counted by the place that they came from."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from db.centre.schema import clerk, login_try


def count(db: sa.Connection, account: str, place: str, now: str, most: int, until: str) -> bool:
    """Count one more try before it is looked at, in one statement, so that tries at the same moment are as many as they
    are; with the last of `most` the place is locked out `until`. False, and nothing counted, where it is locked out, or
    the account is closed or not there."""
    open_ = sa.exists().where(clerk.c.account == account, clerk.c.disabled_at == "")
    if not db.execute(sa.select(open_)).scalar():
        return False
    make: Any = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    row = {"account": account, "place": place, "failed": 0, "locked_until": "", "good_at": "", "last_at": now}
    db.execute(make(login_try).values(**row).on_conflict_do_nothing())
    last = login_try.c.failed + 1 >= most
    counted = (
        sa.update(login_try)
        .where(login_try.c.account == account, login_try.c.place == place, login_try.c.locked_until <= now, open_)
        .values(
            failed=sa.case((last, 0), else_=login_try.c.failed + 1),
            locked_until=sa.case((last, until), else_=login_try.c.locked_until),
            last_at=now,
        )
    )
    return db.execute(counted).rowcount == 1


def is_known(db: sa.Connection, account: str, place: str, since: str) -> bool:
    """Whether the account's secrets were told rightly from there `since`."""
    asked = sa.exists().where(login_try.c.account == account, login_try.c.place == place, login_try.c.good_at > since)
    return bool(db.execute(sa.select(asked)).scalar())


def forgive(db: sa.Connection, account: str, place: str, now: str) -> None:
    """What was tried from there was the owner's own; the place is known from now on."""
    row = {"failed": 0, "locked_until": "", "good_at": now, "last_at": now}
    make: Any = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    made = make(login_try).values(account=account, place=place, **row)
    db.execute(made.on_conflict_do_update(index_elements=["account", "place"], set_=row))


def take_back(db: sa.Connection, account: str, place: str) -> None:
    """One try less: it was right."""
    less = sa.case((login_try.c.failed > 0, login_try.c.failed - 1), else_=0)
    db.execute(
        sa.update(login_try)
        .where(login_try.c.account == account, login_try.c.place == place)
        .values(failed=less, locked_until="")
    )


def forget(db: sa.Connection, account: str) -> None:
    """Nobody is locked out of the account any more, and no place is known."""
    db.execute(sa.delete(login_try).where(login_try.c.account == account))


def tidy(db: sa.Connection, before: str, known_before: str) -> None:
    """Forget places that nothing was tried from since `before` and that are not known, or not since `known_before`."""
    unknown = sa.and_(login_try.c.good_at <= known_before, login_try.c.last_at <= before)
    db.execute(sa.delete(login_try).where(unknown))


def locked(db: sa.Connection, now: str) -> set[str]:
    """The accounts that some place is locked out of."""
    return set(db.execute(sa.select(login_try.c.account).where(login_try.c.locked_until > now)).scalars())
