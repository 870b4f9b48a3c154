"""Ctrl+C in the terminal ends the window as closing it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from ui.app import application, end_at_interrupt
app = application([])
end_at_interrupt(app)
shown = QWidget()
shown.show()
QTimer.singleShot(0, lambda: print("shown", flush=True))
status = app.exec()
print("ended", status, shown.isVisible(), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process alone")
def test_an_interrupt_closes_the_windows_and_ends() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WINDOW]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "shown\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[0] == "ended 0 False\n"
    assert process.returncode == 0


STAYS = """
import gc
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from ui.app import application, end_at_interrupt
app = application([])
end_at_interrupt(app)
gc.collect()
shown = QWidget()
shown.show()
QTimer.singleShot(700, lambda: (print("stands", shown.isVisible(), flush=True), app.quit()))
app.exec()
"""


def test_without_one_the_window_stays() -> None:
    """What tells of an interrupt was let go by Python's collector, and the window closed by itself."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", STAYS], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "stands True\n"
