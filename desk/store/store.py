"""The desk's store: appends entries to the log and keeps the tables that the screens read, in one transaction.

The only module that turns rows into facts and back. What a table row says is a pure function of the entries about
its subject, so `rebuild` can make every table again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlite_utils import Database

from db import rows
from db.opening import Rooms
from desk import clock
from desk.folds import case as cases
from desk.folds import records
from desk.log import chain, events
from desk.log.keys import NodeKeys, PublicKeys
from desk.words import search_keys

_IDENTITY = "identity"
_ACKED = "acked"
_CURSOR = "feed_cursor"
_STALE = "stale"
_SEEN = "seen"
_EPOCH = "epoch"


class Former(msgspec.Struct, frozen=True):
    """A name and keys that this desk had."""

    node: str
    keys: NodeKeys


class Identity(msgspec.Struct, frozen=True):
    """Who this desk is and who its centre is. Lives in the encrypted database only."""

    node: str
    keys: NodeKeys
    point_code: str
    point_name: str
    township: str
    banner: str
    phone: str
    centre_node: str
    centre_name: str
    centre_keys: PublicKeys
    address: str
    demonstration: bool = False
    practice: bool = False  # made-up people, marked on every paper, never synced
    enrolled: bool = True  # False until the centre has taken this desk in
    former: tuple[Former, ...] = ()  # who it was before: other names, other keys
    ca: str = ""  # PEM of the centre's own certificate authority; "" for the system's roots

    def sign_keys(self, node: str) -> tuple[bytes, ...]:
        """The public keys that this desk signed with under the name `node`."""
        mine = (self.keys,) if node == self.node else ()
        return tuple(keys.public().sign for keys in (*mine, *(one.keys for one in self.former if one.node == node)))

    def keys_of(self, node: str) -> NodeKeys:
        """What signs a paper whose number `node` gave: its last keys where that is a name of before."""
        return next((one.keys for one in self.former if one.node == node and node != self.node), self.keys)


class Fact(msgspec.Struct, frozen=True):
    """Something to append: its kind, what it is about, and the struct it carries."""

    kind: str
    subject: str
    data: events.Data


class Store:
    """The log and its tables behind `read()` and `write()`."""

    def __init__(self, rooms: Rooms, tell: clock.Clock = clock.now) -> None:
        self.rooms = rooms
        self.tell = tell
        with self.read() as db:
            stale = rows.local(db, _STALE)
        if stale:
            self.rebuild()

    @contextlib.contextmanager
    def read(self) -> Iterator[Database]:
        """A snapshot for this thread."""
        with self.rooms.read() as db:
            yield db

    @contextlib.contextmanager
    def write(self) -> Iterator[Database]:
        """One durable transaction."""
        with self.rooms.write() as db:
            yield db

    # -- who we are ---------------------------------------------------------------------------------------------

    def identity(self) -> Identity:
        """Who this desk is. LookupError before it was set up."""
        with self.read() as db:
            kept = rows.local(db, _IDENTITY)
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
        rows.set_local(db, _IDENTITY, msgspec.json.encode(identity))

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
        return msgspec.json.decode(rows.local(db, _IDENTITY) or b"", type=Identity)

    # -- the log ------------------------------------------------------------------------------------------------

    def append(self, db: Database, node: str, author: str, facts: Sequence[Fact]) -> list[chain.Kept]:
        """Append `facts` to this node's log and bring the tables up to date, inside the caller's transaction."""
        seq, prev = rows.head(db, node) or (0, chain.GENESIS)
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
                rank=rows.top_rank(db, fact.subject) + 1,
                data=fact.data,
            )
            rows.add_entries(db, [_row(kept)])
            made.append(kept)
            prev = kept.hash
        self.note_files(db, (ref for fact in facts for ref in events.files(fact.data)))
        self.project(db, made)
        return made

    @staticmethod
    def note_files(db: Database, refs: Iterable[events.FileRef]) -> None:
        """Note the pictures that own entries name, to be sent after them."""
        rows.add_due(db, ({"sha256": ref.sha256, "size": ref.size, "name": ref.name} for ref in refs))

    def carry_over(self, db: Database, node: str, entries: Sequence[chain.Entry]) -> None:
        """Append facts that stood in another log: with their time, author and rank, so that they stay the same."""
        seq, prev = rows.head(db, node) or (0, chain.GENESIS)
        made: list[chain.Kept] = []
        for number, one in enumerate(entries, seq + 1):
            kept = chain.make(
                node=node,
                seq=number,
                prev=prev,
                time=one.time,
                author=one.author,
                kind=one.kind,
                subject=one.subject,
                rank=one.rank,
                data=one.data,
            )
            made.append(kept)
            prev = kept.hash
        rows.add_entries(db, map(_row, made))
        self.project(db, made)

    def receive(self, db: Database, kept: Sequence[chain.Kept]) -> int:
        """Add another node's entries that are not here yet; how many were new."""
        new = [one for one in kept if not rows.has_entry(db, one.entry.node, one.entry.seq)]
        rows.add_entries(db, map(_row, new))
        self.project(db, new)
        return len(new)

    def project(self, db: Database, kept: Iterable[chain.Kept]) -> None:
        """Work the tables out again for the subjects of `kept`."""
        self.work_out(db, ((one.entry.kind, one.entry.subject) for one in kept))

    @staticmethod
    def work_out(db: Database, told: Iterable[tuple[str, str]]) -> None:
        """Work the tables out again for these subjects, named with a kind of entry about each."""
        for kind, subject in dict.fromkeys((kind.split(".")[0], subject) for kind, subject in told):
            _project(db, kind, subject)

    def rebuild(self) -> int:
        """Make every rebuildable table again from the log; how many entries were read."""
        count = 0
        with self.write() as db:
            rows.clear_projections(db)
            subjects: dict[tuple[str, str], None] = {}
            for row in rows.log_in_order(db):
                subjects[row.kind.split(".")[0], row.subject] = None
                count += 1
            for kind, subject in subjects:
                _project(db, kind, subject)
            rows.drop_local(db, _STALE)
        return count

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """The rebuildable tables as they are, for comparing."""
        with self.read() as db:
            return rows.projections(db)

    def verify(self, node: str) -> int:
        """Check this node's whole chain; how many entries hold. Raises BrokenLogError at the first that does not."""
        prev, seq = chain.GENESIS, 0
        while True:
            with self.read() as db:
                found = rows.entries_after(db, node, seq, 1000)
            if not found:
                return seq
            kept = chain.read_run(found, node, seq + 1, prev)
            seq, prev = kept[-1].entry.seq, kept[-1].hash

    # -- how far the centre has us, and we the centre -----------------------------------------------------------

    def acked(self, db: Database) -> int:
        """The last own entry that the centre said it has."""
        return int(rows.local(db, _ACKED) or b"0")

    def set_acked(self, db: Database, seq: int) -> None:
        """Keep what the centre said, and when."""
        rows.set_local(db, _ACKED, str(seq).encode())
        if seq:
            rows.mark_ack(db, seq, clock.stamp(self.tell()), "centre")

    def seen(self, db: Database) -> str:
        """The last entry of the centre that is here, as `seq.hash`; "" when none is."""
        return (rows.local(db, _SEEN) or b"").decode()

    def set_seen(self, db: Database, seen: str) -> None:
        """Keep which entry of the centre was the last, in the transaction that applied it."""
        rows.set_local(db, _SEEN, seen.encode())

    def epoch(self, db: Database) -> int:
        """The centre's epoch as last heard: it counts up each time the centre comes back from a backup."""
        return int(rows.local(db, _EPOCH) or b"0")

    def set_epoch(self, db: Database, epoch: int) -> None:
        """Keep the centre's epoch."""
        rows.set_local(db, _EPOCH, str(epoch).encode())

    def cursor(self, db: Database) -> int:
        """How far the centre's feed was read."""
        return int(rows.local(db, _CURSOR) or b"0")

    def set_cursor(self, db: Database, seq: int) -> None:
        """Keep how far the feed was read, in the transaction that applied it."""
        rows.set_local(db, _CURSOR, str(seq).encode())


