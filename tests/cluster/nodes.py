"""The machines of a cluster: three with etcd and PostgreSQL under Patroni, two hosts, HAProxy before them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psycopg
from cluster import files, ground
from cluster.ground import FRONT
from cluster.pieces import Pieces

DATABASES, HOSTS = ("db1", "db2", "db3"), ("h1", "h2")
CODE, NAME, POINT = "152523", "苏尼特左旗政务服务中心（试集群）", "1525232022"
CLERK, PASSWORD = "wulan", "a good password"
_PORT = 8443
_DISK = 3000  # megabytes
_ENDING = 15  # seconds that a process has to end


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
            process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def is_running(self, called: str) -> bool:
        """Whether it is there."""
        return called in self._running and self._running[called].poll() is None

    def end_all(self) -> None:
        """End everything, the last one first."""
        for called in reversed(list(self._running)):
            self.end(called)


class Database(Machine):
    """etcd, Patroni, PostgreSQL."""

    def __init__(self, name: str, place: Path, ground_: ground.Loopback, found: Pieces) -> None:
        super().__init__(name, place, ground_, found.libraries)
        self.pieces = found
        self.data = self.folder / "pg" / "data"
        self.data.parent.mkdir()
        with contextlib.suppress(ground.CannotError):
            ground_.disk(self.data.parent, _DISK)
        self.data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            for one in (self.folder, self.data.parent, self.data):
                ground.own(one, "postgres")

    @property
    def rest(self) -> str:
        """Where its Patroni answers."""
        return f"http://{self.address}:8008"

    def configure(self, words: files.Secrets, timing: Mapping[str, str] | None) -> None:
        """Write its files."""
        (self.folder / "etcd.yml").write_text(files.etcd(self.name, self.ground, self.folder / "etcd"), "utf-8")
        told = files.patroni(self.name, self.ground, self.data, self.pieces.postgres, words, timing)
        (self.folder / "patroni.yml").write_text(told, "utf-8")

    def start_etcd(self) -> None:
        """etcd begins, or goes on."""
        self.start("etcd", [self.pieces.etcd, "--config-file", str(self.folder / "etcd.yml")])

    def start_patroni(self, clock: str = "") -> None:
        """Patroni begins, or goes on, and PostgreSQL with it; `clock`: how far its clock is from ours, as libfaketime
        says it."""
        env = {"LC_ALL": "C.UTF-8", "PYTHONPATH": "", "HOME": str(self.folder)}
        command = [self.pieces.patroni, "-m", "patroni", str(self.folder / "patroni.yml")]
        self.start("patroni", faked(self.pieces, clock) + command, env, "postgres")

    def postmaster(self) -> int:
        """The process of PostgreSQL; 0 for none."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            return pid if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes() else 0
        except (OSError, ValueError, IndexError):
            return 0

    def signal_postgres(self, by: signal.Signals) -> None:
        """To all of its processes."""
        if pid := self.postmaster():
            for one in [pid, *_children(pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, by)

    def kill(self) -> None:
        """Patroni and PostgreSQL die at once."""
        pid = self.postmaster()
        self.end("patroni", signal.SIGKILL)
        if pid:
            for one in [pid, *_children(pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)

    def end_all(self) -> None:
        """End everything; nothing of PostgreSQL stays either."""
        self.signal_postgres(signal.SIGCONT)
        self.end("patroni")
        self.kill()
        super().end_all()


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def faked(found: Pieces, clock: str) -> list[str]:
    """What comes before a command that is to have another clock, whose pauses are as long as ours."""
    told = {"LD_PRELOAD": found.faketime, "FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    return ["env", *(f"{name}={value}" for name, value in told.items())] if clock else []


class Host(Machine):
    """A host of the centre."""

    def __init__(self, name: str, place: Path, ground_: ground.Loopback, found: Pieces) -> None:
        super().__init__(name, place, ground_)
        self.pieces, self.centre, self.url = found, self.folder / "centre", ""

    @property
    def readyz(self) -> str:
        """Where it says whether it works."""
        return f"http://{self.address}:8420/readyz"

    def configure(self, url: str, *, asks_patroni: bool) -> None:
        """Write its file."""
        self.url = url
        told = files.centre(self.name, self.ground, asks_patroni=asks_patroni)
        (self.folder / "centre.toml").write_text(told, "utf-8")

    def desk(self, *step: str, **env: str) -> str:
        """One step of `desk centre`; what it said. Raises AssertionError."""
        done = self._step(step, env)
        assert done.returncode == 0, f"{step[0]}: {done.stdout[-500:]}{done.stderr[-1500:]}"
        return done.stdout.strip()

    def refused(self, *step: str) -> str:
        """Why one step is not done, in the centre's words; "" where it is."""
        done = self._step(step, {})
        return done.stderr.strip() if done.returncode else ""

    def _step(self, step: tuple[str, ...], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "desk", "centre", "--data", str(self.centre), *step]
        told = os.environ | {"DAIBAN_CENTRE_DB": self.url} | dict(env)
        return subprocess.run(self.command(command), capture_output=True, text=True, check=False, env=told)

    def serve(self, clock: str = "") -> None:
        """Begin, or go on; `clock` as for Patroni."""
        settings = ["serve", "--config", str(self.folder / "centre.toml")]
        command = [sys.executable, "-m", "desk", "centre", "--data", str(self.centre), *settings]
        self.start("centre", faked(self.pieces, clock) + command, {"DAIBAN_CENTRE_DB": self.url})


class Cluster:
    """All of them. `timing`: other times than the guide's; `asks_patroni`: whether the centre looks which one it is."""

    def __init__(
        self,
        place: Path,
        room: str,
        found: Pieces,
        timing: Mapping[str, str] | None = None,
        *,
        asks_patroni: bool = True,
    ) -> None:
        self.place, self.pieces, self._timing, self._asks = place, found, timing, asks_patroni
        self.ground, self.words = ground.make(room), files.Secrets()
        self.databases = {name: Database(name, place, self.ground, found) for name in DATABASES}
        self.hosts = {name: Host(name, place, self.ground, found) for name in HOSTS}
        self.front = Machine(FRONT, place, self.ground, found.libraries)
        self.url = f"https://{self.front.address}:{_PORT}"

    def opening(self) -> tuple[str, int]:
        """Where HAProxy is."""
        return self.front.address, _PORT

    def start(self, say: Callable[[str], None]) -> None:
        """Bring everything up, in the order of the guide. Raises TimeoutError, AssertionError."""
        say("etcd …")
        for one in self.databases.values():
            one.configure(self.words, self._timing)
            one.start_etcd()
        etcd = f"http://{self.databases['db1'].address}:2379/health"
        until(lambda: asked(etcd)[0] == 200, 60, "etcd 没有起来")
        say("PostgreSQL、Patroni …")
        for one in self.databases.values():
            one.start_patroni()
        until(self.is_whole, 180, "三台数据库没有配好")
        self._make_database()
        say("中心 …")
        self._make_hosts()
        say("HAProxy …")
        self._start_haproxy()
        until(lambda: self.ready() == (True, True), 90, "中心没有准备好")
        until(self._is_open, 60, "HAProxy 没有接通中心")

    def stop(self) -> None:
        """End everything; in name spaces it ends with us."""
        if self.ground.can_cut:
            return
        for one in (self.front, *self.hosts.values(), *self.databases.values()):
            one.end_all()

    def _make_database(self) -> None:
        with self._superuser() as db:
            db.execute(f"CREATE USER daiban PASSWORD '{self.words.daiban}'")
            db.execute("CREATE DATABASE daiban OWNER daiban")

    def address(self) -> str:
        """Of the database, for a host."""
        hosts = ",".join(f"{one.address}:5432" for one in self.databases.values())
        return f"postgresql://daiban:{self.words.daiban}@{hosts}/daiban"

    def _make_hosts(self) -> None:
        first, second = self.hosts.values()
        for one in (first, second):
            one.configure(self.address(), asks_patroni=self._asks)
        first.desk("init", "--code", CODE, "--name", NAME, "--sample")
        first.desk("certificate", self.front.address, "127.0.0.1", *(one.address for one in self.hosts.values()))
        # HAProxy has the certificate, and speaks to the hosts without
        (first.centre / "server.pem").rename(self.front.folder / "centre.pem")
        first.serve()
        sealed = first.folder / "host"
        code = first.desk("add-host", str(sealed)).splitlines()[1]
        second.desk("as-host", str(sealed), DAIBAN_HOST_CODE=code)
        second.serve()
        first.desk("add-clerk", "--own", CLERK, "乌兰", "综合窗口", DAIBAN_PASSWORD=PASSWORD)

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

    def members(self) -> dict[str, dict[str, Any]]:
        """What Patroni says of each: role, state; by whoever answers."""
        for one in self.databases.values():
            status, told = asked(f"{one.rest}/cluster", seconds=2)
            if status == 200 and told.get("members"):
                return {member["name"]: member for member in told["members"]}
        return {}

    def leader(self) -> str:
        """Who leads, as Patroni has it; "" for nobody."""
        found = (name for name, one in self.members().items() if one["role"] in ("leader", "master"))
        return next(found, "")

    def is_whole(self) -> bool:
        """Whether one leads and both others follow, one of them synchronously."""
        told = self.members()
        roles = sorted(one["role"] for one in told.values())
        states = all(one["state"] in ("running", "streaming") and not one.get("lag") for one in told.values())
        return roles == ["leader", "replica", "sync_standby"] and states and self._streaming() == 2

    def _streaming(self) -> int:
        """How many follow, as the database itself has it: an old Patroni says so too of those who cannot."""
        asks = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
        try:
            with self._superuser() as db:
                found = db.execute(asks).fetchone()
        except psycopg.Error:
            return 0
        return int(found[0]) if found else 0

    def _superuser(self) -> psycopg.Connection[Any]:
        at, word = self.databases[self.leader() or "db1"].address, self.words.superuser
        return psycopg.connect(
            host=at, user="postgres", password=word, dbname="postgres", autocommit=True, connect_timeout=3
        )

    def ready(self) -> tuple[bool, ...]:
        """Whether each host takes a write."""
        return tuple(asked(one.readyz, seconds=5)[0] == 200 for one in self.hosts.values())

    def enrol_code(self, at: int) -> tuple[str, str]:
        """A point and its code."""
        point = f"{POINT}{1 + at:02d}"
        return point, self.hosts["h1"].desk("enrol-code", point, f"第{at + 1}代办点")

    def switch(self, to: str) -> None:
        """Have another one lead."""
        leader = self.leader()
        wanted = {"leader": leader, "candidate": to}
        status, told = asked(f"{self.databases[leader].rest}/switchover", wanted, 60)
        assert status == 200, told

    def authority(self) -> Path:
        """The certificate by which the front is known."""
        return next(iter(self.hosts.values())).centre / "authority.pem"
