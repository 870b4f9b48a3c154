"""Faults 过错 that reviews found: the list, each with its steps, and how one is begun from a file that was scored."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import records
from db.centre import rows as numbers_of
from desk import clock
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import OFFICE, REVIEW, SUPERVISE
from desk.centre.run import guard
from desk.centre.web import lot_files, record_pages
from desk.centre.web.family_pages import FamilyPages, Found, Step, View
from desk.centre.web.frame import Asked, PageNumber, Seen, Typed, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.folds.office.overseeing import avoidance, faults
from desk.folds.office.overseeing.faults import Fault
from desk.law import numbers
from desk.log.office_events import FaultFound, Said

router = APIRouter(include_in_schema=False)
_SEEN = OFFICE | REVIEW | SUPERVISE
Reader = Annotated[guard.Visitor, Depends(signed_in(_SEEN))]
Poster = Annotated[guard.Visitor, Depends(posted(_SEEN))]
Reviewer = Annotated[guard.Visitor, Depends(posted(REVIEW))]
_STATES = {"open": "未了结", **faults.STATES, "all": "全部"}
_View = View[Found[Fault]]


@router.get("/faults")
def fault_list(request: Request, visitor: Reader, state: Asked = "", at: PageNumber = 1) -> Response:
    """The list."""
    facts = record_pages.listing(request, visitor, "fault", _STATES, faults.OPEN, state, at)
    for row in facts["rows"]:
        row["weight"] = faults.WEIGHTS.get(row["kind"], row["kind"])
    return page(request, "faults.html", visitor=visitor, **facts)


def _record_for(request: Request, visitor: guard.Visitor, key: str) -> Found[Fault]:
    found = record_pages.record(request, "fault", key, Fault)
    record_pages.must_see(visitor, found.one.found.org)
    return found


def _shown(view: _View) -> dict[str, Any]:
    one = view.found.one
    case = view.centre.case(one.found.intake_no)
    is_own = case is not None and avoidance.refusal(case[0], view.visitor.account) is not None

    def fits(fault: Fault, kind: str, _visitor: guard.Visitor) -> bool:
        return fault.state in faults.MAY.get(kind, ()) and not (is_own and kind in avoidance.KINDS)

    return {
        "one": one,
        "state_name": faults.STATES[one.state],
        "weight": faults.WEIGHTS[one.found.weight],
        "late": record_pages.late(one.due, view.centre),
        "found_at": clock.minute(one.found_at),
        "about": numbers.grouped(one.found.intake_no),
        "verdicts": faults.VERDICTS,
        "days": faults.DAYS,
        "text": view.typed.get("text", ""),
        "may": PAGES.open_steps(view.visitor, view.found, fits),
        "history": record_pages.history(one.history, faults.VERDICTS),
    }


def _step(kind: str, roles: Any) -> Step[Found[Fault]]:
    def said(view: _View) -> Said:
        after = faults.after(kind, view.word("verdict"))
        until = record_pages.day(view.centre, view.word("until"), faults.DAYS.get(after, 0))
        return Said(view.visitor.name, view.visitor.org, view.word("text"), view.word("verdict"), until)

    return Step(kind, roles, said)


PAGES = FamilyPages(
    "/faults",
    "fault.html",
    _record_for,
    _shown,
    {
        "explain": _step("fault.explained", OFFICE),
        "judge": _step("fault.judged", REVIEW),
        "correct": _step("fault.corrected", OFFICE),
        "close": _step("fault.closed", REVIEW),
    },
)


@router.get("/faults/{key}")
def fault_page(request: Request, visitor: Reader, key: str) -> Response:
    """One of them."""
    return PAGES.drawn(request, visitor, key)


@router.post("/faults/{key}/{step}")
def take_step(
    request: Request,
    visitor: Poster,
    key: str,
    step: str,
    seen: Seen = 0,
    text: Typed = "",
    verdict: Typed = "",
    until: Typed = "",
) -> Response:
    """Explain, judge, correct, close."""
    return PAGES.take_step(request, visitor, key, step, seen, text=text, verdict=verdict, until=until)


@router.post("/lots/{key}/files/{intake_no}/fault")
def begin(
    request: Request,
    visitor: Reviewer,
    key: str,
    intake_no: str,
    text: Typed = "",
    basis: Typed = "",
    weight: Typed = "",
    until: Typed = "",
) -> Response:
    """A fault of a file that was scored: the office explains it first."""
    centre = centre_of(request)
    found = lot_files.found_file(request, visitor, key, intake_no)
    if found.row is None or intake_no not in found.one.scores:
        raise RefusedError("先评分，再责令改正。", "没有改动。")
    due = record_pages.day(centre, until, faults.DAYS["found"]) or centre.today()
    same = [visitor.account, key, intake_no, text.strip(), basis.strip(), weight, centre.today()]
    subject = f"fault:{hashlib.sha256(msgspec.json.encode(same)).hexdigest()[:32]}"  # sent twice, it is found once
    with centre.database.write() as db:
        if records.known_records(db, [subject]):
            return go(f"/faults/{subject.partition(':')[2]}")
        year = f"GC{centre.today():%Y}"
        number = f"{year}-{numbers_of.next_numbers(db, year, 1):04d}"
        said = FaultFound(
            number, key, intake_no, str(found.row["org"]), text.strip(), basis.strip(), weight, visitor.name, due
        )
        centre.say_in(db, [Own(visitor.account, "fault.found", subject, said, "")])
    return go(f"/faults/{subject.partition(':')[2]}")
