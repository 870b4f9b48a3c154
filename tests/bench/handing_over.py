"""How fast a centre hands over, and whether it needs more memory for more: `desk centre export` of a whole centre.

`PYTHONPATH=.:tests python tests/bench/handing_over.py [cases]`. The cases come through the log; the export is a process
of its own, of which the greatest memory is read. Twice: with half of the cases, and with all.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from centre import POINT, Node

from desk.centre.exchange import taking
from desk.centre.node import centre_node


def exported(folder: Path, out: Path, *more: str) -> tuple[float, int]:
    """Seconds and greatest memory (MB) of one export."""
    begin = time.perf_counter()
    child = os.spawnv(  # noqa: S606 - `wait4` tells its memory
        os.P_NOWAIT,
        sys.executable,
        [sys.executable, "-m", "desk", "centre", "--data", str(folder), "export", str(out), *more],
    )
    _pid, status, used = os.wait4(child, 0)
    assert status == 0
    return time.perf_counter() - begin, used.ru_maxrss >> 10


def main() -> None:
    """Run it."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "centre"
        centre_node.create(folder, "152523", "苏尼特左旗政务服务中心")
        centre = centre_node.Centre(folder)
        node = Node(centre, f"{POINT}99")
        for at in range(0, cases, 2_000):
            if at == cases // 2:
                seconds, most = exported(folder, Path(place) / "half")
                print(f"{at:,} cases: {seconds:.1f} s, {at / seconds:,.0f} cases/s, at most {most} MB")
            taking.take_in(centre, node.batch(2_000))
        seconds, most = exported(folder, Path(place) / "lately")
        print(f"{cases // 2:,} more of {cases:,}: {seconds:.1f} s, at most {most} MB")
        seconds, most = exported(folder, Path(place) / "whole", "--whole")
        print(f"{cases:,} cases: {seconds:.1f} s, {cases / seconds:,.0f} cases/s, at most {most} MB")
        seconds, most = exported(folder, Path(place) / "none")
        print(f"nothing new: {seconds:.1f} s, at most {most} MB")
        centre.close()


if __name__ == "__main__":
    main()
