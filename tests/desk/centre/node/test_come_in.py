"""What lists say of cases that came in alike is what they say of each."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desk.centre.node import projection
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import Case, HistoryLine, State
from desk.folds.case_clocks import Law
from desk.law import deadline, holidays
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Limit, Unit
from desk.log import events
from desk.log.duty.duty_events import Assigned

CENTRE, DESK = "152523000000-00", "152523202202-01"
TABLE = holidays.seed()
_SILENT, _ASKS = load.seed().regimes[:2]
_FIRST = next(one for one in load.seed().items if one.steps and one.promised_limit)
_OTHER = next(one for one in load.seed().items if one.steps and one.promised_limit and one.steps != _FIRST.steps)


def version(item: Item, number: int, days: int) -> Item:
    return msgspec.structs.replace(item, version=number, promised_limit=Limit(days, Unit.WORKDAY))


ITEMS = {
    (one.task_code, one.version): one for one in (version(_FIRST, 1, 5), version(_FIRST, 2, 9), version(_OTHER, 1, 5))
}


def law(case: Case) -> Law:
    """As a centre has it: the regime that the item names, else, of an item that is not known, that of the case."""
    told = case.collected.item
    regimes = {"silent": msgspec.structs.replace(_SILENT, silence="accepted"), "asks": _ASKS}
    return Law(ITEMS.get((told.task_code, told.version)), regimes.get(told.regime), TABLE)


class Told(msgspec.Struct, frozen=True):
    """A case that came in: of which item, days from 1 September 2026 to what happened to it."""

    item: str
    version: int
    regime: str
    taken: int
    came: int
    promised: int | None
    corrected: int | None
    refused: bool
    after: tuple[str, ...]
    time: str


AFTER = ["case.pre_checked", "case.accepted", "case.supplement_asked", "case.assigned"]
TOLD = st.builds(
    Told,
    st.sampled_from([_FIRST.task_code, _OTHER.task_code, "x"]),
    st.integers(1, 2),
    st.sampled_from(["silent", "asks", ""]),
    st.integers(0, 2),
    st.integers(2, 4),
    st.sampled_from([None, 20, 40]),
    st.sampled_from([None, 1, 30]),
    st.booleans(),
    st.lists(st.sampled_from(AFTER), max_size=2).map(tuple),
    st.sampled_from(["10:00:00+08:00", "23:30:00+08:00", "20:00:00+00:00", "10:00:00+08:00", "gestern"]),
)  # fmt: skip


def at(day: int, time: str) -> str:
    return f"{dt.date(2026, 9, 1) + dt.timedelta(day)}T{time}"


def made(told: Told) -> Case:
    """The case."""
    promised = None if told.promised is None else dt.date(2026, 9, 1) + dt.timedelta(told.promised)
    ref = events.ItemRef(told.item, "低保", told.version, "c", regime=told.regime)
    taken = events.Collected(ref, "p", events.Person("阿"), (), "苏和", "152523202202", promised=promised)
    collected_at, arrived_at = at(told.taken, "10:00:00+08:00"), at(told.came, told.time)
    mended = None
    if told.corrected is not None:
        due = dt.date(2026, 9, 1) + dt.timedelta(told.corrected + 14)
        mended = events.Arrived("n", "中心", "network", at(told.corrected, "09:00:00+08:00"), promised=due)
    lines = [
        HistoryLine("case.collected", "代办点收件", collected_at, "苏和", DESK),
        HistoryLine("case.arrived", "中心接收", arrived_at, "", CENTRE, refused="当时已有别的" if told.refused else ""),
    ]
    state = State.COLLECTED if told.refused else State.ARRIVED
    for kind in told.after:
        step = Assigned("乌兰", "民政局", "accept", "wulan", "乌兰") if kind == "case.assigned" else None
        lines.append(HistoryLine(kind, kind, at(told.came + 1, "11:00:00+08:00"), "乌兰", CENTRE, step=step))
        state = cases.MOVES[kind].target if kind in cases.MOVES else state
    of_arrival = {"arrived_at": "" if told.refused else arrived_at, "arrived": mended, "history": tuple(lines)}
    return Case("1", state, taken, collected_at, DESK, **of_arrival)  # type: ignore[arg-type]


def said(case: Case, alike: projection.Alike | None = None) -> projection.Listed | str:
    try:
        return alike.listed(case) if alike else projection.listed(case, law(case))
    except ValueError:
        return "a time that nobody can read"


@given(st.lists(TOLD, min_size=1, max_size=12))
def test_cases_that_came_in_alike_are_listed_as_each_would_be(told: list[Told]) -> None:
    alike = projection.Alike(law)
    for one in told:
        for near in (one, *(_but_for(one, name, value) for name, value in _NEAR)):
            case = made(near)
            assert said(case, alike) == said(case), near


_NEAR = (
    ("item", _OTHER.task_code),
    ("version", 2),
    ("regime", "silent"),
    ("regime", "asks"),
    ("taken", 0),
    ("came", 4),
    ("promised", 40),
    ("promised", None),
    ("corrected", 1),
    ("refused", True),
    ("after", ("case.accepted",)),
    ("after", ("case.assigned",)),
    ("time", "20:00:00+00:00"),
)


def _but_for(told: Told, name: str, value: object) -> Told:
    return msgspec.structs.replace(told, **{name: value})


def test_it_is_reckoned_once_for_all_that_came_in_alike() -> None:
    asked = []

    def counted(case: Case) -> Law:
        asked.append(case.intake_no)
        return law(case)

    plain = Told(_FIRST.task_code, 1, "asks", 0, 2, 20, None, refused=False, after=(), time="10:00:00+08:00")
    alike = projection.Alike(counted)
    for number in range(5):
        alike.listed(msgspec.structs.replace(made(plain), intake_no=str(number)))
    assert asked == ["0"]
    due = deadline.service_clock(ITEMS[_FIRST.task_code, 1], dt.date(2026, 9, 1), TABLE)
    assert due is not None
    day = dt.date(2026, 9, 1) + dt.timedelta(20)
    assert alike.listed(made(plain)).days["promised"] == day.isoformat() != due.on.isoformat()
    assert set(alike.listed(made(plain)).days) == set(case_clocks.Clocks.__struct_fields__)
