"""What the centre tells a node: its feed, the node's own log when it lost it; and what a centre that came back from a
backup hears from the desks of its own lost answers."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

import msgspec
import sqlalchemy as sa

from db.centre import lineage, rows, upward_rows
from db.centre.lists import case_rows
from db.centre.trust import asker_rows
from desk import clock
from desk.centre.exchange import enrolment, siblings, villages
from desk.centre.exchange.effects import heard
from desk.centre.exchange.trust import admitting, naming, rosters, witnessing
from desk.centre.node.centre_node import Centre, Own, RefusedBatchError
from desk.law.numbers import is_node
from desk.log import centre_events, chain, events
from desk.sync.feed import foreign
from desk.sync.protocol import letters, wire
from desk.sync.protocol.batch import MAX_ENTRIES, Header, pack, unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.proofs import past
from desk.sync.protocol.seal import seal

FEED_MOST = 500
OWN_MOST = min(2000, MAX_ENTRIES)
MOST_BYTES = 4 << 20  # of entries in one batch that we make; but one entry at least
_ARRIVED = "case.arrived"
FOR_ALL = frozenset({"item", "sample", "regime", "texts", "words", "holidays", "body", "notice", "release", "local"})
_NOT_ALL = ("local.asked",)  # kinds of these families that concern one point alone
_OFTEN = dt.timedelta(hours=1)
_JUMP, _DOCUMENTS = 50_000, 1000  # numbers left out when the last ones given are not known


Hearing = Callable[[rows.Row | None], None]  # raises where this node, None for a stranger, is to hear nothing


def _hears(_asker: rows.Row | None) -> None:
    """Whoever asks was looked at."""


def answer(centre: Centre, name: str, after: int, seen: str = "", must_hear: Hearing = _hears) -> tuple[bytes, Header]:
    """What node `name` should know after `after`: a signed batch sealed to it, with the header that went in.
    LookupError for a stranger; `must_hear` may raise something else for one, or for a node that is to hear nothing.
    Whoever asks is heard, though it may have nothing to say.

    Raises RefusedBatchError when the node has seen (`seq.hash`) what we no longer have.
    """
    last_seen, digest = heard.seen(seen)
    with centre.database.read() as db:
        near, has_news, known, here = asker_rows.look(db, name, centre.node, after, last_seen)
        asker = next((one for one in near if one["name"] == name), None)
        must_hear(asker)
        if asker is None:
            raise LookupError(name)
        if last_seen and known != digest:
            raise _restored(centre)
        head, epoch = int(here.get("seq", 0)), int(here.get("epoch", 1))
        after = min(after, head)
        own = name.replace("-", "")
        subjects = (own, f"Z{own}") if asker["waits_since"] else ()  # own cases, own envelopes, what is for everybody
        told = centre.node, asker["point_code"], after, FEED_MOST, MOST_BYTES, subjects
        found, more = rows.feed(db, *told) if has_news else ([], False)
        beside = siblings.heads(asker, near) or msgspec.UNSET
        waiting = admitting.waiting(asker, near) or msgspec.UNSET
        below = len(villages.of(centre, db, asker)) or msgspec.UNSET
        listed = rosters.mark(asker, near) or msgspec.UNSET
        heads = witnessing.for_asker(centre, db, asker, beside or (), here)
    last, have = found[-1][0] if found else after, int(asker["have"])
    header = Header("feed", centre.node, after, last, len(found), more=more, have=have, epoch=epoch, siblings=beside)
    header = msgspec.structs.replace(header, villages=below, to=name, heads=heads, waits=waiting, time=centre.now())
    header = msgspec.structs.replace(header, roster=listed)
    packed = pack(header, [encoded for _, encoded in found], centre.keys)
    _heard(centre, asker)
    return seal(packed, bytes(asker["seal_key"])), header


def _heard(centre: Centre, asker: rows.Row) -> None:
    """Note that a node was heard, once an hour and beside the log: nobody waits for that, nor fails by it."""
    now = centre.tell()
    if asker["last_seen"] < clock.stamp(now - _OFTEN):
        with contextlib.suppress(sa.exc.DBAPIError), centre.database.touch() as db:
            rows.set_node(db, asker["name"], last_seen=clock.stamp(now))


def must_be_known(centre: Centre, db: sa.Connection, seen: str) -> None:
    """Raise RefusedBatchError when `seen` is no entry of our own log: then we came back from a backup."""
    seq, digest = heard.seen(seen)
    known = rows.hashes(db, centre.node, seq, seq) if seq else []
    if seq and (not known or known[0].hex() != digest):
        raise _restored(centre)


def _restored(centre: Centre) -> RefusedBatchError:
    return RefusedBatchError(wire.problem("restored", time=centre.now()))


def own_log(centre: Centre, asker: str, ask: letters.LogAsk) -> bytes:
    """A node's log as we have it, for a node of the same point: in the batches that it signed, or, as programs of
    before ask, in one of ours. Empty when we never heard of it. Raises BatchError."""
    if not is_node(ask.node):
        raise BatchError("问的不是终端编号。")
    with centre.database.read() as db:
        who, whose = rows.one_node(db, asker), rows.one_node(db, ask.node)
        if who is None or (whose is not None and whose["point_code"] != who["point_code"]):
            raise BatchError("不能问别的代办点的记录。")
        if whose and not _may_read(db, who, whose, ask):
            whose = None  # whoever asks learns no more than of a log that is not here
        if ask.signed:
            return _signed_log(centre, db, whose, ask)
        encoded = rows.encoded_after(db, ask.node, ask.after, OWN_MOST, MOST_BYTES) if whose else []
        before = rows.hashes(db, ask.node, ask.after, ask.after) if whose else []
    have = int(whose["have"]) if whose else 0
    last = ask.after + len(encoded)
    prev = before[0].hex() if before else chain.GENESIS.hex() if ask.after == 0 else ""
    header = Header(
        "own", centre.node, ask.after + 1, last, len(encoded), prev, more=last < have, have=have, of=ask.node
    )
    return pack(header, encoded, centre.keys)


def _may_read(db: sa.Connection, who: rows.Row, whose: rows.Row, ask: letters.LogAsk) -> bool:
    """Its own log, and those of the names that it had, a desk gets back where it shows that it holds them: whoever has
    its keys alone learns nothing; so it is with any log where it may not read its point's past. Programs of before
    cannot show that."""
    is_own = lineage.eldest(db, who["name"]) == lineage.eldest(db, whose["name"])
    is_bound = is_own and int(who["speaks"]) >= wire.BOUND
    if not int(whose["have"]) or not (is_bound or who["waits_since"]):
        return True
    return bool(enrolment.holds(db, whose["name"], ask.log, bytes(who["sign_key"])))


def _signed_log(centre: Centre, db: sa.Connection, whose: rows.Row | None, ask: letters.LogAsk) -> bytes:
    batches: list[bytes] = []
    more = siblings.add_beyond(db, whose, ask.after, batches) if whose else False
    there = rows.hashes(db, ask.node, ask.after, ask.after) if whose else []
    have = int(whose["have"]) if whose else 0
    prev = past.before(ask.after, there)
    return past.pack(past.Told(ask.node, ask.after, prev, have, more, _handed(centre, db, ask.node)), batches)


def _handed(centre: Centre, db: sa.Connection, node: str) -> tuple[str, ...]:
    """The letters in which a node gave itself other keys, the oldest first."""
    said = (events.decode(one.kind, one.data) for one in centre.about(db, [node])[node] if one.kind == "node.rekeyed")
    return tuple(one.letter for one in said if isinstance(one, centre_events.NodeRekeyed) and one.letter)


def take_back(centre: Centre, asker: str, signed: bytes) -> letters.Agreed:
    """A feed batch that we once signed, offered by a node that kept it. What we no longer have is said again, with
    its time and author; with the first such proof a new epoch begins. Raises BatchError."""
    batch = unpack(signed, lambda name: (centre.keys.public().sign,) if name == centre.node else ())
    if batch.header.kind != "feed":
        raise BatchError("这不是中心的回复。")
    kept = [foreign(one, centre.node) for one in batch.entries]
    with centre.database.write() as db:
        sender = rows.one_node(db, asker)
        if sender is None:
            raise BatchError("终端未登记。")
        known = _known(centre, db, kept)
        epoch = int(rows.value(db, "epoch") or 1)
        taken = 0
        if known < len(kept):
            if batch.header.epoch >= epoch:
                epoch = begin_epoch(centre, db, batch.header.epoch + 1)
            taken = _say_again(centre, db, kept[known:], sender["point_code"])
    return letters.Agreed(known, taken, epoch, int(sender["have"]))


def _known(centre: Centre, db: sa.Connection, kept: list[chain.Kept]) -> int:
    """How many of them, from the first on, stand in our log as they are."""
    for number, one in enumerate(kept):
        here = rows.hashes(db, centre.node, one.entry.seq, one.entry.seq)
        if not here or here[0] != one.hash:
            return number
    return len(kept)


def _say_again(centre: Centre, db: sa.Connection, lost: list[chain.Kept], point_code: str) -> int:
    known = centre.about(db, list(dict.fromkeys(kept.entry.subject for kept in lost)))
    gone = (
        chain.decoded(kept) for kept in upward_rows.aside_about(db, known)
    )  # what gave way and was not needed again
    facts = {chain.fact(kept) for entries in (*known.values(), gone) for kept in entries}
    arrived = {(kept.subject, kept.time) for entries in known.values() for kept in entries if kept.kind == _ARRIVED}
    own = []
    for kept in lost:
        entry = kept.entry
        if chain.fact(entry) in facts or (entry.kind == _ARRIVED and (entry.subject, entry.time) in arrived):
            continue
        audience = "*" if entry.kind.partition(".")[0] in FOR_ALL and entry.kind not in _NOT_ALL else point_code
        data = _numbered(centre, db, entry) if entry.kind == _ARRIVED else entry.data
        own.append(Own(entry.author, entry.kind, entry.subject, data, audience, entry.time, entry.rank))
    for made in centre.append(db, own, {}):
        known[made.entry.subject].append(made.entry)
    centre.project(db, {subject: entries for subject, entries in known.items() if is_case(entries)})
    return len(own)


def _numbered(centre: Centre, db: sa.Connection, entry: chain.Entry) -> events.Data | msgspec.Raw:
    """A lost arrival as it was; with another number where its own was given to another case meanwhile."""
    data = events.decode(entry.kind, entry.data)
    if not isinstance(data, events.Arrived) or not case_rows.has_case_no(db, data.case_no, entry.subject):
        return entry.data
    return msgspec.structs.replace(data, case_no=centre.case_numbers(db, 1)[0])


def is_case(entries: list[chain.Entry]) -> bool:
    """Whether entries about one subject tell of a case."""
    return any(one.kind.startswith("case.") for one in entries)


def begin_epoch(centre: Centre, db: sa.Connection, epoch: int) -> int:
    """We came back from a backup: from now on we are in `epoch`, and numbers and names that may have been given are
    left out."""
    rows.set_value(db, "epoch", str(epoch))
    today = centre.today()
    days = [(today - dt.timedelta(back)).strftime("%Y%m%d") for back in range(2)]
    rows.jump_counters(db, days, str(today.year), _JUMP, _DOCUMENTS)
    naming.leave_out(db)
    lineage.void_codes(db, centre.now())
    return epoch
