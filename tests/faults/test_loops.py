"""The short form of the fault loops: some steps of a case and of a restore; `loops.py` walks all of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="the shim is for Linux, and is compiled"
)


def test_a_case_and_a_restore_survive_kills_and_a_full_disk() -> None:
    asked = ["--deed", "register", "--deed", "restore", "--fault", "kill", "--fault", "full", "--every", "60"]
    paths = os.pathsep.join((str(HERE.parents[1]), str(HERE.parent)))
    run = subprocess.run(
        [sys.executable, str(HERE / "loops.py"), *asked],
        env=os.environ | {"PYTHONPATH": paths},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        cwd=HERE.parents[1],
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("| register |") == run.stdout.count("| restore |") == 1
