"""Queries of the centre's tables: few statements for many rows, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from db.centre import part_rows
from db.centre.box import place, place_of_batch, place_of_entry
from db.centre.database import box
from db.centre.line.one_trip import Question, ask, one_of
from db.centre.pictures.picture_rows import settled
from db.centre.pictures.places import Laid
from db.centre.schema import (
    LISTED,
    batch,
    counter,
    entry,
    file,
    file_size,
    former_key,
    node,
)
from db.centre.tables import own_values
from db.centre.tables.putting import insert, put
from db.centre.tables.upserts import upsert

Row = Mapping[str, Any]
# The columns of an entry: node, seq, hash ... and its bytes, not sealed yet.
EntryRow = tuple[str, int, bytes, str, str, int, str, str, str, bytes]
_ENTRY = ("node", "seq", "hash", "kind", "subject", "rank", "time", "received_at", "audience", "encoded")
_MEMORY = 32 << 20  # bytes of entries that are held at once
# What every batch asks is put into words once: building a question takes longer than answering it.
_ONE_NODE = sa.select(node).where(node.c.name == sa.bindparam("name"))
_NODES_OF = sa.select(node).where(node.c.point_code == sa.bindparam("point")).order_by(node.c.name)
_LOCKED_NODE = _ONE_NODE.with_for_update()
_HASHES = (
    sa.select(entry.c.hash)
    .where(entry.c.node == sa.bindparam("name"), entry.c.seq.between(sa.bindparam("first"), sa.bindparam("last")))
    .order_by(entry.c.seq)
)


def among(db: sa.Connection, column: sa.Column[str], values: Iterable[str]) -> sa.ColumnElement[bool]:
    """`column` is one of `values`, however many: one parameter and one statement for any number of them. What has a
    NUL in it names nothing: PostgreSQL knows no such text, and in JSON it would end there."""
    names = [one for one in values if "\0" not in one]
    if db.dialect.name == "postgresql":
        return column == sa.any_(sa.literal(names, postgresql.ARRAY(sa.Text)))
    told = sa.func.json_each(json.dumps(names)).table_valued("value")
    return column.in_(sa.select(told.c.value))


def heard(*audience: Any) -> sa.ColumnElement[bool]:
    """Entries for one of `audience`: so said that the index over those which somebody should hear of answers it."""
    return sa.and_(entry.c.audience != sa.literal_column("''"), entry.c.audience.in_(audience))


def value(db: sa.Connection, key: str) -> str:
    """A value of the centre's own; "" when there is none."""
    return own_values.ask(db, key)[key]


def set_value(db: sa.Connection, key: str, text: str) -> None:
    """Keep a value of the centre's own."""
    own_values.put(db, {key: text})


def own_end(db: sa.Connection) -> tuple[int, bytes]:
    """Seq and chain hash of the last entry of the centre's own log; 0 and b"" before the first."""
    found = own_values.ask(db, "seq", "head")
    return int(found["seq"] or 0), bytes.fromhex(found["head"])


def set_own_end(db: sa.Connection, seq: int, head: bytes) -> None:
    """The centre's own log ends there now."""
    own_values.put(db, {"seq": str(seq), "head": head.hex()})


def one_node(db: sa.Connection, name: str, *, lock: bool = False) -> Row | None:
    """A node by name; `lock` keeps others from its row until the transaction ends (PostgreSQL)."""
    found = db.execute(_LOCKED_NODE if lock else _ONE_NODE, {"name": name}).mappings().first()
    return dict(found) if found else None


def nodes(db: sa.Connection) -> list[Row]:
    """Every node, by name."""
    return [dict(row) for row in db.execute(sa.select(node).order_by(node.c.name)).mappings()]


def nodes_of(db: sa.Connection, point_code: str) -> list[Row]:
    """The nodes of a point, by name."""
    return [dict(row) for row in db.execute(_NODES_OF, {"point": point_code}).mappings()]


def direct(db: sa.Connection, names: Collection[str]) -> set[str]:
    """Those of these nodes that speak to us themselves."""
    asked = sa.select(node.c.name).where(node.c.via == "", among(db, node.c.name, sorted(names)))
    return set(db.execute(asked).scalars())


