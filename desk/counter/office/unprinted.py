"""What waits for a printer, kept over the end of the program: which paper and where, never the paper again."""

from __future__ import annotations

import msgspec

from db.desk import local_rows
from desk.counter.session import Session

_KEY = "unprinted"


class Unprinted(msgspec.Struct, frozen=True):
    """A paper that did not come out of the printer `where`. `sha256` is that of the kept paper, "" where none is kept;
    `copy` says that it was to be printed again 补打, under its mark."""

    title: str
    where: str
    sha256: str = ""
    copy: bool = False


class UnprintedBook:
    """Reads and keeps them, on this machine alone."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def kept(self) -> tuple[Unprinted, ...]:
        """What was kept last."""
        with self._session.store.read() as db:
            kept = local_rows.local(db, _KEY)
        return msgspec.json.decode(kept, type=tuple[Unprinted, ...]) if kept else ()

    def keep(self, papers: tuple[Unprinted, ...]) -> None:
        """These in place of those before."""
        with self._session.store.write() as db:
            local_rows.set_local(db, _KEY, msgspec.json.encode(papers))
