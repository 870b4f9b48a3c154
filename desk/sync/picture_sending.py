"""Pictures go up after the entries that name them: small ones first, in parts that go on where the link broke."""

from __future__ import annotations

import time
from typing import TypeVar

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, local_rows, picture_rows
from desk import clock
from desk.errors import UNREADABLE, CancelledError
from desk.log import chain, events
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.link import CentreRefusedError, Link
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.parts import MAX_ASKED, MAX_PART, PARTS, Head
from desk.sync.protocol.seal import seal

_SEEN = "files-noted"  # the log from before this table was looked through
_LEAST, _FIRST, _MOST = 8 << 10, 64 << 10, MAX_PART - 4096  # bytes of a part
_QUICK = 2.0  # seconds: a part that took less may be followed by a larger one
_RUN = 2000


class Sent(msgspec.Struct, frozen=True):
    """How many pictures the centre has now that it had not, and how many it refuses."""

    done: int
    refused: int

    def words(self) -> str:
        """For a person; "" when none was refused."""
        return f"有 {self.refused} 张图片中心没有接收，其余的照常送出；下次再送。" if self.refused else ""


def is_due(db: Database) -> bool:
    """Whether there is a picture to send, or an older log to look through for some."""
    return local_rows.local(db, _SEEN) is None or picture_rows.any_due(db)


def send(store: Store, identity: Identity, link: Link, report: Report, cancelled: Cancelled) -> Sent:
    """Send what the centre lacks. One that it refuses keeps no other back. Raises the errors of the link."""
    look_through(store, identity.node)
    with store.read() as db:
        due = picture_rows.due_files(db)
    done = refused = 0
    have, wanted = dict[str, int](), set[str]()
    for start in range(0, len(due), MAX_ASKED):
        answer = _state(identity, link, [picture["sha256"] for picture in due[start : start + MAX_ASKED]])
        have |= answer.have
        wanted |= set(answer.wanted)
    due.sort(key=lambda picture: picture["sha256"] not in wanted)  # stable: small ones first within each
    for at, picture in enumerate(due):
        report(SyncProgress("送出图片", at, len(due)))
        if picture["sha256"] not in have:
            continue  # the centre does not know the entry yet that names it
        try:
            is_there = have[picture["sha256"]] == -1 or _up(
                store, identity, link, picture, have[picture["sha256"]], cancelled
            )
        except CentreRefusedError as error:
            if error.problem.code != "broken":
                raise
            refused += 1
            continue
        if is_there:
            with store.write() as db:
                picture_rows.set_at_centre(db, picture["sha256"], clock.stamp(store.tell()))
            done += 1
    return Sent(done, refused)


def look_through(store: Store, node: str) -> None:
    """Once: pictures of a log that is older than this table. Since then every entry notes its own."""
    with store.read() as db:
        seen = local_rows.local(db, _SEEN)
    after = 0
    while seen is None:
        with store.write() as db:
            encoded = entry_rows.entries_after(db, node, after, _RUN)
            entries = [chain.decoded(one) for one in encoded]
            store.note_files(db, (ref for one in entries for ref in events.files(events.decode(one.kind, one.data))))
            after += len(encoded)
            if len(encoded) < _RUN:
                seen = b"1"
                local_rows.set_local(db, _SEEN, seen)


def _state(identity: Identity, link: Link, hashes: list[str]) -> wire.FileStateAnswer:
    packed = PARTS.pack(
        Head("state", identity.node, to=identity.centre_node), msgspec.json.encode(hashes), identity.keys
    )
    answer = link.post(wire.FILE_STATE, seal(packed, identity.centre_keys.seal), wire.OCTETS, identity.node)
    return _read(answer, wire.FileStateAnswer)


def _up(
    store: Store, identity: Identity, link: Link, picture: dict[str, object], have: int, cancelled: Cancelled
) -> bool:
    """Send one picture from byte `have` on; whether the centre has it whole."""
    sha256 = str(picture["sha256"])
    with store.read() as db:
        kept = picture_rows.file(db, sha256)
    data = bytes(kept["bytes"]) if kept else b""
    size, failed = _FIRST, 0
    while 0 <= have <= len(data) and failed < 2:
        if cancelled():
            raise CancelledError("同步已停下。", "没送完的图片下次从断的地方接着送。", "需要时再点“立即同步”。")
        head = Head("part", identity.node, sha256, have, to=identity.centre_node)
        packed = PARTS.pack(head, data[have : have + size], identity.keys)
        begin = time.monotonic()
        try:
            sealed = seal(packed, identity.centre_keys.seal)
            answer = _read(link.post(wire.FILES, sealed, wire.OCTETS, identity.node), wire.FileAnswer)
        except CentreRefusedError as error:
            if error.problem.code != "too_large" or size <= _LEAST:
                raise
            size = max(size // 2, _LEAST)
            continue
        failed += answer.have != -1 and answer.have <= have
        have = answer.have
        size = min(size * 2, _MOST) if time.monotonic() - begin < _QUICK else max(size // 2, _LEAST)
    return have == -1


_T = TypeVar("_T")


def _read(answer: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(answer, type=kind)
    except UNREADABLE as error:
        raise BatchError("中心关于图片的回复无法识读。") from error