def centres_below(db: sa.Connection) -> list[str]:
    """The centres (numbered 00) that speak to us themselves."""
    asked = sa.select(node.c.name).where(node.c.via == "", node.c.name.like("%-00"))
    return list(db.execute(asked.order_by(node.c.name)).scalars())


def node_names(db: sa.Connection, point_code: str) -> list[str]:
    """Names of the nodes of a point."""
    return list(db.execute(sa.select(node.c.name).where(node.c.point_code == point_code)).scalars())


def add_node(db: sa.Connection, row: Row) -> None:
    """Register a node."""
    db.execute(sa.insert(node), [dict(row)])


def set_node(db: sa.Connection, name: str, **changes: Any) -> None:
    """Change what is known of a node."""
    db.execute(sa.update(node).where(node.c.name == name).values(**changes))


def node_with_key(db: sa.Connection, sign_key: bytes) -> Row | None:
    """The node that signs with this key."""
    found = db.execute(sa.select(node).where(node.c.sign_key == sign_key)).mappings().first()
    return dict(found) if found else None


def add_former_key(db: sa.Connection, name: str, sign_key: bytes, seal_key: bytes, until: str) -> None:
    """Remember keys that a node had; those that are known stay as they are."""
    known = sa.select(former_key.c.node).where(former_key.c.node == name, former_key.c.sign_key == sign_key)
    if db.execute(known).first() is None:
        db.execute(sa.insert(former_key).values(node=name, sign_key=sign_key, seal_key=seal_key, until=until))


def former_keys(db: sa.Connection, name: str) -> list[bytes]:
    """The signing keys that a node had before its present one."""
    asked = sa.select(former_key.c.sign_key).where(former_key.c.node == name).order_by(former_key.c.until.desc())
    return [bytes(one) for one in db.execute(asked).scalars()]


def add_batch(db: sa.Connection, name: str, first: int, last: int, data: bytes, now: str) -> None:
    """Keep a batch as it came."""
    kept = box(db).seal(data, place_of_batch(name, first, last))
    db.execute(sa.insert(batch).values(node=name, first=first, last=last, bytes=kept, received_at=now))


def next_batch(db: sa.Connection, after: int, name: str = "", above: int = -1) -> Row | None:
    """The first kept batch with a number above `after`; with `name`, of that node and reaching beyond `above`."""
    asked = sa.select(batch).where(batch.c.number > after)
    if name:
        asked = asked.where(batch.c.node == name, batch.c.last > above)
    found = db.execute(asked.order_by(batch.c.number).limit(1)).mappings().first()
    if not found:
        return None
    where = place_of_batch(found["node"], found["first"], found["last"])
    return {**found, "bytes": box(db).open(bytes(found["bytes"]), where)}


def batches_after(db: sa.Connection, number: int) -> int:
    """How many kept batches have a number above `number`."""
    return int(db.execute(sa.select(sa.func.count()).select_from(batch).where(batch.c.number > number)).scalar_one())


def jump_counters(db: sa.Connection, days: Sequence[str], year: str, by: int, documents: int) -> None:
    """Pass over numbers that may have been given: `by` for each of `days`, `documents` for their counters."""
    for day in days:
        next_numbers(db, day, by)
    of_papers = sa.and_(counter.c.day.like(f"%{year}"), sa.func.length(counter.c.day) < 8)
    db.execute(sa.update(counter).where(of_papers).values(last=counter.c.last + documents))


def hashes(db: sa.Connection, name: str, first: int, last: int) -> list[bytes]:
    """Chain hashes of entries first..last of a node, in order."""
    return [bytes(one) for one in db.execute(_HASHES, {"name": name, "first": first, "last": last}).scalars()]


def add_entries(db: sa.Connection, rows: Sequence[EntryRow]) -> None:
    """Append to the log."""
    sealed = box(db).seal_all([(row[-1], place_of_entry(row[0], row[1])) for row in rows])
    put(db, entry, _ENTRY, [(*row[:-1], one) for row, one in zip(rows, sealed, strict=True)])


# What has to be asked for to open an entry.
ENCODED = (entry.c.node, entry.c.seq, entry.c.encoded)


def opened(db: sa.Connection, row: Any) -> bytes:
    """The bytes of an entry whose row has `ENCODED`."""
    return box(db).open(bytes(row.encoded), place_of_entry(row.node, row.seq))


