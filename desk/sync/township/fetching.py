"""The cases and envelopes of a township's villages, asked of the centre after everything of its own."""

from __future__ import annotations

import msgspec

from desk.store import villages
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.feed import foreign
from desk.sync.protocol import letters, village_logs
from desk.sync.protocol.envelope import BatchError

_TURNS = 10_000


class Took(msgspec.Struct, frozen=True):
    """Of one answer: how many entries came, and whether there is more to ask for."""

    new: int
    more: bool


def fetch(store: Store, ask: healing.Ask) -> int:
    """Ask for what the centre has of the villages and we have not; how many entries came. Raises what `ask` raises, and
    BatchError; what was taken until then stays."""
    new = 0
    for _ in range(_TURNS):
        body = question(store)
        if not body:
            return new
        took = take(store, ask(letters.VILLAGES, body))
        new += took.new
        if not took.more:
            return new
    raise BatchError("中心关于下属村的答复没有尽头。")


def question(store: Store) -> bytes:
    """What to ask, where the centre's latest answer offers to tell of villages: b"" for nothing."""
    with store.read() as db:
        return msgspec.json.encode(village_logs.Ask(villages.have(db))) if villages.offered(db) else b""


def take(store: Store, body: bytes) -> Took:
    """Take in an answer in one transaction. One from before the last one, as an old stick brings it, changes nothing.
    The first of a new epoch clears what is here, for the centre may have lost it, and all is asked for again.

    Raises BatchError.
    """
    told, entries = village_logs.unpack(body)
    with store.write() as db:
        before = villages.exchange(db)
        if (told.epoch, told.time) < (before.epoch, before.at):
            return Took(0, more=False)
        villages.set_told(db, told.desks, villages.Exchange(told.epoch, told.time))
        if before.epoch not in (0, told.epoch):
            return Took(0, more=True)
        centre, at, new = store.identity_in(db), 0, 0
        for part in told.parts:
            writer = _writer(told, part, centre)
            kept = [foreign(one, writer) for one in entries[at : at + part.count]]
            new += villages.take(db, part.source, part.point, part.upto, kept)
            at += part.count
    return Took(new, told.more)


def _writer(told: village_logs.Told, part: village_logs.Part, us: Identity) -> str:
    """Who wrote the entries of a part: a desk of that village, or the centre for it."""
    named = {(one.node, one.point_code) for one in told.desks}
    if (part.source, part.point) in named:
        return part.source
    if part.source == part.point and part.point in {point for _, point in named}:
        return us.centre_node
    raise BatchError("中心关于下属村的答复里夹有别处的记录。")
