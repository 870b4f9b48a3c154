"""A request for disclosure 依申请公开: handed to the department that has it, answered in
20 working days, 20 more once with approval (政府信息公开条例§33); the answer is one of the forms of §36."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.law import deadline
from desk.law.catalogue.item import Limit, Unit
from desk.law.holidays import HolidayTable
from desk.log.chain import Entry
from desk.log.office_events import DisclosureAsked, Said

STATES = {"asked": "待转办", "assigned": "待答复", "answered": "已答复"}
OPEN = ("asked", "assigned")
LIMIT = LONGER = Limit(20, Unit.WORKDAY)  # to answer, and once more with approval (政府信息公开条例§33)
STEPS = ("disclosure.assigned", "disclosure.answered", "disclosure.extended")
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
    extended_to: str = ""  # the last day as it was told then
    answer: str = ""
    verdict: str = ""
    answered_at: str = ""
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Disclosure | None:
    """The request that `entries` tell of."""
    request: Disclosure | None = None
    for entry, data, step in steps(entries):
        if request is None:
            if isinstance(data, DisclosureAsked):
                due = data.due.isoformat() if data.due else ""
                request = Disclosure(entry.subject, "asked", data, entry.time, due, history=(step,))
            continue
        request = msgspec.structs.replace(request, history=(*request.history, step))
        if request.state not in OPEN or not isinstance(data, Said):
            continue
        if entry.kind == "disclosure.assigned" and data.org:
            request = msgspec.structs.replace(request, state="assigned", org=data.org)
        elif entry.kind == "disclosure.extended" and data.until and not request.extended:
            until = data.until.isoformat()
            request = msgspec.structs.replace(request, extended=True, extended_to=until, due=until)
        elif entry.kind == "disclosure.answered":
            request = msgspec.structs.replace(
                request, state="answered", answer=data.text, verdict=data.verdict, answered_at=entry.time, due=""
            )
    return request


def due(day: dt.date, table: HolidayTable) -> dt.date:
    """The last day to answer a request that came on `day` (政府信息公开条例§33)."""
    return deadline.due(day, LIMIT, table).on


def later(found: Disclosure, today: dt.date, table: HolidayTable) -> dt.date:
    """The last day to answer once the time is extended: counted on from the last day that stands
    (政府信息公开条例§33)."""
    return deadline.due(dt.date.fromisoformat(found.due) if found.due else today, LONGER, table).on


def refusal(request: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a request may not be handed on, answered or extended so; None when it may. Answered in one of the ways of
    §36 and with reasons, extended once and no longer than §33 lets it."""
    assert isinstance(request, Disclosure)  # noqa: S101 - the family's own fold made it
    if asked.kind not in STEPS or request.state not in OPEN:
        return Refusal(f"现在是“{STATES[request.state]}”，不能这样办。")
    if asked.kind == "disclosure.assigned":
        return None if asked.said.org else Refusal("请选择承办部门。")
    if asked.kind == "disclosure.answered" and asked.said.verdict not in ANSWERS:
        return Refusal("请选择答复方式。")
    if asked.kind == "disclosure.extended" and request.extended:
        return Refusal("已经延长过一次，不能再延（政府信息公开条例§33）。")
    if not asked.said.text.strip():
        return Refusal("请写明情况。")
    return _too_long(request, asked) if asked.kind == "disclosure.extended" else None


def _too_long(found: Disclosure, asked: Asked) -> Refusal | None:
    until, last = asked.said.until, later(found, asked.today, asked.table)
    fits = until is not None and until <= last
    return None if fits else Refusal(f"最多延长 {deadline.words(LONGER)}，到 {last}（政府信息公开条例§33）。")


def line(request: msgspec.Struct) -> Line:
    """For lists; `kind` is the way it was answered."""
    assert isinstance(request, Disclosure)  # noqa: S101 - the family's own fold made it
    return Line(
        request.state,
        request.asked_at[:10],
        f"依申请公开 {request.asked.number}",
        request.verdict,
        request.org,
        due=request.due,
        closed_day=request.answered_at[:10],
        number=request.asked.number,
    )


FAMILY = Family(fold, line, Disclosure, STATES, refusal)
