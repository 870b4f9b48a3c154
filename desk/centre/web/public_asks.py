"""What everybody may send in: complaints and suggestions, requests for disclosure; and how to follow them."""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre import case_rows, records, rows
from desk import clock, deadline, id_numbers
from desk.centre import guard
from desk.centre.seat import Centre, Own
from desk.centre.web.frame import PAGE, Asked, PageNumber, Typed, centre_of, page, shown_time, today
from desk.errors import Problem, RefusedError
from desk.oversight import complaints, disclosure
from desk.oversight.events import ComplaintMade, DisclosureAsked

router = APIRouter(include_in_schema=False)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_ANSWER_DAYS, _DISCLOSE_DAYS = 15, 20  # working days; the second by 政府信息公开条例§33
_LEAST = 10  # characters that tell something


def _must_wait(request: Request, what: str) -> None:
    if request.app.state.limits[what].wait(request.client.host if request.client else ""):
        raise RefusedError("这个地址提交得太多了。", "没有提交。", "请过一会儿再来，或打电话。")


def _numbered(centre: Centre, prefix: str) -> tuple[str, str]:
    """The next number of the day, as TS20261124-0001, and a code to follow it by."""
    day = today(centre).strftime("%Y%m%d")
    with centre.database.write() as db:
        serial = rows.next_numbers(db, f"{prefix}{day}", 1)
    return f"{prefix}{day}-{serial:04d}", "".join(secrets.choice(_ALPHABET) for _ in range(8))


@router.get("/complain")
def complain_page(request: Request, about: Asked = "") -> Response:
    """The form."""
    sorts = [(key, words) for key, words in complaints.SORTS.items() if key != "rating"]
    return page(request, "public/complain.html", sorts=sorts, about=about)


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
    """Take a complaint or suggestion in. `website` is a trap for programs: nobody sees the field."""
    _must_wait(request, "sent")
    if sort not in complaints.SORTS or sort == "rating" or len(text.strip()) < _LEAST:
        raise RefusedError(f"请选类别，并把事情写清楚（至少 {_LEAST} 个字）。", "没有提交。")
    if website.strip():
        raise RefusedError("没有提交成功。")
    centre = centre_of(request)
    case = _named(centre, about.strip())
    number, code = _numbered(centre, "TS")
    told = ComplaintMade(
        number,
        code,
        sort,
        text.strip(),
        case.get("intake_no", ""),
        case.get("org", ""),
        case.get("point", "")[:12],
        case.get("agent", ""),
        name.strip()[:60],
        phone.strip()[:30],
        deadline.working_day_after(today(centre), _ANSWER_DAYS, centre.shelf.holidays),
    )
    _say(centre, Own("", "complaint.made", f"complaint:{secrets.token_hex(16)}", told, ""))
    return page(request, "public/sent.html", number=number, code=code, where=f"/complain/{number}", due=told.due)


def _say(centre: Centre, own: Own) -> None:
    with centre.database.write() as db:
        centre.say_in(db, [own])


def _named(centre: Centre, number: str) -> dict[str, str]:
    if not number:
        return {}
    with centre.database.read() as db:
        row = case_rows.one_case(db, number.replace(" ", ""))
    if row is None:
        raise RefusedError("没有这个收件号的办件。", "没有提交。", "请核对号码，或把号码留空。")
    return {key: str(row[key]) for key in ("intake_no", "org", "point", "agent")}


@router.get("/complain/{number}")
def follow(request: Request, number: str, code: Asked = "") -> Response:
    """How far a complaint is, for whoever has its code."""
    found = _followed(request, "complaint", number, code, complaints.Complaint)
    facts: dict[str, Any] = {"state": "", "answer": "", "steps": (), "due": ""}
    if isinstance(found, complaints.Complaint):
        facts = {
            "state": complaints.STATES[found.state],
            "answer": found.answer,
            "due": found.due,
            "steps": [{"name": one.name, "time": shown_time(one.time)} for one in found.history],
        }
    return page(request, "public/follow.html", number=number, asked=bool(code), found=found, **facts)


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
    right = guard.same(str(getattr(first, "code", "")), code.strip().upper())
    return found if found is not None and right else None


@router.get("/answers")
def answers(request: Request, at: PageNumber = 1) -> Response:
    """Answers that were published."""
    with centre_of(request).database.read() as db:
        found = records.record_data(db, "complaint", PAGE * at, score=1)[(at - 1) * PAGE :]
    lines = []
    for row in found:
        one = msgspec.json.decode(row["data"], type=complaints.Complaint)
        lines.append(
            {
                "number": row["number"],
                "sort": complaints.SORTS.get(one.made.sort, ""),
                "day": row["day"],
                "text": one.published,
            }
        )
    answer = page(request, "public/answers.html", lines=lines)
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


@router.get("/disclosure")
def disclosure_page(request: Request) -> Response:
    """The form of a request for disclosure."""
    return page(request, "public/disclosure.html", grounds=disclosure.ANSWERS)


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
    _must_wait(request, "sent")
    centre = centre_of(request)
    number_told = id_numbers.tidy(id_number)
    if not name.strip() or len(text.strip()) < _LEAST or not phone.strip():
        raise RefusedError("请填写姓名、联系电话，并写明要公开的信息。", "没有提交。")
    if isinstance(id_numbers.facts("111", number_told, today(centre)), Problem):
        raise RefusedError("证件号码不对，请核对。", "没有提交。")
    if website.strip():
        raise RefusedError("没有提交成功。")
    number, code = _numbered(centre, "SQ")
    due = deadline.working_day_after(clock.day(centre.now()), _DISCLOSE_DAYS, centre.shelf.holidays)
    told = DisclosureAsked(
        number, code, name.strip()[:60], number_told, phone.strip()[:30], text.strip(), form.strip()[:40], due
    )
    _say(centre, Own("", "disclosure.asked", f"disclosure:{secrets.token_hex(16)}", told, ""))
    return page(request, "public/sent.html", number=number, code=code, where=f"/disclosure/{number}", due=due)


@router.get("/disclosure/{number}")
def follow_disclosure(request: Request, number: str, code: Asked = "") -> Response:
    """How far a request is, for whoever has its code."""
    found = _followed(request, "disclosure", number, code, disclosure.Disclosure)
    facts: dict[str, Any] = {"state": "", "answer": "", "steps": (), "due": ""}
    if isinstance(found, disclosure.Disclosure):
        answer = "：".join(one for one in (disclosure.ANSWERS.get(found.verdict, ""), found.answer) if one)
        facts = {
            "state": disclosure.STATES[found.state],
            "answer": answer,
            "due": found.due,
            "steps": [{"name": one.name, "time": shown_time(one.time)} for one in found.history],
        }
    return page(request, "public/follow.html", number=number, asked=bool(code), found=found, **facts)
