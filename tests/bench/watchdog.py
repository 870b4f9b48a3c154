"""How long the window's main thread works at a stretch when a page is opened, beside a bare page of Qt's own.

    PYTHONPATH=. python tests/bench/watchdog.py

The thread's own time, no wall's; each page made anew and visited twice, the best of five rounds. The floor is made in
the same run: a bare widget of forty labels and a list of a hundred rows, made and shown in a QStackedWidget with the
program's look.
The aim is a stretch below 50 ms. That a page asks nothing of the disk on the main thread is a test
(`tests/ui/test_still.py`), for that can be counted.
"""

from __future__ import annotations

import gc
import importlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from desk.app import demo
from desk.app.opening import open_desk
from ui import tasks
from ui.app import application
from ui.window import _PAGES, MainWindow

ROUNDS = 5
AIM = 0.05  # seconds


def settle(app: QApplication) -> None:
    """Wait until nothing is under way."""
    tasks.wait_idle()
    for _ in range(3):
        app.processEvents()


def stretch(app: QApplication, act: Callable[[], None]) -> float:
    """The longest stretch of the main thread's own work in `act` and in what it leads to, in seconds."""
    start = time.thread_time()
    act()
    longest = time.thread_time() - start
    for _ in range(200):
        start = time.thread_time()
        app.processEvents()
        longest = max(longest, time.thread_time() - start)
        if not tasks.door().busy:
            break
        time.sleep(0.002)
    return longest


def visited(app: QApplication, window: MainWindow, key: str) -> float:
    """A first and a second visit to a page that is made anew, coming from another."""
    other = "sync" if key == "today" else "today"
    longest = 0.0
    window.open(other)
    settle(app)
    old = window._pages.pop(key, None)
    if old is not None:
        old.deleteLater()
        settle(app)
    for _ in range(2):
        longest = max(longest, stretch(app, lambda: window.open(key)))
        window.open(other)
        settle(app)
    return longest


def bare(app: QApplication, stack: QStackedWidget) -> float:
    """The same of a page that does nothing."""

    def act() -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        for number in range(40):
            layout.addWidget(QLabel(f"代办点第 {number} 行", page))
        rows = QListView(page)
        rows.setModel(QStringListModel([f"办件 {number}" for number in range(100)], rows))
        layout.addWidget(rows)
        stack.addWidget(page)
        stack.setCurrentWidget(page)

    longest = stretch(app, act)
    last = stack.currentWidget()
    stack.removeWidget(last)
    last.deleteLater()
    settle(app)
    return longest


def main() -> None:
    """Print the figures."""
    app = application([])
    for module, _ in _PAGES.values():
        importlib.import_module(module)  # done in quiet moments before anyone can ask
    with tempfile.TemporaryDirectory() as place, demo.LocalCentre(Path(place) / "centre") as centre:
        facts = demo.prepare(Path(place) / "desk", centre)
        stack = QStackedWidget()
        stack.resize(1366, 728)
        stack.show()
        window = MainWindow(open_desk(facts.folder, facts.account, facts.password))
        window.resize(1366, 728)
        window.show()
        settle(app)
        gc.collect()
        gc.freeze()  # what was made before is no page's garbage
        floor = min(bare(app, stack) for _ in range(ROUNDS))
        print(f"bare page     {floor * 1000:6.1f} ms")
        for key in (key for key in _PAGES if key != "case"):
            best = min(visited(app, window, key) for _ in range(ROUNDS))
            told = "" if best < AIM else f"  over {AIM * 1000:.0f} ms"
            print(f"{key:<13} {best * 1000:6.1f} ms  ratio {best / floor:.1f}{told}")
        window.close()
        stack.close()
        tasks.shut()


if __name__ == "__main__":
    main()
