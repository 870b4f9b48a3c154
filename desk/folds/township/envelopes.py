"""组卷: an envelope, from its sealing to the other end; of two windows that handed one over both are told of."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.township.counting import counted
from desk.log import point_events
from desk.log.chain import Entry
from desk.log.hall.hall_events import CarrierSaid

BUNDLE_STATES = {"sealed": "已封装", "handed": "在途", "taken": "已接收"}


class Bundle(msgspec.Struct, frozen=True):
    """组卷: an envelope. `state`: sealed, handed, taken. `day` is the day it was sealed."""

    id: str
    state: str
    day: str
    sealed: point_events.BundleSealed
    sealed_at: str
    handed: point_events.BundleHanded | None = None
    handed_at: str = ""
    taken: point_events.BundleTaken | None = None
    taken_at: str = ""
    handed_again: point_events.BundleHanded | None = None  # at another window, which did not know of it
    looked_at: bool = False  # somebody said which of the two it was


def bundle(entries: Iterable[Entry]) -> Bundle | None:
    """The bundle that `entries` tell of; the first of two equal steps counts, until somebody says that the other is
    right."""
    made: Bundle | None = None
    by = ""
    for entry, data in counted(entries):
        if made is None and isinstance(data, point_events.BundleSealed):
            made = Bundle(entry.subject, "sealed", entry.time[:10], data, entry.time)
        elif made is not None and made.handed is None and isinstance(data, point_events.BundleHanded):
            state, by = made.state if made.taken else "handed", entry.node
            made = msgspec.structs.replace(made, state=state, handed=data, handed_at=entry.time)
        elif made is not None and isinstance(data, point_events.BundleHanded) and entry.node != by:
            made = msgspec.structs.replace(made, handed_again=made.handed_again or data)
        elif made is not None and made.taken is None and isinstance(data, point_events.BundleTaken):
            made = msgspec.structs.replace(made, state="taken", taken=data, taken_at=entry.time)
        elif made is not None and isinstance(data, CarrierSaid) and made.handed_again and not made.looked_at:
            one, other = made.handed, made.handed_again
            pair = (other, one) if (other.carrier, other.phone) == (data.carrier, data.phone) else (one, other)
            made = msgspec.structs.replace(made, handed=pair[0], handed_again=pair[1], looked_at=True)
    return made
