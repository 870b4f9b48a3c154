"""The batch that goes next: a run of own entries, signed and sealed to the centre."""

from __future__ import annotations

from pathlib import Path

import msgspec

from db.desk import entry_rows
from desk import clock
from desk.errors import UNREADABLE, DeskError
from desk.log import chain
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.heartbeat import heartbeat
from desk.sync.link import KEPT
from desk.sync.protocol.batch import Header, fitting, pack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import SealError, seal
from desk.sync.trust import witness


class MismatchError(DeskError):
    """Our own records cannot be sent as they are, or do not come together with the centre's. Whoever answered is not to
    blame for it."""


class Ready(msgspec.Struct, frozen=True):
    """A sealed batch of the entries after `after` up to `last`; `left` waited when it was made."""

    after: int
    last: int
    left: int
    sealed: bytes


def made(store: Store, identity: Identity, folder: Path, epoch: int, after: int, size: int) -> Ready:
    """The batch of up to `size` entries after `after`, as many as fit into one, sealed, for a centre in `epoch`. Raises
    MismatchError."""
    try:
        return _sealed(store, identity, folder, epoch, after, size)
    except (BatchError, SealError, chain.BrokenLogError, *UNREADABLE) as error:
        raise MismatchError(
            f"本机第 {after + 1} 条之后的记录读不出来或封不上，送不出去。",
            KEPT,
            "请在设置里做一次备份，再与中心联系。",
        ) from error


def _sealed(store: Store, identity: Identity, folder: Path, epoch: int, after: int, size: int) -> Ready:
    node = identity.node
    with store.read() as db:
        left, oldest = entry_rows.waiting(db, node, after)
        encoded = fitting(entry_rows.entries_after(db, node, after, size))
        seen, now = store.seen(db), clock.stamp(store.tell())
        if not encoded:
            return Ready(after, after, 0, b"")
        heads = witness.mine(store, db, identity, after + len(encoded), now)
    beat = heartbeat(store, folder, left, oldest)
    prev = chain.decoded(encoded[0]).prev
    header = Header("log", node, after + 1, after + len(encoded), len(encoded), prev, heartbeat=beat, seen=seen)
    header = msgspec.structs.replace(header, to=identity.centre_node, epoch=epoch, heads=heads)
    return Ready(after, header.last, left, seal(pack(header, encoded, identity.keys), identity.centre_keys.seal))
