"""The roster of the point's desks as the centre signed it last, and what of siblings' logs is not taken from
neighbours. This machine's own notes."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk.store.siblings import NOTES

_SIGNED, _NAMED, _NEAR, _TOLD = NOTES + "roster", NOTES + "roster-named", NOTES + "near-apart", NOTES + "told"


def signed(db: Database) -> bytes:
    """The roster as it was signed; b"" for none."""
    return local_rows.local(db, _SIGNED) or b""


def keep(db: Database, data: bytes) -> None:
    """Keep a roster that was checked."""
    local_rows.set_local(db, _SIGNED, data)


def named(db: Database) -> str:
    """How the centre's latest answer names the roster as it stands there; "" where it names none."""
    return (local_rows.local(db, _NAMED) or b"").decode()


def set_named(db: Database, mark: str) -> None:
    """Keep what the centre's answer names."""
    if mark != named(db):
        local_rows.set_local(db, _NAMED, mark.encode())


def apart(db: Database) -> dict[str, str]:
    """By name, desks whose log a neighbour has otherwise than it is here: since when. Nothing more of them is taken
    from neighbours; the centre will say what counts."""
    kept = local_rows.local(db, _NEAR)
    return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}


def set_apart(db: Database, told: dict[str, str]) -> None:
    """Keep which these are."""
    if told != apart(db):
        local_rows.set_local(db, _NEAR, msgspec.json.encode(told))


def agreed(db: Database, node: str) -> None:
    """The log of `node` is here as the centre has it: that is what counts."""
    set_apart(db, {name: at for name, at in apart(db).items() if name != node})


def told(db: Database) -> bytes:
    """The centre's latest signed answer, where nothing new was in it; b"" for none."""
    return local_rows.local(db, _TOLD) or b""


def set_told(db: Database, data: bytes) -> None:
    """Keep it, so that neighbours hear how far the centre is."""
    local_rows.set_local(db, _TOLD, data)
