"""A centre: its keys, its log, and the two things it does with others' logs: take in, and feed back.

A centre is a node like any other: whatever a clerk does is an entry of its own chain. The list of cases is the fold of
all entries, rewritten in the transaction that added them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa
from stdnum.iso7064 import mod_11_10

from db.centre import rows
from db.centre.schema import Database
from db.files import write_whole
from desk import case as cases
from desk import clock, events, log
from desk.centre.document_numbers import given_number
from desk.centre.projection import case_rows, entry_row, note_files
from desk.errors import RefusedError
from desk.sync import enrol, wire
from desk.sync.batch import Batch, BatchError, Header, Heartbeat, pack, unpack
from desk.sync.keys import NodeKeys
from desk.sync.seal import seal, unseal

FEED_MOST = 500
CODE_DAYS = 30
_KEYS_FILE = "centre.key"
_DB_FILE = "centre.db"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

_entry = msgspec.json.Decoder(log.Entry)


class RefusedBatchError(Exception):
    """A batch that is not taken: the problem to answer with. Nothing was written."""

    def __init__(self, problem: wire.ProblemAnswer) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Own(msgspec.Struct, frozen=True):
    """Something the centre appends: who did it, what, about what, and which point should hear of it."""

    author: str
    kind: str
    subject: str
    data: events.Data
    audience: str


def create(folder: Path, code: str, name: str, url: str = "") -> None:
    """Make a centre in `folder` for the division `code` (6 digits). Raises RefusedError when one is there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _KEYS_FILE
    if path.exists():
        raise RefusedError("这个文件夹里已经有一个中心。", "原有数据没有改动。")
    write_whole(path, msgspec.json.encode(NodeKeys.make()))
    database = Database(url or f"sqlite:///{folder / _DB_FILE}")
    with database.write() as db:
        rows.set_value(db, "node", f"{code}000000-00")
        rows.set_value(db, "name", name)
    database.close()


