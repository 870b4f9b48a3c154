"""What each test costs the processor, itself and the programs that it starts: a plugin of pytest.

`PYTHONPATH=tests/bench DAIBAN_COST=FOLDER python -m pytest tests/ui -n 2 -p cost` writes a table into FOLDER for each
process: test, seconds by the clock, of the processor, of programs that it started. `python tests/bench/cost.py FOLDER`
adds them up by file, the dearest first.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest


def _now() -> tuple[float, float, float]:
    now = os.times()
    return time.monotonic(), now.user + now.system, now.children_user + now.children_system


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    before = _now()
    told = yield
    took = (after - begun for begun, after in zip(before, _now(), strict=True))
    folder = Path(os.environ["DAIBAN_COST"])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{os.getpid()}.tsv").open("a", encoding="utf-8") as table:
        table.write("\t".join([item.nodeid, *(f"{one:.3f}" for one in took)]) + "\n")
    return told


def main(folder: Path) -> None:
    of: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for table in folder.glob("*.tsv"):
        for line in table.read_text("utf-8").splitlines():
            test, *took = line.split("\t")
            file = test.partition("::")[0]
            of[file] = [one + float(more) for one, more in zip(of[file], took, strict=True)]
    print(f"{sum(own + begun for _, own, begun in of.values()):9.1f} s in all")
    for name, (_, own, begun) in sorted(of.items(), key=lambda one: -one[1][1] - one[1][2]):
        print(f"{own + begun:9.1f} {own:9.1f} + {begun:6.1f}  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
