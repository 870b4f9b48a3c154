"""Upward: what this centre took goes on to the level above as it came, signed by its desks; so does its own log.

The level above knows this centre as a node, enrolled with a code; from its log it learns whose signatures count.
"""

from __future__ import annotations

import platform
import shutil

import msgspec

from db.centre import rows
from desk import __version__, log
from desk.centre import upward
from desk.centre.seat import Centre
from desk.errors import RefusedError
from desk.sync import enrol, letters, wire
from desk.sync.batch import Heartbeat, pack_log
from desk.sync.envelope import BatchError
from desk.sync.keys import PublicKeys
from desk.sync.letters import ProblemError
from desk.sync.link import CentreRefusedError, Link
from desk.sync.seal import seal

_KEY, _ACKED, _FORWARDED = "upstream", "upstream.acked", "upstream.forwarded"
_MOST = 4000  # entries of our own log in one batch
_TURNS = 100_000


class Upstream(msgspec.Struct, frozen=True):
    """The centre above us."""

    address: str
    node: str
    name: str
    keys: PublicKeys
    ca: str = ""


class Forwarded(msgspec.Struct, frozen=True):
    """What one run sent on: entries of our own, batches of others, and what is still to come; what it heard."""

    entries: int
    batches: int
    left: int
    heard: int = 0


def upstream(centre: Centre) -> Upstream | None:
    """Who is above us; None for nobody."""
    with centre.database.read() as db:
        kept = rows.value(db, _KEY)
    return msgspec.json.decode(kept, type=Upstream) if kept else None


def join(centre: Centre, address: str, code: str) -> Upstream:
    """Enrol at the centre above with its code. Raises DeskErrors; nothing changes then."""
    answer = enrol.enrol(address, code, centre.keys, platform.node(), centre.node)
    above = Upstream(address.strip(), answer.centre_node, answer.centre_name, enrol.centre_keys(answer), answer.ca)
    with centre.database.write() as db:
        before = rows.value(db, _KEY)
        if before and msgspec.json.decode(before, type=Upstream).node != above.node:
            rows.set_value(db, _ACKED, "0")
            rows.set_value(db, _FORWARDED, "0")
            upward.begin_again(db)
        rows.set_value(db, _KEY, msgspec.json.encode(above).decode())
    return above


def forward(centre: Centre) -> Forwarded:
    """Send on what the level above lacks: first our own log, then others' batches in the order they came. Then hear
    what it says of our writings.

    Raises the errors of the link; what was acknowledged until then is not sent again.
    """
    above = upstream(centre)
    if above is None:
        raise RefusedError("这个中心没有上级。", "没有改动。", "请先运行 desk centre join。")
    link = Link(above.address, above.keys.sign, above.ca)
    try:
        own, others = _own(centre, above, link), _others(centre, above, link)
        return Forwarded(own, others, left(centre), upward.hear(centre, above.node, above.keys, link))
    finally:
        link.close()


def left(centre: Centre) -> int:
    """How many batches of others are still to go on."""
    with centre.database.read() as db:
        return rows.batches_after(db, int(rows.value(db, _FORWARDED) or 0))


def _own(centre: Centre, above: Upstream, link: Link) -> int:
    sent = 0
    for _ in range(_TURNS):
        with centre.database.read() as db:
            acked = int(rows.value(db, _ACKED) or 0)
            found = rows.encoded_after(db, centre.node, acked, _MOST)
            waiting = int(rows.value(db, "seq") or 0) - acked
        if not found:
            return sent
        kept = [log.Kept(log.decoded(one), one, b"") for one in found]
        free = shutil.disk_usage(centre.folder).free >> 20
        beat = Heartbeat(waiting, kept[0].entry.time, free, __version__, centre.now())
        sealed = seal(pack_log(kept, centre.keys, beat), above.keys.seal)
        try:
            answer = msgspec.json.decode(link.post(wire.BATCHES, sealed, wire.OCTETS), type=wire.BatchAnswer)
        except CentreRefusedError as error:
            if error.problem.code != "gap":
                raise
            answer = wire.BatchAnswer(centre.node, error.problem.have, error.problem.time)
        sent += max(0, answer.have - acked)
        _keep(centre, _ACKED, answer.have)
    raise BatchError("上级中心的回复没有尽头。")


def _others(centre: Centre, above: Upstream, link: Link) -> int:
    sent = 0
    while True:
        with centre.database.read() as db:
            batch = rows.next_batch(db, int(rows.value(db, _FORWARDED) or 0))
        if batch is None:
            return sent
        _one(centre, above, link, batch)
        _keep(centre, _FORWARDED, int(batch["number"]))
        sent += 1


def _one(centre: Centre, above: Upstream, link: Link, batch: rows.Row) -> None:
    """Send one batch on; before it those that the level above has lost."""
    for _ in range(_TURNS):
        _, sealed = letters.sealed(letters.FORWARD, centre.node, bytes(batch["bytes"]), centre.keys, above.keys)
        try:
            answer = link.post(wire.LETTERS, sealed, wire.OCTETS)
            letters.answered(answer, (centre.keys,), above.node, above.keys)
        except ProblemError as error:
            if error.problem.code != "gap":
                raise
            _fill(centre, above, link, batch["node"], error.problem.have, int(batch["number"]))
        else:
            return
    raise BatchError("上级中心反复缺少记录。")


def _fill(centre: Centre, above: Upstream, link: Link, node: str, have: int, before: int) -> None:
    with centre.database.read() as db:
        missing = rows.next_batch(db, 0, node, have)
    if missing is None or missing["number"] >= before or missing["first"] > have + 1:
        raise BatchError(f"上级缺少 {node} 第 {have + 1} 条之后的记录，这里也没有。")
    _one(centre, above, link, missing)


def _keep(centre: Centre, key: str, number: int) -> None:
    with centre.database.write() as db:
        rows.set_value(db, key, str(number))
