"""What shared objects ask for, by what `objdump` prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from package.steps import run

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_VERSION = re.compile(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?")


def is_elf(path: Path) -> bool:
    """Whether it begins as one."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def files(place: Path) -> list[Path]:
    """All of them under `place`."""
    return [one for one in sorted(place.rglob("*")) if one.is_file() and not one.is_symlink() and is_elf(one)]


def needs(path: Path) -> list[str]:
    """Names of libraries that it loads."""
    return _NEEDED.findall(run(["objdump", "-p", path]))


def closure(begin: Iterable[Path], known: Mapping[str, Path]) -> set[Path]:
    """Those of `known` (name -> file) that `begin` loads, directly or through others."""
    found: set[Path] = set()
    rest = list(begin)
    while rest:
        for name in needs(rest.pop()):
            one = known.get(name)
            if one is not None and one not in found:
                found.add(one)
                rest.append(one)
    return found


def too_new(paths: Iterable[Path], oldest: tuple[int, int]) -> list[tuple[Path, str]]:
    """Files that want a later version of the GNU C library, and which."""
    wrong = []
    for path in paths:
        wanted = {(int(major), int(minor)) for major, minor in _VERSION.findall(run(["objdump", "-p", path]))}
        if wanted and max(wanted) > oldest:
            major, minor = max(wanted)
            wrong.append((path, f"glibc {major}.{minor}"))
    return wrong
