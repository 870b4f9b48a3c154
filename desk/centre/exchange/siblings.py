"""What the centre tells a desk of its siblings, the other desks of its point: their own signed batches, as they came.

Only a desk that speaks to us itself and was not revoked asks, and only of its own point.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from desk.centre.exchange import enrolment
from desk.centre.node.centre_node import Centre
from desk.folds.case import is_centre
from desk.log import chain
from desk.sync.protocol import kin, wire
from desk.sync.protocol.batch import MAX_PACKED
from desk.sync.protocol.envelope import BatchError

_FITS = MAX_PACKED - (64 << 10)  # bytes of one batch that a letter holds beside what it tells
_log = logging.getLogger("desk.centre")


def of(db: sa.Connection, asker: rows.Row) -> list[rows.Row]:
    """The other desks of a desk's point, by name; none of a centre, nor to a desk that may not read its point's
    past."""
    return _among(asker, rows.nodes_of(db, asker["point_code"]))


def _among(asker: rows.Row, near: Sequence[rows.Row]) -> list[rows.Row]:
    if is_centre(asker["name"]) or asker["via"] or asker["waits_since"]:
        return []
    return [one for one in near if one["name"] != asker["name"] and not one["via"] and not is_centre(one["name"])]


def heads(asker: rows.Row, near: Sequence[rows.Row]) -> dict[str, str]:
    """By name of a sibling, how far we have its log, as `seq.hash`; `near`: all nodes of the asker's point."""
    return {one["name"]: _head(one) for one in _among(asker, near)}


def _head(node: rows.Row) -> str:
    return kin.mark(int(node["have"]), bytes(node["head"]) or chain.GENESIS)


def answer(centre: Centre, asker: str, body: bytes) -> bytes:
    """Who the asker's siblings are, and of what they wrote as much as one letter holds of what the asker lacks.

    Raises BatchError.
    """
    asked = kin.read_ask(body)
    with centre.database.read() as db:
        who = rows.one_node(db, asker)
        if who is None:
            raise BatchError("终端未登记。")
        found = of(db, who)
        epoch = int(rows.value(db, "epoch") or 1)
        batches: list[bytes] = []
        more = any(_add(db, one, asked.have.get(one["name"], ()), batches) for one in found)
        siblings = tuple(
            kin.Sibling(
                one["name"],
                tuple(wire.to_text(key) for key in (bytes(one["sign_key"]), *rows.former_keys(db, one["name"]))),
                _head(one),
                one["revoked_at"],
            )
            for one in found
        )
    return kin.pack(kin.Told(siblings, more, epoch), batches)


def _add(db: sa.Connection, node: rows.Row, have: tuple[str, ...], batches: list[bytes]) -> bool:
    """Add the batches of a node beyond what the asker has in common with us; whether some are left for next time."""
    return add_beyond(db, node, _common(db, node["name"], have), batches)


def add_beyond(db: sa.Connection, node: rows.Row, after: int, batches: list[bytes]) -> bool:
    """Add the batches of a node that reach beyond `after`, as they came, up to what one letter holds; whether some are
    left for next time."""
    number = 0
    while after < int(node["have"]):
        row = rows.next_batch(db, number, node["name"], after)
        if row is None:
            return False
        data, number = bytes(row["bytes"]), int(row["number"])
        if len(data) > _FITS:
            _log.error("a batch is too large to be handed on", extra={"node": node["name"]})
            return False
        if batches and sum(map(len, batches)) + len(data) > kin.MOST:
            return True
        batches.append(data)
        after = int(row["last"])
    return False


def _common(db: sa.Connection, node: str, have: tuple[str, ...]) -> int:
    """The last entry that the asker named and we have, too; 0 for none."""
    for seq, digest in map(kin.marked, have):
        if seq and rows.hashes(db, node, seq, seq) == [digest]:
            return seq
    return 0


def all_keys(centre: Centre, carrier: str, node: str) -> tuple[bytes, ...]:
    """All keys of `node`, where it is a sibling of `carrier` that was not revoked: what it wrote may be given back to
    us by that one. None of any other."""
    with centre.database.read() as db:
        who = rows.one_node(db, carrier)
        known = who is not None and any(one["name"] == node and not one["revoked_at"] for one in of(db, who))
    return enrolment.all_keys(centre, node) if known else ()
