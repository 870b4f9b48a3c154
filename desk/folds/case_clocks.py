"""The clocks of a case: the one reckoning that desk, centre, papers, lists and exports read.

Pure: worked out anew from the case, the version of the item under which it was taken in, its regime and the holiday
table. `clocks` gives each with how it is counted, `of` the days of a list, `clock_lines` what pages and papers say.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from desk import clock
from desk.folds import case as cases
from desk.folds import stated_limits
from desk.folds.case import State
from desk.folds.clock_line import ClockLine as ClockLine  # noqa: PLC0414 - what `clock_lines` are made of
from desk.folds.office import findings
from desk.folds.office.roster import own_steps
from desk.folds.office.roster.own_steps import OwnStep
from desk.law import deadline
from desk.law.catalogue.item import Item, Limit, Regime, Unit
from desk.law.holidays import HolidayTable

_DECIDED = frozenset({State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT, State.SERVED})
# What puts a case into a state of WAITING.
WAITS = ("case.supplement_asked", "case.suspended")
WAITING = (State.SUPPLEMENT_ASKED, State.SUSPENDED)
# No promise runs out in these: the case waits, or its answer is given and only has to be handed over.
STANDING = (*WAITING, *sorted(_DECIDED))
_UNANSWERED = (State.ARRIVED, State.PRE_CHECK)
_AT_WORK = (*_UNANSWERED, State.ACCEPTED, State.IN_REVIEW, State.EXTENDED)
_DELIVERY = Limit(findings.SERVE_DAYS, Unit.WORKDAY)
_ENDED_BY = {State.VOID: "已作废", State.WITHDRAWN: "申请人已撤回", State.RETURNED: "已退件"}
_CLOSED = cases.ENDED - {State.SERVED, State.CONCLUDED, State.ARCHIVED}
_CLOCK_WRONG = "收件时电脑的时间不对，中心按实际收件时间改为"
UNKNOWN = "这个事项所用的时限规则还没有收到，法定时限不知道，请问中心的目录编辑。"
NOT_ARRIVED = "中心收到材料之日起计算，现在还没有开始。"


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
    office_due: str = ""  # the promise as the organ is judged by it, where it had the papers later than the point


class Law(msgspec.Struct, frozen=True):
    """What the days of a case come from: its item (None: not in the catalogue, only the desk's promise is known), the
    item's legal clocks 时限规则 (None: not known here), the days off.

    The regime is the one that stands now, not that of the day on which the case was taken in: it is law, not the
    office's word, so what is open is judged by it from the day on which it was published.
    """

    item: Item | None
    regime: Regime | None
    table: HolidayTable


def pauses(case: cases.Case) -> tuple[deadline.Pause, ...]:
    """The special procedures of a case that the law does not count (行政许可法§45)."""
    paused: list[deadline.Pause] = []
    for line in case.history:
        if line.refused:
            continue
        if line.kind == "case.suspended":
            paused.append(deadline.Pause(clock.day(line.time), None, line.note or line.name))
        elif line.kind == "case.resumed" and paused:
            paused[-1] = msgspec.structs.replace(paused[-1], end=clock.day(line.time))
    return tuple(paused)


def waits(case: cases.Case) -> tuple[deadline.Pause, ...]:
    """The days that are over in which a case waited for its herder's supplement or for a special procedure: no promise
    of the office counts them."""
    waited = [one for one in pauses(case) if one.end is not None]
    asked: dt.date | None = None
    for line in case.history:
        if line.refused:
            continue
        if line.kind == "case.supplement_asked":
            asked = clock.day(line.time)
        elif line.kind == "case.arrived" and asked is not None:
            waited.append(deadline.Pause(asked, clock.day(line.time), "等补正材料"))
            asked = None
    return tuple(sorted(waited, key=lambda one: one.start))


def _service(case: cases.Case, law: Law, free: tuple[deadline.Pause, ...]) -> deadline.Due | None:
    """The promise counted from the day on which the papers were taken in, by the version that they were taken under."""
    return deadline.service_clock(law.item, clock.day(case.taken_at), law.table, free) if law.item else None


def promise(case: cases.Case, law: Law) -> str:
    """The promised day (ISO, "" for none): the receipt's, or a later one when the case had to wait (`waits`)."""
    due = promised(case, law)
    return due.on.isoformat() if due else ""


def promised(case: cases.Case, law: Law) -> deadline.Due | None:
    """As `promise`, with how it is counted. The receipt's day is a fact and is never worked out again: a case that
    waited is owed the days of its wait behind it. Where the same count still gives that day, the count is told."""
    said, free = case.promised, waits(case)
    if said is None:
        return None
    counted = _service(case, law, ())
    if (
        counted is not None
        and counted.on == said
        and (free or case.collected.promised_provisional >= counted.provisional)
    ):
        return _service(case, law, free) if free else counted
    receipt = deadline.Due(said, case.collected.promised_provisional, case.collected.holidays, _as_told(case))
    limit = deadline.promised_limit(law.item) if law.item else None
    return deadline.prolonged(receipt, clock.day(case.taken_at), limit, law.table, free) if limit else receipt


def _as_told(case: cases.Case) -> tuple[str, ...]:
    """Which day the receipt gives, and which one the centre where the desk's clock was wrong."""
    taken, said = case.collected, case.promised
    first = (
        f"回执上承诺的日期是 {deadline.shown(taken.promised)}，收件时按节假日表 {taken.holidays} 算出。"
        if taken.promised
        else ""
    )
    moved = f"{_CLOCK_WRONG} {deadline.shown(said)}。" if said and said != taken.promised else ""
    return tuple(one for one in (first, moved) if one)


def beside(case: cases.Case, law: Law) -> str:
    """What changed the promise that the receipt gives, as a sentence beside it; "" while it stands."""
    due, receipt = promised(case, law), case.collected.promised
    if due is None or due.on == receipt:
        return ""
    clock_wrong = f"{_CLOCK_WRONG} {case.promised}" if case.promised != receipt else ""
    waited = f"等补正和特别程序的日子已扣除，现为 {due.on}" if due.on != case.promised else ""
    first = f"回执上承诺 {receipt}" if receipt else "回执上没有承诺日期"
    return "；".join(one for one in (first, clock_wrong, waited) if one) + "。"


def office_due(case: cases.Case, law: Law) -> str:
    """By when the organ answers for the promise (ISO), where that is later than it (""): counted from the day on which
    it had the papers. What lay at the point, or waited for a line, was not its to act on."""
    promise, first = promised(case, law), _first_arrival(case)
    if promise is None or first is None or law.item is None:
        return ""
    due = deadline.service_clock(law.item, first, law.table, waits(case))
    return due.on.isoformat() if due and due.on > promise.on else ""


def _first_arrival(case: cases.Case) -> dt.date | None:
    came = (line.time for line in case.history if line.kind == "case.arrived" and not line.refused)
    return _day(next(came, ""))


class CaseClocks(msgspec.Struct, frozen=True):
    """All clocks of a case, each with how it is counted; None where one does not run, or does not run any more.

    `ended` is the day on which the last clock of the office stopped. `decision` tells from which day it counts even
    while a special procedure lasts, when `on` is not known: then it is None.
    """

    promised: deadline.Due | None = None
    notice: deadline.Due | None = None
    decision: deadline.Due | None = None
    step: OwnStep | None = None
    waits_until: dt.date | None = None  # of a special procedure, or to which a supplement may come
    delivery: deadline.Due | None = None
    ended: dt.date | None = None


def clocks(case: cases.Case, law: Law) -> CaseClocks:
    """The clocks of `case` by `law`; where its regime is not known, those that the item itself sets."""
    regime, table = law.regime, law.table
    arrived = _day(case.arrived_at)
    ended = _day(case.decided_at) or (_day(case.ended_at) if case.state in _CLOSED else None)
    running = CaseClocks(promised=promised(case, law), decision=_decision(case, law, arrived), ended=ended)
    if ended is not None:
        return msgspec.structs.replace(running, delivery=_delivery(case, regime, ended, table))
    answers = arrived is not None and regime is not None and regime.notice is not None and case.state in _UNANSWERED
    return msgspec.structs.replace(
        running,
        notice=deadline.due(arrived, regime.notice, table) if answers else None,  # type: ignore[arg-type,union-attr]
        step=_step(case, law),
        waits_until=_until(case),
    )


def of(case: cases.Case, law: Law) -> Clocks:
    """The days of `clocks`, for the row of a case in a list."""
    clocks_ = clocks(case, law)
    last, office = _iso(clocks_.promised), office_due(case, law)
    if clocks_.ended is not None:
        return Clocks(
            last,
            due=_iso(clocks_.decision),
            ended_day=clocks_.ended.isoformat(),
            deliver_due=_iso(clocks_.delivery),
            on_time=_kept(case, clocks_.ended, _iso(clocks_.decision) or office or last),
            in_promise=_kept(case, clocks_.ended, last),
            step="送达" if case.state in _DECIDED else "",
            office_due=office,
        )
    step, step_due = clocks_.step, clocks_.step.due if clocks_.step else None
    running = [one for one in (last, *map(_iso, (clocks_.notice, clocks_.decision, step_due))) if one] or [""]
    return Clocks(
        last,
        _iso(clocks_.notice),
        _iso(clocks_.decision),
        step.title if step else "",
        _iso(step_due),
        "" if case.state in WAITING else min(running),
        clocks_.waits_until.isoformat() if clocks_.waits_until else "",
        office_due=office,
    )


def _iso(due: deadline.Due | None) -> str:
    return due.on.isoformat() if due else ""


def _until(case: cases.Case) -> dt.date | None:
    """The day to which a case waits that is not the office's turn."""
    asked = {State.SUSPENDED: case.suspended, State.SUPPLEMENT_ASKED: case.supplement}.get(case.state)
    return asked.until if asked else None


def _kept(case: cases.Case, decided: dt.date, last: str) -> str:
    late = bool(last) and decided.isoformat() > last and case.state not in (State.WITHDRAWN, State.VOID)
    return "no" if late else "yes"


def _delivery(case: cases.Case, regime: Regime | None, decided: dt.date, table: HolidayTable) -> deadline.Due | None:
    """The last day to serve what was decided: the regime's limit (行政许可法§44), else the office's own."""
    if case.state not in _DECIDED - {State.SERVED}:
        return None
    return deadline.due(decided, delivery_limit(regime), table)


def delivery_limit(regime: Regime | None) -> Limit:
    """The days to serve what was decided."""
    return (regime.delivery if regime else None) or _DELIVERY


def decision_limit(law: Law) -> Limit | None:
    """What the item, else its regime, gives the organ to decide in; None where no law sets a limit."""
    return (law.item.statutory_limit if law.item else None) or (law.regime.decision if law.regime else None)


def _decision(case: cases.Case, law: Law, arrived: dt.date | None) -> deadline.Due | None:
    """The last day for the decision: from the day the organ had the papers, once it has accepted; longer by the
    regime's extension where the head approved one (行政许可法§42). Where silence means that it was accepted
    (§32), it runs whether accepted or not. While a special procedure lasts there is none."""
    limit, regime, table = decision_limit(law), law.regime, law.table
    deemed = regime is not None and regime.silence == "accepted" and case.state in _UNANSWERED
    if arrived is None or limit is None or not (case.accepted_at or deemed) or case.state is State.SUSPENDED:
        return None
    free = pauses(case)
    longer = regime.extension if regime and extended(case) else None
    if longer is None:
        return deadline.due(arrived, limit, table, free)
    if longer.unit is limit.unit:
        both = msgspec.structs.replace(limit, count=limit.count + longer.count)
        due = deadline.due(arrived, both, table, free)
        said = f"期限 {deadline.words(limit)}，经批准延长 {deadline.words(longer)}。"
        return msgspec.structs.replace(due, lines=(said, *due.lines))
    first = deadline.due(arrived, limit, table, free)
    due = deadline.due(first.on, longer, table)
    said = f"经批准延长 {deadline.words(longer)}，自原期限届满起计算。"
    return msgspec.structs.replace(due, lines=(*first.lines, said, *due.lines))


def without_extension(law: Law) -> Law:
    """The same law if nothing could be extended: what was due before."""
    regime = msgspec.structs.replace(law.regime, extension=None) if law.regime else None
    return msgspec.structs.replace(law, regime=regime)


def extended(case: cases.Case) -> bool:
    """Whether an extension 延期 is in force."""
    return any(line.kind == "case.extended" and not line.refused for line in case.history)


def _day(text: str) -> dt.date | None:
    try:
        return clock.day(text) if text else None
    except ValueError:
        return None


def own_steps_of(case: cases.Case, law: Law) -> tuple[OwnStep, ...]:
    """The steps of a case as its posts took them, each with its own days."""
    return own_steps.taken(case, law.item, law.table, pauses(case))


def _step(case: cases.Case, law: Law) -> OwnStep | None:
    """The step of the item that it stands at; None while nobody at the organ can act, and where the item names
    none."""
    return own_steps.now(case, law.item, law.table, pauses(case)) if case.state in _AT_WORK else None


def supplements(case: cases.Case) -> int:
    """How often a supplement was asked for."""
    return sum(line.kind == "case.supplement_asked" and not line.refused for line in case.history)


def clock_lines(case: cases.Case, law: Law) -> tuple[ClockLine, ...]:
    """The clocks of `case` in words, in the order in which people ask for them."""
    running = clocks(case, law)
    stopped = ""
    if running.ended is not None:
        stopped = f"{running.ended.isoformat()} {_ENDED_BY.get(case.state, '已有结果')}，不再计时"
    elif case.state in WAITING:
        stopped = f"{cases.STATE_NAMES[case.state]}，期间不计时"
    made = (_promise_line(case, law, running), *_law_lines(case, law, running), *_rest_lines(case, running))
    told = tuple(
        line if line.on is None or line.key in ("wait", "delivery") else msgspec.structs.replace(line, stopped=stopped)
        for line in made
    )
    return (*told, *stated_limits.of(case, law.item, law.table))


def _line(key: str, name: str, due: deadline.Due | None, note: str = "") -> ClockLine:
    if due is None:
        return ClockLine(key, name, note=note)
    return ClockLine(key, name, due.on, note, due.lines, due.provisional)


def _promise_line(case: cases.Case, law: Law, running: CaseClocks) -> ClockLine:
    note = (
        beside(case, law)
        if running.promised is not None
        else f"该事项没有承诺时限{stated_limits.whom_to_ask(law.item)}。"
    )
    return _line("promise", "服务承诺（自代办点收件起）", running.promised, note)


def _law_lines(case: cases.Case, law: Law, running: CaseClocks) -> tuple[ClockLine, ...]:
    """The organ's clocks: they begin on the day on which it has the papers (行政许可法§32)."""
    if not case.arrived_at:
        return () if running.ended else (ClockLine("law", "法定时限", note=NOT_ARRIVED),)
    made: list[ClockLine] = []
    if law.regime is None and running.ended is None:
        made.append(ClockLine("law", "法定时限", note=UNKNOWN))
    if running.notice is not None:
        made.append(
            _line("notice", "法定：受理或一次告知补正", running.notice, law.regime.silence_note if law.regime else "")
        )
    limit = decision_limit(law)
    if running.decision is not None:
        paused = len(pauses(case))
        note = (f"暂停计时 {paused} 次已扣除。" if paused else "") + (law.regime.basis if law.regime else "")
        made.append(_line("decision", "法定：作出决定", running.decision, note))
    elif limit is None and law.regime is not None:
        made.append(
            ClockLine("decision", "法定：作出决定", note=f"法律没有规定期限{stated_limits.whom_to_ask(law.item)}。")
        )
    elif limit is not None and running.ended is None:
        suspended = case.state is State.SUSPENDED
        note = f"受理后按 {deadline.words(limit)}计算，自中心收到材料之日起。"
        made.append(
            ClockLine("decision", "法定：作出决定", note="特别程序期间暂停计时，结束后接着算。" if suspended else note)
        )
    return tuple(made)


def _rest_lines(case: cases.Case, running: CaseClocks) -> tuple[ClockLine, ...]:
    made: list[ClockLine] = []
    if running.step is not None and running.step.due is not None:
        made.append(_line("step", f"环节：{running.step.title}", running.step.due))
    if running.waits_until is not None:
        special = case.suspended if case.state is State.SUSPENDED else None
        made.append(
            ClockLine(
                "wait", "特别程序" if special else "等补正", running.waits_until, special.reasons if special else ""
            )
        )
    if running.delivery is not None:
        made.append(_line("delivery", "送达", running.delivery))
    return tuple(made)
