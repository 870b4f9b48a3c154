"""Heads of logs at a centre: what nodes and the level above signed is kept, held against the logs here, handed on with
every feed, and published. So a history that was written anew shows, whoever wrote it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.trust import witness_rows
from desk.centre.node.centre_node import Centre
from desk.sync.protocol.heads import MOST, Head, told

_PUBLISHED, _ABOVE = 400, "upstream"  # the value that says who is above us
_log = logging.getLogger("desk.centre")


class _Above(msgspec.Struct, frozen=True):
    node: str


def keep(
    centre: Centre, db: sa.Connection, by: str, keys: Sequence[bytes], heads: Sequence[Head] | msgspec.UnsetType
) -> None:
    """Keep what `by` says, as far as one of its keys signed it. What contradicts stays, whatever comes later."""
    for head in told(heads):
        if head.by != by or not head.holds(keys):
            continue
        known = witness_rows.head(db, head.of, head.by)
        before = _head(known) if known else None
        if known and before and (was := known["here"] or _other(centre, db, before)):
            witness_rows.mark(db, head.of, head.by, was)
            continue
        here = _other(centre, db, head)
        if here:
            _log.error("a signed head contradicts the log here", extra={"of": head.of, "by": head.by, "seq": head.seq})
        if here or before is None or (head.epoch, head.seq) >= (before.epoch, before.seq):
            witness_rows.keep(db, msgspec.structs.asdict(head) | {"here": here})


def _head(row: witness_rows.Row) -> Head:
    return Head(**{name: row[name] for name in Head.__struct_fields__})


def _other(centre: Centre, db: sa.Connection, head: Head) -> str:
    """The hash that stands here where the head has another; "" where they agree or nothing stands here. What was said
    of our own log in another epoch is over: we came back from a backup, and said so."""
    if head.of == centre.node and head.epoch != int(rows.value(db, "epoch") or 1):
        return ""
    held = rows.hashes(db, head.of, head.seq, head.seq)
    return held[0].hex() if held and held[0].hex() != head.hash else ""


def own(centre: Centre, db: sa.Connection) -> Head:
    """How far our own log reaches, signed."""
    seq, digest = rows.own_end(db)
    return _signed(centre, db, centre.node, seq, digest)


def _signed(centre: Centre, db: sa.Connection, of: str, seq: int, digest: bytes) -> Head:
    epoch = int(rows.value(db, "epoch") or 1)
    return Head(of, seq, digest.hex(), centre.node, epoch, centre.now()).signed(centre.keys)


def for_asker(centre: Centre, db: sa.Connection, asker: rows.Row, beside: Iterable[str]) -> tuple[Head, ...]:
    """What goes with a node's feed: how we have our own log and the asker's, and what its siblings and the level above
    say of ours and of its own."""
    made = [own(centre, db)] if rows.own_end(db)[0] else []
    if int(asker["have"]):
        made.append(_signed(centre, db, asker["name"], int(asker["have"]), bytes(asker["head"])))
    names, above = list(beside), rows.value(db, _ABOVE)
    signers = (*names, msgspec.json.decode(above, type=_Above).node if above else "")
    said = witness_rows.about(db, (centre.node, asker["name"], *names), signers, MOST - len(made))
    return (*made, *map(_head, said))


def published(centre: Centre) -> list[witness_rows.Row]:
    """What everybody may see: our own head, as it is now, and what others signed; what contradicts first."""
    with centre.database.read() as db:
        mine = own(centre, db)
        found = witness_rows.published(db, centre.node, _PUBLISHED)
        others = [one | {"here": one["here"] or _other(centre, db, _head(one))} for one in found]
    others.sort(key=lambda one: not one["here"])
    return [msgspec.structs.asdict(mine) | {"here": ""}, *others]
