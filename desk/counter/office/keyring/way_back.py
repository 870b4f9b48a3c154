"""The way back through the centre: whether the one in the vault is what this desk made, and another one."""

from __future__ import annotations

from enum import StrEnum

from db import vault
from desk.store.identity import Identity
from desk.sync.protocol.seal import is_sealed_to


class WayBack(StrEnum):
    """How it stands."""

    GOOD = "good"
    OWED = "owed"  # none that this centre can open, or one of older versions, of which nobody can tell
    BROKEN = "broken"  # it is not what this desk made


def look(kept: vault.Vault, who: Identity, key: bytes) -> WayBack:
    """What the vault has, read with the database key."""
    if kept.back is not None and not vault.recovery_is_genuine(kept.back, key):
        return WayBack.BROKEN
    good = kept.back is not None and kept.back.mark and is_sealed_to(kept.back.sealed, who.centre_keys.seal)
    return WayBack.GOOD if good or not who.enrolled else WayBack.OWED


def made(who: Identity, key: bytes) -> vault.Recovery | None:
    """With a new secret, sealed to the centre; None without a centre."""
    if not who.enrolled:
        return None
    from desk.sync.protocol import unlock  # once, with a centre that is new

    secret = unlock.new_secret()
    return vault.make_recovery(key, secret.encode(), unlock.sealed_secret(who.node, secret, who.centre_keys))
