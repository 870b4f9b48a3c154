"""A window that is worked in for an hour: whether it keeps what it no longer needs.

`PYTHONPATH=.:tests python tests/bench/soak.py [--minutes 60]`: a real encrypted desk and a real window off screen.
Without a pause a case is registered, every page is opened, people and cases are looked for, the case is shown and its
receipt drawn, the window locked and opened; every fiftieth round a backup is made. A round takes three minutes of the
office's clock, and each twentieth what lies there is carried to the centre: no day runs out of numbers, and nothing
piles up that an office would have carried. Prints the memory of the process (its own pages, not shared ones) ten times;
1 where it grew by more than 5 % from the end of the first fifth, when everything was opened and loaded, to the end.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, SetClock, called, full_draft
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.app import opening
from desk.app.open_desk import Desk
from desk.errors import AskedError
from desk.store.account import Account
from ui import tasks
from ui.app import application
from ui.changes import Changes
from ui.window import _PAGES, MainWindow

_GROWN = 0.05
_DIGITS = str.maketrans("0123456789", "春夏秋冬东南西北山川")
_ROUND = dt.timedelta(minutes=3)
_TOLD = 10  # times that memory is printed
_NAMES = ("张三", "李四", "王五", "阿拉坦", "其其格", "巴特尔")


def memory() -> int:
    """Bytes that belong to this process alone."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    own = [line.split() for line in lines if line.startswith(("Private_Dirty:", "Private_Clean:", "Swap:"))]
    return sum(int(words[1]) for words in own) * 1024


def settle(app: QApplication) -> None:
    """Wait until nothing is under way, and let go what was to be deleted."""
    tasks.wait_idle()
    for _ in range(3):
        app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def a_round(app: QApplication, window: MainWindow, at: int) -> None:
    """What somebody does in some minutes."""
    desk = window.desk
    number = _registered(desk, at, _NAMES[at % len(_NAMES)] + str(at).translate(_DIGITS))
    window.changed(Changes.ENTRIES)
    for key in (one for one in _PAGES if one not in ("case", "villages")):
        window.open(key)
        settle(app)
    window.open("case", intake_no=number)
    settle(app)
    desk.papers.receipt(number)
    for key in ("people", "cases"):
        window.open(key)
        for box in window.page(key).findChildren(QLineEdit)[:1]:
            box.setText(_NAMES[at % len(_NAMES)])
            settle(app)
            box.clear()
        settle(app)
    window.run("lock")
    settle(app)
    window.lock.open()
    settle(app)
    if at % 20 == 0:
        for going in desk.trips.going():
            numbers = tuple(one.intake_no for one in going.cases)
            bundle = desk.trips.seal(going.destination, numbers, f"{at:06}").id
            desk.trips.hand_over(bundle, "巴图", "13900000000")
            desk.trips.take_over(bundle, "乌兰", going.destination, ())
        window.changed(Changes.ENTRIES)
    if at % 50 == 0:
        desk.backups.make()


def _registered(desk: Desk, at: int, name: str) -> str:
    """A case of somebody new; who would be asked about is somebody else."""
    try:
        return desk.register(full_draft(desk, at, called(name))).intake_no
    except AskedError:
        return _registered(desk, at, f"{name}又")


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=60)
    asked = options.parse_args()
    app = application([])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        opening.create_alone(folder, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
        tell = SetClock()
        window = MainWindow(opening.open_desk(folder, "suhe", PASSWORD, tell))
        window.resize(1366, 728)
        window.show()
        seen = _worked(app, window, tell, asked.minutes * 60)
        window.close()
    fifth = seen[len(seen) // 5 : len(seen) // 5 + max(1, len(seen) // 20)]
    early, late = statistics.median(fifth), statistics.median(seen[-max(1, len(seen) // 20) :])
    print(f"{len(seen)} rounds, {early / 2**20:.1f} MB after a fifth, {late / 2**20:.1f} MB at the end")
    print(f"grown by {late / early - 1:+.1%}")
    return 1 if late / early - 1 > _GROWN else 0


def _worked(app: QApplication, window: MainWindow, tell: SetClock, seconds: float) -> list[int]:
    """Memory after each round."""
    seen: list[int] = []
    begun, said = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        a_round(app, window, len(seen))
        tell.at += _ROUND
        gc.collect()
        seen.append(memory())
        if (time.monotonic() - begun) / seconds * _TOLD >= said:
            said += 1
            print(f"{time.monotonic() - begun:6.0f} s, round {len(seen)}: {seen[-1] / 2**20:.1f} MB", flush=True)
    return seen


if __name__ == "__main__":
    raise SystemExit(main())
