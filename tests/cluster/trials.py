"""What can happen to a cluster, each done to whoever leads and undone after a while."""

from __future__ import annotations

import dataclasses
import signal
import time
from collections.abc import Callable
from pathlib import Path

from cluster import ground
from cluster.hosts import asked, until
from cluster.nodes import DATABASES, Cluster, Database
from cluster.people import Journal

_WHOLE = 240  # seconds in which a cluster has to be whole again, nobody helping
_STEADY = 6.0  # seconds for which it is, till that is believed: Patroni tells what was a moment ago
_ALONE = 45.0  # seconds in which it may mend itself, where somebody would help
_REBUILT = 8.0  # till a standby that is made anew says that it is not there
_FRESH = 5.0  # seconds of pushes after it is


class Trial:
    """A cluster that things happen to. `hold`: how much of the usual time a fault stays."""

    def __init__(
        self, cluster: Cluster, journal: Journal, say: Callable[[str], None], hold: float = 1.0, *, helped: bool = False
    ) -> None:
        """`helped`: somebody begins anew what does not come back by itself, as an old Patroni needs it."""
        self.cluster, self.journal, self.say, self._hold, self._helped = cluster, journal, say, hold, helped
        self.went_back: list[str] = []  # which hosts found that the database did
        self.epochs = 0  # that were begun for it

    def leader(self) -> Database:
        """Who leads now."""
        return self.cluster.databases[until(self.cluster.leader, 60, "没有主")]

    def others(self) -> list[Database]:
        """Who does not."""
        leader = self.leader()
        return [one for one in self.cluster.databases.values() if one is not leader]

    def synchronous(self) -> Database:
        """Who takes over without losing anything."""

        def name() -> str:
            told = self.cluster.members().items()
            return next((name for name, one in told if one["role"] == "sync_standby"), "")

        return self.cluster.databases[until(name, 60, "没有同步备机")]

    def hold(self, seconds: float) -> None:
        """It stays so; a host that finds the database gone back is heard meanwhile."""
        end = time.monotonic() + seconds * self._hold
        while time.monotonic() < end:
            self._hear()
            time.sleep(1)

    def run(self, name: str) -> float:
        """Do one of them, wait until all is whole again; the longest time without an acknowledged push. Raises
        CannotError, TimeoutError."""
        began = time.time()
        FAULTS[name].do(self)
        self.whole()
        lost = self._mended()
        since = time.time()
        until(lambda: any(one > since for one in self.journal.good), 90, "恢复以后没有收下一次推送")
        gap = self.journal.gap(began, time.time())
        told = f"主 {self.cluster.leader()}，已收 {self.journal.pushes} 次"
        self.say(f"{FAULTS[name].words}：{gap:.1f} 秒没有收下推送{lost}；{told}")
        time.sleep(_FRESH * self._hold)
        return gap

    def whole(self) -> None:
        """Wait until one leads and both others follow. Raises TimeoutError."""
        end, since, helped = time.monotonic() + _WHOLE, 0.0, time.monotonic() + _ALONE
        while not since or time.monotonic() - since < _STEADY * self._hold:
            self._hear()
            since = (since or time.monotonic()) if self.cluster.is_whole() else 0.0
            if self._helped and not since and time.monotonic() > helped:
                self._help() if self.went_back else self._restart()
                helped = time.monotonic() + _ALONE
            if time.monotonic() > end:
                raise TimeoutError(f"没有恢复：{self.cluster.members()}")
            time.sleep(0.3)

    def _help(self) -> None:
        """Where the database went back the others have what it has not, and cannot follow it: a person makes them
        anew."""
        for one in self.others():
            status, told = asked(f"{one.rest}/reinitialize", {"force": True}, 20)
            self.say(f"{one.name} 有退回的主没有的，重做它（{status} {str(told).strip()}）")

    def _restart(self) -> None:
        """Who does not answer, or does not follow, is killed and begun again."""
        told = self.cluster.members()
        for name, one in self.cluster.databases.items():
            if told.get(name, {}).get("state") not in ("running", "streaming") or asked(f"{one.rest}/patroni")[0] == 0:
                self.say(f"{name} 自己回不来，杀掉重新启动")
                one.kill()
                one.start_patroni()

    def _hear(self) -> None:
        """What each host says of its log."""
        for name in self.cluster.hosts:
            if name not in self.went_back and self._is_back(name):
                self.went_back.append(name)
                self.say(f"{name} 发现数据库退回，停止写入（/readyz 的 log 是 false）")

    def _is_back(self, name: str) -> bool:
        """Whether a host says that what it knows is not in the database it asks."""
        _, told = asked(self.cluster.hosts[name].readyz, seconds=4)
        return isinstance(told, dict) and told.get("log") is False

    def _mended(self) -> str:
        """Where the database went back: a new epoch, as a person would begin it."""
        end = time.monotonic() + 12 * self._hold
        while not self.went_back and not all(self.cluster.ready()) and time.monotonic() < end:
            self._hear()
            time.sleep(0.5)
        if not self.went_back:
            return ""
        if not any(self._is_back(name) for name in self.went_back):
            self.went_back.clear()
            return "，有一刻连着旧的主，那时没有写"
        for name in self.went_back:
            self.say(f"{name}：{self.cluster.hosts[name].refused('notice', '试', '试').partition('。')[0]}")
        self._help()  # also who seems to follow: of two timelines with one number it may have pieces of both
        time.sleep(_REBUILT)
        self.whole()
        (told,) = self.cluster.hosts[self.went_back[0]].desk(["restored"])
        self.went_back.clear()
        self.epochs += 1
        return f"；{told.splitlines()[0].split('；')[0]}"


