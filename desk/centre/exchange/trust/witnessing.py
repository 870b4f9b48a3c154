"""Heads of logs at a centre: what nodes and the level above signed is kept, held against the logs here, handed on with
every feed, and published. So a history that was written anew shows, whoever wrote it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.line.one_trip import ask
from db.centre.trust import witness_rows
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.log.centre_events import HeadSettled
from desk.sync.protocol.heads import MOST, Head, told

_PUBLISHED, _ABOVE = 400, "upstream"  # the value that says who is above us
_log = logging.getLogger("desk.centre")


class _Above(msgspec.Struct, frozen=True):
    node: str


class Said(msgspec.Struct, frozen=True):
    """Heads that `by` says, and the keys that it signs with; `are_held`: by them, as was looked up already."""

    by: str
    keys: Sequence[bytes]
    heads: Sequence[Head] | msgspec.UnsetType
    are_held: bool = False

    def held(self) -> list[Head]:
        """Those that one of its keys signed."""
        mine = (head for head in told(self.heads) if head.by == self.by)
        return [head for head in mine if self.are_held or head.holds(self.keys)]


def keep(centre: Centre, db: sa.Connection, *told_by: Said) -> None:
    """Keep what each says, as far as one of its keys signed it. What contradicts stays, whatever comes later, until
    somebody looked into it."""
    heads = said(*told_by)
    if heads:
        known = ask(db, witness_rows.heads_asked(db, {by for _, by in heads}, {of for of, _ in heads}))
        put(centre, db, heads, known, witness_rows.hashes(db, places(heads)))


def said(*told_by: Said) -> dict[tuple[str, str], Head]:
    """What each says, as far as one of its keys signed it, by log and signer."""
    return {(head.of, one.by): head for one in told_by for head in one.held()}


def places(heads: Mapping[tuple[str, str], Head]) -> set[tuple[str, int]]:
    """The entries that heads speak of."""
    return {(one.of, one.seq) for one in heads.values()}


def put(
    centre: Centre,
    db: sa.Connection,
    heads: Mapping[tuple[str, str], Head],
    known: Mapping[tuple[str, str], witness_rows.Row],
    stands: Mapping[tuple[str, int], str],
) -> None:
    """Keep these heads in the places of those that are `known`; `stands`: the hashes of the entries that they speak of,
    as far as those stand here. Nothing is asked for in a turn."""
    were = {(row["of"], row["seq"]): bytes(row["stands"]).hex() for row in known.values() if row["stands"]}
    held, fresh = _Held(centre, db, {**were, **stands}), []
    for (of, by), head in heads.items():
        row = known.get((of, by))
        was = _head(row) if row else None
        if row and was and not row["settled_at"] and (other := row["here"] or held.other(was)):
            if not row["here"]:
                witness_rows.mark(db, of, by, other)
            continue
        here = held.other(head)
        if row and here and row["settled_at"] and (head.seq, head.hash) == (row["seq"], row["hash"]):
            continue  # the very one that was looked into
        if here:
            _log.error("a signed head contradicts the log here", extra={"of": of, "by": by, "seq": head.seq})
        if here or was is None or (head.epoch, head.seq) >= (was.epoch, was.seq):
            fresh.append(msgspec.structs.asdict(head) | {"here": here})
    witness_rows.keep_all(db, fresh)


def _head(row: witness_rows.Row) -> Head:
    return Head(**{name: row[name] for name in Head.__struct_fields__})


class _Held:
    """What stands here where heads speak of it."""

    def __init__(self, centre: Centre, db: sa.Connection, stands: Mapping[tuple[str, int], str]) -> None:
        self._node, self._at, self._epoch = centre.node, stands, int(rows.value(db, "epoch") or 1)

    def other(self, head: Head) -> str:
        """The hash that stands here where the head has another; "" where they agree or nothing stands here. What was
        said of our own log in another epoch is over: we came back from a backup, and said so."""
        if head.of == self._node and head.epoch != self._epoch:
            return ""
        found = self._at.get((head.of, head.seq), head.hash)
        return found if found != head.hash else ""


def _looked_at(centre: Centre, db: sa.Connection, heads: Sequence[Head]) -> _Held:
    return _Held(centre, db, witness_rows.hashes(db, [(one.of, one.seq) for one in heads]))


def settle(centre: Centre, author: str, of: str, by: str, digest: str, why: str) -> None:
    """What somebody found out of a signed head that contradicts: it is an entry of ours, and the head no doubt any more
    but for whoever looks into it again. Raises RefusedError where nothing is told, or it is no such head by now."""
    if not why.strip():
        raise RefusedError("请写明核对的结果。", "没有改动。")
    with centre.database.write() as db:
        found = witness_rows.head(db, of, by)
        if found is None or found["hash"] != digest:
            raise RefusedError("这一处已经变了，请重新打开再看。", "没有改动。")
        here = found["here"] or _looked_at(centre, db, [_head(found)]).other(_head(found))
        if here and not found["here"]:
            witness_rows.mark(db, of, by, here)
        said = {"settled_at": centre.now(), "settled_by": author}
        if not here or not witness_rows.settle(db, of, by, digest, said):
            raise RefusedError("这一处没有对不上，或者已经有人核对过。", "没有改动。")
        told_so = HeadSettled(of, by, int(found["seq"]), digest, here, why.strip())
        centre.add(db, [Own(author, "head.settled", f"head:{of}", told_so, "")])


def own(centre: Centre, db: sa.Connection) -> Head:
    """How far our own log reaches, signed."""
    return _own(centre, witness_rows.here(db))


def _own(centre: Centre, here: Mapping[str, str]) -> Head:
    seq, digest, epoch = int(here.get("seq", 0)), here.get("head", ""), int(here.get("epoch", 1))
    return Head(centre.node, seq, digest, centre.node, epoch, centre.now()).signed(centre.keys)


def for_asker(
    centre: Centre, db: sa.Connection, asker: rows.Row, beside: Iterable[str], here: Mapping[str, str]
) -> tuple[Head, ...]:
    """What goes with a node's feed: how we have our own log and the asker's, and what its siblings and the level above
    say of ours and of its own. `here`: of our own, as `witness_rows.here` says it, and who is above us."""
    made = [_own(centre, here)] if int(here.get("seq", 0)) else []
    if have := int(asker["have"]):
        epoch = int(here.get("epoch", 1))
        theirs = Head(asker["name"], have, bytes(asker["head"]).hex(), centre.node, epoch, centre.now())
        made.append(theirs.signed(centre.keys))
    names, above = list(beside), here.get(_ABOVE, "")
    signers = (*names, msgspec.json.decode(above, type=_Above).node if above else "")
    said = witness_rows.about(db, (centre.node, asker["name"], *names), signers, MOST - len(made))
    return (*made, *map(_head, said))


def doubts(centre: Centre) -> list[witness_rows.Row]:
    """What contradicts the log here and nobody looked into yet."""
    return [one for one in _others(centre) if one["here"] and not one["settled_at"]]


def _others(centre: Centre) -> list[witness_rows.Row]:
    """What others signed that everybody may see; what contradicts and is open first."""
    with centre.database.read() as db:
        found = witness_rows.published(db, centre.node, _PUBLISHED)
        held = _looked_at(centre, db, [_head(one) for one in found])
    told = [one | {"here": one["here"] or held.other(_head(one))} for one in found]
    return sorted(told, key=lambda one: (not one["here"] or bool(one["settled_at"]), not one["here"]))


def published(centre: Centre) -> list[dict[str, str | int]]:
    """What everybody may see: our own head, as it is now, and what others signed; what contradicts first. Who looked
    into it stands, with the words, in our log."""
    with centre.database.read() as db:
        mine = msgspec.structs.asdict(own(centre, db)) | {"here": "", "settled_at": ""}
    return [mine, *({key: value for key, value in one.items() if key != "settled_by"} for one in _others(centre))]
