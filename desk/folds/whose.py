"""Whose case it is. Among desks: those of the point that took it in. Among centres: the one that it was sent to moves
it; a level above looks on, and what it writes of the case is not in force, at any node; neither is what a centre writes
that the case never came to."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from desk.folds.refusal import Refusal


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
    if not is_centre(node) or not centres:
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
