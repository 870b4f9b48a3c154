"""The centre's feed, applied the same way whether it came by network or by courier."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, picture_rows, sync_rows
from desk import clock
from desk.errors import UNREADABLE
from desk.log import chain
from desk.store import siblings, villages
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.protocol import kin
from desk.sync.protocol.batch import Batch, Header
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.heads import told
from desk.sync.trust import roster_here, witness
from desk.sync.trust import roster_notes as rosters


def foreign(encoded: bytes, node: str) -> chain.Kept:
    """An entry of a feed by the centre `node`: its place in the centre's chain is what it says itself; the batch's
    signature vouches."""
    try:
        prev = bytes.fromhex(chain.decoded(encoded).prev)
    except (*UNREADABLE, ValueError) as error:
        raise BatchError("中心回复里的记录无法识读。") from error
    kept = chain.read(encoded, prev)
    if kept.entry.node != node:
        raise BatchError("中心回复里夹有别处的记录。")
    return kept


def apply_feed(
    store: Store, db: Database, identity: Identity, signed: bytes, batch: Batch, *, by_stick: bool = False
) -> int:
    """Take in a feed batch with its cursor, in the caller's transaction; how many entries were new. What comes
    `by_stick` was made some time before.

    The signed bytes are kept: a centre that comes back from a backup is given its own words again.
    """
    header, cursor = batch.header, store.cursor(db)
    kept = [foreign(one, identity.centre_node) for one in batch.entries]
    new = store.receive(db, kept) if kept else 0
    if new:
        sync_rows.keep_feed(db, header.first, header.last, signed)
        last = kept[-1]
        store.set_seen(db, f"{last.entry.seq}.{last.hash.hex()}")
    known, is_let = store.epoch(db), False
    if header.time is not msgspec.UNSET:
        store.hear_clock(db, header.time, at_least=by_stick)
    if not new and not batch.entries and header.epoch >= known:
        rosters.set_told(db, signed)
    if header.epoch >= known:
        roster_here.now_names(db, header.roster)
        witness.take(store, db, identity, told(header.heads), clock.stamp(store.tell()))
        siblings.set_heads(db, {} if header.siblings is msgspec.UNSET else header.siblings)
        waits = {} if header.waits is msgspec.UNSET else header.waits
        is_let = identity.node in siblings.waits(db) and identity.node not in waits
        siblings.set_waits(db, waits)
        villages.set_offered(db, None if header.villages is msgspec.UNSET else header.villages)
    if known and header.epoch > known:
        picture_rows.all_due_again(db)  # it may have lost pictures
    if header.epoch > known:
        store.set_epoch(db, header.epoch)
    if header.last > cursor:
        store.set_cursor(db, header.last)
    elif header.first < cursor and header.epoch > known:
        store.set_cursor(db, header.first)
    if is_let:
        store.set_cursor(db, 0)  # what was passed over while this desk might not read it
    return new


def keep_lost(store: Store, db: Database, identity: Identity, signed: bytes, batch: Batch) -> None:
    """Keep an answer from before the centre came back from a backup, where it says what is not here. The centre is
    told that we have seen it: it asks for what it lost, and is given its own words again."""
    kept = [foreign(one, identity.centre_node) for one in batch.entries]
    if any(entry_rows.hash_of(db, one.entry.node, one.entry.seq) != one.hash for one in kept):
        sync_rows.keep_feed(db, batch.header.first, batch.header.last, signed)
        store.set_seen(db, f"{kept[-1].entry.seq}.{kept[-1].hash.hex()}")


def apply_neighbour(store: Store, db: Database, identity: Identity, signed: bytes, batch: Batch) -> int:
    """Take in an answer that the centre gave another desk of this point and that a neighbour hands on: what is for the
    point is for all its desks. How many entries were new; nothing of one from another epoch, behind a gap, or to a desk
    that was told less than this one. What it says of the asker's own state is passed over; how far the centre has our
    own log counts where our own hash stands there."""
    header = batch.header
    known, to = store.epoch(db), header.to or ""
    waits = {} if header.waits is msgspec.UNSET else header.waits
    is_whole = to[:12] == identity.point_code and to not in waits and identity.node not in siblings.waits(db)
    if (known and header.epoch != known) or not is_whole or header.first > store.cursor(db):
        return 0
    kept = [foreign(one, identity.centre_node) for one in batch.entries]
    new = store.receive(db, kept) if header.last > store.cursor(db) else 0
    if new:
        sync_rows.keep_feed(db, header.first, header.last, signed)
        store.set_seen(db, f"{kept[-1].entry.seq}.{kept[-1].hash.hex()}")
    if not kept:
        rosters.set_told(db, signed)
    if header.time is not msgspec.UNSET:
        store.hear_clock(db, header.time, at_least=True)
    if not known:
        store.set_epoch(db, header.epoch)
    if header.last > store.cursor(db):
        store.set_cursor(db, header.last)
    _hear_ack(store, db, identity, header)
    return new


def _hear_ack(store: Store, db: Database, identity: Identity, header: Header) -> None:
    heads = {} if header.siblings is msgspec.UNSET else header.siblings
    seq, digest = kin.marked(heads.get(identity.node, ""))
    if seq > store.acked(db) and entry_rows.hash_of(db, identity.node, seq) == digest:
        store.set_acked(db, seq)
