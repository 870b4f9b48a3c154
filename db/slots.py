"""One account's way to the database key: a password opens the slot's own key pair (Argon2id), and that the key.

So the database key can be changed without anybody's password: it is sealed anew to the public key of each slot that
stays. Slots of older versions wrap the database key itself; they open as before and become such ones at a login.
"""

from __future__ import annotations

import os

import msgspec

from db.errors import DamagedError, WrongPasswordError

_NONCE = b"\0" * 12  # each wrapping key is used once: a new salt or another key pair gives a new key


class Cost(msgspec.Struct, frozen=True):
    """Argon2id: passes, memory in KiB, lanes. The default takes about 0.1 s on an office PC of 2015."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 1


class Slot(msgspec.Struct, frozen=True):
    """`wrapped` is the private key under the password, `key` the database key sealed to `public`; of older versions
    there is only `wrapped`, the database key itself. `given`: somebody else knows the password. `mark` is made with the
    database key over all of it."""

    account: str
    name: str
    salt: bytes
    cost: Cost
    wrapped: bytes
    given: bool = False
    public: bytes = b""
    key: bytes = b""
    mark: bytes = b""


def make(key: bytes, account: str, name: str, password: str, cost: Cost, *, given: bool = False) -> Slot:
    """A slot through which `password` opens `key`; `given` where somebody else chose it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    pair = X25519PrivateKey.generate()
    bare = Slot(account, name, os.urandom(16), cost, b"", given, pair.public_key().public_bytes_raw())
    under = ChaCha20Poly1305(_wrapping_key(password, bare))
    return sealed_to(
        msgspec.structs.replace(bare, wrapped=under.encrypt(_NONCE, pair.private_bytes_raw(), _bound(bare))), key
    )


def sealed_to(slot: Slot, key: bytes) -> Slot:
    """The slot with another database key, for whoever knows its password."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(slot.public))
    public = once.public_key().public_bytes_raw()
    sealed = public + ChaCha20Poly1305(_shared_key(shared, public, slot)).encrypt(_NONCE, key, _bound(slot))
    changed = msgspec.structs.replace(slot, key=sealed)
    return msgspec.structs.replace(changed, mark=_mark(changed, key))


def unlocked(slot: Slot, password: str) -> bytes:
    """The database key. Raises WrongPasswordError, also where the slot bears another name than it was made for;
    DamagedError where the password is right and what it opens is not."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    bound = _bound(slot) if slot.public else slot.account.encode()
    try:
        opened = ChaCha20Poly1305(_wrapping_key(password, slot)).decrypt(_NONCE, slot.wrapped, bound)
    except InvalidTag as error:
        raise WrongPasswordError(slot.account) from error
    if not slot.public:
        return opened
    try:
        public = slot.key[:32]
        shared = X25519PrivateKey.from_private_bytes(opened).exchange(X25519PublicKey.from_public_bytes(public))
        return ChaCha20Poly1305(_shared_key(shared, public, slot)).decrypt(_NONCE, slot.key[32:], bound)
    except (InvalidTag, ValueError) as error:
        raise DamagedError(slot.account) from error


def is_genuine(slot: Slot, key: bytes) -> bool:
    """Whether the slot is as somebody with the database key wrote it; one of older versions cannot tell."""
    import hmac

    return not slot.public or hmac.compare_digest(slot.mark, _mark(slot, key))


def marked(key: bytes, purpose: bytes, *parts: bytes) -> bytes:
    """A mark over `parts` that nobody makes without the database key."""
    import hmac

    made = hmac.new(hmac.digest(key, b"daiban vault mark\0" + purpose, "sha256"), digestmod="sha256")
    for part in parts:
        made.update(len(part).to_bytes(4) + part)
    return made.digest()


def _bound(slot: Slot) -> bytes:
    """Whose slot it is: what is sealed in it is sealed for that."""
    return b"daiban slot 2\0" + msgspec.json.encode((slot.account, slot.name, slot.given, slot.public.hex()))


def _mark(slot: Slot, key: bytes) -> bytes:
    cost = msgspec.json.encode(slot.cost)
    return marked(key, b"slot", _bound(slot), slot.salt, cost, slot.wrapped, slot.key)


def _wrapping_key(password: str, slot: Slot) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # the login page lists accounts before it needs this

    cost = slot.cost
    return hash_secret_raw(password.encode(), slot.salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID)


def _shared_key(shared: bytes, once: bytes, slot: Slot) -> bytes:
    import hashlib

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    salt = hashlib.sha256(once + slot.public).digest()
    return HKDF(hashes.SHA256(), 32, salt=salt, info=b"daiban slot 2").derive(shared)
