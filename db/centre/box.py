"""What lies in the database unreadable: sealed with a key that is not in it; and the blind index to find a number by.

AES-256-GCM, a random nonce a value; a subkey for each purpose. A value is bound to its place: moved to another table,
row or column it does not open. Values of before version 0021 of the schema were not, or were not sealed at all:
bringing the database up seals every one of them anew, and then they open nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.errors import WrongKeyError

LOOSE, _BOUND = b"\0s1", b"\0s2"  # no entry, batch or picture begins like this
_NONCE = 12
LENGTH = 32  # bytes of a key
OVERHEAD = len(_BOUND) + _NONCE + 16  # bytes that sealing adds


class Box:
    """Seals and opens values. `index` gives equal texts equal marks that tell nothing without the key."""

    def __init__(self, key: bytes) -> None:
        """`key` has 32 bytes."""
        self._cipher = AESGCM(_derived(key, b"values"))
        self._index = hmac.new(_derived(key, b"index"), digestmod="sha256")
        self._fingerprint = _derived(key, b"fingerprint").hex()[:32]

    def fingerprint(self) -> str:
        """32 hexadecimal digits by which the key is known; they tell nothing of it."""
        return self._fingerprint

    def seal(self, data: bytes, at: bytes) -> bytes:
        """`data` as it is kept `at` a place (of `place`): 31 bytes longer."""
        return self.seal_all([(data, at)])[0]

    def seal_all(self, told: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """As `seal`, of many values, each with its place: the system is asked for randomness once."""
        random, encrypt = os.urandom(_NONCE * len(told)), self._cipher.encrypt
        nonces = [random[at : at + _NONCE] for at in range(0, len(random), _NONCE)]
        return [_BOUND + nonce + encrypt(nonce, *one) for nonce, one in zip(nonces, told, strict=True)]

    def open(self, kept: bytes, at: bytes) -> bytes:
        """What was sealed for that place. Raises WrongKeyError, also for what was sealed for another place, for none or
        not at all: whoever may write into the database does not put words there."""
        if not is_bound(kept):
            raise WrongKeyError
        return self._decrypted(kept, at)

    def open_old(self, kept: bytes, at: bytes) -> bytes:
        """As `open`, for whoever brings an old database up: also what was sealed for no place; what was kept before
        there was a box comes back as it is."""
        if kept[:3] == LOOSE:
            return self._decrypted(kept, None)
        return self._decrypted(kept, at) if is_bound(kept) else kept

    def _decrypted(self, kept: bytes, at: bytes | None) -> bytes:
        try:
            return self._cipher.decrypt(kept[3 : 3 + _NONCE], kept[3 + _NONCE :], at)
        except (InvalidTag, ValueError) as error:  # ValueError: too short for a nonce or a tag
            raise WrongKeyError from error

    def index(self, text: str) -> str:
        """32 hexadecimal digits for `text`, upper case without blanks; "" for nothing."""
        bare = text.replace(" ", "").upper()
        if not bare:
            return ""
        mark = self._index.copy()
        mark.update(bare.encode())
        return mark.hexdigest()[:32]


def is_bound(kept: bytes) -> bool:
    """Whether a value was sealed for its place."""
    return kept[:3] == _BOUND


def place(table: str, column: str, *row: str | int) -> bytes:
    """Where a value lies, as it is bound to it: `row` is what its table knows the row by."""
    return "\0".join((table, column, *map(str, row))).encode("utf-8", "surrogatepass")


def place_of_entry(name: str, seq: int) -> bytes:
    """What an entry's bytes are bound to, in the log and beside it."""
    return place("entry", "encoded", name, seq)


def place_of_batch(name: str, first: int, last: int) -> bytes:
    """What a kept batch is bound to."""
    return place("batch", "bytes", name, first, last)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, b"daiban box 1\0" + purpose, hashlib.sha256).digest()
