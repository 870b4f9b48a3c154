"""Fifty desks that push two cases each without a pause, against a centre on PostgreSQL, beside a former commit.

`PYTHONPATH=.:tests python tests/bench/cluster.py [--desks 50] [--seconds 10] [--rounds 2] [--former COMMIT]`: a service
of this tree and one of the former commit, each on a database of its own of one server, and both once more over a line
on which each trip takes 2 ms longer; all take turns in one run. Batches are signed and sealed before the time begins,
for desks do that on machines of their own. Prints pushes a second, their ratios, and which share of the time somebody
held the turn (looked at each 5 ms). 1 where this tree has not three times the former one's rate, the slower line costs
more than four tenths of it, or the turn was held half the time or more.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import postgres
import psycopg
from bench.load import Seen, SyncingDesk

from desk.centre.node import centre_node
from desk.sync.protocol import code_proof, wire

_ROOT = Path(__file__).parents[2]
_CHAIN = 7_318_001  # of the advisory lock that is the turn
_TRIP = 0.002  # seconds
_FASTEST = 700  # pushes a second for which batches are made
_WANTED, _KEPT, _HELD = 3.0, 0.6, 0.5


class PushingDesk(SyncingDesk):
    """A desk that pushes two cases at a time."""

    def __init__(self, centre: centre_node.Centre, point: str) -> None:
        super().__init__(centre, point)
        self.made: deque[tuple[int, bytes]] = deque()  # batches, each with the entry that it reaches to

    def make(self, most: int) -> None:
        """Have so many batches ready."""
        while len(self.made) < most:
            sealed = self.batch(2, self.centre, self.seen, self._heads)
            self.made.append((self.seq, sealed))

    def push(self) -> None:
        """Two more cases, over the one line."""
        self.make(1)
        last, sealed = self.made[0]
        answer = msgspec.json.decode(self._ask("POST", wire.BATCHES, sealed), type=wire.BatchAnswer)
        assert answer.have == last, (answer.have, last)
        self.made.popleft()


def slow_line(port: int, told: Any) -> None:
    """Carry everything to `port` of this machine, each way half a trip later; a process of its own."""

    async def carry(read: asyncio.StreamReader, write: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while data := await read.read(1 << 16):
            loop.call_later(_TRIP / 2, write.write, data)
        loop.call_later(_TRIP / 2, write.close)

    async def accept(read: asyncio.StreamReader, write: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(read, back), carry(there, write), return_exceptions=True)

    async def run() -> None:
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


class Kind:
    """One of the services that are compared."""

    def __init__(self, name: str, address: str, desks: list[PushingDesk]) -> None:
        self.name, self.desks = name, desks
        self.rates: list[float] = []
        self.held: list[float] = []
        self.seconds: list[float] = []
        self.errors = 0
        for one in desks:
            one.begin(address)

    def push(self, seconds: float, server: str) -> None:
        """Everybody pushes for so long."""
        for one in self.desks:
            one.make(int(seconds * _FASTEST / len(self.desks)))
        seen, until = Seen(), time.monotonic() + seconds

        def go_on(desk: PushingDesk) -> None:
            desk.hang_up()  # a line that was idle for long is closed
            while time.monotonic() < until:
                seen.ask("batch", desk.push)

        every = [threading.Thread(target=go_on, args=(one,)) for one in self.desks]
        for one in every:
            one.start()
        self.held.append(turn_held(server, lambda: time.monotonic() < until))
        for one in every:
            one.join()
        self.seconds += seen.seconds["batch"]
        self.rates.append(len(seen.seconds["batch"]) / seconds)
        self.errors += seen.errors.total()
        if seen.errors:
            print(dict(seen.errors))


def turn_held(server: str, goes_on: Callable[[], bool]) -> float:
    """Which share of the looks showed the turn held, while it goes on."""
    looks, held = 0, 0
    asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = %s"
    with psycopg.connect(server, autocommit=True) as db:
        while goes_on():
            looks += 1
            held += bool(db.execute(asked, [_CHAIN]).fetchone()[0])
            time.sleep(0.005)
    return held / max(1, looks)


@contextlib.contextmanager
def former(commit: str, place: Path) -> Iterator[Path]:
    """The tree of a commit."""
    tree = place / "former"
    tree.mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=_ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(tree)], input=packed, check=True)
    yield tree


@contextlib.contextmanager
def serving(tree: Path, folder: Path, url: str) -> Iterator[str]:
    """`desk centre serve` of a tree; its address."""
    command = [sys.executable, "-m", "desk", "centre", "--data", str(folder), "serve", "--port", "0"]
    env = os.environ | {"DAIBAN_CENTRE_DB": url, "PYTHONPATH": str(tree)}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env, cwd=tree)
    try:
        yield server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait(30)


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--desks", 50), ("--seconds", 10), ("--rounds", 2)):
        options.add_argument(name, type=int, default=default)
    options.add_argument("--former", default="fa566dce", help="the commit that is compared with")
    asked = options.parse_args()
    code_proof.COST = code_proof.Cost(1, 8 * 1024, 1)  # what is made before the time begins
    with contextlib.ExitStack() as held, tempfile.TemporaryDirectory() as place:
        cluster = held.enter_context(postgres.cluster())
        ours, theirs = multiprocessing.Pipe()
        line = multiprocessing.get_context("spawn").Process(target=slow_line, args=(cluster.port, theirs), daemon=True)
        line.start()
        held.callback(line.terminate)
        slow = ours.recv()
        trees = {"now": _ROOT, "former": held.enter_context(former(asked.former, Path(place)))}
        kinds = [
            _kind(held, Path(place), cluster, tree, f"{name}{' +2 ms' if port else ''}", port, asked.desks)
            for port in (0, slow)
            for name, tree in trees.items()
        ]
        for _ in range(asked.rounds):
            for one in kinds:
                one.push(asked.seconds, cluster._address("postgres"))
        return told({one.name: one for one in kinds})


def _kind(
    held: contextlib.ExitStack, place: Path, cluster: postgres.Cluster, tree: Path, name: str, port: int, count: int
) -> Kind:
    url, folder = cluster.database(), place / name.replace(" ", "")
    centre_node.create(folder, "152523", "苏尼特左旗政务服务中心", url)
    centre = centre_node.Centre(folder, url)
    desks = [PushingDesk(centre, f"15252320{2000 + at:04d}") for at in range(count)]
    centre.close()
    _as_known_to(tree, url)
    there = url.replace(f":{cluster.port}/", f":{port}/") if port else url
    return Kind(name, held.enter_context(serving(tree, folder, there)), desks)


def _as_known_to(tree: Path, url: str) -> None:
    """The database as a tree of before step 0031 knows it, which took one index away and changed no row."""
    (head,) = re.findall(r'^HEAD = "(\d{4})"', (tree / "db" / "centre" / "database.py").read_text("utf-8"), re.M)
    if head == "0030":
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("CREATE INDEX case_name_of ON case_name (intake_no)")
            db.execute("UPDATE alembic_version SET version_num = '0030'")


def told(kinds: dict[str, Kind]) -> int:
    """Print it; 1 where it was not good enough."""
    rates = {name: statistics.median(one.rates) for name, one in kinds.items()}
    turn = {name: statistics.median(one.held) for name, one in kinds.items()}
    for name, one in kinds.items():
        one.seconds.sort()
        last = one.seconds[int(len(one.seconds) * 0.99)]
        told = f"p99 {last:.2f} s, turn held {turn[name]:.2f}, errors {one.errors}"
        print(f"{name:13} {rates[name]:6.1f} pushes/s, {told}")
    ratio, kept, before = (
        rates["now"] / rates["former"], rates["now +2 ms"] / rates["now"], rates["former +2 ms"] / rates["former"],
    )  # fmt: skip
    print(f"of the former {ratio:.2f}; with +2 ms {kept:.2f} of without (the former {before:.2f})")
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    good = ratio >= _WANTED and kept >= _KEPT and turn["now"] < _HELD and not any(one.errors for one in kinds.values())
    return int(not good)


if __name__ == "__main__":
    raise SystemExit(main())
