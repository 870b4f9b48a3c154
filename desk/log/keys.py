"""A node's two key pairs: Ed25519 to sign what it says, X25519 to open what was sealed to it."""

from __future__ import annotations

import base64
import functools
import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey


class PublicKeys(msgspec.Struct, frozen=True):
    """What others may know of a node: 32 bytes each."""

    sign: bytes
    seal: bytes

    def fingerprint(self) -> str:
        """16 characters (base32, 80 bits) over both keys: what is read out, printed, or part of a code."""
        return base64.b32encode(hashlib.sha256(b"daiban keys 1\0" + self.sign + self.seal).digest()[:10]).decode()


class NodeKeys(msgspec.Struct, frozen=True, dict=True):
    """A node's secrets: 32 bytes each. Kept inside the encrypted database, never beside it. Their working form is made
    once and goes with them."""

    sign: bytes
    seal: bytes

    @classmethod
    def make(cls) -> NodeKeys:
        """New keys from the system's randomness."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw(), X25519PrivateKey.generate().private_bytes_raw())

    def public(self) -> PublicKeys:
        """The halves that may be told."""
        return self._halves

    def signature(self, message: bytes) -> bytes:
        """Ed25519 over `message`: 64 bytes."""
        return self._signing.sign(message)

    def shared(self, public_seal: bytes) -> bytes:
        """X25519 with somebody's public half: 32 bytes. Raises ValueError for what is no key."""
        return self._sealing.exchange(X25519PublicKey.from_public_bytes(public_seal))

    @functools.cached_property
    def _halves(self) -> PublicKeys:
        sign = self._signing.public_key().public_bytes_raw()
        seal = self._sealing.public_key().public_bytes_raw()
        return PublicKeys(sign, seal)

    @functools.cached_property
    def _sealing(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.seal)

    @functools.cached_property
    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.sign)


@functools.lru_cache(maxsize=64)
def _verifying(public_sign: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public_sign)


def signed_by(public_sign: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` was made with the key whose public half is `public_sign`."""
    try:
        _verifying(public_sign).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
