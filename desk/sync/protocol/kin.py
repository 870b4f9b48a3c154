"""What a desk and its centre say of the desk's siblings, the other desks of its point: one counter, several machines.

The centre hands on the siblings' own signed batches as they came. It vouches for whose a key is, and for nothing else:
every batch is checked with its writer's key and every entry against the one before.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import msgspec

from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import read

MOST = 4 << 20  # bytes of batches in one answer; one batch at least
_MOST_NODES, _MOST_RUNGS = 100, 70


class Ask(msgspec.Struct, frozen=True):
    """By name of a sibling, entries of its log that the asker has, as `seq.hash`, the last one first; of another name
    it has none."""

    have: dict[str, tuple[str, ...]] = {}


class Sibling(msgspec.Struct, frozen=True):
    """A desk of the point: its name, all keys that it ever signed with (base64), how far the centre has its log as
    `seq.hash`, since when it may no longer write."""

    node: str
    sign_keys: tuple[str, ...]
    head: str
    revoked: str = ""


class Told(msgspec.Struct, frozen=True):
    """Who the siblings are; `more`: ask again. `epoch` as of a feed."""

    siblings: tuple[Sibling, ...]
    more: bool
    epoch: int


def mark(seq: int, digest: bytes) -> str:
    """How an entry of a log is named."""
    return f"{seq}.{digest.hex()}"


def marked(name: str) -> tuple[int, bytes]:
    """Sequence number and hash out of such a name; 0 and b"" of what is none."""
    seq, _, digest = name.partition(".")
    if not (seq.isascii() and seq.isdigit()) or len(seq) > 15:
        return 0, b""
    try:
        return int(seq), bytes.fromhex(digest)
    except ValueError:
        return 0, b""


def rungs(head: int) -> list[int]:
    """Which entries a desk names of a log that it has up to `head`: the last one, then ever farther back, so that one
    question finds where two copies ran apart."""
    found, step = [], 1
    while head > 0:
        found.append(head)
        head, step = head - step, step * 2
    return [*found, 1] if found and found[-1] != 1 else found


def read_ask(body: bytes) -> Ask:
    """The question in a letter. Raises BatchError."""
    asked = read(body, Ask)
    if len(asked.have) > _MOST_NODES or any(len(one) > _MOST_RUNGS for one in asked.have.values()):
        raise BatchError("一次问的终端太多，不予接收。")
    return asked


def pack(told: Told, batches: Sequence[bytes]) -> bytes:
    """The body of the answer: u32 length, what is told as JSON, then each batch after its length."""
    return framed([msgspec.json.encode(told), *batches])


def unpack(body: bytes) -> tuple[Told, list[bytes]]:
    """What `pack` made. Raises BatchError."""
    parts = unframed(body, "中心关于同点终端的答复")
    return read(parts[0], Told), parts[1:]


def framed(parts: Sequence[bytes]) -> bytes:
    """Each part after its length."""
    return b"".join(piece for one in parts for piece in (struct.pack(">I", len(one)), one))


def unframed(body: bytes, name: str) -> list[bytes]:
    """What `framed` joined, one part at least. `name` says what was to be read. Raises BatchError."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        if at + 4 > len(body):
            raise BatchError(f"{name}断了，不予接收。")
        (length,) = struct.unpack_from(">I", body, at)
        if at + 4 + length > len(body):
            raise BatchError(f"{name}断了，不予接收。")
        parts.append(body[at + 4 : at + 4 + length])
        at += 4 + length
    if not parts:
        raise BatchError(f"{name}是空的。")
    return parts
