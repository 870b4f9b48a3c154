"""好差评 later, by the receipt's code or its number: one case, one rating, in the herder's own hand."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from desk.centre.watch import asking
from desk.centre.web.following import must_wait, no_trap
from desk.centre.web.frame import Typed, centre_of, page
from desk.centre.web.public import WRONG, case_of, later, wait
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import rating
from desk.law.codes import SCORES

router = APIRouter(include_in_schema=False)
_FORM = "public/rate.html"


@router.get("/rate")
def rate_page(request: Request) -> Response:
    """The form: which case. No code or number stands in an address."""
    return page(request, _FORM, **_facts())


def _facts(number: str = "", last: str = "", **more: Any) -> dict[str, Any]:
    none = {"item": "", "state": "", "score": 0, "words": "", "message": "", "is_done": False}
    return {**none, "number": number, "last": last, "scores": SCORES, "most": asking.RATING_MOST, **more}


@router.post("/rate")
def rate(
    request: Request, number: Typed = "", last: Typed = "", score: Typed = "", words: Typed = "", website: Typed = ""
) -> Response:
    """First which case, then, with a mark, the rating; what was typed stays in the form when it is refused."""
    number, last = number.strip(), last.strip()
    if not number:
        return page(request, _FORM, **_facts())
    if seconds := wait(request, number):
        return later(request, _FORM, seconds, **_facts(number, last))
    case = case_of(centre_of(request), number, last)
    if case is None:
        return page(request, _FORM, 404, **_facts(number, message=WRONG))
    about = {"item": case.collected.item.item_name, "state": cases.STATE_NAMES[case.state], "words": words}
    refused = rating.refusal(case, centre_of(request).node)
    if refused is not None:
        return page(request, _FORM, 409, **_facts(number, message=f"{refused.happened}{refused.todo}"))
    if not score and not words:
        return page(request, _FORM, **_facts(number, last, **about))
    try:
        must_wait(request, "sent")
        no_trap(website)
        asking.rate(centre_of(request), case.intake_no, int(score) if score in map(str, SCORES) else 0, words)
    except RefusedError as error:
        return page(request, _FORM, 409, **_facts(number, last, **about, message=error.sentences()))
    return page(request, _FORM, **_facts(is_done=True))
