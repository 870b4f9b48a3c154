"""The organ's papers as originals, to be printed and sealed: of a case, and answers about disclosure."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre import rows
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.web import disclosures
from desk.centre.web.case import Reader, found_for
from desk.centre.web.frame import AbsentError, attached, centre_of
from desk.folds import case as cases
from desk.folds import organ_papers, organs
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
        with centre_of(request).database.read() as db:
            kept = rows.one_file(db, out.files[0].sha256)
        if kept is None or not kept["done_at"]:
            raise AbsentError("这份文书的正本不在本机，请到办理的中心打印。")
        return _answered(request, bytes(kept["bytes"]), out.title)
    made = original(centre_of(request), visitor, case, key)
    return _printed(request, msgspec.structs.replace(made, copy=PROOF, mark=PROOF))


def original(centre: Centre, visitor: guard.Visitor, case: cases.Case, key: str) -> Document:
    """The paper with this key as the organ makes it out. Raises AbsentError before the organ acted."""
    if key not in organ_papers.titles(case):
        raise AbsentError("这份文书现在还不能出。")
    return papers.made(key, _matter(centre, visitor, case, key))


@router.get("/disclosures/{key}/papers/{which}.ofd")
@router.get("/disclosures/{key}/papers/{which}.pdf")
def disclosure_paper(request: Request, visitor: disclosures.Reader, key: str, which: str) -> Response:
    """What a request for disclosure was answered, or that the answer comes later (政府信息公开条例§33, §36)."""
    centre, asked = centre_of(request), disclosures.record_for(request, visitor, key).one
    if which not in disclosed.titles(asked):
        raise AbsentError("这份文书现在还不能出。")
    known, day = centre.publications, centre.today()
    organ = organs.called(asked.org or centre.name, centre.code, known.bodies, day)
    regime, office = known.regimes.get("disclosure"), _office(centre)
    return _printed(request, disclosed.made(which, asked, organ, regime, office, _foot(centre, visitor)))


def _matter(centre: Centre, visitor: guard.Visitor, case: cases.Case, key: str) -> Matter:
    said = organ_papers.said_by(case, key) or centre.lies(case).org
    organ = organs.of_case(case, said, centre.publications.bodies, organ_papers.day_of(case, key))
    return Matter(case, centre.publications.law(case), organ, _office(centre), _foot(centre, visitor))


def _office(centre: Centre) -> OfficeFacts:
    banner = divisions().get(centre.code)
    return OfficeFacts(centre.name, "", banner.name if banner else "", centre.name, "")


def _foot(centre: Centre, visitor: guard.Visitor) -> str:
    return f"{centre.tell():%Y-%m-%d %H:%M} {visitor.name} 打印"


def _printed(request: Request, made: Document) -> Response:
    return _answered(request, document.draw(made), made.title)


def _answered(request: Request, pdf: bytes, title: str) -> Response:
    if not request.url.path.endswith(".ofd"):
        return Response(pdf, media_type="application/pdf", headers=_KEEP)
    from desk.printing.ofd.writing import ofd

    found = attached(ofd(pdf), f"{title}.ofd", "application/ofd")
    found.headers.update(_KEEP)
    return found
