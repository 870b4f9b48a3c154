"""kill -9 of desk and centre at each write of a real session, as SQLite does in its tests: step by step to the end."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, full_draft, serving, sync
from test_pictures import jpeg, with_pictures

from desk.app import opening
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.log import events
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")


class Forks:
    """killed.py: one process after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "killed.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=HERE.parents[2],
        )

    def begin(self, *asked: object) -> int:
        """Its number."""
        self.process.stdin.write(("\t".join(map(str, asked)) + "\n").encode())
        return int(self.process.stdout.readline())

    def end(self, patience: float = 60) -> tuple[int, str]:
        """Its status and what it said; that of a process still running is told as none."""
        if not select.select([self.process.stdout], [], [], patience)[0]:
            return 0, ""
        return tuple(json.loads(self.process.stdout.readline()))


@pytest.fixture
def forks() -> Iterator[Forks]:
    made = Forks()
    with made.process:
        yield made


def made(tmp_path: Path, address: str, centre: centre_node.Centre) -> None:
    code = enrolment.enrol_code(centre, POINT, POINT_NAME)
    opening.create_desk(tmp_path / "desk", address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)


def filled(tmp_path: Path, centre: centre_node.Centre) -> None:
    """A day's work at the desk, and a clerk's answer that waits for it."""
    desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD)
    first = desk.register(full_draft(desk, 1)).intake_no
    assert sync(desk).outcome is Outcome.DONE
    _, seen = centre.case(first)
    centre.act("wulan", "case.accepted", first, events.Accepted("乌兰", "综合窗口"), seen)
    for at in range(2, 4):
        desk.register(full_draft(desk, at))
    with_pictures(desk, 4, jpeg(1, 4000))
    desk.close()


def whole(tmp_path: Path, centre: centre_node.Centre) -> None:
    """Both sides agree, nothing is there twice, nothing is missing."""
    desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD)
    assert sync(desk).outcome is Outcome.DONE
    assert centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    rows = desk.cases(CaseQuery(), 0, 100)
    assert len(rows) == len({row.case_no for row in rows}) == 4
    assert desk.sync_status().pictures == 0
    before = desk.store.tables()
    desk.store.rebuild()
    assert [row[1:] for row in desk.store.tables()["case_row"]] == [row[1:] for row in before["case_row"]]
    desk.close()


def test_the_desk_killed_at_each_write(tmp_path: Path, forks: Forks) -> None:
    centre_node.create(tmp_path / "centre", "152523", "中心")
    centre = centre_node.Centre(tmp_path / "centre")
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    with serving(site.app(centre)) as address:
        made(tmp_path, address, centre)
        filled(tmp_path, centre)
        for step in range(1, 60):
            forks.begin("desk", tmp_path / "desk", PASSWORD, step)
            status, said = forks.end()
            if status == 0:
                assert said == "done"
                break
            assert status == -9
        assert step > 3
        whole(tmp_path, centre)
    centre.close()


def test_the_centre_killed_at_each_write(tmp_path: Path, forks: Forks) -> None:
    centre_node.create(tmp_path / "centre", "152523", "中心")
    centre = centre_node.Centre(tmp_path / "centre")
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    with serving(site.app(centre)) as address:
        made(tmp_path, address, centre)
        filled(tmp_path, centre)
    centre.close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD)
    desk.set_centre_address(address)
    died = 0
    for step in range(1, 40):
        number = forks.begin("centre", tmp_path / "centre", port, step)
        up = time.monotonic() + 20
        while time.monotonic() < up:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(address + "/v1/hello", trust_env=False)
                break
        outcome = sync(desk).outcome
        status, _ = forks.end(0 if outcome is Outcome.DONE else 20)
        if status == 0:
            assert outcome is Outcome.DONE
            os.kill(number, signal.SIGKILL)
            break
        assert status == -9
        died += 1
    assert died > 2
    desk.close()
    centre = centre_node.Centre(tmp_path / "centre")
    with serving(site.app(centre)) as again:
        desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD)
        desk.set_centre_address(again)
        desk.close()
        whole(tmp_path, centre)
    centre.close()
