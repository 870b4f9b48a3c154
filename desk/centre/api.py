"""The API for desks (desk.sync.protocol.wire): every answer, errors too, carries the proof that this centre gave it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from db.centre import rows
from db.centre.database import AWAY, is_full
from db.centre.hosts.ends import WentBackError
from desk import doors
from desk.centre.exchange import enrolment, letter_answers, picture_intake, relaying, taking, telling
from desk.centre.exchange.trust import addressing, codes
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.centre.node.pictures.keeping import PlaceAwayError
from desk.centre.web.frame import asker
from desk.errors import UNREADABLE
from desk.log.chain import BrokenLogError
from desk.sync.protocol import code_proof, relayed, wire
from desk.sync.protocol.envelope import BatchError, NewerError, StrangerError
from desk.sync.protocol.seal import SealError

_log = logging.getLogger("desk.centre")
_WENT_BACK = "中心的数据库退回过，暂停收件，正在处理；内容都在终端上，过后会自己补送。"
_SMALL = doors.ENROL.most
_DIGITS = 15  # of a cursor
_QUESTION = "daiban.question"  # of a scope: as it was read
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


def _is_bound(request: Request) -> bool:
    """Whether the asker speaks version 2, in which a proof covers the question."""
    return request.headers.get(wire.VERSION_HEADER) == str(wire.BOUND)


def _question(request: Request) -> wire.Question:
    """What was asked, as the asker said it: whatever was changed on the way, the proof then fits no question of
    theirs. It is read once."""
    known: wire.Question | None = request.scope.get(_QUESTION)
    if known is not None:
        return known
    told, path, query = request.headers, request.scope["path"], request.scope["query_string"].decode("latin-1")
    path += f"?{query}" if query else ""
    nonce, node = told.get(wire.NONCE_HEADER, "")[:64], told.get(wire.NODE_HEADER, "")[:40]
    epoch, digest = told.get(wire.EPOCH_HEADER, "")[:15], told.get(wire.DIGEST_HEADER, "")[:64]
    asked = wire.Question(nonce, request.method, path, node, _centre(request).node, epoch, digest)
    request.scope[_QUESTION] = asked
    return asked


def _is_whole(request: Request, body: bytes) -> bool:
    """Whether the body is the one whose digest the question names."""
    return not _is_bound(request) or request.headers.get(wire.DIGEST_HEADER) == wire.digest(body)


def _proved(request: Request, status: int, body: bytes, media: str, **more: str) -> Response:
    asked, keys = _question(request), _centre(request).keys
    if _is_bound(request):
        proof = wire.prove_bound_answer(keys, asked, status, body)
    else:
        proof = wire.prove_answer(keys, asked.nonce, request.scope["path"], status, body)
    headers = {wire.PROOF_HEADER: proof, "Cache-Control": "no-store", **more}
    return Response(body, status, headers, media_type=media)


def _said(request: Request, answer: msgspec.Struct) -> Response:
    return _proved(request, 200, msgspec.json.encode(answer), "application/json")


def _refused(request: Request, problem: wire.ProblemAnswer) -> Response:
    status = wire.PROBLEMS[problem.code][0]
    request.app.state.watch.refused(request.scope["path"], problem.code)
    return _proved(request, status, msgspec.json.encode(problem), "application/json")


def busy(request: Request) -> Response:
    """Too many ask at once: proved, so a desk knows that the centre is there, and comes again."""
    return _refused(request, wire.problem("busy", time=_centre(request).now()))


class _BodyError(Exception):
    """The body cannot be taken; `code` is the problem."""

    def __init__(self, code: str) -> None:
        self.code = code


async def _body(request: Request, most: int) -> bytes:
    """The whole body. Raises _BodyError when it is longer than `most`, or not the one that was asked with."""
    got = bytearray()
    async for piece in request.stream():
        got += piece
        if len(got) > most:
            raise _BodyError("too_large")
    if not _is_whole(request, bytes(got)):
        raise _BodyError("broken")
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
    except WentBackError:
        _log.error("the database went back: nothing is written")
        return _refused(request, wire.problem("busy", time=centre.now(), text=_WENT_BACK))
    except PlaceAwayError as error:
        return _refused(request, wire.problem("full" if error.is_full else "busy", time=centre.now()))
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
        code = "full" if is_full(error) else "busy"
        is_ours = code == "busy" and not isinstance(error, AWAY)
        _log.log(
            logging.ERROR if is_ours else logging.WARNING,
            "the database did not take it",
            extra={"code": code},
            exc_info=is_ours,
        )
        return _refused(request, wire.problem(code, time=centre.now()))
    except Exception:  # noqa: BLE001 - the last door: a desk must get a proved answer and keep its entries
        _log.exception("fault at %s", request.scope["path"])
        return _refused(request, wire.problem("busy", time=centre.now()))


@router.get(wire.HELLO)
async def hello(request: Request) -> Response:
    """Who this centre is."""
    centre = _centre(request)

    def work() -> Response:
        public = centre.keys.public()
        keys = wire.to_text(public.sign), wire.to_text(public.seal)
        with centre.database.read() as db:
            old = codes.has_old(db, centre.now())
        told = wire.HelloAnswer(centre.node, centre.name, *keys, centre.now(), centre.authority())
        return _said(request, msgspec.structs.replace(told, code_cost=code_proof.COST, old_codes=old))

    return await _answered(request, work)


def _knocked(request: Request) -> int:
    """Count one more try at a code from this address; seconds after which it may be made, 0 for now."""
    wait: int = request.app.state.limits.enrols.wait(asker(request))
    return wait


@router.post(wire.ENROL, openapi_extra=_ENROL)
async def enrol(request: Request) -> Response:
    """Take a desk in by its one-time code."""
    wait = await run_in_threadpool(_knocked, request)
    if wait:
        told = msgspec.json.encode(wire.problem("often", time=_centre(request).now()))
        return _proved(request, wire.PROBLEMS["often"][0], told, "application/json", **{"Retry-After": str(wait)})
    try:
        asked = msgspec.json.decode(await _body(request, _SMALL), type=wire.EnrolRequest)
    except (_BodyError, *UNREADABLE):
        return _refused(request, wire.problem("broken", time=_centre(request).now()))
    return await _answered(request, lambda: _said(request, enrolment.take_in(_centre(request), asked)))


@router.post(wire.BATCHES, openapi_extra=_SEALED)
async def batches(request: Request) -> Response:
    """Take a sealed batch in; acknowledged only after the commit."""
    return await _sealed(request, taking.take_in)


@router.post(wire.LETTERS, openapi_extra=_SEALED)
async def letter(request: Request) -> Response:
    """A sealed letter; the answer is one too."""

    def work(body: bytes) -> Response:
        answer = letter_answers.answer(_centre(request), body, lambda: _knocked(request))
        return _proved(request, 200, answer, wire.OCTETS)

    return await _with_body(request, work)


@router.post(wire.RELAY, openapi_extra=_SEALED)
async def relay(request: Request) -> Response:
    """What a township brings of its villages' sticks; the answer is what goes back onto them, sealed."""

    def work(body: bytes) -> Response:
        answer = relaying.answer(_centre(request), body, lambda: _knocked(request))
        return _proved(request, 200, answer, wire.OCTETS)

    return await _with_body(request, work, relayed.MAX_SEALED)


