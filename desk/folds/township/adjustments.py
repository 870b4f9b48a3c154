"""An adjustment of an item by a township, as the entries about it tell: asked for, in force, sent back."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.case import in_order, is_centre
from desk.log import events, local_events
from desk.log.chain import Entry


class LocalAdjustment(msgspec.Struct, frozen=True):
    """A township's adjustment of an item. `state`: waiting, in_force, refused (then with `reasons`), none. `published`
    is what is in force, `proposed` what was handed in last, by the entry `seq` of `node`, on `day`."""

    id: str
    state: str
    day: str
    published: local_events.Adjusted | None = None
    proposed: local_events.Adjusted | None = None
    node: str = ""
    seq: int = 0
    reasons: str = ""


def _as_proposed(data: events.Data | None) -> local_events.Adjusted | None:
    if not isinstance(data, local_events.LocalAsked):
        return None
    return local_events.Adjusted(data.task_code, data.body, data.said, data.officer, data.version)


def local(entries: Iterable[Entry]) -> LocalAdjustment | None:
    """What a township asked for and what is in force of it: only the centre puts anything in force."""
    made: LocalAdjustment | None = None
    ordered, refused = in_order(entries)
    for entry in ordered:
        data = events.decode(entry.kind, entry.data)
        is_asked = isinstance(data, local_events.LocalAsked) and is_centre(entry.node)
        data = _as_proposed(data) if is_asked else data
        if not isinstance(data, local_events.Adjusted):
            continue
        made = made or LocalAdjustment(entry.subject, "none", entry.time[:10])
        if is_centre(entry.node) and not is_asked:
            state = "in_force" if data.said.said() else "none"
            made = msgspec.structs.replace(made, state=state, published=data, day=entry.time[:10])
        elif is_asked or entry.kind == "local.proposed":
            why = refused.get((entry.node, entry.seq), "")
            proposal = {"proposed": data, "node": entry.node, "seq": entry.seq, "reasons": why}
            made = msgspec.structs.replace(made, state="refused" if why else "waiting", day=entry.time[:10], **proposal)
    return made
