"""Everything that can be pressed anywhere is pressed, on a computer with a printer and on one without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from print_server import Queue

HERE = Path(__file__).parent


@pytest.mark.parametrize("printer", ["a printer", "no printer"])
def test_everything_is_pressed_and_nothing_unexpected_comes(
    request: pytest.FixtureRequest, tmp_path: Path, printer: str
) -> None:
    """In a process of its own: CUPS keeps the first server that it was told."""
    nowhere = os.environ | {"CUPS_SERVER": str(tmp_path / "none"), "QT_QPA_PLATFORM": "offscreen"}
    served: Queue | None = request.getfixturevalue("queue") if printer == "a printer" else None
    tests = [
        sys.executable,
        "-m",
        "pytest",
        str(HERE / "every_button.py"),
        "-n",
        "0",
        "-q",
        "-p",
        "no:randomly",
        "--show-capture=no",
    ]
    done = subprocess.run(
        tests,
        env=served.environment if served else nowhere,
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parent.parent,
    )
    said = [line for line in done.stdout.splitlines() if "(IGNORED)" not in line]
    assert done.returncode == 0, "\n".join(said)[-6000:] + done.stderr[-1000:]
    if served is not None:
        assert served.spooled(), "nothing was printed"
