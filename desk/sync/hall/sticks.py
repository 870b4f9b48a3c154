"""Files of villages' sticks, handed on in the hall to a window that has a line, and what comes back for them.

The same letter as a township's desk brings to its centre: files stay sealed, whoever carries them opens none. What is
handed on lies on the other window's shelf and goes with its next sync.
"""

from __future__ import annotations

import msgspec

from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.hall import line
from desk.sync.hall.line import Them
from desk.sync.protocol import relayed, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near.roster import Listed
from desk.sync.protocol.relayed import DOWN, RELAYED, UNLOCK, WAYS, Ask, File, Told
from desk.sync.protocol.seal import seal, unseal_any
from desk.sync.relay import notes
from desk.sync.relay.shelf import Shelf

# -- the window that has a line --------------------------------------------------------------------------------------


def answer(store: Store, shelf: Shelf, them: Listed, sealed: bytes) -> bytes:
    """Keep the files that `them` brought; the sealed answer holds what lies here for sticks that were last taken in
    there. Raises BatchError, SealError, SurroundingsError."""
    us = store.identity()
    signed = unseal_any(sealed, healing.own_openers(store, us))
    head, body = RELAYED.unpack(signed, lambda name: (them.keys().sign,) if name == them.node else ())
    if head.to != us.node:
        raise BatchError("这一份不是写给本机的，没有收。")
    asked, files = relayed.unpack(body, Ask)
    if any(one.way not in WAYS for one in asked.files):
        raise BatchError("邻窗的来信里夹有别的文件。")
    for file, data in zip(asked.files, files, strict=True):
        shelf.keep(file, data)
    with store.read() as db:
        here = notes.taken_here(db)
    wanted = {} if asked.wants is msgspec.UNSET else asked.wants
    theirs = {name for name, at in wanted.items() if at > here.get(name, "")}
    told, back = _back(shelf, theirs, frozenset(asked.have))
    return seal(RELAYED.pack(relayed.Head(us.node, them.node), relayed.pack(told, back), us.keys), them.keys().seal)


def _back(shelf: Shelf, names: set[str], have: frozenset[str]) -> tuple[Told, list[bytes]]:
    """The answers for these, as many as one answer holds; those that are there already go from here."""
    found, room = list[tuple[File, bytes]](), relayed.TOGETHER
    for file in shelf.answers():
        if file.whose not in names:
            continue
        if file.name in have:
            shelf.drop(file)
            continue
        data = shelf.read(file)
        room -= len(data)
        if found and (room < 0 or len(found) == relayed.MOST):
            break
        if data:
            found.append((msgspec.structs.replace(file, size=len(data)), data))
    return Told((), tuple(one for one, _ in found)), [data for _, data in found]


# -- the window that has none ----------------------------------------------------------------------------------------


def carry(
    store: Store, shelf: Shelf, us: Identity, place: str, them: Them, *, has_line: bool, has_answers: bool
) -> int:
    """Hand on what waits on the shelf where `them` has a line, and fetch what lies there for sticks that were taken in
    here; how many files moved. Raises as `line.ask`, and BatchError, SealError, SurroundingsError."""
    with store.read() as db:
        wants = notes.taken_here(db)
    moved, more = 0, bool((has_line and shelf.waiting()) or (has_answers and wants))
    while more:
        group = _group(shelf.waiting() if has_line else ())
        read = [(one, data) for one in group if (data := shelf.read(one))]
        files = tuple(msgspec.structs.replace(one, size=len(data)) for one, data in read)
        have = tuple(one.name for one in shelf.answers())
        told, back = _asked(store, us, place, them, Ask(files, have, wants), [data for _, data in read])
        for file, data in zip(told.files, back, strict=True):
            shelf.keep(file, data)
        for one in group:
            shelf.drop(one)
        moved += len(files) + len(back)
        more = bool(group or back)  # once more after the last: what is named as here goes from there
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
