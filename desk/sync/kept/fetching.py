"""Fetching papers and pictures from a neighbour that has them: small ones as soon as an entry names them, large ones
once somebody asks for them. Nothing is kept that does not fit its name, whoever gives it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Sequence

import msgspec
from sqlite_utils import Database

from db.desk import paper_rows, picture_rows
from desk import clock
from desk.store.store import Store
from desk.sync.kept import notes
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near import pieces
from desk.sync.protocol.near.pieces import Ask, Wanted

SMALL = 512 << 10  # bytes of what comes unasked: a picture of a paper is half of it at most
_ROUND = 8 << 20  # bytes that are fetched at one meeting, and the last one
_MOST_ABSENT = 5000  # that one neighbour is asked for in vain
_log = logging.getLogger("desk.hall")
Post = Callable[[bytes], bytes]  # the body of a question; that of the neighbour's answer


class Fetched(msgspec.Struct, frozen=True):
    """How many came whole; what the neighbour does not have, or gave wrong; whether there is more to fetch."""

    new: int = 0
    absent: frozenset[str] = frozenset()
    more: bool = False


class _Coming(msgspec.Struct):
    """One that is not whole yet."""

    sha256: str = ""
    data: bytes = b""


def fetch(store: Store, post: Post, absent: Collection[str] = ()) -> Fetched:
    """Ask for what is lacking but for `absent`. Raises what `post` raises, and BatchError; what came until then
    stays."""
    out, new, room, coming = set(absent), 0, _ROUND, _Coming()
    while True:
        with store.read() as db:
            rows = picture_rows.near_lacking(db, SMALL, out, pieces.MOST_ASKED)
        if not rows or room <= 0 or len(out) > _MOST_ABSENT:
            return Fetched(new, frozenset(out), bool(rows) and room <= 0)
        rows.sort(key=lambda row: row["sha256"] != coming.sha256)  # what has begun goes on
        wanted = tuple(Wanted(row["sha256"], len(coming.data) if row["sha256"] == coming.sha256 else 0) for row in rows)
        told, parts = pieces.unpack(post(pieces.pack_ask(Ask(wanted))))
        by_name = {row["sha256"]: row for row in rows}
        lacks = {one for one in told.absent if one in by_name}
        if not told.given and not lacks:
            raise BatchError("邻窗没有答出要的图片。")
        out |= lacks
        whole = list[tuple[str, bytes]]()
        asked = {one.sha256: one.at for one in wanted}
        for one, part in zip(told.given, parts, strict=True):
            room -= len(part)
            begun = coming.data if one.sha256 == coming.sha256 else b""
            data = begun + part
            row = by_name.get(one.sha256)
            if row is None or asked.pop(one.sha256, -1) != one.at or not _fits(row, one.size, data):
                raise BatchError("邻窗给的图片不是要的那些，没有收。")
            if len(data) < one.size:
                if not part:
                    raise BatchError("邻窗给的图片没有尽头，没有收。")
                coming = _Coming(one.sha256, data)
                if one.size > SMALL and not row["asked"]:
                    _is_large(store, one)
                    coming = _Coming()
            else:
                whole.append((one.sha256, data))
        out |= _keep(store, [(name, data, by_name[name]) for name, data in whole])
        new += sum(name not in out for name, _ in whole)
        if coming.sha256 in {name for name, _ in whole}:
            coming = _Coming()


def _fits(row: dict[str, object], size: int, data: bytes) -> bool:
    """Whether it is as large as the entry says, where it says that, and no larger than it says itself."""
    return row["size"] in (0, size) and len(data) <= size <= pieces.LARGEST


def _is_large(store: Store, one: pieces.Given) -> None:
    """A paper that is larger than what comes unasked."""
    with store.write() as db:
        picture_rows.near_is_large(db, one.sha256, one.size)


def _keep(store: Store, whole: Sequence[tuple[str, bytes, dict[str, object]]]) -> set[str]:
    """Keep what fits its name; the names of what does not."""
    good = [(name, data, row) for name, data, row in whole if hashlib.sha256(data).hexdigest() == name]
    if good:
        with store.write() as db:
            for name, data, row in good:
                _put(db, name, data, row, clock.stamp(store.tell()))
    bad = {name for name, _, _ in whole} - {name for name, _, _ in good}
    if bad:
        _log.warning("a neighbour gave %d papers or pictures that do not fit their names", len(bad))
    return bad


def _put(db: Database, sha256: str, data: bytes, row: dict[str, object], now: str) -> None:
    told = msgspec.json.decode(bytes(row["body"]), type=dict[str, str])  # type: ignore[call-overload]
    if row["what"] == "paper":
        paper_rows.put_paper(db, {"sha256": sha256, **told, "bytes": data})
    else:
        picture_rows.put_file(db, {"sha256": sha256, **told, "size": len(data), "kept_at": now, "bytes": data})
        if row["what"] != notes.DRAFT:  # whoever has a line sends it
            picture_rows.add_due(db, [{"sha256": sha256, "size": len(data), "name": told["name"]}])
    picture_rows.near_is_here(db, sha256)
