"""Who may speak to this centre: enrolment 入网, other keys, another name after an old backup, revocation 停用.

Each of these is an entry of the centre's own log, so that the levels above learn whose signature counts.
"""

from __future__ import annotations

import base64
import datetime as dt
import logging
from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from db.centre import lineage, rows
from desk import clock
from desk.centre.exchange.trust import admitting, codes, naming
from desk.centre.node.centre_node import Centre, Own, RefusedBatchError
from desk.errors import RefusedError
from desk.law import numbers
from desk.log import centre_events, chain, events, receipt_code
from desk.sync.protocol import kin, letters, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.proofs import held
from desk.sync.protocol.seal import SealError, must_be_usable

_log = logging.getLogger("desk.centre")
_DOUBT_DAYS = 30  # how long a fork that we saw speaks for a node
AGAIN_MOST, _AGAIN_DAYS = 6, 365  # other names for one desk and what came of it, and within how many days


def enrol_code(centre: Centre, point_code: str, point_name: str) -> str:
    """A one-time code, as `codes` makes them."""
    return codes.make(centre, point_code, point_name)


def take_in(centre: Centre, request: wire.EnrolRequest) -> wire.EnrolAnswer:
    """Enrol a node by its code. The same request again has the same answer: the first may have got lost.

    Raises RefusedBatchError for a code that is wrong, used by another, too old or for another point.
    """
    try:
        sign, seal = wire.from_text(request.sign_key), wire.from_text(request.seal_key)
        must_be_usable(seal)
    except (ValueError, SealError) as error:
        raise RefusedBatchError(wire.problem("broken")) from error
    now = centre.now()
    digests = codes.shown(centre, request, sign, seal)
    with centre.database.write() as db:
        before = next((name for one in digests if (name := lineage.code_used_by(db, one))), "")
        known = rows.one_node(db, before) if before else None
        if known is not None and bytes(known["sign_key"]) == sign:
            return _answer(centre, known, now)
        digest, code = next(((one, row) for one in digests if (row := lineage.use_code(db, one, now))), ("", None))
        if code is None:
            raise RefusedBatchError(wire.problem("enrol_code", time=now))
        if request.point and request.point != code["point_code"]:
            told = f"入网码是给另一个代办点“{code['point_name']}”（{code['point_code']}）的。"
            raise RefusedBatchError(wire.problem("enrol_point", time=now, text=told))
        naming.look_for_lost(db, code["point_code"], request.was)
        node = naming.new(db, code["point_code"], request.node)
        was = _was(db, request, code["point_code"], sign, seal)
        waits = bool(was["waits_since"]) if was else admitting.must_wait(db, node, code["point_code"])
        point = code["point_code"], code["point_name"]
        added = _add(centre, db, node, *point, sign, seal, request.machine, was["name"] if was else "")
        if waits:
            rows.set_node(db, node, waits_since=now)
            added = {**added, "waits_since": now}
        lineage.set_code_user(db, digest, node)
    return _answer(centre, added, now)


def _was(db: sa.Connection, request: wire.EnrolRequest, point: str, sign: bytes, seal: bytes) -> rows.Row | None:
    """The desk of the same point that asks for another name, where it shows that it is that one."""
    found = rows.one_node(db, request.was) if request.was else None
    if found is None or found["point_code"] != point or found["via"] or found["revoked_at"]:
        return None
    try:
        proof = wire.signature_bytes(request.was_proof)
    except ValueError:
        return None
    return found if letters.is_same(bytes(found["sign_key"]), proof, request.was, sign, seal) else None


