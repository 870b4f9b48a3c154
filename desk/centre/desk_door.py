"""The door by which desks ask: what lies under their part of the site goes to its handler by one table, past the pages'
middleware, router and dependencies, which cost more than all the work for a desk that has nothing to hear.

The table is made of the routes that the description is made of. What is kept at the pages' door is kept here too: whom
to believe, how much may come in and for how long, the heads of every answer, the figures and the log's line.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from desk import doors
from desk.centre import api
from desk.centre.middleware import Body, added, raw
from desk.centre.visits import Visits
from desk.sync.protocol import wire

_UNDER = wire.ROOT + "/"


class _Way(msgspec.Struct, frozen=True):
    """Where a method and a path lead; `fields` of the query are told the handler by name."""

    route: APIRoute
    handler: Callable[..., Awaitable[Response]]
    fields: tuple[str, ...]


def _ways() -> dict[tuple[str, str], _Way]:
    found: dict[tuple[str, str], _Way] = {}
    for route in api.router.routes:
        if isinstance(route, APIRoute):
            fields = tuple(one.alias for one in route.dependant.query_params)
            found |= {(method, route.path): _Way(route, route.endpoint, fields) for method in route.methods or ()}
    return found


WAYS: Final = _ways()


def is_asked(scope: Scope) -> bool:
    """Whether a request is for this door."""
    path: str = scope.get("path", "")
    return scope["type"] == "http" and (path.startswith(_UNDER) or path == wire.ROOT)


class DeskDoor:
    """An ASGI application for `is_asked`, within `site`, whose state the handlers know."""

    def __init__(self, site: ASGIApp, visits: Visits, heads: Mapping[str, str]) -> None:
        self._site, self._visits, self._heads = site, visits, raw(heads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        status, began = 500, time.perf_counter()
        scope["app"] = self._site
        self._visits.begin(scope)
        try:
            answer = await _answer(scope, receive)
            if answer is not None:
                status = answer.status_code
                heads = added(scope, answer.raw_headers, self._heads)
                await send({"type": "http.response.start", "status": status, "headers": heads})
                await send({"type": "http.response.body", "body": answer.body})
        finally:
            self._visits.note(scope, status, time.perf_counter() - began)


async def _answer(scope: Scope, receive: Receive) -> Response | None:
    """What is said; None where whoever asked has gone."""
    body = Body(receive, doors.ASKED)
    request = Request(scope, body.receive)
    way = WAYS.get((scope["method"], scope["path"]))
    if way is None:
        return api.absent(request)
    scope["route"] = way.route
    query = request.query_params if way.fields else {}
    told = {name: query[name] for name in way.fields if name in query}
    try:
        return await way.handler(request, **told)
    except ClientDisconnect:
        return body.refused(request) if body.over else None
