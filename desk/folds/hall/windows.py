"""Records of a hall: a window whose cases another took over, a draft that one window passed to another."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.township.counting import counted
from desk.log.chain import Entry
from desk.log.hall import hall_events


class Takeover(msgspec.Struct, frozen=True):
    """接手: a window was out of order and another goes on with its cases. `state`: made, undone; `at` ISO 8601."""

    id: str
    state: str
    day: str
    made: hall_events.TakenOver
    at: str
    undone: hall_events.GivenBack | None = None


class PassedDraft(msgspec.Struct, frozen=True):
    """转交的草稿. `state`: passed while it lies at the other window, taken once that goes on with it, returned when it
    lies at its own again; `at` and `ended_at` ISO 8601, `officer` and `reasons` of whoever ended it."""

    id: str
    state: str
    day: str
    passed: hall_events.DraftPassed
    at: str
    ended_at: str = ""
    officer: str = ""
    reasons: str = ""


def takeover(entries: Iterable[Entry]) -> Takeover | None:
    """The takeover that `entries` tell of; it is undone once."""
    made: Takeover | None = None
    for entry, data in counted(entries):
        if made is None and isinstance(data, hall_events.TakenOver):
            made = Takeover(entry.subject, "made", entry.time[:10], data, entry.time)
        elif made is not None and isinstance(data, hall_events.GivenBack):
            made = msgspec.structs.replace(made, state="undone", undone=made.undone or data)
    return made


def draft(entries: Iterable[Entry]) -> PassedDraft | None:
    """The passed draft that `entries` tell of: taken up and sent back at once, the first in order counts."""
    made: PassedDraft | None = None
    for entry, data in counted(entries):
        if made is None and isinstance(data, hall_events.DraftPassed):
            made = PassedDraft(entry.subject, "passed", entry.time[:10], data, entry.time)
        elif made is not None and made.state == "passed":
            match data:
                case hall_events.DraftTaken():
                    changes = {"state": "taken", "ended_at": entry.time, "officer": data.officer}
                case hall_events.DraftReturned():
                    told = {"officer": data.officer, "reasons": data.reasons}
                    changes = {"state": "returned", "ended_at": entry.time, **told}
                case _:
                    continue
            made = msgspec.structs.replace(made, **changes)
    return made
