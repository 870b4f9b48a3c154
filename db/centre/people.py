"""Clerks, their sessions, and tries at their secrets, counted by the place that they came from."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from db.centre.box import place
from db.centre.database import box
from db.centre.rows import Row
from db.centre.schema import clerk, login_try, session
from db.centre.tables.upserts import upsert

SECRETS = ("second", "second_new")
_SESSION = ("hash", "account", "csrf", "expires", "begun", "place", "browser", "used", "idle")


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
    columns = [one for one in clerk.c if one.name not in ("password", "pass_hash", *SECRETS)]
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


def use_step(db: sa.Connection, account: str, step: int) -> bool:
    """Use up the code of a time step, in one statement: False where it or a later one was used already."""
    fresh = sa.update(clerk).where(clerk.c.account == account, clerk.c.second_step < step)
    return db.execute(fresh.values(second_step=step)).rowcount == 1


def add_session(db: sa.Connection, row: Row, over_before: str) -> None:
    """Begin a session; those that were over before that moment go."""
    db.execute(sa.delete(session).where(session.c.expires < over_before))
    db.execute(sa.insert(session), [{key: row[key] for key in _SESSION}])


def sessions_of(db: sa.Connection, account: str, now: str) -> list[Row]:
    """The running sessions of a clerk, the latest first."""
    asked = sa.select(session).where(session.c.account == account, session.c.expires > now)
    return [dict(row) for row in db.execute(asked.order_by(session.c.begun.desc())).mappings()]


def end_own(db: sa.Connection, account: str, digest: str, now: str) -> int:
    """End one session of this clerk's; how many that were."""
    return _end(db, now, session.c.account == account, session.c.hash == digest)


def end_others(db: sa.Connection, account: str, digest: str, now: str) -> int:
    """End every session of this clerk's but one; how many that were."""
    return _end(db, now, session.c.account == account, session.c.hash != digest)


def one_session(db: sa.Connection, digest: str, now: str) -> Row | None:
    """A running session with its clerk's name and organ."""
    known = clerk.c
    asked = (
        sa.select(
            session, known.name, known.org, known.body, known.roles, known.sees, known.second_step, known.must_change
        )
        .join(clerk, known.account == session.c.account)
        .where(session.c.hash == digest, session.c.expires > now, known.disabled_at == "")
    )
    found = db.execute(asked).mappings().first()
    return dict(found) if found else None


def use_session(db: sa.Connection, digest: str, now: str) -> None:
    """It asked for something just now."""
    db.execute(sa.update(session).where(session.c.hash == digest).values(used=now))


def whose_token(db: sa.Connection, csrf: str, since: str) -> str:
    """The account that a form's token was given to, in a session that runs or was over no earlier than `since`; ""
    for nobody's."""
    asked = sa.select(session.c.account).where(session.c.csrf == csrf, session.c.expires > since)
    return db.execute(asked).scalar() or ""


def end_session(db: sa.Connection, digest: str, now: str) -> None:
    """End a session."""
    _end(db, now, session.c.hash == digest)


def end_sessions(db: sa.Connection, account: str, now: str) -> None:
    """End every session of a clerk."""
    _end(db, now, session.c.account == account)


def _end(db: sa.Connection, now: str, *which: sa.ColumnElement[bool]) -> int:
    """What is over stays for a while: the token of its forms still tells whose they are."""
    running = sa.update(session).where(session.c.expires > now, *which)
    return db.execute(running.values(expires=now)).rowcount


# -- tries -------------------------------------------------------------------------------------------------------


def count_try(db: sa.Connection, account: str, place: str, now: str, most: int, until: str) -> bool:
    """Count one more try before it is looked at, in one statement, so that tries at the same moment are as many as they
    are; with the last of `most` the place is locked out `until`. False, and nothing counted, where it is locked out, or
    the account is closed or not there."""
    open_ = sa.exists().where(clerk.c.account == account, clerk.c.disabled_at == "")
    if not db.execute(sa.select(open_)).scalar():
        return False
    row = {"account": account, "place": place, "failed": 0, "locked_until": "", "good_at": "", "last_at": now}
    db.execute(upsert(db, login_try).values(**row).on_conflict_do_nothing())
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


def is_known_place(db: sa.Connection, account: str, place: str, since: str) -> bool:
    """Whether the account's secrets were told rightly from there `since`."""
    asked = sa.exists().where(login_try.c.account == account, login_try.c.place == place, login_try.c.good_at > since)
    return bool(db.execute(sa.select(asked)).scalar())


def forgive(db: sa.Connection, account: str, place: str, now: str) -> None:
    """What was tried from there was the owner's own; the place is known from now on."""
    row = {"failed": 0, "locked_until": "", "good_at": now, "last_at": now}
    made = upsert(db, login_try).values(account=account, place=place, **row)
    db.execute(made.on_conflict_do_update(index_elements=["account", "place"], set_=row))


def take_try_back(db: sa.Connection, account: str, place: str, most: int) -> None:
    """One try less, of `most`: it was right. Where it was the last one, the place is open again for one."""
    locked = login_try.c.locked_until != ""
    less = sa.case((locked, most - 1), (login_try.c.failed > 0, login_try.c.failed - 1), else_=0)
    db.execute(
        sa.update(login_try)
        .where(login_try.c.account == account, login_try.c.place == place)
        .values(failed=less, locked_until="")
    )


def forget_tries(db: sa.Connection, account: str) -> None:
    """Nobody is locked out of the account any more, and no place is known."""
    db.execute(sa.delete(login_try).where(login_try.c.account == account))


def forget_place(db: sa.Connection, account: str, place: str) -> None:
    """Nothing was tried from there."""
    db.execute(sa.delete(login_try).where(login_try.c.account == account, login_try.c.place == place))


def unlock(db: sa.Connection, account: str) -> None:
    """Nobody is locked out of the account any more; the places that are known stay so."""
    db.execute(sa.update(login_try).where(login_try.c.account == account).values(failed=0, locked_until=""))


def use_pass(db: sa.Connection, account: str, digest: str) -> bool:
    """Use up the one-time code with this digest, in one statement: False where another login did meanwhile."""
    mine = sa.update(clerk).where(clerk.c.account == account, clerk.c.pass_hash == digest)
    return db.execute(mine.values(pass_hash="", pass_until="")).rowcount == 1


def tidy_tries(db: sa.Connection, before: str, known_before: str) -> None:
    """Forget places that nothing was tried from since `before` and that are not known, or not since `known_before`."""
    unknown = sa.and_(login_try.c.good_at <= known_before, login_try.c.last_at <= before)
    db.execute(sa.delete(login_try).where(unknown))


def locked_out(db: sa.Connection, now: str) -> set[str]:
    """The accounts that some place is locked out of."""
    return set(db.execute(sa.select(login_try.c.account).where(login_try.c.locked_until > now)).scalars())
