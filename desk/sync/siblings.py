"""The logs of the other desks of this point: one counter at several machines.

Each is taken in as it is at the centre, checked with its writer's own keys and entry by entry; nothing is believed
because the centre says so but whose a key is. A centre that came back from a backup is given back what it lost of them.
Where a sibling's log ran apart from what is here, the centre's copy counts, and facts that are nowhere else are said
again by this desk.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from functools import partial

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, sibling_rows
from desk import clock
from desk.errors import UNREADABLE, DeskError
from desk.log import chain
from desk.store import siblings
from desk.store.entries import entries_about
from desk.store.identity import Identity
from desk.store.siblings import Sibling
from desk.store.store import Store
from desk.sync import healing
from desk.sync.kept import notes as named
from desk.sync.protocol import kin, letters, wire
from desk.sync.protocol.batch import BATCHES, Header, fitting, pack, unpack
from desk.sync.protocol.envelope import BatchError, StrangerError
from desk.sync.trust import doubts, roster_here, witness
from desk.sync.trust import roster_notes as rosters

_TURNS = 10_000
_ENTRIES = 4000  # of a log of our own former name, in one batch


class Took(msgspec.Struct, frozen=True):
    """Of one answer: how many entries were new, and whether there is more to ask for."""

    new: int
    more: bool


def are_due(db: Database, us: Identity) -> bool:
    """Whether there is anything to ask, give back or look through: the centre names another roster, a neighbour has
    another log, or a log does not end at the centre as it does here."""
    if rosters.apart(db) or roster_here.is_wanted(db, us):
        return True
    heads = siblings.heads(db)
    return any((entry_rows.head(db, node) or (0, b"")) != kin.marked(head) for node, head in heads.items())


def fetch(store: Store, ask: healing.Ask) -> int:
    """Ask for what the centre has of the siblings and we have not, once it has all of our own log; how many entries
    were new. Raises what `ask` raises, BatchError, BrokenLogError; what was taken until then stays."""
    with store.read() as db:
        is_wanted, is_apart = roster_here.is_wanted(db, store.identity_in(db)), bool(rosters.apart(db))
    if is_apart:
        with store.write() as db:
            _agreed(store, db)
    if is_wanted:
        roster_here.take(store, ask(letters.ROSTER, b"{}"))
    new = 0
    for _ in range(_TURNS):
        with store.read() as db:
            lacking = _lacking(db)
            body = _question(db, lacking)
        if not lacking:
            return new
        took = take(store, ask(letters.SIBLINGS, body))
        new += took.new
        if not took.more or not took.new:
            return new
    raise BatchError("中心关于同点终端的答复没有尽头。")


def _agreed(store: Store, db: Database) -> None:
    """A log that is here as the centre has it counts, whatever a neighbour has."""
    own, heads = store.identity_in(db).node, siblings.heads(db)
    for node in rosters.apart(db):
        if node == own or (node in heads and _is_here(db, node, heads[node])):
            rosters.agreed(db, node)


def question(store: Store) -> bytes:
    """What to ask for by stick, where the centre's latest answer names siblings: b"" for nothing."""
    with store.read() as db:
        named = list(siblings.heads(db))
        return _question(db, named) if named else b""


def _lacking(db: Database) -> list[str]:
    """Siblings of whom the centre has an entry that is not here."""
    return [node for node, head in siblings.heads(db).items() if not _is_here(db, node, head)]


def _is_here(db: Database, node: str, head: str) -> bool:
    seq, digest = kin.marked(head)
    return not seq or entry_rows.hash_of(db, node, seq) == digest


def _question(db: Database, nodes: list[str]) -> bytes:
    return msgspec.json.encode(kin.Ask({node: tuple(_marks(db, node)) for node in nodes}))


def _marks(db: Database, node: str) -> Iterator[str]:
    last = entry_rows.head(db, node)
    for seq in kin.rungs(last[0] if last else 0):
        yield kin.mark(seq, entry_rows.hash_of(db, node, seq) or b"")