def again(centre: Centre, node: str, new: letters.NewKeys) -> wire.EnrolAnswer:
    """Another name at the same point for a desk whose log ran apart from ours: where it shows that it holds that log,
    or we doubt ourselves, and a few times a year, for whoever stole a key would take them all. Raises BatchError,
    RefusedBatchError."""
    sign, seal = letters.proved(node, new)
    now = centre.now()
    with centre.database.write() as db:
        known = _speaking(centre, db, node)
        mine = rows.node_with_key(db, sign)
        if mine is None:
            _must_be_seldom(centre, db, node)
            _must_be_apart(centre, db, known, sign, new.log)
            name = naming.new(db, known["point_code"], "")
            point = known["point_code"], known["point_name"]
            mine = _add(centre, db, name, *point, sign, seal, new.machine, node)
            rows.set_node(db, name, waits_since=known["waits_since"])
        elif mine["name"] == node:
            raise BatchError("新密钥与原来的相同，不予接收。")
        elif mine["point_code"] != known["point_code"]:
            raise BatchError("这对密钥是别的代办点的，不予接收。")
    return _answer(centre, mine, now)


def rekey(centre: Centre, node: str, new: letters.NewKeys, letter: bytes = b"") -> None:
    """Other keys for the same node, as its signed `letter` says. From now on only the new ones count. Raises
    BatchError, RefusedBatchError."""
    sign, seal = letters.proved(node, new)
    with centre.database.write() as db:
        known = _speaking(centre, db, node)
        if bytes(known["sign_key"]) == sign:
            return
        rows.add_former_key(db, node, bytes(known["sign_key"]), bytes(known["seal_key"]), centre.now())
        rows.set_node(db, node, sign_key=sign, seal_key=seal)
        kept = base64.b64encode(letter).decode()
        told = centre_events.NodeRekeyed(node, new.sign_key, new.seal_key, kept)
        _tell(centre, db, "node.rekeyed", node, told)


def _must_be_seldom(centre: Centre, db: sa.Connection, node: str) -> None:
    since = clock.stamp(centre.tell() - dt.timedelta(days=_AGAIN_DAYS))
    if lineage.taken_since(db, node, since) >= AGAIN_MOST:
        told = f"这台终端一年内已经换过 {AGAIN_MOST} 次编号，请与中心联系：核实后停用旧的，用新入网码入网。"
        raise RefusedBatchError(wire.problem("often", time=centre.now(), text=told))


def _must_be_apart(centre: Centre, db: sa.Connection, known: rows.Row, sign: bytes, log: Sequence[str]) -> None:
    """Raise RefusedBatchError where nothing says that the log of a node ran apart from our copy."""
    node, now = known["name"], centre.tell()
    if known["doubted_at"] >= clock.stamp(now - dt.timedelta(days=_DOUBT_DAYS)):
        return
    if int(known["speaks"]) < wire.BOUND and not log:  # a program of before cannot show it: once a year
        if not lineage.taken_since(db, node, clock.stamp(now - dt.timedelta(days=_AGAIN_DAYS))):
            return
        told = "这台终端的程序是旧的，一年内已经换过编号，拿不出记录分岔的证明：请升级代办台，或与中心联系。"
        raise RefusedBatchError(wire.problem("often", time=centre.now(), text=told))
    common = holds(db, node, log, sign)
    is_all = bool(log) and common == kin.marked(log[0])[0] == int(known["have"])
    if not common or is_all:
        told = "" if is_all else "拿不出这台终端自己的记录，不能换编号：请与中心联系，用新入网码入网。"
        raise RefusedBatchError(wire.problem("again", time=centre.now(), text=told))


def holds(db: sa.Connection, node: str, log: Sequence[str], sign_key: bytes) -> int:
    """The last entry of the log of `node` that whoever asks with this key shows to hold; 0 for none."""
    return held.common(log, lambda seq: next(iter(rows.encoded_after(db, node, seq - 1, 1)), None), sign_key)


def doubt(centre: Centre, node: str) -> None:
    """Note that the log of a node ran apart from our copy, as we saw ourselves."""
    with centre.database.write() as db:
        rows.set_node(db, node, doubted_at=centre.now())


