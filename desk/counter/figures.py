"""统计: how many, of what, how long it took, and what people thought of it. Numbers only, no names."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import msgspec

from db.desk import figure_rows
from desk.counter.session import Session
from desk.folds import case as cases
from desk.law.codes import SCORES
from desk.log import history_words

TOGETHER = 5  # ratings of a month that are shown together


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
    held_back: int = 0  # ratings of the span's months that are not among `ratings`
    windows: tuple[Count, ...] = ()  # by the window that took them in; none where only one did


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
            windows = figure_rows.per_window(db, *span)
            rated = figure_rows.rated(db, *span)
            given = figure_rows.ratings(db, span[0][:7], span[1][:7])
            times = figure_rows.item_times(db, *span)
        scores = shown_ratings(given)
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
            ratings=tuple(Count(name, scores[score]) for score, name in SCORES.items()),
            ended=sum(row["n"] for row in times),
            rated=rated,
            held_back=len(given) - scores.total(),
            windows=tuple(Count(history_words.window(node), windows[node]) for node in sorted(windows))
            if len(windows) > 1
            else (),
        )


def ratings_note(view: FiguresView) -> str:
    """What stands under the ratings, on screen and on paper."""
    left = f"还有 {view.held_back} 个评价没有显示。" if view.held_back else ""
    return f"按评价的月份统计，一个月每满 {TOGETHER} 个评价一起显示。{left}"


def shown_ratings(given: Iterable[tuple[str, int]]) -> Counter[int]:
    """How many by mark, of (month, mark) as they came: by whole months and by fives, so that the agent who asked for a
    rating cannot find out from two looks at the figures what one herder gave."""
    by_month: dict[str, list[int]] = {}
    for month, score in given:
        by_month.setdefault(month, []).append(score)
    return Counter(score for scores in by_month.values() for score in scores[: len(scores) // TOGETHER * TOGETHER])


def _months(since: dt.date, until: dt.date) -> list[str]:
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return [f"{at // 12}-{at % 12 + 1:02d}" for at in range(first, last + 1)]