_OF_NODE = sa.select(*ENCODED).where(entry.c.node == sa.bindparam("name"), entry.c.seq > sa.bindparam("after"))


def encoded_after(db: sa.Connection, name: str, seq: int, limit: int, most: int = _MEMORY) -> list[bytes]:
    """Encoded entries of a node after `seq`, in order: up to `limit`, of `most` bytes together; the first always."""
    return [encoded for _, encoded in _within(db, _AFTER, limit, most, {"name": name, "after": seq})[0]]


def feed(
    db: sa.Connection, name: str, audience: str, after: int, limit: int, most: int, subjects: Sequence[str] = ()
) -> tuple[list[tuple[int, bytes]], bool]:
    """Seq and bytes of the centre's own entries meant for `audience` or for all, after `after`; bounded as
    `encoded_after`; and whether there are more. `subjects`: how those begin that alone `audience` hears of."""
    own = [entry.c.subject.startswith(one) for one in subjects]
    asked = _bounded(_told(sa.or_(entry.c.audience == "*", *own))) if own else _FEED
    return _within(db, asked, limit, most, {"name": name, "audience": audience, "after": after})


def _bounded(asked: sa.Select[Any] | sa.CompoundSelect[Any]) -> sa.Select[Any]:
    """The first rows of `asked`, whose lengths are looked at before they are fetched."""
    some = asked.order_by(sa.literal_column("seq")).limit(sa.bindparam("limit") + 1).subquery()
    length = sa.func.length(some.c.encoded)
    told = (sa.func.sum(length).over(order_by=some.c.seq).label("sum"), sa.func.count().over().label("of"))
    summed = sa.select(some, length.label("length"), *told).subquery()
    fits = sa.or_(summed.c.sum <= sa.bindparam("most"), summed.c.sum == summed.c.length)
    return sa.select(summed).where(fits).order_by(summed.c.seq).limit(sa.bindparam("limit"))


def _told(*more: sa.ColumnElement[bool]) -> sa.CompoundSelect[Any]:
    """What an audience should hear of, after a place: what is for it alone and what is for all are each walked in their
    order by the index, not the whole log behind that place."""
    own = _OF_NODE.where(*more)
    return sa.union_all(own.where(heard(sa.bindparam("audience"))), own.where(heard("*")))


_AFTER, _FEED = _bounded(_OF_NODE), _bounded(_told())


def _within(
    db: sa.Connection, bounded: sa.Select[Any], limit: int, most: int, asked: dict[str, Any]
) -> tuple[list[tuple[int, bytes]], bool]:
    """Rows of a bounded question, and whether there are more."""
    found = db.execute(bounded, asked | {"limit": limit, "most": most}).all()
    return [(row.seq, opened(db, row)) for row in found], bool(found) and found[0].of > len(found)


def published_after(db: sa.Connection, name: str, seq: int) -> list[tuple[int, bytes]]:
    """Items, whether the sample stands, legal clocks, Mongolian texts, holiday tables, bodies, what townships adjust:
    what the centre `name` published after `seq`."""
    kinds = ["item.published", "sample.told", "regime.published", "texts.written", "words.published"]
    kinds += ["holidays.published", "body.published", "local.published"]
    told = entry.c.kind.in_(kinds)
    asked = sa.select(*ENCODED).where(entry.c.node == name, heard("*"), entry.c.seq > seq, told)
    return [(row.seq, opened(db, row)) for row in db.execute(asked.order_by(entry.c.seq))]


_FEW = 50  # subjects that SQLite is asked for by name each
_BUT = sa.or_(entry.c.node != sa.bindparam("node"), entry.c.seq < sa.bindparam("seq"))
_ABOUT = sa.select(entry.c.subject, *ENCODED).where(_BUT)
_ABOUT_THESE = {dialect: _ABOUT.where(told) for dialect, told in one_of(entry.c.subject, "subjects").items()}


def about(db: sa.Connection, subjects: Sequence[str], but: tuple[str, int] = ("", 0)) -> dict[str, list[bytes]]:
    """Encoded entries by subject; without those of the node `but[0]` from `but[1]` on, which the caller holds."""
    if len(subjects) <= _FEW or db.dialect.name == "postgresql":
        return ask(db, about_asked(db, subjects, but))
    found = db.execute(_ABOUT.where(among(db, entry.c.subject, subjects)), {"node": but[0], "seq": but[1]})
    return _by_subject(db, subjects, found)


