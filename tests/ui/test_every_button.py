"""Everything that can be pressed anywhere is pressed, on a computer with a printer and on one without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from print_server import Queue, can_be_started

HERE = Path(__file__).parent


def test_everything_is_pressed_and_nothing_unexpected_comes(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """In processes of their own: CUPS keeps the first server that it was told. Without a printer only what asks for
    one can go another way, so no more is pressed."""
    asked = {"DAIBAN_PRINTED": str(tmp_path / "printed")}
    if can_be_started():
        served: Queue = request.getfixturevalue("queue")
        press_all(served.environment | asked)
        assert served.spooled(), "nothing was printed"
        assert (tmp_path / "printed").read_text("utf-8"), "nothing asked for a printer"
    press_all(os.environ | {"CUPS_SERVER": str(tmp_path / "none"), "QT_QPA_PLATFORM": "offscreen"} | asked)


def press_all(environment: dict[str, str]) -> None:
    tests = [sys.executable, "-m", "pytest", str(HERE / "every_button.py"), "-n", "0", "-q", "-p", "no:randomly"]
    done = subprocess.run(
        [*tests, "--show-capture=no"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parent.parent,
    )
    said = [line for line in done.stdout.splitlines() if "(IGNORED)" not in line]
    assert done.returncode == 0, "\n".join(said)[-6000:] + done.stderr[-1000:]
