"""Ten centres in one process, one of them flooded: how long the nine others' answers take, beside those of the same
minute while nobody floods.

`PYTHONPATH=.:tests python tests/bench/house.py [--centres 10] [--seconds 20] [--rounds 2] [--flood 50]`: at each centre
but the first a desk syncs each two seconds, a case up and the feed down, and somebody looks at a public page; then the
same while `flood` senders, in a process of their own, push cases to the first one and look at its pages all the time.
Quiet and flooded parts take turns in one run. Prints p50 and p95 of both and their ratio, what the flood was answered,
and the memory of the process. 1 where the nine others' p95 is twice the quiet one or more, or one of them had an error.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

from bench.load import PAGES, Seen, SyncingDesk, memory

from desk.centre.node import centre_node
from desk.sync.protocol import code_proof

_EVERY = 2.0  # seconds between two syncs of a quiet centre's desk
_MOST = 2.0  # times the quiet p95


class HousedDesk(SyncingDesk):
    """A desk of one centre of the house."""

    host = ""

    def _exchange(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        return super()._exchange(method, path, body, {"Host": self.host, **headers})


def host(at: int) -> str:
    """The name of a centre."""
    return f"c{at}.test"


def made(house: Path, count: int, flood: int) -> list[list[HousedDesk]]:
    """The centres, each with a desk, the first with `flood`."""
    code_proof.COST = code_proof.Cost(1, 8 * 1024, 1)  # what is made before the time begins
    found = []
    for at in range(count):
        folder = house / f"c{at}"
        centre_node.create(folder, f"1525{22 + at}", f"第{at + 1}旗")
        (folder / "centre.toml").write_text(f'hosts = ["{host(at)}"]\nforms_per_minute = 10000\n')
        centre = centre_node.Centre(folder)
        desks = [HousedDesk(centre, f"1525{22 + at}20{2000 + one:04d}") for one in range(flood if at == 0 else 1)]
        for desk in desks:
            desk.host = host(at)
        found.append(desks)
        centre.close()
    return found


@contextlib.contextmanager
def serving(house: Path) -> Iterator[tuple[str, int]]:
    """The house; its address and process."""
    config = house.parent / "house.toml"
    config.write_text(f'house = "{house}"\nport = 0\nlog_level = "error"\n')
    command = [sys.executable, "-m", "desk", "centre", "serve", "--config", str(config)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield server.stdout.readline().split()[-1], server.pid
    finally:
        server.terminate()
        server.wait(60)


def flooding(address: str, desks: list[HousedDesk], goes_on: Any, counted: Synchronized[int]) -> None:
    """Push and look without a pause while `goes_on` is set, count what was answered; a process of its own."""
    seen = Seen()
    os.nice(5)  # the senders are other machines
    for one in desks:
        one.begin(address)

    def flood(at: int, desk: HousedDesk) -> None:
        while goes_on.wait(0.05) or counted.value >= 0:
            if not goes_on.is_set():
                continue
            if at % 2:
                seen.ask("batch", desk.send)
            else:
                seen.ask("page", functools.partial(desk.look, PAGES[at // 2 % len(PAGES)]))
            with counted.get_lock():
                counted.value += 1 if counted.value >= 0 else 0

    every = [threading.Thread(target=flood, args=one, daemon=True) for one in enumerate(desks)]
    for one in every:
        one.start()
    for one in every:
        one.join()


def asking(desks: list[HousedDesk], seconds: float) -> Seen:
    """What the quiet ones are answered."""
    seen, began = Seen(), time.monotonic()

    def one(at: int, desk: HousedDesk) -> None:
        turn = 0
        while (due := (turn + at / len(desks)) * _EVERY) < seconds:
            time.sleep(max(0.0, began + due - time.monotonic()))
            seen.ask("batch", desk.send)
            seen.ask("feed", desk.hear)
            seen.ask("page", functools.partial(desk.look, PAGES[(at + turn) % len(PAGES)]))
            turn += 1

    every = [threading.Thread(target=one, args=found) for found in enumerate(desks)]
    for thread in every:
        thread.start()
    for thread in every:
        thread.join()
    return seen


def shares(found: list[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    found.sort()
    return found[len(found) // 2] * 1000, found[int(len(found) * 0.95)] * 1000


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--centres", 10), ("--seconds", 20), ("--rounds", 2), ("--flood", 50)):
        options.add_argument(name, type=int, default=default)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        house = Path(place, "house")
        house.mkdir()
        desks = made(house, asked.centres, asked.flood)
        with serving(house) as (address, pid):
            return _run(address, pid, desks, asked)


def _run(address: str, pid: int, desks: list[list[HousedDesk]], asked: argparse.Namespace) -> int:
    quiet = [one for some in desks[1:] for one in some]
    for one in quiet:
        one.begin(address)
    asking(quiet, 2 * _EVERY)  # what is loaded at the first question
    context = multiprocessing.get_context("spawn")
    goes_on, counted = context.Event(), context.Value("q", 0)
    flood = context.Process(target=flooding, args=(address, desks[0], goes_on, counted), daemon=True)
    flood.start()
    early = memory(pid)
    parts: dict[bool, list[Seen]] = {False: [], True: []}
    for _ in range(asked.rounds):
        for is_flooded in (False, True):
            (goes_on.set if is_flooded else goes_on.clear)()
            time.sleep(2)
            parts[is_flooded].append(asking(quiet, asked.seconds))
    goes_on.set()
    time.sleep(6)  # nobody has asked another one for some seconds
    done, began = counted.value, time.monotonic()
    time.sleep(8)
    alone = (counted.value - done) / (time.monotonic() - began)
    goes_on.clear()
    flood.terminate()
    errors = sum(seen.errors.total() for some in parts.values() for seen in some)
    print(f"{len(desks)} centres in one process: {early / 2**20:.0f} MB, {memory(pid) / 2**20:.0f} MB at the end")
    p95 = {}
    for kind in ("batch", "feed", "page", "all"):
        for is_flooded, some in parts.items():
            found = [
                each
                for seen in some
                for which, every in seen.seconds.items()
                if kind in (which, "all")
                for each in every
            ]
            half, p95[kind, is_flooded] = shares(found)
            print(
                f"{kind:5} {'flooded' if is_flooded else 'quiet':7} {len(found):5,} requests, p50 {half:5.0f} ms, "
                f"p95 {p95[kind, is_flooded]:5.0f} ms"
            )
        print(f"{kind:5} p95 flooded of quiet: {p95[kind, True] / p95[kind, False]:.2f}")
    print(f"the flooded one alone: {alone:.0f} answers/s; load of the machine {os.getloadavg()[0]:.1f}")
    print(
        f"errors of the others: {errors} {[dict(one.errors) for some in parts.values() for one in some if one.errors]}"
    )
    return int(errors > 0 or p95["all", True] >= _MOST * p95["all", False])


if __name__ == "__main__":
    raise SystemExit(main())
