"""One window meets another: says what it has, is told what the other has, and both hand over what is lacking, parcel by
parcel, until neither has more. What came until somebody left stays; the next meeting goes on from there."""

from __future__ import annotations

from collections.abc import Callable

from desk.errors import DeskError
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.hall import giving, line, neighbours
from desk.sync.hall.line import SaidNoError, Them
from desk.sync.hall.taking import Took, take
from desk.sync.protocol import letters, wire
from desk.sync.protocol.near import parcel as hall
from desk.sync.protocol.near.parcel import Parcel, Window
from desk.sync.protocol.near.roster import Listed
from desk.sync.trust import roster_notes as rosters

_TURNS = 10_000
Heard = Callable[[str, Parcel, Took], object]


class NoNeighbourError(DeskError):
    """Not a desk of this point that may speak, as far as is known here."""


def meet(
    store: Store, place: str, node: str, theirs: Parcel | None, window: Callable[[], Window], heard: Heard
) -> Parcel:
    """Meet `node` at `place`; `theirs` is what it had when it was met last. What it has now.

    Raises line.AwayError, line.StrangeError, line.SaidNoError, NoNeighbourError, BatchError, SealError.
    """
    for turn in range(_TURNS):
        with store.read() as db:
            us = store.identity_in(db)
            listed = neighbours.find(db, us, node)
            if listed is None or listed.revoked:
                raise _stranger(node)
            mine, parts = giving.parcel(store, db, us, listed, theirs, window())
        if turn and theirs is not None and not parts.all() and not giving.lacks(mine, theirs):
            return theirs
        before = theirs
        theirs, brought = _asked(store, us, place, listed, mine, parts)
        took = take(store, node, theirs, brought)
        heard(node, theirs, took)
        if before is not None and not took.new and not _is_on(before, theirs) and turn:
            return theirs
    return theirs or Parcel({}, 0, 0, "", (0, 0))


def _is_on(before: Parcel, now: Parcel) -> bool:
    """Whether they have anything that they had not before."""
    said = [(one.have, one.epoch, one.cursor, one.told, one.roster) for one in (before, now)]
    return said[0] != said[1]


def _asked(
    store: Store, us: Identity, place: str, listed: Listed, mine: Parcel, parts: hall.Parts
) -> tuple[Parcel, hall.Parts]:
    return hall.unpack(
        _letter(store, us, place, neighbours.them(listed, mine.epoch), letters.HALL, hall.pack(mine, parts))
    )


def pieces_of(store: Store, place: str, node: str) -> Callable[[bytes], bytes]:
    """How `node` at `place` is asked for papers and pictures; raises as `meet`."""

    def post(body: bytes) -> bytes:
        with store.read() as db:
            us, epoch = store.identity_in(db), store.epoch(db)
            listed = neighbours.find(db, us, node)
        if listed is None or listed.revoked:
            raise _stranger(node)
        return _letter(store, us, place, neighbours.them(listed, epoch), letters.PIECES, body)

    return post


def _stranger(node: str) -> NoNeighbourError:
    return NoNeighbourError(f"终端 {node} 不在中心给的本点终端名单里，或已被停用，没有交换任何内容。")


def _letter(store: Store, us: Identity, place: str, them: Them, kind: str, said: bytes) -> bytes:
    """The body of the answer to a letter."""
    re, sealed = letters.sealed(kind, us.node, said, us.keys, them.keys, them.node, them.epoch)
    try:
        answer = line.ask(place, us.node, us.keys, them, wire.LETTERS, sealed)
    except SaidNoError as error:
        if error.problem.code != "unknown_node":
            raise
        _show_roster(store, us, place, them)
        answer = line.ask(place, us.node, us.keys, them, wire.LETTERS, sealed)
    openers = healing.own_openers(store, us)
    _, body = letters.answered(answer, openers, them.node, them.keys, re)
    return body


def _show_roster(store: Store, us: Identity, place: str, them: Them) -> None:
    """They do not know us, or not with these keys: show them what the centre signed of us."""
    with store.read() as db:
        signed = rosters.signed(db)
    line.ask(place, us.node, us.keys, them, line.ROSTER, signed)


def problem_words(error: DeskError) -> str:
    """What a person reads of a meeting that did not come about."""
    if isinstance(error, SaidNoError):
        return {
            "revoked": "邻窗说本机已被中心停用，没有交换任何内容。",
            "unknown_node": "邻窗还不认识本机：两台电脑各同步一次，或等任一台连上中心。",
        }.get(error.problem.code, "邻窗没有收，过一会儿再试。")
    return error.happened
