"""What a township's desk is handed of its villages."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre.rows import ENCODED, heard, opened
from db.centre.schema import entry

_NUMBER = 24  # digits of an intake number: a refusal of another kind of entry is not told
_SLICE = 200


def told(
    db: sa.Connection, node: str, audience: str, kinds: Sequence[str], after: int, limit: int, most: int
) -> tuple[list[tuple[int, bytes]], bool]:
    """Seq and bytes of entries of `node` of these families after `after` (and what refuses one of a case's), in order;
    with `audience` only those for it. At most `limit`, of `most` bytes together but one at least; whether there are
    more."""
    families = sa.or_(
        *(entry.c.kind.startswith(f"{one}.") for one in kinds),
        sa.and_(entry.c.kind == "entry.refused", sa.func.length(entry.c.subject) == _NUMBER),
    )
    asked = sa.select(*ENCODED).where(entry.c.node == node, families)
    if audience:
        asked = asked.where(heard(audience))
    found: list[tuple[int, bytes]] = []
    size = 0
    while len(found) < limit:
        count = min(_SLICE, limit - len(found) + 1)
        some = asked.where(entry.c.seq > after).order_by(entry.c.seq).limit(count)
        slice_ = [(int(row.seq), opened(db, row)) for row in db.execute(some)]
        for seq, encoded in slice_:
            size += len(encoded)
            if found and (size > most or len(found) == limit):
                return found, True
            found.append((seq, encoded))
            after = seq
        if len(slice_) < count:
            return found, False
    return found, db.execute(asked.where(entry.c.seq > after).limit(1)).first() is not None
