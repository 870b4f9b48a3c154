"""What everybody may send in: complaints and suggestions, requests for disclosure; and how to follow them."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre import records
from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.watch import asking
from desk.centre.web import following, public_disclosure
from desk.centre.web.frame import PAGE, Asked, PageNumber, Typed, centre_of, page, pages
from desk.centre.web.public_guides import fresh
from desk.errors import RefusedError
from desk.folds.office import complaints, disclosure
from desk.folds.office.office_record import Step

router = APIRouter(include_in_schema=False)


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
        days=asking.days_words(),
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
        following.must_wait(request, "sent")
        following.no_trap(website)
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
        following.must_wait(request, "followed")
    except RefusedError:
        return _follow_form(request, number, "这个地址查得太多了，请过一会儿再来。", 429)
    match following.followed(centre_of(request), number, code):
        case complaints.Complaint() as found:
            return _shown(request, number, complaints.STATES[found.state], found.answer, found.due, found.history)
        case disclosure.Disclosure() as found:
            return public_disclosure.shown(request, found)
    return _follow_form(request, number, "编号或查询码不对。", 404)


def _shown(request: Request, number: str, state: str, answer: str, due: str, history: tuple[Step, ...]) -> Response:
    steps = [{"name": one.name, "time": clock.minute(one.time)} for one in history]
    facts: dict[str, Any] = {"state": state, "answer": answer, "due": due, "steps": steps}
    return page(request, "public/follow.html", number=number, message="", **facts)
