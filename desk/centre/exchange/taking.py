"""What the centre takes in: batches of others' logs, all or nothing, once however often they come.

With the entry that collected a case, the organ has it: it gets its number, and the law's day 0 is today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk import clock
from desk.centre.exchange import enrolment, lodging, memos, searched, siblings, telling
from desk.centre.exchange.trust import addressing, witnessing
from desk.centre.node.centre_node import Centre, Own, RefusedBatchError
from desk.centre.node.projection import entry_row, note_files
from desk.folds import amendments
from desk.folds import case as cases
from desk.folds.office import families
from desk.law import deadline
from desk.log import centre_events, chain, events
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Batch, Header, Heartbeat, unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import unseal

WRONG = int(clock.WRONG.total_seconds())
_NETWORK = "network"
_PIECE = 800  # entries looked at together; no more than `events` remembers


def take_in(centre: Centre, sealed: bytes) -> wire.BatchAnswer:
    """Append a sealed batch to our copy of its node's log.

    Raises SealError, BatchError, BrokenLogError for what is no batch of a node of ours; RefusedBatchError for a gap,
    a fork, a revoked node, or a node that has seen more of us than we have (we came back from a backup).
    """
    signed, told = unseal(sealed, centre.keys), Speaker(centre)
    batch = unpack(signed, told.keys)
    addressing.must_be_for_us(centre, batch.header.node, batch.header.to or "", known=told.speaks)
    return take(centre, signed, batch)


class Speaker:
    """Whoever signed something, looked up once: the keys that count, and the version that it is known to speak."""

    def __init__(self, centre: Centre) -> None:
        self._centre, self.speaks = centre, 1

    def keys(self, node: str) -> tuple[bytes, ...]:
        """As `enrolment.sign_keys`."""
        found = enrolment.known(self._centre, node)
        self.speaks = int(found["speaks"]) if found else 1
        return enrolment.keys_now(found)


def _doubted(centre: Centre, header: Header) -> bool:
    """Whether a fork is our own doubt, and not the word of somebody who holds keys alone: it goes on from an entry that
    we have, or we came back from a backup and may have given a name twice."""
    with centre.database.read() as db:
        here = rows.hashes(db, header.node, header.first - 1, header.first - 1) if header.first > 1 else []
        return here == [_previous(header)] if here else int(rows.value(db, "epoch") or 1) > 1


def opened(centre: Centre, sealed: bytes) -> tuple[bytes, Batch]:
    """What was sealed to us and signed by a node of ours: as it came, and read. Raises SealError, BatchError."""
    signed = unseal(sealed, centre.keys)
    return signed, unpack(signed, lambda name: enrolment.sign_keys(centre, name))


def take(centre: Centre, signed: bytes, batch: Batch, medium: str = _NETWORK) -> wire.BatchAnswer:
    """As `take_in`, of an opened batch of a node that speaks to us itself. One without entries only says that it is
    there, and what it has seen of us."""
    try:
        return _take(centre, signed, batch, medium)
    except RefusedBatchError as error:
        if error.problem.code == "fork" and _doubted(centre, batch.header):
            enrolment.doubt(centre, batch.header.node)
        raise


def _take(centre: Centre, signed: bytes, batch: Batch, medium: str) -> wire.BatchAnswer:
    _sound(batch.header)

    def work(db: sa.Connection) -> wire.BatchAnswer:
        sender = _speaker(centre, db, batch.header.node)
        telling.must_be_known(centre, db, batch.header.seen)
        _must_follow(centre, batch.header, sender)
        new = _append(centre, db, sender, signed, batch) if batch.header.count else []
        skew = _skew(centre, batch.header.heartbeat, int(sender["skew"]), medium)
        _follow(centre, db, sender, new, skew, medium)
        witnessing.keep(centre, db, sender["name"], (bytes(sender["sign_key"]),), batch.header.heads)
        heartbeat = _left(batch.header.heartbeat, len(new))
        rows.set_node(db, batch.header.node, last_seen=centre.now(), heartbeat=heartbeat, skew=skew, **_end(new))
        return _taken(centre, db, sender, new)

    return centre.database.together(work)


def take_returned(centre: Centre, carrier: str, signed: bytes) -> wire.BatchAnswer:
    """A batch of a desk that we lost when we came back from a backup, given back by another desk of its point, which
    kept it as we had handed it on. Raises as `take_in`."""
    batch = unpack(signed, lambda name: siblings.all_keys(centre, carrier, name))
    _sound(batch.header)
    with centre.database.write() as db:
        sender = _speaker(centre, db, batch.header.node)
        _must_follow(centre, batch.header, sender)
        new = _append(centre, db, sender, signed, batch)
        _follow(centre, db, sender, new, int(sender["skew"]), _NETWORK)
        if new:
            rows.set_node(db, batch.header.node, **_end(new))
        return _taken(centre, db, sender, new)


def _speaker(centre: Centre, db: sa.Connection, node: str) -> rows.Row:
    sender = rows.one_node(db, node, lock=True)
    if sender is None or sender["revoked_at"]:
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    return sender


def _follow(
    centre: Centre, db: sa.Connection, sender: rows.Row, new: Sequence[chain.Kept], skew: int, medium: str
) -> None:
    """What new entries of a node that speaks to us bring about here."""
    if cases.is_centre(sender["name"]):
        enrolment.learn(db, sender["name"], (one.entry for one in new))
        _project(centre, db, new)
        return
    for at in range(0, len(new), _PIECE):
        piece = new[at : at + _PIECE]
        _refuse(centre, db, piece, sender)
        _arrivals(centre, db, piece, sender, skew, medium)
        lodging.pass_on(centre, db, piece, sender)
        memos.receive(centre, db, piece, sender["point_code"], sender["point_name"])
        searched.count(centre, db, piece, sender)


def _taken(centre: Centre, db: sa.Connection, sender: rows.Row, new: Sequence[chain.Kept]) -> wire.BatchAnswer:
    epoch = int(rows.value(db, "epoch") or 1)
    have = max(int(sender["have"]), new[-1].entry.seq if new else 0)
    return wire.BatchAnswer(sender["name"], have, centre.now(), epoch)


def take_forwarded(centre: Centre, carrier: str, signed: bytes) -> wire.BatchAnswer:
    """A batch that a centre below us took, as it came: the desk's own signature is checked here again.

    Raises BatchError, BrokenLogError, RefusedBatchError.
    """
    batch = unpack(signed, lambda name: enrolment.all_keys(centre, name))
    _sound(batch.header)
    with centre.database.write() as db:
        sender = rows.one_node(db, batch.header.node, lock=True)
        if sender is None or not _through(db, sender, carrier):
            raise RefusedBatchError(wire.problem("unknown_node", time=centre.now()))
        _must_follow(centre, batch.header, sender)
        new = _append(centre, db, sender, signed, batch)
        if cases.is_centre(batch.header.node):
            enrolment.learn(db, batch.header.node, (one.entry for one in new))
        _project(centre, db, new)
        keys = (bytes(sender["sign_key"]), *rows.former_keys(db, sender["name"]))
        witnessing.keep(centre, db, sender["name"], keys, batch.header.heads)
        heartbeat = _left(batch.header.heartbeat, len(new))
        rows.set_node(db, batch.header.node, last_seen=centre.now(), heartbeat=heartbeat, **_end(new))
        return _taken(centre, db, sender, new)


def _through(db: sa.Connection, node: rows.Row, carrier: str) -> bool:
    """Whether what `node` says comes to us by way of `carrier`."""
    for _ in range(5):
        if not node["via"]:
            return False
        if node["via"] == carrier:
            return True
        above = rows.one_node(db, node["via"])
        if above is None:
            return False
        node = above
    return False


def _sound(header: Header) -> None:
    if header.kind != "log" or header.count != header.last - header.first + 1 or header.first < 1:
        raise BatchError("批次种类或范围不符，不予接收。")


def _must_follow(centre: Centre, header: Header, sender: rows.Row) -> None:
    """Raise RefusedBatchError where entries before these are not here: also for a batch that only asks, for then we
    lost what we had acknowledged."""
    have = int(sender["have"])
    if header.first > have + 1:
        raise RefusedBatchError(wire.problem("gap", have, centre.now()))


def _append(centre: Centre, db: sa.Connection, sender: rows.Row, signed: bytes, batch: Batch) -> list[chain.Kept]:
    header, have = batch.header, int(sender["have"])
    prev = _previous(header)
    kept = chain.read_run(batch.entries, header.node, header.first, prev)
    known = rows.hashes(db, header.node, header.first - 1, min(header.last, have))
    expected = ([prev] if header.first > 1 else []) + [one.hash for one in kept]
    if known != expected[: len(known)]:
        raise RefusedBatchError(wire.problem("fork", have, centre.now()))
    new = kept[have - header.first + 1 :]
    if new:
        now = centre.now()
        rows.add_entries(db, [entry_row(one, now, "") for one in new])
        rows.add_batch(db, header.node, header.first, header.last, signed, now)
    return new


def _end(new: Sequence[chain.Kept]) -> dict[str, Any]:
    """What our copy of a node's log ends with, where it has grown."""
    return {"have": new[-1].entry.seq, "head": new[-1].hash} if new else {}


