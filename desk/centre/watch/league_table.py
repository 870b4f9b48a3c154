"""Information items counted by office and month (S11): how many were sent, adopted, circulated."""

from __future__ import annotations

import datetime as dt

import msgspec
import sqlalchemy as sa

from db.centre.lists import report_rows
from desk.centre.levels import level_writings
from desk.centre.node.centre_node import Centre
from desk.centre.watch.reporting import Span
from desk.folds.office.writings import Writing

_BACK = 92  # days: an item that is adopted in a month was not written longer before it
_MOST = 20_000


class Counted(msgspec.Struct, frozen=True):
    """One office of ours, or one centre below us (`name` its node): items sent in the month, adopted in the month, and
    those of them that were circulated, or went on to the level above, or were adopted there."""

    name: str
    sent: int = 0
    adopted: int = 0
    circulated: int = 0
    forwarded: int = 0
    adopted_above: int = 0


class Table(msgspec.Struct, frozen=True):
    """Offices of this centre, and the centres below it: most adopted first."""

    own: tuple[Counted, ...]
    below: tuple[Counted, ...]


# The columns of the table: what each counts, and what that is called.
WHICH = {"sent": "报送", "adopted": "采用", "circulated": "通报", "forwarded": "报上级", "adopted_above": "上级采用"}


def table(db: sa.Connection, centre: Centre, month: Span) -> Table:
    """The table of a month."""
    own, below = _groups(db, centre, month)
    return Table(_ordered(own, centre.node, month), _ordered(below, centre.node, month))


def behind(db: sa.Connection, centre: Centre, month: Span, of: str, which: str) -> list[Writing]:
    """The writings behind one number: of the office or the centre `of`, what `which` of WHICH counts."""
    own, below = _groups(db, centre, month)
    found = below.get(of) or own.get(of) or []
    return [one for one in found if which in counts(one, centre.node, month)]


def _groups(
    db: sa.Connection, centre: Centre, month: Span
) -> tuple[dict[str, list[Writing]], dict[str, list[Writing]]]:
    """What may count in a month: of our offices by name, of the centres below us by node."""
    since = (month.first - dt.timedelta(_BACK)).isoformat()
    rows = report_rows.writings_since(db, "info", since, month.last.isoformat(), _MOST)
    direct = level_writings.below(db)
    own: dict[str, list[Writing]] = {}
    below: dict[str, list[Writing]] = {}
    for row in rows:
        writing = msgspec.json.decode(row["data"], type=Writing)
        if writing.home == centre.node:
            own.setdefault(writing.written.org or "未分部门", []).append(writing)
        elif level_writings.is_for(writing, centre.node, direct):
            below.setdefault(writing.home, []).append(writing)
    return own, below


def _ordered(by_home: dict[str, list[Writing]], node: str, month: Span) -> tuple[Counted, ...]:
    counted = [count(name, written, node, month) for name, written in by_home.items()]
    shown = [one for one in counted if one.sent or one.adopted]
    return tuple(sorted(shown, key=lambda one: (-one.adopted, -one.sent, one.name)))


def count(name: str, written: list[Writing], node: str, month: Span) -> Counted:
    """What the centre `node` counts of these in a month."""
    marks = [counts(one, node, month) for one in written]
    return Counted(name, **{which: sum(which in one for one in marks) for which in WHICH})


def counts(writing: Writing, node: str, month: Span) -> set[str]:
    """Which of WHICH a writing counts for at the centre `node` in a month."""
    first, last = month.first.isoformat(), month.last.isoformat()
    day = (writing.sent_at if writing.home == node else writing.sent_up_at)[:10]
    counted = {"sent"} if first <= day <= last else set()
    if not first <= writing.adopted_by(node)[:10] <= last:
        return counted
    above = any(mark.adopted_at for mark in writing.marks if mark.node != node)
    more = {
        "circulated": writing.state_at(node) == "circulated",
        "forwarded": node in writing.sent_by,
        "adopted_above": above,
    }
    return counted | {"adopted"} | {which for which, is_so in more.items() if is_so}
