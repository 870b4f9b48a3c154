"""What the guides say in Mongolian: the catalogue's editor writes it, or takes over what a desk handed in."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from desk import clock
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import AbsentError, Asked, Seen, Typed, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.words import guide_texts
from desk.words.guide_texts import PARTS, GuideTexts

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_DONE = "已保存。群众网页和打印版现在照它，各代办点同步后也照它。"


@router.get("/catalogue/texts/{code}")
def texts(request: Request, visitor: Reader, code: str, done: Asked = "") -> Response:
    """The texts of an item's guide as they are public, and what desks handed in."""
    return _drawn(request, visitor, code, is_good=_DONE if done else "")


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    code: str,
    *,
    message: str = "",
    is_good: str = "",
    typed: GuideTexts | None = None,
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        item = centre.publications.item(code)
        offers = publishing.offers(centre, db, [code])[code] if item else []
    if item is None:
        raise AbsentError("目录里没有这个事项。")
    stands = centre.publications.texts.get(code, GuideTexts())
    return page(
        request,
        "catalogue_texts.html",
        status,
        visitor=visitor,
        item=item,
        parts=PARTS,
        stands=stands,
        mark=guide_texts.mark(stands),
        written=typed or stands,
        offers=[_offer(one) for one in offers],
        message=message,
        is_good=is_good,
    )


def _offer(offer: publishing.Offer) -> dict[str, Any]:
    return {
        "node": offer.node,
        "seq": offer.seq,
        "from": offer.point_name,
        "time": clock.minute(offer.time),
        "texts": offer.texts,
    }


@router.post("/catalogue/texts/{code}")
def write(
    request: Request,
    visitor: Editor,
    code: str,
    name: Typed = "",
    basis: Typed = "",
    conditions: Typed = "",
    materials: Typed = "",
    flow: Typed = "",
    times: Typed = "",
    fees: Typed = "",
    result: Typed = "",
    place: Typed = "",
    rights: Typed = "",
    faq: Typed = "",
    reviewer: Typed = "",
    mark: Typed = "",
) -> Response:
    """Publish what was typed; all of it empty takes the texts away."""
    centre = centre_of(request)
    parts = {"basis": basis, "conditions": conditions, "flow": flow, "fees": fees, "result": result}
    typed = GuideTexts(name, materials, times, place, reviewer, rights=rights, faq=faq, **parts)
    try:
        made = guide_texts.checked({**typed.parts(), "reviewer": reviewer}, centre.today())
        _publish(centre, visitor, code, made, mark)
    except RefusedError as error:
        return _drawn(request, visitor, code, message=error.sentences(), typed=typed, status=409)
    return _done(code)


@router.post("/catalogue/texts/{code}/take")
def take(request: Request, visitor: Editor, code: str, node: Typed = "", seq: Seen = 0, mark: Typed = "") -> Response:
    """Publish what a desk handed in, with the name of whoever reviewed it there."""
    centre = centre_of(request)
    try:
        found = _handed_in(centre, code, node, seq)
        guide_texts.checked({**found.parts(), "reviewer": found.reviewer}, centre.today())
        _publish(centre, visitor, code, found, mark)
    except RefusedError as error:
        return _drawn(request, visitor, code, message=error.sentences(), status=409)
    return _done(code)


def _done(code: str) -> Response:
    return go(f"/catalogue/texts/{quote(code, safe='')}?done=1")


def _handed_in(centre: Centre, code: str, node: str, seq: int) -> GuideTexts:
    with centre.database.read() as db:
        for one in publishing.offers(centre, db, [code])[code]:
            if (one.node, one.seq) == (node, seq):
                return one.texts
    raise RefusedError("这份来稿已经不在了，代办点可能又改过。", "没有发布。", "请看过现在的来稿再采用。")


def _publish(centre: Centre, visitor: guard.Visitor, code: str, made: GuideTexts, mark: str) -> None:
    if centre.publications.item(code) is None:
        raise AbsentError("目录里没有这个事项。")
    publishing.texts(centre, visitor.account, code, made, mark)
