"""Which papers and pictures entries of the point's other desks name, whether these come by the centre or by the hall.
Notes of this machine; the bytes come from whoever has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, local_rows, picture_rows
from desk.log import chain, events
from desk.log.files import FileRef
from desk.store import siblings
from desk.store.store import Store

_SEEN = "near-files-noted"  # the logs from before this table were looked through
_RUN = 2000
_NAMES = b'"sha256":'


def note(db: Database, kept: Iterable[chain.Kept]) -> None:
    """Note what these entries of siblings name."""
    found = [row for one in kept if _NAMES in one.encoded for row in _named(one.entry)]
    if found:
        picture_rows.add_near(db, found)


def files_of(kept: Iterable[chain.Kept]) -> Iterator[FileRef]:
    """The pictures that these entries name."""
    for one in kept:
        if _NAMES in one.encoded:
            yield from events.files(events.decode(one.entry.kind, one.entry.data))


def _named(entry: chain.Entry) -> Iterator[tuple[str, str, int, bytes]]:
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
        names = [one.node for one in siblings.known(db)]
    for name in names:
        after = 0
        while True:
            with store.write() as db:
                encoded = entry_rows.entries_after(db, name, after, _RUN)
                note(db, (chain.Kept(chain.decoded(one), one, b"") for one in encoded))
            after += len(encoded)
            if len(encoded) < _RUN:
                break
    with store.write() as db:
        local_rows.set_local(db, _SEEN, b"1")