def _previous(header: Header) -> bytes:
    try:
        prev = bytes.fromhex(header.prev)
    except ValueError as error:
        raise BatchError("批次头无法识读，不予接收。") from error
    if header.first == 1 and prev != chain.GENESIS:
        raise BatchError("批次头不符，不予接收。")
    return prev


def _project(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept]) -> None:
    for at in range(0, len(new), _PIECE):
        piece = new[at : at + _PIECE]
        note_files(db, _said(piece), piece[0].entry.node[:12])
        told = (one.entry for one in piece if one.entry.kind.startswith(("case.", "entry.refused")))
        subjects = list(dict.fromkeys(entry.subject for entry in told))
        centre.project(db, centre.about(db, subjects))
        written = {one.entry.subject for one in piece if families.family_of(one.entry.subject) in families.UPWARD}
        centre.project_records(db, centre.about(db, sorted(written)))


# -- what has no effect ------------------------------------------------------------------------------------------


def _refuse(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], sender: rows.Row) -> None:
    """Say which of these entries have no effect, and why. They stay in the log and block nothing."""
    said = _said(new)
    point = sender["point_code"]
    note_files(db, said, point)
    late = _late(centre, db, new, said)
    refused = [
        (one.entry, why)
        for one, data in zip(new, said, strict=True)
        if (why := wrong(one.entry, data, point) or late.get(one.entry.seq, ""))
    ]
    if refused:
        ranks = {one.subject: one.rank for one, _ in refused}
        own = [
            Own(
                "",
                "entry.refused",
                one.subject,
                centre_events.EntryRefused(one.node, one.seq, why),
                sender["point_code"],
            )
            for one, why in refused
        ]
        centre.append(db, own, ranks)


