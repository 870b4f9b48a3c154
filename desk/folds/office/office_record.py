"""What the office's records have in common: a fold that gives a struct, and the line that lists show of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import msgspec

from desk.folds.case import in_order, is_centre
from desk.folds.refusal import Refusal
from desk.law.holidays import HolidayTable
from desk.log import events
from desk.log.chain import Entry
from desk.log.office_events import Said


class Step(msgspec.Struct, frozen=True):
    """One line of a record's history."""

    kind: str
    name: str
    time: str
    account: str
    officer: str
    org: str
    text: str
    verdict: str = ""


class Line(msgspec.Struct, frozen=True):
    """What lists and filters know of a record; no personal data. Days are ISO, "" for none."""

    state: str
    day: str
    title: str
    kind: str = ""
    org: str = ""
    place: str = ""
    agent: str = ""
    about: str = ""
    task_code: str = ""
    due: str = ""
    closed_day: str = ""
    number: str = ""
    score: int = 0
    channel: str = ""
    step: str = ""
    section: str = ""


class Asked(msgspec.Struct, frozen=True):
    """A step that somebody wants to take: the account, its kind, what it says, the day, the days off."""

    author: str
    kind: str
    data: msgspec.Struct
    today: dt.date
    table: HolidayTable
    node: str = ""  # the centre where it is taken

    @property
    def said(self) -> Said:
        """What it says; nothing where a step says something of another shape."""
        return self.data if isinstance(self.data, Said) else Said("")


def _anything(_record: msgspec.Struct | None, _asked: Asked) -> Refusal | None:
    return None


class Family(msgspec.Struct, frozen=True):
    """One kind of record: its fold, the line of what was folded, the type of that, the names of its states, why a
    record may not take a step, and why one may not begin with it."""

    fold: Callable[[Iterable[Entry]], msgspec.Struct | None]
    line: Callable[[msgspec.Struct], Line]
    shape: type[msgspec.Struct]
    states: Mapping[str, str]
    refusal: Callable[[msgspec.Struct, Asked], Refusal | None] = _anything
    begins: Callable[[None, Asked], Refusal | None] = _anything


def steps(entries: Iterable[Entry]) -> list[tuple[Entry, msgspec.Struct, Step]]:
    """The centre's entries in order, decoded, each with its line of history."""
    ordered, _refused = in_order(entries)
    taken = []
    for entry in ordered:
        data = events.decode(entry.kind, entry.data) if is_centre(entry.node) else None
        if data is not None:
            org, text = str(getattr(data, "org", "")), str(getattr(data, "text", ""))
            verdict, who = str(getattr(data, "verdict", "")), str(getattr(data, "officer", ""))
            step = Step(entry.kind, events.name(entry.kind), entry.time, entry.author, who, org, text, verdict)
            taken.append((entry, data, step))
    return taken
