"""The clocks of a case as days, for its row in the list: pure, worked out anew with each of its entries."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk import clock
from desk.folds import case as cases
from desk.folds.case import State
from desk.folds.office import findings
from desk.law import deadline
from desk.law.catalogue.item import Item, Limit, Regime, Step, Unit
from desk.law.holidays import HolidayTable

_DECIDED = frozenset({State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT, State.SERVED})
_WAITING = (State.SUPPLEMENT_ASKED, State.SUSPENDED)
_UNANSWERED = (State.ARRIVED, State.PRE_CHECK)
_DELIVERY = Limit(findings.SERVE_DAYS, Unit.WORKDAY)
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
    suspended_until: str = ""  # of a special procedure, or to which a supplement may come
    ended_day: str = ""
    deliver_due: str = ""
    on_time: str = ""  # by the law, else by the promise: yes, no
    in_promise: str = ""


class Law(msgspec.Struct, frozen=True):
    """What the days of a case come from: its item (None: not in the catalogue, only the desk's promise is known), the
    item's legal clocks 时限规则 (None: not known here), the days off.

    The regime is the one that stands now, not that of the day on which the case was taken in: it is law, not the
    office's word, so what is open is judged by it from the day on which it was published.
    """

    item: Item | None
    regime: Regime | None
    table: HolidayTable


def _on(start: dt.date, limit: Limit, table: HolidayTable, pauses: tuple[deadline.Pause, ...]) -> str:
    return deadline.due(start, limit, table, pauses).on.isoformat()


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


def waits(case: cases.Case) -> tuple[deadline.Pause, ...]:
    """The days that are over in which a case waited for its herder's supplement or for a special procedure: no promise
    of the office counts them."""
    found = [one for one in pauses(case) if one.end is not None]
    asked: dt.date | None = None
    for line in case.history:
        if line.refused:
            continue
        if line.kind == "case.supplement_asked":
            asked = clock.day(line.time)
        elif line.kind == "case.arrived" and asked is not None:
            found.append(deadline.Pause(asked, clock.day(line.time), "等补正材料"))
            asked = None
    return tuple(sorted(found, key=lambda one: one.start))


def promise(case: cases.Case, law: Law) -> str:
    """The promised day: the receipt's, or a later one when the case had to wait (`waits`)."""
    if case.promised is None:
        return ""
    limit = (law.item.promised_limit or law.item.statutory_limit) if law.item else None
    free = waits(case)
    if limit is None or not free:
        return case.promised.isoformat()
    return max(case.promised.isoformat(), _on(clock.day(case.taken_at), limit, law.table, free))


def of(case: cases.Case, law: Law) -> Clocks:
    """The clocks of `case` by `law`; where its regime is not known, those that the item itself sets."""
    promised = promise(case, law)
    item, regime, table = law.item, law.regime, law.table
    arrived = _day(case.arrived_at)
    decided = _day(case.decided_at) or (_day(case.ended_at) if case.state in _CLOSED else None)
    due = _decision_due(case, law, arrived)
    if decided is not None:
        return Clocks(
            promised,
            due=due,
            ended_day=decided.isoformat(),
            deliver_due=_deliver_due(case, regime, decided, table),
            on_time=_kept(case, decided, due or promised),
            in_promise=_kept(case, decided, promised),
            step="送达" if case.state in _DECIDED else "",
        )
    notice = ""
    if arrived and regime and regime.notice and case.state in _UNANSWERED:
        notice = _on(arrived, regime.notice, table, ())
    step = _step(case, item)
    step_due = _on(_moved(case), step.limit, table, ()) if step and step.limit else ""
    running = [one for one in (promised, notice, due, step_due) if one] or [""]
    return Clocks(
        promised,
        notice,
        due,
        step.name if step else "",
        step_due,
        "" if case.state in _WAITING else min(running),
        _until(case),
    )


def _until(case: cases.Case) -> str:
    """The day to which a case waits that is not the office's turn."""
    asked = {State.SUSPENDED: case.suspended, State.SUPPLEMENT_ASKED: case.supplement}.get(case.state)
    return asked.until.isoformat() if asked and asked.until else ""


def _kept(case: cases.Case, decided: dt.date, last: str) -> str:
    late = bool(last) and decided.isoformat() > last and case.state not in (State.WITHDRAWN, State.VOID)
    return "no" if late else "yes"


def _deliver_due(case: cases.Case, regime: Regime | None, decided: dt.date, table: HolidayTable) -> str:
    """The last day to serve what was decided: the regime's limit (行政许可法§44), else the office's own."""
    if case.state not in _DECIDED - {State.SERVED}:
        return ""
    return _on(decided, (regime.delivery if regime else None) or _DELIVERY, table, ())


def _decision_due(case: cases.Case, law: Law, arrived: dt.date | None) -> str:
    """The last day for the decision: from the day the organ had the papers, once it has accepted; longer by the
    regime's extension where the head approved one (行政许可法§42). Where silence means that it was accepted
    (§32), it runs whether accepted or not. While a special procedure lasts there is none."""
    item, regime, table = law.item, law.regime, law.table
    limit = (item.statutory_limit if item else None) or (regime.decision if regime else None)
    deemed = regime is not None and regime.silence == "accepted" and case.state in _UNANSWERED
    if arrived is None or limit is None or not (case.accepted_at or deemed) or case.state is State.SUSPENDED:
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
