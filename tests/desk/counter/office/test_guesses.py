"""Wrong passwords at the desk are counted over restarts, slow whoever types them, and are told to who comes in next."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import PASSWORD, SetClock

from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.office.keyring import guesses
from desk.errors import RefusedError


def guess(desk: Desk, tell: SetClock, times: int) -> None:
    for _ in range(times):
        with pytest.raises(RefusedError, match="账号或密码不对"):
            opening.open_desk(desk.folder, "suhe", "a guess", tell)


def test_after_some_one_waits_and_is_never_kept_out_for_ever(desk: Desk, tell: SetClock) -> None:
    desk.close()
    guess(desk, tell, guesses.FREE)
    with pytest.raises(RefusedError, match="连续输错 5 次，请过 30 秒再试"):
        opening.open_desk(desk.folder, "suhe", PASSWORD, tell)
    for _ in range(20):
        tell.at += dt.timedelta(minutes=10, seconds=1)
        guess(desk, tell, 1)
    with pytest.raises(RefusedError, match=r"请过 \d+ 分钟再试"):
        opening.open_desk(desk.folder, "suhe", PASSWORD, tell)
    tell.at += dt.timedelta(minutes=10)
    again = opening.open_desk(desk.folder, "suhe", PASSWORD, tell)
    found = again.agents.found()
    assert (found.count, "苏和 25 次" in found.guessed) == (25, True)
    assert again.agents.found().count == 0  # told once, and kept
    assert "苏和 25 次" in again.agents.guessed_lately()
    again.close()
    guess(desk, tell, 1)  # free again


def test_a_clock_that_goes_back_makes_nobody_wait(desk: Desk, tell: SetClock) -> None:
    desk.close()
    guess(desk, tell, guesses.FREE)
    tell.at = tell.at.replace(year=1970)
    opening.open_desk(desk.folder, "suhe", PASSWORD, tell).close()


def test_who_is_at_the_lock_and_who_changes_a_password_are_counted_too(desk: Desk, tell: SetClock) -> None:
    for _ in range(3):
        with pytest.raises(RefusedError, match="账号或密码不对"):
            desk.admit("suhe", "a guess")
    for _ in range(2):
        with pytest.raises(RefusedError, match="原来的密码不对"):
            desk.agents.change_password("a guess", "another good one")
    with pytest.raises(RefusedError, match="请过 30 秒再试"):
        desk.admit("suhe", PASSWORD)
    tell.at += dt.timedelta(seconds=31)
    assert desk.admit("suhe", PASSWORD).name == "苏和"
    assert desk.agents.found().count == 5
