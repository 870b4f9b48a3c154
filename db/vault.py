"""The vault: a random database key, opened by each account's own password (a slot each, as in LUKS).

The file holds no secret that a password does not guard. Besides, the key lies in it under a random recovery secret,
which itself is sealed to the centre: whoever learns the secret needs this file too, and the centre has no such file.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from db import slots
from db.errors import DamagedError, WrongPasswordError
from db.files import read_bounded, write_whole
from db.slots import Slot, marked

FILE = "vault.json"
COPY = "vault-copy.json"  # the same once more: the key of everything hangs on these few hundred bytes
MOST = 1 << 20  # bytes of the file
MOST_SLOTS = 1000
Cost = slots.Cost
MOST_COST = Cost(20, 1 << 20, 16)  # more was not written by us, and would take all memory, or the day
_NONCE = b"\0" * 12  # each wrapping key is used once: a new salt gives a new key


class Recovery(msgspec.Struct, frozen=True):
    """The way back without any password: `sealed` holds the secret for the centre, `wrapped` the key under it. `mark`
    is made with the key over both; older versions made none."""

    sealed: bytes
    wrapped: bytes
    mark: bytes = b""


class Vault(msgspec.Struct, frozen=True):
    """What lies in the file. `recovery`: of older versions, the key itself sealed to the centre. `former`: the keys
    that counted before, under the one that counts, so that whoever may open the desk opens its old backups."""

    slots: tuple[Slot, ...]
    recovery: bytes = b""
    back: Recovery | None = None
    v: int = 2
    former: tuple[bytes, ...] = ()

    def sealed(self) -> bytes:
        """What only the centre can open of this vault; b"" where there is no way back yet."""
        return self.back.sealed if self.back else self.recovery


def with_slot(vault: Vault, slot: Slot) -> Vault:
    """The vault with `slot` in the place of the one of its account."""
    return msgspec.structs.replace(
        vault, slots=tuple(slot if one.account == slot.account else one for one in vault.slots)
    )


def make_recovery(key: bytes, secret: bytes, sealed: bytes) -> Recovery:
    """A way back to `key` for whoever learns `secret` (at least 100 random bits), which `sealed` holds."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    wrapped = ChaCha20Poly1305(_secret_key(secret, sealed)).encrypt(_NONCE, key, sealed)
    return Recovery(sealed, wrapped, marked(key, b"recovery", sealed, wrapped))


def recovery_is_genuine(back: Recovery, key: bytes) -> bool:
    """Whether the way back leads to `key`; one of older versions cannot tell."""
    import hmac

    return not back.mark or hmac.compare_digest(back.mark, marked(key, b"recovery", back.sealed, back.wrapped))


def recover(back: Recovery, secret: bytes) -> bytes:
    """The database key. Raises WrongPasswordError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(_secret_key(secret, back.sealed)).decrypt(_NONCE, back.wrapped, back.sealed)
    except InvalidTag as error:
        raise WrongPasswordError("recovery") from error


def _secret_key(secret: bytes, sealed: bytes) -> bytes:
    import hashlib

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    salt = hashlib.sha256(sealed).digest()
    return HKDF(hashes.SHA256(), 32, salt=salt, info=b"daiban vault recovery 2").derive(secret)


def create(folder: Path, account: str, name: str, password: str, cost: Cost) -> bytes:
    """Make a vault with one slot in `folder` and return its new key (32 bytes). Raises FileExistsError."""
    path = folder / FILE
    if path.exists():
        raise FileExistsError(path)
    key = os.urandom(32)
    write(folder, Vault((slots.make(key, account, name, password, cost),)))
    return key


def write(folder: Path, vault: Vault) -> None:
    """Replace the vault of `folder`, whole or not at all; then its copy, which may lack one change but is never less
    than whole."""
    data = msgspec.json.encode(vault)
    write_whole(folder / FILE, data)
    with contextlib.suppress(OSError):  # the vault itself is kept: what was asked for is done
        write_whole(folder / COPY, data)


def read(folder: Path) -> Vault | None:
    """The vault of `folder`, None when there is none. Raises DamagedError."""
    return read_file(folder / FILE)


def read_file(path: Path) -> Vault | None:
    """The vault in a file, None when there is none. Raises DamagedError: cut, empty, nobody could open it, or only
    at a price that no vault of ours has."""
    try:
        found = msgspec.json.decode(read_bounded(path, MOST), type=Vault)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise DamagedError(path.name) from error
    if not 0 < len(found.slots) <= MOST_SLOTS or not all(_is_payable(slot) for slot in found.slots):
        raise DamagedError(path.name)
    return found


def _is_payable(slot: Slot) -> bool:
    """Whether the slot's price is one that this program would ask (RFC 9106: 8 KiB a lane at least)."""
    cost = slot.cost
    return (
        1 <= cost.passes <= MOST_COST.passes
        and 1 <= cost.lanes <= MOST_COST.lanes
        and 8 * cost.lanes <= cost.memory <= MOST_COST.memory
        and 8 <= len(slot.salt) <= 64
    )


def take_copy(folder: Path, source: Path) -> None:
    """Put the good vault of `source` in the place of the one of `folder`. Raises DamagedError, OSError."""
    found = read_file(source)
    if found is None:
        raise DamagedError(source.name)
    write(folder, found)


def unlock(vault: Vault, account: str, password: str) -> bytes:
    """The database key. Raises WrongPasswordError, equally for an unknown account; DamagedError."""
    slot = next((slot for slot in vault.slots if slot.account == account), None)
    if slot is None:
        raise WrongPasswordError(account)
    return slots.unlocked(slot, password)


# -- another database key --------------------------------------------------------------------------------------------


def staying_behind(vault: Vault) -> tuple[Slot, ...]:
    """Slots of older versions: another database key does not reach them before their account logged in once."""
    return tuple(slot for slot in vault.slots if not slot.public)


def rekeyed(vault: Vault, old: bytes, new: bytes, back: Recovery | None) -> Vault:
    """The vault of the same accounts for the database key `new`; `old` opens no more than what was made before. No slot
    may stay behind."""
    keys = (old, *former_keys(vault, old))
    return Vault(
        tuple(slots.sealed_to(slot, new) for slot in vault.slots),
        back=back,
        former=tuple(_put_under(new, at, key) for at, key in enumerate(keys)),
    )


def former_keys(vault: Vault, key: bytes) -> tuple[bytes, ...]:
    """The keys that counted before `key`, the latest first. Raises DamagedError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return tuple(
            ChaCha20Poly1305(_former_key(key, at)).decrypt(_NONCE, kept, None) for at, kept in enumerate(vault.former)
        )
    except (InvalidTag, ValueError) as error:
        raise DamagedError(FILE) from error


def _put_under(key: bytes, at: int, former: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(_former_key(key, at)).encrypt(_NONCE, former, None)


def _former_key(key: bytes, at: int) -> bytes:
    return marked(key, b"former", at.to_bytes(4))
