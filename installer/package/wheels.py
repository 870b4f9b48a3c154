"""Wheels of a lock for a machine that this is not, each by its checksum."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from package.steps import BuildError, fresh, run

_LINE = re.compile(r"^([a-z0-9][^ ;\\]*)(?: ; ([^\\]+?))?(?: \\)?$")


class Machine(NamedTuple):
    """What pip calls it, the oldest first choice last, and what markers of a lock ask of it."""

    name: str
    tags: tuple[str, ...]
    asked: Mapping[str, str]


WINDOWS = Machine(
    "windows",
    ("win_amd64",),
    {"sys_platform": "win32", "platform_machine": "AMD64", "implementation_name": "cpython"},
)
ARM64 = Machine(  # UOS and Kylin: glibc 2.31
    "arm64",
    (*(f"manylinux_2_{minor}_aarch64" for minor in range(31, 16, -1)), "manylinux2014_aarch64"),
    {"sys_platform": "linux", "platform_machine": "aarch64", "implementation_name": "cpython"},
)
MACHINES = {one.name: one for one in (WINDOWS, ARM64)}


def part(lock: str, machine: Machine) -> str:
    """The blocks of a lock that are meant for `machine`, without their markers: pip would ask them of this machine."""
    kept = []
    for block in re.split(r"\n(?=[a-z0-9])", lock):
        head, _, rest = block.partition("\n")
        found = _LINE.match(head)
        if found is None:
            continue
        marker = found[2]
        # Four comparisons of strings joined by words of Python, out of our own lock.
        if marker is None or eval(marker, {"__builtins__": {}}, dict(machine.asked)):  # noqa: S307
            kept.append(f"{found[1]} \\\n{rest}")
    return "\n".join(kept) + "\n"


def fetched(lock: Path, machine: Machine, place: Path) -> Sequence[Path]:
    """All wheels into the empty folder `place`. Raises BuildError where one has no wheel for that machine."""
    wanted = fresh(place) / "lock.txt"
    wanted.write_text(part(lock.read_text("utf-8"), machine), "utf-8")
    tags = [word for tag in machine.tags for word in ("--platform", tag)]
    abis = ["--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none"]
    pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    told = ["--only-binary", ":all:", "--python-version", "3.11", "--require-hashes"]
    run([*pip, *told, *abis, *tags, "-d", place, "-r", wanted], "请看网络。")
    found = sorted(place.glob("*.whl"))
    if len(found) != sum(1 for line in wanted.read_text("utf-8").splitlines() if "==" in line):
        raise BuildError(f"没有取全：{place}")
    return found
