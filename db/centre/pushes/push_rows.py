"""Rows of many batches that are taken in together: a statement for all of them, however many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.box import place_of_batch
from db.centre.database import box
from db.centre.schema import batch, node
from db.centre.tables.putting import change, put

Row = dict[str, Any]
_NODES = sa.select(node).where(node.c.name.in_(sa.bindparam("names", expanding=True))).order_by(node.c.name)
_LOCKED = _NODES.with_for_update()


def nodes(db: sa.Connection, names: Collection[str]) -> dict[str, Row]:
    """Nodes by name; others are kept from their rows until the transaction ends (PostgreSQL)."""
    return {row["name"]: dict(row) for row in db.execute(_LOCKED, {"names": sorted(names)}).mappings()}


def add_batches(db: sa.Connection, came: Sequence[tuple[str, int, int, bytes]], now: str) -> None:
    """Keep batches as they came: of which node, from which entry to which, the bytes."""
    seal = box(db).seal
    told = [(of, first, last, now, seal(data, place_of_batch(of, first, last))) for of, first, last, data in came]
    put(db, batch, ("node", "first", "last", "received_at", "bytes"), told)


_CHANGED = ("have", "head", "last_seen", "heartbeat", "skew")


def set_nodes(db: sa.Connection, changed: Sequence[Row]) -> None:
    """Change what is known of nodes, each by its name `of`: `have`, `head`, `last_seen`, `heartbeat`, `skew`."""
    change(db, node, "name", _CHANGED, [(one["of"], *(one[name] for name in _CHANGED)) for one in changed])
