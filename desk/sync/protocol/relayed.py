"""What a township's desk carries over its network for its villages: the files of a stick as they lie there, and those
that go back onto it.

The files stay sealed: to the centre on the way up, to the village's desk on the way down. Whoever carries them signs
for having brought them, and opens none.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from typing import Annotated, TypeVar

import msgspec

from desk import doors
from desk.law.numbers import is_node
from desk.sync.protocol.batch import MAX_PACKED
from desk.sync.protocol.envelope import BatchError, Envelope
from desk.sync.protocol.letters import read

UP, PICS, UNLOCK, DOWN = "UP", "PICS", "UNLOCK", "DOWN"
WAYS = (UNLOCK, UP, PICS)  # of a stick, in the order in which they are carried: the small and urgent first
LARGEST = doors.CARRIED.most  # bytes of one file
MOST = doors.RELAYED.things  # files of one request
MOST_WANTED = 1000  # desks whose answers one window asks another for
TOGETHER = 1 << 20  # bytes of files in one request, if they are several: a bad line loses no more than that
BACK = MAX_PACKED - (64 << 10)  # bytes of files in one answer
_NODE = 15  # letters of a node's name
_NAMES = {
    UP: re.compile(r"[0-9]{12}-[0-9]{2}(-[0-9A-Z_]{1,40})+\.DBS", re.ASCII),
    UNLOCK: re.compile(r"[0-9]{12}\.DB[QA]", re.ASCII),
}
_NAMES |= {PICS: _NAMES[UP], DOWN: _NAMES[UP]}
_T = TypeVar("_T", bound="Ask | Told")


class Head(msgspec.Struct, frozen=True):
    """`node` the writer, `to` the reader: the centre, or the township's desk; absent before version 2."""

    node: str
    to: str | msgspec.UnsetType = msgspec.UNSET
    v: int = 1


class File(msgspec.Struct, frozen=True):
    """A file of a stick: in which of its folders, what it is called, how many bytes."""

    way: str
    name: str
    size: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]

    @property
    def node(self) -> str:
        """Whose it is, as its name says; "" of a request to be unlocked."""
        return self.name[:_NODE] if is_node(self.name[:_NODE]) else ""

    @property
    def whose(self) -> str:
        """What an answer to it is found by: the desk, or the number of a request to be unlocked."""
        return self.node or self.name[:12]


class Line(msgspec.Struct, frozen=True):
    """What came of a file, or of a desk, for people. `node` "" where it could not be told."""

    node: str
    words: str
    good: bool


class Ask(msgspec.Struct, frozen=True):
    """Files for the centre; `have` names the answers to them that came already. Between two windows of a township
    `wants`: whose sticks the asker took in, by desk or number of a request to be unlocked, and when."""

    files: Annotated[tuple[File, ...], msgspec.Meta(max_length=MOST)]
    have: Annotated[tuple[str, ...], msgspec.Meta(max_length=20_000)] = ()
    wants: Annotated[dict[str, str], msgspec.Meta(max_length=MOST_WANTED)] | msgspec.UnsetType = msgspec.UNSET


class Told(msgspec.Struct, frozen=True):
    """What came of them, and files for the sticks; `more`: ask again with those in `have`."""

    lines: tuple[Line, ...]
    files: tuple[File, ...]
    more: bool = False


RELAYED = Envelope(b"DBT1", b"daiban relayed 1\0", Head, doors.RELAYED.most - 64, "转送的包")
MAX_SEALED = doors.RELAYED.most  # bytes of a request on the wire


def is_name(way: str, name: str) -> bool:
    """Whether a file of the courier may be called so in this folder: nothing that leads elsewhere."""
    known = _NAMES.get(way)
    return known is not None and known.fullmatch(name) is not None and (way == UNLOCK or is_node(name[:_NODE]))


def pack(told: Ask | Told, files: Sequence[bytes]) -> bytes:
    """The body: u32 length, what is told as JSON, then the bytes of its files one after the other."""
    head = msgspec.json.encode(told)
    return b"".join((struct.pack(">I", len(head)), head, *files))


def unpack(body: bytes, kind: type[_T]) -> tuple[_T, list[bytes]]:
    """What `pack` made. Raises BatchError, also for a name that is none."""
    (length,) = struct.unpack_from(">I", body) if len(body) >= 4 else (len(body),)
    at = 4 + length
    if at > len(body):
        raise BatchError("转送的包断了，不予接收。")
    told = read(body[4:at], kind, "转送的包")
    if at + sum(one.size for one in told.files) != len(body):
        raise BatchError("转送的包与文件大小不符，不予接收。")
    files: list[bytes] = []
    for one in told.files:
        if not is_name(one.way, one.name):
            raise BatchError("转送的文件名不能用，不予接收。")
        files.append(body[at : at + one.size])
        at += one.size
    return told, files