@router.post(wire.FILE_STATE, openapi_extra=_SEALED)
async def file_state(request: Request) -> Response:
    """Which of these pictures are here."""
    return await _sealed(request, picture_intake.state)


@router.post(wire.FILES, openapi_extra=_SEALED)
async def files(request: Request) -> Response:
    """A part of a picture; acknowledged only after the commit."""
    return await _sealed(request, picture_intake.take)


async def _sealed(request: Request, work: Callable[[Centre, bytes], msgspec.Struct]) -> Response:
    return await _with_body(request, lambda body: _said(request, work(_centre(request), body)))


async def _with_body(request: Request, work: Callable[[bytes], Response], most: int = 0) -> Response:
    try:
        body = await _body(request, most or doors.ASKED.most)
    except _BodyError as error:
        return _refused(request, wire.problem(error.code, time=_centre(request).now()))
    return await _answered(request, lambda: work(body))


class _SpeaksMoreError(Exception):
    """Whoever asks speaks a higher version than we know of."""


@router.get(wire.FEED)
async def feed(request: Request, after: str = "0") -> Response:
    """The entries that the asking node should know after `after`, sealed to it."""
    centre = _centre(request)
    name = request.headers.get(wire.NODE_HEADER, "")
    if not (after.isascii() and after.isdigit() and len(after) <= _DIGITS):
        return _refused(request, wire.problem("broken", time=centre.now()))

    version = wire.BOUND if _is_bound(request) else 1

    def must_hear(asker: rows.Row | None) -> None:
        if asker is None or not any(_is_asked(request, key) for key in enrolment.keys_now(asker)):
            raise RefusedBatchError(wire.problem("unknown_node", time=centre.now()))
        if version < int(asker["speaks"]):
            raise RefusedBatchError(wire.problem("too_old", time=centre.now()))
        if version > int(asker["speaks"]):
            raise _SpeaksMoreError
        if asker["revoked_at"]:
            raise RefusedBatchError(wire.problem("revoked", time=centre.now()))

    def told() -> Response:
        seen = request.headers.get(wire.SEEN_HEADER, "")[:100]
        return _proved(request, 200, telling.answer(centre, name, int(after), seen, must_hear)[0], wire.OCTETS)

    def work() -> Response:
        try:
            return told()
        except _SpeaksMoreError:  # once in the life of a desk: noted when nothing is held for reading
            addressing.must_speak(centre, name, version)
            return told()

    return await _answered(request, work)


def _is_asked(request: Request, key: bytes) -> bool:
    """Whether the holder of `key` asked this, as the version that it speaks has it."""
    proof, asked = request.headers.get(wire.PROOF_HEADER, ""), _question(request)
    if _is_bound(request):
        return wire.bound_ask_proved(key, proof, asked)
    return wire.ask_proved(key, proof, asked.nonce, asked.path)


def absent(request: Request) -> Response:
    """What else is asked under our part of the site, by whatever method: a desk must know that we said no."""
    problem = msgspec.json.encode(wire.problem("absent", time=_centre(request).now()))
    body = b"" if request.method == "HEAD" else problem
    return _proved(request, wire.PROBLEMS["absent"][0], body, "application/json")
