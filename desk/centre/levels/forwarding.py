"""Upward: what this centre took goes on to the level above as it came, signed by its desks; so does its own log.

The level above knows this centre as a node, enrolled with a code; from its log it learns whose signatures count. A
batch that it refuses holds back those of the same node alone, and is offered again later.
"""

from __future__ import annotations

import datetime as dt
import logging
import platform
import shutil

import msgspec
import sqlalchemy as sa

from db.centre import rows, upward_rows
from desk import __version__, clock
from desk.centre.exchange import telling
from desk.centre.exchange.trust import witnessing
from desk.centre.levels import level_writings, returning
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.log import chain
from desk.log.keys import PublicKeys
from desk.sync import enrol
from desk.sync.link import CentreRefusedError, Link, Peer
from desk.sync.protocol import letters, wire
from desk.sync.protocol.batch import Heartbeat, pack_log
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import ProblemError
from desk.sync.protocol.seal import seal

_KEY, _ACKED, _FORWARDED = "upstream", "upstream.acked", "upstream.forwarded"
_HELD, _EPOCH = "upstream.held", "upstream.epoch"
_MOST = 4000  # entries of our own log in one batch
_SOME = 500  # batches whose numbers are looked at together
_TURNS = 100_000
_ROUNDS = 3
_HEALINGS = 2  # of one run
_log = logging.getLogger("desk.centre")


class Upstream(msgspec.Struct, frozen=True):
    """The centre above us."""

    address: str
    node: str
    name: str
    keys: PublicKeys
    ca: str = ""
    speaks: int = 1  # the highest version that it proved to speak


class Held(msgspec.Struct, frozen=True):
    """From its kept batch `number` on nothing of a node goes on: what the level above said, since when, and when it
    was asked last."""

    number: int
    text: str
    since: str
    tried: str


class Forwarded(msgspec.Struct, frozen=True):
    """What one run sent on: entries of our own, batches of others, and what is still to come; what it heard; the nodes
    that the level above refuses."""

    entries: int
    batches: int
    left: int
    heard: int = 0
    held: tuple[str, ...] = ()


class _RefusedError(Exception):
    """The level above does not take a batch of one node, and says why."""


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
            _begin_again(db)
            rows.set_value(db, _EPOCH, "0")
            returning.begin_again(db)
            level_writings.begin_again(db)
        rows.set_value(db, _KEY, msgspec.json.encode(above).decode())
    return above


def forward(centre: Centre, wait: float = 0.0) -> Forwarded:
    """Send on what the level above lacks: first our own log, then others' batches in the order they came. Then hear
    what it says of our writings. A centre that came back from a backup first takes its own log back.

    `wait`: for so many seconds a node that was refused is left alone. Raises the errors of the link; what was
    acknowledged until then is not sent again.
    """
    above = upstream(centre)
    if above is None:
        raise RefusedError("这个中心没有上级。", "没有改动。", "请先运行 desk centre join。")
    link = _link(centre, above)
    own = others = heard = 0
    try:
        _agree(centre, above, link)
        if returning.is_due(centre):
            _take_back(centre, above, link)
        for _ in range(_ROUNDS):  # again when it shows on the way that the level above came back from a backup
            own += _own(centre, above, link)
            others += _others(centre, above, link, wait)
            said = level_writings.hear(centre, above.node, above.keys, link)
            heard += said.new
            if not _came_back(centre, said.epoch, has_lost=said.has_lost):
                break
        return Forwarded(own, others, left(centre), heard, tuple(held(centre)))
    finally:
        link.close()


def _link(centre: Centre, above: Upstream) -> Link:
    with centre.database.read() as db:
        epoch = _number(db, _EPOCH)
    return Link(above.address, above.keys.sign, above.ca, peer=Peer(above.node, epoch, above.speaks))


def _agree(centre: Centre, above: Upstream, link: Link) -> None:
    """Which version both speak; what the level above proved to speak is kept."""
    speaks = link.agree()
    if speaks > above.speaks:
        with centre.database.write() as db:
            rows.set_value(db, _KEY, msgspec.json.encode(msgspec.structs.replace(above, speaks=speaks)).decode())


