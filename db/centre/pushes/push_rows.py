"""Rows of many batches that are taken in together: a statement for all of them, however many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.centre import rows
from db.centre.box import place_of_batch
from db.centre.database import box
from db.centre.line.one_trip import Question, ask_all, one_of
from db.centre.schema import batch, node
from db.centre.tables.putting import change, put
from db.centre.trust import witness_rows

Row = dict[str, Any]
_LOCKED = {
    dialect: sa.select(node).where(named).order_by(node.c.name).with_for_update()
    for dialect, named in one_of(node.c.name, "names").items()
}


class Known(NamedTuple):
    """What is here of what came: the nodes by name, the heads that they said before by log and signer, the hashes of
    entries by log and seq, encoded entries by subject."""

    nodes: dict[str, Row]
    heads: dict[tuple[str, str], Row]
    stands: dict[tuple[str, int], str]
    about: dict[str, list[bytes]]


def known(
    db: sa.Connection,
    names: Collection[str],
    heads: Collection[tuple[str, str]],
    at: Collection[tuple[str, int]],
    subjects: Sequence[str],
) -> Known:
    """All of it, in one trip; others are kept from these nodes' rows until the transaction ends (PostgreSQL)."""
    nodes: Question[dict[str, Row]] = Question(
        _LOCKED[db.dialect.name], {"names": sorted(names)}, lambda found: {row.name: row._asdict() for row in found}
    )
    said = witness_rows.heads_asked(db, {by for _, by in heads}, {of for of, _ in heads})
    return Known(*ask_all(db, nodes, said, witness_rows.hashes_asked(db, at), rows.about_asked(db, subjects)))


def add_batches(db: sa.Connection, came: Sequence[tuple[str, int, int, bytes]], now: str) -> None:
    """Keep batches as they came: of which node, from which entry to which, the bytes."""
    seal = box(db).seal
    told = [(of, first, last, now, seal(data, place_of_batch(of, first, last))) for of, first, last, data in came]
    put(db, batch, ("node", "first", "last", "received_at", "bytes"), told)


_CHANGED = ("have", "head", "last_seen", "heartbeat", "skew")


def set_nodes(db: sa.Connection, changed: Sequence[Row]) -> None:
    """Change what is known of nodes, each by its name `of`: `have`, `head`, `last_seen`, `heartbeat`, `skew`."""
    change(db, node, "name", _CHANGED, [(one["of"], *(one[name] for name in _CHANGED)) for one in changed])
