"""The limits that an item states besides its two: counted backwards from a day of its form, and those of papers that
are taken in for another banner 全区通办. Pure; told before a case is taken in and of one that was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from desk import clock
from desk.folds import case as cases
from desk.folds.case import State
from desk.folds.clock_line import ClockLine
from desk.law import deadline
from desk.law.catalogue.item import Before, Item, Limit
from desk.law.holidays import HolidayTable

_REGION, _BANNER = 2, 6  # digits of a division's code
_HANDED = frozenset({State.AT_POINT, State.SERVED, State.CONCLUDED, State.ARCHIVED})
_SAMPLE = "（示例）"


class Taken(msgspec.Struct, frozen=True):
    """What the limits look at: the day on which papers are taken in, the form, whose they are, at which point."""

    day: dt.date
    fields: Mapping[str, str]
    domicile: str
    point: str


def is_for_another(domicile: str, point: str) -> bool:
    """Whether papers taken in at `point` are another banner's of the same region; by the division of the herder, so
    never where that is not known."""
    is_known = len(domicile) >= _BANNER and len(point) >= _BANNER
    return is_known and domicile[:_REGION] == point[:_REGION] and domicile[:_BANNER] != point[:_BANNER]


def ahead(item: Item, table: HolidayTable, taken: Taken) -> tuple[ClockLine, ...]:
    """What the item states for papers that are taken in like this, but for the way back of its result."""
    stated, made = item.stated, []
    if stated is None:
        return ()
    if stated.before is not None:
        made.append(_before(item, stated.before, taken.fields, table))
    if stated.elsewhere is not None and is_for_another(taken.domicile, taken.point):
        one, note = stated.elsewhere, stated.elsewhere.basis + (_SAMPLE if stated.elsewhere.sample else "")
        made += [
            _line(key, name, deadline.due(taken.day, limit, table), note)
            for key, name, limit in (("push", "通办：推送到办理地", one.push), ("post", "通办：寄出纸质材料", one.post))
            if limit is not None
        ]
    return tuple(made)


def of(case: cases.Case, item: Item | None, table: HolidayTable) -> tuple[ClockLine, ...]:
    """The same of a case, each ended where its step was done."""
    if item is None or item.stated is None:
        return ()
    taken = case.collected
    person = taken.applicant
    facts = Taken(clock.day(case.taken_at), taken.fields, person.division, taken.point_code)
    done = {"before": case.arrived_at, "push": case.accepted_at or case.decided_at, "post": _sent(case)}
    told = {"before": "已到中心", "push": "办理地已受理", "post": "已组卷寄出"}
    made = [_ended(one, case, done[one.key], told[one.key]) for one in ahead(item, table, facts)]
    back = item.stated.elsewhere.back if item.stated.elsewhere else None
    if back is not None and case.decided_at and is_for_another(person.division, taken.point_code):
        line = _line("back", "通办：结果寄回", deadline.due(clock.day(case.decided_at), back, table), "")
        made.append(_ended(line, case, case.decided_at if case.state in _HANDED else "", "已回到代办点"))
    return tuple(made)


def _before(item: Item, before: Before, fields: Mapping[str, str], table: HolidayTable) -> ClockLine:
    named = next((one.name for one in item.fields if one.code == before.field), before.field)
    name, note = f"最迟{before.what}", before_words(before, named)
    try:
        day = dt.date.fromisoformat(fields.get(before.field, ""))
    except ValueError:
        return ClockLine("before", name, note=note)
    return _line("before", name, deadline.backwards(day, before.limit, table), note)


def before_words(before: Before, named: str) -> str:
    """The limit as people say it; `named` is what the form calls its day."""
    basis = f"（{before.basis}{'，示例' if before.sample else ''}）"
    return f"{before.what}要在{named}前 {deadline.words(before.limit)}{basis}。"


def words(item: Item) -> tuple[tuple[str, str], ...]:
    """What the item states, for its guide: name and words."""
    made: list[tuple[str, str]] = []
    if item.stated and (before := item.stated.before):
        named = next((one.name for one in item.fields if one.code == before.field), before.field)
        made.append(("提前办理", before_words(before, named)))
    if item.stated and (other := item.stated.elsewhere):
        ways = (("推送到办理地", other.push), ("寄出纸质材料", other.post), ("作出决定后寄回结果", other.back))
        told = "；".join(f"{name} {deadline.words(limit)}" for name, limit in ways if isinstance(limit, Limit))
        made.append(("通办时限", f"外旗县申请人：{told}（{other.basis}{'，示例' if other.sample else ''}）。"))
    if item.stated and item.stated.ask:
        made.append(("时限咨询", f"没有规定时限的，请问{item.stated.ask}。"))
    return tuple(made)


def whom_to_ask(item: Item | None) -> str:
    """Whom to ask where no limit is set, as the end of a sentence; "" where the item does not say."""
    return f"，请问{item.stated.ask}" if item and item.stated and item.stated.ask else ""


def _sent(case: cases.Case) -> str:
    return next((line.time for line in case.history if line.kind == "case.bundled" and not line.refused), "")


def _line(key: str, name: str, due: deadline.Due, note: str) -> ClockLine:
    return ClockLine(key, name, due.on, note, due.lines, due.provisional)


def _ended(line: ClockLine, case: cases.Case, done: str, words: str) -> ClockLine:
    if line.on is None:
        return line
    if not done:
        ended = case.ended_at[:10] if case.ended_at else ""
        return msgspec.structs.replace(line, stopped=f"{ended} 已了结" if ended else "")
    day = clock.day(done)
    late = "，晚于最迟的日期" if line.key == "before" and day > line.on else ""
    when = "" if line.key == "back" else f"{day.isoformat()} "
    return msgspec.structs.replace(line, stopped=f"{when}{words}{late}")