def left(centre: Centre) -> int:
    """How many batches of others are still to go on."""
    with centre.database.read() as db:
        passed = _number(db, _FORWARDED)
        back = (upward_rows.batches_between(db, node, one.number, passed) for node, one in _held(db).items())
        return rows.batches_after(db, passed) + sum(back)


def held(centre: Centre) -> dict[str, Held]:
    """The nodes whose batches the level above refuses."""
    with centre.database.read() as db:
        return _held(db)


def _held(db: sa.Connection) -> dict[str, Held]:
    kept = rows.value(db, _HELD)
    return msgspec.json.decode(kept, type=dict[str, Held]) if kept else {}


def _hold(centre: Centre, node: str, number: int, text: str) -> None:
    with centre.database.write() as db:
        back, now = _held(db), centre.now()
        if node not in back:
            _log.warning("the level above refuses a node: %s", text, extra={"node": node})
        back[node] = Held(number, text, back[node].since if node in back else now, now)
        rows.set_value(db, _HELD, msgspec.json.encode(back).decode())


def _release(centre: Centre, node: str) -> None:
    with centre.database.write() as db:
        back = _held(db)
        if back.pop(node, None):
            rows.set_value(db, _HELD, msgspec.json.encode(back).decode())


def _number(db: sa.Connection, key: str) -> int:
    return int(rows.value(db, key) or 0)


def _keep(centre: Centre, key: str, number: int) -> None:
    with centre.database.write() as db:
        rows.set_value(db, key, str(number))


def _begin_again(db: sa.Connection) -> None:
    """What the level above has of us is found out from the beginning: what it has changes nothing there."""
    rows.set_value(db, _ACKED, "0")
    rows.set_value(db, _FORWARDED, "0")
    rows.set_value(db, _HELD, "")


def _came_back(centre: Centre, epoch: int, *, has_lost: bool = False) -> bool:
    """Whether the level above came back from a backup since we last heard it, as its `epoch` tells, or that it
    `has_lost` what it said. Then all is offered again."""
    with centre.database.read() as db:
        known = _number(db, _EPOCH)
    if epoch <= known and not has_lost:
        return False
    with centre.database.write() as db:
        rows.set_value(db, _EPOCH, str(max(epoch, known)))
        if known:
            _begin_again(db)
    return bool(known)


# -- our own log -------------------------------------------------------------------------------------------------


def _own(centre: Centre, above: Upstream, link: Link) -> int:
    sent = healed = 0
    for _ in range(_TURNS):
        with centre.database.read() as db:
            acked, seq = _number(db, _ACKED), rows.own_end(db)[0]
            encoded = rows.encoded_after(db, centre.node, acked, _MOST, telling.MOST_BYTES)
        if acked == seq:
            return sent
        have = _answered(centre, above, link, encoded, seq - acked) if encoded else acked
        if not 0 <= have <= seq:  # a fork, or it has more of us than we have: what we lost
            healed += 1
            if healed > _HEALINGS:
                raise BatchError("与上级反复对不上，已停下。", "本中心的记录都在。", "请与上级中心联系。")
            _take_back(centre, above, link)
        else:
            sent += max(0, have - acked)
            _keep(centre, _ACKED, have)
    raise BatchError("上级中心的回复没有尽头。")


def _answered(centre: Centre, above: Upstream, link: Link, encoded: list[bytes], waiting: int) -> int:
    """Send entries of our own; how far the level above has our log, -1 where it has another one."""
    kept = [chain.Kept(chain.decoded(one), one, b"") for one in encoded]
    free = shutil.disk_usage(centre.folder).free >> 20
    with centre.database.read() as db:
        head = witnessing.own(centre, db)
    beat = Heartbeat(waiting, kept[0].entry.time, free, __version__, centre.now())
    sealed = seal(pack_log(kept, centre.keys, beat, to=above.node, heads=(head,)), above.keys.seal)
    try:
        said = link.post(wire.BATCHES, sealed, wire.OCTETS, centre.node)
        answer = letters.read(said, wire.BatchAnswer, "上级中心的回复")
    except CentreRefusedError as error:
        if error.problem.code not in ("gap", "fork"):
            raise
        return error.problem.have if error.problem.code == "gap" else -1
    _came_back(centre, answer.epoch)
    return answer.have


