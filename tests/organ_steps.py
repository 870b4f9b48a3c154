"""A case of each regime after each act of its organ, and the papers that tell of them."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.folds import organ_papers, organs
from desk.folds.case import MOVES, Case, HistoryLine, State
from desk.folds.case_clocks import Law
from desk.law import holidays
from desk.law.bodies.register import Register
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Regime
from desk.log import events
from desk.printing.document import Document
from desk.printing.facts import OfficeFacts
from desk.printing.organ import papers
from desk.printing.organ.matter import Matter

CENTRE = "152523000000-00"
NUMBER = "152523202202012611240012"
OFFICE = OfficeFacts("乌日尼勒图嘎查便民代办点", "洪格尔苏木", "苏尼特左旗", "苏尼特左旗政务服务中心", "0479-0000000")
PRINTED = "2026-12-01 09:30 乌兰 打印"
REGIMES: dict[str, Regime] = {one.code: one for one in load.seed().regimes}
ITEMS: dict[str, Item] = {code: next(one for one in load.seed().items if one.regime == code) for code in REGIMES}
WHY = "材料之间不一致"
ACTS: dict[str, tuple[str, events.Data]] = {
    "accepted": ("case.accepted", events.Accepted("乌兰", "", "文受1号")),
    "supplement": (
        "case.supplement_asked",
        events.SupplementAsked(
            "乌兰", "", ("户口簿",), dt.date(2026, 12, 20), "再次告知，已记入监察", "文补1号", "巴图"
        ),
    ),
    "not-accepted": ("case.not_accepted", events.NotAccepted("乌兰", "", WHY, document_no="文不受1号")),
    "elsewhere": (
        "case.not_accepted",
        events.NotAccepted("乌兰", "", WHY, document_no="文不受2号", competent="苏尼特左旗水利局"),
    ),
    "extended": ("case.extended", events.Act("乌兰", "", WHY, "", "文延1号", approved_by="巴图副局长")),
    "suspended": (
        "case.suspended",
        events.Act("乌兰", "", WHY, "", "文特1号", dt.date(2026, 12, 18), procedure="专家评审"),
    ),
    "granted": ("case.granted", events.Act("乌兰", "", "", "", "文准1号")),
    "refused": ("case.refused", events.Act("乌兰", "", WHY, "", "文驳1号")),
}
_KEYS = {"elsewhere": "not-accepted", "granted": "decided", "refused": "decided"}
_FIELDS = {
    "accepted": "accepted", "supplement": "supplement", "not-accepted": "turned_away", "elsewhere": "turned_away",
    "extended": "extension", "suspended": "suspended", "granted": "decision", "refused": "decision",
}  # fmt: skip


def case(item: Item, act: str) -> Case:
    """A case of `item` that came on 25 November 2026 and was acted on on the 30th, a Monday."""
    person = events.Person("阿拉坦其其格", "111", "152523195603020027", "13900000001")
    ref = events.ItemRef(item.task_code, item.item_name, item.version, "试", item.org_name, item.regime)
    held = (events.TakenMaterial("form", "申请书", 1), events.TakenMaterial("book", "户口簿", copies=1))
    taken = events.Collected(ref, "p", person, held, "苏和", "152523202202")
    kind, data = ACTS[act]
    before = (
        () if kind in ("case.accepted", "case.not_accepted", "case.supplement_asked") else (_line("case.accepted"),)
    )
    told = _line(kind, str(getattr(data, "reasons", "")), str(getattr(data, "document_no", "")))
    made = Case(
        NUMBER, MOVES[kind].target, taken, "2026-11-24T09:05:00+08:00", "152523202202-01", "1525232026112400000015",
        "2026-11-25T09:00:00+08:00", accepted_at="2026-11-25T10:00:00+08:00" if before or act == "accepted" else "",
        history=(_line("case.arrived"), *before, told),
    )  # fmt: skip
    decided = told.time if made.state in (State.GRANTED, State.REFUSED) else ""
    return msgspec.structs.replace(made, decided_at=decided, **{_FIELDS[act]: data})


def _line(kind: str, note: str = "", number: str = "") -> HistoryLine:
    day = "25" if kind in ("case.arrived", "case.accepted") else "30"
    return HistoryLine(
        kind, events.name(kind), f"2026-11-{day}T10:00:00+08:00", "乌兰", CENTRE, note, document_no=number
    )


def paper(item: Item, act: str, *, is_copy: bool = False, register: Register | None = None) -> Document:
    """The paper of that act."""
    found, key = case(item, act), _KEYS.get(act, act)
    whose = organs.of_case(found, organ_papers.said_by(found, key), register or Register(), dt.date(2026, 12, 1))
    law = Law(item, REGIMES.get(item.regime), holidays.seed())
    return papers.made(key, Matter(found, law, whose, OFFICE, PRINTED, is_copy))