# -- what comes ----------------------------------------------------------------------------------------------------


def take(store: Store, body: bytes) -> Took:
    """Take in an answer, batch by batch, each in a transaction of its own. One from before the centre came back from a
    backup changes nothing. Raises the first BatchError, BrokenLogError, once the others are in."""
    told, batches = kin.unpack(body)
    with store.write() as db:
        if told.epoch < store.epoch(db):
            return Took(0, more=False)
        before = {one.node: one.sign_keys for one in siblings.known(db)}
        siblings.set_known(db, tuple(_known(one) for one in told.siblings))
        witness.take(store, db, store.identity_in(db), (), clock.stamp(store.tell()))  # those that waited for a key
    new, bad = 0, list[DeskError]()
    for data in batches:
        try:
            with store.write(much=True) as db:
                new += _take_batch(store, db, data, before)
        except (BatchError, chain.BrokenLogError) as error:
            bad.append(error)
            if isinstance(error, StrangerError):
                _doubt(store, data)
    for one in told.siblings:
        with store.write() as db:
            _look_through(store, db, one)
            if _is_here(db, one.node, one.head):
                rosters.agreed(db, one.node)
    if bad:
        raise bad[0]
    return Took(new, told.more)


def _doubt(store: Store, signed: bytes) -> None:
    """Note a batch that its writer's keys did not sign, and keep it beside."""
    header, _ = BATCHES.peek(signed)
    at = f"{header.last}.{hashlib.sha256(signed).hexdigest()}"
    words = (
        f"中心给的 {header.node} 第 {header.first} 至 {header.last} 条记录不是那台终端签的名，没有收；"
        "本机已有的没有改动，中心给的另存着备查。请与旗中心和那台终端核对。"
    )
    with store.write() as db:
        doubts.note(db, doubts.Doubt(header.node, at, words, clock.stamp(store.tell())), signed)


def _known(told: kin.Sibling) -> Sibling:
    try:
        return Sibling(told.node, tuple(wire.from_text(key) for key in told.sign_keys), told.revoked)
    except (*UNREADABLE, ValueError) as error:
        raise BatchError("同点终端的密钥无法识读。") from error


def keys_of_all(db: Database, us: Identity) -> dict[str, tuple[bytes, ...]]:
    """By name of a sibling the keys that count for its log: the centre says whose a key is; of a name that this machine
    had before it knows that itself."""
    told = {one.node: one.sign_keys for one in siblings.known(db) if one.node[:12] == us.node[:12]}
    mine = {one.node: us.sign_keys(one.node) for one in us.former}
    return {node: keys for node, keys in (told | mine).items() if node != us.node}


def _take_batch(store: Store, db: Database, signed: bytes, before_now: dict[str, tuple[bytes, ...]]) -> int:
    """Take in one batch. `before_now`: the keys that were known until this answer: what is here gives way to what they
    signed alone."""
    keys = keys_of_all(db, store.identity_in(db))
    header, kept = opened(db, signed, keys)
    old = before_now.get(header.node, keys.get(header.node, ()))
    return _add(store, db, header, kept, signed, old)


def opened(db: Database, signed: bytes, keys: dict[str, tuple[bytes, ...]]) -> tuple[Header, list[chain.Kept]]:
    """A batch of a log, signed with one of `keys` of its writer, that follows what is here. Raises BatchError,
    BrokenLogError."""
    batch = unpack(signed, lambda name: keys.get(name, ()))
    header = batch.header
    try:
        prev = bytes.fromhex(header.prev)
    except ValueError as error:
        raise BatchError("同点终端的批次头无法识读。") from error
    kept = chain.read_run(batch.entries, header.node, header.first, prev)
    before = entry_rows.hash_of(db, header.node, header.first - 1) if header.first > 1 else chain.GENESIS
    if header.kind != "log" or not kept or before != prev:
        raise BatchError("同点终端的记录接不上，没有收。")
    return header, kept


