"""The ground that a cluster's machines stand on: a network name space each on one bridge, or addresses of loopback.

In name spaces the addresses are those of `installer/centre/cluster`, and a cable can be cut, pulled, or let nothing of
etcd through. On loopback nothing of that can be done.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

FRONT = "front"  # where desks, people and HAProxy are
_LAST = {FRONT: 1, "h1": 11, "h2": 12, "db1": 21, "db2": 22, "db3": 23}
_ETCD = (2379, 2380)


class CannotError(Exception):
    """What cannot be done on this ground; in Chinese."""


class Loopback:
    """Every machine an address of loopback."""

    net = "127.0.0.0/8"
    can_cut = False

    def __init__(self) -> None:
        self.prefix = f"127.{random.randint(1, 254)}.{random.randint(0, 254)}."  # noqa: S311 - several at a time

    def address(self, name: str) -> str:
        """Of a machine."""
        return f"{self.prefix}{_LAST[name]}"

    def begin(self, name: str) -> None:
        """A machine is there from now on."""

    def words(self, name: str) -> list[str]:
        """Before a command that is to run on a machine."""
        return []

    def disk(self, folder: Path, megabytes: int) -> None:
        """A disk of its own for a folder. Raises CannotError."""
        raise CannotError("没有管理权限，不能给一台数据库单独一块盘")

    def cut(self, name: str) -> None:
        """Nothing gets through any more, and nobody is told. Raises CannotError."""
        raise CannotError("没有管理权限（网络名字空间），不能断网")

    pull = blind = heal = cut


class Namespaces(Loopback):
    """Every machine a name space, with a cable to one bridge; ours alone, so the addresses are those of the guide."""

    net = "10.0.0.0/24"
    can_cut = True

    def __init__(self) -> None:
        self.prefix = "10.0.0."
        _run("mount", "-t", "tmpfs", "tmpfs", "/run")  # of our own name space for mounts: nobody else sees it
        Path("/run/netns").mkdir()
        _run("ip", "link", "set", "lo", "up")
        _run("ip", "link", "add", "bridge0", "type", "bridge")
        _run("ip", "addr", "add", f"{self.address(FRONT)}/24", "dev", "bridge0")
        _run("ip", "link", "set", "bridge0", "up")

    def begin(self, name: str) -> None:
        """A machine is there from now on."""
        _run("ip", "netns", "add", name)
        _run("ip", "link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
        _run("ip", "link", "set", f"to-{name}", "master", "bridge0", "up")
        for words in (("link", "set", "lo", "up"), ("addr", "add", f"{self.address(name)}/24", "dev", "eth0")):
            _run("ip", "-n", name, *words)
        _run("ip", "-n", name, "link", "set", "eth0", "up")

    def words(self, name: str) -> list[str]:
        """Before a command that is to run on a machine: its network, its name."""
        if name == FRONT:
            return []
        called = 'hostname "$0" && exec "$@"'
        return ["ip", "netns", "exec", name, "unshare", "--uts", "sh", "-c", called, name]

    def disk(self, folder: Path, megabytes: int) -> None:
        """A disk of its own for a folder."""
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder))

    def cut(self, name: str) -> None:
        """Nothing gets through any more, and nobody is told."""
        _run("ip", "link", "set", f"to-{name}", "nomaster")

    def pull(self, name: str) -> None:
        """The cable is pulled: the machine knows it."""
        _run("ip", "link", "set", f"to-{name}", "down")

    def blind(self, name: str) -> None:
        """The machine reaches no etcd but its own, and is reached by none; all else goes on."""
        for at, (port, end) in enumerate((port, end) for port in _ETCD for end in ("dport", "sport")):
            _run("ip", "-n", name, "rule", "add", "pref", str(10 + at), "ipproto", "tcp", end, str(port), "blackhole")

    def heal(self, name: str) -> None:
        """All is as before."""
        _run("ip", "link", "set", f"to-{name}", "master", "bridge0", "up")
        told = subprocess.run(["ip", "-n", name, "rule"], capture_output=True, text=True, check=True).stdout
        for line in told.splitlines():
            if "blackhole" in line:
                _run("ip", "-n", name, "rule", "del", "pref", line.partition(":")[0])


def make(room: str) -> Loopback:
    """The ground of a room, as sandbox names it."""
    return Namespaces() if room == "namespaces" else Loopback()


def own(folder: Path, user: str) -> None:
    """Give a folder to a user."""
    shutil.chown(folder, user, user)


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotError(f"{' '.join(words)}：{done.stderr.strip()}")


def alive(words: Sequence[str]) -> bool:
    """Whether a command succeeds."""
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
