"""Who works while the cluster is hurt: desks that push, a clerk who accepts. What was acknowledged is kept by hash."""

from __future__ import annotations

import contextlib
import html
import itertools
import json
import os
import re
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx
from cluster import sandbox
from cluster.hosts import CLERK, PASSWORD, Service

_SHOWN = re.compile(r'name="(csrf|seen)" value="([^"]*)"')
_LISTED = re.compile(r"/cases/(\d{24})")
_NUMBER = re.compile(r"<dt>办件编号</dt><dd>(\d+)</dd>")


class Journal:
    """What was acknowledged, and when something was."""

    def __init__(self) -> None:
        self.acked: dict[tuple[str, int], str] = {}  # of desks' entries
        self.heard: dict[tuple[str, int], tuple[str, str, str, str]] = {}  # of others': hash, kind, subject, time
        self.accepted: dict[str, str] = {}  # cases: the number that the page showed, "" where it was not seen
        self.twice: list[tuple[str, int]] = []  # one number with two hashes
        self.good: list[float] = []  # moments of pushes that were acknowledged
        self.asked = self.pushes = 0
        self.outcomes: Counter[str] = Counter()
        self.others: Counter[str] = Counter()  # what a desk said of a sync that was neither done nor asked to wait
        self.wrong: list[str] = []
        self.seen: list[str] = []  # pages that did not come
        self.ended: list[dict[str, object]] = []
        self._turn = threading.Lock()

    def take(self, line: str) -> None:
        """A line of the desks."""
        told = json.loads(line)
        with self._turn:
            if "wrong" in told:
                self.wrong.append(f"{told['desk']}: {told['wrong']}")
            elif "quiet" in told:
                self.ended.append(told)
            else:
                self._sync(told)

    def _sync(self, told: dict[str, list[list[object]]]) -> None:
        self.asked += 1
        self.outcomes[str(told["outcome"])] += 1
        if told["outcome"] not in ("done", "busy"):
            self.others[f"{told['outcome']}: {str(told['words']).splitlines()[-1]}"] += 1
        for node, seq, digest in told["acked"]:
            self._keep(self.acked, (str(node), int(str(seq))), (str(digest),), str(digest))
        for node, seq, digest, *rest in told["heard"]:
            self._keep(self.heard, (str(node), int(str(seq))), (str(digest), *map(str, rest)), str(digest))
        if told["acked"]:
            self.pushes += 1
            self.good.append(float(str(told["at"])))

    def _keep(self, into: dict, key: tuple[str, int], value: tuple[str, ...], digest: str) -> None:
        known = into.setdefault(key, value if len(value) > 1 else digest)
        if (known if isinstance(known, str) else known[0]) != digest:
            self.twice.append(key)

    def gap(self, since: float, until: float) -> float:
        """The longest time without an acknowledged push in between."""
        with self._turn:
            moments = [since, *(one for one in self.good if since < one < until), until]
        return max(after - before for before, after in itertools.pairwise(moments))


class Desks:
    """Real desks, one at each of some points, in one process of their own. `program`: the source that they run. Raises
    AssertionError where they cannot be made."""

    def __init__(
        self,
        service: Service,
        journal: Journal,
        codes: Sequence[tuple[str, str]],
        pause: float,
        program: Path = sandbox.ROOT,
    ) -> None:
        command = [sys.executable, "-m", "cluster.desks_at_work", str(service.place / "desks"), str(pause)]
        path = os.pathsep.join((str(program), str(sandbox.ROOT / "tests")))
        with (service.place / "desks.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                env=os.environ | {"PYTHONPATH": path},
                cwd=service.place,
            )
        self._say(json.dumps([service.url, codes]))
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), (service.place / "desks.log").read_text("utf-8")[-1000:]
        self._reader = threading.Thread(target=self._read, args=[journal], daemon=True)
        self._reader.start()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _read(self, journal: Journal) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            journal.take(line)

    def become_quiet(self, seconds: float = 300) -> None:
        """No more cases; returns when everybody has sent and heard everything, or gave up."""
        self._say("quiet")
        self._process.wait(seconds)
        self._reader.join(10)

    def stop(self) -> None:
        """At once."""
        with self._process:  # whose ends of the pipes are closed
            self._process.kill()


class Clerk:
    """A person at the centre's pages who accepts what stands first on the list."""

    def __init__(self, cluster: Service, journal: Journal, pause: float) -> None:
        self._cluster, self._journal, self._pause = cluster, journal, pause
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Goes home."""
        self._ending.set()
        self._thread.join(90)

    def _work(self) -> None:
        trusted = ssl.create_default_context(cafile=str(self._cluster.authority()))
        hooks = {"response": [self._answered]}
        with httpx.Client(
            base_url=self._cluster.url, verify=trusted, trust_env=False, timeout=70, event_hooks=hooks
        ) as http:
            while not self._ending.wait(self._pause):
                try:
                    self._look(http)
                except httpx.HTTPError as error:
                    self._journal.seen.append(f"{error.request.url.path}: {error!r}")
                    time.sleep(1)

    def _answered(self, answer: httpx.Response) -> None:
        if answer.status_code >= 500:
            self._journal.seen.append(f"{answer.request.url.path}: {answer.status_code}")

    def _look(self, http: httpx.Client) -> None:
        page = http.get("/cases?state=arrived")
        if page.status_code in (302, 303):
            http.post("/login", data={"account": CLERK, "password": PASSWORD})
            return
        for number in list(dict.fromkeys(_LISTED.findall(page.text)))[:3]:
            if number not in self._journal.accepted:
                self._accept(http, number)

    def _accept(self, http: httpx.Client, number: str) -> None:
        form = {name: html.unescape(value) for name, value in _SHOWN.findall(http.get(f"/cases/{number}").text)}
        if "seen" not in form:
            return
        answer = http.post(f"/cases/{number}/accept", data=form)
        if answer.status_code == 303 and "/login" not in answer.headers.get("location", ""):
            self._journal.accepted[number] = ""
            if found := _NUMBER.search(http.get(f"/cases/{number}").text):
                self._journal.accepted[number] = found[1]


def at_work(
    ending: contextlib.ExitStack, service: Service, journal: Journal, pause: float, every: float, clerks: int = 1
) -> tuple[Desks, list[Clerk]]:
    """A desk at each point with so many seconds between two cases, and clerks who look each so many; they go home with
    `ending`."""
    desks = Desks(service, journal, service.codes, pause)
    ending.callback(desks.stop)
    people = [Clerk(service, journal, every) for _ in range(clerks)]
    for one in people:
        ending.callback(one.stop)
    return desks, people
