"""The first things that a request for a page meets: how often it may come, how much of it, and the heads of its answer.

What desks ask meets none of it but `Body` and the heads: it has a door of its own (`desk_door`).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Iterable, Mapping, Sequence

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.centre.database import AWAY
from desk import doors
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.run.limits import Door as Counted
from desk.centre.run.limits import Limits, whose
from desk.centre.visits import Visits
from desk.centre.web import frame, keeping

LOGIN = "/login"
# A proxy that encrypts before us says so itself, as its shipped file has it.
_ENCRYPTED = (b"strict-transport-security", b"max-age=31536000")
_UNKEPT = (b"cache-control", b"no-store")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class Body:
    """The body of one request, as far as its door lets it in. `over`: the status of a refusal, once there is one."""

    def __init__(self, receive: Receive, door: doors.Door) -> None:
        self.over, self.is_answered = 0, False
        self._receive, self._door = receive, door
        self._got, self._more, self._until = 0, True, time.monotonic() + door.seconds

    def is_announced_too_large(self, scope: Scope) -> bool:
        """Whether it says so itself: then none of it is read."""
        said = Headers(scope=scope).get("content-length", "")
        if said.isascii() and said.isdigit() and int(said[:18]) > self._door.most:
            self.over = 413
        return bool(self.over)

    async def receive(self) -> Message:
        """The next piece; a body that is too large or takes too long ends as if its sender had gone. What desks send is
        counted by who reads it, who says with a proof that it is too large."""
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

    def refused(self, request: Request) -> Response:
        """Why, for a person."""
        answer = frame.page(request, "message.html", self.over, message=self._words(), back=keeping.back(request))
        answer.headers["Connection"] = "close"  # what still comes is not read
        return answer

    def _words(self) -> str:
        if self.over == 408:
            return "提交得太慢，等不到全部内容，没有办理。请换个网络再试。"
        return f"提交的内容太大（最多 {doors.sized(self._door.most)}），没有办理。请分几次提交，或把文件变小。"


def raw(heads: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Heads as they are sent."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in heads.items())


def added(
    scope: Scope, found: Iterable[tuple[bytes, bytes]], heads: Iterable[tuple[bytes, bytes]]
) -> list[tuple[bytes, bytes]]:
    """The heads `found` in an answer, with those of `heads` that it does not say otherwise; and where we encrypt, that
    it is always so."""
    made = list(found)
    there = {name for name, _ in made}
    made += (one for one in heads if one[0] not in there)
    if scope.get("state", {}).get("encrypted") and _ENCRYPTED[0] not in there:
        made.append(_ENCRYPTED)
    return made


class Safe:
    """The heads that every answer bears; outermost. What a form was for is done once its answer begins."""

    def __init__(self, app: ASGIApp, centre: Centre, heads: Mapping[str, str]) -> None:
        self._app, self._centre, self._heads = app, centre, raw(heads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                if scope["method"] == "POST" and message["status"] < 400:
                    with contextlib.suppress(SQLAlchemyError):  # it comes back once more, no worse
                        await keeping.over(Request(scope, _ended), self._centre, frame.MOST_FIELDS)
                message["headers"] = added(scope, message["headers"], self._heads)
                if not scope["path"].startswith("/static"):
                    message["headers"] = added(scope, message["headers"], (_UNKEPT,))
            await send(message)

        await self._app(scope, receive, sent)


async def _ended() -> Message:
    """Of a body that was read already: nothing more comes of it."""
    return {"type": "http.disconnect"}


class Heads:
    """HEAD is answered as GET would be, without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
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
    """ASGI middleware around all pages."""

    def __init__(
        self,
        app: ASGIApp,
        centre: Centre,
        limits: Limits,
        visits: Visits,
        forms: Sequence[re.Pattern[str]],
    ) -> None:
        """`forms` are the paths that anybody may post to."""
        self._app, self._centre, self._limits, self._visits, self._forms = app, centre, limits, visits, forms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._visits.begin(scope)
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
            self._visits.note(scope, status, time.perf_counter() - began)

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
            await body.refused(Request(scope))(scope, receive, send)

    async def _door(self, scope: Scope) -> doors.Door:
        """A stranger sends a form, whoever is logged in a file."""
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
