"""Who is a neighbour, by the centre's roster: this point's desks but ourselves that may speak."""

from __future__ import annotations

from sqlite_utils import Database

from desk.errors import RefusedError
from desk.store.identity import Identity
from desk.sync.hall.line import Them
from desk.sync.protocol.near.roster import Listed
from desk.sync.trust import roster_here


def all_of(db: Database, us: Identity) -> tuple[Listed, ...]:
    """The other desks of the point that may speak."""
    roster = roster_here.known(db, us)
    return tuple(one for one in roster.desks if one.node != us.node and not one.revoked) if roster else ()


def find(db: Database, us: Identity, node: str) -> Listed | None:
    """A desk of the point by name, one that may not speak too; None for anybody else and for ourselves."""
    roster = roster_here.known(db, us)
    return roster.find(node) if roster and node != us.node else None


def them(one: Listed, epoch: int) -> Them:
    """As one asks it."""
    return Them(one.node, one.keys(), epoch)


def may_take_part(us: Identity) -> bool:
    """Whether it has a hall: it is enrolled, or a window of its point told it who the centre is."""
    return bool(us.enrolled or us.centre_node) and not us.practice


def must_take_part(us: Identity) -> None:
    """Raises RefusedError for a desk that has no hall: practice, or neither enrolled nor let in by a window."""
    if not may_take_part(us):
        raise RefusedError("练习模式和没有入网的电脑不与邻窗互通。", "没有改动。", "请先向旗中心要入网码入网。")
