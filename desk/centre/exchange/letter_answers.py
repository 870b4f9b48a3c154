"""Letters at the centre: opened, answered by whom they concern, sealed to the asker. Over HTTP and on sticks alike."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from db.centre import rows
from desk.centre.exchange import enrolment, helping, picture_intake, siblings, taking, telling, villages
from desk.centre.exchange.release import offering
from desk.centre.exchange.trust import addressing, admitting, rosters
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.log.chain import BrokenLogError
from desk.sync.protocol import letters, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS, Head
from desk.sync.protocol.parts import MAX_ASKED
from desk.sync.protocol.seal import seal, unseal

# What is only asked for.
_ASKED: dict[str, Callable[[Centre, str, bytes], bytes]] = {
    letters.SIBLINGS: siblings.answer,
    letters.VILLAGES: villages.answer,
    letters.UNLOCK: helping.answer,
    letters.RELEASE: offering.answer,
    letters.ROSTER: lambda centre, node, _body: rosters.answer(centre, node),
}
_LATE = (letters.FILES, letters.SIBLINGS, letters.VILLAGES)


class _Brought(msgspec.Struct):
    seal_key: str


def is_letter(signed: bytes) -> bool:
    """Whether unsealed bytes are a letter."""
    return signed[:4] == LETTERS.marks


def is_late(signed: bytes) -> bool:
    """Whether unsealed bytes are a letter that is answered after all else on a stick, by what came there."""
    try:
        return is_letter(signed) and LETTERS.peek(signed)[0].kind in _LATE
    except BatchError:
        return False


Knock = Callable[[], int]  # one more try at a code: 0 when it may be made, else after how many seconds


def answer(centre: Centre, sealed: bytes, knock: Knock) -> bytes:
    """The sealed answer to a sealed letter. Raises SealError, BatchError, RefusedBatchError when there is none."""
    return reply(centre, unseal(sealed, centre.keys), knock)[1]


def reply(centre: Centre, signed: bytes, knock: Knock) -> tuple[Head, bytes]:
    """The header of an unsealed letter and the sealed answer to it. What is refused for a reason of ours is told in
    the answer. `knock` counts those that try a code."""
    head, body = _opened(centre, signed)
    if head.kind == letters.ENROL and knock():
        raise RefusedBatchError(wire.problem("often", time=centre.now()))
    problem, said = "", b""
    try:
        said = _said(centre, head, body, signed)
    except RefusedBatchError as error:
        problem, said = error.problem.code, msgspec.json.encode(error.problem)
    except (BatchError, BrokenLogError) as error:
        problem = "broken"
        said = msgspec.json.encode(wire.problem("broken", time=centre.now(), text=error.happened))
    answered = Head(head.kind, centre.node, head.re, problem, to=head.node, epoch=_epoch(centre))
    back = LETTERS.pack(answered, said, centre.keys)
    return head, seal(back, _seal_key(centre, head, body))


def problem(centre: Centre, node: str, answer: wire.ProblemAnswer) -> bytes:
    """A sealed letter that tells a node why its batch was not taken."""
    head = Head(letters.TOLD, centre.node, "", answer.code, to=node, epoch=_epoch(centre))
    with centre.database.read() as db:
        node_row = rows.one_node(db, node)
    return seal(
        LETTERS.pack(head, msgspec.json.encode(answer), centre.keys), bytes(node_row["seal_key"]) if node_row else b""
    )


def _epoch(centre: Centre) -> int:
    with centre.database.read() as db:
        return int(rows.value(db, "epoch") or 1)


def _opened(centre: Centre, signed: bytes) -> tuple[Head, bytes]:
    head, body = LETTERS.peek(signed)
    if head.kind == letters.ENROL:  # not one of ours yet: signed with the key that it brings
        try:
            key = wire.from_text(letters.read(body, wire.EnrolRequest).sign_key)
        except ValueError as error:
            raise BatchError("入网申请的密钥无法识读。") from error
        if (head.to or centre.node) != centre.node:
            raise BatchError("这一份不是写给本中心的，不予接收。")
        return LETTERS.unpack(signed, lambda _node: (key,))
    head, body = LETTERS.unpack(signed, lambda name: _keys(centre, name, head.kind, body))
    if enrolment.is_revoked(centre, head.node):
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    addressing.must_be_for_us(centre, head.node, head.to or "")
    return head, body


def _keys(centre: Centre, node: str, kind: str, body: bytes) -> tuple[bytes, ...]:
    """The change to the keys that it has now may be told again with the old ones: the answer may have been lost. For
    anything else the old ones are good no more."""
    now = enrolment.sign_keys(centre, node)
    if kind != letters.KEYS or not now:
        return now
    again = letters.read(body, letters.NewKeys).sign_key == wire.to_text(now[0])
    return enrolment.all_keys(centre, node) if again else now


def _said(centre: Centre, head: Head, body: bytes, signed: bytes) -> bytes:
    match head.kind:
        case letters.ENROL | letters.AGAIN | letters.KEYS:
            return msgspec.json.encode(enrolment.letter_answer(centre, head.node, head.kind, body, signed))
        case letters.LOG:
            return telling.own_log(centre, head.node, letters.read(body, letters.LogAsk))
        case letters.LOST:
            return msgspec.json.encode(telling.take_back(centre, head.node, body))
        case letters.FILES:
            hashes = letters.read(body, list[str])
            if len(hashes) > MAX_ASKED:
                raise BatchError("一次问的图片太多，不予接收。")
            return msgspec.json.encode(picture_intake.states(centre, head.node, hashes))
        case letters.FORWARD:
            return msgspec.json.encode(taking.take_forwarded(centre, head.node, body))
        case letters.ADMIT:
            return msgspec.json.encode(admitting.by_desk(centre, head.node, body))
        case letters.RETURNED:
            return msgspec.json.encode(taking.take_returned(centre, head.node, body))
    if head.kind in _ASKED:
        return _ASKED[head.kind](centre, head.node, body)
    raise BatchError("不认得这种信件。")


def _seal_key(centre: Centre, head: Head, body: bytes) -> bytes:
    """Whom the answer is sealed to: the key that the letter brings, else the node's own."""
    if head.kind in (letters.ENROL, letters.AGAIN, letters.KEYS):
        try:
            return wire.from_text(letters.read(body, _Brought).seal_key)
        except ValueError as error:
            raise BatchError("信里的密钥无法识读。") from error
    with centre.database.read() as db:
        found = rows.one_node(db, head.node)
    return bytes(found["seal_key"]) if found else b""
