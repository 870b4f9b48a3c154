"""Each post is judged by its own step: the days in which it had the case, beside the days of that step."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.folds.case import Case, HistoryLine, State
from desk.folds.office.roster import own_steps
from desk.folds.office.roster.duties import Duty
from desk.folds.office.roster.own_steps import OwnStep
from desk.law.catalogue import load
from desk.law.catalogue.item import Limit, Step, Unit
from desk.law.deadline import Pause
from desk.law.holidays import HolidayTable
from desk.log import events
from desk.log.duty.duty_events import Opined

D = dt.date
TABLE = HolidayTable("试", "x", (2026, 2027), frozenset(), frozenset())
THREE, FIVE = Limit(3, Unit.WORKDAY), Limit(5, Unit.WORKDAY)
STEPS = (
    Step("accept", "受理", "窗口", "收", Limit(1, Unit.WORKDAY)),
    Step("survey", "入户调查", "社救股", "查", FIVE),
    Step("ask", "信息核对", "社救股", "对", Limit(2, Unit.DAY)),
    Step("review", "审核", "股长", "审", THREE),
    Step("decide", "决定", "局长", "批"),
)
ITEM = msgspec.structs.replace(load.seed().items[0], steps=STEPS, case_type="2")


def line(kind: str, day: int, who: str = "a", said: Opined | None = None) -> HistoryLine:
    """That many days after Monday, 1 June 2026."""
    time = (dt.datetime.fromisoformat("2026-06-01T10:00:00+08:00") + dt.timedelta(day)).isoformat()
    return HistoryLine(f"case.{kind}", kind, time, f"名{who}", "152523000000-00", account=who, step=said)


def opined(duty: str, day: int, verdict: str = "grant", back: str = "") -> HistoryLine:
    return line("opined", day, duty[0], Opined("x", "局", duty, verdict, "说", back_to=back))


CAME = (line("arrived", 0), line("accepted", 1, "w"))


def taken(*lines: HistoryLine, pauses: tuple[Pause, ...] = (), item: object = ITEM) -> tuple[OwnStep, ...]:
    told = events.Collected(events.ItemRef("x", "低保", 1, "c"), "p", events.Person("阿"), (), "苏和", "152523202202")
    case = Case("1", State.ACCEPTED, told, lines[0].time, "152523202202-01", history=lines)
    return own_steps.taken(case, item, TABLE, pauses)  # type: ignore[arg-type]


def brief(steps: tuple[OwnStep, ...]) -> list[tuple[str, int, int]]:
    return [(one.duty.value, one.since.day, one.until.day if one.until else 0) for one in steps]


def test_each_post_has_its_own_days() -> None:
    steps = taken(*CAME, opined("handle", 7), opined("review", 8), line("granted", 9, "d"), line("served", 11))
    assert brief(steps) == [("accept", 1, 2), ("handle", 2, 8), ("review", 8, 9), ("decide", 9, 10), ("window", 10, 12)]
    handle, review = steps[1], steps[2]
    assert (handle.title, handle.posts, handle.account) == ("入户调查、信息核对", ("社救股",), "h")
    assert handle.due is not None
    assert handle.due.on == D(2026, 6, 11)  # five working days, then two days
    assert review.due is not None
    assert (review.due.on, review.since) == (D(2026, 6, 11), D(2026, 6, 8))
    assert steps[3].due is None  # the item does not say how long
    assert [one.late(D(2026, 7, 1)) for one in steps] == [False] * 5


def test_lateness_is_of_the_step_that_was_late() -> None:
    today = D(2026, 6, 20)
    slow = taken(*CAME, opined("handle", 17))  # the review has had it for a day
    found = own_steps.answerable(slow, today)
    assert found is not None
    assert (found.duty, own_steps.over(found, today)) == (Duty.HANDLE, 7)
    assert own_steps.spent(found, today, TABLE, ()) == "16 日"
    both = own_steps.answerable(slow, D(2026, 6, 30))
    assert both is not None
    assert both.duty is Duty.REVIEW  # by then it has been late itself, and could act
    in_time = taken(*CAME, opined("handle", 3), opined("review", 4))
    last = own_steps.answerable(in_time, today)
    assert last is not None
    assert last.duty is Duty.DECIDE  # every step kept its days: of whoever has it
    assert own_steps.answerable((), today) is None


def test_what_came_back_begins_anew_and_what_stood_still_does_not_count() -> None:
    back = taken(*CAME, opined("handle", 3), opined("review", 14, "back", "handle"))
    assert brief(back)[1:] == [("handle", 2, 4), ("review", 4, 15), ("handle", 15, 0)]
    assert not back[-1].late(D(2026, 6, 16))
    assert back[2].late(D(2026, 6, 16))
    stood = Pause(D(2026, 6, 3), D(2026, 6, 10), "鉴定")
    (_, handle) = taken(*CAME, line("suspended", 2), line("resumed", 9), pauses=(stood,))
    assert handle.due is not None
    assert (handle.due.on, brief((handle,))) == (D(2026, 6, 18), [("handle", 2, 0)])
    still = taken(*CAME, line("suspended", 2), pauses=(msgspec.structs.replace(stood, end=None),))
    assert (still[0].due is None, still[1].due) == (False, None)
    longer = taken(*CAME, line("extended", 5), opined("handle", 20))
    assert (longer[1].duty, longer[1].due) == (Duty.HANDLE, None)  # it has the longer time of the law


def test_a_supplement_gives_the_case_out_of_hand() -> None:
    steps = taken(line("arrived", 0), line("supplement_asked", 1), line("supplemented", 8), line("arrived", 9))
    assert brief(steps) == [("accept", 1, 2), ("accept", 10, 0)]
    assert [one.late(D(2026, 6, 11)) for one in steps] == [False, False]
    assert own_steps.current(steps[:1]) is None


def test_without_posts_the_head_has_what_was_extended() -> None:
    assert brief(taken(*CAME, line("extended", 5)))[-1] == ("decide", 6, 0)
    assert brief(taken(*CAME, item=None))[-1] == ("handle", 2, 0)
    unknown = msgspec.structs.replace(ITEM, steps=(Step("accept", "受理", "", ""), *STEPS[1:]))
    assert taken(*CAME, item=unknown)[0].due is None