def _late(
    centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], said: Sequence[events.Data | None]
) -> dict[int, str]:
    """By seq, why corrections come after what we did of the case: we decided by what stood there then, whatever their
    writers knew."""
    told = [(one.entry, data) for one, data in zip(new, said, strict=True) if isinstance(data, events.Corrected)]
    if not told:
        return {}
    subjects = list(dict.fromkeys(entry.subject for entry, _ in told))
    before = centre.about(db, subjects, (new[0].entry.node, new[0].entry.seq))
    stood = {subject: cases.fold(entries) for subject, entries in before.items()}
    return {
        entry.seq: amendments.too_late(data, cases.stage(case))
        for entry, data in told
        if (case := stood.get(entry.subject)) is not None
        and chain.fact(entry) not in map(chain.fact, before[entry.subject])  # one that came before in another log
    }


def _said(new: Sequence[chain.Kept]) -> list[events.Data | None]:
    return [events.decode(one.entry.kind, one.entry.data) for one in new]


def wrong(entry: chain.Entry, data: events.Data | None, point_code: str) -> str:
    """Why an entry of a desk, which says `data`, has no effect; "" for a good one and for a kind that is newer than
    this program."""
    if entry.kind.partition(".")[0] in events.CENTRE_ONLY:
        return "这种记录只能由中心作出"
    if data is None and entry.kind in events.KINDS:
        return "内容不合格式，中心读不懂"
    if entry.kind == "case.collected" and not entry.subject.startswith(point_code):
        return "收件号不是这个代办点的"
    return ""