class Centre:
    """An open centre. Thread-safe: one writer at a time, snapshots for readers."""

    def __init__(self, folder: Path, url: str = "", tell: clock.Clock = clock.now) -> None:
        """Open the centre in `folder`. Raises RefusedError when there is none."""
        path = folder / _KEYS_FILE
        if not path.is_file():
            raise RefusedError("这里还没有中心。", "", "请先运行 desk centre init。")
        self.keys = msgspec.json.decode(path.read_bytes(), type=NodeKeys)
        self.database = Database(url or f"sqlite:///{folder / _DB_FILE}")
        self.tell = tell
        with self.database.read() as db:
            self.node, self.name = rows.value(db, "node"), rows.value(db, "name")

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def now(self) -> str:
        """The centre's time."""
        return clock.stamp(self.tell())

    # -- nodes -------------------------------------------------------------------------------------------------

    def enrol_code(self, point_code: str, point_name: str) -> str:
        """A one-time code for a desk at a point: eight characters, a dash, the start of our fingerprint."""
        once = "".join(secrets.choice(_ALPHABET) for _ in range(8))
        expires = clock.stamp(self.tell() + dt.timedelta(days=CODE_DAYS))
        with self.database.write() as db:
            rows.add_code(
                db,
                {"hash": _digest(once), "point_code": point_code, "point_name": point_name, "expires": expires},
            )
        return f"{once}-{self.keys.public().fingerprint()[: enrol.PRINT_LENGTH]}"

    def enrol(self, request: wire.EnrolRequest) -> wire.EnrolAnswer:
        """Take a desk in. Raises RefusedBatchError for a code that is wrong, used or too old."""
        try:
            sign, sealing = wire.from_text(request.sign_key), wire.from_text(request.seal_key)
        except ValueError as error:
            raise RefusedBatchError(wire.problem("broken")) from error
        now = self.now()
        with self.database.write() as db:
            code = rows.use_code(db, _digest(request.code.strip().upper()), now)
            if code is None:
                raise RefusedBatchError(wire.problem("enrol_code", time=now))
            desk_no = _desk_number(rows.node_names(db, code["point_code"]), code["point_code"], request.node)
            name = f"{code['point_code']}-{desk_no}"
            rows.add_node(
                db,
                {
                    "name": name,
                    "point_code": code["point_code"],
                    "point_name": code["point_name"],
                    "sign_key": sign,
                    "seal_key": sealing,
                    "machine": request.machine[:100],
                    "enrolled_at": now,
                    "head": log.GENESIS,
                },
            )
        public = self.keys.public()
        return wire.EnrolAnswer(
            name,
            code["point_code"],
            desk_no,
            code["point_name"],
            self.node,
            self.name,
            wire.to_text(public.sign),
            wire.to_text(public.seal),
            now,
        )

    def is_revoked(self, name: str) -> bool:
        """Whether this node may no longer speak."""
        with self.database.read() as db:
            found = rows.one_node(db, name)
        return found is None or bool(found["revoked_at"])

    def revoke(self, name: str) -> None:
        """From now on nothing signed by this node is taken; what it sent stays."""
        with self.database.write() as db:
            rows.set_node(db, name, revoked_at=self.now())

    def sign_key(self, name: str) -> bytes | None:
        """The signing key of a node that may speak."""
        with self.database.read() as db:
            found = rows.one_node(db, name)
        return bytes(found["sign_key"]) if found else None

    # -- taking in ---------------------------------------------------------------------------------------------

    def take_in(self, sealed: bytes) -> wire.BatchAnswer:
        """Append a sealed batch to our copy of its node's log: all of it or nothing, once however often it comes.

        Raises SealError, BatchError, BrokenLogError for what is no batch of a node of ours; RefusedBatchError for
        a gap, a fork or a revoked node.
        """
        return self.take(self.opened(sealed))

    def opened(self, sealed: bytes) -> Batch:
        """What was sealed to us and signed by a node of ours. Raises SealError, BatchError."""
        return unpack(unseal(sealed, self.keys), self.sign_key)

    def take(self, batch: Batch) -> wire.BatchAnswer:
        """As `take_in`, of an opened batch."""
        header = batch.header
        if header.kind != "log" or header.count != header.last - header.first + 1 or header.first < 1:
            raise BatchError("批次种类或范围不符，不予接收。")
        with self.database.write() as db:
            sender = rows.one_node(db, header.node, lock=True)
            if sender is None or sender["revoked_at"]:
                raise RefusedBatchError(wire.problem("revoked", time=self.now()))
            have = self._append_foreign(db, sender, batch)
            skew = self._skew(header.heartbeat)
            heartbeat = msgspec.json.encode(header.heartbeat).decode()
            rows.set_node(db, header.node, last_seen=self.now(), heartbeat=heartbeat, skew=skew)
        return wire.BatchAnswer(header.node, have, self.now())

    def _append_foreign(self, db: sa.Connection, sender: rows.Row, batch: Batch) -> int:
        header, have = batch.header, int(sender["have"])
        if header.first > have + 1:
            raise RefusedBatchError(wire.problem("gap", have, self.now()))
        prev = _previous(header)
        kept = log.read_run(batch.entries, header.node, header.first, prev)
        known = rows.hashes(db, header.node, header.first - 1, min(header.last, have))
        expected = ([prev] if header.first > 1 else []) + [one.hash for one in kept]
        if known != expected[: len(known)]:
            raise RefusedBatchError(wire.problem("fork", have, self.now()))
        new = kept[have - header.first + 1 :]
        if not new:
            return have
        now = self.now()
        rows.add_entries(db, [entry_row(one, now, "") for one in new])
        rows.set_node(db, header.node, have=new[-1].entry.seq, head=new[-1].hash)
        note_files(db, (one.entry for one in new))
        self._arrivals(db, new, sender)
        return new[-1].entry.seq

    def _arrivals(self, db: sa.Connection, new: Sequence[log.Kept], sender: rows.Row) -> None:
        """Give every newly collected case its number: with this the organ has it, and the law's day 0 is today."""
        subjects = list(dict.fromkeys(one.entry.subject for one in new if one.entry.kind.startswith("case.")))
        found = {key: [_entry.decode(one) for one in value] for key, value in rows.about(db, subjects).items()}
        folded = {subject: cases.fold(entries) for subject, entries in found.items()}
        mine = [case for case in folded.values() if case and case.point == sender["name"]]
        waiting = [case for case in mine if _arrives(case)]
        if waiting:
            numbers = self._case_numbers(db, len(waiting))
            own = [
                Own("", "case.arrived", case.intake_no, events.Arrived(number, self.name), sender["point_code"])
                for case, number in zip(waiting, numbers, strict=True)
            ]
            ranks = {subject: max(one.rank for one in entries) for subject, entries in found.items() if entries}
            for one in self._append_own(db, own, ranks):
                found[one.entry.subject].append(one.entry)
        self._project(db, found)

    def _case_numbers(self, db: sa.Connection, count: int) -> list[str]:
        day = self.tell().astimezone(clock.BEIJING).strftime("%Y%m%d")
        first = rows.next_numbers(db, day, count)
        bare = [f"{self.node[:6]}{day}{serial:06d}" for serial in range(first, first + count)]
        return [digits + mod_11_10.calc_check_digit(digits) for digits in bare]

    def _skew(self, heartbeat: Heartbeat) -> int:
        try:
            theirs = dt.datetime.fromisoformat(heartbeat.clock)
            return round((theirs - self.tell()).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return 0

    # -- our own log -------------------------------------------------------------------------------------------

    def _append_own(self, db: sa.Connection, own: Sequence[Own], ranks: dict[str, int]) -> list[log.Kept]:
        seq, prev = int(rows.value(db, "seq") or 0), bytes.fromhex(rows.value(db, "head")) or log.GENESIS
        made: list[log.Kept] = []
        now = self.now()
        for number, one in enumerate(own, seq + 1):
            kept = log.make(
                node=self.node,
                seq=number,
                prev=prev,
                time=now,
                author=one.author,
                kind=one.kind,
                subject=one.subject,
                rank=ranks.get(one.subject, 0) + 1,
                data=one.data,
            )
            ranks[one.subject] = kept.entry.rank
            prev = kept.hash
            made.append(kept)
        rows.add_entries(db, [entry_row(kept, now, one.audience) for kept, one in zip(made, own, strict=True)])
        rows.set_value(db, "seq", str(seq + len(made)))
        rows.set_value(db, "head", prev.hex())
        return made

    def act(self, author: str, kind: str, intake_no: str, data: events.Data, seen: int) -> None:
        """A clerk's move. `seen` is how many entries of the case the clerk had before the eyes.

        Raises RefusedError when someone else moved it meanwhile, or the state does not allow it: nothing is written.
        """
        with self.database.write() as db:
            found = {intake_no: [_entry.decode(one) for one in rows.about(db, [intake_no])[intake_no]]}
            case = cases.fold(found[intake_no])
            if case is None:
                raise RefusedError("没有这件办件。")
            if len(found[intake_no]) != seen:
                raise RefusedError(
                    "这件办件刚刚被别人办理过，页面上的内容已经过时。", "没有改动。", "请看清最新记录再办。"
                )
            if kind not in cases.allowed(case.state, cases.Side.CENTRE):
                raise RefusedError(f"当前状态“{cases.STATE_NAMES[case.state]}”不能这样办。", "没有改动。")
            own = Own(
                author, kind, intake_no, given_number(db, self.name, self.tell(), kind, data), case.collected.point_code
            )
            made = self._append_own(db, [own], {intake_no: max(one.rank for one in found[intake_no])})
            found[intake_no].append(made[0].entry)
            self._project(db, found)

    def _project(self, db: sa.Connection, found: dict[str, list[log.Entry]]) -> None:
        rows.put_cases(db, [row for subject, entries in found.items() for row in case_rows(subject, entries)])

    # -- reading -----------------------------------------------------------------------------------------------

    def feed(self, name: str, after: int) -> bytes:
        """What node `name` should know after `after`: a signed batch sealed to it. LookupError for a stranger."""
        return self.answer(name, after)[0]

    def answer(self, name: str, after: int) -> tuple[bytes, Header]:
        """As `feed`, with the header that went in."""
        with self.database.read() as db:
            asker = rows.one_node(db, name)
            if asker is None:
                raise LookupError(name)
            found = rows.feed(db, self.node, asker["point_code"], after, FEED_MOST + 1)
        more, found = len(found) > FEED_MOST, found[:FEED_MOST]
        last = found[-1][0] if found else after
        header = Header("feed", self.node, after, last, len(found), more=more, have=int(asker["have"]))
        packed = pack(header, [encoded for _, encoded in found], self.keys)
        return seal(packed, bytes(asker["seal_key"])), header

    def case(self, intake_no: str) -> tuple[cases.Case, int] | None:
        """A case as all entries tell it, and how many there are."""
        with self.database.read() as db:
            entries = [_entry.decode(one) for one in rows.about(db, [intake_no])[intake_no]]
        case = cases.fold(entries)
        return (case, len(entries)) if case else None

    def rebuild(self) -> int:
        """Make the list of cases again from the logs; how many there are."""
        with self.database.write() as db:
            rows.clear_cases(db)
            subjects = rows.all_subjects(db, "case.")
            found = {key: [_entry.decode(one) for one in value] for key, value in rows.about(db, subjects).items()}
            self._project(db, found)
            note_files(db, (one for entries in found.values() for one in entries))
        return len(subjects)

    def verify(self) -> dict[str, int]:
        """Check every chain; entries that hold, by node. Raises BrokenLogError at the first that does not."""
        with self.database.read() as db:
            names = [self.node, *(row["name"] for row in rows.nodes(db))]
        return {name: self._verify(name) for name in names}

    def _verify(self, name: str) -> int:
        seq, prev = 0, log.GENESIS
        while True:
            with self.database.read() as db:
                found = rows.encoded_after(db, name, seq, 1000)
                hashes = rows.hashes(db, name, seq + 1, seq + 1000)
            if not found:
                return seq
            kept = log.read_run(found, name, seq + 1, prev)
            if [one.hash for one in kept] != hashes:
                raise log.BrokenLogError(f"{name} 第 {seq + 1} 条之后的记录与保存的校验值不符。")
            seq, prev = kept[-1].entry.seq, kept[-1].hash


def _arrives(case: cases.Case) -> bool:
    """Whether a case comes to the organ now: for the first time, or with what it had asked for."""
    first = case.state in (cases.State.COLLECTED, cases.State.IN_TRANSIT) and not case.arrived_at
    return first or case.state is cases.State.SUPPLEMENTED


def _desk_number(names: Iterable[str], point_code: str, wanted: str) -> str:
    """The number of a new desk; the one it gave itself when it began without us. Raises RefusedBatchError."""
    taken = {name.partition("-")[2] for name in names}
    if not wanted:
        return next(f"{number:02d}" for number in range(1, 100) if f"{number:02d}" not in taken)
    point, _, number = wanted.partition("-")
    if point != point_code or number in taken or not (len(number) == 2 and number.isdigit() and number != "00"):
        raise RefusedBatchError(wire.problem("enrol_point"))
    return number


def _digest(text: str) -> str:
    return hashlib.sha256(b"daiban code 1\0" + text.encode()).hexdigest()


def _previous(header: Header) -> bytes:
    try:
        prev = bytes.fromhex(header.prev)
    except ValueError as error:
        raise BatchError("批次头无法识读，不予接收。") from error
    if header.first == 1 and prev != log.GENESIS:
        raise BatchError("批次头不符，不予接收。")
    return prev
