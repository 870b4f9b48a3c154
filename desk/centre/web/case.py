"""One case before a clerk's eyes: who, what, materials, history, the law's clocks, and what may be done now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre import part_rows, records
from desk import clock
from desk.centre.node import envelopes
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import HANDLE, READ
from desk.centre.run import guard
from desk.centre.web import case_corrections, case_posts, coming_back
from desk.centre.web.frame import FRAMED, POLICY, AbsentError, attached, centre_of, page, signed_in
from desk.centre.web.record_pages import note_papers
from desk.counter.pictures import OFD
from desk.folds import case as cases
from desk.folds import case_clocks, organ_papers, whose
from desk.folds.office.disclosing import road
from desk.folds.office.roster import turns
from desk.law import deadline, id_numbers, numbers
from desk.law.bodies.body import Kind
from desk.law.catalogue import lines, rules
from desk.law.catalogue.item import Item
from desk.law.holidays import HolidayTable
from desk.log import events, point_events

router = APIRouter(include_in_schema=False)
_PDF = "application/pdf"
_ORGANS = (Kind.GOVERNMENT, Kind.DEPARTMENT, Kind.AUTHORISED)
_SHOWN = frozenset(("image/jpeg", "image/png", _PDF, OFD))

Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]


def found_for(request: Request, visitor: guard.Visitor, intake_no: str) -> tuple[cases.Case, int]:
    """A case that this visitor may see, and how many entries tell of it. Raises AbsentError."""
    centre = centre_of(request)
    found = centre.case(intake_no)
    if found is None or not visitor.sees_org(centre.lies(found[0]).body):
        raise AbsentError("没有这件办件，或它不归您的部门，请核对收件号。")
    return found


@router.get("/cases/{intake_no}")
def case_page(request: Request, visitor: Reader, intake_no: str) -> Response:
    """One case."""
    return drawn(request, visitor, intake_no)


def drawn(
    request: Request,
    visitor: guard.Visitor,
    intake_no: str,
    message: str = "",
    status: int = 200,
    *,
    full: str = "",
    phone: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The page of a case, with `message` above it; `full` the identity number, `phone` the telephone number when they
    were asked for; `typed` what stands in the form of a correction that was refused, by field, the reason under ""."""
    case, seen = found_for(request, visitor, intake_no)
    looks_on = whose.refusal(case.centres, centre_of(request).node)
    may_handle = visitor.may(HANDLE) and looks_on is None
    facts = _facts(centre_of(request), case, full, phone)
    facts |= case_posts.facts(centre_of(request), visitor, case, may_handle=may_handle)
    facts |= case_corrections.facts(centre_of(request), case, typed or {}, may=facts["may_correct"])
    facts |= coming_back.facts(request, intake_no)
    facts["looks_on"] = f"{looks_on.happened}{looks_on.todo}" if looks_on else ""
    return page(request, "case.html", status, visitor=visitor, case=case, seen=seen, message=message, **facts)


def _facts(centre: Centre, case: cases.Case, full: str, phone: str) -> dict[str, Any]:
    item = centre.publications.item(case.collected.item.task_code, case.collected.item.version)
    person = case.collected.applicant
    return {
        "item": item,
        "org": centre.lies(case).org,
        "number": numbers.grouped(case.intake_no),
        "state_name": cases.STATE_NAMES[case.state],
        "id_masked": full or id_numbers.masked(person.id_number),
        "is_full": bool(full),
        "phone_masked": phone or id_numbers.masked_phone(person.phone),
        "is_phone_full": bool(phone) or not person.phone,
        "shows_identity": rules.shows_identity,
        "clocks": _clocks(centre, case),
        "arrived": _arrived(centre, case),
        "fields": rules.filled(item, case.collected.fields),
        "checklist": _checklist(item),
        "conditions": lines.conditions(item) if item else (),
        "results": case.results,
        "organs": sorted({one.name for one in centre.publications.bodies if one.kind in _ORGANS}),
        "papers": organ_papers.titles(case),
        "taken": _taken(centre, case),
        "road": _road(centre, case),
        "disclosure": _disclosure(centre, case),
        "history": [_history(line, case) for line in reversed(case.history)],
    }


def _disclosure(centre: Centre, case: cases.Case) -> str:
    """Where the request for disclosure stands as which the case is handled; "" for any other case."""
    subject = road.subject_of(case.intake_no)
    with centre.database.read() as db:
        found = records.known_records(db, [subject])
    return f"/disclosures/{subject.partition(':')[2]}" if found else ""


def _road(centre: Centre, case: cases.Case) -> list[str]:
    """What became of the envelope of its papers between the village and the centre, a sentence a step."""
    if not case.bundle:
        return []
    with centre.database.read() as db:
        return envelopes.road(centre, db, case)


