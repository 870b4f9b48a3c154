"""The window's tests on the lowest PySide6 that is shipped, the one of arm64; all others run on the highest.

    python tests/installer/lowest_qt.py [pytest options and files]

Its wheels come by the checksums of installer/desk/lock.txt into a folder of their own, which is looked into first.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VERSION = "6.8.0.2"
# Where Qt itself is asked most: windows, help, its own traps.
FILES = ("test_window.py", "test_help.py", "test_pyside.py", "test_interrupt.py")


def wanted() -> str:
    """The lock's lines of that version, for whatever machine this is."""
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "installer" / "desk" / "lock.txt").read_text("utf-8"))
    found = [one for one in blocks if re.match(rf"(pyside6-essentials|shiboken6)=={re.escape(VERSION)}\s", one)]
    if len(found) != 2:
        raise SystemExit(f"installer/desk/lock.txt has no PySide6 {VERSION}")
    return "\n".join(re.sub(r"^(\S+) ;[^\\]*\\", r"\1 \\", one) for one in found)


def main() -> int:
    """pytest's exit status."""
    with tempfile.TemporaryDirectory() as place:
        lock = Path(place) / "lock.txt"
        lock.write_text(wanted(), "utf-8")
        target = Path(place) / "qt"
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "--no-deps", "--target", target, "-r", lock], check=True)
        env = os.environ | {"PYTHONPATH": os.pathsep.join([str(target), str(ROOT)]), "QT_QPA_PLATFORM": "offscreen"}
        told = [sys.executable, "-c", "import PySide6; print('PySide6', PySide6.__version__)"]
        said = subprocess.run(told, env=env, capture_output=True, text=True, check=True).stdout.strip()
        if said != f"PySide6 {VERSION.rpartition('.')[0]}" and said != f"PySide6 {VERSION}":
            raise SystemExit(f"{said} is not {VERSION}")
        files = sys.argv[1:] or ["-q", "-n", "2", *(str(ROOT / "tests" / "ui" / one) for one in FILES)]
        return subprocess.run([sys.executable, "-m", "pytest", *files], env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
