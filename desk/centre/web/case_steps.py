"""The steps 环节 of a case on its page: who had it from which day to which, how long beside that step's own days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desk import clock
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case_clocks import Law
from desk.folds.office.roster import own_steps
from desk.folds.office.roster.duties import NAMES, Roster


def shown(case: cases.Case, law: Law, roster: Roster, today: dt.date) -> list[dict[str, Any]]:
    """A line a step, the way from the village first: it is nobody's at the organ."""
    pauses, made = case_clocks.pauses(case), []
    came = next((one.time for one in case.history if one.kind == "case.arrived" and not one.refused), "")
    first, last = clock.day(case.taken_at), clock.day(came) if came else None
    if last is None or last > first:
        way = {"name": "代办点收件、送到中心", "who": case.collected.agent_name, "since": first, "until": last}
        made.append(way | {"allowed": "", "due": None, "spent": f"{((last or today) - first).days} 日", "late": False})
    for one in case_clocks.own_steps_of(case, law):
        post = "" if one.title == NAMES[one.duty] else f"{NAMES[one.duty]}岗"
        there = "" if one.until else "、".join(roster.on(one.duty, today).values())
        who = " ".join(each for each in (roster.section_name(one.account), one.name or there, post) if each)
        made.append(
            {
                "name": one.title,
                "who": who,
                "since": one.since,
                "until": one.until,
                "allowed": "按延期后的期限" if one.extended else one.allowed,
                "due": one.due.on if one.due else None,
                "spent": own_steps.spent(one, today, law.table, pauses),
                "late": one.late(today),
            }
        )
    return made
