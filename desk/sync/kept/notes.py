"""Which papers and pictures entries of the point's other desks name, whether these come by the centre or by the hall.
Notes of this machine; the bytes come from whoever has them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, local_rows, picture_rows
from desk.errors import UNREADABLE
from desk.log import chain, events
from desk.log.files import FileRef
from desk.log.hall.hall_events import DraftPassed
from desk.store import siblings
from desk.store.identity import Identity
from desk.store.snapshots import Draft
from desk.store.store import Store
from desk.sync.protocol.seal import SealError, unseal_any

_SEEN = "near-files-noted"  # the logs from before this table were looked through
_RUN = 2000
DRAFT = "draft"  # a picture that a draft alone names: the centre has nothing of it until the case is taken in
_Row = tuple[str, str, int, bytes]  # hash, what it is, bytes, what else is kept of it
_NAMES = b'"sha256":'


def note(db: Database, us: Identity, kept: Iterable[chain.Kept]) -> None:
    """Note what these entries of siblings name, and what drafts name that are passed on to `us`."""
    found = list[_Row]()
    for one in kept:
        if _NAMES in one.encoded:
            found += _named(one.entry)
        elif one.entry.kind == "draft.passed":
            found += _of_draft(us, one.entry)
    if found:
        picture_rows.add_near(db, found)


def of_draft(db: Database, draft: Draft) -> None:
    """Note the pictures of a draft, here and elsewhere: whoever it is sealed to may have them, and nobody else knows
    their names."""
    picture_rows.add_near(db, _pictures(draft))


def _pictures(draft: Draft) -> Iterator[_Row]:
    for ref in (ref for one in draft.materials for ref in one.files):
        yield ref.sha256, DRAFT, ref.size, msgspec.json.encode({"kind": ref.kind, "name": ref.name})


def _of_draft(us: Identity, entry: chain.Entry) -> Iterator[_Row]:
    passed = events.decode(entry.kind, entry.data)
    if isinstance(passed, DraftPassed) and passed.to in {us.node, *(one.node for one in us.former)}:
        keys = (us.keys, *(one.keys for one in us.former))
        with contextlib.suppress(SealError, *UNREADABLE):  # it cannot be taken up either, which is told there
            yield from _pictures(msgspec.json.decode(unseal_any(passed.sealed, keys), type=Draft))


def files_of(kept: Iterable[chain.Kept]) -> Iterator[FileRef]:
    """The pictures that these entries name."""
    for one in kept:
        if _NAMES in one.encoded:
            yield from events.files(events.decode(one.entry.kind, one.entry.data))


def _named(entry: chain.Entry) -> Iterator[_Row]:
    data = events.decode(entry.kind, entry.data)
    if isinstance(data, events.PaperMade):
        row = {"subject": entry.subject, "paper": data.paper, "title": data.title, "made_at": entry.time}
        yield data.sha256, "paper", 0, msgspec.json.encode(row)
    for ref in events.files(data):
        yield ref.sha256, "file", ref.size, msgspec.json.encode({"kind": ref.kind, "name": ref.name})


def look_through(store: Store) -> None:
    """Once: logs that came before there was this table."""
    with store.read() as db:
        if local_rows.local(db, _SEEN) is not None:
            return
        us, names = store.identity_in(db), [one.node for one in siblings.known(db)]
    for name in names:
        after = 0
        while True:
            with store.write() as db:
                encoded = entry_rows.entries_after(db, name, after, _RUN)
                note(db, us, (chain.Kept(chain.decoded(one), one, b"") for one in encoded))
            after += len(encoded)
            if len(encoded) < _RUN:
                break
    with store.write() as db:
        local_rows.set_local(db, _SEEN, b"1")
