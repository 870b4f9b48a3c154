"""Who the desks of a point are, signed, so that they can show it to each other on their own wire."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from db.centre.trust import witness_rows
from desk.centre.node.centre_node import Centre
from desk.folds.case import is_centre
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near import roster


def mark(asker: rows.Row, near: Sequence[rows.Row]) -> str:
    """How the roster of the asker's point is named as it stands; "" where the asker is alone. `near`: all nodes of that
    point."""
    found = _desks(asker, near)
    return _mark(found) if len(found) > 1 else ""


def _mark(found: list[rows.Row]) -> str:
    return roster.mark(
        (
            one["name"],
            wire.to_text(bytes(one["sign_key"])),
            wire.to_text(bytes(one["seal_key"])),
            one["revoked_at"],
            "waits" if one["waits_since"] else "",
        )
        for one in found
    )


def _desks(asker: rows.Row, near: Sequence[rows.Row]) -> list[rows.Row]:
    if is_centre(asker["name"]) or asker["via"]:
        return []
    return [one for one in near if not one["via"] and not is_centre(one["name"])]


def answer(centre: Centre, asker: str) -> bytes:
    """The signed roster of the asker's point. Raises BatchError for whoever has none."""
    with centre.database.read() as db:
        who = rows.one_node(db, asker)
        found = _desks(who, rows.nodes_of(db, who["point_code"])) if who else []
        if who is None or not found:
            raise BatchError("没有这个代办点的终端名单。")
        here = witness_rows.here(db)
        epoch = int(rows.value(db, "epoch") or 1)
        number = int(here.get("seq", 0))
        listed = tuple(_listed(db, one) for one in found)
    head = roster.Head(centre.node, str(who["point_code"]), epoch, number, _mark(found))
    return roster.pack(head, listed, centre.keys)


def _listed(db: sa.Connection, one: rows.Row) -> roster.Listed:
    keys = (bytes(one["sign_key"]), *rows.former_keys(db, one["name"])[:49])
    return roster.Listed(
        one["name"],
        tuple(map(wire.to_text, keys)),
        wire.to_text(bytes(one["seal_key"])),
        one["revoked_at"],
        bool(one["waits_since"]),
    )