def _taken(centre: Centre, case: cases.Case) -> dict[str, Any]:
    """How the envelope of its papers was taken over at the centre; nothing when it was not."""
    if not case.bundle:
        return {}
    with centre.database.read() as db:
        subject = envelopes.subject_of(db, case)
        known = centre.about(db, [subject])[subject] if subject else []
    for entry in known:
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, point_events.BundleTaken):
            return {"receiver": data.receiver, "time": clock.minute(entry.time), "differences": data.differences}
    return {}


def _checklist(item: Item | None) -> list[str]:
    """Names of the item's materials, for the clerk to tick what is missing."""
    return [one.name for one in item.materials] if item else []


def _arrived(centre: Centre, case: cases.Case) -> set[str]:
    """The hashes of those of its pictures that are here whole."""
    named = [ref.sha256 for one in case.materials for ref in one.files]
    with centre.database.read() as db:
        there = {sha256 for sha256, have in part_rows.file_state(db, named).items() if have == -1}
    if missing := [one for one in named if one not in there]:
        with centre.database.touch() as db:
            part_rows.want(db, missing, centre.now())  # the desk sends first what somebody waits for
    return there


def _history(line: cases.HistoryLine, case: cases.Case) -> dict[str, str]:
    centre = "其他中心" if whose.not_theirs(case.centres, line.node) else "中心"
    where = centre if cases.is_centre(line.node) else "代办点"
    return {
        "name": line.name,
        "time": clock.second(line.time),
        "who": line.author or "系统",
        "where": where,
        "note": line.note,
        "document": line.document_no,
        "refused": line.refused,
    }


def _clocks(centre: Centre, case: cases.Case) -> list[dict[str, Any]]:
    law, now = centre.publications.law(case), centre.today()
    return [_clock(one, now, law.table) for one in case_clocks.clock_lines(case, law)]


def _clock(line: case_clocks.ClockLine, now: dt.date, table: HolidayTable) -> dict[str, Any]:
    runs = line.on is not None and not line.stopped
    return {
        "name": line.name,
        "on": deadline.shown(line.on) if line.on else "",
        "words": "；".join(one for one in (line.note.rstrip("。"), line.stopped) if one),
        "warn": deadline.warning(line.on, now, table).value if line.on and runs else "none",
        "lines": line.lines,
        "doubt": line.provisional,
    }


@router.get("/cases/{intake_no}/files/{sha256}")
def picture(request: Request, visitor: Reader, intake_no: str, sha256: str) -> Response:
    """A picture of a case, or its result document."""
    case, _ = found_for(request, visitor, intake_no)
    named = {ref.sha256 for one in case.materials for ref in one.files}
    named |= {ref.sha256 for ref in case.results}
    named |= {ref.sha256 for one in turns.sealed(case) for ref in one.files}
    kept = centre_of(request).pictures.row(sha256) if sha256 in named else None
    if kept is None or kept["kind"] not in _SHOWN:
        raise AbsentError("这张图片还没有到中心，或不属于这件办件。")
    shown = [one.name for one in case.materials if sha256 in {ref.sha256 for ref in one.files}]
    identity = list(filter(rules.shows_identity, shown))
    if identity:
        note_papers(centre_of(request), visitor, intake_no, identity[0])
    headers = {"Cache-Control": "no-store" if identity else "private, max-age=3600"}
    if kept["kind"] == OFD:  # no browser shows one; the clerk's own reader verifies its seal
        attachment = attached(bytes(kept["bytes"]), kept["name"], OFD)
        attachment.headers["Cache-Control"] = headers["Cache-Control"]
        return attachment
    if kept["kind"] == _PDF:
        headers |= FRAMED  # the viewer shows it in place, by the browser's own
    return Response(bytes(kept["bytes"]), media_type=kept["kind"], headers=headers)


@router.get("/cases/{intake_no}/view/{sha256}")
def viewer(request: Request, visitor: Reader, intake_no: str, sha256: str) -> Response:
    """A material as large as the window, to zoom and turn."""
    case, _ = found_for(request, visitor, intake_no)
    shown = [(one.name, ref) for one in case.materials for ref in one.files]
    at = next((place for place, (_, ref) in enumerate(shown) if ref.sha256 == sha256), None)
    if at is None:
        raise AbsentError("这张图片不属于这件办件。")
    there = _arrived(centre_of(request), case)
    answer = page(
        request,
        "viewer.html",
        visitor=visitor,
        case=case,
        material=shown[at][0],
        ref=shown[at][1],
        is_here=sha256 in there,
        lost=centre_of(request).pictures.trouble(sha256) if sha256 in there else "",
        before=shown[at - 1][1].sha256 if at else "",
        after=shown[at + 1][1].sha256 if at + 1 < len(shown) else "",
        place=at + 1,
        count=len(shown),
        kept=coming_back.carried(request),
    )
    answer.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return answer
