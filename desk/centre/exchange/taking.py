"""What the centre takes in: batches of others' logs, all or nothing, once however often they come.

With the entry that collected a case, the organ has it: it gets its number, and the law's day 0 is today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from db.centre import rows
from desk.centre.exchange import enrolment, lodging, memos, searched, siblings, telling
from desk.centre.exchange.effects import many
from desk.centre.exchange.effects.arriving import Came, arrivals, subjects_of
from desk.centre.exchange.effects.heard import NETWORK, end, left, previous, skew
from desk.centre.exchange.effects.refusing import refuse, said_of
from desk.centre.exchange.effects.speakers import Speaker, must_count
from desk.centre.exchange.trust import addressing, witnessing
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.centre.node.projection import entry_row, note_files
from desk.folds import case as cases
from desk.folds.office import families
from desk.log import chain, events
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Batch, Header, unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import unseal

_PIECE = events.REMEMBERED  # entries looked at together: they are read once and folded


def take_in(centre: Centre, sealed: bytes) -> wire.BatchAnswer:
    """Append a sealed batch to our copy of its node's log.

    Raises SealError, BatchError, BrokenLogError for what is no batch of a node of ours; RefusedBatchError for a gap,
    a fork, a revoked node, or a node that has seen more of us than we have (we came back from a backup).
    """
    with centre.database.readying():
        signed, told = unseal(sealed, centre.keys), Speaker(centre)
        batch = told.opened(signed)
        addressing.must_be_for_us(centre, batch.header.node, batch.header.to or "", known=told.speaks)
        came = _read(centre, signed, batch, NETWORK, told.keys)
    return _judged(centre, came)


def _doubted(centre: Centre, header: Header) -> bool:
    """Whether a fork is our own doubt, and not the word of somebody who holds keys alone: it goes on from an entry that
    we have, or we came back from a backup and may have given a name twice."""
    with centre.database.read() as db:
        here = rows.hashes(db, header.node, header.first - 1, header.first - 1) if header.first > 1 else []
        return here == [previous(header)] if here else int(rows.value(db, "epoch") or 1) > 1


def opened(centre: Centre, sealed: bytes) -> tuple[bytes, Batch]:
    """What was sealed to us and signed by a node of ours: as it came, and read. Raises SealError, BatchError."""
    signed = unseal(sealed, centre.keys)
    return signed, unpack(signed, lambda name: enrolment.sign_keys(centre, name))


def take(centre: Centre, signed: bytes, batch: Batch, medium: str = NETWORK) -> wire.BatchAnswer:
    """As `take_in`, of an opened batch of a node that speaks to us itself. One without entries only says that it is
    there, and what it has seen of us."""
    return _judged(centre, _read(centre, signed, batch, medium))


class _Came(NamedTuple):
    """A batch that was opened, by these `keys` where they were only remembered. `kept`: its entries, each checked
    against the one before; None where they do not hold, which is said in its turn. `push`: how it goes along with
    others."""

    signed: bytes
    batch: Batch
    medium: str
    keys: tuple[bytes, ...]
    kept: Sequence[chain.Kept] | None
    push: many.Push | None


def _read(centre: Centre, signed: bytes, batch: Batch, medium: str, keys: tuple[bytes, ...] = ()) -> _Came:
    """All that can be known of a batch before its turn; `keys`: its signer's, where it may go along with others. Raises
    BatchError."""
    header = batch.header
    _sound(header)
    try:
        kept = chain.read_run(batch.entries, header.node, header.first, previous(header))
    except (BatchError, chain.BrokenLogError):
        return _Came(signed, batch, medium, keys, None, None)
    return _Came(signed, batch, medium, keys, kept, many.read(centre, signed, header, kept, medium, keys))


def _judged(centre: Centre, came: _Came) -> wire.BatchAnswer:
    try:
        return _take(centre, came)
    except RefusedBatchError as error:
        if error.problem.code == "fork" and _doubted(centre, came.batch.header):
            enrolment.doubt(centre, came.batch.header.node)
        raise


def _take(centre: Centre, came: _Came) -> wire.BatchAnswer:
    header = came.batch.header

    def work(db: sa.Connection) -> wire.BatchAnswer:
        sender = _speaker(centre, db, header.node)
        if came.keys:
            must_count(came.signed, came.keys, sender)
        telling.must_be_known(centre, db, header.seen)
        _must_follow(centre, header, sender)
        new = _append(centre, db, sender, came.signed, came.batch, came.kept) if header.count else []
        ahead = skew(centre, header.heartbeat, int(sender["skew"]), came.medium)
        _follow(centre, db, sender, new, ahead, came.medium)
        heads = witnessing.Said(sender["name"], (bytes(sender["sign_key"]),), header.heads)
        witnessing.keep(centre, db, heads)
        heartbeat = left(header.heartbeat, len(new))
        rows.set_node(db, header.node, last_seen=centre.now(), heartbeat=heartbeat, skew=ahead, **end(new))
        return _taken(centre, db, sender, new)

    return centre.database.together(work, many.take if came.push else None, came.push)


def take_returned(centre: Centre, carrier: str, signed: bytes) -> wire.BatchAnswer:
    """A batch of a desk that we lost when we came back from a backup, given back by another desk of its point, which
    kept it as we had handed it on. Raises as `take_in`."""
    batch = unpack(signed, lambda name: siblings.all_keys(centre, carrier, name))
    _sound(batch.header)
    with centre.database.write() as db:
        sender = _speaker(centre, db, batch.header.node)
        _must_follow(centre, batch.header, sender)
        new = _append(centre, db, sender, signed, batch)
        _follow(centre, db, sender, new, int(sender["skew"]), NETWORK)
        if new:
            rows.set_node(db, batch.header.node, **end(new))
        return _taken(centre, db, sender, new)


def _speaker(centre: Centre, db: sa.Connection, node: str) -> rows.Row:
    sender = rows.one_node(db, node, lock=True)
    if sender is None or sender["revoked_at"]:
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    return sender


def _follow(
    centre: Centre, db: sa.Connection, sender: rows.Row, new: Sequence[chain.Kept], ahead: int, medium: str
) -> None:
    """What new entries of a node that speaks to us bring about here."""
    if cases.is_centre(sender["name"]):
        enrolment.learn(db, sender["name"], (one.entry for one in new))
        _project(centre, db, new)
        return
    for at in range(0, len(new), _PIECE):
        piece = new[at : at + _PIECE]
        refuse(centre, db, piece, sender)
        known = centre.about(db, subjects_of(piece), (piece[0].entry.node, piece[0].entry.seq))
        arrivals(centre, db, [Came(piece, sender, ahead, medium)], known).write(centre, db)
        lodging.pass_on(centre, db, piece, sender)
        memos.receive(centre, db, piece, sender["point_code"], sender["point_name"])
        searched.count(centre, db, piece, sender)


def _taken(centre: Centre, db: sa.Connection, sender: rows.Row, new: Sequence[chain.Kept]) -> wire.BatchAnswer:
    epoch = int(rows.value(db, "epoch") or 1)
    have = max(int(sender["have"]), new[-1].entry.seq if new else 0)
    return wire.BatchAnswer(sender["name"], have, centre.now(), epoch)


def take_forwarded(centre: Centre, carrier: str, signed: bytes) -> wire.BatchAnswer:
    """A batch that a centre below us took, as it came: the desk's own signature is checked here again.

    Raises BatchError, BrokenLogError, RefusedBatchError.
    """
    with centre.database.readying():
        batch = unpack(signed, lambda name: enrolment.all_keys(centre, name))
        came = _read(centre, signed, batch, NETWORK)
    header = batch.header

    def work(db: sa.Connection) -> wire.BatchAnswer:
        sender = rows.one_node(db, header.node, lock=True)
        if sender is None or not _through(db, sender, carrier):
            raise RefusedBatchError(wire.problem("unknown_node", time=centre.now()))
        _must_follow(centre, header, sender)
        new = _append(centre, db, sender, signed, batch, came.kept)
        if cases.is_centre(header.node):
            enrolment.learn(db, header.node, (one.entry for one in new))
        _project(centre, db, new)
        keys = (bytes(sender["sign_key"]), *rows.former_keys(db, sender["name"]))
        witnessing.keep(centre, db, witnessing.Said(sender["name"], keys, header.heads))
        heartbeat = left(header.heartbeat, len(new))
        rows.set_node(db, header.node, last_seen=centre.now(), heartbeat=heartbeat, **end(new))
        return _taken(centre, db, sender, new)

    return centre.database.together(work)


def _through(db: sa.Connection, node: rows.Row, carrier: str) -> bool:
    """Whether what `node` says comes to us by way of `carrier`."""
    for _ in range(5):
        if not node["via"]:
            return False
        if node["via"] == carrier:
            return True
        above = rows.one_node(db, node["via"])
        if above is None:
            return False
        node = above
    return False


def _sound(header: Header) -> None:
    if header.kind != "log" or header.count != header.last - header.first + 1 or header.first < 1:
        raise BatchError("批次种类或范围不符，不予接收。")


def _must_follow(centre: Centre, header: Header, sender: rows.Row) -> None:
    """Raise RefusedBatchError where entries before these are not here: also for a batch that only asks, for then we
    lost what we had acknowledged."""
    have = int(sender["have"])
    if header.first > have + 1:
        raise RefusedBatchError(wire.problem("gap", have, centre.now()))


def _append(
    centre: Centre,
    db: sa.Connection,
    sender: rows.Row,
    signed: bytes,
    batch: Batch,
    kept: Sequence[chain.Kept] | None = None,
) -> list[chain.Kept]:
    """The new ones of its entries, appended; `kept` where they were read already."""
    header, have = batch.header, int(sender["have"])
    prev = previous(header)
    kept = kept or chain.read_run(batch.entries, header.node, header.first, prev)
    known = rows.hashes(db, header.node, header.first - 1, min(header.last, have))
    expected = ([prev] if header.first > 1 else []) + [one.hash for one in kept]
    if known != expected[: len(known)]:
        raise RefusedBatchError(wire.problem("fork", have, centre.now()))
    new = list(kept[have - header.first + 1 :])
    if new:
        now = centre.now()
        rows.add_entries(db, [entry_row(one, now, "") for one in new])
        rows.add_batch(db, header.node, header.first, header.last, signed, now)
    return new


def _project(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept]) -> None:
    for at in range(0, len(new), _PIECE):
        piece = new[at : at + _PIECE]
        note_files(db, said_of(piece), piece[0].entry.node[:12])
        told = (one.entry for one in piece if one.entry.kind.startswith(("case.", "entry.refused")))
        subjects = list(dict.fromkeys(entry.subject for entry in told))
        centre.project(db, centre.about(db, subjects))
        written = {one.entry.subject for one in piece if families.family_of(one.entry.subject) in families.UPWARD}
        centre.project_records(db, centre.about(db, sorted(written)))
