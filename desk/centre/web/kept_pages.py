"""What one typed and is not done: a list of it, what a page sends while somebody types, and not wanting it any more."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.node.roles import STAFF
from desk.centre.run import guard, kept
from desk.centre.web import filling, keeping
from desk.centre.web.frame import Staff, StaffPost, Typed, centre_of, go, page, posted_long

router = APIRouter(include_in_schema=False)
Typing = Annotated[guard.Visitor, Depends(posted_long(STAFF))]
_ACTION, _PAGE, _NONE = "kept.action", "kept.page", "kept.none"


@router.get("/kept")
def shown(request: Request, visitor: Staff) -> Response:
    """One's own words that are not done."""
    lines = [{"form": one, "words": filling.words_of(one)} for one in kept.of(centre_of(request), visitor.account)]
    return page(request, "kept.html", visitor=visitor, lines=lines, hours=kept.HOURS)


@router.post("/kept")
def keep(request: Request, visitor: Typing) -> Response:
    """Words as they are typed, told by the page itself; `kept.none`: they are as the page had them."""
    sent: tuple[tuple[str, str], ...] = request.state.typed
    told = dict(sent)
    fields = [(name, value) for name, value in sent if not name.startswith("kept.")]
    action, at = _path(told.get(_ACTION, "")), told.get(_PAGE, "")
    if not action.startswith("/") or not keeping.is_ours(at):
        return Response(status_code=204)
    if told.get(_NONE):
        kept.drop(centre_of(request), visitor.account, action, kept.which(action, fields))
    else:
        kept.keep(centre_of(request), visitor.csrf, action, at, fields, sent=False)
    return Response(status_code=204)


def _path(address: str) -> str:
    return urlsplit(address).path


@router.post("/kept/drop")
def drop(request: Request, visitor: StaffPost, action: Typed = "", which: Typed = "", back: Typed = "") -> Response:
    """Not wanted any more."""
    kept.drop(centre_of(request), visitor.account, action, which)
    return go(back if keeping.is_ours(back) else "/kept")
