"""The clocks of a case as days, for its row in the list: pure, worked out anew with each of its entries."""

from __future__ import annotations

import datetime as dt
import functools

import msgspec

from desk import case as cases
from desk import clock, deadline
from desk.case import State
from desk.catalogue import load
from desk.catalogue.item import Item, Limit, Regime, Step
from desk.holidays import HolidayTable

_DECIDED = frozenset({State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT, State.SERVED})
_CLOSED = cases.ENDED - {State.SERVED, State.CONCLUDED, State.ARCHIVED}
# Words in the name of the step at which a case in this state stands, until it is decided.
_STEP_WORDS = {
    State.ARRIVED: ("受理", "收件"),
    State.PRE_CHECK: ("受理", "收件"),
    State.SUPPLEMENTED: ("受理", "收件"),
    State.ACCEPTED: ("审查", "审核", "评估", "初审"),
    State.IN_REVIEW: ("审查", "审核", "评估", "复审"),
    State.EXTENDED: ("决定", "审批", "审查", "审核"),
}


class Clocks(msgspec.Struct, frozen=True):
    """Days (ISO); "" where a clock does not run, or does not run any more."""

    promised: str = ""
    notice_due: str = ""
    due: str = ""
    step: str = ""
    step_due: str = ""
    next_due: str = ""
    suspended_until: str = ""
    ended_day: str = ""
    on_time: str = ""


def _on(start: dt.date, limit: Limit, table: HolidayTable, pauses: tuple[deadline.Pause, ...]) -> str:
    return deadline.due(start, limit, table, pauses).on.isoformat()


@functools.cache
def regime_of(code: str) -> Regime | None:
    """A regime of the catalogue."""
    return next((one for one in load.seed().regimes if one.code == code), None)


def pauses(case: cases.Case) -> tuple[deadline.Pause, ...]:
    """The special procedures of a case that the law does not count (行政许可法§45)."""
    found: list[deadline.Pause] = []
    for line in case.history:
        if line.refused:
            continue
        if line.kind == "case.suspended":
            found.append(deadline.Pause(clock.day(line.time), None, line.note or line.name))
        elif line.kind == "case.resumed" and found:
            found[-1] = msgspec.structs.replace(found[-1], end=clock.day(line.time))
    return tuple(found)


def of(case: cases.Case, item: Item | None, table: HolidayTable) -> Clocks:
    """The clocks of `case`, whose item is `item` (None: not in the catalogue, only the desk's promise is known)."""
    promised = case.promised.isoformat() if case.promised else ""
    regime = regime_of(item.regime if item else case.collected.item.regime)
    arrived = _day(case.arrived_at)
    decided = _day(case.decided_at) or (_day(case.ended_at) if case.state in _CLOSED else None)
    due = _decision_due(case, item, regime, table, arrived)
    if decided is not None:
        last = due or promised
        late = bool(last) and decided.isoformat() > last and case.state not in (State.WITHDRAWN, State.VOID)
        return Clocks(
            promised,
            due=due,
            ended_day=decided.isoformat(),
            on_time="no" if late else "yes",
            step="送达" if case.state in _DECIDED else "",
        )
    notice = ""
    if arrived and regime and regime.notice and case.state in (State.ARRIVED, State.PRE_CHECK):
        notice = _on(arrived, regime.notice, table, ())
    step = _step(case, item)
    step_due = _on(_moved(case), step.limit, table, ()) if step and step.limit else ""
    waits = case.state in (State.SUPPLEMENT_ASKED, State.SUSPENDED)
    running = [one for one in (notice, due, step_due) if one] or [promised]
    until = case.suspended.until.isoformat() if case.suspended and case.suspended.until else ""
    return Clocks(
        promised,
        notice,
        due,
        step.name if step else "",
        step_due,
        "" if waits else min(running),
        until if case.state is State.SUSPENDED else "",
    )


def _decision_due(
    case: cases.Case, item: Item | None, regime: Regime | None, table: HolidayTable, arrived: dt.date | None
) -> str:
    """The last day for the decision: from the day the organ had the papers, once it has accepted; longer by the
    regime's extension where the head approved one (行政许可法§42)."""
    limit = (item.statutory_limit if item else None) or (regime.decision if regime else None)
    if arrived is None or not case.accepted_at or limit is None:
        return ""
    free = pauses(case)
    if any(line.kind == "case.extended" and not line.refused for line in case.history) and regime and regime.extension:
        if regime.extension.unit is limit.unit:
            limit = msgspec.structs.replace(limit, count=limit.count + regime.extension.count)
        else:
            first = dt.date.fromisoformat(_on(arrived, limit, table, free))
            return _on(first, regime.extension, table, ())
    return _on(arrived, limit, table, free)


def _day(text: str) -> dt.date | None:
    try:
        return clock.day(text) if text else None
    except ValueError:
        return None


def _moved(case: cases.Case) -> dt.date:
    """The day of the last move."""
    for line in reversed(case.history):
        if line.kind in cases.MOVES and not line.refused:
            return clock.day(line.time)
    return clock.day(case.collected_at)


def _step(case: cases.Case, item: Item | None) -> Step | None:
    if item is not None:
        for word in _STEP_WORDS.get(case.state, ()):
            for one in item.steps:
                if word in one.name:
                    return one
    return None


def supplements(case: cases.Case) -> int:
    """How often a supplement was asked for."""
    return sum(line.kind == "case.supplement_asked" and not line.refused for line in case.history)
