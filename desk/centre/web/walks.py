"""What is done with a case by posts: an opinion, giving it to somebody, making a paper out, keeping a sealed scan."""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, File, Request, Response, UploadFile

from db.centre import people
from desk.centre.node.roles import HANDLE
from desk.centre.run import guard
from desk.centre.web import coming_back, organ_papers
from desk.centre.web.acts import read_paper
from desk.centre.web.case import drawn, found_for
from desk.centre.web.frame import Seen, Typed, centre_of, go, posted
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds.case_acts import bands
from desk.folds.organ_papers import number_of, titles
from desk.log import events
from desk.log.duty.duty_events import Assigned, Opined, PaperOut
from desk.log.files import FileRef
from desk.printing import document

router = APIRouter(include_in_schema=False)
Handler = Annotated[guard.Visitor, Depends(posted(HANDLE))]


@router.post("/cases/{intake_no}/opine")
def opine(
    request: Request,
    visitor: Handler,
    intake_no: str,
    seen: Seen,
    duty: Typed = "",
    verdict: Typed = "",
    reasons: Typed = "",
    band: Typed = "",
    basis: Typed = "",
    to: Typed = "",
) -> Response:
    """承办、审核意见, or the case sent back: `verdict` is grant, refuse, or back: and the post."""
    centre, (case, _) = centre_of(request), found_for(request, visitor, intake_no)
    what, _, back_to = verdict.partition(":")
    named = bands(centre.publications.law(case).item).get(band, band)
    told = Opined(visitor.name, _org(request, case), duty, what, reasons.strip(), named, basis.strip())
    told = msgspec.structs.replace(told, to="" if what == "back" else to, back_to=back_to)
    told = msgspec.structs.replace(told, to_name=_name(request, told.to))
    return _done(request, visitor, case, "case.opined", told, seen)


@router.post("/cases/{intake_no}/assign")
def assign(
    request: Request,
    visitor: Handler,
    intake_no: str,
    seen: Seen,
    duty: Typed = "",
    to: Typed = "",
    reasons: Typed = "",
) -> Response:
    """交办, 转办, or taken by oneself 领取."""
    case, _ = found_for(request, visitor, intake_no)
    told = Assigned(visitor.name, _org(request, case), duty, to, _name(request, to), reasons.strip())
    return _done(request, visitor, case, "case.assigned", told, seen)


@router.post("/cases/{intake_no}/issue/{key}")
def issue(request: Request, visitor: Handler, intake_no: str, key: str, seen: Seen) -> Response:
    """出具正本: the paper as it is printed and sealed; its bytes are kept, and what it tells of is out."""
    case, _ = found_for(request, visitor, intake_no)
    pdf = document.draw(organ_papers.original(centre_of(request), visitor, case, key))
    title = titles(case)[key]
    ref = FileRef(hashlib.sha256(pdf).hexdigest(), f"{title}.pdf", len(pdf), "application/pdf")
    told = PaperOut(visitor.name, _org(request, case), key, title, number_of(case, key), (ref,))
    return _done(request, visitor, case, "case.issued", told, seen, (pdf,), "#papers")


@router.post("/cases/{intake_no}/seal/{key}")
def seal(
    request: Request,
    visitor: Handler,
    intake_no: str,
    key: str,
    seen: Seen,
    scan: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """存盖章件: a scan of the paper with its seal, kept beside it. Raises RefusedError for none, or one too large."""
    case, _ = found_for(request, visitor, intake_no)
    if scan is None or not scan.filename:
        return drawn(request, visitor, intake_no, "没有选文件。没有改动。请选盖章后扫描的 PDF 或图片。", 409)
    try:
        ref, data = read_paper(scan, "盖章件")
    except RefusedError as error:
        return drawn(request, visitor, intake_no, error.sentences(), 409)
    title = titles(case).get(key, "")
    told = PaperOut(visitor.name, _org(request, case), key, title, number_of(case, key), (ref,))
    return _done(request, visitor, case, "case.sealed", told, seen, (data,), "#papers")


def _done(
    request: Request,
    visitor: guard.Visitor,
    case: cases.Case,
    kind: str,
    told: events.Data,
    seen: int,
    papers: tuple[bytes, ...] = (),
    at: str = "",
) -> Response:
    try:
        centre_of(request).act(visitor.account, kind, case.intake_no, told, seen, papers)
    except RefusedError as error:
        return drawn(request, visitor, case.intake_no, error.sentences(), 409)
    return go(f"/cases/{case.intake_no}{coming_back.carried(request)}{at}")


def _org(request: Request, case: cases.Case) -> str:
    return centre_of(request).lies(case).org


def _name(request: Request, account: str) -> str:
    """The name of an account; the account itself for none that there is."""
    if not account:
        return ""
    with centre_of(request).database.read() as db:
        found = people.one_clerk(db, account)
    return str(found["name"]) if found else account
