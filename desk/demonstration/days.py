"""Four months, a working day at a time: who comes in the morning, the sync, the centre, who comes after it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator

from desk.app.open_desk import Desk
from desk.centre.node.centre_node import Centre
from desk.demonstration import counter, office, village
from desk.demonstration.roads import HERE, SERVED, Step, steps
from desk.demonstration.stage import StageClock
from desk.demonstration.stories import NEIGHBOUR, SILENT_DAYS, STORIES, Story
from desk.errors import SurroundingsError
from desk.law.holidays import HolidayTable
from desk.sync.outcome import Outcome

LENGTH = 88  # working days, four months and some
_SYNC_EVERY, _DRIVE_EVERY = 2, 5
_PAPERS = 24  # working days back of which the receipts are kept
_EACH = dt.timedelta(minutes=2, seconds=7)  # that a step takes
_ROLL = Story(22, "", "草补", f"{SERVED} rate5")
_ROLL_STAYS = {3: "accept review+2", 8: "accept review+2", 11: HERE}  # by row
_NOTICES = {
    40: ("城乡居民养老保险集中缴费", "本年度集中缴费到年底为止，请各代办点告知牧民，行动不便的可代办。"),
    6: ("高龄津贴申请不再收照片底片", "只收 2 寸照片 3 张；以前收的底片请退还本人。"),
}

Report = Callable[[int, int, str], None]  # how many of how many, and what


@dataclasses.dataclass
class Live:
    """A case under way: what comes next, and since which day it waits for that."""

    desk: Desk
    number: str
    story: Story
    left: list[Step]
    since: int


def working_days(today: dt.date, table: HolidayTable, count: int = LENGTH) -> tuple[dt.date, ...]:
    """The `count` working days before `today`, the latest last."""
    return tuple(reversed([day for day, _ in zip(_back(today, table), range(count), strict=False)]))


def _back(today: dt.date, table: HolidayTable) -> Iterator[dt.date]:
    day = today
    while True:
        day -= dt.timedelta(1)
        if table.assumed_workday(day):
            yield day


def _is_late(story: Story) -> bool:
    """After the sync: some come in the afternoon of a day without one."""
    return story.late or story.ago % 4 == 3


class Play:
    """The whole of it. `desks` are the two agents at the point, then the neighbour."""

    def __init__(self, clock: StageClock, centre: Centre, desks: tuple[Desk, Desk, Desk]) -> None:
        self.clock, self.centre = clock, centre
        self.first, self.second, self.neighbour = desks
        self.live: list[Live] = []
        self.packed: list[str] = []

    def live_through(self, days: tuple[dt.date, ...], report: Report) -> None:
        """Every day in its order."""
        for at, day in enumerate(days):
            report(at, len(days), f"{day.month:02}月{day.day:02}日")
            self._day(day, len(days) - 1 - at)

    def _day(self, day: dt.date, ago: int) -> None:
        self.clock.stand(day, "09:05")
        self._letters(ago)
        self._come(day, ago, late=False)
        self._village(day, ago)
        if ago % _SYNC_EVERY == 0:
            self.clock.stand(day, "11:40")
            self._sync(ago)
        self.clock.stand(day, "15:00")
        self._moves(ago, at_centre=True)
        self.clock.stand(day, "15:40")
        self._moves(ago, at_centre=False)
        self.clock.stand(day, "16:10")
        self._come(day, ago, late=True)
        if ago == 0:
            village.leave_on_the_table(self.first)
            village.leave_drafts(self.first)
            village.next_roll(self.first)
            village.book_visits(self.second)
        self.clock.stand(day, "17:20")
        office.evening(self.centre)

    def _letters(self, ago: int) -> None:
        if ago in _NOTICES:
            office.tell_all(self.centre, *_NOTICES[ago])

    # -- who comes ------------------------------------------------------------------------------------------------

    def _come(self, day: dt.date, ago: int, *, late: bool) -> None:
        told = [(one, self.second if one.second else self.first) for one in STORIES if one.ago == ago]
        told += [(one, self.neighbour) for one in NEIGHBOUR if one.ago == ago]
        begin = 16 * 60 + 10 if late else 9 * 60 + 12
        for at, (story, desk) in enumerate(one for one in told if _is_late(one[0]) == late):
            hour, minute = divmod(begin + (ago * 37 + at * 13) % (40 if late else 125), 60)
            self.clock.stand(day, f"{hour}:{minute:02d}")
            self._take_in(story, desk)
        if ago == _ROLL.ago and not late:
            self._take_roll()

    def _take_in(self, story: Story, desk: Desk) -> None:
        draft = counter.draft_of(desk, story, f"demonstration-{story.ago}-{story.who}")
        number = desk.register(draft).intake_no
        self.live.append(Live(desk, number, story, list(steps(story.road)), story.ago))
        if story.ago < _PAPERS and desk is not self.neighbour:
            desk.papers.receipt(number)

    def _take_roll(self) -> None:
        for at, number in enumerate(village.take_roll(self.first)):
            road = _ROLL_STAYS.get(at, _ROLL.road if at % 3 else SERVED)
            story = _ROLL._replace(who=village.ROLL[at])
            self.live.append(Live(self.first, number, story, list(steps(road)), _ROLL.ago))

    # -- what goes on ---------------------------------------------------------------------------------------------

    def _sync(self, ago: int) -> None:
        for desk in (self.first, *([self.neighbour] if ago >= SILENT_DAYS else [])):
            result = desk.sync(lambda _far: None, lambda: False)
            if result.outcome is not Outcome.DONE:
                raise SurroundingsError(result.happened, result.kept)

    def _moves(self, ago: int, *, at_centre: bool) -> None:
        for one in self.live:
            while one.left and one.left[0].at_centre == at_centre and one.since - ago >= one.left[0].wait:
                if not self._moved(one):
                    break
                one.left.pop(0)
                one.since = ago
                self.clock.at += _EACH
        self.live = [one for one in self.live if one.left]

    def _moved(self, one: Live) -> bool:
        step = one.left[0].name
        if one.left[0].at_centre:
            return office.move(self.centre, one.number, step, one.story)
        done = counter.go_on(one.desk, one.number, step, one.story)
        if done and step == "serve" and one.story.ago < _PAPERS and one.desk is not self.neighbour:
            one.desk.papers.served_note(one.number)
        return done

    def _village(self, day: dt.date, ago: int) -> None:
        if ago in (31, 12):
            village.book_one(self.first, "希吉日" if ago == 31 else "陶格斯", came=ago == 31)
        if ago and ago % _DRIVE_EVERY == 0:
            self.clock.stand(day, "10:30")
            self.packed = village.pack(self.first)
            if self.packed:
                village.drive(self.first, day, self.packed, ago // _DRIVE_EVERY)
