"""Another database key once somebody left: the one that they could open, with a vault they kept, opens nothing then.

What has to be done is noted in the transaction in which the agent leaves, and done at once; where that fails (a full
disk, others at the database) the next opening does it. The database is written anew beside and swapped in with its
vault by renames: at each moment there is the old one or the new one.
"""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from sqlite_utils import Database

from db import backup, opening, swap, vault
from db.desk import local_rows
from db.errors import DamagedError
from desk.counter.office import backups
from desk.counter.office.backup_notes import FOLDER, Why
from desk.counter.office.keyring import way_back
from desk.counter.session import Session
from desk.errors import SurroundingsError
from desk.store.troubles import in_words

OWED = "data-key-owed"  # lies in the database until it is done
_ROOM = 2.2  # times the database that must be free: the new one and a backup


def owe_in(db: Database) -> None:
    """Note that the database key has to become another."""
    local_rows.set_local(db, OWED, b"1")


class DataKey:
    """Of an open desk."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session, self._folder = session, folder

    def owed(self) -> bool:
        """Whether somebody left since it was made."""
        with self._session.store.read() as db:
            return local_rows.local(db, OWED) is not None

    def held_up(self) -> tuple[str, ...]:
        """Names of those whose slot is of an older version: it comes along once they logged in."""
        return tuple(slot.name for slot in vault.staying_behind(self._vault())) if self.owed() else ()

    def settle(self) -> bool:
        """Change it where that is owed and nobody would stay behind, between two backups; whether it was done. Raises
        SurroundingsError: all is as it was then, and still owed."""
        if not self.owed() or self.held_up():
            return False
        self._must_fit()
        store = self._session.store
        backups.make_of(store.rooms, self._folder, self._folder / FOLDER, Why.KEYS, store.tell)
        try:
            with in_words():
                fresh = secrets.token_bytes(32)
                store.rooms.give_way(fresh, lambda: self._put(store.rooms.key, fresh))
        except OSError as error:
            raise _failed() from error
        backups.make_of(store.rooms, self._folder, self._folder / FOLDER, Why.KEYS, store.tell)
        return True

    def _put(self, old: bytes, fresh: bytes) -> None:
        """The database under another key with its vault, in the place of those that are there."""
        after = vault.rekeyed(self._vault(), old, fresh, way_back.made(self._session.identity, fresh))
        try:
            coming = swap.stage(self._folder)
            backup.copy_under(self._folder / opening.FILE, old, coming / opening.FILE, fresh)
            with backup.opened(coming / opening.FILE, fresh) as db:
                local_rows.drop_in_copy(db, OWED)
            vault.write(coming, after)
        except BaseException:
            swap.drop(self._folder)
            raise
        swap.take(self._folder, swap.GONE)

    def _must_fit(self) -> None:
        size = (self._folder / opening.FILE).stat().st_size
        if shutil.disk_usage(self._folder).free < size * _ROOM:
            raise _failed()

    def _vault(self) -> vault.Vault:
        with in_words():
            kept = vault.read(self._folder)
            if kept is None:
                raise DamagedError(vault.FILE)
        return kept


def _failed() -> SurroundingsError:
    return SurroundingsError(
        "账号已停用，数据的钥匙还没有换成：磁盘满了或不能写。", "数据都在。", "请腾出空间，下次打开时会再换。"
    )
