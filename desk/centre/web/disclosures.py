"""Requests for disclosure 依申请公开 on the office's side (S10): answered in one of the law's ways, extended once."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.node.roles import CHIEFS, GENERAL, SUPERVISE
from desk.centre.run import guard
from desk.centre.web import record_pages
from desk.centre.web.family_pages import FamilyPages, Found, Step, View
from desk.centre.web.frame import (
    PAGE,
    Asked,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    page,
    pages,
    posted,
    signed_in,
)
from desk.folds.office import disclosure
from desk.folds.office.disclosure import Disclosure
from desk.law import deadline, id_numbers
from desk.log.office_events import Said
from desk.printing.organ import disclosed

router = APIRouter(include_in_schema=False)
DISCLOSE = CHIEFS | SUPERVISE
Reader = Annotated[guard.Visitor, Depends(signed_in(DISCLOSE))]
Poster = Annotated[guard.Visitor, Depends(posted(DISCLOSE))]
_STATES = {"open": "未答复", **disclosure.STATES, "all": "全部"}
_View = View[Found[Disclosure]]


@router.get("/disclosures")
def disclosure_list(request: Request, visitor: Reader, state: Asked = "", at: PageNumber = 1) -> Response:
    """The list, those that wait for an answer first."""
    centre = centre_of(request)
    state = state if state in _STATES else "open"
    states = disclosure.OPEN if state == "open" else () if state == "all" else (state,)
    wanted = Wanted("disclosure", sees=visitor.sees, general=GENERAL, states=states)
    with centre.database.read() as db:
        page_rows = record_lists.listed(db, wanted, (at - 1) * PAGE, PAGE)
        count = record_lists.count(db, wanted)
    return page(
        request,
        "disclosures.html",
        visitor=visitor,
        rows=[_line(request, row) for row in page_rows],
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


# -- one of them -------------------------------------------------------------------------------------------------


def record_for(request: Request, visitor: guard.Visitor, key: str) -> Found[Disclosure]:
    """As complaints: until it is handed on it is for those who see everything, then for that department's chief."""
    found = record_pages.record(request, "disclosure", key, Disclosure)
    record_pages.must_see(visitor, found.one.org)
    return found


def _shown(view: _View) -> dict[str, Any]:
    asked_for, is_full = view.found.one, bool(view.typed.get("full"))
    with view.centre.database.read() as db:
        orgs = record_lists.departments(db)
    person, is_open = asked_for.asked, asked_for.state in disclosure.OPEN
    return {
        "one": asked_for,
        "is_full": is_full,
        "id_number": person.id_number if is_full else id_numbers.masked(person.id_number),
        "phone": person.phone if is_full else id_numbers.masked_phone(person.phone),
        "state_name": disclosure.STATES[asked_for.state],
        "late": record_pages.late(asked_for.due, view.centre),
        "asked_at": clock.minute(asked_for.asked_at),
        "answers": disclosure.ANSWERS,
        "way": disclosure.ANSWERS.get(asked_for.verdict, ""),
        "longer": deadline.words(disclosure.LONGER),
        "is_open": is_open,
        "papers": disclosed.titles(asked_for),
        "may_assign": view.visitor.may(SUPERVISE) and is_open,
        "orgs": orgs,
        "history": record_pages.history(asked_for.history, {"disclosure.answered": disclosure.ANSWERS}),
    }


def _assigned(view: _View) -> Said:
    return Said(view.visitor.name, view.word("org")[:60], view.word("text"))


def _answered(view: _View) -> Said:
    return view.said(view.word("text"), view.word("verdict"))


def _extended(view: _View) -> Said:
    until = disclosure.later(view.found.one, view.centre.today(), view.centre.publications.holidays)
    return Said(view.visitor.name, view.visitor.org, view.word("text"), until=until)


PAGES = FamilyPages(
    "/disclosures",
    "disclosure_request.html",
    record_for,
    _shown,
    {
        "assign": Step("disclosure.assigned", SUPERVISE, _assigned),
        "answer": Step(
            "disclosure.answered", DISCLOSE, lambda view: view.said(view.word("text"), view.word("verdict"))
        ),
        "extend": Step("disclosure.extended", DISCLOSE, _extended),
    },
)


@router.get("/disclosures/{key}")
def disclosure_page(request: Request, visitor: Reader, key: str) -> Response:
    """One request."""
    return PAGES.drawn(request, visitor, key)


@router.post("/disclosures/{key}/look")
def look(request: Request, visitor: Poster, key: str, reasons: Typed = "") -> Response:
    """The applicant's full numbers, to verify who asks (政府信息公开条例§29) and to send the answer."""
    found, what = record_for(request, visitor, key).one, "证件号码和电话"
    record_pages.note_look(centre_of(request), visitor, f"seen:{found.id}", found.asked.number, reasons, what)
    return PAGES.drawn(request, visitor, key, "已留痕：查看完整证件号码和电话。", typed={"full": "yes"})


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
    """Hand on, answer, or extend once."""
    return PAGES.take_step(request, visitor, key, step, seen, text=text, verdict=verdict, org=org)