def _kill(trial: Trial) -> None:
    trial.leader().signal_postgres(signal.SIGKILL)
    trial.hold(10)


def _node(trial: Trial) -> None:
    leader = trial.leader()
    leader.kill()
    trial.hold(40)
    leader.start_patroni()


def _switch(trial: Trial) -> None:
    trial.cluster.switch(trial.synchronous().name)
    trial.hold(10)


def _stop(trial: Trial) -> None:
    leader = trial.leader()
    leader.end("patroni", signal.SIGTERM)
    trial.hold(15)
    leader.start_patroni()


def _pause(trial: Trial) -> None:
    leader = trial.leader()
    leader.signal_postgres(signal.SIGSTOP)
    trial.hold(45)
    leader.signal_postgres(signal.SIGCONT)


def _away(how: str) -> Callable[[Trial], None]:
    def do(trial: Trial) -> None:
        leader = trial.leader()
        getattr(trial.cluster.ground, how)(leader.name)
        try:
            trial.hold(45)
        finally:
            trial.cluster.ground.heal(leader.name)

    return do


def _full(trial: Trial) -> None:
    leader = trial.leader()
    if not trial.cluster.ground.can_cut:
        raise ground.CannotError("没有管理权限，不能给一台数据库单独一块盘")
    ballast = leader.data.parent / "ballast"
    _fill(ballast)
    try:
        trial.hold(40)
    finally:
        ballast.unlink()
    if not leader.is_running("patroni"):
        leader.start_patroni()


def _fill(path: Path) -> None:
    """Until nothing more goes onto the disk."""
    with path.open("wb", buffering=0) as out:
        try:
            for size in (1 << 20, 1 << 12):
                while out.write(b"\0" * size) == size:
                    pass
        except OSError:
            pass


def _standbys(trial: Trial) -> None:
    others = trial.others()
    for one in others:
        one.kill()
    trial.hold(30)
    for one in others:
        one.start_patroni()


def _host(trial: Trial) -> None:
    host = trial.cluster.hosts[("h1", "h2")[int(time.time()) % 2]]
    host.end("centre", signal.SIGKILL)
    trial.hold(12)
    host.serve()
    until(lambda: asked(host.readyz)[0] == 200, 60, f"{host.name} 没有再准备好")


def _etcd(trial: Trial) -> None:
    one = trial.cluster.databases[DATABASES[int(time.time()) % 3]]
    one.end("etcd", signal.SIGKILL)
    trial.hold(15)
    one.start_etcd()


def _clock(trial: Trial) -> None:
    """One host is three hours ahead, and a standby that comes to lead two hours behind."""
    if not trial.cluster.pieces.faketime:
        raise ground.CannotError("没有 libfaketime，不能让一台的钟不同")
    host, other = trial.cluster.hosts["h2"], trial.synchronous()
    try:
        host.end("centre")
        host.serve("+3h")
        other.end("patroni", signal.SIGTERM)
        other.start_patroni("-2h")
        trial.whole()
        if trial.cluster.leader() != other.name:
            if trial.cluster.members()[other.name]["role"] != "sync_standby":
                _follows_first(trial, other)
            trial.cluster.switch(other.name)
        trial.hold(15)
    finally:
        for machine, begin in ((other, other.start_patroni), (host, host.serve)):
            machine.end("patroni", signal.SIGTERM)
            machine.end("centre", signal.SIGTERM)
            begin()


def _follows_first(trial: Trial, wanted: Database) -> None:
    """The third one is away for a moment, so that the wanted one becomes the synchronous one."""
    third = next(one for one in trial.others() if one is not wanted)
    third.end("patroni", signal.SIGTERM)
    is_it = lambda: trial.cluster.members().get(wanted.name, {}).get("role") == "sync_standby"  # noqa: E731
    until(is_it, 90, "不能换到钟不同的那台")
    third.start_patroni()


@dataclasses.dataclass(frozen=True)
class Fault:
    """One of them: in words, what it does, whether it needs name spaces."""

    words: str
    do: Callable[[Trial], None]
    needs_room: bool = False


FAULTS = {
    "kill": Fault("主的 PostgreSQL 被杀（kill -9）", _kill),
    "switchover": Fault("有意换主", _switch),
    "stop": Fault("主的 Patroni 停止（SIGTERM）", _stop),
    "node": Fault("主连同 Patroni 一起被杀", _node),
    "pause": Fault("主的 PostgreSQL 停住不动（SIGSTOP）", _pause),
    "cut": Fault("主的网络无声断开", _away("cut"), needs_room=True),
    "blind": Fault("主只看不见 etcd", _away("blind"), needs_room=True),
    "pulled": Fault("主的网线拔掉", _away("pull"), needs_room=True),
    "full": Fault("主的磁盘写满", _full, needs_room=True),
    "standbys": Fault("两台备机都没有了", _standbys),
    "host": Fault("一台中心被杀", _host),
    "etcd": Fault("一台 etcd 被杀", _etcd),
    "clock": Fault("一台中心快三小时、新的主慢两小时", _clock),
}
