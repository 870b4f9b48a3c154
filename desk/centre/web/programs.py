"""The desks' program: which versions run where, what is offered to whom, ten points first and then all."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.exchange.release import offering
from desk.centre.node.roles import ADMINISTER, SUPERVISE
from desk.centre.run import guard
from desk.centre.web.frame import Typed, centre_of, go, page, posted, signed_in

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(SUPERVISE | ADMINISTER))]
Admin = Annotated[guard.Visitor, Depends(posted(ADMINISTER))]


@router.get("/desks/programs")
def program_list(request: Request, visitor: Reader) -> Response:
    """Versions of desks, files that are here, and how far each was offered."""
    centre = centre_of(request)
    waves = {(one.offer.version, one.offer.platform): one for one in offering.waves(centre)}
    carried = [
        {"file": one, "mb": one.size / 1e6, "wave": waves.get((one.version, one.platform))}
        for one in offering.listed(centre)
    ]
    return page(
        request,
        "programs.html",
        visitor=visitor,
        may_change=visitor.may(ADMINISTER),
        versions=offering.versions(centre),
        carried=carried,
        first=offering.FIRST,
    )


@router.post("/desks/programs")
def offer(request: Request, visitor: Admin, version: Typed = "", platform: Typed = "", whom: Typed = "") -> Response:
    """Offer one to ten points, or to all."""
    offering.offer(centre_of(request), visitor.account, version, platform, to_all=whom == "all")
    return go("/desks/programs")
