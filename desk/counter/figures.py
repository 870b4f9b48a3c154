"""统计: how many, of what, how long it took, and what people thought of it. Numbers only, no names."""

from __future__ import annotations

import datetime as dt

import msgspec

from db.desk import figure_rows
from desk.counter.handling import RATINGS
from desk.counter.session import Session
from desk.folds import case as cases


class Count(msgspec.Struct, frozen=True):
    """A name and how many."""

    name: str
    number: int


class ItemTime(msgspec.Struct, frozen=True):
    """How long the cases of an item took, in calendar days; `on_time` of `ended` ended by the promised day."""

    item_name: str
    ended: int
    mean_days: float
    longest_days: int
    on_time: int


class FiguresView(msgspec.Struct, frozen=True):
    """The page of figures for a span of days."""

    since: str
    until: str
    total: int
    months: tuple[Count, ...]
    items: tuple[Count, ...]
    states: tuple[Count, ...]
    times: tuple[ItemTime, ...]
    ratings: tuple[Count, ...]
    ended: int
    rated: int


class Figures:
    """Counts over the table of cases."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def view(self, since: dt.date, until: dt.date) -> FiguresView:
        """The figures of cases collected from `since` to `until`, both included."""
        span = since.isoformat(), until.isoformat()
        with self._session.store.read() as db:
            months = figure_rows.per_month(db, *span)
            items = sorted(figure_rows.per_item(db, *span).items(), key=lambda pair: -pair[1])
            states = figure_rows.per_state(db, *span)
            scores = figure_rows.per_rating(db, *span)
            times = figure_rows.item_times(db, *span)
        return FiguresView(
            since=since.isoformat(),
            until=until.isoformat(),
            total=sum(states.values()),
            months=tuple(Count(name, months.get(name, 0)) for name in _months(since, until)),
            items=tuple(Count(name, number) for name, number in items),
            states=tuple(
                Count(name, states[state.value]) for state, name in cases.STATE_NAMES.items() if state.value in states
            ),
            times=tuple(
                ItemTime(row["item_name"], row["n"], round(row["mean"], 1), int(row["longest"]), int(row["on_time"]))
                for row in times
            ),
            ratings=tuple(Count(name, scores.get(score, 0)) for score, name in RATINGS.items()),
            ended=sum(row["n"] for row in times),
            rated=sum(scores.values()),
        )


def _months(since: dt.date, until: dt.date) -> list[str]:
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first, last + 1)]
