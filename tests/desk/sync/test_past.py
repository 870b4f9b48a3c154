"""A code lets a desk in, and not at its point's past; and it is never sent."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, Served, SetClock, called, full_draft, move, sync
from middle import between

from db.centre import lineage, schema
from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment, letter_answers, telling
from desk.centre.exchange.trust import admitting, codes
from desk.centre.node.centre_node import RefusedBatchError
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.log.keys import NodeKeys
from desk.store.account import Account
from desk.sync import enrol
from desk.sync.link import CentreRefusedError
from desk.sync.protocol import code_proof, letters, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.seal import unseal

Make = Callable[..., Desk]
NUMBER = b"152523195603020027"  # of the herder's card


def knows(desk: Desk) -> bool:
    """Whether an identity number of the point's past stands anywhere in what came here."""
    with desk.store.read() as db:
        return any(NUMBER in one.encoded for one in entry_rows.log_in_order(db))


@pytest.fixture
def two(make_desk: Make) -> tuple[Desk, Desk]:
    """A desk with a past, and one that was let in afterwards."""
    one = make_desk("one")
    one.register(full_draft(one))
    sync(one)
    new = make_desk("new")
    sync(new)
    return one, new


def test_a_code_alone_reads_no_past(two: tuple[Desk, Desk], served: Served) -> None:
    one, new = two
    assert not knows(new)
    assert new.sync_status().waits_since
    for signed in (False, True):
        asked = letters.LogAsk(one.identity.node, 0, signed=signed)
        assert len(telling.own_log(served.centre, new.identity.node, asked)) < 500
    number = new.register(full_draft(new, person=called("牧乙"))).intake_no  # it works all the same
    sync(new)
    move(served, number, "case.accepted")
    sync(new)
    assert new.case(number).case.state.value == "accepted"
    assert not knows(new)
    with pytest.raises(RefusedError):
        new.let_read(new.identity.node)


def test_a_desk_of_the_point_says_yes(two: tuple[Desk, Desk], served: Served) -> None:
    one, new = two
    sync(one)
    (waits,) = one.sync_status().waits
    assert waits.node == new.identity.node
    one.let_read(waits.node)
    assert "已同意" in sync(one).happened
    assert one.sync_status().waits == ()
    sync(new)
    assert knows(new)
    assert not new.sync_status().waits_since
    served.centre.verify()


def test_two_people_of_the_centre_say_yes(two: tuple[Desk, Desk], served: Served) -> None:
    _, new = two
    node = new.identity.node
    for account in ("bao", "qi"):
        guard.add_clerk(served.centre, account, account, PASSWORD, "", roles=frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as page:

        def say(account: str) -> str:
            page.post("/login", data={"account": account, "password": PASSWORD})
            shown = page.get("/desks").text
            token = shown.partition('name="csrf" value="')[2].partition('"')[0]
            return page.post(f"/desks/{node}/let", data={"csrf": token}).text

        assert "您已同意，等另一位" in say("bao")
        assert "要由另一个人同意" in say("bao")
        sync(new)
        assert not knows(new)
        assert "等着看以往记录的终端" not in say("qi")
    sync(new)
    assert knows(new)


def test_the_first_desk_and_one_that_stays_itself_wait_for_nobody(make_desk: Make, served: Served) -> None:
    one = make_desk("one")
    one.register(full_draft(one))
    sync(one)
    assert not one.sync_status().waits_since
    one.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))  # shows that it is the same
    sync(one)
    assert not one.sync_status().waits_since
    assert knows(one)


def test_a_desk_that_waits_says_yes_to_nobody(two: tuple[Desk, Desk], make_desk: Make, served: Served) -> None:
    _, new = two
    third = make_desk("third")
    with pytest.raises(RefusedBatchError):
        admitting.by_desk(served.centre, new.identity.node, msgspec.json.encode(letters.Admit(third.identity.node)))
    other = make_desk("other", "152523202203")
    with pytest.raises(BatchError):  # nor does another point
        admitting.by_desk(served.centre, other.identity.node, msgspec.json.encode(letters.Admit(new.identity.node)))


def test_by_stick(two: tuple[Desk, Desk], served: Served, tmp_path: Path) -> None:
    one, new = two
    sync(one)
    one.let_read(new.identity.node)
    sticks = tmp_path / "stick"
    sticks.mkdir()
    for _ in range(2):
        for who in (one, new):
            who.courier(sticks, lambda _far: None, lambda: False)
        centre_courier.exchange(served.centre, sticks)
    for who in (one, new, new):
        who.courier(sticks, lambda _far: None, lambda: False)
        centre_courier.exchange(served.centre, sticks)
    new.courier(sticks, lambda _far: None, lambda: False)
    assert one.sync_status().waits == ()
    assert knows(new)


