"""What a clerk does with a case: each move is a form that carries how much of the case was seen."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile

from desk.centre.node import acting, correcting, envelopes
from desk.centre.node.roles import HANDLE
from desk.centre.run import guard
from desk.centre.web import coming_back, confirming, keeping, paper_files
from desk.centre.web.case import drawn, found_for
from desk.centre.web.frame import Seen, Typed, centre_of, day_of, go, posted
from desk.counter.pictures import MOST as FILE_MOST
from desk.errors import RefusedError
from desk.folds.case_acts import Said
from desk.log import events, point_events
from desk.log.files import FileRef

router = APIRouter(include_in_schema=False)
Handler = Annotated[guard.Visitor, Depends(posted(HANDLE))]


# The address of a move -> its kind.
ACTS = {
    "pre-check": "case.pre_checked",
    "accept": "case.accepted",
    "not-accept": "case.not_accepted",
    "supplement": "case.supplement_asked",
    "supplemented": "case.arrived",
    "unaccept": "case.unaccepted",
    "review": "case.reviewed",
    "suspend": "case.suspended",
    "resume": "case.resumed",
    "extend": "case.extended",
    "grant": "case.granted",
    "refuse": "case.refused",
    "take-back": "case.taken_back",
    "certify": "case.certifying",
    "return-result": "case.returning",
    "serve": "case.served",
    "conclude": "case.concluded",
    "archive": "case.archived",
    "withdraw": "case.withdrawn",
    "send-back": "case.returned",
    "void": "case.voided",
}


@router.post("/cases/{intake_no}/papers")
def papers(
    request: Request, visitor: Handler, intake_no: str, number: Typed = "", reasons: Typed = "", receiver: Typed = ""
) -> Response:
    """Take over the envelope with the paper originals: its number from the QR, what does not agree with the list."""
    case, _ = found_for(request, visitor, intake_no)
    centre = centre_of(request)
    differences = tuple(line.strip() for line in reasons.splitlines() if line.strip())
    who = receiver.strip() or visitor.name
    told = point_events.BundleTaken(who, visitor.org or centre.name, differences, visitor.name)
    envelopes.take_over(centre, visitor.account, case, number.strip().split("."), told)
    return go(f"/cases/{intake_no}{coming_back.carried(request)}")


@router.post("/cases/{intake_no}/correct")
def correct(
    request: Request,
    visitor: Handler,
    intake_no: str,
    seen: Seen,
    reasons: Typed = "",
    field: Annotated[list[str] | None, Form()] = None,
    value: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """更正: what was filled in of the form, with one reason; what is empty stays. What is refused leaves the case as
    it is, and the form as it was typed."""
    found_for(request, visitor, intake_no)
    right = {name: words for name, words in zip(field or [], value or [], strict=False) if words.strip()}
    try:
        correcting.correct(centre_of(request), visitor.account, visitor.name, intake_no, right, reasons, seen)
    except RefusedError as error:
        return drawn(request, visitor, intake_no, error.sentences(), 409, typed=right | {"": reasons})
    return go(f"/cases/{intake_no}{coming_back.carried(request)}")


def said(
    document_no: Typed = "",
    reasons: Typed = "",
    approved: Typed = "",
    band: Typed = "",
    basis: Typed = "",
    procedure: Typed = "",
    competent: Typed = "",
    copied_to: Typed = "",
    missing: Annotated[list[str] | None, Form()] = None,
) -> Said:
    """A dependency: what the form of a move says; a day, which may be refused, is the move's own to read."""
    words = "\n".join([*(missing or []), reasons.strip()]).strip()
    told = Said(words, document_no.strip(), approved=approved.strip(), band=band.strip(), basis=basis.strip())
    return msgspec.structs.replace(
        told, procedure=procedure.strip(), competent=competent.strip(), copied_to=copied_to.strip()
    )


Told = Annotated[Said, Depends(said)]


@router.post("/cases/{intake_no}/{act}")
def act(
    request: Request,
    visitor: Handler,
    intake_no: str,
    act: str,
    seen: Seen,
    told: Told,
    until: Typed = "",
    shown: Typed = "",
    result: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A move; one that decides, as its page showed it. What is refused leaves the case as it is, told above it."""
    case, _ = found_for(request, visitor, intake_no)
    try:
        kind = _kind(act)
        wished = msgspec.structs.replace(told, until=day_of(until))
        made = acting.made(centre_of(request), kind, case, wished, visitor.name, visitor.org)
        confirming.must_be_shown(centre_of(request), visitor, case, seen, told, shown, (kind, made))
        data, papers = _with_result(made, result)
        centre_of(request).act(visitor.account, kind, intake_no, data, seen, papers)
        keeping.ends(request, f"/cases/{intake_no}/decision/{act}")
    except RefusedError as error:
        return drawn(request, visitor, intake_no, error.sentences(), 409)
    return go(f"/cases/{intake_no}{coming_back.carried(request)}")


def _kind(act: str) -> str:
    if act not in ACTS:
        raise RefusedError("没有这种办理动作。", "没有改动。")
    return ACTS[act]


def _with_result(data: events.Data, result: UploadFile | None) -> tuple[events.Data, tuple[bytes, ...]]:
    """The move with the document that goes with it, and that document's bytes."""
    if not isinstance(data, events.Act) or result is None or not result.filename:
        return data, ()
    ref, paper = read_paper(result)
    return msgspec.structs.replace(data, files=(ref,)), (paper,)


def read_paper(result: UploadFile, what: str = "结果文书") -> tuple[FileRef, bytes]:
    """A document that came with a form; only what it is by its first bytes counts. Raises RefusedError, naming it."""
    wrong = f"{what}要是 PDF 或图片，不超过 {FILE_MOST >> 20} MB。"
    return paper_files.received(result, paper_files.DOCUMENTS, what, wrong)
