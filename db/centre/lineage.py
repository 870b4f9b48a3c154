"""Which name a node took in the place of which: a desk that goes on under another name bears its keys' descent."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.schema import node

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


def lately(db: sa.Connection, time: str) -> list[tuple[str, str, str]]:
    """Name, name before and moment of every name that was taken in another's place since `time`, the last one first."""
    asked = sa.select(node.c.name, node.c.formerly, node.c.enrolled_at)
    asked = asked.where(node.c.formerly != "", node.c.enrolled_at >= time, node.c.revoked_at == "", node.c.via == "")
    return [tuple(row) for row in db.execute(asked.order_by(node.c.enrolled_at.desc(), node.c.name).limit(_DEEP))]


def taken_since(db: sa.Connection, name: str, time: str) -> int:
    """How many names were taken since `time` in the line that `name` belongs to."""
    line = heirs(db, eldest(db, name))
    asked = sa.select(sa.func.count()).where(node.c.name.in_(line), node.c.enrolled_at >= time)
    return int(db.execute(asked).scalar() or 0) if line else 0
