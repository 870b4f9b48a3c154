"""A stick that comes late speaks of a name, or of a centre, that is no more; and a centre that came back from a backup
is told all that it lost by stick alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import PASSWORD, POINT, POINT_NAME, TRUSTING, Served, SetClock, serving, sync
from test_courier import carry, hand_in
from test_healing import alike, draft

from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.run import backup
from desk.folds import case as cases
from desk.log import events
from desk.store.entries import Fact
from desk.sync.outcome import Outcome


@pytest.fixture
def sticks(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "one", tmp_path / "two"
    for stick in made:
        stick.mkdir()
    return made


def note(desk: Desk, text: str) -> None:
    """Something that makes the centre say nothing."""
    with desk.store.write() as db:
        desk.session.append(db, Fact("drone.sent", "d" * 32, events.Act("苏和", "代办点", text)))


def trips(desk: Desk, served: Served, stick: Path, count: int = 4) -> list[str]:
    """The stick goes to and fro; what the desk was told."""
    told: list[str] = []
    for _ in range(count):
        found = carry(desk, stick)
        assert not found.refused
        told += found.notes
        hand_in(served, stick)
    carry(desk, stick)
    return told


def same(desk: Desk, served: Served) -> None:
    here = desk.store.verify(desk.identity.node)
    assert served.centre.verify()[desk.identity.node] == here > 0
    assert desk.sync_status().waiting == 0


def state(desk: Desk) -> tuple[int, int]:
    """How far the centre has us, and its epoch, as this desk knows."""
    with desk.store.read() as db:
        return desk.store.acked(db), desk.store.epoch(db)


def test_a_high_answer_for_a_former_name_is_no_fork_of_the_new(
    desk: Desk, served: Served, sticks: tuple[Path, Path]
) -> None:
    late, stick = sticks
    for at in range(3):
        desk.register(draft(desk, at))
    sync(desk)
    carry(desk, late)
    hand_in(served, late)
    desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    desk.register(draft(desk, 9))
    carry(desk, late)  # it says more than the new log has entries
    trips(desk, served, stick)
    assert desk.identity.node == f"{POINT}-02"
    same(desk, served)


def test_an_answer_sealed_to_keys_of_before_under_the_same_name_counts(
    desk: Desk, served: Served, sticks: tuple[Path, Path]
) -> None:
    late, stick = sticks
    desk.register(draft(desk, 1))
    carry(desk, late)
    hand_in(served, late)
    desk.change_keys()
    carry(desk, stick)
    hand_in(served, stick)
    for path in (stick / "DAIBAN" / "DOWN").iterdir():
        if "KEYS" not in path.name:
            path.unlink()
    assert "密钥已更换。" in carry(desk, stick).notes
    assert desk.sync_status().waiting > 0
    assert carry(desk, late).received == 1
    assert desk.sync_status().waiting == 0


def test_a_centre_whose_disk_was_put_back_asks_for_what_it_lacks(
    desk: Desk, served: Served, sticks: tuple[Path, Path], tmp_path: Path, tell: SetClock
) -> None:
    """Nobody ran `restore`, so no new epoch tells of it: the gap does."""
    stick, late = sticks
    desk.register(draft(desk, 1))
    sync(desk)
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "disk")
    note(desk, "lost")
    sync(desk)
    note(desk, "new")
    restored = Served(centre_node.Centre(tmp_path / "disk", tell=tell), "")
    carry(desk, late)
    hand_in(restored, late)
    trips(desk, restored, stick, 3)
    same(desk, restored)
    acked = state(desk)[0]
    carry(desk, late)  # the gap is told once more: what is there already is sent again, and changes nothing
    trips(desk, restored, stick, 2)
    same(desk, restored)
    assert state(desk)[0] == acked
    restored.centre.close()


def accept(served: Served, number: str) -> None:
    _, seen = served.centre.case(number)
    served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "综合窗口"), seen)


@pytest.mark.parametrize("way", ["stick", "network"])
def test_what_only_a_late_stick_has_of_a_centre_that_lost_it(
    desk: Desk, served: Served, sticks: tuple[Path, Path], tmp_path: Path, tell: SetClock, way: str
) -> None:
    stick, late = sticks
    number = desk.register(draft(desk, 1)).intake_no
    sync(desk)
    backup.backup(served.centre, "", tmp_path / "kept", PASSWORD)
    accept(served, number)
    carry(desk, late)
    hand_in(served, late)  # that the case was accepted stands here and nowhere else
    backup.restore(tmp_path / "restored", "", tmp_path / "kept", PASSWORD, tell)
    centre = centre_node.Centre(tmp_path / "restored", tell=tell)
    with serving(site.app(centre, TRUSTING)) as address:
        restored = Served(centre, address)
        desk.set_centre_address(address)
        for at in range(3):  # it goes on, and the desk hears of its new epoch first
            other = desk.register(draft(desk, 10 + at)).intake_no
            trips(desk, restored, stick, 1)
            accept(restored, other)
        trips(desk, restored, stick, 1)
        assert state(desk)[1] == 2
        assert carry(desk, late).received == 0
        if way == "stick":
            trips(desk, restored, stick)
        else:
            assert sync(desk).outcome is Outcome.DONE
        assert centre.case(number)[0].state is cases.State.ACCEPTED
        same(desk, restored)
        alike(restored, desk)
        again = sync(desk)
        assert (again.sent, again.received) == (0, 0)
    centre.close()