def revoke(centre: Centre, node: str, author: str = "", reasons: str = "") -> tuple[str, ...]:
    """From now on nothing signed by this node is taken, nor by a name that was taken in its place: whoever held its key
    may hold those. What they sent stays. The names that were shut out. Raises RefusedError."""
    with centre.database.write() as db:
        if rows.one_node(db, node, lock=True) is None:
            raise RefusedError(f"没有登记过终端 {node}。", "没有改动。")
        open_ones = [one for one in (node, *lineage.heirs(db, node)) if not _row(db, one)["revoked_at"]]
        for one in open_ones:
            why = reasons if one == node else f"由 {node} 换得的编号，一并停用。{reasons}"
            rows.set_node(db, one, revoked_at=centre.now())
            _tell(centre, db, "node.revoked", one, centre_events.NodeRevoked(one, why), author)
    return tuple(open_ones)


def _row(db: sa.Connection, node: str) -> rows.Row:
    found = rows.one_node(db, node, lock=True)
    if found is None:
        raise LookupError(node)
    return found


def is_revoked(centre: Centre, node: str) -> bool:
    """Whether this node may no longer speak."""
    with centre.database.read() as db:
        found = rows.one_node(db, node)
    return found is None or bool(found["revoked_at"])


def known(centre: Centre, node: str) -> rows.Row | None:
    """A node that was ever let in."""
    with centre.database.glance() as db:
        return rows.one_node(db, node)


def sign_keys(centre: Centre, node: str) -> tuple[bytes, ...]:
    """The key that this node signs with now; none for a stranger and for a node of a centre below us."""
    return keys_now(known(centre, node))


def keys_now(found: rows.Row | None) -> tuple[bytes, ...]:
    """As `sign_keys`, of a node that was looked up."""
    return (bytes(found["sign_key"]),) if found and not found["via"] else ()


def all_keys(centre: Centre, node: str) -> tuple[bytes, ...]:
    """All keys that this node ever signed with: for papers, and for batches that a centre below us took."""
    with centre.database.read() as db:
        found = rows.one_node(db, node)
        return (bytes(found["sign_key"]), *rows.former_keys(db, node)) if found else ()


def point_keys(centre: Centre, node: str) -> tuple[bytes, ...]:
    """All keys that make a receipt with a number of `node`'s genuine: those of the desks of its point, any of which
    may have printed it."""
    with centre.database.read() as db:
        names = rows.node_names(db, node[:12]) if rows.one_node(db, node) else []
    return tuple(key for name in names for key in all_keys(centre, name))


def stopped_since(centre: Centre, code: str) -> str:
    """Since when the desk that made a receipt's code may no longer write; "" while it may, and for no code of ours."""
    with centre.database.read() as db:
        made_by = receipt_code.node_named(code)
        names = rows.node_names(db, made_by[:12]) if made_by and rows.one_node(db, made_by) else []
        known = [(str(row["revoked_at"]), name) for name in names if (row := rows.one_node(db, name))]
    makers = [since for since, name in known if any(receipt_code.genuine(code, key) for key in all_keys(centre, name))]
    return min(makers, default="")


def learn(db: sa.Connection, teller: str, new: Iterable[chain.Entry]) -> None:
    """What the log of a centre below us says of its nodes; `teller` "": what our own does, taken back from above.
    What names no node or no keys is passed over."""
    for entry in new:
        data = events.decode(entry.kind, entry.data)
        match data:
            case centre_events.NodeEnrolled() | centre_events.NodeRekeyed() if not _is_sound(data):
                _log.warning("a node or keys that are none", extra={"teller": teller})
            case centre_events.NodeEnrolled() if data.node != teller:
                _learn_node(db, teller, data, entry.time)
            case centre_events.NodeRekeyed():
                known = rows.one_node(db, data.node)
                if known is not None and known["via"] == teller:
                    _other_keys(db, known, data, entry.time)
            case centre_events.NodeRevoked():
                known = rows.one_node(db, data.node)
                if known is not None and known["via"] == teller:
                    rows.set_node(db, data.node, revoked_at=entry.time)


