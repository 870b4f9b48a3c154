"""Files as they were given, from which pictures of papers are made: sealed, beside the database, bounded in size.

They stay on this machine and are in no backup; what a case names is the picture. When there are too many, the ones
that lay here longest go.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path

from db.desk import local_rows
from db.files import write_whole
from desk.store.store import Store

FOLDER = "originals"
MOST = 4 << 30  # bytes of all of them
_FREE = 2 << 30  # bytes of the disk that stay free before one is kept
_KEY = "originals-key"
_NONCE = 12


class Originals:
    """The drawer beside the database."""

    def __init__(self, store: Store, folder: Path, most: int = MOST) -> None:
        self._store, self._folder, self._most = store, folder / FOLDER, most

    def keep(self, sha256: str, data: bytes) -> None:
        """Keep the file `data`; those that are too many by then go. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / sha256
        if self.read(sha256) is not None:  # one sealed with the key of another database is written anew
            place.touch()
        else:
            self._make_room(len(data))
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            nonce = secrets.token_bytes(_NONCE)
            write_whole(place, nonce + AESGCM(self._key()).encrypt(nonce, data, sha256.encode()))

    def read(self, sha256: str) -> bytes | None:
        """The file with this hash; None when it is not here any more, or is damaged."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        with contextlib.suppress(OSError, ValueError, InvalidTag):
            sealed = (self._folder / sha256).read_bytes()
            return AESGCM(self._key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], sha256.encode())
        return None

    def _key(self) -> bytes:
        with self._store.read() as db:
            key = local_rows.local(db, _KEY)
        if key is None:
            with self._store.write() as db:
                key = local_rows.local(db, _KEY) or secrets.token_bytes(32)
                local_rows.set_local(db, _KEY, key)
        return key

    def _make_room(self, size: int) -> None:
        kept = sorted((one.stat().st_mtime, one.stat().st_size, one) for one in self._folder.iterdir())
        total = sum(one[1] for one in kept)
        free = shutil.disk_usage(self._folder).free - _FREE
        for _, freed, place in kept:
            if total + size <= self._most and size <= free:
                break
            place.unlink(missing_ok=True)
            total -= freed
            free += freed
        if size > free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
