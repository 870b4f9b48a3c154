"""What the pages of writings share: who reads which, and how a line of them looks."""

from __future__ import annotations

from typing import Any

import msgspec

from db.centre.lists.case_rows import ALL
from db.centre.rows import Row
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT, READ, SUPERVISE
from desk.centre.run import guard
from desk.centre.watch import reporting
from desk.centre.web.case_links import reported
from desk.folds import whose
from desk.folds.office import writings
from desk.law.divisions import load as divisions
from desk.log.office_events import Written

DESK = SUPERVISE | EDIT  # who edits and adopts for the whole centre, and sends upward
TABS = (("report", "报告"), ("info", "政务信息"), ("received", "下级报来"), ("table", "采用统计"))
_STATES_HERE = {"sent": "待处理", **writings.MARKS}


def read(row: Row) -> writings.Writing:
    """The writing in a row."""
    return msgspec.json.decode(row["data"], type=writings.Writing)


def listed(centre: Centre, writing: writings.Writing, family: str) -> dict[str, Any]:
    """A line of a list."""
    at_home = writing.sent_at or writing.written_at
    return {
        "id": writing.id,
        "family": "报告" if family == "report" else "政务信息",
        "title": writing.written.title,
        "sort": writings.SORTS.get(writing.written.sort, writing.written.sort),
        "period": writing.written.period,
        "org": writing.written.org or "—",
        "home": home_name(writing.home),
        "time": clock.minute(at_home if writing.home == centre.node else writing.sent_up_at),
        "urgent": writing.written.urgent,
        "state": writing.state_at(centre.node),
        "state_name": state_name(centre, writing, family),
    }


def state_name(centre: Centre, writing: writings.Writing, family: str) -> str:
    """What a writing's state is called here."""
    state = writing.state_at(centre.node)
    if writing.home != centre.node:
        return _STATES_HERE.get(state, state)
    if family == "info":
        return "待编辑" if state == "sent" else writings.STATES[state]
    return writings.STATES[state]


def home_name(node: str) -> str:
    """The division that a centre serves, by its name."""
    code = whose.division(node)
    found = divisions().get(code)
    return divisions().full_name(code) or (found.name if found else node)


def may_read(centre: Centre, visitor: guard.Visitor, found: writings.Writing) -> bool:
    """Whether a writing of ours is this visitor's to read: of the own department, circulated, or for the editors."""
    mine = visitor.may(DESK) or visitor.sees_org(found.written.org) or found.author == visitor.account
    return mine or found.home != centre.node or _is_told(visitor, found)


def _is_told(visitor: guard.Visitor, found: writings.Writing) -> bool:
    """Whether it was circulated to this visitor's department: to all where none is named."""
    return found.state == "circulated" and (not found.to or any(visitor.sees_org(one) for one in found.to))


def figures(visitor: guard.Visitor, written: Written, *, is_ours: bool) -> list[tuple[str, str, str]]:
    """Name and value of each figure of a report, and where the cases are listed that it counts; "" where they are not
    all this visitor's to see."""
    numbers = reporting.ordered(written.figures)
    mine = ALL in visitor.sees or set(written.counted) <= set(visitor.sees)
    if not (is_ours and mine and visitor.may(READ)) or len(written.counted) != 1:
        return [(name, value, "") for name, value in numbers]
    asked = reporting.span(written.sort, written.period)
    org = "" if ALL in written.counted else written.counted[0]
    span = asked.first.isoformat(), asked.last.isoformat()
    return [(name, value, reported(name, *span, org)) for name, value in numbers]
