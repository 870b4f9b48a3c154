"""The files of villages' sticks, carried to the centre by their township's desk and answered: over its own network,
whenever it is there. What is on the way stays on the shelf until the centre has answered for it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator

import msgspec

from desk import clock
from desk.errors import CancelledError
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.link import CentreRefusedError, Link
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.sync.protocol import relayed, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.relayed import DOWN, PICS, RELAYED, UNLOCK, Ask, File, Line, Told
from desk.sync.protocol.seal import seal, unseal
from desk.sync.relay import notes as relay_notes
from desk.sync.relay.shelf import Shelf

Post = Callable[[Ask, list[bytes]], tuple[Told, list[bytes]]]
_TURNS = 1000  # of answers to one request


class Carried(msgspec.Struct, frozen=True):
    """What was carried: how many files went up and came back, what became of them, of which villages; `pictures` are
    the hashes of the parts of pictures among them."""

    sent: int = 0
    back: int = 0
    lines: tuple[Line, ...] = ()
    points: frozenset[str] = frozenset()
    pictures: tuple[str, ...] = ()


def carry(
    store: Store,
    identity: Identity,
    link: Link,
    shelf: Shelf,
    report: Report,
    cancelled: Cancelled,
    told: Callable[[tuple[Line, ...]], object] = lambda _lines: None,
) -> tuple[int, int]:
    """Carry all that waits on the shelf, a few files at a time, and keep what the centre says of them, which `told`
    hears too: how many files went up, how many answers came.

    Raises as `Link.post`, and SealError, BatchError, SurroundingsError, CancelledError; what was carried until then is
    done, and the rest stays.
    """
    ask, waiting, sent, back = _post(link, identity), shelf.waiting(), 0, 0
    for group in _groups(waiting):
        if cancelled():
            raise CancelledError("已停下。", "还没有转送的文件都在本机。", "下次同步时接着送。")
        report(SyncProgress("转送村里的U盘", sent, len(waiting)))
        done = _carried(shelf, ask, group)
        with store.write() as db:
            relay_notes.sent(db, clock.stamp(store.tell()), done.points, done.lines)
            relay_notes.sent_pictures(db, done.pictures)
        for one in group:
            if not shelf.wants(one, time.time()):
                shelf.drop(one)
        told(done.lines)
        sent, back = sent + done.sent, back + done.back
    return sent, back


def _post(link: Link, identity: Identity) -> Post:
    """How the centre is asked; BatchError also where its program does not know of this yet."""

    def ask(asked: Ask, files: list[bytes]) -> tuple[Told, list[bytes]]:
        body = RELAYED.pack(relayed.Head(identity.node), relayed.pack(asked, files), identity.keys)
        try:
            got = link.post(wire.RELAY, seal(body, identity.centre_keys.seal), wire.OCTETS)
        except CentreRefusedError as error:
            if error.problem.code == "absent":
                raise BatchError("中心的程序还不能收转送的U盘，请中心升级；文件都留在本机。") from error
            if error.problem.code == "broken":
                raise BatchError(error.happened) from error
            raise
        return _answer(unseal(got, identity.keys), identity)

    return ask


def _answer(signed: bytes, identity: Identity) -> tuple[Told, list[bytes]]:
    centre, key = identity.centre_node, identity.centre_keys.sign
    _, body = RELAYED.unpack(signed, lambda name: (key,) if name == centre else ())
    told, files = relayed.unpack(body, Told)
    if any(one.way not in (DOWN, UNLOCK) for one in told.files):
        raise BatchError("中心的回信里夹有别的文件。")
    return told, files


def _groups(files: tuple[File, ...]) -> Iterator[tuple[File, ...]]:
    """As many as go together, in their order."""
    group, size = list[File](), 0
    for one in files:
        if group and (len(group) == relayed.MOST or size + one.size > relayed.TOGETHER):
            yield tuple(group)
            group, size = [], 0
        group.append(one)
        size += one.size
    if group:
        yield tuple(group)


def _carried(shelf: Shelf, ask: Post, group: tuple[File, ...]) -> Carried:
    """Ask until all answers to these files are on the shelf."""
    read = [(one, data) for one in group if (data := shelf.read(one))]
    files = tuple(msgspec.structs.replace(one, size=len(data)) for one, data in read)
    have, lines = list[str](), tuple[Line, ...]()
    for _ in range(_TURNS):
        told, back = ask(Ask(files, tuple(have)), [data for _, data in read])
        for file, data in zip(told.files, back, strict=True):
            shelf.keep(file, data)
        have += [one.name for one in told.files]
        lines = lines or told.lines
        if not told.more or not told.files:
            break
    points = frozenset(one.node[:12] for one in files if one.node)
    pictures = tuple(hashlib.sha256(data).hexdigest() for one, data in read if one.way == PICS)
    return Carried(len(files), len(have), lines, points, pictures)
