"""Cold start to a usable window, beside a bare QMainWindow with the same font, in the same run.

    python tests/bench/start.py

Each is a fresh process; the time is from its start to the first painted frame. The median of seven is printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
print("ready", flush=True)
"""
LOGIN = """
import sys
from pathlib import Path
from ui.app import Front, application
app = application([])
front = Front(Path(sys.argv[1]), "")
front.login.show(); front.login.grab()
print("ready", flush=True)
"""
MAIN = """
import sys
from pathlib import Path
from ui.app import application
app = application([])
from desk.app.opening import open_desk
from ui.window import MainWindow
from ui import tasks
window = MainWindow(open_desk(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
window.show(); tasks.wait_idle(); window.grab()
print("ready", flush=True)
window.close()
tasks.shut()
"""


def timed(code: str, *words: str) -> float:
    """Seconds from starting a process to its word `ready`."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    command = [sys.executable, "-c", code, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, cwd=ROOT) as process:
        assert process.stdout is not None
        while (line := process.stdout.readline()) and line.strip() != b"ready":
            pass
        took = time.perf_counter() - start
        process.wait()
    return took


def main() -> None:
    """Print the figures."""
    sys.path.insert(0, str(ROOT))
    from desk.app import demo

    with tempfile.TemporaryDirectory() as place, demo.LocalCentre(Path(place) / "centre") as centre:
        facts = demo.prepare(Path(place) / "desk", centre)
        folder = str(facts.folder)
        timed(BARE), timed(LOGIN, folder)
        rounds = [
            (timed(BARE), timed(LOGIN, folder), timed(MAIN, folder, facts.account, facts.password)) for _ in range(RUNS)
        ]
    bare, login, whole = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"bare QMainWindow with the same font  {bare:.3f} s")
    print(f"login page, ready to type            {login:.3f} s  ratio {login / bare:.2f}")
    print(f"main window with today's figures     {whole:.3f} s  ratio {whole / bare:.2f} (password opened by Argon2id)")


if __name__ == "__main__":
    main()
