"""Avoidance 回避: whoever handled a case neither scores its file nor finds, judges or closes a fault in it."""

from __future__ import annotations

from desk.folds import case as cases
from desk.folds.refusal import Refusal

KINDS = frozenset({"lot.scored", "fault.found", "fault.judged", "fault.closed"})
WORDS = "这件是您自己经办的，应当回避。"


def handled(case: cases.Case) -> frozenset[str]:
    """The accounts that took a step of the case at a centre, whether it counted or not."""
    return frozenset(one.account for one in case.history if one.account and cases.is_centre(one.node))


def refusal(case: cases.Case, account: str) -> Refusal | None:
    """Why `account` may not review this file; None when it may."""
    return Refusal(WORDS, "请由别的评查员办理。") if account in handled(case) else None
