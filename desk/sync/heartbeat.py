"""What a desk says of itself with each batch, over the network and by stick alike."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import msgspec

from db import vault
from db.errors import DamagedError
from desk import __version__, clock
from desk.release import package_file
from desk.store.store import Store
from desk.sync.protocol.batch import Heartbeat


def heartbeat(store: Store, folder: Path, waiting: int, oldest: str) -> Heartbeat:
    """How the desk in `folder` is now, of whose entries `waiting` wait, the first of them since `oldest`."""
    free = shutil.disk_usage(folder).free // (1 << 20)
    now, machine = clock.stamp(store.tell()), package_file.platform()
    return Heartbeat(waiting, oldest, free, __version__, now, _recovery(store, folder), machine)


def _recovery(store: Store, folder: Path) -> str | msgspec.UnsetType:
    """The way back that the vault has now, so that the centre can help by telephone; unset where there is none that
    this desk made."""
    try:
        kept = vault.read(folder)
    except (DamagedError, OSError):
        return msgspec.UNSET
    if kept is None or kept.back is None or not vault.recovery_is_genuine(kept.back, store.rooms.key):
        return msgspec.UNSET
    return base64.b64encode(kept.back.sealed).decode()
