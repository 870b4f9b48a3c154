"""Files of villages' sticks, handed on in the hall to a window that has a line, and what comes back for them.

The same letter as a township's desk brings to its centre: files stay sealed, whoever carries them opens none. What is
handed on lies on the other window's shelf and goes with its next sync.
"""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.hall import line
from desk.sync.hall.line import Them
from desk.sync.protocol import relayed, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near.roster import Listed
from desk.sync.protocol.relayed import DOWN, RELAYED, UNLOCK, Ask, File, Told
from desk.sync.protocol.seal import seal, unseal_any
from desk.sync.relay.shelf import Shelf

_FOR, _AT = "hall:sticks-for", "hall:sticks-at"  # by village's desk who brought its files here; to whom ours went
_MOST = 500


def _read(db: Database, key: str) -> dict[str, str]:
    kept = local_rows.local(db, key)
    return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}


def _note(store: Store, key: str, more: dict[str, str]) -> None:
    with store.write() as db:
        kept = list((_read(db, key) | more).items())[-_MOST:]
        local_rows.set_local(db, key, msgspec.json.encode(dict(kept)))


# -- the window that has a line --------------------------------------------------------------------------------------


def answer(store: Store, shelf: Shelf, them: Listed, sealed: bytes) -> bytes:
    """Keep the files that `them` brought; the sealed answer holds what came back for the desks of which they brought
    any. Raises BatchError, SealError, SurroundingsError."""
    us = store.identity()
    signed = unseal_any(sealed, healing.own_openers(store, us))
    head, body = RELAYED.unpack(signed, lambda name: (them.keys().sign,) if name == them.node else ())
    if head.to != us.node:
        raise BatchError("这一份不是写给本机的，没有收。")
    asked, files = relayed.unpack(body, Ask)
    for file, data in zip(asked.files, files, strict=True):
        shelf.keep(file, data)
    if asked.files:
        _note(store, _FOR, {one.node or one.name[:12]: them.node for one in asked.files})
    with store.read() as db:
        theirs = {name for name, by in _read(db, _FOR).items() if by == them.node}
    told, back = _back(shelf, theirs, frozenset(asked.have))
    return seal(RELAYED.pack(relayed.Head(us.node, them.node), relayed.pack(told, back), us.keys), them.keys().seal)


def _back(shelf: Shelf, names: set[str], have: frozenset[str]) -> tuple[Told, list[bytes]]:
    """The answers for these desks, as many as one answer holds; those that are there already go from here."""
    found, room = list[tuple[File, bytes]](), relayed.TOGETHER
    for file in shelf.answers():
        if not names & {file.node, file.name[:12]}:
            continue
        if file.name in have:
            shelf.drop(file)
            continue
        data = shelf.read(file)
        room -= len(data)
        if found and (room < 0 or len(found) == relayed.MOST):
            return Told((), tuple(one for one, _ in found), more=True), [one for _, one in found]
        if data:
            found.append((msgspec.structs.replace(file, size=len(data)), data))
    return Told((), tuple(one for one, _ in found)), [data for _, data in found]


# -- the window that has none ----------------------------------------------------------------------------------------


def is_asked(db: Database, node: str) -> bool:
    """Whether files went to that window, whose answers are to come back."""
    return node in _read(db, _AT).values()


def carry(store: Store, shelf: Shelf, us: Identity, place: str, them: Them, *, has_line: bool) -> int:
    """Hand on what waits on the shelf where `them` has a line, and fetch what came back of what was handed on before;
    how many files moved. Raises as `line.ask`, and BatchError, SealError, SurroundingsError."""
    waiting = shelf.waiting() if has_line else ()
    with store.read() as db:
        is_there = is_asked(db, them.node)
    moved, more = 0, bool(waiting) or is_there
    while more:
        group = _group(shelf.waiting() if has_line else ())
        read = [(one, data) for one in group if (data := shelf.read(one))]
        files = tuple(msgspec.structs.replace(one, size=len(data)) for one, data in read)
        have = tuple(one.name for one in shelf.answers())
        told, back = _asked(store, us, place, them, Ask(files, have), [data for _, data in read])
        if files:
            _note(store, _AT, {one.node or one.name[:12]: them.node for one in files})
        for file, data in zip(told.files, back, strict=True):
            shelf.keep(file, data)
        for one in group:
            shelf.drop(one)
        moved += len(files) + len(back)
        more = bool(told.more and back) or bool(group)
    return moved


def _group(waiting: tuple[File, ...]) -> tuple[File, ...]:
    group, size = list[File](), 0
    for one in waiting[: relayed.MOST]:
        size += one.size
        if group and size > relayed.TOGETHER:
            break
        group.append(one)
    return tuple(group)


def _asked(
    store: Store, us: Identity, place: str, them: Them, asked: Ask, files: list[bytes]
) -> tuple[Told, list[bytes]]:
    signed = RELAYED.pack(relayed.Head(us.node, them.node), relayed.pack(asked, files), us.keys)
    got = line.ask(place, us.node, us.keys, them, wire.RELAY, seal(signed, them.keys.seal))
    head, body = RELAYED.unpack(
        unseal_any(got, healing.own_openers(store, us)), lambda name: (them.keys.sign,) if name == them.node else ()
    )
    if head.to != us.node:
        raise BatchError("这一份不是写给本机的，没有收。")
    told, back = relayed.unpack(body, Told)
    if any(one.way not in (DOWN, UNLOCK) for one in told.files):
        raise BatchError("邻窗的回信里夹有别的文件。")
    return told, back
