"""The log that every node keeps: entries, encoded once, chained by hash.

The bytes that were hashed are the bytes that are kept and sent. Nothing is ever updated or removed; a change anywhere
shows, since each hash covers the one before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from desk import doors
from desk.errors import UNREADABLE, DeskError

GENESIS = b"\0" * 32
FORMAT = 1
MAX_ENTRY = doors.ENTRY.most  # bytes; pictures travel as files, not as entries
MAX_RANK = 1 << 31
_MARK = b"daiban entry 1\0"


class BrokenLogError(DeskError):
    """An entry does not follow from the one before it, or is not an entry at all."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What happened at a node.

    `node` name of the writer; `seq` from 1 without gaps; `prev` hex hash of the entry before; `time` the writer's
    clock (ISO 8601 with offset), never used for order; `rank` one more than the highest rank that the writer knew of
    `subject`, so that causes sort before effects on every node; `data` JSON by `kind`.
    """

    node: str
    seq: int
    prev: str
    time: str
    author: str
    kind: str
    subject: str
    rank: int
    data: msgspec.Raw
    v: int = FORMAT


Fact = tuple[str, str, str, str, bytes]


def fact(entry: Entry) -> Fact:
    """What an entry says, apart from its place in a log: a fact that was carried over into another log stays one."""
    return entry.kind, entry.subject, entry.author, entry.time, bytes(entry.data)


class Kept(msgspec.Struct, frozen=True, gc=False):
    """An entry with the bytes it was encoded to, as they are kept and sent, and their chain hash (32 bytes)."""

    entry: Entry
    encoded: bytes
    hash: bytes


_decoder = msgspec.json.Decoder(Entry)
decoded = _decoder.decode  # the entry in bytes that are known to be sound; others are for `read`


def chain_hash(prev: bytes, encoded: bytes) -> bytes:
    """SHA-256 over a fixed mark, the 32-byte hash before, and the entry's bytes."""
    return hashlib.sha256(_MARK + prev + encoded).digest()


def make(
    *,
    node: str,
    seq: int,
    prev: bytes,
    time: str,
    author: str,
    kind: str,
    subject: str,
    rank: int,
    data: object,
) -> Kept:
    """Encode one entry. `data` is a struct or mapping; keys come out sorted, so equal facts give equal bytes."""
    if not _is_plain(subject, kind, time):
        raise BrokenLogError("名目里有看不见的字符，不能保存。", "没有改动。", "请把编号或名称重新打一遍，不要粘贴。")
    raw = msgspec.Raw(msgspec.json.encode(data, order="sorted"))
    rank = min(rank, MAX_RANK - 1)  # whoever wrote the highest rank there is must not stop others from answering
    entry = Entry(node, seq, prev.hex(), time, author, kind, subject, rank, raw)
    encoded = msgspec.json.encode(entry, order="sorted")
    if len(encoded) > MAX_ENTRY:
        raise BrokenLogError("这条记录太大，不能保存。", "已录入的内容还在页面上。", "请删减过长的文字后再保存。")
    return Kept(entry, encoded, chain_hash(prev, encoded))


def _is_plain(*names: str) -> bool:
    """Whether an entry may be called so: by what nobody sees, two that look alike would be two."""
    return all(map(str.isprintable, names))


def read(encoded: bytes, prev: bytes) -> Kept:
    """The entry in `encoded`, checked against the hash before it (32 bytes). Raises BrokenLogError."""
    if len(encoded) > MAX_ENTRY:
        raise BrokenLogError("记录超过长度上限。")
    try:
        entry = _decoder.decode(encoded)
    except UNREADABLE as error:
        raise BrokenLogError("记录无法识读。") from error
    if entry.prev != prev.hex():
        raise BrokenLogError(f"第 {entry.seq} 条记录与前一条不衔接。")
    if not 0 < entry.rank < MAX_RANK or entry.seq < 1:
        raise BrokenLogError(f"第 {entry.seq} 条记录的序号不合规。")
    if not _is_plain(entry.subject, entry.kind, entry.time):
        raise BrokenLogError(f"第 {entry.seq} 条记录的名目里有不可见的字符。")
    return Kept(entry, encoded, chain_hash(prev, encoded))


def read_run(encoded: Iterable[bytes], node: str, first: int, prev: bytes) -> list[Kept]:
    """A slice of `node`'s log starting at seq `first`, each entry checked against the one before."""
    kept: list[Kept] = []
    for number, data in enumerate(encoded, first):
        item = read(data, prev)
        if item.entry.node != node or item.entry.seq != number:
            raise BrokenLogError(f"批次中的记录不属于这本日志或序号不连续（应为第 {number} 条）。")
        kept.append(item)
        prev = item.hash
    return kept
