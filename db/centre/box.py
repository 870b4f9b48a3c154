"""What lies in the database unreadable: sealed with a key that is not in it; and the blind index to find a number by.

AES-256-GCM, a random nonce a value; a subkey for each purpose.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.errors import WrongKeyError

_MARK = b"\0s1"  # no entry, batch or picture begins like this
_NONCE = 12
LENGTH = 32  # bytes of a key
OVERHEAD = len(_MARK) + _NONCE + 16  # bytes that sealing adds


class Box:
    """Seals and opens values. `index` gives equal texts equal marks that tell nothing without the key."""

    def __init__(self, key: bytes) -> None:
        """`key` has 32 bytes."""
        self._cipher = AESGCM(_derived(key, b"values"))
        self._index = hmac.new(_derived(key, b"index"), digestmod="sha256")

    def seal(self, data: bytes) -> bytes:
        """`data` as it is kept: 31 bytes longer."""
        nonce = os.urandom(_NONCE)
        return _MARK + nonce + self._cipher.encrypt(nonce, data, None)

    def open(self, kept: bytes) -> bytes:
        """What was sealed; what was kept before there was a box comes back as it is. Raises WrongKeyError."""
        if kept[:3] != _MARK:
            return kept
        try:
            return self._cipher.decrypt(kept[3 : 3 + _NONCE], kept[3 + _NONCE :], None)
        except InvalidTag as error:
            raise WrongKeyError from error

    def index(self, text: str) -> str:
        """32 hexadecimal digits for `text`, upper case without blanks; "" for nothing."""
        bare = text.replace(" ", "").upper()
        if not bare:
            return ""
        mark = self._index.copy()
        mark.update(bare.encode())
        return mark.hexdigest()[:32]


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, b"daiban box 1\0" + purpose, hashlib.sha256).digest()