# -- codes ------------------------------------------------------------------------------------------------------


def test_a_code_is_neither_sent_nor_kept(served: Served, tmp_path: Path) -> None:
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    once = code.partition("-")[0].encode()
    with served.centre.database.read() as db:
        kept = [row.hash for row in db.execute(schema.enrol_code.select())]
    assert kept
    assert not any(once.decode() in one for one in kept)
    with between(served) as middle:
        opening.create_desk(tmp_path / "new", middle.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
    assert [path for path, _, _ in middle.seen] == [wire.HELLO, wire.LETTERS]
    assert not any(once in body for _, _, body in middle.seen)
    sealed = middle.last(wire.LETTERS)[2]
    _, body = LETTERS.peek(enrolment_letter(served, sealed))
    assert once not in body  # not even in what the centre reads


def enrolment_letter(served: Served, sealed: bytes) -> bytes:
    return unseal(sealed, served.centre.keys)


def test_a_proof_is_good_for_its_own_keys_alone(served: Served) -> None:
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    once, _ = enrol.split_code(code)
    mine, theirs = NodeKeys.make().public(), NodeKeys.make().public()
    key = code_proof.key_of(once, served.centre.keys.public().fingerprint(), code_proof.COST)
    proof = code_proof.proof(key, served.centre.node, mine.sign, mine.seal, "", "")
    asked = wire.EnrolRequest(
        "", wire.to_text(theirs.sign), wire.to_text(theirs.seal),
        code_key=wire.to_text(code_proof.public(key)), code_proof=wire.signature_text(proof),
    )  # fmt: skip
    with pytest.raises(BatchError):
        enrolment.take_in(served.centre, asked)
    honest = msgspec.structs.replace(asked, sign_key=wire.to_text(mine.sign), seal_key=wire.to_text(mine.seal))
    assert enrolment.take_in(served.centre, honest).point_code == POINT


def test_codes_of_before_and_programs_of_before(served: Served, tell: SetClock) -> None:
    """A desk of before says the code; a code that was given before can only be said, sealed."""
    keys = NodeKeys.make().public()
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    asked = wire.EnrolRequest(code.partition("-")[0], wire.to_text(keys.sign), wire.to_text(keys.seal))
    with httpx.Client(base_url=served.address) as old:
        assert old.post(wire.ENROL, content=msgspec.json.encode(asked)).status_code == 200
    before = {
        "hash": hashlib.sha256(b"daiban code 1\0ABCDEFGH").hexdigest(), "point_code": POINT, "point_name": POINT_NAME,
        "expires": (tell.at + dt.timedelta(days=3)).isoformat(),
    }  # fmt: skip
    with served.centre.database.write() as db:
        lineage.add_code(db, before)
        assert codes.has_old(db, served.centre.now())
    fingerprint = served.centre.keys.public().fingerprint()[:12]
    made = enrol.enrol(served.address, f"ABCDEFGH-{fingerprint}", NodeKeys.make(), "pc")
    assert made.point_code == POINT
    with served.centre.database.read() as db:
        assert not codes.has_old(db, served.centre.now())


def test_guesses_by_letter_are_counted(served: Served, tmp_path: Path) -> None:
    waits = iter([0, 30])
    keys = NodeKeys.make()

    def letter() -> bytes:
        request = wire.EnrolRequest("AAAAAAAA", wire.to_text(keys.public().sign), wire.to_text(keys.public().seal))
        _, sealed = letters.sealed(
            letters.ENROL, f"{POINT}-99", msgspec.json.encode(request), keys, served.centre.keys.public()
        )
        return sealed

    assert letter_answers.answer(served.centre, letter(), lambda: next(waits))
    with pytest.raises(RefusedBatchError) as told:
        letter_answers.answer(served.centre, letter(), lambda: next(waits))
    assert told.value.problem.code == "often"
    wrong = f"AAAAAAAA-{served.centre.keys.public().fingerprint()[:12]}"
    with pytest.raises(CentreRefusedError) as refused:
        enrol.enrol(served.address, wrong, NodeKeys.make(), "pc")
    assert refused.value.problem.code == "enrol_code"
