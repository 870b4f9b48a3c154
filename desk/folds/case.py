"""A case 办件: its states, who may move it, and the fold that makes it out of entries.

The fold is pure: two nodes that hold the same entries show the same case, in whatever order they came. States and
moves follow 行政许可法 chapter 4 and GB/T 39046-2020 tables 5 to 8; a village point takes papers in but never accepts
them (行政许可法§32), so every move between arrival and decision belongs to the centre.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from desk.folds import amendments, whose
from desk.folds.history import HistoryLine as HistoryLine  # noqa: PLC0414 - a part of a case
from desk.folds.history import line_of
from desk.folds.whose import Side as Side  # noqa: PLC0414 - a part of a move
from desk.folds.whose import in_order as in_order  # noqa: PLC0414 - asked for here by all
from desk.folds.whose import is_centre as is_centre  # noqa: PLC0414 - asked for here by all
from desk.log import centre_events, events, history_words
from desk.log.chain import Entry
from desk.log.files import FileRef
from desk.log.hall.hall_events import Passed


class State(StrEnum):
    """Where a case stands."""

    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    ARRIVED = "arrived"
    PRE_CHECK = "pre_check"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENTED = "supplemented"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    GRANTED = "granted"
    REFUSED = "refused"
    CERTIFYING = "certifying"
    RETURNING = "returning"
    AT_POINT = "at_point"
    SERVED = "served"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    VOID = "void"


STATE_NAMES: dict[State, str] = {
    State.COLLECTED: "代办点收件",
    State.IN_TRANSIT: "组卷在途",
    State.ARRIVED: "中心已接收",
    State.PRE_CHECK: "预审",
    State.SUPPLEMENT_ASKED: "待补正",
    State.SUPPLEMENTED: "补正已交",
    State.NOT_ACCEPTED: "不予受理",
    State.ACCEPTED: "已受理",
    State.IN_REVIEW: "审查中",
    State.SUSPENDED: "特别程序（暂停计时）",
    State.EXTENDED: "延期",
    State.GRANTED: "准予",
    State.REFUSED: "不予",
    State.CERTIFYING: "制证",
    State.RETURNING: "结果回传",
    State.AT_POINT: "代办点待取",
    State.SERVED: "已送达",
    State.CONCLUDED: "办结",
    State.ARCHIVED: "已归档",
    State.WITHDRAWN: "申请人撤回",
    State.RETURNED: "退件",
    State.VOID: "作废",
}


class Move(msgspec.Struct, frozen=True):
    """An event's effect: from any of `sources` to `target`, made by `side`; `name` is what history calls it."""

    name: str
    sources: frozenset[State]
    target: State
    side: Side


_OPEN_AT_CENTRE = frozenset(
    {State.ARRIVED, State.PRE_CHECK, State.ACCEPTED, State.IN_REVIEW, State.SUSPENDED, State.EXTENDED}
)
_BEFORE_DECISION = (
    frozenset({State.COLLECTED, State.IN_TRANSIT, State.SUPPLEMENT_ASKED, State.SUPPLEMENTED}) | _OPEN_AT_CENTRE
)
_UNDER_REVIEW = frozenset({State.ACCEPTED, State.IN_REVIEW, State.EXTENDED})
_WITH_RESULTS = frozenset({State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING})
_AT_VILLAGE = frozenset({State.COLLECTED, State.IN_TRANSIT})
# What is told of in full on a paper of the organ: the field that holds the act.
_TOLD = {State.SUSPENDED: "suspended", State.EXTENDED: "extension", State.NOT_ACCEPTED: "turned_away"}

# What an act that takes another back leaves of it.
_UNDONE: dict[str, dict[str, object]] = {
    "case.taken_back": {"decided_at": "", "decision": None},
    "case.unaccepted": {"accepted_at": "", "accepted": None},
}

ENDED = frozenset(
    {State.NOT_ACCEPTED, State.SERVED, State.CONCLUDED, State.ARCHIVED, State.WITHDRAWN, State.RETURNED, State.VOID}
)

