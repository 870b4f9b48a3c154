"""A real program out of this source in a folder that runs by itself, of whatever version: what a package installs.

The interpreter is this machine's, the packages of others are the tests' own; desk, ui and db are copies.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A hand at the window: it types the password and presses Enter, and closes what comes then.
HAND = """

def _hand(front):
    import os
    from PySide6.QtWidgets import QLineEdit
    if os.environ.get("DAIBAN_CLOSES"):
        QTimer.singleShot(300, QApplication.quit)
        return
    box = front.login.findChild(QLineEdit, "login-password")
    box.setText(os.environ["DAIBAN_PASSWORD"])
    box.returnPressed.emit()

def _close():
    for one in QApplication.topLevelWidgets():
        one.close()

_before = Front.__init__
def _begun(self, *words):
    _before(self, *words)
    QTimer.singleShot(300, lambda: _hand(self))
Front.__init__ = _begun
_came_before = _came
def _came(window):
    _came_before(window)
    print("WINDOW", __import__("desk").__version__, window.desk.today().collected_today >= 0, flush=True)
    QTimer.singleShot(500, _close)
"""


def made(place: Path, version: str, public: bytes, *, fault: str = "") -> Path:
    """The bundle at `place`; `fault` is code that stands at the end of its window's module."""
    subprocess.run([sys.executable, "-m", "venv", "--copies", "--without-pip", place], check=True)
    site = place / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    for name in ("desk", "ui", "db"):
        shutil.copytree(ROOT / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))
    (site / "others.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", "utf-8")
    (site / "desk" / "__init__.py").write_text(f'"""The program."""\n\n__version__ = "{version}"\n', "utf-8")
    with (site / "ui" / "app.py").open("a", encoding="utf-8") as out:
        out.write(HAND)
    if fault:
        with (site / "ui" / "window.py").open("a", encoding="utf-8") as out:
            out.write(fault)
    told = place / "share" / "daiban"
    told.mkdir(parents=True)
    told.joinpath("release.json").write_text(json.dumps({"version": version}), "utf-8")
    told.joinpath("release.pub").write_text(public.hex() + "\n", "ascii")
    return place
