"""What everybody may send in: complaints and suggestions, requests for disclosure; and how to follow them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre import records
from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.watch import asking
from desk.centre.web.frame import PAGE, Asked, PageNumber, Typed, asker, centre_of, page, pages
from desk.centre.web.public_guides import fresh
from desk.errors import Problem, RefusedError
from desk.folds.office import complaints, disclosure
from desk.folds.office.office_record import Step
from desk.law import deadline, id_numbers
from desk.log.office_events import DisclosureAsked

router = APIRouter(include_in_schema=False)
_FAMILIES: dict[str, type[complaints.Complaint | disclosure.Disclosure]] = {
    "complaint": complaints.Complaint,
    "disclosure": disclosure.Disclosure,
}
_FORMS = ("电子件", "纸质件", "当面查阅")


def must_wait(request: Request, what: str) -> None:
    """Raises RefusedError where this address sent too much of late."""
    if request.app.state.asks[what].wait(asker(request)):
        raise RefusedError("这个地址提交得太多了。", "没有提交。", "请过一会儿再来，或打电话。")


def no_trap(website: str) -> None:
    """The field `website` is a trap for programs: nobody sees it."""
    if website.strip():
        raise RefusedError("没有提交成功。", "", "请不要用程序填表。")


# -- complaints and suggestions ----------------------------------------------------------------------------------


@router.get("/complain")
def complain_page(request: Request, about: Asked = "") -> Response:
    """The form."""
    return _complain_form(request, {"about": about})


def _complain_form(request: Request, typed: dict[str, str], message: str = "", status: int = 200) -> Response:
    return page(
        request,
        "public/complain.html",
        status,
        sorts=asking.SORTS,
        typed=typed,
        once=typed.get("once") or asking.form_mark(),
        message=message,
        days=asking.ANSWER_DAYS,
    )


@router.post("/complain")
def complain(
    request: Request,
    sort: Typed = "",
    text: Typed = "",
    about: Typed = "",
    name: Typed = "",
    phone: Typed = "",
    website: Typed = "",
    once: Typed = "",
) -> Response:
    """Take a complaint or suggestion in; what was typed stays in the form when it is refused."""
    try:
        must_wait(request, "sent")
        no_trap(website)
        made = asking.complain(centre_of(request), asking.Statement(sort, text, about, name, phone, once=once))
    except RefusedError as error:
        typed = {"sort": sort, "text": text, "about": about, "name": name, "phone": phone, "once": once}
        return _complain_form(request, typed, error.sentences(), 409)
    return page(request, "public/sent.html", number=made.number, code=made.code, due=made.due)


@router.get("/answers")
def answers(request: Request, at: PageNumber = 1) -> Response:
    """Answers that were published."""
    with centre_of(request).database.read() as db:
        found = records.record_data(db, "complaint", (at - 1) * PAGE, PAGE, score=1)
        count = record_lists.count(db, Wanted("complaint", score=1))
    lines = []
    for row in found:
        one = msgspec.json.decode(row["data"], type=complaints.Complaint)
        sort = complaints.SORTS.get(one.made.sort, "")
        lines.append({"number": row["number"], "sort": sort, "day": row["day"], "text": one.published})
    return fresh(page(request, "public/answers.html", lines=lines, at=at, pages=pages(count)))


# -- disclosure on application -----------------------------------------------------------------------------------


@router.get("/disclosure")
def disclosure_page(request: Request) -> Response:
    """The form of a request for disclosure."""
    return _disclosure_form(request, {})


def _disclosure_form(request: Request, typed: dict[str, str], message: str = "", status: int = 200) -> Response:
    typed = {"once": asking.form_mark()} | typed
    facts = {"forms": _FORMS, "grounds": disclosure.ANSWERS, "days": deadline.words(disclosure.LIMIT)}
    longer = deadline.words(disclosure.LONGER)
    return page(request, "public/disclosure.html", status, typed=typed, message=message, longer=longer, **facts)


@router.post("/disclosure")
def ask_disclosure(
    request: Request,
    name: Typed = "",
    id_number: Typed = "",
    phone: Typed = "",
    text: Typed = "",
    form: Typed = "",
    website: Typed = "",
    once: Typed = "",
) -> Response:
    """Take a request in (政府信息公开条例§29: name and identity, what is asked for, in which form)."""
    centre = centre_of(request)
    try:
        must_wait(request, "sent")
        no_trap(website)
        asking.must_tell(name.strip() and phone.strip(), text, "请填写姓名、联系电话，并写明要公开的信息")
        request_made = DisclosureAsked(
            number="",
            code=asking.follow_code(),
            name=name.strip()[:60],
            id_number=_identity(centre, id_number),
            phone=phone.strip()[:30],
            text=text.strip(),
            form=form if form in _FORMS else _FORMS[0],
            due=_disclosed_by(centre),
        )
        kept = asking.keep(centre, "SQ", "disclosure.asked", request_made, once=once)
    except RefusedError as error:
        typed = {"name": name, "id_number": id_number, "phone": phone, "text": text, "form": form, "once": once}
        return _disclosure_form(request, typed, error.sentences(), 409)
    return page(request, "public/sent.html", number=kept.number, code=kept.code, due=kept.due)


def _disclosed_by(centre: Centre) -> dt.date:
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    return disclosure.due(centre.today(), centre.publications.holidays)


def _identity(centre: Centre, typed: str) -> str:
    """A person's identity number, or an organisation's 统一社会信用代码 (GB 32100): both may ask (条例§27)."""
    number = id_numbers.tidy(typed)
    known = (id_numbers.facts(kind, number, centre.today()) for kind in (id_numbers.RESIDENT, id_numbers.ORGANISATION))
    if all(isinstance(one, Problem) for one in known):
        raise RefusedError("身份证号码或统一社会信用代码不对，请核对。", "没有提交。")
    return number


# -- following ---------------------------------------------------------------------------------------------------


@router.get("/follow")
def follow_page(request: Request, number: Asked = "") -> Response:
    """The form: number and code of a complaint or request."""
    return _follow_form(request, number)


def _follow_form(request: Request, number: str, message: str = "", status: int = 200) -> Response:
    return page(request, "public/follow.html", status, number=number, message=message, state="")


@router.post("/follow")
def follow(request: Request, number: Typed = "", code: Typed = "") -> Response:
    """How far it is, for whoever has its code; by a form, so that the code stands in no address and no log."""
    number = number.strip().upper()
    try:
        must_wait(request, "followed")
    except RefusedError:
        return _follow_form(request, number, "这个地址查得太多了，请过一会儿再来。", 429)
    match _followed(centre_of(request), number, code):
        case complaints.Complaint() as found:
            return _shown(request, number, complaints.STATES[found.state], found.answer, found.due, found.history)
        case disclosure.Disclosure() as found:
            answer = "：".join(one for one in (disclosure.ANSWERS.get(found.verdict, ""), found.answer) if one)
            return _shown(request, number, disclosure.STATES[found.state], answer, found.due, found.history)
    return _follow_form(request, number, "编号或查询码不对。", 404)


def _followed(centre: Centre, number: str, code: str) -> complaints.Complaint | disclosure.Disclosure | None:
    """The record with this number when the code is its own; one answer for every other case."""
    family = "disclosure" if number.startswith("SQ") else "complaint"
    with centre.database.read() as db:
        kept = records.one_record(db, family, number) if number else None
    if kept is None:
        return None
    found = msgspec.json.decode(kept["data"], type=_FAMILIES[family])
    expected = found.made.code if isinstance(found, complaints.Complaint) else found.asked.code
    return found if guard.same(expected, code.strip().upper()) and expected else None


def _shown(request: Request, number: str, state: str, answer: str, due: str, history: tuple[Step, ...]) -> Response:
    steps = [{"name": one.name, "time": clock.minute(one.time)} for one in history]
    facts: dict[str, Any] = {"state": state, "answer": answer, "due": due, "steps": steps}
    return page(request, "public/follow.html", number=number, message="", **facts)
