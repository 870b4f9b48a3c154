"""The one envelope of everything that is signed: a mark, a header, a body, and the sender's signature over all before.

Layout: four marks | u32 length, header (JSON) | u32 length, body | 64 bytes Ed25519. Integers are big-endian. What it
is signed as (`sign_as`) keeps a signature over one kind of thing from passing for another.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from desk import doors
from desk.errors import UNREADABLE, DeskError
from desk.law.numbers import is_node
from desk.log.keys import NodeKeys, signed_by

VERSION = 1  # of everything inside; a newer one is answered with `too_new`
MAX_HEADER = doors.ENVELOPE.most
_SIGNATURE = 64


class BatchError(DeskError):
    """Not what it says, changed on the way, or not signed by the node it names. Nothing of it is used."""


class StrangerError(BatchError):
    """Signed in the name of a node that is not registered here, or with other keys than are: one side came back from a
    backup that is older than its change of keys."""


class NewerError(BatchError):
    """Signed by one of ours, in a version that this program does not speak yet."""


class Signed(Protocol):
    """What every header has: who signed, and the version of what is inside."""

    @property
    def node(self) -> str: ...

    @property
    def v(self) -> int: ...


H = TypeVar("H", bound=Signed)
KeyOf = Callable[[str], Sequence[bytes]]


class Envelope(msgspec.Struct, Generic[H], frozen=True):
    """A kind of signed thing: its four marks, what it is signed as, its header's type, its size limit, its name."""

    marks: bytes
    sign_as: bytes
    header: type[H]
    most: int
    name: str

    def pack(self, header: H, body: bytes, keys: NodeKeys) -> bytes:
        """The signed bytes."""
        head = msgspec.json.encode(header, order="sorted")
        whole = b"".join((self.marks, struct.pack(">I", len(head)), head, struct.pack(">I", len(body)), body))
        return whole + keys.signature(self.sign_as + whole)

    def unpack(self, data: bytes, keys_of: KeyOf) -> tuple[H, bytes]:
        """Header and body. `keys_of` gives the public keys a node may have signed with; none for a stranger.

        Raises BatchError, StrangerError, NewerError; the body is not looked into before the signature held.
        """
        header, body = self.peek(data)
        keys = keys_of(header.node)
        if not keys:
            raise StrangerError(f"{self.name}来自未登记的终端，不予接收。")
        if not any(signed_by(key, data[-_SIGNATURE:], self.sign_as + data[:-_SIGNATURE]) for key in keys):
            raise StrangerError(f"{self.name}签名不符，不予接收。")
        if header.v > VERSION:
            raise NewerError(f"{self.name}是更新版本的程序写的，这里还读不懂。")
        return header, body

    def peek(self, data: bytes) -> tuple[H, bytes]:
        """Header and body of bytes whose signature was not checked yet. Raises BatchError."""
        if len(data) > self.most or data[:4] != self.marks:
            raise BatchError(f"这不是{self.name}，或超过大小上限。")
        try:
            (head_length,) = struct.unpack_from(">I", data, 4)
            if head_length > MAX_HEADER:
                raise BatchError(f"{self.name}的头过长，不予接收。")
            end = 8 + head_length
            header = msgspec.json.decode(data[8:end], type=self.header)
            (length,) = struct.unpack_from(">I", data, end)
        except (struct.error, *UNREADABLE) as error:
            raise BatchError(f"{self.name}的头无法识读，不予接收。") from error
        if not is_node(header.node):
            raise BatchError(f"{self.name}的发送方不是终端编号，不予接收。")
        if end + 4 + length + _SIGNATURE != len(data) or header.v < 1:
            raise BatchError(f"{self.name}的长度或版本不符，不予接收。")
        return header, data[end + 4 : end + 4 + length]
