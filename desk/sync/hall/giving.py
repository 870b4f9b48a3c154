"""What a neighbour lacks of what is here, as signed bytes: logs by their writers, the centre's words by the centre."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, sibling_rows, sync_rows
from desk.log import chain
from desk.store import siblings
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.protocol import kin
from desk.sync.protocol.batch import BATCHES, Header, fitting, pack
from desk.sync.protocol.near.parcel import MOST, Parcel, Parts, Window
from desk.sync.protocol.near.roster import Listed
from desk.sync.trust import roster_here
from desk.sync.trust import roster_notes as rosters

_ENTRIES = 500  # of an own log in one batch: whoever registers meanwhile waits for no more than that


class Room:
    """How many bytes still fit; the first part always does."""

    def __init__(self) -> None:
        self.left, self.is_full = MOST, False

    def take(self, data: bytes) -> bool:
        """Whether it fits, counting it."""
        if self.left < MOST and len(data) > self.left:
            self.is_full = True
            return False
        self.left -= len(data)
        return True


def state(store: Store, db: Database, us: Identity, window: Window) -> Parcel:
    """What is here, without any part."""
    names = (us.node, *(one.node for one in us.former), *(one.node for one in siblings.known(db)))
    heads = {name: head for name in names if (head := entry_rows.head(db, name))}
    have = {name: kin.mark(*head) for name, head in heads.items()}
    roster = roster_here.known(db, us)
    at = (roster.head.epoch, roster.head.number) if roster else (0, 0)
    no = tuple(sorted(rosters.apart(db)))
    return Parcel(have, store.epoch(db), store.cursor(db), _told_at(db), at, no, window)


def _told_at(db: Database) -> str:
    data = rosters.told(db)
    return str(BATCHES.peek(data)[0].time) if data else ""


def parcel(
    store: Store, db: Database, us: Identity, them: Listed, theirs: Parcel | None, window: Window
) -> tuple[Parcel, Parts]:
    """What is here, with what of it `them` lacks by `theirs`, as much as one parcel holds; no part where it is not
    known yet what they have. A desk that may not read the point's past is given the roster alone."""
    mine, room = state(store, db, us, window), Room()
    if theirs is None:
        return mine, Parts()
    is_late = theirs.roster < mine.roster
    found = (rosters.signed(db),) if is_late and room.take(rosters.signed(db)) else ()
    if them.waits:
        return mine, Parts(found)
    feeds = tuple(_feeds(store, db, us, theirs, room))
    logs = tuple(one for name in sorted(mine.have) for one in _log(db, us, name, mine, theirs, them, room))
    return msgspec.structs.replace(mine, more=room.is_full), Parts(found, feeds, logs)


def _feeds(store: Store, db: Database, us: Identity, theirs: Parcel, room: Room) -> Iterator[bytes]:
    """The centre's answers beyond what they have read, in order, and its latest word."""
    epoch = store.epoch(db)
    if not epoch or theirs.epoch not in (0, epoch) or us.node in siblings.waits(db):
        return
    for data in sync_rows.feeds_beyond(db, theirs.cursor):
        if not room.take(data):
            return
        yield data
    told = rosters.told(db)
    if told and theirs.told < _told_at(db) and room.take(told):
        yield told


def _log(
    db: Database, us: Identity, name: str, mine: Parcel, theirs: Parcel, them: Listed, room: Room
) -> Iterator[bytes]:
    """The batches of one log beyond what they have. Where both ran apart, its writer alone is shown that."""
    if name in theirs.no or name in mine.no:
        return
    seq, digest = kin.marked(theirs.have.get(name, ""))
    head = entry_rows.head(db, name)
    if head is None or seq > head[0] or (seq and head == (seq, digest)):
        return
    if seq and entry_rows.hash_of(db, name, seq) != digest:
        if name == them.node:
            yield from (one for one in sibling_rows.batches_beyond(db, name, seq - 1)[:1] if room.take(one))
        return
    for data in _batches(db, us, name, seq):
        if not room.take(data):
            return
        yield data


def _batches(db: Database, us: Identity, name: str, seq: int) -> Iterator[bytes]:
    own = name == us.node or any(one.node == name for one in us.former)
    if not own:
        yield from sibling_rows.batches_in_order(db, name, seq)
        return
    keys = us.keys_of(name)
    while encoded := _some(entry_rows.entries_after(db, name, seq, _ENTRIES)):
        prev = chain.decoded(encoded[0]).prev
        header = Header(
            "log", name, seq + 1, seq + len(encoded), len(encoded), prev, to=us.centre_node or msgspec.UNSET
        )
        yield pack(header, encoded, keys)
        seq += len(encoded)


def _some(encoded: list[bytes]) -> list[bytes]:
    """As many as one parcel holds unpacked, one at least: the memory of an old PC is small."""
    size, taken = 0, list[bytes]()
    for one in fitting(encoded):
        size += len(one)
        if taken and size > 4 * MOST:
            break
        taken.append(one)
    return taken


def lacks(mine: Parcel, theirs: Parcel) -> bool:
    """Whether they seem to have anything that is not in `mine`."""
    ahead = any(
        kin.marked(mark)[0] > kin.marked(mine.have.get(name, ""))[0]
        for name, mark in theirs.have.items()
        if name not in mine.no and name not in theirs.no
    )
    is_feed = theirs.epoch == mine.epoch and theirs.cursor > mine.cursor
    return ahead or is_feed or theirs.roster > mine.roster or theirs.more
