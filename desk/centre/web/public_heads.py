"""For everybody: how far each log reaches and what stands at its end, signed by whoever saw it. Whoever keeps a copy of
this page finds out when a history is written anew."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from desk.centre.exchange.trust import witnessing
from desk.centre.web.frame import centre_of, page
from desk.centre.web.public_guides import fresh
from desk.sync.protocol import wire

router = APIRouter(include_in_schema=False)


@router.get("/heads")
def heads(request: Request) -> Response:
    """The heads as a page."""
    centre = centre_of(request)
    rows = witnessing.published(centre)
    facts: dict[str, Any] = {
        "rows": rows,
        "node": centre.node,
        "bad": sum(bool(one["here"]) and not one["settled_at"] for one in rows),
    }
    return fresh(page(request, "public/heads.html", **facts))


@router.get("/heads.json")
def heads_data(request: Request) -> Response:
    """The same for programs, with the signatures; how they are made stands in the protocol."""
    centre = centre_of(request)
    key = wire.to_text(centre.keys.public().sign)
    told = {"node": centre.node, "sign_key": key, "heads": witnessing.published(centre)}
    return fresh(Response(msgspec.json.encode(told), media_type="application/json"))
