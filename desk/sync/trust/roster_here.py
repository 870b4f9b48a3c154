"""The roster of this point's desks: whose keys are whose, as the centre signed it, however it came here."""

from __future__ import annotations

import functools

import msgspec
from sqlite_utils import Database

from desk.store import siblings
from desk.store.identity import Identity
from desk.store.siblings import Sibling
from desk.store.store import Store
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near import roster
from desk.sync.protocol.near.roster import Roster
from desk.sync.trust import roster_notes as rosters


def known(db: Database, us: Identity) -> Roster | None:
    """The roster that is here; None where there is none of this centre, with the keys that it has now."""
    kept = rosters.signed(db)
    try:
        found = _read(kept, us.centre_node, us.centre_keys.sign) if kept else None
    except BatchError:
        return None
    return found if found and found.head.point == us.point_code else None


@functools.lru_cache(maxsize=4)  # each meeting asks for it several times, and it names every desk of the point
def _read(signed: bytes, centre: str, sign_key: bytes) -> Roster:
    return roster.unpack(signed, centre, sign_key)


def is_wanted(db: Database, us: Identity) -> bool:
    """Whether the centre's latest answer names another roster than the one that is here."""
    named = rosters.named(db)
    here = known(db, us) if named else None
    return bool(named) and (here is None or here.head.mark != named)


def take(store: Store, data: bytes) -> bool:
    """Keep a roster, whoever brought it, where the centre signed it for this point later than the one that is here;
    whether it was so. Raises BatchError."""
    with store.write() as db:
        us = store.identity_in(db)
        found = roster.unpack(data, us.centre_node, us.centre_keys.sign)
        if found.head.point != us.point_code:
            raise BatchError("这是别的代办点的终端名单，没有收。")
        if not found.is_after(known(db, us)) or found.head.epoch < store.epoch(db):
            return False
        rosters.keep(db, data)
        others = (one for one in found.desks if one.node != us.node)
        siblings.set_known(db, tuple(_sibling(one) for one in others))
    return True


def _sibling(one: roster.Listed) -> Sibling:
    try:
        return Sibling(one.node, tuple(map(wire.from_text, one.sign_keys)), one.revoked)
    except ValueError as error:
        raise BatchError("终端名单里的密钥无法识读。") from error


def now_names(db: Database, mark: str | msgspec.UnsetType) -> None:
    """Keep how the centre's answer names the roster."""
    rosters.set_named(db, "" if mark is msgspec.UNSET else mark)
