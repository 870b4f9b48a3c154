"""Which entries about a record of a point count."""

from __future__ import annotations

from collections.abc import Iterable

from desk.folds import whose
from desk.folds.case import in_order, is_centre
from desk.log import events
from desk.log.chain import Entry


def counted(entries: Iterable[Entry]) -> list[tuple[Entry, events.Data | None]]:
    """What counts of the entries about one record: what no centre refused, of desks only of the point that began it."""
    ordered, refused = in_order(entries)
    good = [one for one in ordered if (one.node, one.seq) not in refused]
    point = next((one.node for one in good if not is_centre(one.node)), "")
    theirs = (one for one in good if is_centre(one.node) or whose.is_of_point(one.node, point))
    return [(one, events.decode(one.kind, one.data)) for one in theirs]