def _row(kept: chain.Kept) -> rows.EntryRow:
    entry = kept.entry
    return rows.EntryRow(
        entry.node, entry.seq, kept.hash, entry.kind, entry.subject, entry.rank, entry.time, kept.encoded
    )


def entries_about(db: Database, subject: str) -> list[chain.Entry]:
    """The entries about `subject`."""
    return [chain.decoded(one) for one in rows.entries_about(db, subject)]


def fold_case(db: Database, intake_no: str) -> cases.Case | None:
    """The case as its entries tell it, None when there is none."""
    return cases.fold(entries_about(db, intake_no))


def _project(db: Database, kind: str, subject: str) -> None:
    match kind:
        case "entry":  # a refusal: work out again whatever it is about
            kinds = {one.kind.split(".")[0] for one in entries_about(db, subject)}
            for other in sorted(kinds - {"entry"}):
                _project(db, other, subject)
        case "case":
            _project_case(db, subject)
        case "person":
            _project_person(db, subject)
        case _ if kind in records.FOLDS:
            _project_record(db, kind, subject)


def _project_record(db: Database, kind: str, subject: str) -> None:
    made = records.FOLDS[kind](entries_about(db, subject))
    if made is not None:
        body = msgspec.json.encode(made, order="sorted")
        row = {"kind": kind, "id": subject, "state": made.state, "day": made.day, "body": body}
        rows.put_record(db, row)


