"""A batch: a slice of one node's log, compressed and signed. The same bytes go over HTTP or on a USB stick.

Layout: "DBB1" | u32 length, header (JSON) | u32 length, body (zstd) | 64 bytes Ed25519 signature over all before.
The body, unpacked, is entry after entry: u32 length, bytes as they were hashed. Integers are big-endian.
A batch travels sealed (`desk.sync.seal`); signature inside, so that an upper level can check it again.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

import msgspec
import zstandard

from desk.errors import DeskError
from desk.log import Kept
from desk.sync.keys import NodeKeys, signed_by

MAGIC = b"DBB1"
MAX_PACKED = 8 << 20  # bytes on the wire
MAX_UNPACKED = 32 << 20  # bytes of entries; more is a bomb, not a batch
MAX_ENTRIES = 10_000
MAX_HEADER = 16 << 10
_MARK = b"daiban batch 1\0"
_SIGNATURE = 64


class BatchError(DeskError):
    """Not a batch, changed on the way, or not signed by the node it names. Nothing of it is used."""


class StrangerError(BatchError):
    """Signed in the name of a node that is not registered here."""


class Heartbeat(msgspec.Struct, frozen=True):
    """How the sender is: entries that wait, ISO time of the oldest, free disk (MB), program version, its clock."""

    waiting: int = 0
    oldest: str = ""
    disk_mb: int = 0
    version: str = ""
    clock: str = ""


class Header(msgspec.Struct, frozen=True):
    """`kind` "log": entries first..last of `node`, following hash `prev`; "feed": chosen entries of a centre's log.

    For a feed, `first` is the cursor asked for, `last` the cursor to ask for next, `more` whether there is more, and
    `have` how far the centre has the asking node's own log. By courier, `cursor` of a "log" says how far its node has
    the centre's feed, so that the answer can travel back; a log of no entries (`last` = `first` - 1) only asks.
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
    v: int = 1


class Batch(msgspec.Struct, frozen=True):
    """A batch whose signature held: its header and the entries' bytes, not yet checked as a chain."""

    header: Header
    entries: tuple[bytes, ...]


def pack(header: Header, entries: Sequence[bytes], keys: NodeKeys) -> bytes:
    """The signed bytes of a batch. `entries` are encoded entries in order."""
    body = b"".join(piece for one in entries for piece in (struct.pack(">I", len(one)), one))
    packed = zstandard.ZstdCompressor(level=3).compress(body)
    head = msgspec.json.encode(header, order="sorted")
    whole = b"".join((MAGIC, struct.pack(">I", len(head)), head, struct.pack(">I", len(packed)), packed))
    return whole + keys.signature(_MARK + whole)


def pack_log(kept: Sequence[Kept], keys: NodeKeys, heartbeat: Heartbeat) -> bytes:
    """A batch of a run of one node's own entries (at least one)."""
    first, last = kept[0].entry, kept[-1].entry
    header = Header("log", first.node, first.seq, last.seq, len(kept), first.prev, heartbeat=heartbeat)
    return pack(header, [one.encoded for one in kept], keys)


def unpack(data: bytes, sign_key: Callable[[str], bytes | None]) -> Batch:
    """The batch in `data`. `sign_key` gives the public key of a node by name, None for a stranger.

    Raises BatchError; reads nothing before the signature held and never unpacks more than MAX_UNPACKED bytes.
    """
    if len(data) > MAX_PACKED or data[:4] != MAGIC:
        raise BatchError("这不是一个批次文件，或超过大小上限。")
    header, packed = _parts(data)
    key = sign_key(header.node)
    if key is None:
        raise StrangerError("批次来自未登记的终端，不予接收。")
    if not signed_by(key, data[-_SIGNATURE:], _MARK + data[:-_SIGNATURE]):
        raise BatchError("批次签名不符，不予接收。")
    entries = tuple(_entries(_unpacked(packed)))
    if len(entries) != header.count:
        raise BatchError("批次内容与条数不符，不予接收。")
    return Batch(header, entries)


def _parts(data: bytes) -> tuple[Header, bytes]:
    try:
        (head_length,) = struct.unpack_from(">I", data, 4)
        if head_length > MAX_HEADER:
            raise BatchError("批次头过长，不予接收。")
        head_end = 8 + head_length
        header = msgspec.json.decode(data[8:head_end], type=Header)
        (body_length,) = struct.unpack_from(">I", data, head_end)
    except (struct.error, msgspec.DecodeError) as error:
        raise BatchError("批次头无法识读，不予接收。") from error
    body_end = head_end + 4 + body_length
    if body_end + _SIGNATURE != len(data) or header.v != 1 or header.count > MAX_ENTRIES:
        raise BatchError("批次长度或版本不符，不予接收。")
    return header, data[head_end + 4 : body_end]


def _unpacked(packed: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed) as reader:
            body = reader.read(MAX_UNPACKED + 1)
    except zstandard.ZstdError as error:
        raise BatchError("批次内容无法解压，不予接收。") from error
    if len(body) > MAX_UNPACKED:
        raise BatchError("批次解压后超过上限，不予接收。")
    return body


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
