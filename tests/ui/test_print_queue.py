"""A printer that takes nothing holds up nothing; its papers wait in a queue that is shown; the program ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import PASSWORD, full_draft
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.office.unprinted import Unprinted
from desk.errors import SurroundingsError
from desk.printing.ports import device
from desk.store.snapshots import CaseQuery, PaperOut
from ui import tasks
from ui.devices import print_queue, printers
from ui.dialogs.paper_print import left_over, print_at_once
from ui.window import MainWindow

TESTS = Path(__file__).parent.parent


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Path]:
    """A roll printer that is off: its port opens and takes nothing."""
    made = tmp_path / "lp0"
    os.mkfifo(made)
    held = os.open(made, os.O_RDWR)
    yield made
    os.close(held)


def roll(desk: Desk) -> PaperOut:
    return desk.papers.receipt(desk.register(full_draft(desk)).intake_no, "80mm")


@pytest.mark.parametrize("listens", [False, True])
def test_a_port_that_takes_nothing_is_told_in_time(tmp_path: Path, listens: bool) -> None:
    made = tmp_path / "lp0"
    os.mkfifo(made)
    held = os.open(made, os.O_RDWR) if listens else None
    begin = time.monotonic()
    with pytest.raises(SurroundingsError, match="小票机") as told:
        device.send(b"x" * 200_000, str(made), 0.3)
    assert time.monotonic() - begin < 3
    assert ("没有收下" if listens else "没有接上") in told.value.happened
    if held is not None:
        os.close(held)


def test_what_was_not_printed_waits_in_sight_and_goes_to_another_printer(
    window: MainWindow, port: Path, tmp_path: Path, qtbot: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device.send, "__defaults__", (0.2,))
    queue = print_queue.queue()
    printers.choose({}, str(port))
    failed: list[Exception] = []
    assert print_at_once(window, roll(window.desk), failed.append)
    assert print_at_once(window, roll(window.desk), failed.append)
    assert [job.state for job in queue.jobs.values()] == [print_queue.State.PRINTING, print_queue.State.WAITING]
    assert tasks.wait_idle(100)  # nobody else waits for it
    qtbot.waitUntil(lambda: queue.trouble() == 2, timeout=5000)
    chip = window.findChild(QWidget, "header-prints")
    assert chip.isVisible()
    assert chip.words() == "2 份没有印出"
    chip.click()
    box = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "prints" and one.isVisible())
    assert any("没有收下" in one.text() for one in box.findChildren(QLabel))
    first, second = queue.jobs
    other = tmp_path / "lp1"
    other.write_bytes(b"")
    printers.choose({}, str(other))
    box.findChild(QWidget, f"prints-other-{first}").click()
    ask = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "printer" and one.isVisible())
    assert ask.findChild(QComboBox).currentText() == str(other)
    ask.submit()
    qtbot.waitUntil(lambda: list(queue.jobs) == [second], timeout=5000)
    assert other.read_bytes().startswith(b"\x1b@")
    box.findChild(QWidget, f"prints-drop-{second}").click()
    assert not chip.isVisible()
    box.close()
    QTest.qWait(1)


def test_work_that_never_returns_is_said_to(qtbot: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_queue, "LIMIT", 0.1)
    queue, failed = print_queue.queue(), list[Exception]()
    never = threading.Event()
    queue.add("回执", "A5", lambda _where: lambda: assert_set(never), failed.append)
    qtbot.waitUntil(lambda: bool(failed), timeout=5000)
    assert "没有回应" in next(iter(queue.jobs.values())).told
    never.set()


def assert_set(event: threading.Event) -> None:
    assert event.wait(30)


def run_window(script: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).parent / script), *words],
        env=os.environ | {"PYTHONPATH": str(TESTS.parent), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_was_not_printed_is_offered_again_after_a_restart(desk: Desk, port: Path, tmp_path: Path) -> None:
    folder = desk.folder
    receipt = roll(desk)
    desk.close()
    run_window("restarted_window.py", str(folder), PASSWORD, str(port), "print")
    desk = opening.open_desk(folder, "suhe", PASSWORD)
    left = desk.unprinted.kept()
    assert [(one.sha256, one.copy, one.where) for one in left] == [
        (receipt.sha256, False, str(port)),
        (receipt.sha256, True, str(port)),
    ]
    kept = {paper.sha256 for paper in desk.case(desk.cases(CaseQuery())[0].intake_no).papers}
    assert kept == {receipt.sha256}  # no second copy of the paper
    desk.close()
    said = run_window("restarted_window.py", str(folder), PASSWORD, str(port), "again")
    assert said.splitlines()[:2] == [f"{receipt.title} 没有印出", f"{receipt.title}（补打） 没有印出"]
    assert "上次关闭时有 2 份没有印出。" in said
    assert "2 left" in said  # the printer is still off
    out = tmp_path / "lp1"
    out.write_bytes(b"")
    desk = opening.open_desk(folder, "suhe", PASSWORD)
    desk.unprinted.keep(tuple(msgspec.structs.replace(one, where=str(out)) for one in desk.unprinted.kept()))
    desk.close()
    assert "0 left" in run_window("restarted_window.py", str(folder), PASSWORD, str(out), "again")
    assert out.read_bytes().count(b"\x1b@") == 2
    desk = opening.open_desk(folder, "suhe", PASSWORD)
    assert desk.unprinted.kept() == ()
    desk.close()


def test_a_paper_that_is_not_kept_says_so_when_it_is_tried_again(
    window: MainWindow, tmp_path: Path, qtbot: object
) -> None:
    out = tmp_path / "lp1"
    out.write_bytes(b"")
    printers.choose({}, str(out))
    queue, lost = print_queue.queue(), Unprinted("批量回执", str(out), "0" * 64)
    queue.put_back(lost, "", lambda where: left_over(window.desk, lost, where), "没印出来")
    (number,) = queue.jobs
    queue.again(number)
    qtbot.waitUntil(lambda: queue.trouble() == 1, timeout=5000)
    assert "没有留底" in queue.jobs[number].told


def test_the_program_ends_while_a_printer_takes_nothing(desk: Desk, port: Path) -> None:
    paper = roll(desk)
    folder = desk.folder
    (folder / "paper.pdf").write_bytes(paper.pdf)
    desk.close()
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).parent / "closing_window.py"), str(folder), PASSWORD, str(port)],
        env=os.environ | {"PYTHONPATH": str(TESTS.parent), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - begin < 15
