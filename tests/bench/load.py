"""A banner's afternoon at once: 200 desks that send and people who look, against a centre in a process of its own.

`PYTHONPATH=.:tests python tests/bench/load.py [--desks 200] [--seconds 180] [--every 15] [--workers 2] [--postgres]`:
each desk sends a case of its own each `every` seconds, spread evenly, and looks at a public page in between. Prints
errors, p50 and p99 of both, and the memory of the service, processes together, after a tenth of the time and at the
end. 1 where there was an error, p99 was not under 2 s, or memory grew by more than a fifth.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import postgres
from bench.centre import PASSWORD, Node, serving

from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.sync.protocol import wire

PAGES = ("/", "/items", "/published", "/ratings", "/open/results.json")
_SLOW, _GROWN = 2.0, 0.2
_LANES = 64  # at once at most


class Seen:
    """What came of each request: seconds by kind, and what went wrong."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {"batch": [], "page": []}
        self.errors: Counter[str] = Counter()
        self._turn = threading.Lock()

    def note(self, kind: str, seconds: float, wrong: str) -> None:
        """One request."""
        with self._turn:
            self.seconds[kind].append(seconds)
            if wrong:
                self.errors[f"{kind}: {wrong}"] += 1


def memory(pid: int) -> int:
    """Resident bytes of a process and those below it, without counting twice what they share."""
    total = 0
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (int(place.name) == pid or _below(int(place.name), pid)):
            total += _proportional(place)
    return total


def _below(child: int, pid: int) -> bool:
    try:
        while child > 1:
            child = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
            if child == pid:
                return True
    except (OSError, ValueError):
        pass
    return False


def _proportional(place: Path) -> int:
    try:
        lines = (place / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def ask(seen: Seen, http: httpx.Client, kind: str, what: bytes | str) -> None:
    """Send a batch, or look at a page."""
    begun, wrong = time.perf_counter(), ""
    try:
        if isinstance(what, bytes):
            answer = http.post(wire.BATCHES, content=what, headers={wire.NONCE_HEADER: "0" * 32})
        else:
            answer = http.get(what)
        wrong = "" if answer.status_code == httpx.codes.OK else str(answer.status_code)
    except httpx.HTTPError as error:
        wrong = type(error).__name__
    seen.note(kind, time.perf_counter() - begun, wrong)


def drive(address: str, pid: int, desks: list[list[bytes]], asked: argparse.Namespace) -> tuple[Seen, int, int]:
    """Let them send for so long; what was seen, and the memory early and at the end."""
    seen, lanes, began = Seen(), threading.local(), time.monotonic()
    todo = sorted(
        (moment, kind, what)
        for at, batches in enumerate(desks)
        for turn, body in enumerate(batches)
        for moment, kind, what in (
            ((turn + at / len(desks)) * asked.every, "batch", body),
            ((turn + 0.5 + at / len(desks)) * asked.every, "page", PAGES[(at + turn) % len(PAGES)]),
        )
    )

    def one(kind: str, what: bytes | str) -> None:
        if not hasattr(lanes, "http"):
            lanes.http = httpx.Client(base_url=address, trust_env=False, timeout=60)
        ask(seen, lanes.http, kind, what)

    early = 0
    with ThreadPoolExecutor(_LANES) as pool:
        for moment, kind, what in todo:
            wait = began + moment - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            if not early and moment > asked.seconds / 10:
                early = memory(pid)
            pool.submit(one, kind, what)
    return seen, early, memory(pid)


def told(seen: Seen, early: int, late: int) -> int:
    """Print it; 1 where it was not good enough."""
    bad = bool(seen.errors)
    for kind, found in seen.seconds.items():
        found.sort()
        half, most = found[len(found) // 2], found[int(len(found) * 0.99)]
        bad |= most >= _SLOW
        print(f"{kind}: {len(found):,} requests, p50 {half * 1000:.0f} ms, p99 {most * 1000:.0f} ms")
    grown = late / early - 1
    print(f"errors: {sum(seen.errors.values())} {dict(seen.errors) or ''}")
    print(f"memory: {early / 2**20:.0f} MB early, {late / 2**20:.0f} MB at the end ({grown:+.1%})")
    return 1 if bad or grown > _GROWN else 0


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("--desks", 200), ("--seconds", 180), ("--every", 15), ("--workers", 1)):
        options.add_argument(name, type=int, default=default)
    options.add_argument("--postgres", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if not asked.postgres:
            return _run(Path(place), "", asked)
        with postgres.cluster() as cluster:
            return _run(Path(place), cluster.database(), asked)


def _run(place: Path, url: str, asked: argparse.Namespace) -> int:
    folder = place / "centre"
    centre_node.create(folder, "152523", "苏尼特左旗政务服务中心", url)
    centre = centre_node.Centre(folder, url)
    guard.add_clerk(centre, "one", "乌兰", PASSWORD, "综合窗口")
    nodes = [Node(centre, f"15252320{2000 + at:04d}") for at in range(asked.desks)]
    desks = [[node.batch(1) for _ in range(max(1, asked.seconds // asked.every))] for node in nodes]
    centre.close()
    more = ("--workers", str(asked.workers)) if asked.workers > 1 else ()
    with serving(folder, url, *more, log=subprocess.DEVNULL) as (address, pid):
        return told(*drive(address, pid, desks, asked))


if __name__ == "__main__":
    raise SystemExit(main())
