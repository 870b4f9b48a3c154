"""Heads of logs that others signed, held against what is here: a centre that shows its desks two histories is found out
by the first desk that hears of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, local_rows
from desk.law.numbers import is_node
from desk.store import siblings
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.protocol import kin
from desk.sync.protocol.heads import MOST, Head
from desk.sync.trust import doubts

_KEPT = "head:"
_MOST_UNCHECKED = 60  # heads by signers whose key is not known here; the latest stay
_HASH = re.compile("[0-9a-f]{64}")
_SIGN = 100  # characters of a signature at most


def mine(store: Store, db: Database, us: Identity, seq: int, now: str) -> tuple[Head, ...]:
    """What this desk signs with a batch up to its entry `seq`: how it has its own log, the centre's and siblings'."""
    known = {us.node: (seq, entry_rows.hash_of(db, us.node, seq) or b"")}
    known[us.centre_node] = kin.marked(store.seen(db))
    for one in siblings.known(db)[: MOST - 2]:
        known[one.node] = entry_rows.head(db, one.node) or (0, b"")
    epoch = store.epoch(db)
    made = (Head(of, at, digest.hex(), us.node, epoch, now) for of, (at, digest) in known.items() if at and digest)
    return tuple(one.signed(us.keys) for one in made)


def take(store: Store, db: Database, us: Identity, heads: Sequence[Head], now: str) -> None:
    """Keep the last head of each log by each signer whose key is known here; what contradicts the log here, or what
    the same one signed before, is noted as a doubt. Heads of others wait, and are looked at when their key has come:
    `heads` may be none."""
    keys = {us.centre_node: (us.centre_keys.sign,)} | {one.node: one.sign_keys for one in siblings.known(db)}
    waiting, later = unchecked(db), list[Head]()
    for head in (*waiting, *heads):
        if us.node in (head.of, head.by):
            continue  # where our own log runs apart we go on under another name, and that is told
        if head.by not in keys:
            if head not in later and _may_wait(head):
                later.append(head)
            continue
        before = kept(db, head.of, head.by)
        if before is not None and before.says(head):
            _hold(store, db, us, before, before, now)  # its signature was checked when it came
        elif head.holds(keys[head.by]):
            _hold(store, db, us, head, before, now)
    if tuple(later) != waiting:
        local_rows.set_local(db, doubts.UNCHECKED, msgspec.json.encode(later[-_MOST_UNCHECKED:]))


def _hold(store: Store, db: Database, us: Identity, head: Head, before: Head | None, now: str) -> None:
    """Hold a head whose signature is good against the log here and what its signer said `before`; keep it, or note a
    doubt."""
    other = before.hash if before and head.contradicts(before) else _here(store, db, us, head)
    if other:
        doubts.note(db, _doubt(us, head, now), msgspec.json.encode((head, before, other)))
    elif before is None or (head is not before and (head.epoch, head.seq) >= (before.epoch, before.seq)):
        local_rows.set_local(db, f"{_KEPT}{head.of}:{head.by}", msgspec.json.encode(head))


def unchecked(db: Database) -> tuple[Head, ...]:
    """Heads that wait for the key of whoever signed them."""
    found = local_rows.local(db, doubts.UNCHECKED)
    return msgspec.json.decode(found, type=tuple[Head, ...]) if found else ()


def _may_wait(head: Head) -> bool:
    """Whether it looks like a head at all: what is kept for later is bounded."""
    is_named = is_node(head.of) and is_node(head.by)
    return is_named and bool(_HASH.fullmatch(head.hash)) and len(head.sign) <= _SIGN and len(head.time) <= _SIGN


def kept(db: Database, of: str, by: str) -> Head | None:
    """The last head of the log `of` that `by` signed, as it came here."""
    found = local_rows.local(db, f"{_KEPT}{of}:{by}")
    return msgspec.json.decode(found, type=Head) if found else None


def new_words(before: Iterable[doubts.Doubt], now: Iterable[doubts.Doubt]) -> list[str]:
    """What has to be said of the doubts that were not there before."""
    known = set(before)
    return [one.words for one in now if one not in known]


def _here(store: Store, db: Database, us: Identity, head: Head) -> str:
    """The hash that stands here where the head has another; "" where they agree, or nothing is here. What was said of
    the centre's log before it came back from a backup is over."""
    if head.of == us.centre_node and head.epoch != store.epoch(db):
        return ""
    held = entry_rows.hash_of(db, head.of, head.seq)
    return held.hex() if held and held.hex() != head.hash else ""


def _doubt(us: Identity, head: Head, now: str) -> doubts.Doubt:
    who = "旗中心" if head.by == us.centre_node else f"同点终端 {head.by} "
    whose = "旗中心" if head.of == us.centre_node else f"终端 {head.of} "
    words = (
        f"{who}签名说{whose}的第 {head.seq} 条记录是另一个样子，与本机知道的不同；"
        "本机的没有改动，两边的都留着备查。请与旗中心核对，也可在中心的公开页“记录校验”上比对。"
    )
    return doubts.Doubt(head.of, f"{head.seq}.{head.hash}", words, now)
