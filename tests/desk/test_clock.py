"""Which time counts while a desk's clock is wrong, by what the centre's clock showed when it was heard."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.clock import BEIJING, Told, counting, heard

THERE = dt.datetime(2026, 11, 24, 9, tzinfo=BEIJING)
DAY, YEAR, MINUTE = dt.timedelta(days=1), dt.timedelta(days=365), dt.timedelta(minutes=1)


def told(ahead: dt.timedelta, *, at_least: bool = False) -> Told:
    return Told(THERE + ahead, THERE, at_least)


def test_a_centre_that_was_never_heard_corrects_nothing() -> None:
    assert counting(THERE, None) == THERE


@pytest.mark.parametrize("ahead", [-9 * YEAR, -YEAR, -DAY, DAY, YEAR, 9 * YEAR])
@pytest.mark.parametrize("later", [dt.timedelta(), MINUTE, dt.timedelta(hours=20)])
def test_a_clock_that_was_wrong_is_as_wrong_later(ahead: dt.timedelta, later: dt.timedelta) -> None:
    assert counting(THERE + ahead + later, told(ahead)) == THERE + later


@pytest.mark.parametrize("ahead", [-YEAR, YEAR])
def test_a_clock_that_was_set_right_is_believed(ahead: dt.timedelta) -> None:
    assert counting(THERE + 40 * DAY, told(ahead)) == THERE + 40 * DAY


def test_a_few_minutes_are_left_alone() -> None:
    assert counting(THERE + 9 * MINUTE, told(9 * MINUTE)) == THERE + 9 * MINUTE


@pytest.mark.parametrize("ahead", [dt.timedelta(), -YEAR, YEAR, -DAY])
def test_it_is_never_before_the_centre_was_heard(ahead: dt.timedelta) -> None:
    dead = dt.datetime(2000, 1, 1, tzinfo=BEIJING)
    assert counting(dead, told(ahead)) == THERE


@pytest.mark.parametrize("road", [dt.timedelta(), 3 * DAY])
def test_a_stick_shows_that_a_clock_is_slow_and_never_that_it_is_fast(road: dt.timedelta) -> None:
    slow, fast = told(road - YEAR, at_least=True), told(road + YEAR, at_least=True)
    assert counting(slow.here, slow) == THERE
    assert counting(fast.here, fast) == fast.here
    right = told(road, at_least=True)
    assert counting(right.here + DAY, right) == right.here + DAY


def test_a_stick_unsays_nothing_that_the_network_showed() -> None:
    for ahead in (-YEAR, YEAR, dt.timedelta()):
        before = told(ahead)
        stick = Told(before.here + 5 * DAY, THERE + 2 * DAY, at_least=True)  # three days on the road
        assert heard(before, stick) == before
        assert heard(stick, before) == before
    died = Told(THERE - YEAR, THERE + DAY, at_least=True)
    assert heard(told(dt.timedelta()), died) == died
    assert heard(None, died) == died
