"""A node's own log as another keeps it: the batches that the node itself signed, as they came.

The one who gives them back vouches for nothing: whoever asks takes what bears its own signature. Keys that it had
meanwhile and does not know any more (an old backup came back) count where a letter hands over to them that the keys
before them signed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

import msgspec

from desk.log.chain import GENESIS
from desk.sync.protocol import kin, letters
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import SealError


class Told(msgspec.Struct, frozen=True):
    """Of the log of `node`: `after` and the hash there (hex; "" where it has no such entry), how far it reaches;
    `more`: ask again. `handed`: base64 of the letters in which that node gave itself other keys, the oldest first."""

    node: str
    after: int
    prev: str
    have: int
    more: bool
    handed: tuple[str, ...] = ()


def pack(told: Told, batches: Sequence[bytes]) -> bytes:
    """The body of the answer."""
    return kin.framed([msgspec.json.encode(told), *batches])


def unpack(body: bytes) -> tuple[Told, list[bytes]]:
    """What `pack` made. Raises BatchError."""
    parts = kin.unframed(body, "中心关于本机记录的答复")
    return letters.read(parts[0], Told), parts[1:]


def grown(node: str, keys: Sequence[bytes], handed: Sequence[str]) -> tuple[bytes, ...]:
    """The public keys of `node`, and those that letters hand over to which one of them signed. What is no such letter
    counts for nothing."""
    known = tuple(keys)
    for text in handed:
        new = _handed_to(node, known, text)
        known += (new,) if new and new not in known else ()
    return known


def _handed_to(node: str, known: tuple[bytes, ...], letter: str) -> bytes:
    try:
        signed = base64.b64decode(letter, validate=True)
        head, body = letters.LETTERS.unpack(signed, lambda name: known if name == node else ())
        return letters.proved(node, letters.read(body, letters.NewKeys))[0] if head.kind == letters.KEYS else b""
    except (BatchError, SealError, binascii.Error, ValueError):
        return b""


def before(after: int, known: Sequence[bytes]) -> str:
    """How the entry at `after` is named in an answer, of which `known` are the hashes that stand there."""
    return known[0].hex() if known else "" if after else GENESIS.hex()
