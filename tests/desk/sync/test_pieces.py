"""Kept papers and pictures between the windows of a hall: by hash, small ones at once, large ones when asked for."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import PASSWORD, Served, SetClock, sync
from hall_steps import hall, introduced, until, windows_of_one_hall
from test_hall import away
from test_neighbours import meet, place
from test_pictures import at_centre, jpeg, with_pictures

from db.desk import local_rows, paper_rows, picture_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.errors import RefusedError
from desk.sync.hall import meeting
from desk.sync.hall.line import SaidNoError
from desk.sync.kept import fetching, lending, notes
from desk.sync.outcome import Outcome
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.near import pieces
from desk.sync.protocol.near.pieces import Ask, Given, Told, Wanted

_SEEDS = itertools.count(100)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dt.datetime]:
    folder = tmp_path_factory.mktemp("pieces")
    return folder, windows_of_one_hall(folder, 2).at


@pytest.fixture
def pair(made: tuple[Path, dt.datetime], tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two windows that know of each other; the second one answers, the centre is away."""
    folder, tell = tmp_path / "pair", SetClock()
    shutil.copytree(made[0], folder)
    tell.at = made[1]
    one, two = (opening.open_desk(folder / f"window{at}", "suhe", PASSWORD, tell) for at in range(2))
    with hall(two):
        yield one, two
    one.close()
    two.close()


def fresh(count: int) -> list[bytes]:
    """Pictures that nobody has."""
    return [jpeg(next(_SEEDS), 4000) for _ in range(count)]


def post(one: Desk, two: Desk) -> fetching.Post:
    return meeting.pieces_of(one.store, place(two), two.identity.node)


def pictures(desk: Desk) -> dict[str, bytes]:
    with desk.store.read() as db:
        return {row["sha256"]: bytes(row["bytes"]) for row in db.query("SELECT * FROM file")}


def lacking(desk: Desk) -> list[str]:
    with desk.store.read() as db:
        return [row["sha256"] for row in picture_rows.near_lacking(db, fetching.SMALL, (), 100)]


def ask(*names: str) -> bytes:
    return pieces.pack_ask(Ask(tuple(Wanted(one) for one in names)))


