"""Enrolment codes: kept as hashes, used once."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.schema import enrol_code


def add_code(db: sa.Connection, row: Row) -> None:
    """Keep an enrolment code's hash."""
    db.execute(sa.insert(enrol_code), [dict(row)])


def use_code(db: sa.Connection, digest: str, now: str) -> Row | None:
    """Use a code up: its row when it was unused and in time, None otherwise."""
    fresh = sa.and_(enrol_code.c.hash == digest, enrol_code.c.used_at == "", enrol_code.c.expires > now)
    row = db.execute(sa.select(enrol_code).where(fresh)).mappings().first()
    if row is None:
        return None
    used = db.execute(sa.update(enrol_code).where(fresh).values(used_at=now))
    return dict(row) if used.rowcount == 1 else None


def code_used_by(db: sa.Connection, digest: str) -> str:
    """The node that used a code; "" when none did."""
    return db.execute(sa.select(enrol_code.c.used_by).where(enrol_code.c.hash == digest)).scalar() or ""


def set_code_user(db: sa.Connection, digest: str, name: str) -> None:
    """Who used a code."""
    db.execute(sa.update(enrol_code).where(enrol_code.c.hash == digest).values(used_by=name))


def void_codes(db: sa.Connection, now: str) -> None:
    """Codes that nobody used yet count no more."""
    db.execute(sa.update(enrol_code).where(enrol_code.c.used_at == "").values(used_at=now))