MOVES: dict[str, Move] = {
    "case.bundled": Move("组卷移交", frozenset({State.COLLECTED}), State.IN_TRANSIT, Side.DESK),
    "case.supplemented": Move("补正材料已交", frozenset({State.SUPPLEMENT_ASKED}), State.SUPPLEMENTED, Side.DESK),
    "case.arrived": Move(
        "中心接收", _AT_VILLAGE | {State.SUPPLEMENT_ASKED, State.SUPPLEMENTED}, State.ARRIVED, Side.CENTRE
    ),
    "case.pre_checked": Move("预审", frozenset({State.ARRIVED}), State.PRE_CHECK, Side.CENTRE),
    "case.supplement_asked": Move(
        "一次性告知补正", frozenset({State.ARRIVED, State.PRE_CHECK}), State.SUPPLEMENT_ASKED, Side.CENTRE
    ),
    "case.accepted": Move("受理", frozenset({State.ARRIVED, State.PRE_CHECK}), State.ACCEPTED, Side.CENTRE),
    "case.not_accepted": Move("不予受理", frozenset({State.ARRIVED, State.PRE_CHECK}), State.NOT_ACCEPTED, Side.CENTRE),
    "case.reviewed": Move("进入审查", frozenset({State.ACCEPTED}), State.IN_REVIEW, Side.CENTRE),
    "case.suspended": Move("进入特别程序", _UNDER_REVIEW, State.SUSPENDED, Side.CENTRE),
    "case.resumed": Move("特别程序结束", frozenset({State.SUSPENDED}), State.IN_REVIEW, Side.CENTRE),
    "case.extended": Move("延期", frozenset({State.ACCEPTED, State.IN_REVIEW}), State.EXTENDED, Side.CENTRE),
    "case.granted": Move("准予决定", _UNDER_REVIEW, State.GRANTED, Side.CENTRE),
    "case.refused": Move("不予决定", _UNDER_REVIEW, State.REFUSED, Side.CENTRE),
    "case.taken_back": Move("收回决定", frozenset({State.GRANTED, State.REFUSED}), State.IN_REVIEW, Side.CENTRE),
    "case.unaccepted": Move("撤销受理", frozenset({State.ACCEPTED}), State.ARRIVED, Side.CENTRE),
    "case.certifying": Move("制证", frozenset({State.GRANTED}), State.CERTIFYING, Side.CENTRE),
    "case.returning": Move(
        "结果回传", frozenset({State.GRANTED, State.REFUSED, State.CERTIFYING}), State.RETURNING, Side.CENTRE
    ),
    "case.at_point": Move(
        "到达代办点", frozenset({State.RETURNING, State.GRANTED, State.REFUSED}), State.AT_POINT, Side.DESK
    ),
    "case.served": Move("送达", frozenset({State.AT_POINT, State.RETURNING}), State.SERVED, Side.EITHER),
    "case.concluded": Move("办结", frozenset({State.SERVED}), State.CONCLUDED, Side.EITHER),
    "case.archived": Move("归档", frozenset({State.CONCLUDED}), State.ARCHIVED, Side.CENTRE),
    "case.withdrawn": Move("申请人撤回", _BEFORE_DECISION, State.WITHDRAWN, Side.EITHER),
    "case.returned": Move("退件", _OPEN_AT_CENTRE, State.RETURNED, Side.CENTRE),
    "case.voided": Move("作废", _BEFORE_DECISION, State.VOID, Side.EITHER),
}


