"""Which version of the protocol the centre speaks, as far as it ever proved: once it named its reader in what it
signed, nothing less is taken from it. Kept with its key: another centre, or other keys, begin anew."""

from __future__ import annotations

import base64
from collections.abc import Collection

from sqlite_utils import Database

from db.desk import local_rows
from desk.log.keys import PublicKeys
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError

_SPEAKS = "speaks:"


def known(db: Database, centre: PublicKeys) -> int:
    """The highest version that the holder of these keys proved to speak; 1 of one that is not known to speak more."""
    return int(local_rows.local(db, _name(centre)) or b"1")


def note(db: Database, centre: PublicKeys, version: int) -> None:
    """Keep that it speaks `version`; never less than before."""
    if version > known(db, centre):
        local_rows.set_local(db, _name(centre), str(version).encode())


def must_be_for(db: Database, centre: PublicKeys, to: str, mine: Collection[str]) -> None:
    """Raise BatchError for what the centre signed for another reader than one of these names, or for nobody in
    particular though it knows how to name its reader."""
    if not to and known(db, centre) < wire.BOUND:
        return
    if to not in mine:
        raise BatchError("中心签的这一份不是给本机的，不予接收。")
    note(db, centre, wire.BOUND)


def _name(centre: PublicKeys) -> str:
    return _SPEAKS + base64.b64encode(centre.sign).decode()
