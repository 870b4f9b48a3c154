"""A township's villages as the centre told of them: their desks, how far each source is here, as of which exchange.

This machine's own notes beside the entries (`db.desk.village_rows`). Nothing of a village stands in the desk's own log
or lists: it is looked at here, and handled there.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

import msgspec
from sqlite_utils import Database

from db.desk import local_rows, village_rows
from db.desk.village_rows import VillageEntry
from desk.folds.office.silence import VillageDesk
from desk.law.bodies.seed import place_of
from desk.log.chain import Kept
from desk.store.projection import Projection

NOTES = "villages:"
_DESKS, _HAVE, _TOLD, _OFFERED = NOTES + "desks", NOTES + "have", NOTES + "told", NOTES + "offered"


class Exchange(msgspec.Struct, frozen=True):
    """The last answer about villages: in which epoch of the centre and when, by its clock, it was given."""

    epoch: int = 0
    at: str = ""


def offered(db: Database) -> bool:
    """Whether the centre tells this desk of villages; a centre of before never does."""
    return local_rows.local(db, _OFFERED) is not None


def set_offered(db: Database, count: int | None) -> None:
    """Keep whether the centre's latest answer offers to tell of villages; None where it does not."""
    if count:
        local_rows.set_local(db, _OFFERED, str(count).encode())
    elif offered(db):
        forget(db)


def desks(db: Database) -> tuple[VillageDesk, ...]:
    """The desks of the villages, by point and name."""
    kept = local_rows.local(db, _DESKS)
    found = msgspec.json.decode(kept, type=tuple[VillageDesk, ...]) if kept else ()
    return tuple(sorted(found, key=lambda one: (one.point_code, one.node)))


def names(db: Database) -> dict[str, str]:
    """What each village is called, by code."""
    return {one.point_code: place_of(one.point_name) for one in desks(db)}


def sign_keys(db: Database, point: str) -> tuple[bytes, ...]:
    """The public keys that the desks of the village `point` signed papers with, as the centre told them."""
    told = (key for one in desks(db) if one.point_code == point for key in one.keys)
    return tuple(key for key in map(_key, told) if key)


def _key(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def exchange(db: Database) -> Exchange:
    """The last answer about villages; its `at` is "" before the first."""
    kept = local_rows.local(db, _TOLD)
    return msgspec.json.decode(kept, type=Exchange) if kept else Exchange()


def have(db: Database) -> dict[str, int]:
    """How far each source is here."""
    kept = local_rows.local(db, _HAVE)
    return msgspec.json.decode(kept, type=dict[str, int]) if kept else {}


def set_told(db: Database, told: Iterable[VillageDesk], last: Exchange) -> None:
    """Keep who the villages' desks are. What is of others is let go; all of it, where the centre came back from a
    backup: it may have lost what is here."""
    now = tuple(told)
    if exchange(db).epoch not in (0, last.epoch):
        village_rows.clear(db)
        local_rows.drop_local(db, _HAVE)
    local_rows.set_local(db, _DESKS, msgspec.json.encode(now))
    local_rows.set_local(db, _TOLD, msgspec.json.encode(last))
    points = {one.point_code for one in now}
    sources = points | {one.node for one in now}
    village_rows.keep_only(db, sorted(points))
    local_rows.set_local(db, _HAVE, msgspec.json.encode({key: at for key, at in have(db).items() if key in sources}))


def take(db: Database, source: str, point: str, upto: int, kept: Sequence[Kept]) -> int:
    """Take in entries of a source, which is here up to `upto` then; how many they were."""
    entries = (
        VillageEntry(source, one.entry.seq, point, one.entry.kind, one.entry.subject, one.encoded) for one in kept
    )
    village_rows.put_entries(db, entries)
    local_rows.set_local(db, _HAVE, msgspec.json.encode({**have(db), source: upto}))
    projecting = Projection(db)
    for subject in dict.fromkeys(one.entry.subject for one in kept if not one.entry.kind.startswith("bundle.")):
        projecting.village(subject)
    return len(kept)


def forget(db: Database) -> None:
    """Nothing of any village is here any more."""
    village_rows.clear(db)
    local_rows.drop_locals(db, NOTES)
