"""Figures of the office: months counted in the background, scores by office, township and agent, and what the numbers
say about items, steps and seasons."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
import weakref
from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from db.centre import rows
from db.centre.lists import case_rows, tallies
from desk.centre.node.centre_node import Centre
from desk.centre.watch.periods import Period, months_before
from desk.folds import case as cases
from desk.folds import whose
from desk.folds.case import State
from desk.folds.office import spans
from desk.folds.office.appraisal import POOR, Counts, Mark, appraise
from desk.law.catalogue.item import Item
from desk.law.divisions import load as divisions
from desk.log import chain, events

EVERY = 60.0  # seconds between two looks for months to count
SAMPLE = 300  # cases whose road is looked at for the steps
ASKED = 2000  # cases whose supplements are read for one item
MONTHS = 12
_AT_ONCE = 3  # months that a page lets count while somebody waits
_PATIENCE = 0.5  # seconds that counting a month may take for that
UNCOUNTED = (State.WITHDRAWN.value, State.VOID.value)
_RED, _CANCELLED = 2, "cancelled"
_AT = "figures_at"
_log = logging.getLogger("desk.centre")
BY = {"league": "盟市", "banner": "旗县", "sumu": "苏木乡镇", "org": "部门", "agent": "代办员"}
_PLACES = {"league": 4, "banner": 6, "sumu": 9}  # lines that are a division's, and the digits of its code


def ways(centre: Centre) -> dict[str, str]:
    """What this centre holds side by side, what it compares first at the beginning: a banner its offices, a league and
    the region the divisions below them, those right below first."""
    own = len(whose.division(centre.node))
    below = [by for by, digits in _PLACES.items() if digits > own]
    order = ("org", *below, "agent") if below == ["sumu"] else (*below, "org", "agent")
    return {by: BY[by] for by in order}


class Line(msgspec.Struct, frozen=True):
    """One line of figures: `key` as in an address, `place` the division it is of, what was counted and its score."""

    key: str
    name: str
    counts: Counts
    mark: Mark
    place: str = ""


class Asked(msgspec.Struct, frozen=True):
    """What figures are narrowed to."""

    sees: tuple[str, ...] = (case_rows.ALL,)
    org: str = ""
    place: str = ""
    task_code: str = ""


def behind(**wanted: Any) -> case_rows.Behind:
    """The cases behind a figure, with the office's own names of states."""
    told = case_rows.Behind(not_accepted=State.NOT_ACCEPTED.value, uncounted=UNCOUNTED)
    return dataclasses.replace(told, **wanted)


# -- counting ------------------------------------------------------------------------------------------------------


def refresh(centre: Centre, most: int = 24) -> int:
    """Count the months that changed, up to `most`; how many were. Writers of cases wait for none of it."""
    with centre.database.read() as db:
        if not tallies.waiting(db):
            return 0
    with centre.database.write() as db:
        claimed = tallies.claim(db, most)
    for month, marks in claimed.items():
        began = time.monotonic()
        with centre.database.touch() as db:
            tallies.recount(db, month, marks, uncounted=UNCOUNTED, not_accepted=State.NOT_ACCEPTED.value, poor=POOR)
            rows.set_value(db, _AT, centre.now())
        _slowest[centre] = time.monotonic() - began
    return len(claimed)


_slowest: weakref.WeakKeyDictionary[Centre, float] = weakref.WeakKeyDictionary()  # seconds of the last count


def fresh(centre: Centre) -> str:
    """Count now what is quickly counted, for someone who opens a page; the time of the last count."""
    with centre.database.read() as db:
        waits, at = len(tallies.waiting(db)), rows.value(db, _AT)
    if 0 < waits <= _AT_ONCE and _slowest.get(centre, 0.0) < _PATIENCE:
        refresh(centre, _AT_ONCE)
        with centre.database.read() as db:
            at = rows.value(db, _AT)
    return at


