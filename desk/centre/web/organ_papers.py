"""The organ's papers as originals, to be printed and sealed: of a case, and answers about disclosure."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request, Response

from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.web import disclosures
from desk.centre.web.case import Reader, found_for
from desk.centre.web.frame import AbsentError, centre_of
from desk.centre.web.paper_files import as_asked
from desk.folds import case as cases
from desk.folds import organ_papers, organs
from desk.folds.office.disclosing.request import Disclosure
from desk.folds.office.roster import turns
from desk.law.divisions import load as divisions
from desk.printing import document
from desk.printing.document import Document
from desk.printing.facts import OfficeFacts
from desk.printing.organ import disclosed, papers
from desk.printing.organ.matter import Matter

router = APIRouter(include_in_schema=False)
PROOF = "核对稿"  # on a paper that was not made out yet
_KEEP = {"Cache-Control": "no-store"}


@router.get("/cases/{intake_no}/papers/{key}.ofd")
@router.get("/cases/{intake_no}/papers/{key}.pdf")
def case_paper(request: Request, visitor: Reader, intake_no: str, key: str) -> Response:
    """A paper of the organ about a case, once the organ acted: as PDF, or as OFD to be exchanged and kept."""
    case, _ = found_for(request, visitor, intake_no)
    out = turns.papers_out(case).get(key)
    if out is not None:
        kept = centre_of(request).pictures.row(out.files[0].sha256)
        if kept is None:
            raise AbsentError("这份文书的正本不在本机，请到办理的中心打印。")
        return as_asked(request, bytes(kept["bytes"]), out.title, _KEEP)
    made = original(centre_of(request), visitor, case, key)
    return printed(request, msgspec.structs.replace(made, copy=PROOF, mark=PROOF))


def original(centre: Centre, visitor: guard.Visitor, case: cases.Case, key: str) -> Document:
    """The paper with this key as the organ makes it out. Raises AbsentError before the organ acted."""
    if key not in organ_papers.titles(case):
        raise AbsentError("这份文书现在还不能出。")
    return papers.made(key, _matter(centre, visitor, case, key))


@router.get("/disclosures/{key}/papers/{which}.ofd")
@router.get("/disclosures/{key}/papers/{which}.pdf")
def disclosure_paper(request: Request, visitor: disclosures.Reader, key: str, which: str) -> Response:
    """What a request for disclosure was answered, or that the answer comes later (政府信息公开条例§33, §36)."""
    asked = disclosures.record_for(request, visitor, key).one
    if which not in disclosed.titles(asked):
        raise AbsentError("这份文书现在还不能出。")
    return _disclosed(request, which, asked, foot(centre_of(request), visitor))


def disclosure_answer(request: Request, asked: Disclosure) -> Response:
    """The answer for whoever asked, who followed it by its code."""
    return _disclosed(request, "answer", asked, f"{centre_of(request).tell():%Y-%m-%d %H:%M} 申请人下载")


def _disclosed(request: Request, which: str, asked: Disclosure, words: str) -> Response:
    centre = centre_of(request)
    known = centre.publications
    organ = organs.called(asked.org or centre.name, centre.code, known.bodies, centre.today())
    regime = known.regimes.get("disclosure")
    return printed(request, disclosed.made(which, asked, organ, regime, office(centre), words))


def _matter(centre: Centre, visitor: guard.Visitor, case: cases.Case, key: str) -> Matter:
    said = organ_papers.said_by(case, key) or centre.lies(case).org
    organ = organs.of_case(case, said, centre.publications.bodies, organ_papers.day_of(case, key))
    return Matter(case, centre.publications.law(case), organ, office(centre), foot(centre, visitor))


def office(centre: Centre) -> OfficeFacts:
    """The centre as its papers name it."""
    banner = divisions().get(centre.code)
    return OfficeFacts(centre.name, "", banner.name if banner else "", centre.name, "")


def foot(centre: Centre, visitor: guard.Visitor) -> str:
    """When and by whom a paper was printed."""
    return f"{centre.tell():%Y-%m-%d %H:%M} {visitor.name} 打印"


def printed(request: Request, made: Document) -> Response:
    """A paper as it was asked for; no browser keeps it."""
    return as_asked(request, document.draw(made), made.title, _KEEP)
