"""Where the days of a case go, and what supplements were asked for: pure counts over cases and entries."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping

import msgspec

from desk.folds import case as cases
from desk.folds.case import State
from desk.law.catalogue.item import Item

# The stretches of a case's road, in its order, and the states in each.
ON_THE_WAY = "代办点收件到中心接收"
STRETCHES: tuple[tuple[str, frozenset[State]], ...] = (
    (ON_THE_WAY, frozenset()),
    ("中心接收到受理决定", frozenset({State.ARRIVED, State.PRE_CHECK})),
    ("等申请人补正", frozenset({State.SUPPLEMENT_ASKED, State.SUPPLEMENTED})),
    ("受理后等审查", frozenset({State.ACCEPTED})),
    ("审查", frozenset({State.IN_REVIEW})),
    ("延期后", frozenset({State.EXTENDED})),
    ("特别程序", frozenset({State.SUSPENDED})),
    ("决定后到送达", frozenset({State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT})),
)
_STRETCH = {state: name for name, states in STRETCHES for state in states}
_DAY = 24 * 3600


class Stretch(msgspec.Struct, frozen=True):
    """What `cases` cases spent in one stretch: mean and longest in days, and which case that was."""

    name: str
    cases: int
    mean: float
    longest: float
    longest_case: str


def of(case: cases.Case) -> dict[str, float]:
    """Days that `case` spent in each stretch it has left; times before the centre had it are corrected for the
    desk's clock where that was wrong, and none is less than nothing."""
    spent: dict[str, float] = {}
    if case.arrived_at:
        first = next(line.time for line in case.history if line.kind == "case.arrived" and not line.refused)
        spent[ON_THE_WAY] = _between(case.taken_at, first)
    moves = [line for line in case.history if line.kind in cases.MOVES and not line.refused]
    for line, then in itertools.pairwise(moves):
        name = _STRETCH.get(cases.MOVES[line.kind].target)
        if name:
            spent[name] = spent.get(name, 0.0) + _between(line.time, then.time)
    return spent


def _between(first: str, last: str) -> float:
    try:
        spent = dt.datetime.fromisoformat(last) - dt.datetime.fromisoformat(first)
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, spent.total_seconds() / _DAY)


def together(gone: Iterable[cases.Case]) -> tuple[Stretch, ...]:
    """The stretches of many cases; a case counts where it has been."""
    spent: dict[str, list[tuple[float, str]]] = {}
    for case in gone:
        for name, days in of(case).items():
            spent.setdefault(name, []).append((days, case.intake_no))
    made = []
    for name, _states in STRETCHES:
        if lines := spent.get(name):
            longest, number = max(lines)
            made.append(Stretch(name, len(lines), sum(days for days, _ in lines) / len(lines), longest, number))
    return tuple(made)


class Missing(msgspec.Struct, frozen=True):
    """The cases that were asked for one material; `known`: it stands on the item's checklist."""

    name: str
    numbers: tuple[str, ...]
    known: bool

    @property
    def cases(self) -> int:
        """How many."""
        return len(self.numbers)


def missing(asked: Mapping[str, Iterable[str]], item: Item | None) -> tuple[Missing, ...]:
    """What was asked for, by intake number. A line counts for the material whose name is in it (the longest such
    name), else for itself; a case counts once for each. All of the checklist is named, most asked first."""
    listed = [reason.name for reason in item.materials] if item else []
    names = sorted(listed, key=len, reverse=True)
    lacking: dict[str, list[str]] = {name: [] for name in listed}
    for number, lines in asked.items():
        told = (next((reason for reason in names if reason in line), line.strip()) for line in lines)
        for name in dict.fromkeys(told):  # what is asked for as often stands in one order, on every host
            lacking.setdefault(name, []).append(number)
    made = [Missing(name, tuple(numbers), name in names) for name, numbers in lacking.items() if name]
    return tuple(sorted(made, key=lambda reason: -reason.cases))
