"""Cold start to a usable window, beside a bare QMainWindow with the same font, in the same run.

    python tests/bench/start.py

Each is a fresh process; the time is from its start to the first painted frame. The median of seven is printed, by the
clock and of processor; what Argon2id takes to open the password is counted apart: it takes as long as it is told to.
Compiled modules are kept and used, as by every program that the bootstrap or a package starts, whatever this machine's
environment says. Then memory: what is resident when the window stands, once it has loaded in its quiet moments what
later steps would wait for, and once it was worked with: a search, a guide on paper, a sync.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
RUNS = 7

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow, QLabel
from PySide6.QtGui import QFontDatabase, QFont
app = QApplication([])
from desk.words.font_files import ui_font_files
names = [QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(p)))[0] for p in ui_font_files()]
app.setFont(QFont(names[0]))
window = QMainWindow()
window.setCentralWidget(QLabel("代办台"))
window.show(); window.grab()
"""
LOGIN = """
import sys
from pathlib import Path
from ui.app import Front, application
app = application([])
front = Front(Path(sys.argv[1]), "")
front.login.show(); front.login.grab()
"""
MAIN = """
import sys, time
from pathlib import Path
from ui.app import application
app = application([])
import argon2.low_level
_hash, spent = argon2.low_level.hash_secret_raw, [0.0, 0.0]
def _timed(*words, **more):
    begin, busy = time.perf_counter(), time.process_time()
    try:
        return _hash(*words, **more)
    finally:
        spent[0] += time.perf_counter() - begin
        spent[1] += time.process_time() - busy
argon2.low_level.hash_secret_raw = _timed
from desk.app.opening import open_desk
from ui.window import MainWindow
from ui import tasks
window = MainWindow(open_desk(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
window.show(); tasks.wait_idle(); window.grab()
"""
READY = """
import time; print("argon2", *globals().get("spent", (0, 0)), time.process_time(), flush=True)
print("ready", flush=True)
if "tasks" in globals():
    window.close()
    tasks.shut()
"""
SETTLED = """
import os
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
stands = resident()
quiet = QEventLoop(); QTimer.singleShot(8000, quiet.quit); quiet.exec()  # the application's own end closes the window
settled = resident()
if "tasks" in globals():
    window.open("register"); window.desk.warm(); tasks.wait_idle()
    window.desk.papers.guide(window.desk.items("低保")[0].item.task_code)
    window.desk.sync(lambda _far: None, lambda: False)
print(stands, settled, resident(), flush=True)
os._exit(0)
"""


class Took(NamedTuple):
    """Seconds from starting a process to its word `ready` without Argon2id: by the clock, of processor; and those."""

    clock: float
    worked: float
    argon2: float


def timed(code: str, *words: str) -> Took:
    """One start."""
    env, start = _env(), time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code + READY, *words],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        apart = [0.0, 0.0, 0.0]
        while (line := process.stdout.readline()) and line.strip() != b"ready":
            if line.startswith(b"argon2 "):
                apart = [float(one) for one in line.split()[1:]]
        took = time.perf_counter() - start
        process.wait()
    return Took(took - apart[0], apart[2] - apart[1], apart[0])


def memory(code: str, *words: str) -> tuple[float, float, float]:
    """Resident megabytes when the window stands, when it has settled and when it was worked with."""
    command = [sys.executable, "-c", code + SETTLED, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_env(), cwd=ROOT)
    stands, settled, worked = (int(one) / 2**20 for one in done.stdout.split()[-3:])
    return stands, settled, worked


def _env() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def main() -> None:
    """Print the figures."""
    sys.path.insert(0, str(ROOT))
    from desk.app import demo

    with tempfile.TemporaryDirectory() as place, demo.LocalCentre(Path(place) / "centre") as centre:
        facts = demo.prepare(Path(place) / "desk", centre)
        folder = str(facts.folder)
        timed(BARE), timed(LOGIN, folder), timed(MAIN, folder, facts.account, facts.password)
        rounds = [
            (timed(BARE), timed(LOGIN, folder), timed(MAIN, folder, facts.account, facts.password)) for _ in range(RUNS)
        ]
        floor, kept = memory(BARE), memory(MAIN, folder, facts.account, facts.password)
    bare, login, whole = (
        Took(*map(statistics.median, zip(*times, strict=True))) for times in zip(*rounds, strict=True)
    )
    for words, one in (("bare QMainWindow with the same font", bare), ("login page, ready to type", login),
                       ("main window with today's figures", whole)):  # fmt: skip
        ratios = f"ratio {one.clock / bare.clock:.2f}, of processor {one.worked / bare.worked:.2f}"
        print(f"{words:36} {one.clock:.3f} s, processor {one.worked:.3f} s  {ratios}")
    print(f"Argon2id, not counted above          {whole.argon2:.3f} s")
    for words, at in (("when it stands", 0), ("settled", 1), ("worked with", 2)):
        told = f"{kept[at]:.0f} MB, bare window {floor[at]:.0f} MB, ratio {kept[at] / floor[at]:.2f}"
        print(f"memory of the main window, {words:14}  {told}")


if __name__ == "__main__":
    main()
