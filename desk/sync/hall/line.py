"""How one window asks another: one question, one proved answer. Both prove their node keys, bound to the question and
to both names; nothing is believed because it came from the same room."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable

import msgspec

from desk import doors
from desk.errors import UNREADABLE, DeskError
from desk.log.keys import NodeKeys, PublicKeys
from desk.sync.hall import places, plain_http
from desk.sync.hall.plain_http import BrokenOffError
from desk.sync.protocol import wire
from desk.sync.protocol.near import guest
from desk.sync.protocol.near import parcel as hall

ROSTER, GUEST = "/v1/roster", "/v1/guest"
_CONNECT = 2.0  # seconds: whoever is in the room answers at once
_HELLO = 4 << 10


class AwayError(DeskError):
    """Nobody answers there."""


class StrangeError(DeskError):
    """Somebody answers there, and it is no window of this hall that proves its key."""


class SaidNoError(DeskError):
    """The neighbour itself said no: `problem` carries its code."""

    def __init__(self, problem: wire.ProblemAnswer) -> None:
        super().__init__(problem.text)
        self.problem = problem


class Them(msgspec.Struct, frozen=True):
    """A neighbour: name and keys as the roster has them, the epoch of the centre that both know."""

    node: str
    keys: PublicKeys
    epoch: int = 0


def hello(place: str) -> hall.Hello:
    """Who says to answer there, not yet proved. Raises AwayError, StrangeError."""
    nonce = secrets.token_hex(16)
    status, _, body = _exchange(place, "GET", wire.HELLO, {wire.NONCE_HEADER: nonce}, b"", _HELLO)
    try:
        said = msgspec.json.decode(body, type=hall.Hello)
    except UNREADABLE as error:
        raise _strange() from error
    if status != 200:
        raise _strange()
    return said


def ask(place: str, us: str, keys: NodeKeys, them: Them, path: str, body: bytes) -> bytes:
    """The body of the neighbour's answer. Raises AwayError, StrangeError, SaidNoError."""
    asked, status, proof, answer = _asked(place, us, keys, them.node, them.epoch, path, body)
    if not wire.bound_answer_proved(them.keys.sign, proof, asked, status, answer):
        raise _strange()
    if status != 200:
        raise SaidNoError(_problem(answer))
    return answer


def ask_as_guest(
    place: str, us: str, keys: NodeKeys, node: str, body: bytes, is_it: Callable[[PublicKeys], bool]
) -> tuple[guest.Told, bytes]:
    """What a window tells a machine that knows of no roster yet: believed where `is_it` knows the keys with which it
    proves its answer. Raises AwayError, StrangeError, SaidNoError, BatchError."""
    asked, status, proof, answer = _asked(place, us, keys, node, 0, GUEST, body)
    if status != 200:
        raise SaidNoError(_problem(answer))
    told, roster = guest.unpack(answer)
    if not is_it(told.keys()) or told.node != node:
        raise StrangeError(
            "这个地址上的不是那个窗口：核对码对不上。", "没有交换任何内容。", "请核对地址和那个窗口屏幕上的核对码。"
        )
    if not wire.bound_answer_proved(told.keys().sign, proof, asked, status, answer):
        raise _strange()
    return told, roster


def _asked(
    place: str, us: str, keys: NodeKeys, node: str, epoch: int, path: str, body: bytes
) -> tuple[wire.Question, int, str, bytes]:
    """The question as it was asked; status, proof and body of the answer."""
    nonce = secrets.token_hex(16)
    asked = wire.Question(nonce, "POST", path, us, node, str(epoch), wire.digest(body))
    headers = {
        wire.NONCE_HEADER: nonce,
        wire.VERSION_HEADER: str(wire.BOUND),
        wire.NODE_HEADER: us,
        wire.EPOCH_HEADER: asked.epoch,
        wire.DIGEST_HEADER: asked.digest,
        wire.PROOF_HEADER: wire.prove_bound_ask(keys, asked),
        "Content-Type": wire.OCTETS,
    }
    return asked, *_exchange(place, "POST", path, headers, body, doors.HALL.most)


def _problem(answer: bytes) -> wire.ProblemAnswer:
    try:
        found = msgspec.json.decode(answer, type=wire.ProblemAnswer)
    except UNREADABLE:
        return wire.problem("busy")
    return found if found.code in wire.PROBLEMS else wire.problem("busy")


def _exchange(
    place: str, method: str, path: str, headers: dict[str, str], body: bytes, most: int
) -> tuple[int, str, bytes]:
    host, port = places.split(place)
    try:
        sock = socket.create_connection((host, port), _CONNECT)
    except (OSError, UnicodeError, OverflowError) as error:
        raise AwayError(f"{place} 没有应答：那台电脑没开、不在同一个网络，或被防火墙挡住。") from error
    try:
        with contextlib.closing(sock):
            wired = plain_http.Wire(sock, doors.HALL.seconds)
            wired.send(plain_http.request(method, path, {"Host": "hall", **headers}, body))
            head = wired.head()
            status = int(head.start[1]) if len(head.start) > 1 and head.start[1].isdigit() else 0
            if not 0 <= head.length <= most or not status:
                raise _strange()
            return status, head.headers.get(wire.PROOF_HEADER.lower(), ""), wired.body(head.length)
    except BrokenOffError as error:
        raise AwayError(f"{place}：{error.happened}") from error


def _strange() -> StrangeError:
    return StrangeError("这个地址上的不是本大厅的窗口，没有交换任何内容。", todo="请核对地址。")
