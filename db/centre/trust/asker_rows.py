"""Who asks, who is near, and whether there is anything to tell: what is looked up at every question of a desk."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.schema import entry, node

_NEWS = "has_news"
_ITSELF = node.alias("itself")
_ITS_POINT = sa.select(_ITSELF.c.point_code).where(_ITSELF.c.name == sa.bindparam("name")).scalar_subquery()
# In such words that SQLite, which has no figures of its tables, goes by the index over those entries that somebody
# should hear of, and not through the whole log after a place: a desk may have heard nothing for weeks.
_NOBODY: sa.ColumnElement[str] = sa.literal_column("''")
_EVERYBODY: sa.ColumnElement[str] = sa.literal_column("'*'")
_FOR_IT = (
    entry.c.node + _NOBODY == sa.bindparam("own"),
    entry.c.audience != _NOBODY,
    sa.or_(entry.c.audience == _ITS_POINT, entry.c.audience == _EVERYBODY),
    entry.c.seq > sa.bindparam("after"),
)
_HAS_NEWS = sa.exists().where(*_FOR_IT).label(_NEWS)
_NEAR = sa.select(node, _HAS_NEWS).where(node.c.point_code == _ITS_POINT).order_by(node.c.name)


def near(db: sa.Connection, name: str, own: str, after: int) -> tuple[list[Row], bool]:
    """The nodes of a node's point, itself among them, by name, none for a stranger; and whether the log `own` has
    anything after `after` for that point or for all."""
    found = [dict(row) for row in db.execute(_NEAR, {"name": name, "own": own, "after": after}).mappings()]
    has_news = [row.pop(_NEWS) for row in found]
    return [*found], bool(has_news and has_news[0])
