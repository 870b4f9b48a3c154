"""Values of the centre's own (`meta`). Whoever has the turn, or a snapshot, asks for each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from db.centre.schema import meta
from db.centre.tables.putting import put as put_rows

PUBLISHED = "published.log"  # changes where what was published has to be read from the beginning
USUAL = ("node", "epoch", "seq", "head", PUBLISHED)  # what every turn asks for
_HELD = "daiban_own_values"  # of a connection: what is known of them in its turn
_ASKED = sa.select(meta.c.key, meta.c.value).where(meta.c.key.in_(sa.bindparam("keys", expanding=True)))


@contextmanager
def held(db: sa.Connection) -> Iterator[None]:
    """Nothing changes while the block runs: it has the turn, or a snapshot."""
    info = db.info  # a line that breaks has none any more
    info[_HELD] = {}
    try:
        yield
    finally:
        del info[_HELD]


def forget(db: sa.Connection, *_savepoint: Any) -> None:
    """A part of the transaction is undone, and with it, maybe, some of what is known."""
    if not db.invalidated and _HELD in db.info:
        db.info[_HELD].clear()


def ask(db: sa.Connection, *keys: str) -> dict[str, str]:
    """The values of `keys`; "" for one that there is not."""
    known: dict[str, str] = db.info.get(_HELD, {})
    unknown = [key for key in keys if key not in known]
    if unknown:
        found = {row.key: row.value for row in db.execute(_ASKED, {"keys": unknown})}
        known.update((key, found.get(key, "")) for key in unknown)
    return {key: known[key] for key in keys}


def put(db: sa.Connection, values: Mapping[str, str]) -> None:
    """Keep values of the centre's own."""
    put_rows(db, meta, ("key", "value"), list(values.items()), ("key",))
    if _HELD in db.info:
        db.info[_HELD].update(values)
