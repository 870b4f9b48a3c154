"""The programs that a cluster is made of: as they are installed, else fetched into a cache; the system is not changed.

`python3 tests/cluster/pieces.py [--installed]`: fetch what is not there, as the set-up for tests does, or only look; 1
with a line for each that is not had. etcd, HAProxy and libfaketime are unpacked from the distribution's packages, with
what they need and nothing installed, so that no service of theirs ever starts; Patroni is an environment of its own by
`patroni.txt`. Only the standard library is used here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PATRONI = "4.1.5"
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
_DEBS = {"etcd": "etcd-server", "haproxy": "haproxy", "libfaketime": "libfaketime"}
_LOCK = Path(__file__).with_name("patroni.txt")  # of PATRONI; another version is as it comes
_WANTED = re.compile(r"(?m)^Inst (\S+) ")
_SECONDS = 600


class LackingError(Exception):
    """What is not there and could not be fetched; in Chinese, a line each."""


@dataclasses.dataclass(frozen=True)
class Pieces:
    """Where the programs are. `libraries`: a folder that they find libraries in, "" for none; `faketime`: the library
    that gives a process another clock, "" where there is none; `patroni`: a Python that has it."""

    postgres: str
    etcd: str
    haproxy: str
    patroni: str
    libraries: str
    faketime: str

    def text(self) -> str:
        """For another process."""
        return json.dumps(dataclasses.asdict(self))


def is_old(version: str) -> bool:
    """Whether Patroni of this version takes the leader's lock back without comparing."""
    return tuple(map(int, version.split(".")[:2])) < (4, 1)


def cache() -> Path:
    """Where fetched programs are kept: root's are run by others too."""
    said = os.environ.get("DAIBAN_CLUSTER_PROGRAMS")
    if said:
        return Path(said)
    if os.geteuid() == 0:
        return Path("/var/cache/daiban-desk/cluster")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daiban-desk" / "cluster"


def find(version: str = PATRONI, *, may_fetch: bool = True, by: str = sys.executable) -> Pieces:
    """All of them, with Patroni of this version; fetched where that is needed and allowed, `by` a Python that has pip.
    Raises LackingError."""
    place, lacking = cache(), list[str]()
    postgres = _postgres()
    if not postgres:
        lacking.append("PostgreSQL 15 或更新的服务器：apt-get install postgresql")
    if not shutil.which("unshare") or (os.geteuid() == 0 and not shutil.which("ip", path=_PATH)):
        lacking.append("unshare 和 ip：apt-get install util-linux iproute2")
    found = {}
    for name in ("etcd", "haproxy"):
        found[name] = _program(place, name) or (may_fetch and _unpacked(place, name)) or ""
        if not found[name]:
            lacking.append(f"{name}：apt-get install {_DEBS[name]}（取不到安装包时先 apt-get update）")
    faketime = _faketime(place) or (may_fetch and _unpacked(place, "libfaketime")) or ""
    patroni = _patroni(place, version) or (may_fetch and _installed(place, version, by)) or ""
    if not patroni:
        lacking.append(f"Patroni {version}：要能连上 PyPI，或设 DAIBAN_CLUSTER_PROGRAMS 指别的文件夹")
    if lacking:
        raise LackingError("\n".join(lacking))
    return Pieces(postgres, found["etcd"], found["haproxy"], patroni, _libraries(place), faketime)


def _postgres() -> str:
    """The folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: int(one.parts[-3]))
    return str(found[-1].parent) if found and int(found[-1].parts[-3]) >= 15 else ""


def _program(place: Path, name: str) -> str:
    there = shutil.which(name, path=_PATH)
    if there:
        return there
    found = [one for one in (place / "debs").glob(f"usr/*bin/{name}") if os.access(one, os.X_OK)]
    return str(found[0]) if found else ""


def _faketime(place: Path) -> str:
    for root in (Path("/"), place / "debs"):
        for one in root.glob("usr/lib/*/faketime/libfaketimeMT.so.1"):
            return str(one)
    return ""


def _libraries(place: Path) -> str:
    return os.pathsep.join(str(one) for one in (place / "debs" / "usr" / "lib").glob("*-linux-gnu*"))


def _unpacked(place: Path, name: str) -> str:
    """A program out of the distribution's package, with what that would bring along, nothing installed."""
    if not shutil.which("apt-get"):
        return ""
    folder = place / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    _say(f"取 {_DEBS[name]} …")
    would = ["apt-get", "-q", "-s", "install", "--no-install-recommends", _DEBS[name]]
    wanted = _WANTED.findall(_told(would, folder))
    if not wanted or not _done(["apt-get", "-q", "download", *wanted], folder):
        return ""
    for package in folder.glob("*.deb"):
        _done(["dpkg", "-x", str(package), str(place / "debs")], folder)
        package.unlink()
    return _faketime(place) if name == "libfaketime" else _program(place, name)


def _patroni(place: Path, version: str) -> str:
    python = place / f"patroni-{version}" / "bin" / "python"
    return str(python) if (place / f"patroni-{version}" / "ready").exists() else ""


def _installed(place: Path, version: str, by: str) -> str:
    """An environment of its own with Patroni out of PyPI, by the pip of a Python."""
    folder = place / f"patroni-{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _say(f"装 Patroni {version} 到 {folder} …")
    # root's Patroni runs as postgres: its Python must not lie in root's own folders
    python = "/usr/bin/python3" if os.geteuid() == 0 and Path("/usr/bin/python3").exists() else sys.executable
    own = str(folder / "bin" / "python")
    is_ours = version == PATRONI
    pinned = ["env", f"PIP_CONSTRAINT={_LOCK}"] if is_ours else []  # also what builds a package
    wanted = [f"patroni[etcd3]=={version}", "psycopg[binary]", "setuptools"]
    wanted = ["--require-hashes", "-r", str(_LOCK)] if is_ours else wanted
    pip = [*pinned, by, "-m", "pip", "--python", own, "-q", "install", "--disable-pip-version-check", *wanted]
    as_whom = ["setpriv", "--reuid", "postgres", "--clear-groups"] if os.geteuid() == 0 else []
    steps = [[python, "-m", "venv", "--without-pip", str(folder)], pip, [*as_whom, own, "-m", "patroni", "--version"]]
    if not all(_done(one, place) for one in steps):
        shutil.rmtree(folder, ignore_errors=True)
        return ""
    (folder / "ready").touch()
    return _patroni(place, version)


def _told(command: Sequence[str], folder: Path) -> str:
    """What a command printed; "" where it failed, which is said."""
    env = os.environ | {"LC_ALL": "C"}
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=_SECONDS, env=env
        )
        if not done.returncode:
            return done.stdout or "\n"
        _say((done.stderr or done.stdout).strip()[-500:])
    return ""


def _done(command: Sequence[str], folder: Path) -> bool:
    return bool(_told(command, folder))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        find(may_fetch="--installed" not in sys.argv)
    except LackingError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
