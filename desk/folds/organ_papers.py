"""Which papers of the organ a case has by now: each is there once its organ acted, and tells of that act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desk import clock
from desk.folds.case import Case, State
from desk.folds.history import HistoryLine


def _acted(*kinds: str) -> Callable[[Case], bool]:
    return lambda case: any(line.kind in kinds and not line.refused for line in case.history)


# Key, title, and whether its time has come.
PAPERS: tuple[tuple[str, str, Callable[[Case], bool]], ...] = (
    ("supplement", "材料补正一次性告知书", lambda case: case.supplement is not None),
    ("accepted", "受理通知书", lambda case: case.accepted is not None),
    ("not-accepted", "不予受理决定书", lambda case: case.state is State.NOT_ACCEPTED),
    ("extended", "延期告知书", _acted("case.extended")),
    ("suspended", "特别程序告知书", _acted("case.suspended")),
    ("decided", "决定书（办结通知书）", lambda case: bool(case.decided_at)),
)
SERVED = "送达回证"


def titles(case: Case) -> dict[str, str]:
    """The papers that the case has, by key; 送达回证 once it was handed over."""
    found = {key: title for key, title, fits in PAPERS if fits(case)}
    return found | ({"served": SERVED} if case.served is not None else {})


KINDS = {
    "supplement": ("case.supplement_asked",),
    "accepted": ("case.accepted",),
    "not-accepted": ("case.not_accepted",),
    "extended": ("case.extended",),
    "suspended": ("case.suspended",),
    "decided": ("case.granted", "case.refused"),
    "served": ("case.served",),
}


def day_of(case: Case, key: str) -> dt.date:
    """The day of the act that the paper tells of: its organ bears the name that it had then."""
    told = _told(case, key)
    return clock.day(told.time if told else case.collected_at)


def number_of(case: Case, key: str) -> str:
    """The organ's number of the paper; "" where it has none of its own."""
    told = _told(case, key) if key in KINDS else None
    return told.document_no if told else ""


def _told(case: Case, key: str) -> HistoryLine | None:
    """The last act that the paper tells of."""
    acts = (one for one in reversed(case.history) if one.kind in KINDS[key] and not one.refused)
    return next(acts, None)


def said_by(case: Case, key: str) -> str:
    """The organ as the act behind that paper names it; "" for none."""
    act = {
        "supplement": case.supplement,
        "accepted": case.accepted,
        "not-accepted": case.turned_away,
        "extended": case.extension,
        "suspended": case.suspended,
        "decided": case.decision,
    }.get(key)
    return act.org if act else ""
