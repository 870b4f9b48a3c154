"""Envelopes of villages that lie at the township on their way: a fold of its own entries."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.case import in_order
from desk.folds.township.counting import counted
from desk.log import events, post_events
from desk.log.chain import Entry

LODGING_STATES = {"here": "在苏木乡镇", "passed": "苏木乡镇已送出", "refused": "没有生效"}


class Lodging(msgspec.Struct, frozen=True):
    """转收: an envelope at the township on its way; `id` is its number. `state`: here, passed, refused."""

    id: str
    state: str
    day: str
    made: post_events.LodgeMade
    made_at: str
    passed: post_events.LodgePassed | None = None
    passed_at: str = ""


def lodge(entries: Iterable[Entry]) -> Lodging | None:
    """What a township did with an envelope; the first of two equal steps counts. One that the centre refused stays a
    row, without effect: whoever wrote it sees that."""
    told = list(entries)
    made: Lodging | None = None
    for entry, data in counted(told):
        if made is None and isinstance(data, post_events.LodgeMade):
            made = _lodged(entry, data, "here")
        elif made is not None and made.passed is None and isinstance(data, post_events.LodgePassed):
            made = msgspec.structs.replace(made, state="passed", passed=data, passed_at=entry.time)
    refused = ((one, events.decode(one.kind, one.data)) for one in in_order(told)[0])
    return made or next(
        (_lodged(one, data, "refused") for one, data in refused if isinstance(data, post_events.LodgeMade)), None
    )


def _lodged(entry: Entry, data: post_events.LodgeMade, state: str) -> Lodging:
    return Lodging(entry.subject, state, entry.time[:10], data, entry.time)
