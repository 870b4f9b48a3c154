"""A banner's afternoon at once: 200 desks that sync and people who look, against a centre in a process of its own.

`PYTHONPATH=.:tests python tests/bench/load.py [--desks 200] [--seconds 180] [--every 15] [--workers 2] [--postgres]`:
each desk syncs as a desk does, each `every` seconds, spread evenly: a case of its own up, with what it has seen signed,
then the feed down, by version 2, each answer's proof checked, over a connection of its own; half way to its next sync
somebody looks at a public page. A desk that is open syncs by itself each ten minutes, so 15 s is forty times what 200
desks bring. `--every 0`: no desk waits, each goes on as soon as it is answered. A desk has one request at a time; what
was not acknowledged is sent again.

Prints errors, p50 and p99 of each, the processor time of service and database for each sync, and the memory of the
service, processes together, after a fifth of the time and at the end. 1 where there was an error, p99 was not under
2 s, or memory grew by more than a fifth.
"""

from __future__ import annotations

import argparse
import functools
import http.client
import os
import secrets
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import postgres
from bench.centre import PASSWORD, Node, serving

from desk import clock
from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.sync.feed import foreign
from desk.sync.protocol import code_proof, wire
from desk.sync.protocol.batch import unpack
from desk.sync.protocol.heads import Head
from desk.sync.protocol.seal import unseal

PAGES = ("/", "/items", "/published", "/ratings", "/open/results.json")
_SLOW, _GROWN = 2.0, 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


class Seen:
    """What came of each request: seconds by kind, and what went wrong."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {"batch": [], "feed": [], "page": []}
        self.errors: Counter[str] = Counter()
        self._turn = threading.Lock()

    def ask(self, kind: str, work: Callable[[], object]) -> None:
        """One request; what it raises is an error."""
        begun, wrong = time.perf_counter(), ""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - counted, whatever it is
            wrong = f"{type(error).__name__} {error}"[:80]
        with self._turn:
            self.seconds[kind].append(time.perf_counter() - begun)
            if wrong:
                self.errors[f"{kind}: {wrong}"] += 1


class SyncingDesk(Node):
    """A desk that sends a case and asks for what is new, over a connection of its own for each sync. By hand, so that
    200 of them need little of the processors that the service works on."""

    def __init__(self, centre: centre_node.Centre, point: str) -> None:
        super().__init__(centre, point)
        self.centre, self.key, self.seen, self.cursor = centre.node, centre.keys.public().sign, "", 0
        self.waiting = b""  # a batch that was not acknowledged yet is sent again
        self.line: http.client.HTTPConnection | None = None

    def begin(self, address: str) -> None:
        """Where the centre is."""
        self.address = urlsplit(address).netloc

    def send(self) -> None:
        """One more case."""
        self.hang_up()
        self.waiting = self.waiting or self.batch(1, self.centre, self.seen, self._heads)
        answer = msgspec.json.decode(self._ask("POST", wire.BATCHES, self.waiting), type=wire.BatchAnswer)
        assert answer.have == self.seq, (answer.have, self.seq)
        self.waiting = b""

    def _heads(self) -> tuple[Head, ...]:
        now, (seq, _, digest) = clock.stamp(clock.now()), self.seen.partition(".")
        known = [(self.name, self.seq, self.head.hex())] + ([(self.centre, int(seq), digest)] if seq else [])
        return tuple(Head(of, at, hashed, self.name, 1, now).signed(self.keys) for of, at, hashed in known)

    def hear(self) -> None:
        """What is new for this desk: at least the number of the case just sent."""
        sealed = self._ask("GET", f"{wire.FEED}?after={self.cursor}", b"")
        batch = unpack(unseal(sealed, self.keys), lambda _name: (self.key,))
        told = [foreign(one, self.centre) for one in batch.entries]
        assert told or self.waiting, "no number came"
        if told:
            self.cursor, self.seen = batch.header.last, f"{told[-1].entry.seq}.{told[-1].hash.hex()}"

    def look(self, page: str) -> None:
        """Somebody looks at a page."""
        self.hang_up()
        status, _, _ = self._exchange("GET", page, b"", {})
        assert status == 200, status

    def hang_up(self) -> None:
        """The next one asks anew."""
        if self.line is not None:
            self.line.close()
        self.line = None

    def _ask(self, method: str, path: str, body: bytes) -> bytes:
        asked = wire.Question(secrets.token_hex(16), method, path, self.name, self.centre, "1", wire.digest(body))
        headers = {
            wire.NONCE_HEADER: asked.nonce,
            wire.VERSION_HEADER: str(wire.BOUND),
            wire.NODE_HEADER: asked.node,
            wire.EPOCH_HEADER: asked.epoch,
            wire.DIGEST_HEADER: asked.digest,
            wire.SEEN_HEADER: self.seen,
        }
        if method == "GET":
            headers[wire.PROOF_HEADER] = wire.prove_bound_ask(self.keys, asked)
        status, proof, answer = self._exchange(method, path, body, headers)
        assert wire.bound_answer_proved(self.key, proof, asked, status, answer), "no proof"
        assert status == 200, answer.decode()
        return answer

    def _exchange(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        if self.line is None:
            self.line = http.client.HTTPConnection(self.address, timeout=60)
        try:
            self.line.request(method, path, body or None, headers)
            answer = self.line.getresponse()
            return answer.status, answer.headers.get(wire.PROOF_HEADER, ""), answer.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise


def tree(pid: int) -> list[Path]:
    """A process and those below it."""
    return [place for place in Path("/proc").iterdir() if place.name.isdigit() and _below(int(place.name), pid)]


def _below(child: int, pid: int) -> bool:
    try:
        while child > 1:
            if child == pid:
                return True
            child = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        pass
    return False


def memory(pid: int) -> int:
    """Resident bytes of a process and those below it, without counting twice what they share."""
    return sum(map(_proportional, tree(pid)))


def _proportional(place: Path) -> int:
    try:
        lines = (place / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def worked(pid: int) -> float:
    """Seconds of processor time of a process and those below it, with those that ended."""
    total = 0
    for place in tree(pid):
        try:
            total += sum(map(int, (place / "stat").read_text().rpartition(")")[2].split()[11:15]))
        except OSError:
            continue
    return total / _TICKS


class Load:
    """The desks, each in a thread of its own, for so long."""

    def __init__(
        self, address: str, pids: tuple[int, int], desks: list[SyncingDesk], asked: argparse.Namespace
    ) -> None:
        """`pids`: of the service, of the database's server; 0 for none."""
        self.seen, self.pids, self.desks, self.asked = Seen(), pids, desks, asked
        for one in desks:
            one.begin(address)

    def run(self) -> tuple[int, int, list[float]]:
        """Memory early and at the end, and the processor time of service and database."""
        before = [worked(pid) if pid else 0.0 for pid in self.pids]
        began = time.monotonic()
        every = [threading.Thread(target=self._one, args=(at, began)) for at in range(len(self.desks))]
        for one in every:
            one.start()
        time.sleep(self.asked.seconds / 5)
        early = memory(self.pids[0])
        for one in every:
            one.join()
        used = [worked(pid) - was if pid else 0.0 for pid, was in zip(self.pids, before, strict=True)]
        return early, memory(self.pids[0]), used

    def _one(self, at: int, began: float) -> None:
        desk, every, turn = self.desks[at], self.asked.every, 0
        while (due := (turn + at / len(self.desks)) * every) < self.asked.seconds:
            _until(began + due)
            if time.monotonic() - began >= self.asked.seconds:
                return
            self.seen.ask("batch", desk.send)
            self.seen.ask("feed", desk.hear)
            _until(began + due + every / 2)
            self.seen.ask("page", functools.partial(desk.look, PAGES[(at + turn) % len(PAGES)]))
            turn += 1


