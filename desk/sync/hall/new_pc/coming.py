"""A new PC comes to a window of its point: it shows that window's code to be the one that a person typed, waits for the
person there to say yes, and is then given all of the point's that is there, each thing signed by whose it is."""

from __future__ import annotations

import platform

import msgspec

from desk.errors import CancelledError, RefusedError
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.hall import line, meeting, places
from desk.sync.kept import fetching
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.sync.protocol import letters
from desk.sync.protocol.near import guest
from desk.sync.protocol.near.parcel import Parcel, Window
from desk.sync.trust import roster_here

_TURNS = 1000
_KEPT = "没有改动。"


class At(msgspec.Struct, frozen=True):
    """A window that is asked: where it is, what it is called."""

    place: str
    node: str


def own_code(us: Identity) -> str:
    """What the person at the window types."""
    return guest.code(us.keys.public())


def must_be_new(us: Identity) -> None:
    """Raises RefusedError for a desk that has a centre, or is practice."""
    if us.practice or us.enrolled:
        raise RefusedError("本机已经入网，或是练习模式，不用从邻窗取回。", _KEPT, "已入网的电脑在“大厅”里打开互通。")


def ask(store: Store, words: str, typed: str) -> At | None:
    """Ask the window at the address `words`, whose code somebody typed; where it is once a person there said yes, None
    as long as nobody did. Raises RefusedError, line.AwayError, line.StrangeError, line.SaidNoError, BatchError."""
    us = store.identity()
    must_be_new(us)
    place = places.place_of(words)
    node = line.hello(place).node
    body = msgspec.json.encode(guest.Ask(us.node, letters.new_keys(us.node, us.keys, platform.node()[:60])))
    told, roster = line.ask_as_guest(place, us.node, us.keys, node, body, lambda keys: guest.is_code(keys, typed))
    if told.state == guest.TAKEN:
        raise RefusedError(
            f"本机自取的编号 {us.node} 本点已有别的终端在用。",
            _KEPT,
            "请删掉本机刚建的代办台，重新开始，会另取一个编号。",
        )
    if told.state != guest.YES:
        return None
    _take_up(store, us, told, roster)
    return At(place, node)


def _take_up(store: Store, us: Identity, told: guest.Told, roster: bytes) -> None:
    """Who the centre is, as the window whose keys were compared says; it is not this desk's until it was enrolled."""
    if us.centre_node and (us.centre_node, us.centre_keys) != (told.centre_node, told.centre()):
        raise RefusedError("这个窗口说的中心与先前取回时的不是一个。", _KEPT, "请与旗中心核对。")
    after = msgspec.structs.replace(
        us,
        point_name=told.point_name,
        centre_node=told.centre_node,
        centre_name=told.centre_name,
        centre_keys=told.centre(),
        address=told.address,
        ca=told.ca,
    )
    with store.write() as db:
        store.merge_identity_in(db, us, after)
    roster_here.take(store, roster)


def fetch(store: Store, at: At, report: Report, cancelled: Cancelled) -> tuple[int, int]:
    """Fetch all that the window has: how many entries and how many papers and pictures were new. Raises as
    `meeting.meet`, and CancelledError; what came until then stays."""
    entries, pieces, theirs = 0, 0, None

    def heard(_node: str, _theirs: Parcel, took: object) -> None:
        nonlocal entries
        entries += getattr(took, "new", 0)
        report(SyncProgress("从邻窗取回记录", entries, 0))
        _stop(cancelled)

    theirs = meeting.meet(store, at.place, at.node, theirs, Window, heard)
    absent: frozenset[str] = frozenset()
    for _ in range(_TURNS):
        found = fetching.fetch(store, meeting.pieces_of(store, at.place, at.node), absent)
        pieces, absent = pieces + found.new, found.absent
        report(SyncProgress("从邻窗取回图片", pieces, 0))
        _stop(cancelled)
        if not found.more:
            break
    return entries, pieces


def _stop(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError("已停下。", "取回的都已保存。", "再做一次，从停下的地方接着。")
