"""What everybody may send in: complaints and suggestions, requests for disclosure; and how to follow them."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from stdnum.cn import uscc

from db.centre import case_rows, record_lists, records, rows
from db.centre.record_lists import Wanted
from desk import deadline, id_numbers
from desk.centre import guard
from desk.centre.seat import Centre, Own
from desk.centre.web.frame import PAGE, Asked, PageNumber, Typed, centre_of, page, pages, shown_time
from desk.centre.web.public_guides import fresh
from desk.errors import Problem, RefusedError
from desk.oversight import complaints, disclosure
from desk.oversight.events import ComplaintMade, DisclosureAsked
from desk.oversight.record import Step

router = APIRouter(include_in_schema=False)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE = 8  # letters of a code to follow by
_ANSWER_DAYS, _DISCLOSE_DAYS = 15, 20  # working days; the second by 政府信息公开条例§33
_LEAST = 10  # characters that tell something
_FORMS = ("电子件", "纸质件", "当面查阅")
_SORTS = {key: words for key, words in complaints.SORTS.items() if key != "rating"}


def _must_wait(request: Request, what: str) -> None:
    if request.app.state.asks[what].wait(request.client.host if request.client else ""):
        raise RefusedError("这个地址提交得太多了。", "没有提交。", "请过一会儿再来，或打电话。")


def _no_trap(website: str) -> None:
    """The field `website` is a trap for programs: nobody sees it."""
    if website.strip():
        raise RefusedError("没有提交成功。", "", "请不要用程序填表。")


def _tells(rest: object, text: str, words: str) -> None:
    """Whether `text` says anything, and the `rest` is there."""
    if not rest or len(text.strip()) < _LEAST:
        raise RefusedError(f"{words}（至少 {_LEAST} 个字）。", "没有提交。")


def _follow_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE))


def _keep(centre: Centre, prefix: str, kind: str, told: ComplaintMade | DisclosureAsked) -> str:
    """Put it into the log under the next number of the day, as TS20261124-0001: the number."""
    day = centre.today().strftime("%Y%m%d")
    with centre.database.write() as db:
        number = f"{prefix}{day}-{rows.next_numbers(db, f'{prefix}{day}', 1):04d}"
        subject = f"{kind.partition('.')[0]}:{secrets.token_hex(16)}"
        centre.say_in(db, [Own("", kind, subject, msgspec.structs.replace(told, number=number), "")])
    return number


# -- complaints and suggestions ----------------------------------------------------------------------------------


@router.get("/complain")
def complain_page(request: Request, about: Asked = "") -> Response:
    """The form."""
    return _complain_form(request, {"about": about})


def _complain_form(request: Request, typed: dict[str, str], told: str = "", status: int = 200) -> Response:
    return page(request, "public/complain.html", status, sorts=_SORTS, typed=typed, told=told, days=_ANSWER_DAYS)


@router.post("/complain")
def complain(
    request: Request,
    sort: Typed = "",
    text: Typed = "",
    about: Typed = "",
    name: Typed = "",
    phone: Typed = "",
    website: Typed = "",
) -> Response:
    """Take a complaint or suggestion in; what was typed stays in the form when it is refused."""
    centre = centre_of(request)
    try:
        _must_wait(request, "sent")
        _no_trap(website)
        _tells(sort in _SORTS, text, "请选类别，并把事情写清楚")
        told = ComplaintMade(
            number="",
            code=_follow_code(),
            sort=sort,
            text=text.strip(),
            **_case(centre, about.strip()),
            name=name.strip()[:60],
            phone=phone.strip()[:30],
            due=deadline.working_day_after(centre.today(), _ANSWER_DAYS, centre.shelf.holidays),
        )
        number = _keep(centre, "TS", "complaint.made", told)
    except RefusedError as error:
        typed = {"sort": sort, "text": text, "about": about, "name": name, "phone": phone}
        return _complain_form(request, typed, error.sentences(), 409)
    return page(request, "public/sent.html", number=number, code=told.code, where=f"/complain/{number}", due=told.due)


def _case(centre: Centre, number: str) -> dict[str, str]:
    """Whom a complaint about the case with this number is about. Raises RefusedError for a number of no case."""
    with centre.database.read() as db:
        centre.shelf.refresh(centre, db)
        row = case_rows.one_case(db, number.replace(" ", "")) if number else None
    if number and row is None:
        raise RefusedError("没有这个收件号的办件。", "没有提交。", "请核对号码，或把号码留空。")
    if row is None:
        return {}
    return {"about": row["intake_no"], "org": row["org"], "place": row["point"][:12], "agent": row["agent"]}


@router.get("/complain/{number}")
def follow(request: Request, number: str, code: Asked = "") -> Response:
    """How far a complaint is, for whoever has its code."""
    found = _followed(request, "complaint", number, code, complaints.Complaint)
    if not isinstance(found, complaints.Complaint):
        return _not_followed(request, number, code)
    return _shown(request, number, complaints.STATES[found.state], found.answer, found.due, found.history)


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


def _disclosure_form(request: Request, typed: dict[str, str], told: str = "", status: int = 200) -> Response:
    facts = {"forms": _FORMS, "grounds": disclosure.ANSWERS, "days": _DISCLOSE_DAYS}
    return page(request, "public/disclosure.html", status, typed=typed, told=told, **facts)


@router.post("/disclosure")
def ask_disclosure(
    request: Request,
    name: Typed = "",
    id_number: Typed = "",
    phone: Typed = "",
    text: Typed = "",
    form: Typed = "",
    website: Typed = "",
) -> Response:
    """Take a request in (政府信息公开条例§29: name and identity, what is asked for, in which form)."""
    centre = centre_of(request)
    try:
        _must_wait(request, "sent")
        _no_trap(website)
        _tells(name.strip() and phone.strip(), text, "请填写姓名、联系电话，并写明要公开的信息")
        told = DisclosureAsked(
            number="",
            code=_follow_code(),
            name=name.strip()[:60],
            id_number=_identity(centre, id_number),
            phone=phone.strip()[:30],
            text=text.strip(),
            form=form if form in _FORMS else _FORMS[0],
            due=_disclosed_by(centre),
        )
        number = _keep(centre, "SQ", "disclosure.asked", told)
    except RefusedError as error:
        typed = {"name": name, "id_number": id_number, "phone": phone, "text": text, "form": form}
        return _disclosure_form(request, typed, error.sentences(), 409)
    return page(request, "public/sent.html", number=number, code=told.code, where=f"/disclosure/{number}", due=told.due)


def _disclosed_by(centre: Centre) -> dt.date:
    with centre.database.read() as db:
        centre.shelf.refresh(centre, db)
    return deadline.working_day_after(centre.today(), _DISCLOSE_DAYS, centre.shelf.holidays)


def _identity(centre: Centre, typed: str) -> str:
    """A person's identity number, or an organisation's 统一社会信用代码 (GB 32100): both may ask (条例§27)."""
    number = id_numbers.tidy(typed)
    wrong = id_numbers.facts(id_numbers.RESIDENT, number, centre.today())
    if isinstance(wrong, Problem) and not uscc.is_valid(number):
        raise RefusedError("身份证号码或统一社会信用代码不对，请核对。", "没有提交。")
    return number


@router.get("/disclosure/{number}")
def follow_disclosure(request: Request, number: str, code: Asked = "") -> Response:
    """How far a request is, for whoever has its code."""
    found = _followed(request, "disclosure", number, code, disclosure.Disclosure)
    if not isinstance(found, disclosure.Disclosure):
        return _not_followed(request, number, code)
    answer = "：".join(one for one in (disclosure.ANSWERS.get(found.verdict, ""), found.answer) if one)
    return _shown(request, number, disclosure.STATES[found.state], answer, found.due, found.history)


# -- following ---------------------------------------------------------------------------------------------------


def _followed(
    request: Request, family: str, number: str, code: str, shape: type[msgspec.Struct]
) -> msgspec.Struct | None:
    """The record with this number when the code is its own; one answer for every other case."""
    if not code:
        return None
    _must_wait(request, "followed")
    with centre_of(request).database.read() as db:
        kept = records.one_record(db, family, number)
    found = msgspec.json.decode(kept["data"], type=shape) if kept else None
    first = getattr(found, "made", None) or getattr(found, "asked", None)
    expected = str(getattr(first, "code", ""))
    right = guard.same(expected, code.strip().upper()) and bool(expected)
    return found if found is not None and right else None


def _not_followed(request: Request, number: str, code: str) -> Response:
    return page(request, "public/follow.html", number=number, is_wrong=bool(code), state="")


def _shown(request: Request, number: str, state: str, answer: str, due: str, history: tuple[Step, ...]) -> Response:
    steps = [{"name": one.name, "time": shown_time(one.time)} for one in history]
    facts: dict[str, Any] = {"state": state, "answer": answer, "due": due, "steps": steps}
    return page(request, "public/follow.html", number=number, is_wrong=False, **facts)
