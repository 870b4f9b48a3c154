"""What is written and sent upward: periodic reports (S15), and government information items 政务信息 (S11)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.log import Entry
from desk.oversight.events import Said, Written
from desk.oversight.record import Family, Line, Step, steps

STATES = {"draft": "草稿", "sent": "已上报", "received": "上级已收到", "adopted": "已采用", "circulated": "已通报"}
_STEPS = {
    "report.sent": "sent",
    "report.received": "received",
    "report.adopted": "adopted",
    "info.sent": "sent",
    "info.adopted": "adopted",
    "info.circulated": "circulated",
}
_ORDER = list(STATES)


class Writing(msgspec.Struct, frozen=True):
    """A report or an item as its entries tell it; `versions` says how often it was written anew."""

    id: str
    state: str
    written: Written
    written_at: str
    author: str
    versions: int
    sent_at: str = ""
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Writing | None:
    """The writing that `entries` tell of: steps go forward only; after it was sent only the receiver edits it."""
    found: Writing | None = None
    for entry, data, step in steps(entries):
        if found is None:
            if isinstance(data, Written):
                found = Writing(entry.subject, "draft", data, entry.time, entry.author, 1, history=(step,))
            continue
        found = msgspec.structs.replace(found, history=(*found.history, step))
        if isinstance(data, Written):
            if found.state == "draft" or entry.kind == "info.edited":
                found = msgspec.structs.replace(found, written=data, versions=found.versions + 1)
        elif isinstance(data, Said) and entry.kind in _STEPS:
            state = _STEPS[entry.kind]
            if _ORDER.index(state) > _ORDER.index(found.state):
                sent = entry.time if state == "sent" else found.sent_at
                found = msgspec.structs.replace(found, state=state, sent_at=sent)
    return found


def line(found: msgspec.Struct) -> Line:
    """For lists; `number` is the period of a report."""
    assert isinstance(found, Writing)  # noqa: S101 - the family's own fold made it
    told = found.written
    return Line(found.state, found.written_at[:10], told.title, told.sort, told.org, told.place, number=told.period)


REPORTS = Family(fold, line, Writing, STATES)
INFORMATION = Family(fold, line, Writing, STATES)
