"""What two windows of one hall say to each other when they meet: what each has, and what the other lacks of it.

Logs go as their writers signed them, the centre's words as the centre did: whoever hands them on vouches for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec

from desk.sync.protocol import kin
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import read

MOST = 1 << 20  # bytes of parts in one parcel, if there are several
_MOST_LOGS = 300
_Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class Hello(msgspec.Struct, frozen=True):
    """Who answers at an address; proved with the key of that name."""

    node: str
    time: str
    speaks: tuple[int, int]


class Window(msgspec.Struct, frozen=True):
    """What a window says of itself, for the page of the hall: who is at it and since when, how many entries the centre
    has not acknowledged, when it heard the centre last (ISO 8601, "" never), how many files of sticks lie there for the
    centre, the `port` that it answers at, what is being worked at: intake numbers that are open there, how many
    `answers` of the centre lie there for sticks, and which windows it does not reach: whoever does tells them."""

    agent: str = ""
    since: str = ""
    waiting: int = 0
    heard: str = ""
    sticks: int = 0
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0
    open: Annotated[tuple[str, ...], msgspec.Meta(max_length=50)] = ()
    answers: int = 0
    away: Annotated[tuple[str, ...], msgspec.Meta(max_length=_MOST_LOGS)] = ()


class Parcel(msgspec.Struct, frozen=True):
    """`have`: by name of a desk of the point how far its log is here, as `seq.hash`. `no`: logs that ran apart here, of
    which nothing is taken until the centre was heard. `epoch` and `cursor`: how far the centre's feed is here, `told`
    the time of its latest answer, `roster` epoch and number of the roster. `more`: there is more to give;
    `often`: the reader cannot be reached from here, and should ask often. Then how many
    parts follow: rosters, answers of the centre, batches of logs."""

    have: Annotated[dict[str, str], msgspec.Meta(max_length=_MOST_LOGS)]
    epoch: int
    cursor: int
    told: str
    roster: tuple[int, int]
    no: Annotated[tuple[str, ...], msgspec.Meta(max_length=_MOST_LOGS)] = ()
    window: Window = Window()
    more: bool = False
    often: bool = False
    rosters: _Count = 0
    feeds: _Count = 0
    logs: _Count = 0


class Parts(msgspec.Struct, frozen=True):
    """The signed bytes that go with a parcel."""

    rosters: tuple[bytes, ...] = ()
    feeds: tuple[bytes, ...] = ()
    logs: tuple[bytes, ...] = ()

    def all(self) -> Sequence[bytes]:
        """In the order in which they travel."""
        return (*self.rosters, *self.feeds, *self.logs)


def pack(parcel: Parcel, parts: Parts) -> bytes:
    """The body of the letter: u32 length, the parcel as JSON, then each part after its length."""
    counted = msgspec.structs.replace(parcel, rosters=len(parts.rosters), feeds=len(parts.feeds), logs=len(parts.logs))
    return kin.framed([msgspec.json.encode(counted), *parts.all()])


def unpack(body: bytes) -> tuple[Parcel, Parts]:
    """What `pack` made. Raises BatchError."""
    name = "邻窗的来信"
    found = kin.unframed(body, name)
    parcel, rest = read(found[0], Parcel, name), found[1:]
    first, second = parcel.rosters, parcel.rosters + parcel.feeds
    if second + parcel.logs != len(rest):
        raise BatchError(f"{name}与件数不符，不予接收。")
    return parcel, Parts(tuple(rest[:first]), tuple(rest[first:second]), tuple(rest[second:]))
