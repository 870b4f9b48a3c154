"""The clerk's pages: log in, the list of cases, one case, and what may be done with it. Readable without script."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from db.centre import rows
from desk import case as cases
from desk import clock, deadline, events, holidays, id_numbers, numbers, receipt_code
from desk.catalogue import load, rules
from desk.catalogue.item import Item
from desk.centre import guard, nodes
from desk.centre.seat import Centre
from desk.errors import RefusedError

PAGE = 50
_SHOWN = frozenset(("image/jpeg", "image/png", "application/pdf"))
_MOST = 2000  # characters of anything typed here

router = APIRouter(include_in_schema=False)


class LogInFirstError(Exception):
    """Nobody is logged in: the application sends the visitor to the login page."""


def _centre(request: Request) -> Centre:
    centre: Centre = request.app.state.centre
    return centre


def _page(request: Request, name: str, status: int = 200, **facts: Any) -> Response:
    templates: Jinja2Templates = request.app.state.templates
    return templates.TemplateResponse(request, name, {"centre": _centre(request).name, **facts}, status_code=status)


def _visitor(request: Request) -> guard.Visitor:
    found = guard.visitor(_centre(request), request.cookies.get(guard.COOKIE, ""))
    if found is None:
        raise LogInFirstError
    return found


Visitor = Annotated[guard.Visitor, Depends(_visitor)]
Typed = Annotated[str, Form(max_length=_MOST)]


def log_in_first(_request: Request, _error: Exception) -> Response:
    """Where a visitor without a session is sent."""
    return RedirectResponse("/login", 303)


@router.get("/")
def home() -> Response:
    """The list is the first page."""
    return RedirectResponse("/cases", 303)


@router.get("/check")
def check_page(request: Request, code: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Anyone may hold a receipt under our lamp: genuine or not, and how far its case is; no name, no number."""
    verdict, state = None, ""
    if code.strip():
        centre = _centre(request)
        verdict = receipt_code.judge(code, lambda node: nodes.all_keys(centre, node))
        found = centre.case(verdict.intake_no) if verdict.genuine else None
        state = cases.STATE_NAMES[found[0].state] if found else ""
    return _page(request, "check.html", code=code.strip(), verdict=verdict, state=state)


@router.get("/login")
def login_page(request: Request) -> Response:
    """The login form."""
    return _page(request, "login.html", wrong="")