def run(centre: Centre, stop: threading.Event) -> None:
    """Count in the background until `stop` is set; trouble is tried again."""
    while not stop.is_set():
        try:
            refresh(centre)
        except SQLAlchemyError as error:
            _log.warning("figures: %s", type(error).__name__)
        stop.wait(EVERY)


# -- appraisal -----------------------------------------------------------------------------------------------------


def total(centre: Centre, period: Period, asked: Asked) -> Line:
    """All of it in one line."""
    with centre.database.read() as db:
        return _lines(db, "all", period, asked)[0]


def appraisal(centre: Centre, period: Period, by: str, asked: Asked) -> list[Line]:
    """Scores by one of `BY`, best first; those without a score last."""
    with centre.database.read() as db:
        found = _lines(db, by, period, asked)
    return sorted(found, key=lambda one: (one.mark.score is None, -(one.mark.score or 0), one.name))


def _lines(db: sa.Connection, by: str, period: Period, asked: Asked) -> list[Line]:
    counted = tallies.sums(db, by, period.first, period.last, **msgspec.structs.asdict(asked))
    red: dict[tuple[str, ...], int] = {}
    if by in (*BY, "all"):
        span = (period.since, period.until, asked.sees)
        red = tallies.card_counts(db, by, *span, cancelled=_CANCELLED, red=_RED)
    by_key = {_key(row, by): row for row in counted}
    made = []
    for key in dict.fromkeys((*by_key, *(one for one in red if one[0]))):
        row = by_key.get(key, {})
        counts = Counts(**{name: row.get(name, 0) for name in tallies.COUNTS}, red=red.get(key, 0))
        place = key[1] if by == "agent" else key[0] if by in _PLACES else ""
        name = str(row.get("name") or key[0]) if by == "item" else called(by, key[0], place)
        made.append(Line(key[0] or case_rows.NONE, name, counts, appraise(counts), place))
    return made


def _key(row: rows.Row, by: str) -> tuple[str, ...]:
    return (row["key"], row["place"]) if by == "agent" else (row["key"],)


def called(by: str, key: str, place: str = "") -> str:
    """What a line is called."""
    if by in _PLACES:
        return place_name(key)
    if by == "agent":
        return f"{key or '（未写代办员）'}　{place_name(place)}"
    return key or {"all": "合计"}.get(by, "（未写部门）")


def place_name(code: str) -> str:
    """A sumu's or gacha's own name; its code when that is unknown."""
    found = divisions().get(code)
    return found.name if found else code or "（未写地区）"


def red_cards(
    centre: Centre, period: Period, by: str, key: str, place: str, sees: Sequence[str], offset: int, limit: int
) -> tuple[list[rows.Row], int]:
    """The red cards behind a line of `appraisal`, from `offset` on, and how many there are."""
    line, span = ("" if key == case_rows.NONE else key, place), (period.since, period.until)
    with centre.database.read() as db:
        return tallies.card_lines(db, by, line, *span, sees, cancelled=_CANCELLED, red=_RED, offset=offset, limit=limit)


# -- analysis ------------------------------------------------------------------------------------------------------


class Analysis(msgspec.Struct, frozen=True):
    """What the page of decision analysis shows for a period."""

    months: tuple[Line, ...]  # the last twelve up to the period's end
    seasons: tuple[tuple[str, tuple[int | None, ...]], ...]  # a year, and what arrived in each of its months
    items: tuple[Line, ...]
    places: tuple[Line, ...]
    steps: tuple[spans.Stretch, ...]
    sampled: int


def analysis(centre: Centre, period: Period, asked: Asked) -> Analysis:
    """Volumes, durations, seasons, items, places and steps."""
    months = months_before(period.last, MONTHS)
    span = Period("", "", months[0], months[-1])
    with centre.database.read() as db:
        by_month = {one.key: one for one in _lines(db, "month", span, asked)}
        every = _lines(db, "month", Period("", "", "0000-01", "9999-12"), asked)
        items, places = _lines(db, "item", period, asked), _lines(db, "sumu", period, asked)
        road = _road(centre, db, period, asked)
    nothing = Counts()
    return Analysis(
        tuple(by_month.get(one) or Line(one, one, nothing, appraise(nothing)) for one in months),
        _seasons(every),
        _busiest(items),
        _busiest(places),
        spans.together(road),
        len(road),
    )


