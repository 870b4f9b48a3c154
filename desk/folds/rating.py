"""好差评: when a case may be rated, at the counter or later by its receipt. Once each (GB/T 39734-2020 一事一评)."""

from __future__ import annotations

from desk.folds import whose
from desk.folds.case import Case, State
from desk.folds.refusal import Refusal

# The organ is done with it.
_RATABLE = frozenset(
    {
        State.GRANTED,
        State.REFUSED,
        State.CERTIFYING,
        State.RETURNING,
        State.AT_POINT,
        State.SERVED,
        State.CONCLUDED,
        State.ARCHIVED,
        State.NOT_ACCEPTED,
        State.RETURNED,
    }
)


def refusal(case: Case, node: str = "") -> Refusal | None:
    """Why a case is not to be rated now; None when it is. `node`: the centre where somebody rates it later, which must
    be the one that handles it."""
    if whose.not_theirs(case.centres, node):
        return Refusal("这件办件由旗县中心办理。", "请在办理它的中心的网页上评价。")
    if case.rated is not None:
        return Refusal("这件办件已经评价过，一件只评一次。", "原来的评价没有改动。")
    return None if case.state in _RATABLE else Refusal("这件办件还没有办完，办完以后再评价。")
