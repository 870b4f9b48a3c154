"""The API for desks (desk.sync.protocol.wire): every answer, errors too, carries the proof that this centre gave it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from db.centre.database import is_full
from desk import doors
from desk.centre.exchange import enrolment, letter_answers, picture_intake, relaying, taking, telling
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.centre.web.frame import asker
from desk.errors import UNREADABLE
from desk.log.chain import BrokenLogError
from desk.sync.protocol import relayed, wire
from desk.sync.protocol.envelope import BatchError, NewerError, StrangerError
from desk.sync.protocol.seal import SealError

_log = logging.getLogger("desk.centre")
_SMALL = doors.ENROL.most
_DIGITS = 15  # of a cursor
router = APIRouter(tags=["desks"])

# What the description says of bodies that are read by hand: sealed bytes, and one JSON question.
_SEALED: dict[str, Any] = {
    "requestBody": {"required": True, "content": {wire.OCTETS: {"schema": {"type": "string", "format": "binary"}}}}
}
_ENROL: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["code", "sign_key", "seal_key"],
                    "properties": {name: {"type": "string"} for name in wire.EnrolRequest.__struct_fields__},
                }
            }
        },
    }
}


def _centre(request: Request) -> Centre:
    centre: Centre = request.app.state.centre
    return centre


def _proved(request: Request, status: int, body: bytes, media: str, **more: str) -> Response:
    nonce = request.headers.get(wire.NONCE_HEADER, "")[:64]
    proof = wire.prove_answer(_centre(request).keys, nonce, request.url.path, status, body)
    headers = {wire.PROOF_HEADER: proof, "Cache-Control": "no-store", **more}
    return Response(body, status, headers, media_type=media)


def _said(request: Request, answer: msgspec.Struct) -> Response:
    return _proved(request, 200, msgspec.json.encode(answer), "application/json")


def _refused(request: Request, problem: wire.ProblemAnswer) -> Response:
    status = wire.PROBLEMS[problem.code][0]
    request.app.state.watch.refused(request.url.path, problem.code)
    return _proved(request, status, msgspec.json.encode(problem), "application/json")


async def _body(request: Request, most: int) -> bytes | None:
    """The whole body, None when it is longer than `most`."""
    got = bytearray()
    async for piece in request.stream():
        got += piece
        if len(got) > most:
            return None
    return bytes(got)


async def _answered(request: Request, work: Callable[[], Response]) -> Response:
    """Run `work` off the event loop; what it refuses is an answer, what breaks in it is our fault and told as busy."""
    centre = _centre(request)
    try:
        return await run_in_threadpool(work)
    except RefusedBatchError as error:
        return _refused(request, error.problem)
    except StrangerError:
        return _refused(request, wire.problem("unknown_node", time=centre.now()))
    except NewerError as error:
        return _refused(request, wire.problem("too_new", time=centre.now(), text=error.happened))
    except (SealError, BatchError, BrokenLogError) as error:
        return _refused(request, wire.problem("broken", time=centre.now(), text=error.happened))
    except sa.exc.DBAPIError as error:
        code = "full" if is_full(error) else "busy"
        _log.error("the database did not take it", extra={"code": code}, exc_info=code == "busy")
        return _refused(request, wire.problem(code, time=centre.now()))
    except Exception:  # noqa: BLE001 - the last door: a desk must get a proved answer and keep its entries
        _log.exception("fault at %s", request.url.path)
        return _refused(request, wire.problem("busy", time=centre.now()))


@router.get(wire.HELLO)
async def hello(request: Request) -> Response:
    """Who this centre is."""
    centre = _centre(request)

    def work() -> Response:
        public = centre.keys.public()
        keys = wire.to_text(public.sign), wire.to_text(public.seal)
        return _said(request, wire.HelloAnswer(centre.node, centre.name, *keys, centre.now(), centre.authority()))

    return await _answered(request, work)


@router.post(wire.ENROL, openapi_extra=_ENROL)
async def enrol(request: Request) -> Response:
    """Take a desk in by its one-time code."""
    wait = request.app.state.limits.enrols.wait(asker(request))
    if wait:
        told = msgspec.json.encode(wire.problem("often", time=_centre(request).now()))
        return _proved(request, wire.PROBLEMS["often"][0], told, "application/json", **{"Retry-After": str(wait)})
    body = await _body(request, _SMALL)
    try:
        asked = msgspec.json.decode(body or b"", type=wire.EnrolRequest)
    except UNREADABLE:
        return _refused(request, wire.problem("broken", time=_centre(request).now()))
    return await _answered(request, lambda: _said(request, enrolment.take_in(_centre(request), asked)))


@router.post(wire.BATCHES, openapi_extra=_SEALED)
async def batches(request: Request) -> Response:
    """Take a sealed batch in; acknowledged only after the commit."""
    return await _sealed(request, taking.take_in)


@router.post(wire.LETTERS, openapi_extra=_SEALED)
async def letter(request: Request) -> Response:
    """A sealed letter; the answer is one too."""
    body = await _body(request, doors.ASKED.most)
    if body is None:
        return _refused(request, wire.problem("too_large", time=_centre(request).now()))
    return await _answered(
        request, lambda: _proved(request, 200, letter_answers.answer(_centre(request), body), wire.OCTETS)
    )


@router.post(wire.RELAY, openapi_extra=_SEALED)
async def relay(request: Request) -> Response:
    """What a township brings of its villages' sticks; the answer is what goes back onto them, sealed."""
    body = await _body(request, relayed.MAX_SEALED)
    if body is None:
        return _refused(request, wire.problem("too_large", time=_centre(request).now()))
    return await _answered(request, lambda: _proved(request, 200, relaying.answer(_centre(request), body), wire.OCTETS))


