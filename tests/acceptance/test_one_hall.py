"""A day of a township's hall with the line to the banner down: four windows and six villages, each a process with an
address of its own, are one counter; when the line comes back at one window, all has arrived once."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import PASSWORD, TRUSTING, Served, serving
from hall_steps import windows_of_one_hall

from db.centre.lists import case_rows
from desk.centre import site
from desk.centre.node import centre_node

TOWN, VILLAGES = "152523202000", tuple(f"152523202{one}" for one in (200, 201, 202, 203, 204, 500))
CASES, CONTINUED, WINDOWS = 200, 60, 4
_OF_VILLAGES = 6  # cases of each village, which come on its stick
_AT_ONCE = 5  # that a window takes in one after the other, before anybody looks
_SIGNS = "甲乙丙丁戊己庚辛壬癸"


class Window:
    """One window, or a village's desk, spoken to by lines."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder, self.host, self.node, self.port, self.pid = folder, host, "", 0, 0
        self._ours, self.theirs = socket.socketpair()
        self._ours.settimeout(120)
        self._lines = self._ours.makefile("r")

    @property
    def place(self) -> str:
        """Where the others find it."""
        return f"{self.host}:{self.port}"

    def read(self):
        line = self._lines.readline()
        assert line, "the window ended"
        return json.loads(line)

    def tell(self, do: str, **more: object) -> None:
        self._ours.sendall((json.dumps({"do": do, **more}) + "\n").encode())

    def ask(self, do: str, **more: object):
        self.tell(do, **more)
        return self.read()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.gone()

    def gone(self) -> None:
        """Wait until it has ended."""
        with contextlib.suppress(OSError):
            while self._lines.readline():
                pass
        self._lines.close()
        self._ours.close()

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.tell("stop")
        self.gone()


def begin(*windows: Window) -> None:
    """All of them open, and say who they are."""
    told = [(str(one.theirs.fileno()), str(one.folder), one.host) for one in windows]
    script = str(Path(__file__).parent / "hall_window.py")
    subprocess.run(
        [sys.executable, script, PASSWORD, *itertools.chain(*told)],
        pass_fds=[one.theirs.fileno() for one in windows],
        check=True,
    )
    for one in windows:
        one.theirs.close()
    for one in windows:
        one.node, one.port, one.pid = one.read()


class Hall:
    """The windows, the villages, the sticks of these; the centre, which nobody reaches."""

    def __init__(self, windows: list[Window], villages: list[Window], sticks: list[Path], served: Served) -> None:
        self.windows, self.villages, self.sticks, self.served = windows, villages, sticks, served

    def each(self, do: str, *told: dict[str, object], of: Sequence[Window] = ()) -> list:
        """The same of each at the same time; what each answers. `told`: what each is told, or all of them."""
        asked = of or self.windows
        for at, one in enumerate(asked):
            one.tell(do, **(told[at % len(told)] if told else {}))
        return [one.read() for one in asked]

    def of_villages(self, do: str, *told: dict[str, object]) -> list:
        """As `each`, of the villages' desks."""
        return self.each(do, *told, of=self.villages)

    def seen(self, numbers: list[str], state: str = "") -> bool:
        """Whether every window has these cases, before long."""
        return all(self.each("wait", {"numbers": numbers, "state": state}))


@contextlib.contextmanager
def _the_centre(folder: Path) -> Iterator[Served]:
    centre = centre_node.Centre(folder / "centre")
    with serving(site.app(centre, TRUSTING), waits=False) as address:
        yield Served(centre, address)
    centre.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    windows_of_one_hall(tmp_path, WINDOWS, TOWN, VILLAGES)
    names = [f"window{at}" for at in range(WINDOWS)]
    windows = [Window(tmp_path / name, f"127.0.70.{at + 1}") for at, name in enumerate(names)]
    villages = [Window(tmp_path / code, f"127.0.71.{at + 1}") for at, code in enumerate(VILLAGES)]
    begin(*windows, *villages)
    for at, one in enumerate(windows):
        for other in windows[:at]:  # the other one sees who asks
            one.ask("address", place=other.place)
    sticks = [tmp_path / f"stick{at}" for at in range(len(villages))]
    for stick in sticks:
        stick.mkdir()
    with _the_centre(tmp_path) as served:
        yield Hall(windows, villages, sticks, served)
    for one in (*windows, *villages):
        one.end()


def _names(first: int, count: int) -> list[str]:
    return ["牧" + "".join(_SIGNS[int(digit)] for digit in f"{at:03d}") for at in range(first, first + count)]


