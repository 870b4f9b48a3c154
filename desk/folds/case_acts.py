"""What the law asks of a centre's move besides the state that it is made in: reasons, days, who may approve, how often.

Pure: a case, the law that stands for it and the day go in, None or a refusal in words comes out. Who moves a case asks
here, whether a page, a command or a program; what was typed becomes what the move says in `made`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case_clocks import Law
from desk.folds.office.roster import turns
from desk.folds.refusal import Refusal
from desk.law.catalogue import cited
from desk.law.catalogue.item import Item, Moment
from desk.log import events

_MOMENTS = {
    "case.not_accepted": Moment.NOT_ACCEPTED,
    "case.supplement_asked": Moment.SUPPLEMENT,
    "case.suspended": Moment.SUSPENDED,
    "case.extended": Moment.EXTENDED,
    "case.granted": Moment.GRANTED,
    "case.refused": Moment.REFUSED,
}
_ARRIVED = "补正材料交到中心窗口："


class Standing(msgspec.Struct, frozen=True):
    """What a move is judged by: the law of the case, the day, and whether a chief 窗口首席代表 makes it."""

    law: Law
    today: dt.date
    is_chief: bool


class Said(msgspec.Struct, frozen=True):
    """What was said of a move: reasons or list, document number, day, who approved, code of a band, basis; of a special
    procedure which one, of what is not accepted here whose matter it is."""

    reasons: str = ""
    document_no: str = ""
    until: dt.date | None = None
    approved: str = ""
    band: str = ""
    basis: str = ""
    procedure: str = ""
    competent: str = ""


class By(msgspec.Struct, frozen=True):
    """Who makes a move: name, department, and the centre's name; `remedy` how it is contested, with the names of this
    place, where it can be."""

    officer: str
    org: str
    centre: str
    remedy: str = ""


# -- what a move says --------------------------------------------------------------------------------------------


def made(kind: str, case: cases.Case, law: Law, said: Said, by: By) -> events.Data:
    """The data of a move of this kind out of what was said; `refusal` judges it."""
    match kind:
        case "case.arrived":
            return _brought(case, said, by)
        case "case.accepted":
            return events.Accepted(by.officer, by.org, said.document_no)
        case "case.not_accepted":
            number, basis = said.document_no, _basis(kind, law, said)
            return events.NotAccepted(by.officer, by.org, said.reasons, by.remedy, number, basis, said.competent)
        case "case.supplement_asked":
            return _supplement(case, law, said, by)
        case "case.served":
            recipient = said.reasons or case.collected.applicant.name
            return events.Served(by.officer, by.org, recipient=recipient, how="窗口领取")
        case _:
            return _act(kind, law, said, by)


def _basis(kind: str, law: Law, said: Said) -> str:
    """What was given as the basis; else the articles by which the item's own regime and kind make such a move out, ""
    where no law speaks of it."""
    moment = Moment.ELSEWHERE if said.competent else _MOMENTS.get(kind)
    found = cited.by(moment, law.item, law.regime) if moment else ()
    return said.basis or "，".join(f"{one.law}{one.article}" for one in found)


def _act(kind: str, law: Law, said: Said, by: By) -> events.Act:
    """Any other move."""
    basis, band = _basis(kind, law, said), bands(law.item).get(said.band, said.band)
    act = events.Act(by.officer, by.org, said.reasons, basis, said.document_no, said.until, said.approved, band)
    return msgspec.structs.replace(act, procedure=said.procedure)


def _brought(case: cases.Case, said: Said, by: By) -> events.Arrived:
    """What was asked for came to the centre's own window: the law's clock begins now, as if a desk had sent it."""
    brought = "、".join(_lines(said.reasons))
    return events.Arrived(case.case_no, by.centre, "window", note=_ARRIVED + brought if brought else "")


def _supplement(case: cases.Case, law: Law, said: Said, by: By) -> events.SupplementAsked:
    """All that is missing, once (行政许可法§32(四)); a second one carries the name of who let it be asked."""
    basis, approved = _basis("case.supplement_asked", law, said), by.officer if case_clocks.supplements(case) else ""
    return events.SupplementAsked(
        by.officer, by.org, _lines(said.reasons), said.until, basis, said.document_no, approved
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def bands(item: Item | None) -> dict[str, str]:
    """The bands of discretion of an item by code, each as a decision keeps it: code and name (S4)."""
    return {one.code: f"{one.code} {one.name}" for one in item.bands} if item else {}


# -- whether it may be made --------------------------------------------------------------------------------------


def refusal(case: cases.Case, kind: str, data: events.Data, standing: Standing) -> Refusal | None:
    """Why a centre may not move `case` by `kind`, saying `data`; None when it may (行政许可法 chapter 4)."""
    for rule in _RULES.get(kind, ()):
        found = rule(case, data, standing)
        if found is not None:
            return found
    if kind not in cases.allowed(case.state, cases.Side.CENTRE):
        return Refusal(f"当前状态“{cases.STATE_NAMES[case.state]}”不能这样办。")
    return None


def _reasons(_case: cases.Case, data: events.Data, _standing: Standing) -> Refusal | None:
    """Reasons are told in writing, all that is missing in one list (行政许可法§32, §38, §42)."""
    match data:
        case events.SupplementAsked(missing=said) | events.Arrived(note=said):
            pass
        case _:
            said = str(getattr(data, "reasons", "")).strip()
    return None if said else Refusal("请写明理由或要补的材料。")


def _awaited(case: cases.Case, _data: events.Data, _standing: Standing) -> Refusal | None:
    """A supplement comes to the window only where one was asked for."""
    is_asked = case.state is cases.State.SUPPLEMENT_ASKED
    return None if is_asked else Refusal("这件办件没有在等补正。")


def _has_end(_case: cases.Case, data: events.Data, _standing: Standing) -> Refusal | None:
    """How long a special procedure takes is told to the applicant (行政许可法§45)."""
    return None if getattr(data, "until", None) else Refusal("请填写特别程序到哪一天为止。")


def _ahead(_case: cases.Case, data: events.Data, standing: Standing) -> Refusal | None:
    """No last day lies in the past."""
    until = getattr(data, "until", None)
    return Refusal("最后一天不能在今天以前。") if until is not None and until < standing.today else None


def _asked_again(case: cases.Case, data: events.Data, standing: Standing) -> Refusal | None:
    """Once and completely (行政许可法§32(四)); a second time only by the chief, whose name it carries."""
    if not case_clocks.supplements(case):
        return None
    if not standing.is_chief:
        return Refusal("补正已经告知过一次，再次告知要由窗口首席代表办。")
    if not getattr(data, "approved_by", ""):
        return Refusal("再次告知补正要写明由谁同意。")
    return None


def _extension(case: cases.Case, data: events.Data, standing: Standing) -> Refusal | None:
    """By the chief, with the head's approval, once, where the law knows it, before the day is over (行政许可法§42)."""
    regime, due = standing.law.regime, case_clocks.of(case, standing.law).due
    if not standing.is_chief:
        return Refusal("延期要由窗口首席代表办。")
    if not getattr(data, "approved_by", ""):
        return Refusal("延期要经本机关负责人批准。", "请填写批准人。")
    if any(line.kind == "case.extended" and not line.refused for line in case.history):
        return Refusal("这件办件已经延期过一次，不能再延。")
    if regime is None:
        return Refusal("这个事项的时限规则还没有发布，能不能延期不知道。", "请目录编辑发布时限规则。")
    if regime.extension is None:
        return Refusal("这个事项所用的时限规则没有规定延期。")
    if due and due < standing.today.isoformat():
        return Refusal(f"法定时限 {due} 已经过了，不能再延期。", "请尽快作出决定。")
    return None


