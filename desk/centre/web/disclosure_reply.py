"""An answer to a request for disclosure before it is made: what is answered, by whom, on what articles; files come with
the second page, which makes it (政府信息公开条例§36, §37)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from desk.centre.watch import disclosing
from desk.centre.web import confirming, keeping, record_pages
from desk.centre.web.disclosures import PAGES, PARTS, AskedView, Poster, StepWords, record_for, said_of
from desk.centre.web.frame import Seen, page
from desk.errors import RefusedError
from desk.folds import organs
from desk.folds.office.disclosing.grounds import BY_CODE, PART_GROUNDS, Demand
from desk.law import redress
from desk.law.catalogue import cited
from desk.log.office_events import Disclosing
from desk.printing.organ import disclosed

router = APIRouter(include_in_schema=False)
_SENT_ALONG = ("text", "verdict", "ground", "where", "public", "other")
_ROW = ("what", "why_not", "reasons")


@router.post("/disclosures/{key}/reply")
def reply(request: Request, visitor: Poster, key: str, typed: StepWords, seen: Seen = 0) -> Response:
    """The answer as it would be made; nothing is made yet. What would be refused is told at once."""
    typed = typed | {"step": "answer"}
    view = AskedView(request, visitor, record_for(request, visitor, key), typed)
    found, said = view.found.one, said_of(view, "answer")
    try:
        disclosing.must_allow_reply(view.centre, visitor.account, found, said, seen)
    except RefusedError as error:
        return PAGES.drawn(request, visitor, key, error.sentences(), 409, typed)
    keeping.only_shown(request)
    shown = confirming.mark(view.centre, visitor, found.id, "disclosure.replied", seen, said)
    facts = _facts(view, said) | {"shown": shown, "seen": seen, "sent": _sent(typed)}
    return page(request, "disclosure_reply.html", visitor=visitor, key=view.found.key, **facts)


def _sent(typed: dict[str, str]) -> list[tuple[str, str]]:
    """The fields that the second page sends: rows of what is withheld keep their places."""
    rows = [[(name, typed.get(f"{name}{at}", "")) for name in _ROW] for at in range(PARTS)]
    found = [(name, typed[name]) for name in _SENT_ALONG if typed[name]]
    return found + [field for row in rows if any(value for _, value in row) for field in row]


def _facts(view: AskedView, said: Disclosing) -> dict[str, Any]:
    centre, one = view.centre, view.found.one
    known, way = centre.publications, BY_CODE[said.verdict]
    organ = organs.called(one.org or centre.name, centre.code, known.bodies, centre.today())
    return {
        "one": one,
        "said": said,
        "way": way,
        "basis": disclosed.basis(said.verdict, said.ground),
        "organ": organ.name,
        "part_grounds": PART_GROUNDS,
        "takes_files": Demand.MATERIAL in way.demands,
        "late": record_pages.late(one.due, centre),
        "remedy": cited.spelt(redress.remedy(None, known.regimes.get("disclosure"), organ.whom)),
    }
