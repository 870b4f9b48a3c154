"""Who asks, who is near, how our own log stands, and whether there is anything to tell: what is looked up at every
question of a desk, in one statement.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from db.centre.rows import Row, heard
from db.centre.schema import entry, meta, node

_OWN = ("seq", "head", "epoch", "upstream")
_ITSELF = node.alias("itself")
_ITS_POINT = sa.select(_ITSELF.c.point_code).where(_ITSELF.c.name == sa.bindparam("name")).scalar_subquery()
# In such words that SQLite, which has no figures of its tables, goes by the index over those entries that somebody
# should hear of, and not through the whole log after a place: a desk may have heard nothing for weeks.
_NOBODY: sa.ColumnElement[str] = sa.literal_column("''")
_FOR_IT = (
    entry.c.node + _NOBODY == sa.bindparam("own"),
    heard(_ITS_POINT, "*"),
    entry.c.seq > sa.bindparam("after"),
)
_SEEN = sa.select(entry.c.hash).where(entry.c.node == sa.bindparam("own"), entry.c.seq == sa.bindparam("seen"))
_VALUES = (sa.select(meta.c.value).where(meta.c.key == key).scalar_subquery() for key in _OWN)
_BESIDE = (sa.exists().where(*_FOR_IT), _SEEN.scalar_subquery(), *_VALUES)
_LABELS = ("has_news", "seen_hash", *(f"own_{key}" for key in _OWN))
_COLUMNS = tuple(one.name for one in node.c)
_NOTHING: tuple[Any, ...] = (False, b"", *("" for _ in _OWN))
_NEAR = (
    sa.select(node, *(one.label(name) for one, name in zip(_BESIDE, _LABELS, strict=True)))
    .where(node.c.point_code == _ITS_POINT)
    .order_by(node.c.name)
)


class Asker(NamedTuple):
    """The nodes of its point, itself among them, by name; whether the log `own` has anything after `after` for that
    point or for all; the hash of its entry `seen`, hexadecimal; and of our own values `seq`, `head`, `epoch` and
    `upstream`, as far as there are any."""

    near: list[Row]
    has_news: bool
    seen_hash: str
    here: dict[str, str]


def look(db: sa.Connection, name: str, own: str, after: int, seen: int) -> Asker:
    """What concerns `name`; nothing of a stranger."""
    told = {"name": name, "own": own, "after": after, "seen": seen}
    found = db.execute(_NEAR, told).all()
    near: list[Row] = [dict(zip(_COLUMNS, row, strict=False)) for row in found]
    has_news, seen_hash, *values = found[0][len(_COLUMNS) :] if found else _NOTHING
    here = {key: value for key, value in zip(_OWN, values, strict=True) if value}
    return Asker(near, bool(has_news), bytes(seen_hash or b"").hex(), here)