def _is_sound(told: centre_events.NodeEnrolled | centre_events.NodeRekeyed) -> bool:
    try:
        return numbers.is_node(told.node) and bool(wire.from_text(told.sign_key) and wire.from_text(told.seal_key))
    except ValueError:
        return False


def _other_keys(
    db: sa.Connection, known: rows.Row, now: centre_events.NodeEnrolled | centre_events.NodeRekeyed, time: str
) -> None:
    """The keys that are told now are the node's; those that it had stay good for what was signed with them."""
    sign, seal = wire.from_text(now.sign_key), wire.from_text(now.seal_key)
    if bytes(known["sign_key"]) != sign:
        rows.add_former_key(db, known["name"], bytes(known["sign_key"]), bytes(known["seal_key"]), time)
        rows.set_node(db, known["name"], sign_key=sign, seal_key=seal)


def _learn_node(db: sa.Connection, teller: str, data: centre_events.NodeEnrolled, time: str) -> None:
    """A name that is there already with other keys was given twice: then both machines' signatures count, and their
    logs run apart, which is told as a fork. Another centre's name is nothing that `teller` can give away."""
    known = rows.one_node(db, data.node)
    if known is not None:
        if bytes(known["sign_key"]) != wire.from_text(data.sign_key):
            _log.warning("a name was given to two machines", extra={"node": data.node, "teller": teller})
            if known["via"] == teller:
                _other_keys(db, known, data, time)
        return
    row = {
        "name": data.node,
        "point_code": data.point_code,
        "point_name": data.point_name,
        "sign_key": wire.from_text(data.sign_key),
        "seal_key": wire.from_text(data.seal_key),
        "machine": data.machine,
        "enrolled_at": time,
        "head": chain.GENESIS,
        "via": teller,
        "formerly": data.formerly,
    }
    rows.add_node(db, row)


def _add(
    centre: Centre,
    db: sa.Connection,
    node: str,
    point_code: str,
    point_name: str,
    sign: bytes,
    seal: bytes,
    machine: str,
    formerly: str,
) -> rows.Row:
    row = {
        "name": node,
        "point_code": point_code,
        "point_name": point_name,
        "sign_key": sign,
        "seal_key": seal,
        "machine": machine[:100],
        "enrolled_at": centre.now(),
        "head": chain.GENESIS,
        "via": "",
        "formerly": formerly,
    }
    rows.add_node(db, row)
    keys = wire.to_text(sign), wire.to_text(seal)
    told = centre_events.NodeEnrolled(node, point_code, point_name, *keys, machine[:100], formerly)
    _tell(centre, db, "node.enrolled", node, told)
    return row


def _tell(centre: Centre, db: sa.Connection, kind: str, node: str, data: events.Data, author: str = "") -> None:
    centre.add(db, [Own(author, kind, node, data, "")])


def _speaking(centre: Centre, db: sa.Connection, node: str) -> rows.Row:
    known = rows.one_node(db, node, lock=True)  # it is not revoked while it takes another name
    if known is None or known["revoked_at"]:
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    return known


def _answer(centre: Centre, node: rows.Row, now: str) -> wire.EnrolAnswer:
    public = centre.keys.public()
    return wire.EnrolAnswer(
        node["name"],
        node["point_code"],
        node["name"].partition("-")[2],
        node["point_name"],
        centre.node,
        centre.name,
        wire.to_text(public.sign),
        wire.to_text(public.seal),
        now,
        centre.authority(),
        bool(node.get("waits_since")),
    )


def letter_answer(centre: Centre, node: str, kind: str, body: bytes, signed: bytes) -> msgspec.Struct:
    """The answer to a letter about names and keys, `signed` as it came. Raises BatchError, RefusedBatchError."""
    if kind == letters.ENROL:
        return take_in(centre, letters.read(body, wire.EnrolRequest))
    new = letters.read(body, letters.NewKeys)
    if kind == letters.AGAIN:
        return again(centre, node, new)
    rekey(centre, node, new, signed)
    return letters.Done(centre.now())
