"""Who is a neighbour, by the centre's roster: this point's desks but ourselves that may speak; and how each is seen."""

from __future__ import annotations

import time

import msgspec
from sqlite_utils import Database

from desk.errors import RefusedError
from desk.store.identity import Identity
from desk.sync.hall.line import Them
from desk.sync.protocol.near.parcel import Parcel
from desk.sync.protocol.near.roster import Listed
from desk.sync.trust import roster_here

QUIET = 60.0  # seconds between two meetings when all is well
_GONE = 2.5 * QUIET  # seconds without a word after which it is not there


class Near(msgspec.Struct):
    """A neighbour as this window sees it. `met_at` ISO 8601 of the last meeting, "" for none; `words` why it is not met
    now, "" while it is; `heard_at` on the machine's own clock. `due` and `trouble`: when it is tried again, and how
    often it failed in a row. `errand`: what it has was just told, and something is to be fetched there or
    brought (`errands` beside). `absent`: papers and pictures that it does not have, believed until `absent_until`;
    before `ask_at` it is asked for none, but for what somebody wants to see."""

    node: str
    place: str = ""
    met_at: str = ""
    words: str = ""
    trouble: int = 0
    due: float = 0.0
    errand: bool = False
    theirs: Parcel | None = None
    heard_at: float = 0.0
    absent: frozenset[str] = frozenset()
    absent_until: float = 0.0
    ask_at: float = 0.0

    @property
    def is_here(self) -> bool:
        """Whether it was heard of late, whoever of the two began."""
        return bool(self.heard_at) and time.monotonic() - self.heard_at < _GONE

    @property
    def is_met(self) -> bool:
        """Whether it answers us."""
        return bool(self.place) and self.is_here and not self.trouble


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
