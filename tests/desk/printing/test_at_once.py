"""The window draws papers side by side: a preview, a receipt that prints itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_the_first_papers_drawn_at_once_are_right_and_so_is_what_follows() -> None:
    done = subprocess.run(
        [sys.executable, "-P", str(HERE / "drawing_at_once.py")],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (HERE.parents[2], HERE)))},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
