"""What the centre tells a township's desk of its villages: cases and envelopes, and how each desk there is.

Only a desk of a township that speaks to us itself and was not revoked asks, and only of villages that are its own by
the register of bodies today. Of the rest of a village's log it hears nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from db.centre import rows, village_rows
from desk.centre.node.centre_node import Centre
from desk.errors import UNREADABLE
from desk.folds.case import is_centre
from desk.folds.office.silence import VillageDesk
from desk.law.bodies import villages
from desk.sync.protocol import village_logs, wire
from desk.sync.protocol.batch import Heartbeat, body_of
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.village_logs import Part, Told


def of(centre: Centre, db: sa.Connection, asker: rows.Row) -> list[rows.Row]:
    """The desks of the villages of a township's desk, by name; none for a desk that is no township's, and none of a
    centre below us."""
    township = str(asker["point_code"])
    if is_centre(asker["name"]) or asker["via"] or asker["waits_since"] or not villages.is_township(township):
        return []
    centre.publications.refresh(centre.node, db)
    found = [one for one in rows.nodes(db) if not one["via"] and not is_centre(one["name"])]
    codes = {str(one["point_code"]) for one in found}
    below = villages.below(centre.publications.bodies, township, codes, centre.today())
    return [one for one in found if one["point_code"] in below]


def answer(centre: Centre, asker: str, body: bytes) -> bytes:
    """Of the asker's villages as much as one letter holds of what the asker lacks. Raises BatchError."""
    asked = village_logs.read_ask(body)
    with centre.database.read() as db:
        who = rows.one_node(db, asker)
        if who is None or not villages.is_township(str(who["point_code"])):
            raise BatchError("只有苏木乡镇的终端可以查看下属村的办件。")
        found = of(centre, db, who)
        epoch = int(rows.value(db, "epoch") or 1)
        parts, entries, more = _parts(centre, db, found, asked.have)
        desks = tuple(_desk(db, one) for one in found)
    told = Told(desks, tuple(parts), more, epoch, centre.now())
    return village_logs.pack(told, body_of(entries))


def _parts(
    centre: Centre, db: sa.Connection, desks: list[rows.Row], have: dict[str, int]
) -> tuple[list[Part], list[bytes], bool]:
    parts: list[Part] = []
    entries: list[bytes] = []
    left, room, more = village_logs.MOST, village_logs.MOST_BYTES, False
    for source, point, node, audience, head in _sources(centre, db, desks):
        after = min(have.get(source, 0), head)
        if left <= 0 or room <= 0:
            more = more or after < head
            continue
        kinds = village_logs.KINDS
        told, is_more = village_rows.told(db, node, audience, kinds, after, left, room)
        upto = told[-1][0] if told and is_more else head
        parts.append(Part(source, point, upto, len(told)))
        entries += [encoded for _, encoded in told]
        left -= len(told)
        room -= sum(len(encoded) for _, encoded in told)
        more = more or is_more
    return parts, entries, more


def _sources(centre: Centre, db: sa.Connection, desks: list[rows.Row]) -> Iterator[tuple[str, str, str, str, int]]:
    """Of each village its desks' logs, then what we wrote for it: source, village, whose log, for whom, how far."""
    head = rows.own_end(db)[0]
    for point, of_point in itertools.groupby(sorted(desks, key=_place), key=lambda one: str(one["point_code"])):
        for one in of_point:
            yield str(one["name"]), point, str(one["name"]), "", int(one["have"])
        yield point, point, centre.node, point, head


def _place(desk: rows.Row) -> tuple[str, str]:
    return str(desk["point_code"]), str(desk["name"])


def _desk(db: sa.Connection, row: rows.Row) -> VillageDesk:
    try:
        beat = msgspec.json.decode(row["heartbeat"] or "{}", type=Heartbeat)
    except UNREADABLE:
        beat = Heartbeat()
    name, point, seen = str(row["name"]), str(row["point_code"]), str(row["last_seen"])
    keys = tuple(wire.to_text(one) for one in (bytes(row["sign_key"]), *rows.former_keys(db, name)))
    left, revoked = (beat.waiting, beat.oldest), str(row["revoked_at"])
    return VillageDesk(name, point, str(row["point_name"]), seen, *left, revoked, keys)
