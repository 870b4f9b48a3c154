"""The short form of the cluster's faults: three of them, with Patroni's shortest times; `faults.py` does all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cluster import pieces, sandbox

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a cluster runs on Linux")


def test_nothing_acknowledged_is_lost_by_a_kill_a_switchover_and_a_host_that_dies() -> None:
    try:
        pieces.find(may_fetch=False)
    except pieces.LackingError as error:
        pytest.skip(f"a cluster's programs are not here (tests/cluster/pieces.py fetches them): {error}")
    asked = ["--hasty", "--installed", "--only", "kill,switchover,host", "--desks", "2", "--pause", "0.3"]
    run = subprocess.run(
        [sys.executable, str(HERE / "faults.py"), *asked], check=False, capture_output=True, text=True, timeout=500
    )
    if run.returncode == sandbox.LACKING:
        pytest.skip(run.stderr)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "缺 0，一号两用 0" in run.stdout
