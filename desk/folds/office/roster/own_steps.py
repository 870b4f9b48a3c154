"""The steps 环节 of a case as they were taken: which post had it from which day to which, how many days that step has
by the item's own process, and when its last day is. Supervision judges an office by this, not by the case as a whole.

Pure. A step that was sent back begins anew on the day on which it came back: nobody is late for days on which the case
lay elsewhere. Days of a special procedure are not counted; a step in which the time was extended 延期 has the longer
time of the law and none of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from desk import clock
from desk.folds import case as cases
from desk.folds.case import State
from desk.folds.office.roster import turns
from desk.folds.office.roster.duties import NAMES, Duty, duty_of
from desk.law import deadline
from desk.law.catalogue.item import Item, Limit, Step, Unit
from desk.law.deadline import Due, Pause
from desk.law.holidays import HolidayTable

_NAMES = {Duty.WINDOW: "出件、送达"}  # what is done there once it is decided


class OwnStep(msgspec.Struct, frozen=True):
    """One post's time with a case: since which day, until which (None: it has it still), and who went on from there
    (account and name; "" for nobody yet). `names` are the item's own steps of that post, `posts` their 承办岗位,
    `limits` their days, () where the item does not say them all; `due` the last day by these."""

    duty: Duty
    since: dt.date
    until: dt.date | None = None
    account: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    due: Due | None = None
    extended: bool = False

    @property
    def title(self) -> str:
        """What the item calls it, else the post."""
        return "、".join(self.names) or _NAMES.get(self.duty) or NAMES[self.duty]

    @property
    def allowed(self) -> str:
        """Its days in words; "" where the item does not say."""
        return "、".join(dict.fromkeys(deadline.words(one) for one in self.limits))

    def late(self, today: dt.date) -> bool:
        """Whether it took, or takes by now, more than its own days."""
        return self.due is not None and (self.until or today) > self.due.on


def taken(case: cases.Case, item: Item | None, table: HolidayTable, pauses: Sequence[Pause]) -> tuple[OwnStep, ...]:
    """The steps of `case` in the order in which they were taken; the last has no end while it lasts. `pauses` are the
    times that do not count."""
    return tuple(_counted(one, item, table, pauses) for one in _times(case, item))


def now(case: cases.Case, item: Item | None, table: HolidayTable, pauses: Sequence[Pause]) -> OwnStep | None:
    """The last of `taken`, where it lasts and the item names it: all that a list of cases needs."""
    if item is None or not item.steps:
        return None
    found = current(_times(case, item))
    if found is None or not _own(item, found.duty):
        return None
    return _counted(found, item, table, pauses)


def _times(case: cases.Case, item: Item | None) -> list[OwnStep]:
    made: list[OwnStep] = []
    last: OwnStep | None = None
    for line, duty in _told(case, item):
        if last is not None and line.kind == "case.extended":
            made[-1] = last = msgspec.structs.replace(last, extended=True)
        if last is not None and last.duty is not duty:
            made[-1] = msgspec.structs.replace(last, until=clock.day(line.time), account=line.account, name=line.author)
            last = None
        if duty is not None and last is None:
            last = OwnStep(duty, clock.day(line.time))
            made.append(last)
    return made


def _told(case: cases.Case, item: Item | None) -> Iterable[tuple[cases.HistoryLine, Duty | None]]:
    """Each line that counts, with whose turn it was after it. At a body without posts nobody gives opinions: there a
    case whose time was extended lies with whoever decides."""
    lines = [one for one in case.history if not one.refused]
    has_posts = any(one.kind == "case.opined" for one in lines)
    for line, now, state in turns.followed(lines, item):
        is_heads = state is State.EXTENDED and not has_posts
        yield line, Duty.DECIDE if is_heads else now


def _counted(one: OwnStep, item: Item | None, table: HolidayTable, pauses: Sequence[Pause]) -> OwnStep:
    own = _own(item, one.duty)
    counted = [step for step in own if not step.uncounted]
    limits = tuple(step.limit for step in counted if step.limit is not None)
    free = [pause for pause in pauses if one.until is None or pause.start < one.until]
    if one.extended or len(limits) < len(counted):
        limits = ()
    return msgspec.structs.replace(
        one,
        names=tuple(step.name for step in own),
        posts=tuple(dict.fromkeys(step.post for step in own if step.post)),
        limits=limits,
        due=last_day(one.since, limits, table, free),
    )


def _own(item: Item | None, duty: Duty) -> list[Step]:
    return [one for one in item.steps if duty_of(one.code, one.name) is duty] if item else []


def last_day(since: dt.date, limits: Sequence[Limit], table: HolidayTable, pauses: Sequence[Pause] = ()) -> Due | None:
    """The last day of limits that run one after the other, the first from `since`; None for none, and while one of
    `pauses` has no end."""
    if not limits or any(one.end is None for one in pauses):
        return None
    found: Due | None = None
    for limit in limits:
        found = deadline.due(found.on if found else since, limit, table, pauses)
    return found


def current(steps: Sequence[OwnStep]) -> OwnStep | None:
    """The step that a case stands at."""
    return steps[-1] if steps and steps[-1].until is None else None


def answerable(steps: Sequence[OwnStep], today: dt.date) -> OwnStep | None:
    """Whose lateness it is when a case is late as a whole: of the step that it stands at where that took more than its
    own days, else of the step behind it that was longest over its own; where every step kept its days, or none is
    known, of whoever has it. None for a case that no post ever had."""
    now = current(steps)
    if now is not None and now.late(today):
        return now
    late = [one for one in steps if one.late(today)]
    if late:
        return max(late, key=lambda one: over(one, today))
    return now or (steps[-1] if steps else None)


def over(one: OwnStep, today: dt.date) -> int:
    """Days by which a step was longer than its own; 0 for none."""
    return max(0, ((one.until or today) - one.due.on).days) if one.due else 0


def spent(one: OwnStep, today: dt.date, table: HolidayTable, pauses: Sequence[Pause]) -> str:
    """How long it took, or takes by now, in words, counted as its limit is."""
    end, is_work = one.until or today, all(limit.unit in (Unit.WORKDAY, Unit.INSTANT) for limit in one.limits)
    days = (one.since + dt.timedelta(at) for at in range(1, (end - one.since).days + 1))
    counted = [day for day in days if not deadline.is_paused(day, pauses)]
    if is_work:
        return deadline.workdays(sum(table.assumed_workday(day) for day in counted))
    return f"{len(counted)} 日"
