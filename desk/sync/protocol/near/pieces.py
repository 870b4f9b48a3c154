"""What two windows say of kept papers and pictures: which are wanted from which byte on, and what of them is given.

Each is named by its SHA-256: whoever gives it vouches for nothing, and what does not fit its name is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from desk.sync.protocol import kin
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import read

MOST = 1 << 20  # bytes in one answer
MOST_ASKED = 100
LARGEST = 8 << 20  # bytes of one
_NAME = "邻窗关于图片的来信"
_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
_Size = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]


class Wanted(msgspec.Struct, frozen=True):
    """One that is wanted, from byte `at` on."""

    sha256: _Hash
    at: _Size = 0


class Ask(msgspec.Struct, frozen=True):
    """Those that the asker lacks, in the order in which it wants them."""

    wanted: Annotated[tuple[Wanted, ...], msgspec.Meta(max_length=MOST_ASKED)]


class Given(msgspec.Struct, frozen=True):
    """Bytes of one, from `at` on, of `size` altogether."""

    sha256: _Hash
    at: _Size
    size: _Size


class Told(msgspec.Struct, frozen=True):
    """What follows, in this order; `absent`: what is not there. Of the others another question gives more."""

    given: Annotated[tuple[Given, ...], msgspec.Meta(max_length=MOST_ASKED)] = ()
    absent: Annotated[tuple[_Hash, ...], msgspec.Meta(max_length=MOST_ASKED)] = ()


def pack_ask(asked: Ask) -> bytes:
    """The body of the question: JSON."""
    return msgspec.json.encode(asked)


def unpack_ask(body: bytes) -> Ask:
    """What `pack_ask` made. Raises BatchError."""
    return read(body, Ask, _NAME)


def pack(told: Told, parts: Sequence[bytes]) -> bytes:
    """The body of the answer: u32 length, what is told as JSON, then each part after its length."""
    return kin.framed([msgspec.json.encode(told), *parts])


def unpack(body: bytes) -> tuple[Told, list[bytes]]:
    """What `pack` made. Raises BatchError."""
    found = kin.unframed(body, _NAME)
    told = read(found[0], Told, _NAME)
    if len(told.given) != len(found) - 1:
        raise BatchError(f"{_NAME}与件数不符，不予接收。")
    return told, found[1:]
