"""The first thing that a request meets: who asks behind which proxy, whether too often; and the last: the log's line.

The line names the route's template, never a path or a query, and the account only as a mark that needs the key.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import logging
import re
import time
from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.centre.database import AWAY
from desk import doors
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.run.health import Watch
from desk.centre.run.limits import Door as Counted
from desk.centre.run.limits import Limits, whose
from desk.centre.run.settings import Settings
from desk.centre.web import frame, keeping
from desk.sync.protocol import wire

LOGIN = "/login"
_ENCRYPTED = "max-age=31536000"  # a proxy that encrypts before us says so itself, as its shipped file has it
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds
_log = logging.getLogger("desk.centre.access")


class Body:
    """The body of one request, as far as its door lets it in. `over`: the status of a refusal, once there is one."""

    def __init__(self, receive: Receive, door: doors.Door) -> None:
        self.over, self.is_answered = 0, False
        self._receive, self._door = receive, door
        self._got, self._more, self._until = 0, True, time.monotonic() + door.seconds

    def is_announced_too_large(self, scope: Scope) -> bool:
        """Whether it says so itself: then none of it is read. The API says it with a proof."""
        said = Headers(scope=scope).get("content-length", "")
        if said.isascii() and said.isdigit() and int(said[:18]) > self._door.most and self._door is not doors.ASKED:
            self.over = 413
        return bool(self.over)

    async def receive(self) -> Message:
        """The next piece; a body that is too large or takes too long ends as if its sender had gone."""
        if not self._more:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._until - time.monotonic()))
        except TimeoutError:
            self.over = 408
            return {"type": "http.disconnect"}
        self._got += len(message.get("body", b""))
        self._more = bool(message.get("more_body"))
        if self._got > self._door.most and self._door is not doors.ASKED:
            self.over = 413
            return {"type": "http.disconnect"}
        return message

    def quiet(self, send: Send) -> Send:
        """What the application says of a body that broke off is not told: the door says why."""

        async def sent(message: Message) -> None:
            if not self.over or self.is_answered:
                self.is_answered = True
                await send(message)

        return sent

    def words(self) -> str:
        """Why, for a person."""
        if self.over == 408:
            return "提交得太慢，等不到全部内容，没有办理。请换个网络再试。"
        return f"提交的内容太大（最多 {doors.sized(self._door.most)}），没有办理。请分几次提交，或把文件变小。"


class Safe:
    """The heads that every answer bears; outermost. What a form was for is done once its answer begins."""

    def __init__(self, app: ASGIApp, centre: Centre, heads: Mapping[str, str]) -> None:
        self._app, self._centre, self._heads = app, centre, heads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_asked = scope["path"].startswith(wire.ROOT + "/")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                if scope["method"] == "POST" and message["status"] < 400 and not is_asked:
                    with contextlib.suppress(SQLAlchemyError):  # it comes back once more, no worse
                        await keeping.over(Request(scope, _ended), self._centre, frame.MOST_FIELDS)
                self._add(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, sent)

    def _add(self, scope: Scope, headers: MutableHeaders) -> None:
        for header, value in self._heads.items():
            headers.setdefault(header, value)
        if scope.get("state", {}).get("encrypted"):
            headers.setdefault("Strict-Transport-Security", _ENCRYPTED)
        if not scope["path"].startswith(("/static", wire.ROOT)):
            headers.setdefault("Cache-Control", "no-store")


async def _ended() -> Message:
    """Of a body that was read already: nothing more comes of it."""
    return {"type": "http.disconnect"}


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


class Proxies:
    """Whom we believe about others: the proxies before us, as addresses or networks."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._networks = [ipaddress.ip_network(one, strict=False) for one in trusted]

    def who(self, scope: Scope) -> None:
        """Believe a proxy of ours about the visitor's address and the scheme, and nobody else."""
        headers = Headers(scope=scope)
        chain = [one.strip() for one in ",".join(headers.getlist("x-forwarded-for")).split(",") if one.strip()]
        client = scope.get("client") or ("", 0)
        scope["state"]["encrypted"] = scope["scheme"] == "https"  # by us, and not by a proxy that says so itself
        if not self._is_ours(client[0]):
            scope["state"]["unknown_proxy"] = bool(chain) or "forwarded" in headers
            return
        scheme = headers.get("x-forwarded-proto", "").strip()
        if scheme in ("http", "https"):
            scope["scheme"] = scheme
        outside = next((one for one in reversed(chain) if not self._is_ours(one)), chain[0] if chain else "")
        if outside:
            scope["client"] = (outside, 0)

    def _is_ours(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)


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
        self._proxies = Proxies(settings.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        self._proxies.who(scope)
        status, began = 500, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            counted = self._counted(scope)
            who = scope["client"][0] if scope.get("client") else ""
            wait = await run_in_threadpool(counted.wait, whose(who)) if counted is not None else 0
            if wait:
                request = Request(scope, Body(receive, doors.FORM).receive)
                if counted is self._limits.forms:  # what was typed comes back; a password never
                    await keeping.read(request, most=100)
                answer = frame.again(request, 429, "试得太频繁，没有办理。请过一分钟再试。")
                answer.headers["Retry-After"] = str(wait)
                await answer(scope, receive, sent)
            else:
                await self._within(scope, receive, sent)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    async def _within(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application, which hears no more of the body than comes in by this door."""
        try:
            door = await self._door(scope)
        except AWAY as error:  # nobody knows who asks
            answer = await frame.away(Request(scope, Body(receive, doors.FORM).receive), error)
            await answer(scope, receive, send)
            return
        body = Body(receive, door)
        if not body.is_announced_too_large(scope):
            with contextlib.suppress(ClientDisconnect):
                await self._app(scope, body.receive, body.quiet(send))
        elif door is doors.STAFF_FORM:
            await keeping.keep_cut(Request(scope, receive), self._centre)
        if body.over and not body.is_answered:
            request = Request(scope)
            back = keeping.back(request)
            answer = frame.page(request, "message.html", body.over, message=body.words(), back=back)
            answer.headers["Connection"] = "close"  # what still comes is not read
            await answer(scope, receive, send)

    async def _door(self, scope: Scope) -> doors.Door:
        """A stranger sends a form, whoever is logged in a file; the API counts its own bodies."""
        if scope["path"].startswith(wire.ROOT + "/"):
            return doors.ASKED
        token = Request(scope).cookies.get(guard.COOKIE, "")
        if scope["method"] not in _WITH_BODY or not token:
            return doors.FORM
        known = await run_in_threadpool(guard.visitor, self._centre, token)
        return doors.STAFF_FORM if known else doors.FORM

    def _counted(self, scope: Scope) -> Counted | None:
        """Where this request is counted; None for one that is not."""
        if scope["method"] != "POST":
            return None
        if scope["path"] == LOGIN:
            return self._limits.logins
        return self._limits.forms if any(form.match(scope["path"]) for form in self._forms) else None

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
