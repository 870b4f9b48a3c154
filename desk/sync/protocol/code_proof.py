"""An enrolment code is shown to be known, and never sent: out of the code a slow hash makes a signing key, which signs
what is asked. The centre keeps the public half alone; nobody who copies that, or hears the asking, learns the code
without trying all of them, each at the price of the hash.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from desk.log.keys import NodeKeys, signed_by

_KEY, _ASKED = b"daiban code key 2\0", b"daiban code 2\0"


class Cost(msgspec.Struct, frozen=True):
    """Argon2id: passes, memory in KiB, lanes; as for accounts. The centre says which, bounded so that nobody makes a
    desk work for ever."""

    passes: Annotated[int, msgspec.Meta(ge=1, le=10)] = 3
    memory: Annotated[int, msgspec.Meta(ge=1024, le=256 << 10)] = 64 << 10
    lanes: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1


COST = Cost()


def key_of(once: str, fingerprint: str, cost: Cost) -> NodeKeys:
    """The key that the one-time part of a code makes at the centre with this fingerprint; it signs only."""
    from argon2.low_level import Type, hash_secret_raw  # only where a code is typed

    salt = hashlib.sha256(_KEY + fingerprint.encode()).digest()[:16]
    secret = hash_secret_raw(once.strip().upper().encode(), salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID)
    return NodeKeys(secret, bytes(32))


def public(key: NodeKeys) -> bytes:
    """The half that the centre keeps."""
    return key.public().sign


def proof(key: NodeKeys, centre: str, sign: bytes, seal: bytes, node: str, point: str) -> bytes:
    """64 bytes: whoever knows the code asks for these keys, at this centre, under this name, at this point."""
    return key.signature(_words(centre, sign, seal, node, point))


def is_proved(
    public_key: bytes, signature: bytes, centre: str, sign: bytes, seal: bytes, node: str, point: str
) -> bool:
    """Whether the code whose public half this is asked for just that."""
    return signed_by(public_key, signature, _words(centre, sign, seal, node, point))


def _words(centre: str, sign: bytes, seal: bytes, node: str, point: str) -> bytes:
    return _ASKED + f"{centre}\n{node}\n{point}\n".encode("utf-8", "replace") + sign + seal
