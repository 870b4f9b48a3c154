"""What is done at a neighbour's besides telling each other what each has: files of villages' sticks go on or come back,
papers and pictures are fetched. Each by itself: what fails waits for the next time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from db.desk import picture_rows, sync_rows
from desk.errors import DeskError
from desk.store.store import Store
from desk.sync.hall import meeting, neighbours, sticks
from desk.sync.hall.neighbours import QUIET, Near
from desk.sync.hall.taking import Took
from desk.sync.kept import fetching
from desk.sync.protocol.near.parcel import Parcel, Window
from desk.sync.relay import notes as relay_notes
from desk.sync.relay.shelf import Shelf

_log = logging.getLogger("desk.hall")


class Errands:
    """Those of one open desk; `changed` hears what came."""

    def __init__(self, store: Store, shelf: Callable[[], Shelf], changed: Callable[[Took], object]) -> None:
        self._store, self._shelf, self._changed = store, shelf, changed

    def wait(self, took: Took, now: Window, before: Window) -> bool:
        """Whether something is to be had of a window or brought there, of which `took` was taken just now: a paper or a
        picture that is not here; files of villages' sticks that lie here, where it heard the centre later than this
        one; answers that were not there before, where sticks were taken in here."""
        with self._store.read() as db:
            if took.new and picture_rows.near_lacking(db, fetching.SMALL, (), 1):
                return True
            if now.heard > sync_rows.last_success(db) and self._shelf().waiting():
                return True
            return bool(now.answers) and now.answers != before.answers and bool(relay_notes.taken_here(db))

    def run(self, near: Near, place: str, theirs: Parcel) -> None:
        """All of them at `near`, which answers at `place` and said `theirs` last."""
        self._carry_sticks(near.node, place, theirs)
        self._fetch_pieces(near, place)

    def _carry_sticks(self, node: str, place: str, theirs: Parcel) -> None:
        """Files of villages' sticks go on to a window that heard the centre later than this one, answers come back."""
        with self._store.read() as db:
            us = self._store.identity_in(db)
            listed, epoch = neighbours.find(db, us, node), self._store.epoch(db)
            has_line = theirs.window.heard > sync_rows.last_success(db)
        if listed is not None and not listed.revoked:
            try:
                them = neighbours.them(listed, epoch)
                has_answers = bool(theirs.window.answers)
                sticks.carry(self._store, self._shelf(), us, place, them, has_line=has_line, has_answers=has_answers)
            except DeskError as error:
                _log.warning("a stick's files were not handed on: %s", error.happened)

    def _fetch_pieces(self, near: Near, place: str) -> None:
        """Papers and pictures that entries name and that are not here, from one that may have them."""
        now = time.monotonic()
        with self._store.read() as db:
            if now < near.ask_at and not picture_rows.near_asked(db):
                return
        near.ask_at = now + QUIET  # or until it brings something: else each would ask all others for all
        if now >= near.absent_until:
            near.absent, near.absent_until = frozenset(), now + QUIET
        try:
            found = fetching.fetch(self._store, meeting.pieces_of(self._store, place, near.node), near.absent)
        except DeskError as error:
            _log.info("papers and pictures did not come: %s", error.happened)
            return
        near.absent = found.absent
        if found.more:
            near.errand, near.ask_at = True, 0.0
        if found.new:
            self._changed(Took())