def _add(
    store: Store, db: Database, header: Header, kept: list[chain.Kept], signed: bytes, old: tuple[bytes, ...]
) -> int:
    here = entry_rows.hashes_of(db, header.node, header.first, header.first + len(kept) - 1)
    same = next((at for at, one in enumerate(kept) if here.get(one.entry.seq) != one.hash), len(kept))
    if same == len(kept):
        return 0
    if kept[same].entry.seq in here:
        unpack(signed, lambda name: old if name == header.node else ())
        _give_way(store, db, header.node, header.first + same - 1)
    sibling_rows.keep_batch(db, header.node, header.first, header.last, signed)
    named.note(db, store.identity_in(db), kept[same:])
    return store.add_new(db, kept[same:])


# -- where two copies ran apart --------------------------------------------------------------------------------------


def _give_way(store: Store, db: Database, node: str, common: int) -> None:
    """The centre has another log of this sibling after `common`: that one counts; ours lies aside until the whole of
    the other is here."""
    now = clock.stamp(store.tell())
    aside = [chain.decoded(one) for one in entry_rows.set_aside(db, node, common, now)]
    sibling_rows.drop_batches(db, node, common)
    siblings.set_apart(db, {node: now} | siblings.apart(db))
    store.work_out(db, ((one.kind, one.subject) for one in aside))


def _look_through(store: Store, db: Database, told: kin.Sibling) -> None:
    """Once a sibling's other log is here whole: what of the one that gave way nobody else knows, we say again."""
    since = siblings.apart(db)
    if told.node not in since or not _is_here(db, told.node, told.head):
        return
    aside = [chain.decoded(one) for one in sibling_rows.aside_since(db, told.node, since[told.node])]
    lost = [one for one in aside if not healing.is_said(db, one)]
    if lost:
        us, taken, until = store.identity_in(db).node, healing.collected(lost), since[told.node]
        meant = [one for was in taken for one in entries_about(db, was) if one.node == us and one.time < until]
        changed, _ = healing.carry(store, db, us, [*lost, *meant], taken, partial(healing.alike, aside[0]))
        healing.leave(store, db, us, {one.subject: changed[one.subject] for one in meant})
    siblings.set_apart(db, {node: time for node, time in since.items() if node != told.node})


# -- what the centre lost ---------------------------------------------------------------------------------------------


def give_back(store: Store, ask: Callable[[str, bytes], object]) -> int:
    """Offer the centre the siblings' batches that it lost when it came back from a backup, as they came; how many.
    What it does not take now it is offered again next time. Raises what `ask` raises, but for a no."""
    with store.read() as db:
        lost = _lost(db, store.identity_in(db))
    given = 0
    for data in lost:
        with contextlib.suppress(letters.ProblemError):
            ask(letters.RETURNED, data)
            given += 1
    return given


def _lost(db: Database, identity: Identity) -> list[bytes]:
    revoked = {one.node for one in siblings.known(db) if one.revoked}
    found: list[bytes] = []
    for node, head in siblings.heads(db).items():
        seq, _ = kin.marked(head)
        last = entry_rows.head(db, node)
        if node not in revoked and last and last[0] > seq and _is_here(db, node, head):
            found += sibling_rows.batches_beyond(db, node, seq) or list(_former(db, identity, node, seq))
    return found


def _former(db: Database, identity: Identity, node: str, seq: int) -> Iterator[bytes]:
    """What this machine itself wrote under a name that it had before, signed again with the keys of then."""
    if node not in {one.node for one in identity.former}:
        return
    while encoded := fitting(entry_rows.entries_after(db, node, seq, _ENTRIES)):
        prev = chain.decoded(encoded[0]).prev
        yield pack(
            Header("log", node, seq + 1, seq + len(encoded), len(encoded), prev), encoded, identity.keys_of(node)
        )
        seq += len(encoded)