def about_asked(
    db: sa.Connection, subjects: Sequence[str], but: tuple[str, int] = ("", 0)
) -> Question[dict[str, list[bytes]]]:
    """As `about`; on SQLite of thousands at most."""
    told = {"node": but[0], "seq": but[1], "subjects": [one for one in subjects if "\0" not in one]}
    return Question(_ABOUT_THESE[db.dialect.name], told, lambda found: _by_subject(db, subjects, found))


def _by_subject(db: sa.Connection, subjects: Sequence[str], found: Iterable[Any]) -> dict[str, list[bytes]]:
    encoded_by: dict[str, list[bytes]] = {subject: [] for subject in subjects}
    for row in found:
        encoded_by[row.subject].append(opened(db, row))
    return encoded_by


def own_of_kind(db: sa.Connection, name: str, kind: str, limit: int, before: int = 0) -> list[bytes]:
    """Encoded entries of a node of one of the kinds that are `LISTED`, latest first; with `before`, of a lower seq."""
    asked = sa.select(*ENCODED).where(entry.c.node == name, entry.c.kind == kind, LISTED)
    if before:
        asked = asked.where(entry.c.seq < before)
    return [opened(db, row) for row in db.execute(asked.order_by(entry.c.seq.desc()).limit(limit))]


def last_batch(db: sa.Connection) -> int:
    """The number of the batch that came last."""
    return int(db.execute(sa.select(sa.func.max(batch.c.number))).scalar() or 0)


def point_of(db: sa.Connection, subject: str) -> str:
    """The point whose desks wrote about this subject; "" when none did."""
    asked = sa.select(node.c.point_code).join(entry, entry.c.node == node.c.name).where(entry.c.subject == subject)
    return db.execute(asked.limit(1)).scalar() or ""


def next_numbers(db: sa.Connection, day: str, count: int) -> int:
    """Reserve `count` serials of `day`; the first of them."""
    asked = upsert(db, counter).values(day=day, last=count)
    asked = asked.on_conflict_do_update(index_elements=["day"], set_={"last": counter.c.last + count})
    return int(db.execute(asked.returning(counter.c.last)).scalar_one()) - count + 1


def add_files(db: sa.Connection, named_files: Iterable[Row]) -> None:
    """Note pictures that entries name; those that are known stay as they are, but that another size may be named."""
    rows = list(named_files)
    if not rows:
        return
    fresh = {row["sha256"]: row for row in rows}
    asked = sa.select(file.c.sha256, file.c.done_at).where(among(db, file.c.sha256, fresh))
    known = {row.sha256: row.done_at for row in db.execute(asked)}
    seal = box(db).seal
    unknown = [
        {
            "done_at": "",
            "point": "",
            **row,
            "name": seal(str(row["name"]).encode(errors="replace"), _place_of_name(sha256)),
        }
        for sha256, row in fresh.items()
        if sha256 not in known
    ]
    insert(db, file, unknown)
    named = {(row["sha256"], row["size"]) for row in rows if not known.get(row["sha256"])}
    sizes = sa.select(file_size).where(among(db, file_size.c.sha256, {sha256 for sha256, _ in named}))
    named -= {(sha256, size) for sha256, size in db.execute(sizes)}
    insert(db, file_size, [{"sha256": sha256, "size": size} for sha256, size in sorted(named)])


def one_file(db: sa.Connection, sha256: str) -> Row | None:
    """A picture as far as it is known; `bytes` as they are sealed, where they lie in the database; `lock` is not
    needed: one writer at a time."""
    row = db.execute(sa.select(file).where(file.c.sha256 == sha256)).mappings().first()
    if row is None:
        return None
    name = box(db).open(bytes(row["name"]), _place_of_name(sha256))
    return {**row, "name": name.decode()}


def _place_of_name(sha256: str) -> bytes:
    return place("file", "name", sha256)


def finish_file(db: sa.Connection, laid: Laid, time: str) -> None:
    """The picture is whole, with the bytes that were laid."""
    said = settled(db, laid)
    whole = {"place": said["place"], "bytes": said["bytes"], "size": laid.size, "done_at": time}
    db.execute(sa.update(file).where(file.c.sha256 == laid.name).values(**whole))
    part_rows.forget(db, laid.name)
