"""How a node came: by which code it was enrolled, kept as a hash and used once; and which name it took in the place of
which: a desk that goes on under another name bears its keys' descent."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.schema import enrol_code, node

_DEEP = 100  # a point has no more numbers than that


def heirs(db: sa.Connection, name: str) -> list[str]:
    """Every name that descends from `name`, the nearest first."""
    found: list[str] = []
    step = [name]
    for _ in range(_DEEP):
        asked = sa.select(node.c.name).where(node.c.formerly.in_(step), node.c.formerly != "")
        step = [one for one in db.execute(asked.order_by(node.c.name)).scalars() if one not in (name, *found)]
        if not step:
            break
        found += step
    return found


def renamed(db: sa.Connection) -> dict[str, str]:
    """By name the one in whose place it was taken, of all nodes that took another's."""
    asked = sa.select(node.c.name, node.c.formerly).where(node.c.formerly != "")
    return {row.name: row.formerly for row in db.execute(asked)}


def eldest(db: sa.Connection, name: str) -> str:
    """The name that `name` goes back to; itself where it took no other's place."""
    for _ in range(_DEEP):
        before = db.execute(sa.select(node.c.formerly).where(node.c.name == name)).scalar() or ""
        if not before:
            break
        name = before
    return name


def taken_since(db: sa.Connection, name: str, time: str) -> int:
    """How many names were taken since `time` in the line that `name` belongs to."""
    line = heirs(db, eldest(db, name))
    asked = sa.select(sa.func.count()).where(node.c.name.in_(line), node.c.enrolled_at >= time)
    return int(db.execute(asked).scalar() or 0) if line else 0


# -- enrolment codes -----------------------------------------------------------------------------------------------


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
