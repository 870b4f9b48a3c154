"""Rows of what was typed into a form and is not done: an account's own, by the form's action."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.box import place
from db.centre.database import box
from db.centre.rows import Row
from db.centre.tables.kept_form import kept_form
from db.centre.tables.upserts import upsert

MOST = 40  # forms of one account; the oldest give way


def keep(db: sa.Connection, account: str, action: str, which: str, at: str, data: bytes, *, sent: bool) -> None:
    """Keep `data`, sealed, in the place of what was kept of the same form before."""
    row = {
        "account": account,
        "action": action,
        "which": which,
        "at": at,
        "sent": int(sent),
        "data": box(db).seal(data, _place(account, action, which)),
    }
    made = upsert(db, kept_form).values(**row)
    keys = ["account", "action", "which"]
    changed = {name: value for name, value in row.items() if name not in keys}
    db.execute(made.on_conflict_do_update(index_elements=keys, set_=changed))
    mine = kept_form.c.account == account
    last = db.execute(sa.select(kept_form.c.at).where(mine).order_by(kept_form.c.at.desc()).offset(MOST).limit(1))
    if oldest := last.scalar():
        db.execute(sa.delete(kept_form).where(mine, kept_form.c.at <= oldest))


def _place(account: str, action: str, which: str) -> bytes:
    return place("kept_form", "data", account, action, which)


def of_account(db: sa.Connection, account: str, since: str) -> list[Row]:
    """What an account has kept `since`, the latest first, opened."""
    asked = sa.select(kept_form).where(kept_form.c.account == account, kept_form.c.at > since)
    found = db.execute(asked.order_by(kept_form.c.at.desc())).mappings()
    opened = box(db).open
    return [{**row, "data": opened(bytes(row["data"]), _place(account, row["action"], row["which"]))} for row in found]


def is_kept(db: sa.Connection, account: str, action: str, which: str) -> bool:
    """Whether something is kept of this form."""
    return bool(db.execute(sa.select(sa.exists().where(*_one(account, action, which)))).scalar())


def drop(db: sa.Connection, account: str, action: str, which: str) -> None:
    """Forget one."""
    db.execute(sa.delete(kept_form).where(*_one(account, action, which)))


def tidy(db: sa.Connection, before: str) -> int:
    """Forget what was kept before that moment, whoever's it is; how many forms that were."""
    return db.execute(sa.delete(kept_form).where(kept_form.c.at <= before)).rowcount


def _one(account: str, action: str, which: str) -> tuple[sa.ColumnElement[bool], ...]:
    columns = kept_form.c
    return columns.account == account, columns.action == action, columns.which == which
