"""统计: how many, of what, how long it took, and what people thought of it. Numbers only, no names."""

from __future__ import annotations

import datetime as dt

import msgspec

from db import rows
from desk.counter.handling import RATINGS
from desk.counter.session import Session
from desk.folds import case as cases

_LASTED = "julianday(substr(ended_at, 1, 10)) - julianday(substr(collected_at, 1, 10))"
_SINCE = "collected_at >= ? AND collected_at <= ?"


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
        span = [since.isoformat(), until.isoformat() + "~"]
        with self._session.store.read() as db:

            def grouped(what: str, where: str = _SINCE) -> list[dict[str, object]]:
                sql = f"SELECT {what} AS name, count(*) AS n FROM case_row WHERE {where} GROUP BY 1"
                return rows.rows(db, sql, span)

            months = {str(row["name"]): int(str(row["n"])) for row in grouped("substr(collected_at, 1, 7)")}
            items = sorted(grouped("item_name"), key=lambda row: -int(str(row["n"])))
            states = {str(row["name"]): int(str(row["n"])) for row in grouped("state")}
            scores = {
                int(str(row["name"])): int(str(row["n"])) for row in grouped("rating", _SINCE + " AND rating > 0")
            }
            times = rows.rows(
                db,
                f"SELECT item_name, count(*) AS n, avg({_LASTED}) AS mean, max({_LASTED}) AS longest, "
                "sum(due_on = '' OR substr(ended_at, 1, 10) <= due_on) AS on_time "
                f"FROM case_row WHERE ended_at <> '' AND {_SINCE} GROUP BY item_name ORDER BY n DESC",
                span,
            )
        return FiguresView(
            since=since.isoformat(),
            until=until.isoformat(),
            total=sum(states.values()),
            months=tuple(Count(name, months.get(name, 0)) for name in _months(since, until)),
            items=tuple(Count(str(row["name"]), int(str(row["n"]))) for row in items),
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
