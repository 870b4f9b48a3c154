"""A window broke down and the centre is away: a new PC is given all of the point's by another window, where a person
says yes to it; a code that was read over a shoulder opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, Served, SetClock, called, full_draft, sync
from hall_steps import hall, introduced, keep_port, until
from test_hall import away, names
from test_neighbours import all_of, bytes_of, letter, place, raw, them
from test_pictures import jpeg, with_pictures

from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.counter.hall.new_pc import Fetched
from desk.errors import CancelledError, RefusedError
from desk.log import chain, events
from desk.log.keys import NodeKeys
from desk.log.point_events import LetIn
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.hall import line, meeting, plain_http
from desk.sync.hall.new_pc import coming, guests
from desk.sync.outcome import Outcome
from desk.sync.protocol import letters
from desk.sync.protocol.near import guest
from desk.sync.protocol.near.parcel import Window


def quiet(_far: object) -> None:
    """No report."""


def never() -> bool:
    """Nobody stops it."""
    return False


@pytest.fixture
def make_new(tmp_path: Path, tell: SetClock) -> Iterator[Callable[..., Desk]]:
    """A PC that began without a centre."""
    opened = list[Desk]()

    def make(name: str = "new", point: str = POINT) -> Desk:
        opening.create_alone(
            tmp_path / name, point, POINT_NAME, Account("bao", "宝音"), PASSWORD, cost=CHEAP, tell=tell
        )
        opened.append(opening.open_desk(tmp_path / name, "bao", PASSWORD, tell))
        keep_port(opened[-1])
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def left(make_desk: Callable[..., Desk]) -> Iterator[Desk]:
    """The window that is left of two; the other one, whose case and picture it has, broke down. The centre is away."""
    broken, one = make_desk("broken"), make_desk("one")
    introduced(broken, one)
    away(broken, one)
    one.register(full_draft(one, person=called("牧甲")))
    with hall(one):
        with hall(broken):
            broken.hall.type_address(place(one))
            number, _ = with_pictures(broken, 2, jpeg(1, 4000))
            broken.papers.receipt(number)
            until(lambda: len(names(one)) == 2 and not _lacks(one))
        broken.close()
        yield one


def _lacks(desk: Desk) -> bool:
    with desk.store.read() as db:
        return bool(list(db.query("SELECT 1 FROM near_file WHERE here = 0")))


def code(desk: Desk) -> str:
    return desk.new_pc.door().code


def come(new: Desk, to: Desk) -> Fetched:
    """The whole road, as two people go it."""
    assert new.new_pc.ask(place(to), code(to)) is None
    (machine,) = to.new_pc.door().asking
    assert machine.node == new.identity.node
    to.new_pc.let_in(new.new_pc.own_code().lower().replace("-", " "))
    at = new.new_pc.ask(place(to), code(to))
    assert at is not None
    return new.new_pc.fetch(at, quiet, never)


def test_a_new_pc_is_given_everything_back(left: Desk, make_new: Callable[..., Desk], served: Served) -> None:
    new = make_new()
    own = new.register(full_draft(new, 3, person=called("牧新"))).intake_no  # it was used before anybody came
    done = come(new, left)
    assert done.entries
    assert done.pieces == 2  # a picture and a receipt of the window that broke down
    assert names(new) == {"阿拉坦其其格", "牧甲", "牧新"}
    paper = next(row.intake_no for row in new.cases(CaseQuery(), 0, 9) if row.applicant_name == "阿拉坦其其格")
    (ref,) = new.case(paper).case.materials[0].files
    assert new.pictures.read(ref.sha256) == left.pictures.read(ref.sha256)
    assert new.store.verify(left.identity.node) == left.store.verify(left.identity.node)
    assert "牧新" not in names(left)  # it comes by the centre, once that knows whose it is
    (entry,) = [chain.decoded(one) for one in _about(left, f"hall:{new.identity.node}")]
    assert isinstance(said := events.decode(entry.kind, entry.data), LetIn)
    assert (said.node, said.code, said.officer) == (new.identity.node, new.new_pc.own_code(), "苏和")

    left.register(full_draft(left, 4, person=called("牧丙")))  # it is a neighbour from now on
    until(lambda: "牧丙" in names(new), "the hall does not go on")
    new.handling.act(paper, "case.withdrawn", "不办了")
    new.hall.stop()

    new.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))  # the centre is back
    assert own[:14] == new.identity.node.replace("-", "")
    left.set_centre_address(served.address)
    assert sync(left).outcome is Outcome.DONE
    assert sync(new).outcome is Outcome.DONE
    left.let_read(new.identity.node)
    for desk in (left, new, left):
        assert sync(desk).outcome is Outcome.DONE
    assert names(left) == names(new) == {"阿拉坦其其格", "牧甲", "牧新", "牧丙"}
    assert left.case(paper).case.state == new.case(paper).case.state
    assert left.case(paper).case.state.value == "withdrawn"
    assert served.centre.case(own) is not None
    with left.store.read() as db:
        assert guests.find(db, left.identity, new.identity.node) is None  # a desk like any other


def _about(desk: Desk, subject: str) -> list[bytes]:
    with desk.store.read() as db:
        return entry_rows.entries_about(db, subject)


def test_nobody_is_told_anything_before_a_person_said_yes(left: Desk, make_new: Callable[..., Desk]) -> None:
    new, thief = make_new(), make_new("thief")
    before = all_of(left)
    for one in (new, thief):
        assert one.new_pc.ask(place(left), code(left)) is None
        assert one.identity.centre_node == ""
    to = line.Them(left.identity.node, left.identity.keys.public())
    assert raw(left, bytes_of(thief, to, b"", thief.identity.keys)).startswith(b"HTTP/1.1 403")
    left.new_pc.let_in(new.new_pc.own_code())
    assert thief.new_pc.ask(place(left), code(left)) is None  # a yes is for these keys alone
    assert raw(left, bytes_of(new, to, b"", thief.identity.keys)).startswith(b"HTTP/1.1 403")
    assert len(all_of(left)) == len(before) + 1


def test_the_window_is_the_one_whose_code_was_typed(left: Desk, make_new: Callable[..., Desk]) -> None:
    new = make_new()
    with pytest.raises(line.StrangeError, match="核对码对不上"):
        new.new_pc.ask(place(left), guest.code(NodeKeys.make().public()))
    assert left.new_pc.door().asking  # it may have been typed wrong; nothing was said
    assert new.identity.centre_node == ""


def test_codes_are_not_guessed(left: Desk, make_new: Callable[..., Desk]) -> None:
    new = make_new()
    new.new_pc.ask(place(left), code(left))
    for _ in range(5):
        with pytest.raises(RefusedError, match="核对码"):
            left.new_pc.let_in("AAAA-BBBB-CCCC")
    with pytest.raises(RefusedError):
        left.new_pc.let_in(new.new_pc.own_code())  # it has to ask again
    new.new_pc.ask(place(left), code(left))
    left.new_pc.let_in(new.new_pc.own_code())


def test_many_that_ask_are_bounded(left: Desk) -> None:
    door = left.hall.hall.guests
    for at in range(60, 90):
        keys, node = NodeKeys.make(), f"{POINT}-{at}"
        door.answer(guest_asks(node, keys), "192.168.1.9")
    assert len(door.asking()) == 8
    assert door.asking()[0].node.endswith("-89")


def guest_asks(node: str, keys: NodeKeys) -> bytes:
    return msgspec.json.encode(guest.Ask(node, letters.new_keys(node, keys, "机" * 500)))


def test_who_was_let_in_is_given_nothing_once_somebody_ends_it(left: Desk, make_new: Callable[..., Desk]) -> None:
    new = make_new()
    come(new, left)
    new.hall.stop()
    left.new_pc.let_out(new.identity.node)
    left.register(full_draft(left, 5, person=called("牧丁")))
    with pytest.raises(line.SaidNoError):
        meeting.meet(new.store, place(left), left.identity.node, None, Window, lambda *_: None)
    assert "牧丁" not in names(new)
    assert not left.new_pc.door().let_in


def test_a_guest_leaves_nothing_and_carries_no_sticks(left: Desk, make_new: Callable[..., Desk]) -> None:
    new = make_new()
    come(new, left)
    new.hall.stop()
    before = all_of(left)
    new.register(full_draft(new, 6, person=called("牧戊")))
    meeting.meet(new.store, place(left), left.identity.node, None, Window, lambda *_: None)
    to = them(new, left)
    data = bytes_of(new, to, letter(new, to), new.identity.keys).replace(b"/v1/letters", b"/v1/relay", 1)
    assert not raw(left, data).startswith(b"HTTP/1.1 200")
    assert all_of(left) == before


def test_one_that_has_a_centre_or_another_point_does_not_ask(
    left: Desk, make_desk: Callable[..., Desk], make_new: Callable[..., Desk]
) -> None:
    with pytest.raises(RefusedError, match="已经入网"):
        coming.ask(make_desk("other").store, place(left), code(left))
    far = make_new("far", "152523202203")
    with pytest.raises(line.SaidNoError):
        far.new_pc.ask(place(left), code(left))
    taken = left.hall.hall.guests.answer(guest_asks(left.identity.node, NodeKeys.make()), "h")
    assert guest.unpack(taken)[0].state == guest.TAKEN


def test_it_is_stopped_and_goes_on(left: Desk, make_new: Callable[..., Desk]) -> None:
    new = make_new()
    new.new_pc.ask(place(left), code(left))
    left.new_pc.let_in(new.new_pc.own_code())
    at = new.new_pc.ask(place(left), code(left))
    with pytest.raises(CancelledError):
        new.new_pc.fetch(at, quiet, lambda: True)
    assert new.store.verify(left.identity.node)
    new.new_pc.fetch(at, quiet, never)
    assert not _lacks(new)


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff" * 100, b"[" * 4000, b"A" * 5000])
def test_noise_asks_for_nothing(left: Desk, body: bytes) -> None:
    answer = raw(left, plain_http.request("POST", line.GUEST, {}, body))
    assert b"200 OK" not in answer
    assert not left.new_pc.door().asking
