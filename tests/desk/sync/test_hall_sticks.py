"""Files of villages' sticks go from window to window until one of them has a line; answers go to the window that took
the stick in last, whichever way its files went."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PASSWORD, TRUSTING, called, full_draft, serving, sync
from hall_steps import hall, until, windows_of_one_hall
from test_relaying import TOWN, carry, relay

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.node import centre_node
from desk.sync.outcome import Outcome

VILLAGES = ("152523202201", "152523202202", "152523202203")
Opened = tuple[list[Desk], list[Desk], list[Path], centre_node.Centre]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Three windows, a village's desk and its stick with a case for each of them, the centre."""
    tell = windows_of_one_hall(tmp_path, len(VILLAGES), TOWN, VILLAGES)
    names = [f"window{at}" for at in range(len(VILLAGES))]
    windows, villages = (
        [opening.open_desk(tmp_path / name, "suhe", PASSWORD, tell) for name in group] for group in (names, VILLAGES)
    )
    sticks = [tmp_path / f"stick{at}" for at in range(len(VILLAGES))]
    for far, stick in zip(villages, sticks, strict=True):
        far.register(full_draft(far, person=called("牧丙")))
        stick.mkdir()
        carry(far, stick)
    centre = centre_node.Centre(tmp_path / "centre", tell=tell)
    yield windows, villages, sticks, centre
    for desk in (*windows, *villages):
        desk.close()
    centre.close()


def lying(windows: list[Desk]) -> list[tuple[list[str], list[str]]]:
    """Of which villages files lie at each window for the centre, and answers for sticks."""
    found = [one.relay.waits() for one in windows]
    return [([one.point for one in waits if one.up], [one.point for one in waits if one.down]) for waits in found]


def test_files_go_to_whoever_has_a_line_and_answers_to_whoever_took_the_stick(opened: Opened) -> None:
    windows, villages, sticks, centre = opened
    first, lucky, last = windows
    with hall(*windows), serving(site.app(centre, TRUSTING)) as address:
        until(lambda: [one.hall.status().here for one in windows] == [2, 2, 2])
        for window, stick in zip(windows, sticks, strict=True):
            relay(window, stick)
        until(lambda: lying(windows)[2][0] == [*VILLAGES], "it heard the centre last, until now")
        lucky.set_centre_address(address)
        assert sync(lucky).outcome is Outcome.DONE
        until(lambda: lying(windows)[1][0] == [*VILLAGES], "they did not go on")  # two of them were here before
        assert sync(lucky).outcome is Outcome.DONE
        until(lambda: lying(windows) == [([], [one]) for one in VILLAGES], "answers did not find home")
        assert relay(first, sticks[0]).villages[0].given == 1
        carry(villages[0], sticks[0])
        assert villages[0].sync_status().waiting == 0
        relay(last, sticks[1])  # the next time the stick is brought to another window
        until(lambda: lying(windows)[2][1] == [*VILLAGES[1:]], "the answer stayed at the former window")
