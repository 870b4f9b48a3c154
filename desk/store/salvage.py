"""What a damaged database still gives, taken page by page into a whole one that is older.

Entries, pictures and papers are believed by their own hashes; what has none only from pages that nobody touched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, local_rows, paper_rows, picture_rows
from db.pages import Pages, Row, rows
from desk.errors import UNREADABLE
from desk.log import chain, events
from desk.store import soundness
from desk.store.identity import Identity
from desk.store.snapshots import Draft
from desk.store.store import Store

_HASH = re.compile(r"[0-9a-f]{64}")
_INTAKE = re.compile(r"\d{20,30}")


class Saved(msgspec.Struct, frozen=True):
    """What came over: own entries as they were, those said again behind a gap, pictures, papers, drafts; and what did
    not: the places in the own log of which only the number is known, and cases by intake number and name."""

    entries: int = 0
    again: int = 0
    pictures: int = 0
    papers: int = 0
    drafts: int = 0
    lost: tuple[int, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


class _Log(msgspec.Struct):
    """Own entries by number and by the hash before them, and each number of the own log that was seen anywhere."""

    following: dict[tuple[str, bytes], chain.Kept] = {}
    seen: set[int] = set()
    cases: dict[str, str] = {}


def salvage(store: Store, damaged: Path) -> Saved:
    """Take over into `store` what `damaged`, of the same desk and key, has beyond it. One transaction. Raises OSError,
    SurroundingsError."""
    pages = Pages(damaged, store.rooms.key)
    try:
        with store.write() as db:
            who = store.identity_in(db)
            log = _read_log(pages, who)
            run, rest, lost = _in_order(db, who.node, log)
            store.receive(db, run)
            again = _not_here(db, rest)
            store.carry_over(db, who.node, again)
            said = [*(one.entry for one in run), *again]
            store.note_files(db, (ref for one in said for ref in events.files(events.decode(one.kind, one.data))))
            pictures, papers = _blobs(db, rows(pages))
            drafts = _drafts(db, rows(pages))
            gone = [(number, name) for number, name in log.cases.items() if not entry_rows.top_rank(db, number)]
    finally:
        pages.close()
    return Saved(len(run), len(again), pictures, papers, drafts, lost, tuple(gone))


def _read_log(pages: Pages, who: Identity) -> _Log:
    log, point = _Log(), who.point_code
    for row in rows(pages):
        match row.values:
            case (_, str(node), int(seq), bytes(digest), str(), str(), int(), str(), bytes(encoded)):
                if node == who.node:
                    log.seen.add(seq)
                if node.startswith(point) and soundness.follows(encoded, digest):
                    kept = chain.Kept(chain.decoded(encoded), encoded, digest)
                    log.following[node, soundness.prev_of(encoded)] = kept
            case (str(node), int(seq), int()) if row.number is None and row.sound and node == who.node:
                log.seen.add(seq)  # its index
            case (_, str(number), str(), str(), str(), str(name), *_) if row.sound and _INTAKE.fullmatch(number):
                log.cases[number] = name
    return log


def _in_order(db: Database, own: str, log: _Log) -> tuple[list[chain.Kept], list[chain.Kept], tuple[int, ...]]:
    """What follows the own log here without a gap, the other entries of this desk's, and the numbers that are lost."""
    seq, digest = entry_rows.head(db, own) or (0, chain.GENESIS)
    run: list[chain.Kept] = []
    while (kept := log.following.pop((own, digest), None)) is not None and kept.entry.seq == seq + 1:
        run.append(kept)
        seq, digest = kept.entry.seq, kept.hash
    rest = sorted(log.following.values(), key=lambda one: (one.entry.node != own, one.entry.node, one.entry.seq))
    beyond = {one.entry.seq for one in rest if one.entry.node == own}
    return run, rest, tuple(sorted(one for one in log.seen if one > seq and one not in beyond))


def _not_here(db: Database, found: Iterable[chain.Kept]) -> list[chain.Entry]:
    """Facts of this desk that are in no log here: those of siblings come from the centre, with their signatures."""
    here: set[chain.Fact] = set()
    new: list[chain.Entry] = []
    for kept in found:
        entry = kept.entry
        if entry_rows.hash_of(db, entry.node, entry.seq) == kept.hash or not _own(db, entry.node):
            continue
        here |= {chain.fact(chain.decoded(one)) for one in entry_rows.entries_about(db, entry.subject)}
        if chain.fact(entry) not in here:
            here.add(chain.fact(entry))
            new.append(entry)
    return new


def _own(db: Database, node: str) -> bool:
    who = Store.identity_in(db)
    return node in {who.node, *(one.node for one in who.former)}


def _blobs(db: Database, found: Iterator[Row]) -> tuple[int, int]:
    """Pictures and papers that were not here: how many."""
    before = db["file"].count, db["paper"].count
    for row in found:
        match row.values:
            case (str(digest), str(kind), str(name), int(size), str(at), bytes(data)) if _holds(digest, data):
                picture_rows.put_file(
                    db, {"sha256": digest, "kind": kind, "name": name, "size": size, "kept_at": at, "bytes": data}
                )
            case (str(digest), str(subject), str(paper), str(title), str(at), bytes(data)) if _holds(digest, data):
                named = {"sha256": digest, "subject": subject, "paper": paper, "title": title}
                paper_rows.put_paper(db, named | {"made_at": at, "bytes": data})
    return db["file"].count - before[0], db["paper"].count - before[1]


def _holds(digest: str, data: bytes) -> bool:
    return bool(_HASH.fullmatch(digest)) and hashlib.sha256(data).hexdigest() == digest


def _drafts(db: Database, found: Iterator[Row]) -> int:
    """Drafts that were kept later than those here, and which of them became cases; how many were taken."""
    here = {row["id"]: row["saved"] for row in local_rows.drafts(db)}
    coming: dict[str, tuple[str, bytes]] = {}
    ended: dict[str, str] = {}
    for row in found:
        match row.values:
            case (str(draft_id), str(saved), bytes(body)) if row.sound and _is_draft(draft_id, body):
                if saved > coming.get(draft_id, (here.get(draft_id, ""), b""))[0]:
                    coming[draft_id] = saved, body
            case (str(draft_id), str(number)) if row.number is None and row.sound and _INTAKE.fullmatch(number):
                ended[draft_id] = number
    for draft_id, number in ended.items():
        if entry_rows.top_rank(db, number) and not local_rows.case_of_draft(db, draft_id):
            local_rows.end_draft(db, draft_id, number)
    kept = {one: row for one, row in coming.items() if not local_rows.case_of_draft(db, one)}
    for draft_id, (saved, body) in kept.items():
        local_rows.put_draft(db, {"id": draft_id, "saved": saved, "body": body})
    return len(kept)


def _is_draft(draft_id: str, body: bytes) -> bool:
    try:
        return msgspec.json.decode(body, type=Draft).id == draft_id
    except (*UNREADABLE, msgspec.ValidationError):
        return False
