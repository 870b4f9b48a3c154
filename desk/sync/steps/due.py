"""What is to be done before the centre is asked, and what is left to do once its answer is here: each read in one go,
so that a sync with nothing new asks for nothing twice. Whatever is due is looked at again by the step that does it."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows
from desk.store import siblings as siblings_here
from desk.store import villages
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing, picture_sending, siblings
from desk.sync.trust import doubts


class Before(msgspec.Struct, frozen=True):
    """`is_rekeying`: keys wait to be taken up; `is_sending`: own entries wait; `cursor` and `seen`: how far the feed is
    here; `doubted`: what contradicts what is here."""

    is_rekeying: bool
    is_sending: bool
    cursor: int
    seen: str
    doubted: tuple[doubts.Doubt, ...]


class Due(msgspec.Struct, frozen=True):
    """How things stand with an answer taken in: how much of our own log the centre says to `have`; `cursor` and `seen`
    of the feed, `head` and `acked` of our own log; whether desks are to be admitted, whether siblings' logs, villages
    and pictures are to be looked at; `doubted`."""

    have: int
    cursor: int
    seen: str
    head: int
    acked: int
    is_admitting: bool
    siblings: bool
    villages: bool
    pictures: bool
    doubted: tuple[doubts.Doubt, ...]

    def is_nothing_after(self, before: Before) -> bool:
        """Whether nothing is left to do, and nothing to be said that was not known `before`."""
        steps = (self.is_admitting, self.siblings, self.villages, self.pictures)
        return self.acked <= self.have <= self.head and not any(steps) and self.doubted == before.doubted


def before(store: Store, db: Database, us: Identity) -> Before:
    """What is to be done before the centre is asked for its feed."""
    return Before(
        healing.waits_in(db, healing.KEYS),
        _head(db, us) > store.acked(db),
        store.cursor(db),
        store.seen(db),
        doubts.all_of(db),
    )


def after(store: Store, db: Database, us: Identity, have: int) -> Due:
    """What is left to do, in the transaction that took an answer in."""
    return Due(
        have,
        store.cursor(db),
        store.seen(db),
        _head(db, us),
        store.acked(db),
        bool(siblings_here.admitted(db)),
        siblings.are_due(db, us),
        villages.offered(db),
        picture_sending.is_due(db),
        doubts.all_of(db),
    )


def _head(db: Database, us: Identity) -> int:
    head = entry_rows.head(db, us.node)
    return head[0] if head else 0