@router.post("/login")
def login(request: Request, account: Typed, password: Typed) -> Response:
    """Log in."""
    try:
        token = guard.log_in(_centre(request), account.strip(), password)
    except RefusedError as error:
        return _page(request, "login.html", 403, wrong=error.happened)
    answer = RedirectResponse("/cases", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(guard.COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/logout")
def logout(request: Request, visitor: Visitor, csrf: Typed) -> Response:
    """Log out."""
    if guard.same(csrf, visitor.csrf):
        guard.log_out(_centre(request), request.cookies.get(guard.COOKIE, ""))
    return RedirectResponse("/login", 303)


@router.get("/cases")
def case_list(
    request: Request,
    visitor: Visitor,
    text: Annotated[str, Query(max_length=100)] = "",
    state: Annotated[str, Query(max_length=30)] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The list of cases, last arrived first."""
    asked = text.strip().replace(" ", "") if text.replace(" ", "").isdigit() else text.strip()
    with _centre(request).database.read() as db:
        found = rows.case_page(db, asked, state, (page - 1) * PAGE, PAGE)
        count = rows.case_count(db, asked, state)
        counts = rows.state_counts(db)
    states = [(one.value, cases.STATE_NAMES[one], counts.get(one.value, 0)) for one in cases.State]
    return _page(
        request,
        "cases.html",
        visitor=visitor,
        rows=[_listed(row) for row in found],
        count=count,
        states=[one for one in states if one[2]],
        text=text,
        state=state,
        page=page,
        pages=max(1, -(-count // PAGE)),
        query=lambda number: urlencode({"text": text, "state": state, "page": number}),
    )


def _listed(row: rows.Row) -> dict[str, Any]:
    return {
        **row,
        "number": numbers.grouped(row["intake_no"]),
        "state_name": cases.STATE_NAMES[cases.State(row["state"])],
        "arrived": row["arrived_at"][:16].replace("T", " "),
    }


@router.get("/cases/{intake_no}")
def case_page(request: Request, visitor: Visitor, intake_no: str) -> Response:
    """One case."""
    return _case(request, visitor, intake_no, "")


def _case(request: Request, visitor: guard.Visitor, intake_no: str, told: str, status: int = 200) -> Response:
    centre = _centre(request)
    found = centre.case(intake_no)
    if found is None:
        return _page(request, "told.html", 404, visitor=visitor, told="没有这件办件，请核对收件号。")
    case, seen = found
    person = case.collected.applicant
    return _page(
        request,
        "case.html",
        status,
        visitor=visitor,
        case=case,
        seen=seen,
        told=told,
        number=numbers.grouped(intake_no),
        state_name=cases.STATE_NAMES[case.state],
        id_masked=id_numbers.masked(person.id_number),
        phone_masked=id_numbers.masked_phone(person.phone),
        may=cases.allowed(case.state, cases.Side.CENTRE),
        clocks=_clocks(centre, case),
        arrived=_arrived(centre, case),
        fields=rules.filled(_item(case), case.collected.fields),
        history=[_history(line) for line in reversed(case.history)],
    )


def _arrived(centre: Centre, case: cases.Case) -> set[str]:
    """The hashes of those of its pictures that are here whole."""
    named = [ref.sha256 for one in case.materials for ref in one.files]
    with centre.database.read() as db:
        there = {sha256 for sha256, have in rows.file_state(db, named).items() if have == -1}
    if missing := [one for one in named if one not in there]:
        with centre.database.write() as db:
            rows.want(db, missing, centre.now())  # the desk sends first what somebody waits for
    return there


def _history(line: cases.HistoryLine) -> dict[str, str]:
    where = "中心" if cases.is_centre(line.node) else "代办点"
    return {
        "name": line.name,
        "time": line.time[:19].replace("T", " "),
        "who": line.author or "系统",
        "where": where,
        "note": line.note,
        "refused": line.refused,
    }


def _item(case: cases.Case) -> Item | None:
    return load.by_code(case.collected.item.task_code)


def _clocks(centre: Centre, case: cases.Case) -> list[dict[str, Any]]:
    table, item = holidays.seed(), _item(case)
    if item is None:
        return []
    regime = next(one for one in load.seed().regimes if one.code == item.regime)
    today = centre.tell().astimezone(clock.BEIJING).date()
    arrived = clock.day(case.arrived_at) if case.arrived_at else None
    accepted = clock.day(case.accepted_at) if case.accepted_at else None
    service = deadline.service_clock(item, clock.day(case.taken_at), table)
    named = [
        deadline.NamedDue("服务承诺（自代办点收件起）", service, "" if service else "没有承诺时限"),
        *deadline.legal_clocks(regime, item.statutory_limit, arrived, accepted, table),
    ]
    return [
        {
            "name": one.name,
            "on": deadline.shown(one.due.on) if one.due else "",
            "doubt": bool(one.due and one.due.provisional),
            "words": one.words,
            "warn": deadline.warning(one.due.on, today, table).value if one.due else "none",
            "lines": one.due.lines if one.due else (),
        }
        for one in named
    ]


@router.get("/cases/{intake_no}/files/{sha256}")
def picture(request: Request, visitor: Visitor, intake_no: str, sha256: str) -> Response:
    """A picture of a case, for a clerk's eyes."""
    centre = _centre(request)
    found = centre.case(intake_no)
    named = {ref.sha256 for one in found[0].materials for ref in one.files} if found else set()
    with centre.database.read() as db:
        kept = rows.one_file(db, sha256) if sha256 in named else None
    if kept is None or not kept["done_at"] or kept["kind"] not in _SHOWN:
        return _page(request, "told.html", 404, visitor=visitor, told="这张图片还没有到中心，或不属于这件办件。")
    return Response(bytes(kept["bytes"]), media_type=kept["kind"])


@router.post("/cases/{intake_no}/{act}")
def act(
    request: Request,
    visitor: Visitor,
    intake_no: str,
    act: str,
    csrf: Typed,
    seen: Annotated[int, Form()],
    document_no: Typed = "",
    reasons: Typed = "",
) -> Response:
    """A clerk's move: accept, not accept, ask for a supplement."""
    if not guard.same(csrf, visitor.csrf):
        return _page(request, "told.html", 403, visitor=visitor, told="页面已过期，请返回刷新后再办。")
    try:
        kind, data = _move(act, visitor, document_no.strip(), reasons.strip())
        _centre(request).act(visitor.account, kind, intake_no, data, seen)
    except RefusedError as error:
        return _case(request, visitor, intake_no, error.sentences(), 409)
    return RedirectResponse(f"/cases/{intake_no}", 303)


def _move(act: str, visitor: guard.Visitor, document_no: str, reasons: str) -> tuple[str, events.Data]:
    if act == "accept":
        return "case.accepted", events.Accepted(visitor.name, visitor.org, document_no)
    if not reasons:
        raise RefusedError("请写明理由或要补的材料。", "没有改动。")
    if act == "not-accept":
        remedy = "可自知道决定之日起 60 日内申请行政复议，或 6 个月内提起行政诉讼。"
        return "case.not_accepted", events.NotAccepted(visitor.name, visitor.org, reasons, remedy)
    if act == "supplement":
        missing = tuple(line.strip() for line in reasons.splitlines() if line.strip())
        return "case.supplement_asked", events.SupplementAsked(
            visitor.name, visitor.org, missing, basis="行政许可法§32(四)"
        )
    raise RefusedError("没有这种办理动作。", "没有改动。")
