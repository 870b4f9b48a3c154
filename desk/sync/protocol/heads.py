"""The head of a log as somebody saw it, signed: who shows one log to some and another to others is found out where two
of these meet. Anybody may keep them and hand them on."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Sequence

import msgspec

from desk.log.keys import NodeKeys, signed_by
from desk.sync.protocol import wire

MOST = 12  # in one header
_BEYOND = 1 << 63  # what a database counts to, and no log
_MARK = b"daiban head 2\0"


class Head(msgspec.Struct, frozen=True):
    """`by` says that entry `seq` of the log `of` has this `hash` (hexadecimal). `epoch`: of the centre that the signer
    speaks with, as it knows it; `time` the signer's clock; `sign` base64 of its signature."""

    of: str
    seq: int
    hash: str
    by: str
    epoch: int
    time: str
    sign: str = ""

    def words(self) -> bytes:
        """As it is signed."""
        said = (self.by, self.of, str(self.seq), self.hash, str(self.epoch), self.time)
        return _MARK + "\n".join(said).encode("utf-8", "replace")

    def signed(self, keys: NodeKeys) -> Head:
        """With the signature of its `by`."""
        return msgspec.structs.replace(self, sign=wire.signature_text(keys.signature(self.words())))

    def holds(self, keys: Iterable[bytes]) -> bool:
        """Whether one of these public keys signed it."""
        try:
            signature = wire.signature_bytes(self.sign)
        except (ValueError, binascii.Error):
            return False
        return 0 < self.seq < _BEYOND and any(signed_by(key, signature, self.words()) for key in keys)

    def says(self, other: Head) -> bool:
        """Whether it says the same as `other`, at whatever time."""
        mine = (self.of, self.seq, self.hash, self.by, self.epoch)
        return mine == (other.of, other.seq, other.hash, other.by, other.epoch)

    def contradicts(self, other: Head) -> bool:
        """Whether both cannot be true of one log."""
        same = (self.of, self.seq, self.epoch) == (other.of, other.seq, other.epoch)
        return same and self.hash != other.hash


def told(heads: Sequence[Head] | msgspec.UnsetType) -> Sequence[Head]:
    """Those of a header, as many as are looked at."""
    return [] if heads is msgspec.UNSET else heads[:MOST]
