"""The hosts of a centre behind HAProxy, each a machine, by the files of `installer/centre`; they are told where their
database is."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from cluster import files, ground, sandbox
from cluster.ground import FRONT
from cluster.pieces import Pieces

HOSTS = ("h1", "h2")
CODE, NAME, POINT = "152523", "苏尼特左旗政务服务中心（试集群）", "1525232022"
CLERK, PASSWORD = "wulan", "a good password"
_PORT = 8443
# Several steps of `desk centre` in one process, as each would be by itself: a line of JSON for what each said.
_STEPS = """
import contextlib, io, json, sys
from desk.centre.commands import run_centre
for step in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = run_centre(step)
    print(json.dumps(said.getvalue().strip()), flush=True)
    if status:
        sys.exit(status)
"""


def until(what: Callable[[], Any], seconds: float, words: str) -> Any:
    """Wait until `what` gives something. Raises TimeoutError with `words`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.3)
    raise TimeoutError(words)


def asked(url: str, told: object = None, seconds: float = 3) -> tuple[int, Any]:
    """What a REST address says: status and JSON; 0 where it says nothing."""
    body = None if told is None else json.dumps(told).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            return answer.status, _json(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, _json(error.read())
    except (OSError, ValueError):
        return 0, None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


class Machine:
    """A machine and what runs on it, each by a name; output goes into its folder."""

    ending = 15  # seconds that a process has to end

    def __init__(self, name: str, place: Path, ground_: ground.Loopback, libraries: str = "") -> None:
        self.name, self.ground, self.address = name, ground_, ground_.address(name)
        self.folder = place / name
        self.folder.mkdir(mode=0o755)
        self._env = {"LD_LIBRARY_PATH": libraries} if libraries else {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        if name != FRONT:
            ground_.begin(name)

    def command(self, words: list[str], user: str = "") -> list[str]:
        """As it is run on this machine; `user`: as whom, where root starts it."""
        as_user = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] if user and os.geteuid() == 0 else []
        return [*self.ground.words(self.name), *as_user, *words]

    def start(self, called: str, words: list[str], env: Mapping[str, str] | None = None, user: str = "") -> None:
        """Run something on."""
        self.end(called, signal.SIGKILL)
        with (self.folder / f"{called}.log").open("ab") as log:
            self._running[called] = subprocess.Popen(
                self.command(words, user),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | self._env | dict(env or {}),
                start_new_session=True,
                cwd=self.folder,
            )

    def end(self, called: str, by: signal.Signals = signal.SIGTERM) -> None:
        """End it, if it runs."""
        process = self._running.pop(called, None)
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(by)
        try:
            process.wait(self.ending)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def is_running(self, called: str) -> bool:
        """Whether it is there."""
        return called in self._running and self._running[called].poll() is None

    def end_all(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End everything, the last one first."""
        for called in reversed(list(self._running)):
            self.end(called, by)


class Host(Machine):
    """A host of the centre. `program`: the source that it runs."""

    ending = 40  # as its systemd unit has it

    def __init__(self, name: str, place: Path, ground_: ground.Loopback, found: Pieces) -> None:
        super().__init__(name, place, ground_)
        self.pieces, self.centre, self.url, self.program = found, self.folder / "centre", "", sandbox.ROOT

    @property
    def readyz(self) -> str:
        """Where it says whether it works."""
        return f"http://{self.address}:8420/readyz"

    def configure(self, url: str, *, asks_patroni: bool, leaves: bool = True) -> None:
        """Write its file; `leaves`: with what an older program does not know."""
        self.url = url
        told = files.centre(self.name, self.ground, asks_patroni=asks_patroni, leaves=leaves)
        (self.folder / "centre.toml").write_text(told, "utf-8")

    def desk(self, *steps: Sequence[str], **env: str) -> list[str]:
        """Steps of `desk centre`, one after the other; what each said. Raises AssertionError."""
        done = self._done(steps, env)
        assert done.returncode == 0, f"{steps}: {done.stdout[-500:]}{done.stderr[-1500:]}"
        return [json.loads(line) for line in done.stdout.splitlines()]

    def refused(self, *step: str) -> str:
        """Why one step is not done, in the centre's words; "" where it is."""
        done = self._done([step], {})
        return done.stderr.strip() if done.returncode else ""

    def _done(self, steps: Sequence[Sequence[str]], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        told = json.dumps([["--data", str(self.centre), *step] for step in steps])
        command = self.command([sys.executable, "-c", _STEPS, told])
        told_env = os.environ | self._told | env
        return subprocess.run(command, capture_output=True, text=True, check=False, env=told_env, cwd=self.folder)

    @property
    def _told(self) -> dict[str, str]:
        return {"DAIBAN_CENTRE_DB": self.url, "PYTHONPATH": str(self.program)}

    def serve(self, clock: str = "") -> None:
        """Begin, or go on; `clock` as for Patroni."""
        settings = ["serve", "--config", str(self.folder / "centre.toml")]
        command = [sys.executable, "-m", "desk", "centre", "--data", str(self.centre), *settings]
        self.start("centre", faked(self.pieces, clock) + command, self._told)


class Service:
    """Two hosts of one centre behind HAProxy, on one database."""

    database = ""  # its address

    def __init__(self, place: Path, ground_: ground.Loopback, found: Pieces) -> None:
        self.place, self.pieces, self.ground = place, found, ground_
        self.hosts = {name: Host(name, place, ground_, found) for name in HOSTS}
        self.front = Machine(FRONT, place, ground_, found.libraries)
        self.url = f"https://{self.front.address}:{_PORT}"
        self.codes: list[tuple[str, str]] = []  # points, each with its code

    def opening(self) -> tuple[str, int]:
        """Where HAProxy is."""
        return self.front.address, _PORT

    def make(self, points: int, *, asks_patroni: bool, leaves: bool = True) -> None:
        """A new centre with so many points, both hosts serving it, as the guide says. Raises AssertionError,
        TimeoutError."""
        first, second = self.hosts.values()
        for one in (first, second):
            one.configure(self.database, asks_patroni=asks_patroni, leaves=leaves)
        names = (self.front.address, "127.0.0.1", *(one.address for one in self.hosts.values()))
        sealed = str(first.folder / "host")
        places = [f"{POINT}{1 + at:02d}" for at in range(points)]
        _, _, _, *codes = first.desk(
            ["init", "--code", CODE, "--name", NAME, "--sample"],
            ["certificate", *names],
            ["add-clerk", "--own", CLERK, "乌兰", "综合窗口"],
            *(["enrol-code", point, f"第{1 + at}代办点"] for at, point in enumerate(places)),
            DAIBAN_PASSWORD=PASSWORD,
        )
        self.codes = list(zip(places, codes, strict=True))
        # HAProxy has the certificate, and speaks to the hosts without
        (first.centre / "server.pem").rename(self.front.folder / "centre.pem")
        first.serve()
        (told,) = first.desk(["add-host", sealed])
        second.desk(["as-host", sealed], DAIBAN_HOST_CODE=told.splitlines()[1])
        second.serve()
        until(lambda: self.ready() == (True, True), 90, "中心没有准备好")
        self._start_haproxy()
        until(self._is_open, 60, "HAProxy 没有接通中心")

    def _start_haproxy(self) -> None:
        path, is_root = self.front.folder / "haproxy.cfg", os.geteuid() == 0
        path.write_text(
            files.haproxy(self.ground, self.front.folder / "centre.pem", _PORT, "nobody" if is_root else ""), "utf-8"
        )
        self.front.start("haproxy", [self.pieces.haproxy, "-db", "-f", str(path)])

    def _is_open(self) -> bool:
        """Whether the front answers, whoever it says it is."""
        trusting = ssl.create_default_context(cafile=str(self.authority()))
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=3, context=trusting) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False

    def ready(self) -> tuple[bool, ...]:
        """Whether each host takes a write."""
        return tuple(asked(one.readyz, seconds=5)[0] == 200 for one in self.hosts.values())

    def authority(self) -> Path:
        """The certificate by which the front is known."""
        return next(iter(self.hosts.values())).centre / "authority.pem"

    def asking(self) -> psycopg.Connection[Any]:
        """A connection to the database, where it is written."""
        return psycopg.connect(self.database, target_session_attrs="read-write")

    def stop(self) -> None:
        """End everything; nobody is waited for."""
        for one in (self.front, *self.hosts.values()):
            one.end_all(signal.SIGKILL)


def faked(found: Pieces, clock: str) -> list[str]:
    """What comes before a command that is to have another clock, whose pauses are as long as ours."""
    told = {"LD_PRELOAD": found.faketime, "FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    return ["env", *(f"{name}={value}" for name, value in told.items())] if clock else []
