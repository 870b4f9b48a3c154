"""Who the desks of a point are, as their centre signed it: any of them may show it to the others.

So two windows that never heard of each other from the centre itself know whose keys are whose, and what one learned of
a desk that may no longer speak reaches the others on the hall's own wire. Nobody but the centre can make one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated

import msgspec

from desk import doors
from desk.errors import UNREADABLE
from desk.log.keys import NodeKeys, PublicKeys
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError, Envelope


class Head(msgspec.Struct, frozen=True):
    """`node` the centre, `point` whose desks they are, `number` the centre's last entry when it said so: of one epoch
    the higher one counts. `mark` names what is told."""

    node: str
    point: str
    epoch: int
    number: int
    mark: str
    v: int = 1


class Listed(msgspec.Struct, frozen=True):
    """A desk of the point: all keys that it ever signed with (base64), the present one first; the one that is sealed to
    now; since when it may not speak, "" where it may; whether it waits for the point's past."""

    node: str
    sign_keys: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=50)]
    seal_key: str
    revoked: str = ""
    waits: bool = False

    def keys(self) -> PublicKeys:
        """Those of now. Raises ValueError."""
        return PublicKeys(wire.from_text(self.sign_keys[0]), wire.from_text(self.seal_key))


ROSTER = Envelope(b"DBN1", b"daiban roster 1\0", Head, doors.ROSTER.most, "终端名单")


class Roster(msgspec.Struct, frozen=True):
    """A roster whose signature held."""

    head: Head
    desks: tuple[Listed, ...]

    def find(self, node: str) -> Listed | None:
        """The desk of that name."""
        return next((one for one in self.desks if one.node == node), None)

    def is_after(self, other: Roster | None) -> bool:
        """Whether it was said later."""
        mine = self.head.epoch, self.head.number
        return other is None or mine > (other.head.epoch, other.head.number)


def mark(facts: Iterable[tuple[str, ...]]) -> str:
    """How a roster is named in a feed: 16 hexadecimal digits over what it says of each desk now."""
    return hashlib.sha256("\n".join("\t".join(one) for one in facts).encode("utf-8", "replace")).hexdigest()[:16]


def pack(head: Head, desks: tuple[Listed, ...], keys: NodeKeys) -> bytes:
    """The signed bytes."""
    return ROSTER.pack(head, msgspec.json.encode(desks), keys)


def unpack(data: bytes, centre: str, sign_key: bytes) -> Roster:
    """The roster of `centre`, whose key this is. Raises BatchError."""
    head, body = ROSTER.unpack(data, lambda name: (sign_key,) if name == centre else ())
    try:
        desks = msgspec.json.decode(body, type=tuple[Listed, ...])
        for one in desks:
            one.keys()
    except (*UNREADABLE, ValueError) as error:
        raise BatchError("终端名单无法识读，不予接收。") from error
    if len(desks) > doors.ROSTER.things:
        raise BatchError("终端名单太长，不予接收。")
    return Roster(head, desks)
