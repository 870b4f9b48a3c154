"""What is written and sent upward: periodic reports (S15), and government information items 政务信息 (S11).

A writing belongs to the centre that began it, its home. Its own steps count only from there; what the levels above say
of it (received, adopted, circulated) is a mark of each of them beside it, and only from a level above the home.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office import published
from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.folds.whose import is_above as is_above  # noqa: PLC0414 - asked for here by its tests
from desk.log.chain import Entry
from desk.log.office_events import Said, Written

STATES = {
    "draft": "草稿",
    "sent": "已上报",
    "received": "上级已收到",
    "adopted": "已采用",
    "circulated": "已通报",
    "returned": "已退回",
}
MARKS = {"received": "已收到", "adopted": "已采用", "circulated": "已通报"}
SORTS = {"monthly": "月报", "quarterly": "季报"}
# Steps at home: the kind of the entry, the states it may be made in, the state that it leads to.
_HOME = {
    "report.sent": (("draft",), "sent"),
    "info.sent": (("draft",), "sent"),
    "info.adopted": (("sent",), "adopted"),
    "info.returned": (("sent",), "returned"),
    "info.circulated": (("adopted",), "circulated"),
}
_ABOVE = {
    "report.received": "received",
    "report.adopted": "adopted",
    "info.received": "received",
    "info.adopted": "adopted",
    "info.circulated": "circulated",
}
_ORDER = list(STATES)
_GOES_OUT = ("sent", "adopted", "forwarded", "circulated")


class Mark(msgspec.Struct, frozen=True):
    """What a level above says of a writing: `state` of MARKS, since `time`; the day it was first adopted there."""

    node: str
    state: str
    time: str
    text: str = ""
    adopted_at: str = ""


class Writing(msgspec.Struct, frozen=True):
    """A report or an item as its entries tell it; `versions` says how often it was written anew. `sent_by`: the
    centres that sent it to the level above them, the home first, at `sent_up_at`."""

    id: str
    state: str
    written: Written
    written_at: str
    author: str
    versions: int
    home: str = ""
    sent_at: str = ""
    sent_up_at: str = ""
    adopted_at: str = ""
    sent_by: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    history: tuple[Step, ...] = ()
    to: tuple[str, ...] = ()  # the departments that it was circulated to; none for all

    def mark_of(self, node: str) -> Mark | None:
        """What the centre `node` said of it."""
        return next((one for one in self.marks if one.node == node), None)

    def state_at(self, node: str) -> str:
        """Its state as the centre `node` sees it: its own mark, at home the state."""
        mark = self.mark_of(node)
        return self.state if node == self.home else mark.state if mark else "sent"

    def adopted_by(self, node: str) -> str:
        """When the centre `node` adopted it; "" when it did not."""
        mark = self.mark_of(node)
        return self.adopted_at if node == self.home else mark.adopted_at if mark else ""


def fold(entries: Iterable[Entry]) -> Writing | None:
    """The writing that `entries` tell of: steps go forward only; once it was sent only the home's editor edits it."""
    writing: Writing | None = None
    for entry, data, step in steps(entries):
        if writing is None:
            if isinstance(data, Written):
                writing = Writing(
                    entry.subject, "draft", data, entry.time, entry.author, 1, home=entry.node, history=(step,)
                )
            continue
        writing = msgspec.structs.replace(writing, history=(*writing.history, step))
        if isinstance(data, Written):
            writing = _rewritten(writing, entry, data)
        elif isinstance(data, Said):
            writing = (
                _at_home(writing, entry, data) if entry.node == writing.home else _from_above(writing, entry, data)
            )
    return writing


def _rewritten(found: Writing, entry: Entry, data: Written) -> Writing:
    edits = entry.kind == "info.edited" and found.state == "sent"
    if entry.node != found.home or not (found.state == "draft" or edits):
        return found
    return msgspec.structs.replace(found, written=data, versions=found.versions + 1)


def _at_home(writing: Writing, entry: Entry, data: Said) -> Writing:
    if entry.kind == "info.forwarded":
        return _sent_on(writing, entry) if writing.adopted_at else writing
    before, state = _HOME.get(entry.kind, ((), ""))
    if writing.state not in before:
        return writing
    if state == "adopted":
        return msgspec.structs.replace(writing, state=state, adopted_at=entry.time)
    if state == "sent":
        writing = msgspec.structs.replace(writing, sent_at=entry.time)
        if entry.kind == "report.sent":
            writing = _sent_on(writing, entry)
    if state == "circulated":
        writing = msgspec.structs.replace(writing, to=tuple(data.verdict.splitlines()))
    return msgspec.structs.replace(writing, state=state)


def _sent_on(found: Writing, entry: Entry) -> Writing:
    if entry.node in found.sent_by:
        return found
    sent_by = (*found.sent_by, entry.node)
    return msgspec.structs.replace(found, sent_by=sent_by, sent_up_at=found.sent_up_at or entry.time)


def _from_above(writing: Writing, entry: Entry, data: Said) -> Writing:
    """A mark by a level above, which goes forward only and counts once something was sent up."""
    if not is_above(entry.node, writing.home) or not writing.sent_by:
        return writing
    before = writing.mark_of(entry.node)
    if entry.kind == "info.forwarded":
        return _sent_on(writing, entry) if before and before.adopted_at else writing
    state = _ABOVE.get(entry.kind, "")
    if not state or (before and _ORDER.index(state) <= _ORDER.index(before.state)):
        return writing
    adopted = before.adopted_at if before else ""
    if state == "adopted":
        adopted = entry.time
    if state == "circulated" and not adopted:
        return writing
    made = Mark(entry.node, state, entry.time, data.text, adopted)
    writing = msgspec.structs.replace(writing, marks=(*(one for one in writing.marks if one.node != entry.node), made))
    if entry.kind.startswith("report.") and _ORDER.index(state) > _ORDER.index(writing.state):
        writing = msgspec.structs.replace(writing, state=state, adopted_at=writing.adopted_at or adopted)
    return writing


def refusal(writing: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a writing may not go out so: what goes to others passes the filter of whatever is published (S12)."""
    assert isinstance(writing, Writing)  # noqa: S101 - the family's own fold made it
    if asked.kind.partition(".")[2] not in _GOES_OUT or not asked.author:  # a desk's is looked at by the editor
        return None
    lines = [writing.written.title, *writing.written.text.splitlines()]
    wrong = list(dict.fromkeys(one for text in lines for one in published.personal(text)))
    words = f"文字里有个人信息：{'、'.join(wrong[:5])}。"
    return Refusal(words, "请去掉证件、账户和电话号码再报。") if wrong else None


def line(writing: msgspec.Struct) -> Line:
    """For lists; `number` is the period of a report, `about` the home, `agent` the centre that sent it up last, `score`
    1 for what is urgent."""
    assert isinstance(writing, Writing)  # noqa: S101 - the family's own fold made it
    written = writing.written
    return Line(
        writing.state,
        writing.written_at[:10],
        written.title,
        written.sort,
        written.org,
        written.place,
        agent=writing.sent_by[-1] if writing.sent_by else "",
        about=writing.home,
        closed_day=writing.adopted_at[:10],
        number=written.period,
        score=1 if written.urgent else 0,
    )


REPORTS = Family(fold, line, Writing, STATES, refusal)
INFORMATION = Family(fold, line, Writing, STATES, refusal)