def _band(_case: cases.Case, data: events.Data, standing: Standing) -> Refusal | None:
    """A decision names one of the item's bands of discretion where it has some, and none where it has none (S4)."""
    band, known = getattr(data, "band", ""), bands(standing.law.item)
    if band and band not in known.values():
        return Refusal("这个事项没有这一档裁量标准。")
    return Refusal("请选裁量档次。") if known and not band else None


def _still_here(key: str) -> _Rule:
    """What was decided is taken back only as long as no paper of it is out; what is in force is not
    changed at will (行政许可法§8, §69)."""

    def rule(case: cases.Case, _data: events.Data, _standing: Standing) -> Refusal | None:
        out = turns.papers_out(case).get(key)
        if out is None:
            return None
        return Refusal(f"《{out.title}》已经出具，不能再收回。", "确有错误的，依法另行撤销、变更，重新送达。")

    return rule


_Rule = Callable[[cases.Case, events.Data, Standing], Refusal | None]
_RULES: dict[str, tuple[_Rule, ...]] = {
    "case.not_accepted": (_reasons,),
    "case.supplement_asked": (_reasons, _ahead, _asked_again),
    "case.arrived": (_reasons, _awaited),
    "case.suspended": (_reasons, _has_end, _ahead),
    "case.extended": (_reasons, _extension),
    "case.granted": (_band,),
    "case.refused": (_reasons, _band),
    "case.withdrawn": (_reasons,),
    "case.returned": (_reasons,),
    "case.voided": (_reasons,),
    "case.taken_back": (_reasons, _still_here("decided")),
    "case.unaccepted": (_reasons, _still_here("accepted")),
}
