"""The whole road on real parts: the real window, a real centre in a process of its own, kept after a restart."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from PySide6.QtWidgets import QApplication

from desk.app import demo, opening
from desk.folds.case import State
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome
from ui import tasks
from ui.look import theme
from ui.tour import Tour, walk


def test_from_a_keystroke_to_the_centre_and_back(qapp: QApplication, tmp_path: Path) -> None:
    theme.apply(qapp)
    said: list[str] = []
    with demo.LocalCentre(tmp_path / "centre") as centre:
        facts = demo.prepare(tmp_path / "desk", centre)
        tour = Tour(qapp, tmp_path / "keep", facts)
        assert walk(tour, said.append), said
        tasks.shut()
        again = opening.open_desk(facts.folder, facts.account, facts.password)
        view = again.case(tour.intake_no)
        assert (view.case.state, len(view.clocks)) == (State.ACCEPTED, 2)
        assert [line.name for line in view.case.history if not line.name.startswith("制作")] == [
            "代办点收件",
            "中心接收",
            "受理",
        ]
        again.close()
    kept = {one.name for one in (tmp_path / "keep").iterdir()}
    assert {"代办收件回执-A5.pdf", "服务指南.pdf", "03-登记.png", "07-办件.png"} <= kept


_PARENT = """
import sys, os, signal
from pathlib import Path
from desk.app import demo
centre = demo.LocalCentre(Path(sys.argv[1]))
centre.__enter__()
print(centre.address, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def ask_until(address: str, end: float) -> None:
    while time.monotonic() < end:
        httpx.get(address + "/v1/hello", trust_env=False)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_a_killed_demonstration_leaves_no_centre_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PARENT, str(tmp_path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, timeout=60)
    address = done.stdout.strip()
    with pytest.raises(httpx.TransportError):
        ask_until(address, time.monotonic() + 20)


def test_the_centre_killed_and_started_again_loses_nothing(tmp_path: Path) -> None:
    from conftest import full_draft

    with demo.LocalCentre(tmp_path / "centre") as centre:
        facts = demo.prepare(tmp_path / "desk", centre)
        desk = opening.open_desk(facts.folder, facts.account, facts.password)
        desk.register(full_draft(desk, 1))
        assert desk.sync(lambda _far: None, lambda: False).outcome is Outcome.DONE
        centre.stop(kill=True)
        desk.register(full_draft(desk, 2))
        down = desk.sync(lambda _far: None, lambda: False)
        assert (down.outcome, desk.sync_status().waiting) == (Outcome.OFFLINE, 1)
        centre.start()
        assert desk.sync(lambda _far: None, lambda: False).sent == 1
        assert all(row.case_no for row in desk.cases(CaseQuery()))
        assert "4 条，完整" in centre.run("verify").replace("：", " ")
        desk.close()