def _busiest(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Those with any case, the most first."""
    some = (one for one in lines if one.counts.arrived or one.counts.ended)
    return tuple(sorted(some, key=lambda one: -one.counts.arrived))


def analysis_choices(centre: Centre, sees: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The townships and the items, by code and name, that there are any figures of."""
    ever = Period("", "", "0000-01", "9999-12")
    with centre.database.read() as db:
        choices = [
            sorted((row["key"], row["name"]) for row in tallies.sums(db, by, ever.first, ever.last, sees=sees))
            for by in ("sumu", "item")
        ]
    return [(code, place_name(code)) for code, _ in choices[0]], sorted(choices[1], key=lambda one: one[1])


def _seasons(lines: Sequence[Line]) -> tuple[tuple[str, tuple[int | None, ...]], ...]:
    arrived = {one.key: one.counts.arrived for one in lines}
    years = sorted({month[:4] for month in arrived})[-3:]
    return tuple((year, tuple(arrived.get(f"{year}-{at:02d}") for at in range(1, 13))) for year in years)


def _road(centre: Centre, db: sa.Connection, period: Period, asked: Asked) -> list[cases.Case]:
    """The cases that ended last in the period, up to `SAMPLE`."""
    ended = behind(since=period.since, until=period.until, on="ended")
    listed = case_rows.case_page(db, _list(asked, ended), 0, SAMPLE)
    found = centre.about(db, [row["intake_no"] for row in listed])
    return [case for entries in found.values() if (case := cases.fold(entries))]


def stretch_cases(centre: Centre, period: Period, asked: Asked, name: str) -> list[tuple[str, float | None]]:
    """The cases behind a step of `analysis`: intake numbers and the days spent there, the longest first; without a
    name all that were looked at."""
    with centre.database.read() as db:
        road = _road(centre, db, period, asked)
    if not name:
        return [(case.intake_no, None) for case in road]
    spent = [(case.intake_no, spans.of(case).get(name)) for case in road]
    return sorted((one for one in spent if one[1] is not None), key=lambda one: -(one[1] or 0.0))


def _list(asked: Asked, those: case_rows.Behind) -> case_rows.Asked:
    return case_rows.Asked(
        sees=asked.sees, org=asked.org, place=asked.place, task_code=asked.task_code, order="ended", behind=those
    )


class Reasons(msgspec.Struct, frozen=True):
    """What the herders of one item were asked to bring after all, in a period."""

    item: Item | None
    arrived: int
    asked: int
    missing: tuple[spans.Missing, ...]


def supplement_reasons(centre: Centre, period: Period, asked: Asked) -> Reasons:
    """For `asked.task_code`: of the cases that arrived in the period, what they were asked for."""
    supplemented = behind(since=period.since, until=period.until, supplemented="yes")
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        listed = case_rows.case_page(db, _list(asked, supplemented), 0, ASKED)
        counted = tallies.sums(db, "all", period.first, period.last, **msgspec.structs.asdict(asked))
        found = rows.about(db, [row["intake_no"] for row in listed])
    lines = {number: _asked_for(encoded) for number, encoded in found.items()}
    item = centre.publications.item(asked.task_code)
    return Reasons(item, int(counted[0]["arrived"]) if counted else 0, len(lines), spans.missing(lines, item))


def _asked_for(encoded: Sequence[bytes]) -> list[str]:
    """All that one case was asked for."""
    asked: list[str] = []
    for entry in map(chain.decoded, encoded):
        if entry.kind == "case.supplement_asked" and cases.is_centre(entry.node):
            data = events.decode(entry.kind, entry.data)
            asked += data.missing if isinstance(data, events.SupplementAsked) else ()
    return asked
