"""A fault 过错 that a review found: explained by the office, corrected, looked at again, closed with what it led to
(过错责任). Nobody judges what they said themselves."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.log.chain import Entry
from desk.log.office_events import FaultFound, Said

STATES = {
    "found": "待说明",
    "explained": "待认定",
    "to_correct": "待改正",
    "corrected": "待复核",
    "closed": "已了结",
    "dropped": "不是过错",
}
OPEN = ("found", "explained", "to_correct", "corrected")
WEIGHTS = {"slight": "一般差错", "fault": "过错", "grave": "严重过错"}
DAYS = {"found": 5, "explained": 5, "to_correct": 10, "corrected": 5}  # working days until the next step is owed
VERDICTS = {
    "fault.judged": {"correct": "认定过错，责令改正", "dropped": "说明成立，不是过错"},
    "fault.closed": {
        "mended": "改正到位，不再追究",
        "talked": "改正到位，批评教育",
        "referred": "移送任免机关、监察机关处理",
        "again": "改正不到位，退回再改",
    },
}
MAY = {
    "fault.explained": ("found",),
    "fault.judged": ("explained", "found"),
    "fault.corrected": ("to_correct",),
    "fault.closed": ("corrected",),
}
BY_OFFICE = frozenset({"fault.explained", "fault.corrected"})


class Fault(msgspec.Struct, frozen=True):
    """A fault as its entries tell it."""

    id: str
    state: str
    found: FaultFound
    found_at: str
    due: str
    closed_at: str = ""
    outcome: str = ""
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Fault | None:
    """The fault that `entries` tell of; a step that does not fit the state is shown and moves nothing."""
    fault: Fault | None = None
    for entry, data, step in steps(entries):
        if fault is None:
            if isinstance(data, FaultFound):
                fault = Fault(entry.subject, "found", data, entry.time, data.due.isoformat(), history=(step,))
            continue
        fault = msgspec.structs.replace(fault, history=(*fault.history, step))
        if isinstance(data, Said) and fault.state in MAY.get(entry.kind, ()):
            fault = _followed(fault, entry, data)
    return fault


def _followed(fault: Fault, entry: Entry, data: Said) -> Fault:
    state = after(entry.kind, data.verdict)
    ended = state not in OPEN
    due = "" if ended else data.until.isoformat() if data.until else fault.due
    closed = entry.time if ended else ""
    outcome = data.verdict if ended else ""
    return msgspec.structs.replace(fault, state=state, due=due, closed_at=closed, outcome=outcome)


def after(kind: str, verdict: str) -> str:
    """The state after a step that may be taken."""
    return {
        "fault.explained": "explained",
        "fault.judged": "to_correct" if verdict != "dropped" else "dropped",
        "fault.corrected": "corrected",
        "fault.closed": "to_correct" if verdict == "again" else "closed",
    }[kind]


def refusal(fault: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a fault may not take this step; None when it may."""
    assert isinstance(fault, Fault)  # noqa: S101 - the family's own fold made it
    if fault.state not in MAY.get(asked.kind, ()):
        return Refusal(f"现在是“{STATES[fault.state]}”，不能这样办。")
    if asked.kind == "fault.judged" and fault.state == "found" and asked.today.isoformat() <= fault.due:
        return Refusal(f"部门说明的期限到 {fault.due}，先听部门说明。")
    choices = VERDICTS.get(asked.kind, {})
    if choices and asked.said.verdict not in choices:
        return Refusal("请选择处理意见。")
    if choices and any(one.account == asked.author and one.kind in BY_OFFICE for one in fault.history):
        return Refusal("您替部门说明过，不能再由您认定。", "请另一名评查员办理。")
    if not asked.said.text.strip():
        return Refusal("请写明情况。")
    ends = after(asked.kind, asked.said.verdict) not in OPEN
    return None if ends or asked.said.until else Refusal("请写明下一步最迟哪一天。")


def begins(_none: None, asked: Asked) -> Refusal | None:
    """Why a fault may not be found so: in which file, of whom, what and by which rule."""
    found = asked.data
    if not isinstance(found, FaultFound):
        return Refusal("没有这一条。")
    if not (found.what.strip() and found.basis.strip() and found.org.strip() and found.weight in WEIGHTS):
        return Refusal("请写明过错的事实、依据、责任部门和轻重。")
    return None if found.due >= asked.today else Refusal("说明的最后一天不能在今天以前。")


def line(fault: msgspec.Struct) -> Line:
    """For lists; `kind` is its weight."""
    assert isinstance(fault, Fault)  # noqa: S101 - the family's own fold made it
    found = fault.found
    return Line(
        fault.state, fault.found_at[:10], found.what[:80], found.weight, found.org, about=found.intake_no,
        due=fault.due, closed_day=fault.closed_at[:10], number=found.number,
    )  # fmt: skip


FAMILY = Family(fold, line, Fault, STATES, refusal, begins)
