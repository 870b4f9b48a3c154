"""Cases that have just come in: what a list says of their days and of whose turn they are, reckoned once for all that
came in alike.

After days without a line ten thousand cases come at once, of a few items and taken in on a few days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

import msgspec

from desk import clock
from desk.folds import case_clocks
from desk.folds.case import Case, State
from desk.folds.case_clocks import Law
from desk.folds.office.roster import turns

_MOST = 4096  # kinds of cases that are remembered
_HISTORY = ["case.collected", "case.arrived"]


class Listed(NamedTuple):
    """What a list says of a case: its days (`case_clocks.Clocks`, by name), the post whose turn it is ("" for none),
    the account that has it."""

    days: Mapping[str, str]
    duty: str
    account: str


class _Kind(NamedTuple):
    """All that this hangs on in a case to which nothing happened but that it was taken in and came."""

    task_code: str
    version: int
    regime: str
    arrived: dt.date
    promised: dt.date | None


def listed(case: Case, law: Law) -> Listed:
    """What a list says of `case` by `law`."""
    turn = turns.turn(case, law.item)
    days = msgspec.structs.asdict(case_clocks.of(case, law))
    return Listed(days, turn.duty.value if turn.duty else "", turn.account)


class Alike:
    """What lists say of cases, by the law that stands; where it changes, another is made."""

    def __init__(self, law: Callable[[Case], Law]) -> None:
        """`law`: that of a case."""
        self._law = law
        self._known: dict[_Kind, Listed] = {}

    def listed(self, case: Case) -> Listed:
        """As `listed`, by the law of `case`."""
        kind = _kind(case)
        if kind is None:
            return listed(case, self._law(case))
        known = self._known.get(kind)
        if known is None:
            if len(self._known) == _MOST:
                self._known.clear()
            known = self._known[kind] = listed(case, self._law(case))
        return known


def _kind(case: Case) -> _Kind | None:
    """None for a case to which something else happened, or whose time cannot be read."""
    if case.state is not State.ARRIVED or [one.kind for one in case.history] != _HISTORY:
        return None
    item = case.collected.item
    try:
        arrived = clock.day(case.arrived_at)
    except ValueError:
        return None
    return _Kind(item.task_code, item.version, item.regime, arrived, case.promised)
