"""The machines of a cluster: three with etcd and PostgreSQL under Patroni, two hosts, HAProxy before them."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psycopg
from cluster import files, ground
from cluster.hosts import Machine, Service, asked, faked, until
from cluster.pieces import Pieces

DATABASES = ("db1", "db2", "db3")
_DISK = 3000  # megabytes


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

    def end_all(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End everything; nothing of PostgreSQL stays either."""
        self.signal_postgres(signal.SIGCONT)
        self.end("patroni")
        self.kill()
        super().end_all(by)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Cluster(Service):
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
        super().__init__(place, ground.make(room), found)
        self._timing, self._asks, self.words = timing, asks_patroni, files.Secrets()
        self.databases = {name: Database(name, place, self.ground, found) for name in DATABASES}
        at = ",".join(f"{one.address}:5432" for one in self.databases.values())
        self.database = f"postgresql://daiban:{self.words.daiban}@{at}/daiban"

    def start(self, say: Callable[[str], None], points: int) -> None:
        """Bring everything up, in the order of the guide, with so many points. Raises TimeoutError, AssertionError."""
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
        say("中心、HAProxy …")
        self.make(points, asks_patroni=self._asks)

    def stop(self) -> None:
        """End everything; in name spaces it ends with us."""
        if self.ground.can_cut:
            return
        super().stop()
        for one in self.databases.values():
            one.end_all()

    def _make_database(self) -> None:
        with self._superuser() as db:
            db.execute(f"CREATE USER daiban PASSWORD '{self.words.daiban}'")
            db.execute("CREATE DATABASE daiban OWNER daiban")

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

    def switch(self, to: str) -> None:
        """Have another one lead."""
        leader = self.leader()
        wanted = {"leader": leader, "candidate": to}
        status, told = asked(f"{self.databases[leader].rest}/switchover", wanted, 60)
        assert status == 200, told