def _until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def told(seen: Seen, early: int, late: int, used: list[float], seconds: float) -> int:
    """Print it; 1 where it was not good enough."""
    bad = bool(seen.errors)
    for kind, found in seen.seconds.items():
        found.sort()
        half, most = found[len(found) // 2], found[int(len(found) * 0.99)]
        bad |= most >= _SLOW
        print(f"{kind}: {len(found):,} requests, p50 {half * 1000:.0f} ms, p99 {most * 1000:.0f} ms")
    syncs = len(seen.seconds["batch"])
    print(f"{syncs / seconds:.1f} syncs/s, load of the machine {os.getloadavg()[0]:.1f}")
    print(f"errors: {sum(seen.errors.values())} {dict(seen.errors) or ''}")
    each = [one / syncs * 1000 for one in used]
    print(
        f"processor for a sync and a page: service {each[0]:.1f} ms, database {each[1]:.1f} ms; load {os.getloadavg()}"
    )
    grown = late / early - 1
    print(f"memory: {early / 2**20:.0f} MB early, {late / 2**20:.0f} MB at the end ({grown:+.1%})")
    return 1 if bad or grown > _GROWN else 0


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--desks", 200), ("--seconds", 180), ("--every", 15), ("--workers", 1)):
        options.add_argument(name, type=int, default=default)
    options.add_argument("--postgres", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if not asked.postgres:
            return _run(Path(place), "", 0, asked)
        with postgres.cluster() as cluster:
            server = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            return _run(Path(place), cluster.database(), server, asked)


def _run(place: Path, url: str, server: int, asked: argparse.Namespace) -> int:
    folder = place / "centre"
    centre_node.create(folder, "152523", "苏尼特左旗政务服务中心", url)
    centre = centre_node.Centre(folder, url)
    guard.add_clerk(centre, "one", "乌兰", PASSWORD, "综合窗口")
    code_proof.COST = code_proof.Cost(1, 8 * 1024, 1)  # what is made before the time begins
    desks = [SyncingDesk(centre, f"15252320{2000 + at:04d}") for at in range(asked.desks)]
    centre.close()
    more = ("--workers", str(asked.workers)) if asked.workers > 1 else ()
    with serving(folder, url, *more, log=subprocess.DEVNULL) as (address, pid):
        load = Load(address, (pid, server), desks, asked)
        begun = time.monotonic()
        found = load.run()
        return told(load.seen, *found, time.monotonic() - begun)


if __name__ == "__main__":
    raise SystemExit(main())
