"""A request for disclosure 依申请公开 (政府信息公开条例2019): handed to the department that has it, answered in
20 working days, 20 more once with approval (§33); the answer is one of the forms of §36."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office.office_record import Family, Line, Step, steps
from desk.log.chain import Entry
from desk.log.office_events import DisclosureAsked, Said

STATES = {"asked": "待转办", "assigned": "待答复", "answered": "已答复"}
OPEN = ("asked", "assigned")
# The ways to answer: §36 of the regulation.
ANSWERS = {
    "open": "予以公开",
    "where": "已主动公开，告知获取方式",
    "no": "不予公开",
    "none": "没有检索到",
    "elsewhere": "不属本机关负责",
    "again": "重复申请，不再处理",
    "enquiry": "属于咨询、信访，告知办理渠道",
}


class Disclosure(msgspec.Struct, frozen=True):
    """A request as its entries tell it."""

    id: str
    state: str
    asked: DisclosureAsked
    asked_at: str
    due: str
    org: str = ""  # that answers it; "" until it is handed on
    extended: bool = False
    answer: str = ""
    verdict: str = ""
    answered_at: str = ""
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Disclosure | None:
    """The request that `entries` tell of."""
    found: Disclosure | None = None
    for entry, data, step in steps(entries):
        if found is None:
            if isinstance(data, DisclosureAsked):
                due = data.due.isoformat() if data.due else ""
                found = Disclosure(entry.subject, "asked", data, entry.time, due, history=(step,))
            continue
        found = msgspec.structs.replace(found, history=(*found.history, step))
        if found.state not in OPEN or not isinstance(data, Said):
            continue
        if entry.kind == "disclosure.assigned" and data.org:
            found = msgspec.structs.replace(found, state="assigned", org=data.org)
        elif entry.kind == "disclosure.extended" and data.until and not found.extended:
            found = msgspec.structs.replace(found, extended=True, due=data.until.isoformat())
        elif entry.kind == "disclosure.answered":
            found = msgspec.structs.replace(
                found, state="answered", answer=data.text, verdict=data.verdict, answered_at=entry.time, due=""
            )
    return found


def line(found: msgspec.Struct) -> Line:
    """For lists; `kind` is the way it was answered."""
    assert isinstance(found, Disclosure)  # noqa: S101 - the family's own fold made it
    return Line(
        found.state,
        found.asked_at[:10],
        f"依申请公开 {found.asked.number}",
        found.verdict,
        found.org,
        due=found.due,
        closed_day=found.answered_at[:10],
        number=found.asked.number,
    )


FAMILY = Family(fold, line, Disclosure, STATES)