class Case(msgspec.Struct, frozen=True):
    """A case as the fold of its entries. Times are ISO 8601 with offset, as their writers' clocks had them."""

    intake_no: str
    state: State
    collected: events.Collected
    collected_at: str
    point: str  # node that took the papers in
    case_no: str = ""
    arrived_at: str = ""
    accepted_at: str = ""
    decided_at: str = ""
    ended_at: str = ""
    accepted: events.Accepted | None = None
    supplement: events.SupplementAsked | None = None
    arrived: events.Arrived | None = None
    was: str = ""  # the number it had before an old backup came back
    decision: events.Act | None = None
    suspended: events.Act | None = None  # the special procedure that it is or was in last
    extension: events.Act | None = None  # 延期
    turned_away: events.NotAccepted | None = None
    served: events.Served | None = None
    rated: events.Rated | None = None
    results: tuple[FileRef, ...] = ()  # documents of the decision, certificates made after it
    bundle: str = ""  # number of the envelope that its papers travel in
    added: tuple[events.TakenMaterial, ...] = ()
    brought: tuple[amendments.Brought, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    centres: tuple[str, ...] = ()  # that it came to, each once

    @property
    def materials(self) -> tuple[events.TakenMaterial, ...]:
        """What is here now: as taken in, with what was brought since in the place of what was missing."""
        return amendments.Application(self.collected, self.added).materials

    @property
    def promised(self) -> dt.date | None:
        """The day that was promised; worked out again by the centre where the desk's clock was wrong."""
        return (self.arrived and self.arrived.promised) or self.collected.promised

    @property
    def taken_at(self) -> str:
        """When the papers were taken in: by the desk's clock, or corrected by the centre."""
        return (self.arrived and self.arrived.collected_at) or self.collected_at

    @property
    def version(self) -> str:
        """The version of the item that it was taken under, for the feet of papers."""
        return f"事项第 {self.collected.item.version} 版" if self.collected.item.version else ""

    @property
    def window(self) -> str:
        """The desk whose window works at it."""
        return whose.window(self.history, self.point)

    @property
    def conflicts(self) -> tuple[HistoryLine, ...]:
        """Events that could not move the case: shown to people, never dropped."""
        return tuple(line for line in self.history if line.refused)


def fold(entries: Iterable[Entry]) -> Case | None:
    """The case that `entries` (all about one subject, any order) tell of; None before it was collected.

    The written rule for what cannot both be true: causes come before effects (`rank`), at equal rank the centre goes
    before a desk, then node name and seq; the first valid move wins and the later one is shown as refused. What the
    centre refused (`entry.refused`), and what its writer says is about another case (`case.renumbered`), moves nothing;
    a fact that stands in two logs counts once.
    """
    ordered, refused = in_order(entries)
    first = _first(ordered, refused)
    if first is None:
        return None
    case = _begin(first, tuple(dict.fromkeys(one.node for one in ordered if whose.came(one))))
    refused |= amendments.mended(ordered, refused, first.node)
    for entry in ordered:
        if case is not None and entry is not first:
            data = events.decode(entry.kind, entry.data)
            case = _apply(case, entry, data, refused.get((entry.node, entry.seq), ""))
    return case


def follow(case: Case, entry: Entry, data: events.Data | None) -> Case:
    """`case` after one more entry, which holds `data` and comes after all others: what `fold` of them all would
    give."""
    if whose.came(entry) and entry.node not in case.centres:
        case = msgspec.structs.replace(case, centres=(*case.centres, entry.node))
    return _apply(case, entry, data, "")


def _first(ordered: list[Entry], refused: dict[tuple[str, int], str]) -> Entry | None:
    """What the case begins with: from the desk whose number it begins with, else carried on by one of its point."""
    carried = None
    for entry in ordered:
        if entry.kind != "case.collected" or (entry.node, entry.seq) in refused:
            continue
        if entry.subject.startswith(entry.node.replace("-", "")):
            return entry
        if carried is None and entry.subject.startswith(entry.node[:12]) and not is_centre(entry.node):
            carried = entry
    return carried


def _begin(entry: Entry, centres: tuple[str, ...]) -> Case | None:
    collected = events.decode(entry.kind, entry.data)
    if not isinstance(collected, events.Collected):
        return None
    who, note = collected.agent_name or entry.author, history_words.note(collected)
    line = HistoryLine(entry.kind, "代办点收件", entry.time, who, entry.node, note, seq=entry.seq)
    return Case(entry.subject, State.COLLECTED, collected, entry.time, entry.node, history=(line,), centres=centres)


def _apply(case: Case, entry: Entry, data: events.Data | None, refused: str) -> Case:
    refused = refused or whose.not_theirs(case.centres, entry.node)
    if refused:
        return _noted(case, entry, data, refused)
    move = MOVES.get(entry.kind)
    if move is None or (entry.kind == "case.bundled" and case.state not in move.sources):
        return _beside(case, entry, data)
    refused = _refusal(case, move, entry.node)
    case = _noted(case, entry, data, refused)
    return case if refused else _moved(case, move, entry, data)


def _beside(case: Case, entry: Entry, data: events.Data | None) -> Case:
    """An entry that moves nothing: noted, and taken over where it adds to what is known."""
    if entry.kind == "case.collected":
        return _noted(case, entry, data, "收件号已用于本办件")
    if not isinstance(data, events.Corrected) and (refused := _not_by(case, entry) or _once(case, entry, data)):
        return _noted(case, entry, data, refused)
    if isinstance(data, events.Corrected):
        return _corrected(case, entry, data)
    case = _noted(case, entry, data, "")
    if isinstance(data, events.Rated):
        return msgspec.structs.replace(case, rated=data)
    if isinstance(data, centre_events.Renumbered):
        return case if data.now else msgspec.structs.replace(case, was=data.was)
    if isinstance(data, events.MaterialsAdded):
        return msgspec.structs.replace(case, **_brought(case, entry, data))
    if entry.kind == "case.bundled" and isinstance(data, events.Act):
        return msgspec.structs.replace(case, bundle=data.basis)  # its papers follow a case that went by network
    return case


def _once(case: Case, entry: Entry, data: events.Data | None) -> str:
    """Why an entry that moves nothing says what was said before, in Chinese; "" when it does not."""
    match data:
        case events.Rated() if case.rated is not None:
            return "一件一评，已经评价过"
        case events.MaterialsAdded():
            return amendments.counted_already(case.brought, entry.node, data)
        case events.Act() if entry.kind == "case.bundled" and case.bundle:
            return f"材料已装进信封 {case.bundle}"
        case Passed():
            return whose.not_passed(data, entry.node, case.point, case.window)
    return ""


def _not_by(case: Case, entry: Entry) -> str:
    """Why an entry that moves nothing is not its writer's, in Chinese; "" when it is."""
    if is_centre(entry.node) and not case.centres and entry.kind != "entry.refused":
        return "这件办件没有送到任何中心，中心的记录不生效"
    side = MOVES[entry.kind].side if entry.kind in MOVES else whose.BESIDE.get(entry.kind, Side.EITHER)
    return whose.not_of_side(side, events.name(entry.kind), entry.node, case.point)


def _brought(case: Case, entry: Entry, data: events.MaterialsAdded) -> dict[str, object]:
    came = amendments.brought(entry, data)
    return {"added": (*case.added, *data.materials), "brought": (*case.brought, came)}


def _corrected(case: Case, entry: Entry, data: events.Corrected) -> Case:
    """As `correction_refusal`; the later of two that found the same is not in force."""
    now = amendments.Application(case.collected, case.added)
    refused = correction_refusal(case, entry.node, data)
    case = _noted(case, entry, data, refused)
    now = now if refused else amendments.applied(data, now)
    return msgspec.structs.replace(case, collected=now.collected, added=now.added)


def correction_refusal(case: Case, node: str, data: events.Corrected) -> str:
    """Why a correction by `node` is not in force, in Chinese; "" when it is (`amendments`)."""
    centres = [one for one in case.centres if not whose.not_theirs(case.centres, one)]
    now = amendments.Application(case.collected, case.added)
    return amendments.not_theirs(data, node, case.point, centres) or amendments.refusal(data, now, stage(case))


def stage(case: Case) -> amendments.Stage:
    """How far a case is, for what may still be corrected."""
    ended = STATE_NAMES[case.state] if case.state in ENDED else ""
    return amendments.Stage(case.state in _AT_VILLAGE and not case.arrived_at, bool(case.decided_at), ended)


def _refusal(case: Case, move: Move, node: str) -> str:
    if refused := whose.not_of_side(move.side, move.name, node, case.point):
        return refused
    if case.state not in move.sources:
        return f"当时状态为“{STATE_NAMES[case.state]}”，“{move.name}”未生效"
    return ""


def _noted(case: Case, entry: Entry, data: events.Data | None, refused: str) -> Case:
    line = line_of(entry, data, refused)
    return msgspec.structs.replace(case, history=(*case.history, line))


def _moved(case: Case, move: Move, entry: Entry, data: events.Data | None) -> Case:
    changes: dict[str, object] = {"state": move.target}
    if isinstance(data, events.Arrived):
        changes["arrived_at"] = entry.time
        changes["arrived"] = data
        changes["case_no"] = case.case_no or data.case_no
        changes["collected"] = amendments.under(case.collected, data.version)
    elif isinstance(data, events.Accepted):
        changes.update(accepted_at=entry.time, accepted=data)
    elif isinstance(data, events.SupplementAsked):
        changes["supplement"] = data
    elif isinstance(data, events.MaterialsAdded):
        changes.update(_brought(case, entry, data))
    elif isinstance(data, events.Served):
        changes["served"] = data
    elif move.target in (State.GRANTED, State.REFUSED):
        changes.update(decided_at=entry.time, decision=data)
    elif entry.kind in _UNDONE:
        files = case.decision.files if case.decision and entry.kind == "case.taken_back" else ()
        changes.update(_UNDONE[entry.kind], results=tuple(one for one in case.results if one not in files))
    elif move.target is State.IN_TRANSIT and isinstance(data, events.Act):
        changes["bundle"] = data.basis
    elif move.target in _TOLD and isinstance(data, events.Act | events.NotAccepted):
        changes[_TOLD[move.target]] = data
    if move.target in _WITH_RESULTS and isinstance(data, events.Act) and data.files:
        changes["results"] = (*case.results, *data.files)
    if move.target in ENDED and not case.ended_at:
        changes["ended_at"] = entry.time
    return msgspec.structs.replace(case, **changes)


def allowed(state: State, side: Side) -> tuple[str, ...]:
    """The kinds of event that `side` may append to a case in `state`, in the order of the road."""
    return tuple(kind for kind, move in MOVES.items() if state in move.sources and move.side in (side, Side.EITHER))
