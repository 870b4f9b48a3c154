"""Pictures by courier: the same sealed parts as over the network, as files; a letter asks which ones arrived.

On the stick: `DAIBAN/PICS/<node>-<start of the hash>-<first byte>.DBS`. They are put out last and may be too many for
the stick: what did not fit goes with the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from db.desk import picture_rows
from desk import clock
from desk.errors import CancelledError, SurroundingsError
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import picture_sending
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.sync.protocol import letters, wire
from desk.sync.protocol.parts import MAX_ASKED, MAX_PART, PARTS, Head
from desk.sync.protocol.seal import seal

Write = Callable[[str, bytes], None]  # the name without its ending, and what is in the file
_PART = MAX_PART - 4096  # bytes of a picture in one file


def heard(store: Store, answers: Sequence[wire.FileStateAnswer]) -> tuple[int, frozenset[str]]:
    """Take in what the centre says of our pictures: how many it has now that it had not, and which it waits for.

    An answer from before the centre came back from a backup says nothing.
    """
    there, wanted = set[str](), set[str]()
    with store.write() as db:
        due = {str(one["sha256"]) for one in picture_rows.due_files(db)}
        for answer in answers:
            if answer.epoch < store.epoch(db):
                continue
            there |= {sha256 for sha256, have in answer.have.items() if have == -1 and sha256 in due}
            wanted |= set(answer.wanted)
        for sha256 in there:
            picture_rows.set_at_centre(db, sha256, clock.stamp(store.tell()))
    return len(there), frozenset(wanted)


def due(store: Store, node: str, wanted: frozenset[str]) -> list[str]:
    """The pictures to put out, by hash: what somebody waits for first, then small ones first."""
    picture_sending.look_through(store, node)
    with store.read() as db:
        found = [str(one["sha256"]) for one in picture_rows.due_files(db)]
    return sorted(found, key=lambda sha256: sha256 not in wanted)[:MAX_ASKED]


def question(identity: Identity, hashes: Sequence[str]) -> tuple[str, bytes]:
    """The letter that asks which of these pictures the centre has: its name and what is in it."""
    body = msgspec.json.encode(hashes)
    re, sealed = letters.sealed(
        letters.FILES, identity.node, body, identity.keys, identity.centre_keys, identity.centre_node
    )
    return f"{identity.node}-{letters.FILES.upper()}-{re[:8].upper()}", sealed


def give(
    store: Store, identity: Identity, hashes: Sequence[str], write: Write, report: Report, cancelled: Cancelled
) -> tuple[int, str]:
    """Put pictures out; how many are whole on the stick, and why no more ("" when all). Raises CancelledError."""
    for at, sha256 in enumerate(hashes):
        if cancelled():
            raise CancelledError("已停下。", "写好的文件和收到的内容都有效。", "再做一次，从停下的地方接着。")
        report(SyncProgress("把图片写到U盘", at, len(hashes)))
        with store.read() as db:
            found = picture_rows.file(db, sha256)
        data = bytes(found["bytes"]) if found else b""
        try:
            for start in range(0, len(data), _PART):
                part = PARTS.pack(
                    Head("part", identity.node, sha256, start, to=identity.centre_node),
                    data[start : start + _PART],
                    identity.keys,
                )
                write(f"{identity.node}-{sha256[:16].upper()}-{start:08d}", seal(part, identity.centre_keys.seal))
        except SurroundingsError as error:
            return at, f"还有 {len(hashes) - at} 张图片没写上：{error.happened}"
    return len(hashes), ""
