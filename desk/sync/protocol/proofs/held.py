"""The proof that somebody holds a log, and not only its keys: digests of entries as they stand there, bound to the key
that asks. A hash of the chain would not do: heads are published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from desk.sync.protocol import kin

_MARK = b"daiban held 2\0"
BytesOf = Callable[[int], bytes | None]  # an entry of a log as it is encoded, None where it is not there


def proof(head: int, bytes_of: BytesOf, sign_key: bytes) -> tuple[str, ...]:
    """Of a log up to `head` the entries that name it, the last one first, for whoever asks with `sign_key`."""
    named = ((seq, bytes_of(seq)) for seq in kin.rungs(head))
    return tuple(f"{seq}.{digest(sign_key, encoded)}" for seq, encoded in named if encoded)


def digest(sign_key: bytes, encoded: bytes) -> str:
    """How an entry is named by whoever asks with `sign_key`: hexadecimal."""
    return hashlib.sha256(_MARK + sign_key + encoded).hexdigest()


def common(told: Sequence[str], bytes_of: BytesOf, sign_key: bytes) -> int:
    """The last of the named entries that stands here alike; 0 for none."""
    for seq, said in map(kin.marked, told):
        encoded = bytes_of(seq) if seq else None
        if encoded is not None and digest(sign_key, encoded) == said.hex():
            return seq
    return 0
