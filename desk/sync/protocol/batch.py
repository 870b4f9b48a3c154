"""A batch: a slice of one node's log, compressed and signed. The same bytes go over HTTP or on a USB stick.

An envelope (`envelope` beside) whose body is one zstd frame that says its unpacked size, with nothing after it;
unpacked it is entry after entry: u32 length, bytes as they were hashed. Integers are big-endian.
A batch travels sealed (`seal` beside); signature inside, so that an upper level can check it again.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import msgspec
import zstandard

from desk import doors
from desk.log.chain import Kept
from desk.log.keys import NodeKeys
from desk.sync.protocol.envelope import BatchError, Envelope, KeyOf
from desk.sync.protocol.heads import Head

MAX_PACKED = doors.BATCH.most  # bytes on the wire
MAX_UNPACKED = doors.BATCH.unpacked  # bytes of entries; more is a bomb, not a batch
MAX_ENTRIES = doors.BATCH.things
_WINDOW = 1 << 27  # of the zstd frame
_SURE = MAX_PACKED - (64 << 10)  # bytes of entries that fit on the wire even where nothing can be compressed


class Heartbeat(msgspec.Struct, frozen=True):
    """How the sender is: entries that wait, ISO time of the oldest, free disk (MB), program version, its clock.
    `recovery`: base64 of its recovery secret, sealed to its centre (`unlock` beside). `platform`: what programs of a
    desk's machine are made for."""

    waiting: int = 0
    oldest: str = ""
    disk_mb: int = 0
    version: str = ""
    clock: str = ""
    recovery: str | msgspec.UnsetType = msgspec.UNSET
    platform: str | msgspec.UnsetType = msgspec.UNSET


class Header(msgspec.Struct, frozen=True):
    """`kind` "log": entries first..last of `node`, following hash `prev`; "feed": chosen entries of a centre's log;
    "own": a slice of the log of `of`, given back by the centre that has it.

    For a feed, `first` is the cursor asked for, `last` the cursor to ask for next, `more` whether there is more, and
    `have` how far the centre has the asking node's own log. By courier, `cursor` of a "log" says how far its node has
    the centre's feed, so that the answer can travel back; a log of no entries (`last` = `first` - 1) only asks.
    `seen` of a "log" names the last entry of the centre that its node has, as `seq.hash`; `epoch` of a "feed" counts
    the centre's returns from backups. `siblings` of a "feed": how far the centre has the log of each other desk of the
    asker's point, as `seq.hash`; absent where there is none, and from a centre of before. `villages` of a "feed" to a
    township: of how many desks of its villages the centre tells when it is asked; absent likewise. `to` names the
    reader, and `epoch` of a "log" is the centre's as its node knows it; `heads`: how the sender and others have seen
    logs. `waits` of a "feed": desks of the asker's point that may not read its past yet, by name since when and on
    which machine. All four are absent from programs of before version 2. `time` of a "feed": the centre's clock (ISO
    8601) when it was made, for measuring the reader's; `roster` of a "feed" names the list of the point's desks
    (`roster` beside), where there are several; both are absent from a centre of before.
    """

    kind: str
    node: str
    first: int
    last: int
    count: int
    prev: str = ""
    more: bool = False
    have: int = 0
    heartbeat: Heartbeat = Heartbeat()
    cursor: int = -1
    seen: str = ""
    epoch: int = 0
    of: str = ""
    siblings: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    villages: int | msgspec.UnsetType = msgspec.UNSET
    to: str | msgspec.UnsetType = msgspec.UNSET
    heads: tuple[Head, ...] | msgspec.UnsetType = msgspec.UNSET
    waits: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    time: str | msgspec.UnsetType = msgspec.UNSET
    roster: str | msgspec.UnsetType = msgspec.UNSET
    v: int = 1


BATCHES = Envelope(b"DBB1", b"daiban batch 1\0", Header, MAX_PACKED, "批次")


class Batch(msgspec.Struct, frozen=True):
    """A batch whose signature held: its header and the entries' bytes, not yet checked as a chain."""

    header: Header
    entries: tuple[bytes, ...]


def fitting(entries: Sequence[bytes]) -> Sequence[bytes]:
    """The first of `entries`, as many as one batch certainly holds; one at least."""
    size = 0
    for count, one in enumerate(entries):
        size += 4 + len(one)
        if count and size > _SURE:
            return entries[:count]
    return entries


def pack(header: Header, entries: Sequence[bytes], keys: NodeKeys) -> bytes:
    """The signed bytes of a batch. `entries` are encoded entries in order."""
    return BATCHES.pack(header, body_of(entries), keys)


def body_of(entries: Sequence[bytes]) -> bytes:
    """Encoded entries as the body of a batch holds them; `entries_of` reads them."""
    body = b"".join(piece for one in entries for piece in (struct.pack(">I", len(one)), one))
    return zstandard.ZstdCompressor(level=3).compress(body) if body else _NOTHING


_NOTHING = zstandard.ZstdCompressor(level=3).compress(b"")  # of the many batches that only say that all is known


def pack_log(
    kept: Sequence[Kept],
    keys: NodeKeys,
    heartbeat: Heartbeat,
    seen: str = "",
    to: str = "",
    heads: tuple[Head, ...] = (),
) -> bytes:
    """A batch of a run of one node's own entries (at least one), for the reader `to`, with `heads` of logs."""
    first, last = kept[0].entry, kept[-1].entry
    header = Header("log", first.node, first.seq, last.seq, len(kept), first.prev, heartbeat=heartbeat, seen=seen)
    header = msgspec.structs.replace(header, to=to or msgspec.UNSET, heads=heads or msgspec.UNSET)
    return pack(header, [one.encoded for one in kept], keys)


def unpack(data: bytes, keys_of: KeyOf) -> Batch:
    """The batch in `data`. `keys_of` gives the public keys that a node may have signed with, none for a stranger.

    Raises BatchError; reads nothing before the signature held and never unpacks more than MAX_UNPACKED bytes.
    """
    header, packed = BATCHES.unpack(data, keys_of)
    if header.count > MAX_ENTRIES:
        raise BatchError("批次条数超过上限，不予接收。")
    entries = entries_of(packed)
    if len(entries) != header.count:
        raise BatchError("批次内容与条数不符，不予接收。")
    return Batch(header, entries)


def entries_of(packed: bytes) -> tuple[bytes, ...]:
    """The entries in a body. Raises BatchError; never unpacks more than MAX_UNPACKED bytes."""
    return tuple(_entries(_unpacked(packed)))


def _unpacked(packed: bytes) -> bytes:
    try:
        frame = zstandard.get_frame_parameters(packed)
        if frame.content_size == zstandard.CONTENTSIZE_UNKNOWN:
            raise BatchError("批次没有写明解压后的大小，不予接收。")
        if frame.content_size > MAX_UNPACKED or frame.window_size > _WINDOW:
            raise BatchError("批次解压后超过上限，不予接收。")
        return zstandard.ZstdDecompressor().decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise BatchError("批次内容无法解压，或后面多出内容，不予接收。") from error


def _entries(body: bytes) -> list[bytes]:
    entries: list[bytes] = []
    at = 0
    while at < len(body):
        if at + 4 > len(body):
            raise BatchError("批次内容被截断，不予接收。")
        (length,) = struct.unpack_from(">I", body, at)
        if at + 4 + length > len(body):
            raise BatchError("批次内容被截断，不予接收。")
        entries.append(body[at + 4 : at + 4 + length])
        at += 4 + length
    return entries
