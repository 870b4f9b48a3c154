"""Writings between the levels: what the level above says of ours is heard and shown, and what we say of those of the
centres below us goes down to them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.lists import report_rows
from desk.centre.exchange.trust import witnessing
from desk.centre.levels import passing
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.projection import entry_row
from desk.errors import RefusedError
from desk.folds.office import families, writings
from desk.log.keys import PublicKeys
from desk.log.office_events import Said
from desk.sync.feed import foreign
from desk.sync.link import CentreRefusedError, Link
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Batch, unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import unseal

_FEED, _SEEN = "upstream.feed", "upstream.seen"  # how far we heard the level above; its last entry we took
_TURNS = 10_000


class Heard(msgspec.Struct, frozen=True):
    """How many entries were new, the epoch of the level above, and whether it lost something that it had said."""

    new: int
    epoch: int
    has_lost: bool


def hear(centre: Centre, node: str, keys: PublicKeys, link: Link) -> Heard:
    """Take in what the centre `node` above us says of our writings.

    Raises the errors of the link, SealError, BatchError; what was taken until then stays.
    """
    new, has_lost = 0, False
    for _ in range(_TURNS):
        with centre.database.read() as db:
            after, seen = int(rows.value(db, _FEED) or 0), rows.value(db, _SEEN)
        try:
            batch = _asked(centre, node, keys, link, after, seen)
        except CentreRefusedError as error:
            if error.problem.code != "restored" or not seen:
                raise
            with centre.database.write() as db:
                begin_again(db)  # it came back from a backup
            has_lost = True
            continue
        new += _take(centre, node, keys.sign, batch)
        if not batch.header.more or batch.header.last <= after:
            return Heard(new, batch.header.epoch, has_lost)
    raise BatchError("上级中心的回复没有尽头。")


def begin_again(db: sa.Connection) -> None:
    """Hear the level above from its beginning: it is another one, or it came back from a backup."""
    rows.set_value(db, _FEED, "0")
    rows.set_value(db, _SEEN, "")


def _asked(centre: Centre, node: str, keys: PublicKeys, link: Link, after: int, seen: str) -> Batch:
    signed = unseal(link.get(f"{wire.FEED}?after={after}", centre.node, centre.keys, seen), centre.keys)
    batch = unpack(signed, lambda name: (keys.sign,) if name == node else ())
    is_ours = batch.header.to == centre.node or (not batch.header.to and link.peer.speaks < wire.BOUND)
    if batch.header.kind != "feed" or not is_ours:
        raise BatchError("上级中心的回复不是给本中心的回传批次。")
    return batch


def _take(centre: Centre, node: str, key: bytes, batch: Batch) -> int:
    """Keep the entries about writings, beside ours and apart from our own catalogue: the rest of what the level above
    tells is for its own desks."""
    kept = [foreign(one, node) for one in batch.entries]
    ours = [one for one in kept if families.family_of(one.entry.subject) in families.UPWARD]
    with centre.database.write() as db:
        known = {one.entry.seq: rows.hashes(db, node, one.entry.seq, one.entry.seq) for one in ours}
        other = [one.entry.seq for one in ours if known[one.entry.seq] and known[one.entry.seq] != [one.hash]]
        lost = report_rows.take_out(db, node, min(other)) if other else []  # it said something else since its backup
        fresh = [one for one in ours if not known[one.entry.seq] or (other and one.entry.seq >= min(other))]
        rows.add_entries(db, [entry_row(one, centre.now(), "") for one in fresh])
        witnessing.keep(centre, db, witnessing.Said(node, (key,), batch.header.heads))
        passing.on(centre, db, [one.entry for one in kept])
        subjects = list(dict.fromkeys([*lost, *(one.entry.subject for one in fresh)]))
        centre.project_records(db, centre.about(db, subjects))
        rows.set_value(db, _FEED, str(batch.header.last))
        if kept:
            rows.set_value(db, _SEEN, f"{kept[-1].entry.seq}.{kept[-1].hash.hex()}")
    return len(fresh)


def below(db: sa.Connection) -> list[str]:
    """The centres that speak to us themselves."""
    return rows.centres_below(db)


def is_for(found: writings.Writing, node: str, below: Sequence[str]) -> bool:
    """Whether a writing was sent to the centre `node`, which has the centres `below`."""
    return found.home != node and bool(set(found.sent_by) & set(below))


def mark(centre: Centre, author: str, kind: str, subject: str, said: Said, seen: int) -> None:
    """Say of a writing of a centre below us that we have it, adopt it or circulate it; that centre hears of it.

    Raises RefusedError when it was not sent to us, or someone else said something of it meanwhile.
    """
    with centre.database.write() as db:
        entries = centre.about(db, [subject])[subject]
        writing = writings.fold(entries)
        direct = below(db)
        if writing is None or not is_for(writing, centre.node, direct):
            raise RefusedError("这份材料不是报给本中心的。", "没有改动。")
        _must_move(writing, centre.node, kind)
        centre.say_in(db, [Own(author, kind, subject, said, listener(db, writing))], seen)


def listener(db: sa.Connection, writing: writings.Writing) -> str:
    """The point code of the centre below that sent a writing to us; "" for none."""
    direct = below(db)
    sender = next((one for one in reversed(writing.sent_by) if one in direct), "")
    point = rows.one_node(db, sender)
    return str(point["point_code"]) if point else ""


def _must_move(writing: writings.Writing, node: str, kind: str) -> None:
    """Raise RefusedError when `kind` would say nothing new."""
    probe = writing.mark_of(node)
    order = list(writings.MARKS)
    state = kind.partition(".")[2]
    if state == "forwarded":
        if not writing.adopted_by(node):
            raise RefusedError("采用以后才能报上级。", "没有改动。")
        if node in writing.sent_by:
            raise RefusedError("已经报过上级。", "没有改动。")
        return
    if state not in order or (probe and order.index(state) <= order.index(probe.state)):
        raise RefusedError("这一步已经办过。", "没有改动。")
    if state == "circulated" and not writing.adopted_by(node):
        raise RefusedError("采用以后才能通报。", "没有改动。")
