"""Which enrolment codes are still good."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import enrol_code


def is_open_unlike(db: sa.Connection, start: str, now: str) -> bool:
    """Whether a code is unused and in time whose kept form does not begin with `start`."""
    is_good = sa.and_(enrol_code.c.used_at == "", enrol_code.c.expires > now)
    asked = sa.select(enrol_code.c.hash).where(is_good, sa.not_(enrol_code.c.hash.startswith(start))).limit(1)
    return db.execute(asked).first() is not None
