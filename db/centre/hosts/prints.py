"""Whose database it is: fingerprints of the centre's key and of the key that seals its values stand in it, so that no
host works on it with other ones."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.box import Box, place_of_entry
from db.centre.schema import entry, meta
from db.errors import StoreError, WrongKeyError

KEY, BOX = "print.key", "print.box"


class NoCentreError(StoreError):
    """There is no centre in this database."""


class OtherKeyError(WrongKeyError):
    """The database belongs to a centre with another key."""


class OtherBoxError(WrongKeyError):
    """What lies in the database was sealed with another key."""


def must_fit(db: sa.Connection, key: str, box: Box) -> bool:
    """Hold the fingerprint of the centre's key and the box against what stands there. Raises NoCentreError,
    OtherKeyError, OtherBoxError, and nothing is written. False for a database of before there were fingerprints, of
    which a sealed value was opened instead."""
    kept = {row.key: row.value for row in db.execute(sa.select(meta).where(meta.c.key.in_(("node", KEY, BOX))))}
    if not kept.get("node"):
        raise NoCentreError
    if KEY not in kept:
        _must_open(db, box)
        return False
    if kept[KEY] != key:
        raise OtherKeyError
    if kept.get(BOX) != box.fingerprint():
        raise OtherBoxError
    return True


def _must_open(db: sa.Connection, box: Box) -> None:
    found = db.execute(sa.select(entry.c.node, entry.c.seq, entry.c.encoded).limit(1)).first()
    if found is not None:
        try:
            box.open_old(bytes(found.encoded), place_of_entry(found.node, found.seq))
        except WrongKeyError as error:
            raise OtherBoxError from error


def put(db: sa.Connection, key: str, box: Box) -> None:
    """The database belongs to whoever has these."""
    db.execute(sa.delete(meta).where(meta.c.key.in_((KEY, BOX))))
    db.execute(sa.insert(meta), [{"key": KEY, "value": key}, {"key": BOX, "value": box.fingerprint()}])