# -- what arrives ------------------------------------------------------------------------------------------------


def _arrivals(
    centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], sender: rows.Row, skew: int, medium: str
) -> None:
    """Give every newly collected case its number: with this the organ has it, and the law's day 0 is today."""
    subjects = list(dict.fromkeys(one.entry.subject for one in new if one.entry.kind.startswith("case.")))
    known = centre.about(db, subjects, (new[0].entry.node, new[0].entry.seq))
    for one in new:
        if one.entry.subject in known:
            known[one.entry.subject].append(one.entry)
    folded = {subject: cases.fold(entries) for subject, entries in known.items()}
    mine = [case for case in folded.values() if case and case.point[:12] == sender["point_code"]]
    waiting = [case for case in mine if arrives(case)]
    counts = {subject: len(entries) for subject, entries in known.items()}
    if waiting:
        centre.publications.refresh(centre.node, db)
        numbers = centre.case_numbers(db, len(waiting))
        said = [
            _arrived(centre, case, number, sender, skew, medium) for case, number in zip(waiting, numbers, strict=True)
        ]
        point = sender["point_code"]
        own = [
            Own("", "case.arrived", case.intake_no, arrived, point) for case, arrived in zip(waiting, said, strict=True)
        ]
        for case, arrived, made in zip(waiting, said, centre.add(db, own, known), strict=True):
            folded[case.intake_no] = cases.follow(case, made.entry, arrived)
            counts[case.intake_no] += 1
    centre.put_cases(db, [(case, counts[subject]) for subject, case in folded.items() if case])


def arrives(case: cases.Case) -> bool:
    """Whether a case comes to the organ now: for the first time, or with what it had asked for."""
    first = case.state in (cases.State.COLLECTED, cases.State.IN_TRANSIT) and not case.arrived_at
    return first or case.state is cases.State.SUPPLEMENTED


def _arrived(centre: Centre, case: cases.Case, number: str, sender: rows.Row, skew: int, medium: str) -> events.Arrived:
    if abs(skew) < WRONG or case.arrived_at:
        return events.Arrived(number, centre.name, medium)
    really = corrected(case.collected_at, skew, sender["last_seen"], centre.tell())
    taken, day = case.collected.item, clock.day(really)
    item = centre.publications.on(taken.task_code, day) or centre.publications.item(taken.task_code, taken.version)
    promise = deadline.service_clock(item, day, centre.publications.holidays) if item else None
    version = item.version if item and item.version != taken.version else 0
    due = promise.on if promise else None
    return events.Arrived(number, centre.name, medium, really, skew, due, version=version)


def corrected(theirs: str, skew: int, heard: str, now: dt.datetime) -> str:
    """When a desk whose clock is `skew` seconds ahead really wrote `theirs`: not after now, and not before it was
    last heard, for all that it wrote until then had come."""
    try:
        moment = dt.datetime.fromisoformat(theirs) - dt.timedelta(seconds=skew)
        moment = min(moment, now)
        if heard:
            moment = max(moment, dt.datetime.fromisoformat(heard))
    except (ValueError, TypeError, OverflowError):
        moment = now
    return clock.stamp(moment)


def _left(beat: Heartbeat, taken: int) -> str:
    """The heartbeat as it is kept: what waited, without what came with it."""
    waiting = max(0, beat.waiting - taken)
    return msgspec.json.encode(
        msgspec.structs.replace(beat, waiting=waiting, oldest=beat.oldest if waiting else "")
    ).decode()


def _skew(centre: Centre, heartbeat: Heartbeat, known: int, medium: str) -> int:
    """How many seconds the sender's clock is ahead of ours; `known` is what we held until now.

    A stick's time on the road makes a clock look slow, never fast: by courier the clock is at least as far ahead as it
    looks, and where that proves nothing against what is known, that stays.
    """
    try:
        theirs = dt.datetime.fromisoformat(heartbeat.clock)
        seen = round((theirs - centre.tell()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return known
    return seen if medium == _NETWORK else known if known >= seen else max(seen, 0)
