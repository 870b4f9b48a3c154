"""A day of a township's hall with the line to the banner down: four windows, each a process with an address of its own,
are one counter; when the line comes back at one of them, all has arrived once."""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import PASSWORD, Served
from hall_steps import introduced

from db.centre.lists import case_rows
from desk.app.open_desk import Desk

CASES, CONTINUED, WINDOWS = 200, 60, 4
NOWHERE = "http://127.0.0.1:1"
_SIGNS = "甲乙丙丁戊己庚辛壬癸"


class Window:
    """One window, spoken to by lines."""

    def __init__(self, folder: Path, host: str, port: int = 0) -> None:
        self.host = host
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "hall_window.py"), str(folder), PASSWORD, host, str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.node, self.port = self._read()

    def _read(self):
        line = self._process.stdout.readline()
        assert line, "the window ended"
        return json.loads(line)

    def tell(self, do: str, **more: str) -> None:
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()

    def ask(self, do: str, **more: str):
        self.tell(do, **more)
        return self._read()

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.tell("stop")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


@pytest.fixture
def windows(make_desk: Callable[..., Desk], tmp_path: Path) -> Iterator[list[Window]]:
    names = [f"window{at}" for at in range(WINDOWS)]
    desks = [make_desk(name) for name in names]
    introduced(*desks)
    for desk in desks:
        desk.set_centre_address(NOWHERE)
        desk.close()
    opened = [Window(tmp_path / name, f"127.0.70.{at + 1}") for at, name in enumerate(names)]
    for one, other in itertools.combinations(opened, 2):
        one.ask("address", place=f"{other.host}:{other.port}")
    yield opened
    for one in opened:
        one.end()


def _everywhere(windows: list[Window], number: str, state: str = "") -> bool:
    for one in windows:
        one.tell("wait", number=number, state=state)
    heard = [one._read() for one in windows]  # of each, or its answer is taken for the next one's
    return all(heard)


def test_one_hall(windows: list[Window], served: Served, tmp_path: Path) -> None:
    begun = [one.ask("register", name=f"牧{_SIGNS[at]}") for at, one in enumerate(windows)]
    for number in begun:
        assert _everywhere(windows, number)
    numbers = list(begun)
    while len(numbers) < CASES:
        fresh = []
        for one in windows:
            at = len(numbers) + len(fresh)
            one.tell("register", name="牧" + "".join(_SIGNS[int(digit)] for digit in f"{at:03d}"))
            fresh.append(one)
        numbers += [one._read() for one in fresh]
    assert len(set(numbers)) == CASES
    for number in numbers[-WINDOWS:]:
        assert _everywhere(windows, number)
    for at, number in enumerate(numbers[:CONTINUED]):  # each goes on at another window than it began at
        windows[(at + 1 + at // WINDOWS % 3) % WINDOWS].ask("act", number=number, kind="case.withdrawn")
    for number in numbers[CONTINUED - WINDOWS : CONTINUED]:
        assert _everywhere(windows, number, "withdrawn")
    for number in numbers[:CONTINUED]:
        assert _everywhere(windows, number, "withdrawn")
    all_of = [one.ask("cases") for one in windows]
    assert all(one == all_of[0] for one in all_of)
    assert len(all_of[0]) == CASES

    windows[2].kill()  # in the middle of whatever it did
    windows[2] = Window(tmp_path / "window2", windows[2].host)
    windows[2].ask("address", place=f"{windows[0].host}:{windows[0].port}")
    assert windows[2].ask("cases") == all_of[0]

    windows[1].ask("centre", address=served.address)  # the line comes back at one window
    assert windows[1].ask("sync") == "done"
    with served.centre.database.read() as db:
        there = {number: case_rows.one_case(db, number) for number in numbers}
    assert all(there.values())
    last = windows[3].ask("register", name="牧末")
    assert _everywhere(windows, last)
    assert windows[1].ask("sync") == "done"
    assert served.centre.case(last) is not None
    for one in windows:
        state = dict(one.ask("cases"))
        assert len(state) == CASES + 1
        assert sum(value == "withdrawn" for value in state.values()) == CONTINUED
    for one in (windows[0], windows[3]):  # without a line, they hear that the centre has it all
        _until_none_waits(one)


def _until_none_waits(window: Window) -> None:
    end = time.monotonic() + 30
    while window.ask("waiting") and time.monotonic() < end:
        time.sleep(0.05)
    assert window.ask("waiting") == 0
