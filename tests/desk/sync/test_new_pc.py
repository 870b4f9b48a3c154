"""A window broke down and the centre is away: a new PC is given all of the point's by another window, where a person
says yes to it; a code that was read over a shoulder opens nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, Served, SetClock, called, full_draft, serving, sync
from hall_steps import hall, keep_port, until, windows_of_one_hall
from test_hall import names
from test_neighbours import all_of, bytes_of, letter, place, raw, them
from test_pictures import jpeg, with_pictures

from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
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
from desk.sync.protocol import letters, wire
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


@pytest.fixture(scope="module")
def hall_of_two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SetClock]:
    """A centre and two windows of one hall, all closed: one broke down, the other has its case, picture and receipt."""
    folder = tmp_path_factory.mktemp("two")
    tell = windows_of_one_hall(folder, 2)
    broken, one = (opening.open_desk(folder / f"window{at}", "suhe", PASSWORD, tell) for at in range(2))
    one.register(full_draft(one, person=called("牧甲")))
    number, _ = with_pictures(broken, 2, jpeg(1, 4000))
    broken.papers.receipt(number)
    with hall(broken, one):
        until(lambda: len(names(one)) == 2 and not _lacks(one))
    broken.close()
    one.close()
    shutil.rmtree(folder / "window0")
    return folder, tell


@pytest.fixture
def served(hall_of_two: tuple[Path, SetClock], tmp_path: Path, tell: SetClock) -> Iterator[Served]:
    """Their centre; nobody here has its address."""
    folder, now = hall_of_two
    tell.at = now.at
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    centre = centre_node.Centre(tmp_path / "centre", tell=tell)
    with serving(site.app(centre, TRUSTING), waits=False) as address:
        yield Served(centre, address)
    centre.close()


@pytest.fixture
def left(served: Served, tmp_path: Path, tell: SetClock) -> Iterator[Desk]:
    """The window that is left."""
    one = opening.open_desk(tmp_path / "window1", "suhe", PASSWORD, tell)
    with hall(one):
        yield one
    one.close()


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
    with pytest.raises(CancelledError):  # stopped half way, it goes on from there
        new.new_pc.fetch(at, quiet, lambda: True)
    return new.new_pc.fetch(at, quiet, never)


def test_a_new_pc_is_given_everything_back(left: Desk, make_new: Callable[..., Desk], served: Served) -> None:
    new = make_new()
    own = new.register(full_draft(new, 3, person=called("牧新"))).intake_no  # it was used before anybody came
    done = come(new, left)
    assert not _lacks(new)
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
    new, thief, far = make_new(), make_new("thief"), make_new("far", "152523202203")
    before = all_of(left)
    for body in (b"", b"{}", b"\xff" * 100, b"[" * 4000, b"A" * 5000):
        assert b"200 OK" not in raw(left, plain_http.request("POST", line.GUEST, {}, body))
    with pytest.raises(line.StrangeError, match="核对码对不上"):
        new.new_pc.ask(place(left), guest.code(NodeKeys.make().public()))
    with pytest.raises(line.SaidNoError):  # of another point
        far.new_pc.ask(place(left), code(left))
    for one in (new, thief):
        assert one.new_pc.ask(place(left), code(left)) is None
        assert one.identity.centre_node == ""
    assert {one.node for one in left.new_pc.door().asking} == {new.identity.node, thief.identity.node}
    for _ in range(5):  # codes are not guessed
        with pytest.raises(RefusedError, match="核对码"):
            left.new_pc.let_in("AAAA-BBBB-CCCC")
    with pytest.raises(RefusedError):
        left.new_pc.let_in(new.new_pc.own_code())  # it has to ask again
    to = line.Them(left.identity.node, left.identity.keys.public())
    assert raw(left, bytes_of(thief, to, b"", thief.identity.keys)).startswith(b"HTTP/1.1 403")
    new.new_pc.ask(place(left), code(left))
    thief.new_pc.ask(place(left), code(left))
    left.new_pc.let_in(new.new_pc.own_code())
    assert thief.new_pc.ask(place(left), code(left)) is None  # a yes is for these keys alone
    assert raw(left, bytes_of(new, to, b"", thief.identity.keys)).startswith(b"HTTP/1.1 403")
    assert len(all_of(left)) == len(before) + 1
    door = left.hall.hall.guests  # many that ask are bounded; a name of the point's own is taken
    for at in range(60, 90):
        door.answer(guest_asks(f"{POINT}-{at}", NodeKeys.make()), "192.168.1.9")
    assert len(door.asking()) == 8
    assert door.asking()[0].node.endswith("-89")
    taken = door.answer(guest_asks(left.identity.node, NodeKeys.make()), "h")
    assert guest.unpack(taken)[0].state == guest.TAKEN
    with pytest.raises(RefusedError, match="已经入网"):
        coming.ask(left.store, place(left), code(left))


def guest_asks(node: str, keys: NodeKeys) -> bytes:
    return msgspec.json.encode(guest.Ask(node, letters.new_keys(node, keys, "机" * 500)))


def test_a_guest_leaves_nothing_and_is_given_nothing_once_somebody_ends_it(
    left: Desk, make_new: Callable[..., Desk]
) -> None:
    new = make_new()
    come(new, left)
    new.hall.stop()
    before = all_of(left)
    new.register(full_draft(new, 6, person=called("牧戊")))
    meeting.meet(new.store, place(left), left.identity.node, None, Window, lambda *_: None)
    to = them(new, left)
    with pytest.raises(line.SaidNoError) as told:  # nor does it carry sticks
        line.ask(place(left), new.identity.node, new.identity.keys, to, wire.RELAY, letter(new, to))
    assert told.value.problem.code == "unknown_node"
    assert all_of(left) == before
    left.new_pc.let_out(new.identity.node)
    left.register(full_draft(left, 5, person=called("牧丁")))
    with pytest.raises(line.SaidNoError):
        meeting.meet(new.store, place(left), left.identity.node, None, Window, lambda *_: None)
    assert "牧丁" not in names(new)
    assert not left.new_pc.door().let_in
