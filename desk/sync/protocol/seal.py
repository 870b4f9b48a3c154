"""Sealing: bytes that only one node can open, whoever carries them (X25519, HKDF-SHA256, ChaCha20-Poly1305).

Layout: "DBS1" | 8 bytes naming the recipient's key | 32 bytes one-time public key | ciphertext with its 16-byte tag.
The one-time key is used once, so the nonce is fixed; everything before the ciphertext is authenticated with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk.errors import DeskError
from desk.log.keys import NodeKeys

MAGIC = b"DBS1"
_HEAD = 4 + 8 + 32
_NONCE = b"\0" * 12


class SealError(DeskError):
    """The bytes are not sealed to this node, or were changed on the way."""


def _name(public_seal: bytes) -> bytes:
    return hashlib.sha256(public_seal).digest()[:8]


def _key(shared: bytes, once: bytes, recipient: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=once + recipient, info=b"daiban seal 1").derive(shared)


def seal(plain: bytes, public_seal: bytes) -> bytes:
    """`plain` so that only the holder of `public_seal`'s secret half reads it. 60 bytes longer. Raises SealError for
    bytes that are no such key."""
    once = X25519PrivateKey.generate()
    once_public = once.public_key().public_bytes_raw()
    head = MAGIC + _name(public_seal) + once_public
    shared = _shared(once, public_seal)
    return head + ChaCha20Poly1305(_key(shared, once_public, public_seal)).encrypt(_NONCE, plain, head)


def _shared(once: X25519PrivateKey, public_seal: bytes) -> bytes:
    try:
        return once.exchange(X25519PublicKey.from_public_bytes(public_seal))
    except ValueError as error:  # too short, or one of the few points that give everybody the same secret
        raise SealError("对方的密钥不能用来封包，没有回信。") from error


def must_be_usable(public_seal: bytes) -> None:
    """Raises SealError for a key of somebody else's that nothing can be sealed to."""
    _shared(X25519PrivateKey.generate(), public_seal)


def is_sealed_to(sealed: bytes, public_seal: bytes) -> bool:
    """Whether it was sealed to the holder of this public key."""
    return sealed[4:12] == _name(public_seal)


def is_for(sealed: bytes, keys: Sequence[NodeKeys]) -> bool:
    """Whether it was sealed to one of these keys."""
    return any(_name(one.public().seal) == sealed[4:12] for one in keys)


def unseal_any(sealed: bytes, keys: Sequence[NodeKeys]) -> bytes:
    """What was sealed to one of these keys: those of now, of before, or that will be. Raises SealError."""
    name = sealed[4:12]
    mine = next((one for one in keys if _name(one.public().seal) == name), keys[0])
    return unseal(sealed, mine)


def unseal(sealed: bytes, keys: NodeKeys) -> bytes:
    """What was sealed to `keys`. Raises SealError for anything else."""
    head, body = sealed[:_HEAD], sealed[_HEAD:]
    if len(head) < _HEAD or head[:4] != MAGIC:
        raise SealError("这不是代办台的数据包。")
    public = keys.public().seal
    if head[4:12] != _name(public):
        raise SealError("这个数据包是封给别的单位的，本机打不开。")
    once = head[12:]
    try:
        return ChaCha20Poly1305(_key(keys.shared(once), once, public)).decrypt(_NONCE, body, head)
    except (InvalidTag, ValueError) as error:
        raise SealError("数据包在路上被改动或损坏，没有写入任何内容。") from error
