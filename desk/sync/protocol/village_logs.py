"""What a township's desk and the centre say of its villages' desks: their cases and envelopes, and how they are.

Unlike siblings a township does not keep the villages' whole logs. It is handed what its task needs (个人信息保护法
第六条): cases and envelopes, nothing of the book of people, the agents or the looks. So the villages' signed batches
cannot be passed on as they came; the entries are their own bytes, and the centre's signature vouches for them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Annotated

import msgspec

from desk.folds.office.silence import VillageDesk
from desk.sync.protocol.batch import entries_of
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import read

KINDS = ("case", "bundle")  # families of entries that a township is handed
MOST = 2000  # entries of one answer
MOST_BYTES = 4 << 20  # of entries in one answer; one at least
_MOST_SOURCES = 2000
_Seq = Annotated[int, msgspec.Meta(ge=0, le=1 << 62)]


class Ask(msgspec.Struct, frozen=True):
    """How far the asker has each source; of another one it has nothing. A source is a village's desk, by name, or what
    the centre wrote for a village, by the village's code."""

    have: dict[str, _Seq] = {}


class Part(msgspec.Struct, frozen=True):
    """`count` entries of `source` for the village `point`; the asker has it up to `upto` then."""

    source: str
    point: str
    upto: int
    count: int


class Told(msgspec.Struct, frozen=True):
    """Every village's desks, and how the entries that follow are divided; `more`: ask again. `epoch` as of a feed;
    `time` is the centre's."""

    desks: tuple[VillageDesk, ...]
    parts: tuple[Part, ...]
    more: bool
    epoch: int
    time: str


def read_ask(body: bytes) -> Ask:
    """The question in a letter. Raises BatchError."""
    asked = read(body, Ask)
    if len(asked.have) > _MOST_SOURCES:
        raise BatchError("一次问的终端太多，不予接收。")
    return asked


def pack(told: Told, packed: bytes) -> bytes:
    """The body of the answer: u32 length, what is told as JSON, then the entries as in the body of a batch."""
    head = msgspec.json.encode(told)
    return struct.pack(">I", len(head)) + head + packed


def unpack(body: bytes) -> tuple[Told, Sequence[bytes]]:
    """What `pack` made. Raises BatchError."""
    if len(body) < 4:
        raise BatchError("中心关于下属村的答复断了，不予接收。")
    (length,) = struct.unpack_from(">I", body)
    if 4 + length > len(body):
        raise BatchError("中心关于下属村的答复断了，不予接收。")
    told = read(body[4 : 4 + length], Told)
    entries = entries_of(body[4 + length :])
    if sum(one.count for one in told.parts) != len(entries) or any(one.count < 0 for one in told.parts):
        raise BatchError("中心关于下属村的答复与条数不符，不予接收。")
    return told, entries