def take_back(centre: Centre) -> int | None:
    """We came back from a backup: take in what the level above has of our own log and we lack; how many entries, None
    where nobody is above us. Raises as `forward`, which does it otherwise when it runs next."""
    above = upstream(centre)
    if above is None:
        return None
    link = _link(centre, above)
    try:
        _agree(centre, above, link)
        return _take_back(centre, above, link)
    finally:
        link.close()


def _take_back(centre: Centre, above: Upstream, link: Link) -> int:
    with centre.database.read() as db:
        acked = _number(db, _ACKED)
    back = returning.take_back(centre, above.node, above.keys, link, acked)
    _keep(centre, _ACKED, back.last)
    return back.taken


# -- what others sent us -----------------------------------------------------------------------------------------


def _others(centre: Centre, above: Upstream, link: Link, wait: float) -> int:
    before = clock.stamp(centre.tell() - dt.timedelta(seconds=wait))
    sent = sum(_rest(centre, above, link, node, one) for node, one in held(centre).items() if one.tried <= before)
    have = dict[str, int]()  # how far the level above has each node's log, as it says in this run
    while True:
        with centre.database.read() as db:
            passed, back = _number(db, _FORWARDED), set(_held(db))
            some = upward_rows.batches_after(db, passed, _SOME)
        if not some:
            return sent
        for number, node, last in some:
            if node not in back and last > have.get(node, 0):
                try:
                    answer = _send_batch(centre, above, link, number)
                except _RefusedError as error:
                    back.add(node)
                    _hold(centre, node, number, str(error))
                else:
                    sent += 1
                    if _came_back(centre, answer.epoch):
                        have.clear()
                        break
                    have[node] = answer.have
                    _keep(centre, _FORWARDED, number)
        else:
            _keep(centre, _FORWARDED, some[-1][0])


def _rest(centre: Centre, above: Upstream, link: Link, node: str, back: Held) -> int:
    """Offer again what was held back of a node, as far as others' batches have gone."""
    sent, number = 0, back.number
    while True:
        with centre.database.read() as db:
            passed = _number(db, _FORWARDED)
        try:
            if number <= passed:
                told = _send_batch(centre, above, link, number)
                sent += 1
                if _came_back(centre, told.epoch):
                    return sent
        except _RefusedError as error:
            _hold(centre, node, number, str(error))
            return sent
        with centre.database.read() as db:
            following = rows.next_batch(db, number, node)
        if following is None or following["number"] > passed:
            _release(centre, node)
            return sent
        number = int(following["number"])


def _send_batch(centre: Centre, above: Upstream, link: Link, number: int) -> wire.BatchAnswer:
    """Send one batch on; before it those that the level above has lost. Raises _RefusedError."""
    with centre.database.read() as db:
        batch = rows.next_batch(db, number - 1)
    if batch is None:
        raise _RefusedError("这一批已经不在了。")
    for _ in range(_TURNS):
        data = bytes(batch["bytes"])
        try:
            body = link.letter(letters.FORWARD, centre.node, data, centre.keys, above.keys, (centre.keys,))
            return letters.read(body, wire.BatchAnswer)
        except ProblemError as error:
            if error.problem.code != "gap":
                raise _RefusedError(error.problem.text) from error
            _fill(centre, above, link, batch["node"], error.problem.have, number)
        except CentreRefusedError as error:
            if error.problem.code != "too_large":
                raise
            raise _RefusedError(error.problem.text) from error
    raise _RefusedError("上级中心反复缺少记录。")


def _fill(centre: Centre, above: Upstream, link: Link, node: str, have: int, before: int) -> None:
    with centre.database.read() as db:
        missing = rows.next_batch(db, 0, node, have)
    if missing is None or missing["number"] >= before or missing["first"] > have + 1:
        raise _RefusedError(f"上级缺少 {node} 第 {have + 1} 条之后的记录，这里也没有。")
    _send_batch(centre, above, link, int(missing["number"]))
