"""The handbooks built: a tour through the program takes the pictures, the window's own type sets the pages."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from package.release import interpreter
from package.steps import ROOT, run, say


def make(out: Path) -> str:
    """Both PDFs in `out`, and the pictures in resources/handbook anew; what was made, in words. Raises BuildError."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        own = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "STATE", "CONFIG")}
        say("手册：正在走一遍、拍图（约两分钟）……")
        run([interpreter(), "-m", "desk", "tour", "--keep", home / "tour"], env=env | own)
        say("手册：正在排版……")
        return run([interpreter(), ROOT / "installer" / "handbook.py", out, home / "tour"], env=env | own).strip()
