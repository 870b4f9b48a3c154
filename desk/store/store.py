"""The desk's store: appends entries to the log and keeps the tables that the screens read, in one transaction.

The only module that turns rows into facts and back. What a table row says is a pure function of the entries about
its subject, so `rebuild` can make every table again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlite_utils import Database

from db.desk import entry_rows, local_rows, picture_rows, projection_rows, sync_rows, village_rows
from db.opening import Rooms
from desk import clock
from desk.log import chain, events
from desk.log.files import FileRef
from desk.store import troubles
from desk.store.entries import Fact
from desk.store.identity import Identity
from desk.store.projection import Projection

_IDENTITY = "identity"
_ACKED = "acked"
_CURSOR = "feed_cursor"
_STALE = "stale"
_SEEN = "seen"
_EPOCH = "epoch"
_CLOCK = "centre-clock"


class Store:
    """The log and its tables behind `read()` and `write()`."""

    def __init__(self, rooms: Rooms, tell: clock.Clock = clock.now) -> None:
        self.rooms = rooms
        self.tell = tell
        self.wrote = threading.Event()  # whoever waits for something new clears it
        with self.read() as db:
            stale = local_rows.local(db, _STALE)
        if stale:
            self.rebuild()

    @contextlib.contextmanager
    def read(self) -> Iterator[Database]:
        """A snapshot for this thread. Raises SurroundingsError where the disk or the file fails."""
        with troubles.in_words_while_open(), self.rooms.read() as db:
            yield db

    @contextlib.contextmanager
    def write(self, *, much: bool = False, again: bool = False) -> Iterator[Database]:
        """One durable transaction, of `much` where thousands of entries come at once, or of what will be told `again`.
        Raises SurroundingsError where the disk or the file fails."""
        with troubles.in_words_while_open(), self.rooms.write(much=much, again=again) as db:
            yield db
        self.wrote.set()

    # -- who we are ---------------------------------------------------------------------------------------------

    def identity(self) -> Identity:
        """Who this desk is. LookupError before it was set up."""
        with self.read() as db:
            kept = local_rows.local(db, _IDENTITY)
        if kept is None:
            raise LookupError(_IDENTITY)
        return msgspec.json.decode(kept, type=Identity)

    def set_identity(self, identity: Identity) -> None:
        """Keep who this desk is."""
        with self.write() as db:
            self.set_identity_in(db, identity)

    @staticmethod
    def set_identity_in(db: Database, identity: Identity) -> None:
        """As `set_identity`, inside the caller's transaction."""
        local_rows.set_local(db, _IDENTITY, msgspec.json.encode(identity))

    @staticmethod
    def merge_identity_in(db: Database, before: Identity, after: Identity) -> Identity:
        """Take over what is another in `after` than in `before`; what was changed beside it meanwhile stays. Who this
        desk is now."""
        kept = Store.identity_in(db)
        names = Identity.__struct_fields__
        changes = {one: getattr(after, one) for one in names if getattr(after, one) != getattr(before, one)}
        merged = msgspec.structs.replace(kept, **changes)
        Store.set_identity_in(db, merged)
        return merged

    @staticmethod
    def identity_in(db: Database) -> Identity:
        """As `identity`, inside the caller's transaction."""
        return msgspec.json.decode(local_rows.local(db, _IDENTITY) or b"", type=Identity)

    # -- the log ------------------------------------------------------------------------------------------------

    def append(self, db: Database, node: str, author: str, facts: Sequence[Fact]) -> list[chain.Kept]:
        """Append `facts` to this node's log and bring the tables up to date, inside the caller's transaction."""
        seq, prev = entry_rows.head(db, node) or (0, chain.GENESIS)
        made: list[chain.Kept] = []
        for number, fact in enumerate(facts, seq + 1):
            kept = chain.make(
                node=node,
                seq=number,
                prev=prev,
                time=clock.stamp(self.tell()),
                author=author,
                kind=fact.kind,
                subject=fact.subject,
                rank=entry_rows.top_rank(db, fact.subject) + 1,
                data=fact.data,
            )
            entry_rows.add_entries(db, [_row(kept)])
            made.append(kept)
            prev = kept.hash
        self.note_files(db, (ref for fact in facts for ref in events.files(fact.data)))
        self.project(db, made)
        return made

    @staticmethod
    def note_files(db: Database, refs: Iterable[FileRef]) -> None:
        """Note the pictures that own entries name, to be sent after them."""
        picture_rows.add_due(db, ({"sha256": ref.sha256, "size": ref.size, "name": ref.name} for ref in refs))

    def carry_over(self, db: Database, node: str, entries: Sequence[chain.Entry]) -> None:
        """Append facts that stood in another log: with their time, author and rank, so that they stay the same."""
        seq, prev = entry_rows.head(db, node) or (0, chain.GENESIS)
        made: list[chain.Kept] = []
        for number, entry in enumerate(entries, seq + 1):
            kept = chain.make(
                node=node,
                seq=number,
                prev=prev,
                time=entry.time,
                author=entry.author,
                kind=entry.kind,
                subject=entry.subject,
                rank=entry.rank,
                data=entry.data,
            )
            made.append(kept)
            prev = kept.hash
        entry_rows.add_entries(db, map(_row, made))
        self.project(db, made)

    def receive(self, db: Database, kept: Sequence[chain.Kept]) -> int:
        """Add another node's entries that are not here yet; how many were new."""
        return self.add_new(db, [one for one in kept if not entry_rows.has_entry(db, one.entry.node, one.entry.seq)])

    def add_new(self, db: Database, kept: Sequence[chain.Kept]) -> int:
        """As `receive`, of entries of which the caller knows that none is here."""
        told: dict[str, list[chain.Entry]] = {}
        for one in kept:
            told.setdefault(one.entry.subject, []).append(one.entry)
        for subject in entry_rows.known_subjects(db, list(told)):
            del told[subject]
        entry_rows.add_entries(db, map(_row, kept))
        Projection(db, told).work_out((one.entry.kind, one.entry.subject) for one in kept)
        return len(kept)

    def project(self, db: Database, kept: Iterable[chain.Kept]) -> None:
        """Work the tables out again for the subjects of `kept`."""
        self.work_out(db, ((one.entry.kind, one.entry.subject) for one in kept))

    @staticmethod
    def work_out(db: Database, named: Iterable[tuple[str, str]]) -> None:
        """Work the tables out again for these subjects, named with a kind of entry about each."""
        Projection(db).work_out(named)

    def rebuild(self) -> int:
        """Make every rebuildable table again from the log; how many entries were read."""
        count = 0
        with self.write() as db:
            projection_rows.clear_projections(db)
            subjects: dict[tuple[str, str], None] = {}
            for row in entry_rows.log_in_order(db):
                subjects[row.kind.split(".")[0], row.subject] = None
                count += 1
            projecting = Projection(db)
            projecting.work_out(subjects)
            for subject in village_rows.subjects(db, "case.collected"):
                projecting.village(subject)
            local_rows.drop_local(db, _STALE)
        return count

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """The rebuildable tables as they are, for comparing."""
        with self.read() as db:
            return projection_rows.projections(db)

    def verify(self, node: str) -> int:
        """Check this node's whole chain; how many entries hold. Raises BrokenLogError at the first that does not."""
        prev, seq = chain.GENESIS, 0
        while True:
            with self.read() as db:
                encoded = entry_rows.entries_after(db, node, seq, 1000)
            if not encoded:
                return seq
            kept = chain.read_run(encoded, node, seq + 1, prev)
            seq, prev = kept[-1].entry.seq, kept[-1].hash

    # -- how far the centre has us, and we the centre -----------------------------------------------------------

    def acked(self, db: Database) -> int:
        """The last own entry that the centre said it has."""
        return int(local_rows.local(db, _ACKED) or b"0")

    def set_acked(self, db: Database, seq: int) -> None:
        """Keep what the centre said, and when."""
        local_rows.set_local(db, _ACKED, str(seq).encode())
        if seq:
            sync_rows.mark_ack(db, seq, clock.stamp(self.tell()), "centre")

    def seen(self, db: Database) -> str:
        """The last entry of the centre that is here, as `seq.hash`; "" when none is."""
        return (local_rows.local(db, _SEEN) or b"").decode()

    def set_seen(self, db: Database, seen: str) -> None:
        """Keep which entry of the centre was the last, in the transaction that applied it."""
        local_rows.set_local(db, _SEEN, seen.encode())

    def epoch(self, db: Database) -> int:
        """The centre's epoch as last heard: it counts up each time the centre comes back from a backup."""
        return int(local_rows.local(db, _EPOCH) or b"0")

    def set_epoch(self, db: Database, epoch: int) -> None:
        """Keep the centre's epoch."""
        local_rows.set_local(db, _EPOCH, str(epoch).encode())

    def told_clock(self, db: Database) -> clock.Told | None:
        """What the centre's clock showed when it was heard last; None before."""
        kept = local_rows.local(db, _CLOCK)
        return msgspec.json.decode(kept, type=clock.Told) if kept else None

    def hear_clock(self, db: Database, theirs: str, *, at_least: bool = False) -> None:
        """Keep what the centre's clock shows (ISO 8601), or, by a stick, showed when it wrote; nothing of what is no
        time."""
        try:
            there = dt.datetime.fromisoformat(theirs).astimezone(clock.BEIJING)
            now = clock.Told(self.tell(), there, at_least)
            known = clock.heard(self.told_clock(db), now)
        except (ValueError, TypeError, OverflowError):
            return
        local_rows.set_local(db, _CLOCK, msgspec.json.encode(known))

    def cursor(self, db: Database) -> int:
        """How far the centre's feed was read."""
        return int(local_rows.local(db, _CURSOR) or b"0")

    def set_cursor(self, db: Database, seq: int) -> None:
        """Keep how far the feed was read, in the transaction that applied it."""
        local_rows.set_local(db, _CURSOR, str(seq).encode())


def _row(kept: chain.Kept) -> entry_rows.EntryRow:
    entry = kept.entry
    return entry_rows.EntryRow(
        entry.node, entry.seq, kept.hash, entry.kind, entry.subject, entry.rank, entry.time, kept.encoded
    )
