"""What is addressed to somebody else is refused, by whatever way it comes: an envelope of a relay, its answer, and the
letter in which a township asks for a village's desk. Codes that come through a relay are counted."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from conftest import POINT, POINT_NAME, Served, sync

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment, letter_answers, relaying
from desk.centre.node.centre_node import RefusedBatchError
from desk.log.keys import NodeKeys
from desk.sync import enrol
from desk.sync.protocol import code_proof, helping, letters, relayed, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.relayed import RELAYED, UP, Ask, File, Told
from desk.sync.protocol.seal import seal, unseal
from desk.sync.relay import relaying as at_the_desk

TOWN, ELSEWHERE = "152523202000", "152524000000-00"


@pytest.fixture
def town(make_desk: Callable[..., Desk]) -> Desk:
    """A township's desk that speaks version 2 with its centre."""
    made = make_desk("town", TOWN)
    sync(made)
    return made


def envelope(served: Served, town: Desk, to: str, *files: tuple[File, bytes]) -> bytes:
    """What the township signed for the reader `to`, "" for nobody, in the hands of our centre."""
    head = relayed.Head(town.identity.node, to or msgspec.UNSET)
    body = relayed.pack(Ask(tuple(file for file, _ in files)), [data for _, data in files])
    return seal(RELAYED.pack(head, body, town.identity.keys), served.centre.keys.public().seal)


# -- a relay's envelope ------------------------------------------------------------------------------------------


def test_a_relay_for_another_reader_is_refused(served: Served, town: Desk) -> None:
    assert relaying.answer(served.centre, envelope(served, town, served.centre.node), lambda: 0)
    with pytest.raises(BatchError, match="不是写给本中心的"):
        relaying.answer(served.centre, envelope(served, town, ELSEWHERE), lambda: 0)
    with pytest.raises(RefusedBatchError) as told:
        relaying.answer(served.centre, envelope(served, town, ""), lambda: 0)
    assert told.value.problem.code == "too_old", "whoever names its reader does it always"


def test_an_answer_to_another_townships_relay_is_refused(
    served: Served, town: Desk, make_desk: Callable[..., Desk]
) -> None:
    other = make_desk("other", "152523203000")
    sync(other)
    sealed = relaying.answer(served.centre, envelope(served, other, served.centre.node), lambda: 0)
    signed = unseal(sealed, other.identity.keys)
    assert at_the_desk._answer(other.store, signed, other.identity) == (Told((), ()), [])
    with pytest.raises(BatchError):
        at_the_desk._answer(town.store, signed, town.identity)


# -- codes through a relay ---------------------------------------------------------------------------------------


def enrolment_file(served: Served, code: str, number: int) -> tuple[File, bytes]:
    """A village's request to be enrolled, as it lies on a stick."""
    keys, public, node = NodeKeys.make(), served.centre.keys.public(), f"{POINT}-{number}"
    told = wire.to_text(public.sign), wire.to_text(public.seal)
    hello = wire.HelloAnswer(served.centre.node, served.centre.name, *told, "", code_cost=code_proof.COST)
    mine = keys.public()
    asked = wire.EnrolRequest("", wire.to_text(mine.sign), wire.to_text(mine.seal), "pc", "", POINT)
    asked = enrol.with_code(asked, code, hello, public)
    _, sealed = letters.sealed(letters.ENROL, node, msgspec.json.encode(asked), keys, public)
    return File(UP, f"{node}-ENROL.DBS", len(sealed)), sealed


def test_codes_that_come_through_a_relay_are_counted(served: Served, town: Desk) -> None:
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME).split("-")[0]
    knocks: list[int] = []

    def knock() -> int:
        knocks.append(len(knocks))
        return 0 if len(knocks) <= 2 else 30

    guesses = [enrolment_file(served, guess, 97 + at) for at, guess in enumerate(("AAAAAAAA", "BBBBBBBB"))]
    mine = enrolment_file(served, code, 99)
    sealed = relaying.answer(served.centre, envelope(served, town, served.centre.node, *guesses, mine), knock)
    told, _ = at_the_desk._answer(town.store, unseal(sealed, town.identity.keys), town.identity)
    assert len(knocks) == 3, "each code that is tried counts"
    assert [one.good for one in told.lines] == [True, True, False], "two were answered, one was not looked at"
    with served.centre.database.read() as db:
        assert not rows.node_names(db, POINT), "nobody was let in"
    relaying.answer(served.centre, envelope(served, town, served.centre.node, mine), lambda: 0)
    with served.centre.database.read() as db:
        assert rows.node_names(db, POINT) == [f"{POINT}-01"], "and is good when it may be tried"


# -- the letter that asks for a village's desk -------------------------------------------------------------------


def test_the_letter_that_asks_to_unlock_names_its_reader(
    served: Served, town: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By protocol 2: for another reader, or for nobody, it is refused, and nothing is written down; its answer is for
    the desk that asked, and no other takes it."""
    sent: list[bytes] = []
    reply = letter_answers.reply

    def heard(centre: object, signed: bytes, knock: Callable[[], int]) -> tuple[letters.Head, bytes]:
        sent.append(signed)
        return reply(centre, signed, knock)

    monkeypatch.setattr(letter_answers, "reply", heard)
    assert town.unlock_help.listed().requests == ()
    head, body = LETTERS.unpack(sent[-1], town.identity.sign_keys)
    assert (head.kind, head.to, head.epoch) == (letters.UNLOCK, served.centre.node, 1)
    ask = msgspec.json.encode(helping.Ask("苏和", code="1234", agent="苏和", reasons="打回登记的电话"))
    public, keys, node = served.centre.keys.public(), town.identity.keys, town.identity.node
    _, astray = letters.sealed(letters.UNLOCK, node, ask, keys, public, ELSEWHERE, 1)
    with pytest.raises(BatchError, match="不是写给本中心的"):
        letter_answers.answer(served.centre, astray, lambda: 0)
    _, bare = letters.sealed(letters.UNLOCK, node, ask, keys, public)
    with pytest.raises(RefusedBatchError) as told:
        letter_answers.answer(served.centre, bare, lambda: 0)
    assert told.value.problem.code == "too_old"
    with served.centre.database.read() as db:
        assert not db.exec_driver_sql("SELECT id FROM record WHERE family = 'unlock'").all()
    re, right = letters.sealed(letters.UNLOCK, node, body, keys, public, served.centre.node, 1)
    back = letter_answers.answer(served.centre, right, lambda: 0)
    said, _ = letters.answered(back, (keys,), served.centre.node, public, re)
    assert (said.to, said.re) == (node, re)
    with pytest.raises(BatchError, match="不是这封信"):
        letters.answered(back, (keys,), served.centre.node, public, "0" * 16)
