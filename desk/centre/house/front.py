"""The front of a house: which centre a request is for, by the name of the host that it asks; whoever asks for none is
told so and gets nothing of any. Each centre's requests wait for their turn (`turns`).

A turn is taken when all of a request is there, so nobody holds one who sends slowly, and given back when the answer
begins.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Iterator

import anyio.to_thread
import prometheus_client
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from desk.centre import api, desk_door, site
from desk.centre.house.members import Member, Members
from desk.centre.house.turns import MOST, CrowdedError, Turn, Turns
from desk.centre.node.hosts import secret_words
from desk.centre.run import health, logging_setup
from desk.centre.run.settings import Settings
from desk.centre.visits import Proxies

_SMALL = 65_536  # bytes of a body that is waited for before its request begins
_SECONDS = 30.0  # that it is waited for
_SLOWLY = 1.0  # seconds after which one that is too many is told so: else it would ask at once again
_SPARE = 8  # threads beyond those that the centres' requests may have
_NOBODY = "这个网址上没有中心。请核对网址；终端请核对“设置”里中心的地址。没有办理任何事情，终端里的内容都在。"
_LATER = "这个中心暂时打不开，没有改动。请过一会儿再试，或告诉管理服务器的人；终端里的内容都在，过后会自己补送。"
_CROWDED = "同时办的人太多，没有轮到，没有改动，请过一会儿再试。"


class House:
    """The ASGI application of all centres of a house."""

    def __init__(self, members: Members, settings: Settings, turns: Turns | None = None) -> None:
        self.members, self.turns = members, turns or Turns()
        self._proxies = Proxies(settings.trusted_proxies)
        self._static = site.static()
        self._stop = threading.Event()
        self._is_leaving = False

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """Let centres in and out as long as the block lasts."""
        thread = threading.Thread(target=self.members.run, args=[self._stop], daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
            self.members.close()

    def leave(self) -> None:
        """`/healthz` says no from now on."""
        self._is_leaving = True

    def end(self) -> None:
        """Pages that stay open end."""
        for member in self.members.all():
            if member.site is not None:
                member.site.state.ending = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the service's beginning and end."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        hosts = Headers(scope=scope).getlist("host")
        member = self.members.at(hosts[0]) if len(hosts) == 1 else None
        scope.setdefault("state", {})
        there = member.site if member is not None else None
        if there is None and scope["method"] in ("GET", "HEAD") and scope["path"].startswith("/static/"):
            below = {**scope, "path": scope["path"].removeprefix("/static"), "root_path": ""}
            await self._static(below, receive, send)  # which is no centre's
        elif member is None:
            await self._nobodys(scope, receive, send)
        elif there is None:
            await _told(scope, 503, _LATER)(scope, receive, send)
        else:
            token = logging_setup.NODE.set(member.name)
            try:
                await self._in_turn(member, there, scope, receive, send)
            finally:
                logging_setup.NODE.reset(token)

    async def _in_turn(self, member: Member, there: FastAPI, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/healthz":
            await (health.alive(leaving=True) if self._is_leaving else there)(scope, receive, send)
            return
        anyio.to_thread.current_default_thread_limiter().total_tokens = MOST * len(self.members.all()) + _SPARE
        asked = _Asked(self.turns, member.name, receive, send)
        try:
            await asked.begin()
            await there(scope, asked.receive, asked.send)
        except CrowdedError:
            if asked.is_answered:
                raise
            await asyncio.sleep(_SLOWLY)
            await _crowded(there, scope)(scope, asked.receive, send)
        finally:
            asked.end()

    async def _nobodys(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A name that is no centre's: what is the house's own, for whoever watches it."""
        self._proxies.who(scope)
        request = Request(scope)
        path = scope["path"]
        answer = _told(scope, 421, _NOBODY)
        if scope["method"] == "GET" and path == "/healthz":
            answer = health.alive(leaving=self._is_leaving)
        elif scope["method"] == "GET" and path in ("/readyz", "/metrics") and _may_watch(request):
            answer = await run_in_threadpool(self._ready if path == "/readyz" else self._figures)
        await answer(scope, receive, send)

    def _ready(self) -> Response:
        """Which centres work."""
        said = {one.name: _works(one) for one in self.members.all()}
        good = all(said.values())
        return JSONResponse({"ok": good, "centres": said}, 200 if good else 503)

    def _figures(self) -> Response:
        """The figures of all that are open, each with the centre's code."""
        found = []
        for member in self.members.all():
            if member.site is not None and (centre := member.centre) is not None:
                watch: health.Watch = member.site.state.watch
                found.append(watch.counted())
                with contextlib.suppress(SQLAlchemyError):  # one whose database is away hides no other's
                    found.append(health.named(watch.whole(), centre.code[:6]))
        return Response(health.told(*found), media_type=prometheus_client.CONTENT_TYPE_LATEST)


def _may_watch(request: Request) -> bool:
    return health.is_here(request) or health.knows(request, os.environ.get(secret_words.METRICS, ""))


def _works(member: Member) -> bool:
    return member.site is not None and all(health.readiness(member.site.state).values())


class _Asked:
    """One request on its way through a centre: its turn, and how its body comes and its answer goes."""

    def __init__(self, turns: Turns, name: str, receive: Receive, send: Send) -> None:
        self._turns, self._name, self._receive, self._send = turns, name, receive, send
        self._turn: Turn | None = None
        self._read: list[Message] = []
        self.is_answered = False

    async def begin(self) -> None:
        """Read a body that is small, and take the turn; a longer one's is taken when the last of it is there."""
        got, until = 0, asyncio.get_running_loop().time() + _SECONDS
        while got <= _SMALL:
            try:
                async with asyncio.timeout_at(until):
                    message = await self._receive()
            except TimeoutError:
                return
            self._read.append(message)
            got += len(message.get("body", b""))
            if not message.get("more_body"):
                self._turn = await self._turns.take(self._name)
                return

    async def receive(self) -> Message:
        """The next message."""
        if self._read:
            return self._read.pop(0)
        message = await self._receive()
        if self._turn is None and not self.is_answered and not message.get("more_body"):
            self._turn = await self._turns.take(self._name)
        return message

    async def send(self, message: Message) -> None:
        """The answer begins: whoever waits may begin."""
        if message["type"] == "http.response.start":
            self.is_answered = True
            self.end()
        await self._send(message)

    def end(self) -> None:
        """Give the turn back."""
        turn, self._turn = self._turn, None
        if turn is not None:
            self._turns.give(turn)


def _crowded(there: FastAPI, scope: Scope) -> Response:
    if desk_door.is_asked(scope):
        return api.busy(Request({**scope, "app": there}))
    return _told(scope, 503, _CROWDED)


def _told(scope: Scope, status: int, words: str) -> Response:
    """A page of words alone, without anything of any centre."""
    title = "没有这个中心" if status == 421 else "请稍候"
    page = site.templates().env.get_template("nobody.html").render(title=title, words=words)
    headers = {"Cache-Control": "no-store", **site.SAFE}
    if status == 503:
        headers["Retry-After"] = "5"
    return Response(page if scope["method"] != "HEAD" else b"", status, headers, media_type="text/html")


async def _live(receive: Receive, send: Send) -> None:
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
