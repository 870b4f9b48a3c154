"""The first thing that a request meets: who asks behind which proxy, whether too often; and the last: the log's line.

The line names the route's template, never a path or a query, and the account only as a mark that needs the key.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import time
from collections.abc import Sequence

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.centre.node.centre_node import Centre
from desk.centre.run.health import Watch
from desk.centre.run.limits import Limits, whose
from desk.centre.run.settings import Settings
from desk.centre.web import frame
from desk.sync.protocol import wire

LOGIN = "/login"
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds
_log = logging.getLogger("desk.centre.access")


class Heads:
    """HEAD is answered as GET would be, without its body; what desks ask for answers by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith(wire.ROOT):
            await self._app(scope, receive, send)
            return
        asked, is_ended = {**scope, "method": "GET"}, False

        async def bare(message: Message) -> None:
            nonlocal is_ended
            if message["type"] == "http.response.body":
                if is_ended:
                    return
                is_ended, message = True, {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        try:
            await self._app(asked, receive, bare)
        finally:
            scope["route"] = asked.get("route")  # for the log's line


class Door:
    """ASGI middleware around the whole application."""

    def __init__(
        self,
        app: ASGIApp,
        centre: Centre,
        settings: Settings,
        limits: Limits,
        watch: Watch,
        forms: Sequence[re.Pattern[str]],
    ) -> None:
        """`forms` are the paths that anybody may post to."""
        self._app, self._centre, self._limits, self._watch, self._forms = app, centre, limits, watch, forms
        self._proxies = [ipaddress.ip_network(one, strict=False) for one in settings.trusted_proxies]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        self._who(scope)
        status, began = 500, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            wait = self._wait(scope)
            if wait:
                told = "试得太频繁，没有办理。请过一分钟再试。"
                answer = frame.page(Request(scope), "message.html", 429, message=told)
                answer.headers["Retry-After"] = str(wait)
                await answer(scope, receive, sent)
            else:
                await self._app(scope, receive, sent)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _wait(self, scope: Scope) -> int:
        """Seconds that a post has to wait; 0 for none."""
        if scope["method"] != "POST":
            return 0
        who = whose(scope["client"][0] if scope.get("client") else "")
        if scope["path"] == LOGIN:
            return self._limits.logins.wait(who)
        if any(form.match(scope["path"]) for form in self._forms):
            return self._limits.forms.wait(who)
        return 0

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "")
        if not route:
            route = "/static" if scope["path"].startswith("/static/") else "—"
        method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD") else "other"
        self._watch.answered(method, route, status, seconds)
        account = scope["state"].get("account", "")
        facts = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
        if account:
            facts["account"] = self._centre.database.box.index(account)[:12]
        quiet = route in _QUIET or route == "/static"
        _log.log(logging.DEBUG if quiet else logging.INFO, "request", extra=facts)

    def _who(self, scope: Scope) -> None:
        """Believe a proxy of ours about the visitor's address and the scheme, and nobody else."""
        headers = Headers(scope=scope)
        chain = [one.strip() for one in ",".join(headers.getlist("x-forwarded-for")).split(",") if one.strip()]
        client = scope.get("client") or ("", 0)
        if not self._is_proxy(client[0]):
            scope["state"]["unknown_proxy"] = bool(chain) or "forwarded" in headers
            return
        scheme = headers.get("x-forwarded-proto", "").strip()
        if scheme in ("http", "https"):
            scope["scheme"] = scheme
        outside = next((one for one in reversed(chain) if not self._is_proxy(one)), chain[0] if chain else "")
        if outside:
            scope["client"] = (outside, 0)

    def _is_proxy(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._proxies)