def _project_case(db: Database, intake_no: str) -> None:
    found = entries_about(db, intake_no)
    case = cases.fold(found)
    if case is None:
        rows.drop_projection(db, "case", "intake_no", intake_no)
        return
    first = next(one for one in found if one.kind == "case.collected" and one.node == case.point)
    collected = case.collected
    row = {
        "intake_no": intake_no,
        "case_no": case.case_no,
        "state": case.state.value,
        "applicant_id": collected.applicant_id,
        "applicant_name": collected.applicant.name,
        "task_code": collected.item.task_code,
        "item_name": collected.item.item_name,
        "collected_at": case.collected_at,
        "due_on": case.promised.isoformat() if case.promised else "",
        "due_provisional": int(collected.promised_provisional),
        "open": int(case.state not in cases.ENDED),
        "agent": collected.agent_name,
        "applicant_sort": search_keys.sort_key(collected.applicant.name),
        "roll": collected.roll,
        "bundle": case.bundle,
        "ended_at": case.ended_at,
        "rating": case.rated.score if case.rated else 0,
        "conflicts": len(case.conflicts),
        "node": first.node,
        "seq": first.seq,
    }
    person = collected.applicant
    keys = search_keys.keys(
        [person.name, *person.aliases],
        [person.id_number, person.phone, intake_no, case.case_no, case.was],
        [collected.item.item_name],
    )
    rows.put_projection(db, "case", "intake_no", row, keys)


def _project_person(db: Database, person_id: str) -> None:
    told = entries_about(db, person_id)
    person = records.person(told)
    if person is None:
        return
    before = rows.person(db, person_id)
    into = records.merged_into(told)
    row = {
        "id": person_id,
        "name": person.name,
        "id_type": person.id_type,
        "id_number": person.id_number,
        "phone": person.phone,
        "address": person.address,
        "body": msgspec.json.encode(person, order="sorted"),
        "merged_into": into,
    }
    rows.put_projection(db, "person", "id", row, "" if into else _person_keys(db, person_id, person))
    for other in {into, before["merged_into"] if before else ""} - {""}:
        _refresh_keys(db, other)


def _person_keys(db: Database, person_id: str, person: events.Person) -> str:
    """What a person is found by: own names, and those of the records merged into this one."""
    known = [person, *(msgspec.json.decode(one["body"], type=events.Person) for one in rows.merged(db, person_id))]
    return search_keys.keys(
        [name for one in known for name in (one.name, *one.aliases)],
        [number for one in known for number in (one.id_number, one.phone)],
    )


def _refresh_keys(db: Database, person_id: str) -> None:
    row = rows.person(db, person_id)
    if row is not None and not row["merged_into"]:
        number = row.pop("number")
        person = msgspec.json.decode(row["body"], type=events.Person)
        rows.put_keys(db, "person", number, _person_keys(db, person_id, person))
