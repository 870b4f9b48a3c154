"""The other desks of this desk's point, as the centre told of them: whose keys are whose, how far it has their logs,
and what of a sibling's log had to give way. This machine's own notes; what the siblings wrote stands in the log."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import local_rows

NOTES = "siblings:"
_ADMITTED = NOTES + "admitted"
_DIGITS = 15  # of a sequence number, at most
_KNOWN, _HEADS, _APART, _WAITS = NOTES + "known", NOTES + "heads", NOTES + "apart", NOTES + "waits"


class Sibling(msgspec.Struct, frozen=True):
    """A desk of the same point: its name, the public keys that it ever signed with, since when it may not write."""

    node: str
    sign_keys: tuple[bytes, ...]
    revoked: str = ""


def known(db: Database) -> tuple[Sibling, ...]:
    """The siblings that the centre named last."""
    kept = local_rows.local(db, _KNOWN)
    return msgspec.json.decode(kept, type=tuple[Sibling, ...]) if kept else ()


def set_known(db: Database, siblings: tuple[Sibling, ...]) -> None:
    """Keep who the siblings are."""
    local_rows.set_local(db, _KNOWN, msgspec.json.encode(siblings))


def sign_keys(db: Database) -> tuple[bytes, ...]:
    """All keys that siblings signed with."""
    return tuple(key for one in known(db) for key in one.sign_keys)


def heads(db: Database) -> dict[str, str]:
    """By name of a sibling how far the centre has its log, as `seq.hash`, as its last answer says; none of a centre
    that does not hand on siblings' logs."""
    return _read(db, _HEADS)


def ends(db: Database) -> dict[str, int]:
    """By name of a sibling the last of its entries that the centre is known to have."""
    found = {name: head.partition(".")[0] for name, head in heads(db).items()}
    return {name: int(seq) for name, seq in found.items() if seq.isascii() and seq.isdigit() and len(seq) <= _DIGITS}


def set_heads(db: Database, told: dict[str, str]) -> None:
    """Keep how far the centre has the siblings' logs."""
    if told != heads(db):
        local_rows.set_local(db, _HEADS, msgspec.json.encode(told))


def waits(db: Database) -> dict[str, str]:
    """By name, desks of this point that may not read its past yet: since when, and the machine; this desk itself where
    it is one of them."""
    return _read(db, _WAITS)


def set_waits(db: Database, told: dict[str, str]) -> None:
    """Keep who waits."""
    if told != waits(db):
        local_rows.set_local(db, _WAITS, msgspec.json.encode(told))


def admitted(db: Database) -> tuple[str, ...]:
    """Desks to whose reading somebody said yes here, which the centre is still to hear."""
    return tuple(node for node in _read(db, _ADMITTED) if node in waits(db))


def admit(db: Database, node: str, author: str) -> None:
    """Somebody says yes: the centre hears of it with the next exchange."""
    local_rows.set_local(db, _ADMITTED, msgspec.json.encode(_read(db, _ADMITTED) | {node: author}))


def apart(db: Database) -> dict[str, str]:
    """Siblings whose log here ran apart from the centre's copy: since which moment entries of theirs lie aside that
    were not looked through yet."""
    return _read(db, _APART)


def set_apart(db: Database, told: dict[str, str]) -> None:
    """Keep which siblings' entries are still to be looked through."""
    local_rows.set_local(db, _APART, msgspec.json.encode(told))


def _read(db: Database, key: str) -> dict[str, str]:
    kept = local_rows.local(db, key)
    return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}
