"""Batches of many desks that wait for the turn at once, taken in with few statements for all.

Only what is plain goes along: cases of desks that speak to us themselves, each desk and each case once, entries that
follow on what we have and have an effect. Whatever else there is in a batch, it is taken in by itself, by the same
rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.line.one_trip import one_trip
from db.centre.pushes import push_rows
from desk.centre.exchange import enrolment
from desk.centre.exchange.effects.arriving import Came, arrivals, subjects_of
from desk.centre.exchange.effects.heard import end, left, previous, seen, skew
from desk.centre.exchange.effects.refusing import said_of, wrong
from desk.centre.exchange.trust import witnessing
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.centre.node.projection import entry_row, file_rows
from desk.folds import case as cases
from desk.log import chain, events
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Header
from desk.sync.protocol.heads import Head

_MOST = 50  # entries of a batch that goes along


class Push(msgspec.Struct, frozen=True):
    """A batch that was opened, with its entries read and checked against one another; what they say, and the heads that
    its signer's `key` signed."""

    centre: Centre
    signed: bytes
    header: Header
    kept: Sequence[chain.Kept]
    said: Sequence[events.Data | None]
    medium: str
    key: bytes
    heads: Sequence[Head]


def read(
    centre: Centre, signed: bytes, header: Header, kept: Sequence[chain.Kept], medium: str, keys: Sequence[bytes]
) -> Push | None:
    """A batch as it goes along with others; None for one that is taken in by itself. `keys`: its signer's."""
    if len(keys) != 1 or not kept or len(kept) > _MOST or cases.is_centre(header.node):
        return None
    if not all(one.entry.kind.startswith("case.") for one in kept):
        return None
    said = said_of(kept)
    if any(isinstance(one, events.Corrected) for one in said):  # judged by what stood there before
        return None
    heads = witnessing.Said(header.node, keys, header.heads).held()
    return Push(centre, signed, header, kept, said, medium, keys[0], heads)


def take(db: sa.Connection, pushes: Sequence[Push]) -> list[wire.BatchAnswer | RefusedBatchError | None]:
    """Take them in: for each the answer, why it is refused, or None where it has to be taken in by itself."""
    centre = pushes[0].centre
    came: list[wire.BatchAnswer | RefusedBatchError | None] = [None] * len(pushes)
    apart = _apart(pushes)
    heads = witnessing.said(*(_heads(pushes[at]) for at in apart))
    asked = {one for at in apart for one in _asked(centre, pushes[at].header)} | witnessing.places(heads)
    subjects = [subject for at in apart for subject in subjects_of(pushes[at].kept)]
    known = push_rows.known(db, {pushes[at].header.node for at in apart}, heads, asked, subjects)
    good: list[int] = []
    for at in apart:
        push, sender = pushes[at], known.nodes.get(pushes[at].header.node)
        came[at] = refused = _refused(centre, push.header, sender, known.stands)
        if refused is None and sender is not None and _is_plain(push, sender, known.stands):
            good.append(at)
    if good:
        for at, answer in zip(good, _taken(db, [pushes[at] for at in good], known, heads), strict=True):
            came[at] = answer
    return came


def _apart(pushes: Sequence[Push]) -> list[int]:
    """Those whose node and cases no other one before them has."""
    met: set[str] = set()
    found = []
    for at, push in enumerate(pushes):
        mine = {push.header.node, *subjects_of(push.kept)}
        if met.isdisjoint(mine):
            found.append(at)
        met |= mine
    return found


def _asked(centre: Centre, header: Header) -> list[tuple[str, int]]:
    """The entries that a batch follows on: ours that it saw, and its own before it."""
    return [one for one in ((centre.node, seen(header.seen)[0]), (header.node, header.first - 1)) if one[1]]


def _refused(
    centre: Centre, header: Header, sender: rows.Row | None, stands: dict[tuple[str, int], str]
) -> RefusedBatchError | None:
    """In the order in which one that is taken in by itself is judged."""
    now, (seq, digest) = centre.now(), seen(header.seen)
    if sender is None or sender["revoked_at"]:
        return RefusedBatchError(wire.problem("revoked", time=now))
    if seq and stands.get((centre.node, seq)) != digest:
        return RefusedBatchError(wire.problem("restored", time=now))
    have = int(sender["have"])
    return RefusedBatchError(wire.problem("gap", have, now)) if header.first > have + 1 else None


def _is_plain(push: Push, sender: rows.Row, stands: dict[tuple[str, int], str]) -> bool:
    header, have = push.header, int(sender["have"])
    if enrolment.keys_now(sender) != (push.key,):  # looked up before: another by now
        return False
    if header.first != have + 1 or (have and stands.get((header.node, have)) != previous(header).hex()):
        return False
    told = zip(push.kept, push.said, strict=True)
    return not any(wrong(one.entry, data, sender["point_code"]) for one, data in told)


def _heads(push: Push) -> witnessing.Said:
    return witnessing.Said(push.header.node, (push.key,), push.heads, are_held=True)


def _taken(
    db: sa.Connection, pushes: Sequence[Push], here: push_rows.Known, heads: Mapping[tuple[str, str], Head]
) -> list[wire.BatchAnswer]:
    """What is not known yet is asked for, then all is written, in one trip."""
    centre, now = pushes[0].centre, pushes[0].centre.now()
    known = {
        subject: [chain.decoded(one) for one in here.about[subject]]
        for push in pushes
        for subject in subjects_of(push.kept)
    }
    heard = [_heard(push, here.nodes[push.header.node]) for push in pushes]
    named = (file_rows(push.said, one.sender["point_code"]) for push, one in zip(pushes, heard, strict=True))
    rows.add_files(db, [row for some in named for row in some])
    arrived, epoch = arrivals(centre, db, heard, known), int(rows.value(db, "epoch") or 1)
    fresh = {(one.entry.node, one.entry.seq): one.hash.hex() for push in pushes for one in push.kept}
    of = {push.header.node for push in pushes}
    with one_trip(db):
        rows.add_entries(db, [entry_row(one, now, "") for push in pushes for one in push.kept])
        push_rows.add_batches(db, [(*_range(push.header), push.signed) for push in pushes], now)
        arrived.write(centre, db)
        mine = {at: head for at, head in heads.items() if at[1] in of}
        witnessing.put(centre, db, mine, here.heads, here.stands | fresh)
        push_rows.set_nodes(db, [_changed(push, one, now) for push, one in zip(pushes, heard, strict=True)])
    return [wire.BatchAnswer(push.header.node, push.header.last, now, epoch) for push in pushes]


def _heard(push: Push, sender: rows.Row) -> Came:
    ahead = skew(push.centre, push.header.heartbeat, int(sender["skew"]), push.medium)
    return Came(push.kept, sender, ahead, push.medium)


def _range(header: Header) -> tuple[str, int, int]:
    return header.node, header.first, header.last


def _changed(push: Push, heard: Came, now: str) -> dict[str, Any]:
    """What is known now of a node that pushed."""
    heartbeat = left(push.header.heartbeat, len(push.kept))
    return {"of": push.header.node, "last_seen": now, "heartbeat": heartbeat, "skew": heard.skew, **end(push.kept)}
