"""What a neighbour brought, taken in: each signed thing by itself, checked with its writer's key; batches of logs for a
moment in one transaction.

A neighbour's word never makes what is here give way: where two copies of a log ran apart, both stay, nothing more of
that log is taken from neighbours, and the centre says later which one counts.
"""

from __future__ import annotations

import time
from collections import deque

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, sibling_rows
from desk import clock
from desk.errors import DeskError
from desk.log import chain
from desk.store import siblings
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.feed import apply_neighbour
from desk.sync.kept import notes as named
from desk.sync.protocol import kin
from desk.sync.protocol.batch import unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near.parcel import Parcel, Parts
from desk.sync.siblings import keys_of_all, opened
from desk.sync.trust import doubts, roster_here
from desk.sync.trust import roster_notes as rosters

_MOMENT = 0.2  # seconds: whoever registers meanwhile waits for little more than that


class Took(msgspec.Struct, frozen=True):
    """Entries that were new, how many of them are the centre's, and what was not taken, in words."""

    new: int = 0
    of_centre: int = 0
    bad: tuple[str, ...] = ()


class _ApartError(DeskError):
    """A log here and a neighbour's copy of it ran apart."""


def take(store: Store, node: str, parcel: Parcel, parts: Parts) -> Took:
    """Take in what `node` brought. What is bad stops nothing else of it."""
    new, of_centre, bad = 0, 0, list[str]()
    for data in parts.rosters[:1]:
        try:
            roster_here.take(store, data)
        except BatchError as error:
            bad.append(error.happened)
    _compare(store, node, parcel)
    if _is_shut_out(store, node):
        return Took(bad=(f"终端 {node} 已被停用，没有收它的内容。",))
    for data in parts.feeds:
        try:
            of_centre += _take_feed(store, data)
        except (BatchError, chain.BrokenLogError) as error:
            bad.append(error.happened)
    logs = deque(parts.logs)
    while logs:
        new += _some_logs(store, logs, bad)
    return Took(new + of_centre, of_centre, tuple(dict.fromkeys(bad)))


def _some_logs(store: Store, logs: deque[bytes], bad: list[str]) -> int:
    """Take in as many of `logs` as a moment allows, in one transaction: each commit writes the pages of every index
    once more. What is wrong with one of them is added to `bad`."""
    new, until = 0, time.monotonic() + _MOMENT
    with store.write(much=True) as db:
        while logs and (not new or time.monotonic() < until):
            try:
                new += _take_log(store, db, logs.popleft())
            except (BatchError, chain.BrokenLogError, _ApartError) as error:
                bad.append(error.happened)
    return new


def _is_shut_out(store: Store, node: str) -> bool:
    with store.read() as db:
        roster = roster_here.known(db, store.identity_in(db))
    found = roster.find(node) if roster else None
    return found is None or bool(found.revoked)


def _take_feed(store: Store, data: bytes) -> int:
    with store.write() as db:
        us = store.identity_in(db)
        batch = unpack(data, lambda name: (us.centre_keys.sign,) if name == us.centre_node else ())
        if batch.header.kind != "feed":
            raise BatchError("邻窗给的不是中心的回复。")
        return apply_neighbour(store, db, us, data, batch)


def _take_log(store: Store, db: Database, signed: bytes) -> int:
    """Take in one batch; how many entries were new. What raises has written nothing: a savepoint for each would have
    the index of words written to the disk each time."""
    us = store.identity_in(db)
    keys = keys_of_all(db, us) | {us.node: us.sign_keys(us.node)}
    shut_out = {one.node for one in siblings.known(db) if one.revoked}
    header, kept = opened(db, signed, {name: found for name, found in keys.items() if name not in shut_out})
    here = entry_rows.hashes_of(db, header.node, header.first, header.first + len(kept) - 1)
    same = next((at for at, one in enumerate(kept) if here.get(one.entry.seq) != one.hash), len(kept))
    if same == len(kept):
        return 0
    if kept[same].entry.seq in here or header.node in rosters.apart(db):
        raise _ApartError(f"终端 {header.node} 的记录与本机的对不上，没有收。")
    if header.node == us.node:  # out of an old backup: pictures that it named then are still to be sent
        store.note_files(db, named.files_of(kept[same:]))
    else:
        sibling_rows.keep_batch(db, header.node, header.first, header.last, signed)
    named.note(db, us, kept[same:])
    return store.add_new(db, kept[same:])


def _compare(store: Store, node: str, parcel: Parcel) -> None:
    """Note the logs of which this neighbour has another history than the one here, once."""
    with store.read() as db:
        us, known = store.identity_in(db), rosters.apart(db)
        names = {us.node, *(one.node for one in siblings.known(db))}
        found = {name: mark for name, mark in parcel.have.items() if name in names and name not in known}
        other = {name: mark for name, mark in found.items() if _is_other(db, name, mark)}
    if not other:
        return
    with store.write() as db:
        now = clock.stamp(store.tell())
        rosters.set_apart(db, rosters.apart(db) | dict.fromkeys(other, now))
        for name, mark in other.items():
            words = _words(us, name, node)
            doubts.note(db, doubts.Doubt(name, mark, words, now), mark.encode())


def _is_other(db: Database, name: str, mark: str) -> bool:
    seq, digest = kin.marked(mark)
    held = entry_rows.hash_of(db, name, seq) if seq else None
    return held is not None and held != digest


def _words(us: Identity, name: str, by: str) -> str:
    if name == us.node:
        return (
            f"邻窗 {by} 存的本机记录与本机的不一样：本机恢复过旧备份，或另一台电脑用着同一个终端编号。两边都留着，"
            "没有丢失；连上中心后本机会自动改用新编号。在那之前本机新收的件暂时不到邻窗。"
        )
    return f"邻窗 {by} 存的终端 {name} 的记录与本机的不一样，两边都留着，暂不从邻窗收它的记录；连上中心后以中心的为准。"