@router.post(wire.FILE_STATE, openapi_extra=_SEALED)
async def file_state(request: Request) -> Response:
    """Which of these pictures are here."""
    return await _sealed(request, picture_intake.state)


@router.post(wire.FILES, openapi_extra=_SEALED)
async def files(request: Request) -> Response:
    """A part of a picture; acknowledged only after the commit."""
    return await _sealed(request, picture_intake.take)


async def _sealed(request: Request, work: Callable[[Centre, bytes], msgspec.Struct]) -> Response:
    body = await _body(request, doors.ASKED.most)
    if body is None:
        return _refused(request, wire.problem("too_large", time=_centre(request).now()))
    return await _answered(request, lambda: _said(request, work(_centre(request), body)))


@router.get(wire.FEED)
async def feed(request: Request, after: str = "0") -> Response:
    """The entries that the asking node should know after `after`, sealed to it."""
    centre = _centre(request)
    name = request.headers.get(wire.NODE_HEADER, "")
    nonce = request.headers.get(wire.NONCE_HEADER, "")
    asked = f"{request.url.path}?{request.url.query}"
    if not (after.isascii() and after.isdigit() and len(after) <= _DIGITS):
        return _refused(request, wire.problem("broken", time=centre.now()))

    def work() -> Response:
        keys, proof = enrolment.sign_keys(centre, name), request.headers.get(wire.PROOF_HEADER, "")
        if not any(wire.ask_proved(key, proof, nonce, asked) for key in keys):
            return _refused(request, wire.problem("unknown_node", time=centre.now()))
        if enrolment.is_revoked(centre, name):
            return _refused(request, wire.problem("revoked", time=centre.now()))
        seen = request.headers.get(wire.SEEN_HEADER, "")[:100]
        return _proved(request, 200, telling.feed(centre, name, int(after), seen), wire.OCTETS)

    return await _answered(request, work)


class _Nothing:
    """What else is asked under our part of the site, by whatever method: a desk must know that we said no."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        problem = msgspec.json.encode(wire.problem("absent", time=_centre(request).now()))
        body = b"" if request.method == "HEAD" else problem
        await _proved(request, wire.PROBLEMS["absent"][0], body, "application/json")(scope, receive, send)


NOTHING: Final = (Mount(wire.ROOT, _Nothing()), Route(wire.ROOT, _Nothing()))  # behind the router's own paths
