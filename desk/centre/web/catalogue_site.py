"""The static site of all items: made for a stick or a notice-board PC, taken as one file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from desk import clock
from desk.centre.drafting import site_making
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import AbsentError, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_PAGE = "/catalogue/site"


@router.get("/catalogue/site")
def site(request: Request, visitor: Reader) -> Response:
    """How far it is, and the last one that was made."""
    return _drawn(request, visitor)


def _drawn(request: Request, visitor: guard.Visitor, message: str = "", status: int = 200) -> Response:
    centre = centre_of(request)
    path, when, size = site_making.made(centre), "", 0
    if path is not None:
        told = path.stat()
        when = clock.minute(clock.stamp(dt.datetime.fromtimestamp(told.st_mtime, dt.UTC)))
        size = max(1, told.st_size >> 20)
    stands = site_making.state(centre)
    return page(
        request, "catalogue_site.html", status, visitor=visitor, stands=stands, when=when, size=size, message=message
    )


@router.post("/catalogue/site")
def start(request: Request, visitor: Editor) -> Response:
    """Begin to make it."""
    try:
        site_making.start(centre_of(request))
    except RefusedError as error:
        return _drawn(request, visitor, error.sentences(), 409)
    return go(_PAGE)


@router.post("/catalogue/site/stop")
def stop(request: Request, _visitor: Editor) -> Response:
    """Give it up."""
    site_making.stop(centre_of(request))
    return go(_PAGE)


@router.get("/catalogue/site.zip")
def taken(request: Request, _visitor: Reader) -> Response:
    """The last one that was made."""
    path = site_making.made(centre_of(request))
    if path is None:
        raise AbsentError("还没有生成过。")
    return FileResponse(path, media_type="application/zip", filename="site.zip")
