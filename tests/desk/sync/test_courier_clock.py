"""What the time that a stick is on the road proves of a desk's clock: nothing, or that it is ahead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import Served, SetClock, full_draft, sync
from test_courier import carry, hand_in

from db.centre import rows
from desk.app.open_desk import Desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def skew(served: Served, desk: Desk) -> float:
    """In days."""
    with served.centre.database.read() as db:
        return round(rows.one_node(db, desk.identity.node)["skew"] / 86_400, 1)


def test_three_days_on_the_road_are_no_wrong_clock(desk: Desk, served: Served, stick: Path, tell: SetClock) -> None:
    number = desk.register(full_draft(desk)).intake_no
    before = desk.case(number).case
    carry(desk, stick)
    tell.at += dt.timedelta(days=3)
    hand_in(served, stick)
    carry(desk, stick)
    after = desk.case(number).case
    assert after.case_no
    assert (after.taken_at, after.promised) == (before.taken_at, before.promised)
    assert skew(served, desk) == 0


@pytest.mark.parametrize(
    ("known", "really", "road", "then"),
    [
        (0, 9, 3, 6),  # ahead: at least that much
        (9, 9, 3, 9),  # what a network once showed is not contradicted
        (-9, -9, 3, -9),
        (-9, 0, 3, 0),  # set right since: no road makes a slow clock look less slow
        (5, 9, 3, 6),
    ],
)
def test_by_stick_only_what_is_proved_counts(
    desk: Desk,
    served: Served,
    stick: Path,
    tell: SetClock,
    known: int,
    really: int,
    road: int,
    then: int,
) -> None:
    now = tell.at
    with served.centre.database.write() as db:
        rows.set_node(db, desk.identity.node, skew=known * 86_400)
    tell.at = now + dt.timedelta(days=really)
    desk.register(full_draft(desk))
    carry(desk, stick)
    tell.at = now + dt.timedelta(days=road)
    hand_in(served, stick)
    assert skew(served, desk) == then


def test_a_network_shows_a_clock_that_is_behind(desk: Desk, served: Served, stick: Path, tell: SetClock) -> None:
    desk.register(full_draft(desk))
    real = served.centre.tell
    served.centre.tell = lambda: real() + dt.timedelta(days=2)
    assert sync(desk).sent
    assert skew(served, desk) == -2
