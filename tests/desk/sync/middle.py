"""Somebody on the line between a desk and its centre, over plain HTTP: sees all, passes on what they like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from conftest import Served, serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Sent = tuple[str, dict[str, str], bytes]  # path with query, headers, body


class Between:
    """`change` what is asked, `answer` what is told; what passed is kept, by path."""

    def __init__(self, target: str) -> None:
        self._target = target
        self.address = ""
        self.seen: list[Sent] = []
        self.change: Callable[[Sent], Sent] = lambda sent: sent
        self.answer: Callable[[str, httpx.Response], tuple[int, dict[str, str], bytes]] = lambda _path, told: (
            told.status_code, dict(told.headers), told.content
        )  # fmt: skip

    async def __call__(self, request: Request) -> Response:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        sent = path, {k: v for k, v in request.headers.items() if k not in ("host", "content-length")}, b""
        sent = (*sent[:2], await request.body())
        self.seen.append(sent)
        path, headers, body = self.change(sent)
        async with httpx.AsyncClient(trust_env=False) as far:
            told = await far.request(request.method, self._target + path, headers=headers, content=body or None)
        status, said, content = self.answer(path, told)
        return Response(content, status, {k: v for k, v in said.items() if k.lower().startswith("daiban")})

    def last(self, path: str) -> Sent:
        """The last request that was made there."""
        return next(one for one in reversed(self.seen) if one[0].startswith(path))


@contextmanager
def between(served: Served) -> Iterator[Between]:
    """Such a somebody before the centre, for as long as the block lasts."""
    made = Between(served.address)
    application = Starlette(routes=[Route("/{path:path}", made.__call__, methods=["GET", "POST"])])
    with serving(application) as address:
        made.address = address
        yield made