def test_one_hall(hall: Hall, tmp_path: Path) -> None:
    of_villages = _villages_come_with_sticks(hall)
    numbers = _a_day(hall, CASES - len(of_villages))
    assert len({*numbers, *of_villages}) == CASES
    taken = numbers[:CONTINUED]
    _go_on_elsewhere(hall, taken)
    all_of = hall.each("cases")
    assert all(one == all_of[0] for one in all_of)
    assert len(all_of[0]) == len(numbers)

    hall.windows[2].kill()  # in the middle of whatever it did
    hall.windows[2] = again = Window(tmp_path / "window2", hall.windows[2].host)
    begin(again)  # at another port: the others learn it when it asks them where they were before
    assert again.ask("cases") == all_of[0]

    _the_line_comes_back(hall)
    with hall.served.centre.database.read() as db:
        there = case_rows.case_page(db, case_rows.Asked(), 0, CASES * 2)
    assert sorted(row["intake_no"] for row in there) == sorted((*numbers, *of_villages))  # each once
    assert sum(row["state"] == "withdrawn" for row in there) == CONTINUED
    for one in hall.windows:  # without a line, they hear that the centre has it all
        _until(lambda one=one: not one.ask("waiting"))
    _villages_are_answered(hall)


def _villages_come_with_sticks(hall: Hall) -> list[str]:
    """Each village's cases go on its stick to one of the windows, which keeps them sealed for whoever has a line."""
    count = _OF_VILLAGES
    told = hall.of_villages("register", *({"names": _names(500 + at * count, count)} for at in range(len(VILLAGES))))
    assert all(hall.of_villages("courier", *({"stick": str(one)} for one in hall.sticks)))
    for at, stick in enumerate(hall.sticks):
        taken, given, refused = hall.windows[at % WINDOWS].ask("relay", stick=str(stick))
        assert taken
        assert (given, refused) == (0, [])
    return [number for numbers, _ in told for number in numbers]


def _a_day(hall: Hall, count: int) -> list[str]:
    """All windows take in at the same time; each case is at the others after few goings round of the window that has
    it: what it writes, it brings to all who are there at once."""
    numbers, rounds = list[str](), list[float]()
    while len(numbers) < count:
        each = min(_AT_ONCE, -(-(count - len(numbers)) // WINDOWS))
        names = [{"names": _names(len(numbers) + at * each, each)} for at in range(WINDOWS)]
        told = hall.each("register", *names)
        fresh = [number for found, _ in told for number in found]
        assert hall.seen(fresh)
        now = hall.each("rounds")
        for (found, before), after in zip(told, now, strict=True):
            rounds += [(after - before) / (WINDOWS - 1) / len(found)] * len(found)
        numbers += fresh
    assert statistics.median(rounds) <= 2, statistics.quantiles(rounds, n=10)
    return numbers


def _go_on_elsewhere(hall: Hall, numbers: list[str]) -> None:
    """Each goes on at another window than it began at."""
    mine = [[one for one in numbers if one[12:14] == window.node[-2:]] for window in hall.windows]
    assert sum(map(len, mine)) == len(numbers)
    hall.each("act", *({"numbers": mine[at - 1], "kind": "case.withdrawn"} for at in range(WINDOWS)))
    assert hall.seen(numbers, "withdrawn")


def _the_line_comes_back(hall: Hall) -> None:
    """At one window alone; what lies at the others goes on to it, and with its next sync."""
    lucky = hall.windows[1]
    lucky.ask("centre", address=hall.served.address)
    assert lucky.ask("sync") == "done"
    _until(lambda: not any(one.ask("lying") for one in hall.windows if one is not lucky), lambda: hall.each("lying"))
    while lucky.ask("lying"):
        assert lucky.ask("sync") == "done"


def _villages_are_answered(hall: Hall) -> None:
    """The same stick, at the same window, brings the centre's answer home."""
    for at, (village, stick) in enumerate(zip(hall.villages, hall.sticks, strict=True)):
        window = hall.windows[at % WINDOWS]
        _until(functools.partial(_is_home, window, village, VILLAGES[at], str(stick)))


def _is_home(window: Window, village: Window, point: str, stick: str) -> bool:
    if window.ask("answers", point=point):
        assert window.ask("relay", stick=stick)[1]
        village.ask("courier", stick=stick)
    return not village.ask("waiting") and village.ask("numbered")


def _until(true: Callable[[], object], told: Callable[[], object] = lambda: "") -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, told()
        time.sleep(0.02)
