"""A complaint or suggestion 投诉建议: taken in, handed to an office, answered within a limit, called back, closed,
and its answer published where the writer is not to be recognised (S7, S8)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds import whose
from desk.folds.case import in_order, is_centre
from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.log.chain import Entry
from desk.log.office_events import ComplaintMade, Said

STATES = {
    "made": "待转办",
    "assigned": "办理中",
    "above": "已报上级，等上级答复",
    "answered": "已答复，待回访",
    "closed": "已办结",
}
SORTS = {"complaint": "投诉", "suggestion": "建议", "question": "咨询", "help": "求助", "rating": "差评核查"}
# Working days to answer what is asked or told, by its sort: the centre's own promise, no law's.
ANSWER = {"complaint": 15, "suggestion": 30, "question": 5, "help": 3}
CHANNELS = {"web": "网上", "phone": "电话（12345）", "window": "窗口来访", "letter": "来信", "rating": "群众评价"}
TAKEN_DOWN = ("phone", "window", "letter")  # channels by which staff write it down
OPEN = ("made", "assigned", "above", "answered")
CALLED = {"yes": "认可答复", "no": "不认可，要再办", "none": "三次没有联系上"}
MUST_CALL = ("complaint", "rating")  # sorts that are called back before they are closed
DAYS = 5  # working days to answer, where the supervisor gives no other day
MAY = {
    "complaint.assigned": ("made", "assigned"),
    "complaint.answered": ("made", "assigned"),
    "complaint.sent_up": ("made", "assigned"),
    "complaint.answered_above": ("above",),
    "complaint.called_back": ("answered",),
    "complaint.closed": ("answered",),
    "complaint.published": ("answered", "closed"),
}


SENT_UP, FROM_ABOVE = "complaint.sent_up", "complaint.answered_above"


class Complaint(msgspec.Struct, frozen=True):
    """A complaint as its entries tell it. `published` is the text that everybody may read;
    `home` the centre that took it in. One about that centre itself is answered by a level above it."""

    id: str
    state: str
    made: ComplaintMade
    made_at: str
    org: str
    due: str
    answer: str = ""
    answered_at: str = ""
    content: str = ""  # what the writer said when called back: yes, no, none (not reached)
    published: str = ""
    closed_at: str = ""
    history: tuple[Step, ...] = ()
    home: str = ""
    promised: str = ""  # the last day that the writer was told: handing it on makes none later


def counting(entries: list[Entry], node: str) -> list[Entry]:
    """Those of the entries about a complaint that count at the centre `node`: of the centre that took it in, and the
    answer of a level above it where it was sent up; a level above sees none but these."""
    ordered, _ = in_order(entries)
    home = next((one.node for one in ordered if one.kind == "complaint.made" and is_centre(one.node)), "")
    if node != home and not any(one.kind == SENT_UP and one.node == home for one in ordered):
        return []
    silent = () if node == home else ("complaint.published",)  # it is public where it was answered, once
    return [one for one in entries if (one.node == home and one.kind not in silent) or _is_answer(one, home)]


def _is_answer(entry: Entry, home: str) -> bool:
    return entry.kind == FROM_ABOVE and is_centre(entry.node) and whose.is_above(entry.node, home)


def fold(entries: Iterable[Entry]) -> Complaint | None:
    """The complaint that `entries` tell of."""
    complaint: Complaint | None = None
    for entry, data, step in steps(entries):
        if complaint is None:
            if isinstance(data, ComplaintMade):
                due = data.due.isoformat() if data.due else ""
                first = Complaint(entry.subject, "made", data, entry.time, data.org, due, history=(step,))
                complaint = msgspec.structs.replace(first, home=entry.node, promised=due)
        elif isinstance(data, Said) and (entry.node == complaint.home or _is_answer(entry, complaint.home)):
            complaint = _follow(complaint, entry, data, step)
    return complaint


def _follow(complaint: Complaint, entry: Entry, data: Said, step: Step) -> Complaint:
    complaint = msgspec.structs.replace(complaint, history=(*complaint.history, step))
    if complaint.state not in MAY.get(entry.kind, ()):
        return complaint
    changes: dict[str, object] = {}
    match entry.kind:
        case "complaint.assigned":
            changes = {"state": "assigned", "org": data.org or complaint.org, "due": _handed_on(complaint, data)}
        case "complaint.sent_up":
            changes = {"state": "above", "due": _handed_on(complaint, data)}
        case "complaint.answered" | "complaint.answered_above":
            changes = {"state": "answered", "answer": data.text, "answered_at": entry.time, "content": ""}
        case "complaint.called_back":
            again = data.verdict == "no"
            changes = {"content": data.verdict, "state": "assigned" if again else "answered"}
            if data.until:
                changes["due"] = changes["promised"] = data.until.isoformat()
        case "complaint.closed":
            changes = {"state": "closed", "closed_at": entry.time, "due": ""}
        case "complaint.published":
            changes = {"published": data.text}
    return msgspec.structs.replace(complaint, **changes)


def _handed_on(complaint: Complaint, data: Said) -> str:
    """The last day of whoever has it now: none later than the writer was told first."""
    until = data.until.isoformat() if data.until else complaint.due
    return min(until, complaint.promised or until)


def may(found: Complaint, kind: str) -> bool:
    """Whether the complaint may take a step of this kind in its state."""
    return found.state in MAY.get(kind, ())


def must_call(found: Complaint) -> bool:
    """Whether its writer has yet to be called back, or was and does not agree with the answer."""
    return found.made.sort in MUST_CALL and found.content not in ("yes", "none")


def refusal(complaint: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a complaint may not take a step; None when it may."""
    assert isinstance(complaint, Complaint)  # noqa: S101 - the family's own fold made it
    is_home = complaint.home in ("", asked.node)
    if is_home is (asked.kind == FROM_ABOVE) or not (is_home or whose.is_above(asked.node, complaint.home)):
        return Refusal("这件投诉由收到它的中心办理，报上来的由上级答复。")
    if not may(complaint, asked.kind):
        return Refusal(f"现在是“{STATES[complaint.state]}”，不能这样办。")
    if asked.kind == "complaint.called_back" and asked.said.verdict not in CALLED:
        return Refusal("请选择回访结果。")
    if asked.kind == "complaint.closed" and must_call(complaint):
        return Refusal("还没有回访，或来访人不认可答复。", "请先回访。")
    return None


def line(complaint: msgspec.Struct) -> Line:
    """For lists; `kind` is the sort, `score` 1 once the answer is public."""
    assert isinstance(complaint, Complaint)  # noqa: S101 - the family's own fold made it
    made = complaint.made
    return Line(
        complaint.state,
        complaint.made_at[:10],
        f"{SORTS.get(made.sort, made.sort)} {made.number}",
        made.sort,
        complaint.org,
        made.place,
        made.agent,
        made.about,
        "",
        complaint.due,
        complaint.closed_at[:10],
        made.number,
        1 if complaint.published else 0,
        made.channel,
    )


FAMILY = Family(fold, line, Complaint, STATES, refusal)
