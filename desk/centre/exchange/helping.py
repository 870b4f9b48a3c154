"""A township asks for a village's desk whose agent forgot the password, and reads out what two people here agreed to.

It passes on and decides nothing: the request waits for two of the staff as one by telephone does, and the answer is
given to the township that asked for it alone, as long as their agreement is good.
"""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import records, rows
from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk.centre.exchange import unlocking, villages
from desk.centre.exchange.unlocking import FAMILY, By
from desk.centre.node.centre_node import Centre
from desk.errors import DeskError, RefusedError
from desk.folds.office import unlocks
from desk.folds.office.unlocks import Unlock
from desk.law.bodies.villages import is_township
from desk.sync.protocol import helping
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.helping import Ask, Request, Told

_MOST = 50


class _Asker(msgspec.Struct, frozen=True):
    """A township's desk, and the desks of its villages by name."""

    node: str
    point_name: str
    desks: frozenset[str]


def answer(centre: Centre, asker: str, body: bytes) -> bytes:
    """What a township's desk is told. Raises BatchError for anybody else."""
    asked = helping.read_ask(body)
    with centre.database.read() as db:
        row = rows.one_node(db, asker)
        if row is None or not is_township(str(row["point_code"])):
            raise BatchError("只有苏木乡镇的终端可以替下属村问。")
        below = frozenset(str(one["name"]) for one in villages.of(centre, db, row))
    who = _Asker(asker, str(row["point_name"]), below)
    digits = refused = ""
    try:
        if asked.subject:
            digits = _shown(centre, who, asked)
        elif asked.code:
            _make(centre, who, asked)
    except DeskError as error:
        refused = error.sentences()
    with centre.database.read() as db:
        told = tuple(_request(centre, who, one) for one in _known(db, who))
    return msgspec.json.encode(Told(told, digits, refused))


def _make(centre: Centre, who: _Asker, asked: Ask) -> None:
    """Write a request down, once for what waits still. Raises RefusedError."""
    made = unlocking.by_code(centre, asked.code, asked.agent)
    if made.node not in who.desks:
        raise RefusedError("这个申请码不是本苏木乡镇下属村的终端的。", "没有转报。", "请核对申请码。")
    if not asked.reasons.strip():
        raise RefusedError("请写明怎样核实是本人。", "没有转报。")
    with centre.database.read() as db:
        going = [one for one in _known(db, who) if one.made.code == made.code and one.made.helper == who.node]
    if any(one.state in ("made", "asked") or unlocks.is_good(one, centre.today()) for one in going):
        raise RefusedError("这个申请已经转报过，在等中心。", "没有再报。")
    unlocking.pass_on(
        centre, msgspec.structs.replace(made, helper=who.node), By("", asked.by, who.point_name), asked.reasons
    )


def _shown(centre: Centre, who: _Asker, asked: Ask) -> str:
    """The digits, once the entry says who of the township has them. Raises RefusedError, SealError."""
    record = unlocking.one(centre, asked.subject)
    if record.made.helper != who.node or record.made.node not in who.desks:
        raise RefusedError("不是本苏木乡镇转报的申请，答复码由中心念。", "没有取。")
    return unlocking.answer_code(centre, By("", asked.by, who.point_name), asked.subject)


def _known(db: sa.Connection, who: _Asker) -> list[Unlock]:
    """Requests of the villages' desks, latest first."""
    wanted = (Wanted(FAMILY, about=node) for node in sorted(who.desks))
    listed = [row for one in wanted for row in record_lists.listed(db, one, 0, _MOST)]
    listed.sort(key=lambda row: str(row["day"]), reverse=True)
    found = (records.one_record(db, FAMILY, str(row["id"])) for row in listed[:_MOST])
    return [msgspec.json.decode(row["data"], type=Unlock) for row in found if row]


def _request(centre: Centre, who: _Asker, one: Unlock) -> Request:
    made = one.made
    is_ready = made.helper == who.node and unlocks.is_good(one, centre.today())
    state = unlocks.STATES[one.state]
    return Request(
        one.id, made.node[:12], made.point_name, made.name, state, one.made_at, made.channel, made.helper, is_ready
    )
