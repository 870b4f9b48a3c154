"""Whose case it is. Among desks: those of the point that took it in. Among centres: the one that it was sent to moves
it; a level above looks on, and what it writes of the case is not in force, at any node; neither is what a centre writes
that the case never came to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from desk.folds.history import HistoryLine
from desk.folds.refusal import Refusal
from desk.log import centre_events, chain, events, history_words
from desk.log.chain import Entry
from desk.log.hall.hall_events import Passed


class Side(StrEnum):
    """Who may write a kind about a case: desks of its point, its centre, either of them."""

    DESK = "desk"
    CENTRE = "centre"
    EITHER = "either"


# Of the kinds that move nothing; what stands in neither table either side may write, and no stranger.
BESIDE = {
    "case.collected": Side.DESK,
    "case.material_added": Side.DESK,
    "case.renumbered": Side.DESK,
    "case.passed": Side.DESK,
    "case.mended": Side.DESK,
    "entry.refused": Side.CENTRE,
    "case.opined": Side.CENTRE,
    "case.assigned": Side.CENTRE,
    "case.issued": Side.CENTRE,
    "case.sealed": Side.CENTRE,
}


def is_of_point(node: str, point: str) -> bool:
    """Whether `node` is a desk of the point that the node `point` belongs to: desks of one point are one counter."""
    return not is_centre(node) and node[:12] == point[:12]


def not_of_side(side: Side, name: str, node: str, point: str) -> str:
    """Why an act called `name`, which `side` may write of a case of `point`, is not `node`'s, in Chinese; "" when it
    is. Which centre it must be, `not_theirs` says."""
    if is_centre(node):
        return f"“{name}”不能由中心作出" if side is Side.DESK else ""
    if side is Side.CENTRE:
        return f"“{name}”不能由代办点作出"
    return "" if is_of_point(node, point) else f"“{name}”须由收件的代办点作出"


def is_centre(node: str) -> bool:
    """Whether `node` names a centre: desks are numbered from 01, a centre is 00."""
    return node.endswith("-00")


def is_above(node: str, other: str) -> bool:
    """Whether the centre `node` is of a division that contains the one of `other`."""
    area = division(node)
    return area != division(other) and other.startswith(area)


def division(node: str) -> str:
    """The code of the division that a centre serves: 15, 1525, 152523."""
    code = node[:6]
    while code.endswith("00"):
        code = code[:-2]
    return code


def not_theirs(centres: Collection[str], node: str) -> str:
    """Why a centre `node` may not act on a case that came to `centres`, in Chinese; "" when it may, for a desk, and
    where the case has not come to any centre yet."""
    if not is_centre(node) or not centres or all(one == node for one in centres):
        return ""
    below = sorted(one for one in centres if is_above(node, one))
    if below:
        return f"这件办件由下级中心（{below[0]}）办理，上级的记录不生效"
    return "" if node in centres else "这件办件没有送到这个中心，它的记录不生效"


def refusal(centres: Collection[str], node: str) -> Refusal | None:
    """As `not_theirs`, for whoever is about to act at the centre `node`."""
    if not not_theirs(centres, node):
        return None
    return Refusal(
        "这件办件不归本中心办理，本级只能查看。", "请由收到这件办件的中心办理；要催办、要纠正的，用监督督办。"
    )


# -- in which order, and what moves nothing --------------------------------------------------------------------


def came(entry: Entry) -> bool:
    """Whether with this entry a centre has the case."""
    return entry.kind == "case.arrived" and is_centre(entry.node)


def _order(entry: Entry) -> tuple[int, int, str, int]:
    return (entry.rank, 0 if is_centre(entry.node) else 1, entry.node, entry.seq)


def in_order(entries: Iterable[Entry]) -> tuple[list[Entry], dict[tuple[str, int], str]]:
    """The entries in order, each fact once; and by node and seq why some of them move nothing: the centre refused them,
    or their writer meant another case, which had the same number."""
    ordered = list(entries)
    if len(ordered) == 1 and ordered[0].kind != "entry.refused":
        return ordered, {}  # what most cases are when they come to a centre
    ordered.sort(key=_order)
    once: dict[chain.Fact, Entry] = {}
    for entry in ordered:
        once.setdefault(chain.fact(entry), entry)
    refused: dict[tuple[str, int], str] = {}
    centres = {one.node for one in once.values() if came(one)}
    for entry in once.values():
        if entry.kind == "entry.refused" and is_centre(entry.node) and not not_theirs(centres, entry.node):
            data = events.decode(entry.kind, entry.data)
            if isinstance(data, centre_events.EntryRefused):
                refused[data.node, data.seq] = data.reasons
    return list(once.values()), refused | of_another(ordered)


def of_another(entries: Iterable[Entry]) -> dict[tuple[str, int], str]:
    """By node and seq, entries of which their writer said later that they are about a case that had the same number,
    and where they stand now."""
    found: dict[tuple[str, int], str] = {}
    told = list(entries)
    for entry in (one for one in told if one.kind == "case.renumbered"):
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, centre_events.Renumbered) and data.now:
            meant = [(one.node, one.seq) for one in told if one.node == entry.node and one.seq < entry.seq]
            found |= dict.fromkeys(meant, f"写的是收件号改为 {data.now} 的那一件")
    return found


# -- among the windows of one point ------------------------------------------------------------------------------------


def window(history: Sequence[HistoryLine], first: str) -> str:
    """The desk whose window works at a case: the one that it was passed to last, else `first`, which took it in."""
    passed = last_passed(history)
    return passed.to if passed else first


def last_passed(history: Sequence[HistoryLine]) -> Passed | None:
    """How the case came to the window that has it; None where that is the one that took it in at first."""
    found = (one.of_hall for one in reversed(history) if not one.refused)
    return next((one for one in found if isinstance(one, Passed)), None)


def lies_new(history: Sequence[HistoryLine], first: str) -> HistoryLine | None:
    """The line that passed the case to the window that has it, where nobody there did anything with it since; None
    where somebody did or took it over themselves, and for a case that lies where it was taken in."""
    for line in reversed([one for one in history if not one.refused]):
        if isinstance(line.of_hall, Passed):
            return line if line.of_hall.to not in (first, line.node) else None
        if line.kind.startswith("case.") and line.node == window(history, first):  # a paper printed moves nothing
            return None
    return None


def not_passed(told: Passed, node: str, point: str, now: str) -> str:
    """Why passing a case of `point`, which the window `now` has, is not in force when the desk `node` writes it, in
    Chinese; "" when it is. Of two that found it at the same window the first in order counts."""
    if not is_of_point(told.to, point):
        return "只能转给同一个代办点的窗口"
    if told.before != now:
        return f"当时已在{history_words.window(now)}，没有再转"
    return "" if is_of_point(node, point) else "“转给窗口”须由收件的代办点作出"
