"""What papers, pages and the flow chart say of a fact of an item: the fact, that there is none, or whom to ask.

A fact that is missing is never printed as a statement: one rule for all of them (`desk.law.catalogue.known`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desk.law import deadline
from desk.law.catalogue import known, lines
from desk.law.catalogue.item import Fee, Item, Limit, Need, Step
from desk.law.catalogue.known import Standing

# Whether a material must be brought, in the words of pages and papers for herders.
NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}
_LIMITS = ("statutory_limit", "promised_limit")


def told(item: Item, fact: str, phone: str = "") -> str:
    """What stands in a fact's place on papers and pages; never empty. `phone` is asked at where the item has none."""
    match known.standing(item, fact):
        case Standing.KNOWN:
            say = _SAID.get(fact)
            return say(item) if say else str(getattr(item, fact))
        case Standing.NONE:
            none = known.none_said(item, fact)
            return known.NONE_WORDS[fact] + (f"（依据：{none.basis}）" if none and none.basis else "")
        case Standing.UNKNOWN:
            whom = item.stated.ask if item.stated and fact in _LIMITS else ""  # the item names who knows
            return f"请咨询{whom}" if whom else known.ask(item, phone)


def step_limit(step: Step) -> str:
    """How long a step may take: what it may take, 不计入时限 and why, or that it is not known."""
    if step.limit is not None:
        return f"时限 {deadline.noted(step.limit)}"
    return f"不计入时限（{step.uncounted}）" if step.uncounted else "时限没有写明"


def _limit(limit: Limit | None) -> str:
    return deadline.noted(limit) if limit else ""


def _fee(fee: Fee) -> str:
    return " ".join(one for one in (fee.name, fee.standard) if one) + (f"（依据：{fee.basis}）" if fee.basis else "")


def _visits(item: Item) -> str:
    return f"{item.visits} 次" + (f"：{item.visits_note}" if item.visits_note else "")


_SAID: Mapping[str, Callable[[Item], str]] = {
    "legal_basis": lambda item: "；".join(map(known.cited, item.legal_basis)),
    "materials": lambda item: "、".join(one.name for one in item.materials),
    "acceptance_conditions": lambda item: "；".join(lines.conditions(item)),
    "steps": lambda item: "→".join(one.name for one in item.steps),
    "statutory_limit": lambda item: _limit(item.statutory_limit),
    "promised_limit": lambda item: _limit(item.promised_limit),
    "fees": lambda item: "；".join(map(_fee, item.fees)),
    "visits": _visits,
}