def test_small_ones_come_at_once_and_large_ones_when_asked_for(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    small = fresh(3)
    told = list[bool]()
    with hall(one):
        one.hall.type_address(place(two))
        number, _ = with_pictures(two, 3, *small)
        paper = two.papers.receipt(number)
        until(lambda: set(small) <= set(pictures(one).values()) and not lacking(one), "they never came")
        until(lambda: _has_paper(one, paper.sha256), "it never came")
        assert one.papers.kept(paper.sha256).pdf == paper.pdf
        assert one.papers.receipt(number).sha256 == paper.sha256  # the same paper asked for there is the same one
        with one.store.read() as db:
            assert len(paper_rows.papers_about(db, number)) == 1

        monkeypatch.setattr(fetching, "SMALL", 3000)
        monkeypatch.setattr(pieces, "MOST", 2500)  # so that it takes several questions
        number, (ref,) = with_pictures(two, 1, jpeg(1, 9000))
        until(lambda: _has(one, number))
        assert not lacking(one)
        one.hall.heard.append(lambda: told.append(True))
        with pytest.raises(RefusedError, match="已去取"):
            one.pictures.read(ref.sha256)
        until(lambda: ref.sha256 in pictures(one), "it never came")
        assert one.pictures.read(ref.sha256) == two.pictures.read(ref.sha256)
        until(lambda: told)


def test_what_was_just_told_is_not_asked_again(pair: tuple[Desk, Desk]) -> None:
    """A window that hears of a paper goes for it, and holds no second meeting with whoever told it."""
    one, two = pair
    with hall(one):
        one.hall.type_address(place(two))
        until(lambda: all(desk.hall.hall.near()[0].is_met for desk in pair))
        rounds = one.hall.hall.rounds
        number, _ = with_pictures(two, 1, *fresh(1))
        paper = two.papers.receipt(number)
        until(lambda: _has_paper(one, paper.sha256), "it never came")
        assert one.hall.hall.rounds == rounds
        assert not one.hall.hall.near()[0].errand


def _has_paper(desk: Desk, sha256: str) -> bool:
    with desk.store.read() as db:
        return paper_rows.paper(db, sha256) is not None


def _has(desk: Desk, number: str) -> bool:
    try:
        desk.case(number)
    except RefusedError:
        return False
    return True


def test_what_came_by_the_centre_and_whoever_has_a_line(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    first, more = fresh(2), fresh(2)
    with_pictures(two, 1, *first)
    introduced(one, two)
    with hall(two):
        assert len(lacking(one)) == 2
        done = fetching.fetch(one.store, post(one, two))
        assert (done.new, done.absent, done.more) == (2, frozenset(), False)
        assert pictures(one) == pictures(two)

        new = make_desk("new")
        sync(new)
        meet(new, two)
        with pytest.raises(SaidNoError):  # whoever waits for the point's past is given none
            post(new, two)(ask(*pictures(two)))

        away(two)
        _, refs = with_pictures(two, 2, *more)
        meet(one, two)
        assert fetching.fetch(one.store, post(one, two)).new == 2
        assert sync(one).outcome is Outcome.DONE  # whoever has a line sends the pictures of all
        assert [at_centre(served, ref) for ref in refs] == more
    two.set_centre_address(served.address)
    assert sync(two).outcome is Outcome.DONE
    assert two.sync_status().pictures == one.sync_status().pictures == 0


def test_logs_of_before_are_looked_through_once(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    with_pictures(two, 1, *fresh(2))
    meet(one, two)
    with one.store.write() as db:
        db.conn.execute("DELETE FROM near_file")
        local_rows.drop_local(db, notes._SEEN)
    notes.look_through(one.store)
    assert len(lacking(one)) == 2
    with one.store.write() as db:
        db.conn.execute("DELETE FROM near_file")
    notes.look_through(one.store)
    assert not lacking(one)
    with one.store.write() as db:
        local_rows.drop_local(db, notes._SEEN)
    notes.look_through(one.store)
    fetching.fetch(one.store, post(one, two))
    assert not lacking(one)


def test_a_draft_s_picture_is_nobody_else_s(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    ref = two.pictures.keep(jpeg(7, 4000), "草稿.jpg")
    told, parts = pieces.unpack(post(one, two)(ask(ref.sha256)))
    assert (told.given, told.absent, parts) == ((), (ref.sha256,), [])


class Hostile:
    """A neighbour that answers whatever it likes."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, _body: bytes) -> bytes:
        self.asked += 1
        return self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)


WRONG = "的图片|图片的来信"


def test_a_neighbour_that_lies_leaves_nothing(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    (data,) = fresh(1)
    _, (ref,) = with_pictures(two, 1, data)
    meet(one, two)
    name = ref.sha256
    size, other = len(data), "ab" * 32
    whole = Given(name, 0, size)
    lies = {
        "another one": pieces.pack(Told((Given(other, 0, size),)), [data]),
        "none at all": pieces.pack(Told(absent=(other,)), []),
        "too long": pieces.pack(Told((whole,)), [data + b"x"]),
        "other size": pieces.pack(Told((Given(name, 0, size + 1),)), [data + b"x"]),
        "from elsewhere": pieces.pack(Told((Given(name, 5, size),)), [data[5:]]),
        "no end": pieces.pack(Told((whole,)), [b""]),
        "noise": b"\0\0\0\2{}\0",
        "huge": pieces.pack(Told((Given(name, 0, 1 << 40),)), [data]),
    }
    for lie, said in lies.items():
        peer = Hostile(said)
        with pytest.raises(BatchError, match=WRONG):
            fetching.fetch(one.store, peer)
        assert peer.asked == 1, lie
    peer = Hostile(pieces.pack(Told((whole,)), [bytes(size)]))  # other bytes
    assert fetching.fetch(one.store, peer).absent == {name}  # and it is not asked for that again
    assert peer.asked == 1
    assert name not in pictures(one)
    assert fetching.fetch(one.store, post(one, two)).new == 1  # an honest one has it
    assert hashlib.sha256(pictures(one)[name]).hexdigest() == name


def test_what_breaks_off_is_asked_for_again(pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = pair
    data = fresh(3)
    with_pictures(two, 1, *data)
    meet(one, two)
    monkeypatch.setattr(pieces, "MOST", 1500)
    real = post(one, two)
    for at in range(20):
        left = [at]

        def cut(body: bytes, left: list[int] = left) -> bytes:
            left[0] -= 1
            if left[0] < 0:
                raise GoneError("断")
            return real(body)

        with contextlib.suppress(GoneError):
            fetching.fetch(one.store, cut)
        assert set(pictures(one).items()) <= set(pictures(two).items())
        if not lacking(one):
            break
    assert at > 2
    assert set(data) <= set(pictures(one).values())


class GoneError(Exception):
    """The line broke."""


def test_questions_are_bounded(pair: tuple[Desk, Desk]) -> None:
    _, two = pair
    for body in (
        b"",
        b"{}",
        msgspec.json.encode({"wanted": [{"sha256": "x"}]}),
        msgspec.json.encode({"wanted": [{"sha256": "ab" * 32, "at": -1}]}),
        msgspec.json.encode({"wanted": [{"sha256": "ab" * 32}] * (pieces.MOST_ASKED + 1)}),
    ):
        with pytest.raises(BatchError):
            lending.answer(two.store, body)
    _, (ref,) = with_pictures(two, 1, *fresh(1))
    told, parts = pieces.unpack(lending.answer(two.store, pieces.pack_ask(Ask((Wanted(ref.sha256, ref.size + 1),)))))
    assert (told.absent, parts) == ((ref.sha256,), [])
    told, parts = pieces.unpack(lending.answer(two.store, pieces.pack_ask(Ask((Wanted(ref.sha256),) * 90))))
    assert sum(map(len, parts)) <= pieces.MOST
