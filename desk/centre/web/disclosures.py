"""Requests for disclosure 依申请公开 on the office's side (S10): answered in one of the law's ways, extended once."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.run import guard
from desk.centre.run.roles import CHIEFS, GENERAL, SUPERVISE
from desk.centre.web import record_pages
from desk.centre.web.frame import (
    PAGE,
    Asked,
    ForbiddenError,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    go,
    page,
    pages,
    posted,
    signed_in,
)
from desk.errors import RefusedError
from desk.folds.office import disclosure
from desk.folds.office.disclosure import Disclosure
from desk.law import deadline, id_numbers
from desk.log.office_events import Said

router = APIRouter(include_in_schema=False)
DISCLOSE = CHIEFS | SUPERVISE
Reader = Annotated[guard.Visitor, Depends(signed_in(DISCLOSE))]
Poster = Annotated[guard.Visitor, Depends(posted(DISCLOSE))]
_STATES = {"open": "未答复", **disclosure.STATES, "all": "全部"}
_STEPS = dict(zip(("assign", "answer", "extend"), disclosure.STEPS, strict=True))


@router.get("/disclosures")
def disclosure_list(request: Request, visitor: Reader, state: Asked = "", at: PageNumber = 1) -> Response:
    """The list, those that wait for an answer first."""
    centre = centre_of(request)
    state = state if state in _STATES else "open"
    states = disclosure.OPEN if state == "open" else () if state == "all" else (state,)
    wanted = Wanted("disclosure", sees=visitor.sees, general=GENERAL, states=states)
    with centre.database.read() as db:
        found = record_lists.listed(db, wanted, (at - 1) * PAGE, PAGE)
        count = record_lists.count(db, wanted)
    return page(
        request,
        "disclosures.html",
        visitor=visitor,
        rows=[_line(request, row) for row in found],
        count=count,
        states=_STATES,
        state=state,
        page=at,
        pages=pages(count),
    )


def _line(request: Request, row: dict[str, Any] | Any) -> dict[str, Any]:
    return {
        **row,
        "key": row["id"].partition(":")[2],
        "state_name": disclosure.STATES[row["state"]],
        "way": disclosure.ANSWERS.get(row["kind"], ""),
        "late": record_pages.late(row["due"], centre_of(request)),
    }


@router.get("/disclosures/{key}")
def disclosure_page(request: Request, visitor: Reader, key: str) -> Response:
    """One request."""
    return _drawn(request, visitor, key)


def _found(request: Request, visitor: guard.Visitor, key: str) -> tuple[Disclosure, int]:
    """As complaints: until it is handed on it is for those who see everything, then for that department's chief."""
    found, seen = record_pages.one(request, "disclosure", key, Disclosure)
    record_pages.must_see(visitor, found.org)
    return found, seen


def _drawn(
    request: Request, visitor: guard.Visitor, key: str, told: str = "", status: int = 200, *, full: bool = False
) -> Response:
    found, seen = _found(request, visitor, key)
    with centre_of(request).database.read() as db:
        orgs = record_lists.departments(db)
    person = found.asked
    return page(
        request,
        "disclosure_request.html",
        status,
        visitor=visitor,
        one=found,
        key=found.id.partition(":")[2],
        seen=seen,
        told=told,
        is_full=full,
        id_number=person.id_number if full else id_numbers.masked(person.id_number),
        phone=person.phone if full else id_numbers.masked_phone(person.phone),
        state_name=disclosure.STATES[found.state],
        late=record_pages.late(found.due, centre_of(request)),
        asked_at=clock.minute(found.asked_at),
        answers=disclosure.ANSWERS,
        way=disclosure.ANSWERS.get(found.verdict, ""),
        longer=deadline.words(disclosure.LONGER),
        is_open=found.state in disclosure.OPEN,
        may_assign=visitor.may(SUPERVISE) and found.state in disclosure.OPEN,
        orgs=orgs,
        history=record_pages.history(found.history, {"disclosure.answered": disclosure.ANSWERS}),
    )


@router.post("/disclosures/{key}/look")
def look(request: Request, visitor: Poster, key: str, reasons: Typed = "") -> Response:
    """The applicant's full numbers, to verify who asks (§29) and to send the answer."""
    found, _ = _found(request, visitor, key)
    record_pages.note_look(
        centre_of(request), visitor, f"seen:{found.id}", found.asked.number, reasons, "证件号码和电话"
    )
    return _drawn(request, visitor, key, "已留痕：查看完整证件号码和电话。", full=True)


@router.post("/disclosures/{key}/{step}")
def take_step(
    request: Request,
    visitor: Poster,
    key: str,
    step: str,
    seen: Seen = 0,
    text: Typed = "",
    verdict: Typed = "",
    org: Typed = "",
) -> Response:
    """Hand on, answer, or extend once. What is refused is told above it."""
    found, _ = _found(request, visitor, key)
    if step == "assign" and not visitor.may(SUPERVISE):
        raise ForbiddenError
    try:
        data = _said(request, visitor, found, step, text, verdict, org)
        centre_of(request).say(visitor.account, _STEPS.get(step, ""), found.id, data, seen)
    except RefusedError as error:
        return _drawn(request, visitor, key, error.sentences(), 409)
    return go(f"/disclosures/{key}" if step != "assign" or visitor.sees_org(org.strip()) else "/disclosures")


def _said(
    request: Request, visitor: guard.Visitor, found: Disclosure, step: str, text: str, verdict: str, org: str
) -> Said:
    centre, words = centre_of(request), text.strip()
    if step == "assign":
        return Said(visitor.name, org.strip()[:60], words)
    if step == "answer":
        return Said(visitor.name, visitor.org, words, verdict)
    until = disclosure.later(found, centre.today(), centre.publications.holidays)
    return Said(visitor.name, visitor.org, words, until=until)
