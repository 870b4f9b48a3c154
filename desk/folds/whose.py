"""Whose case it is among centres: the one that it was sent to moves it. A level above looks on, and what it writes of
the case is not in force, at any node; neither is what a centre writes that the case never came to."""

from __future__ import annotations

from collections.abc import Collection

from desk.folds.refusal import Refusal


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
