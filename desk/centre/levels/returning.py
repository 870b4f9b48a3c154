"""A centre that came back from a backup takes its own log back from the level above, which had it as far as it went on.

What it wrote meanwhile gives way, is kept beside the log, and is said again behind what was taken back: the same facts,
with their time, author and rank. What the program itself does once of a matter, and had done before the loss, is not
said a second time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows, upward_rows
from desk.centre.exchange import enrolment, telling
from desk.centre.exchange.effects import arriving
from desk.centre.levels import level_writings
from desk.centre.node import publications, redating
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.projection import entry_row, note_files
from desk.folds import case as cases
from desk.folds.office import writings
from desk.log import centre_events, chain, events
from desk.log.keys import PublicKeys
from desk.sync.link import Link
from desk.sync.own_log import Copy
from desk.sync.protocol.proofs import held

_CHECKED = "upstream.checked"  # our epoch when we last asked
_ARRIVED, _REFUSED = "case.arrived", "entry.refused"
_log = logging.getLogger("desk.centre")
_ONCE = frozenset({"card.raised", "complaint.made"})  # of a matter that the program itself finds


class Back(msgspec.Struct, frozen=True):
    """The last entry of our log that the level above has too, and how many we took back."""

    last: int
    taken: int


class _Past(msgspec.Struct, frozen=True):
    """An entry of ours that gave way, and who should hear of it."""

    entry: chain.Entry
    audience: str


def is_due(centre: Centre) -> bool:
    """Whether we came back from a backup since we last asked."""
    with centre.database.read() as db:
        return rows.value(db, _CHECKED) != _epoch(db)


def _epoch(db: sa.Connection) -> str:
    return rows.value(db, "epoch") or "1"


def begin_again(db: sa.Connection) -> None:
    """Another centre is above us: it is asked anew."""
    rows.set_value(db, _CHECKED, "")


def take_back(centre: Centre, node: str, keys: PublicKeys, link: Link, acked: int) -> Back:
    """Ask the centre `node` above us for our own log from `acked` on, and take in what we lack.

    Raises the errors of the link, BatchError, BrokenLogError; nothing changed then.
    """

    def ask(kind: str, body: bytes) -> bytes:
        return link.letter(kind, centre.node, body, centre.keys, keys, (centre.keys,))

    def hash_of(seq: int) -> bytes | None:
        with centre.database.read() as db:
            return next(iter(rows.hashes(db, centre.node, seq, seq)), None)

    with centre.database.read() as db:
        end, sign = rows.own_end(db)[0], centre.keys.public().sign
        proof = held.proof(end, lambda seq: next(iter(rows.encoded_after(db, centre.node, seq - 1, 1)), None), sign)
    found = Copy(centre.node, (sign,), ask, proof).beyond(min(acked, end), hash_of)
    common, lost = found.common, found.kept
    if found.strange:
        _log.warning("our own log above bears another's signature", extra={"node": node, "seq": common + len(lost) + 1})
    with centre.database.write() as db:
        if lost:
            _take(centre, db, common, lost)
        rows.set_value(db, _CHECKED, _epoch(db))
    return Back(lost[-1].entry.seq if lost else common, len(lost))


def _take(centre: Centre, db: sa.Connection, common: int, lost: Sequence[chain.Kept]) -> None:
    now, last = centre.now(), lost[-1]
    gone = upward_rows.set_aside(db, centre.node, common, now)
    shift = last.entry.seq - common  # behind what was taken back, in their own order
    past = [
        _Past(msgspec.structs.replace(entry, seq=entry.seq + shift), audience)
        for entry, audience in ((chain.decoded(encoded), audience) for encoded, audience in gone)
    ]
    rows.add_entries(db, [entry_row(one, now, _audience(centre, db, one.entry)) for one in lost])
    rows.set_own_end(db, last.entry.seq, last.hash)
    back = [one.entry for one in lost]
    every = [*back, *(one.entry for one in past)]
    known = centre.about(db, list(dict.fromkeys(one.subject for one in every)))
    for made in centre.append(db, [_again(one) for one in _unsaid(past, back, known)], {}):
        known[made.entry.subject].append(made.entry)
    enrolment.learn(db, "", every)
    note_files(db, (events.decode(one.kind, one.data) for one in every))
    if any(one.kind.partition(".")[0] in ("item", "holidays", "body") for one in every):
        publications.begin_again(db)
        centre.publications.stale()
        redating.begin(db)
    centre.project(db, {key: entries for key, entries in known.items() if telling.is_case(entries)})
    centre.project_records(db, known)
    _new_epoch(centre, db)


def _again(one: _Past) -> Own:
    entry = one.entry
    return Own(entry.author, entry.kind, entry.subject, entry.data, one.audience, entry.time, entry.rank)


def _new_epoch(centre: Centre, db: sa.Connection) -> None:
    """What desks were told from the log that gave way counts no more. Numbers are left out once after a backup: where
    nobody said that one came back, now."""
    epoch = int(_epoch(db))
    if int(rows.value(db, _CHECKED) or epoch) < epoch:
        rows.set_value(db, "epoch", str(epoch + 1))
    else:
        telling.begin_epoch(centre, db, epoch + 1)


def _unsaid(past: Sequence[_Past], back: Sequence[chain.Entry], known: dict[str, list[chain.Entry]]) -> list[_Past]:
    """What of ours has to be said again. `known`: all that is known of these subjects without it."""
    facts = {chain.fact(one) for entries in known.values() for one in entries}
    once = {(one.kind, one.subject) for one in back if one.kind in _ONCE and not one.author}
    refused = {(one.subject, bytes(one.data)) for one in back if one.kind == _REFUSED}
    arrived = {one.subject for one in back if one.kind == _ARRIVED}
    last = {one.entry.subject: one for one in past if one.entry.kind == _ARRIVED}
    needed = {key: arrival for key, arrival in last.items() if key in arrived and _waits(key, past, known[key])}
    return [
        gone
        for gone in past
        if chain.fact(gone.entry) not in facts
        and ((gone.entry.kind, gone.entry.subject) not in once or gone.entry.author)
        and (gone.entry.kind != _REFUSED or (gone.entry.subject, bytes(gone.entry.data)) not in refused)
        and (gone.entry.kind != _ARRIVED or gone.entry.subject not in arrived or needed.get(gone.entry.subject) is gone)
    ]


def _waits(subject: str, past: Iterable[_Past], known: Sequence[chain.Entry]) -> bool:
    """Whether a case waits to be taken over, though it arrived as the log has it that was taken back."""
    ours = (one.entry for one in past if one.entry.subject == subject and one.entry.kind != _ARRIVED)
    case = cases.fold([*known, *ours])
    return case is not None and arriving.arrives(case)


def _audience(centre: Centre, db: sa.Connection, entry: chain.Entry) -> str:
    """Who should hear of an entry that was taken back: that is nothing which it says itself."""
    match entry.kind.partition(".")[0]:
        case "case":
            return entry.subject[:12]
        case "entry":
            data = events.decode(entry.kind, entry.data)
            return data.node[:12] if isinstance(data, centre_events.EntryRefused) else ""
        case "bundle" | "person" if entry.kind != "person.seen":
            return rows.point_of(db, entry.subject)
        case "lodge":
            return entry.subject[1:13]  # the village whose envelope it is
        case "report" | "info":
            found = writings.fold(centre.about(db, [entry.subject])[entry.subject])
            return level_writings.listener(db, found) if found and found.home != centre.node else ""
        case prefix:
            return "*" if prefix in telling.FOR_ALL else ""
