"""The part of the lock that a centre needs, without window and tests, by what the installed packages say of themselves.

`python tests/installer/centre_lock.py > installer/centre/lock.txt` after the whole lock was renewed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
WHY = "# What a centre needs of ../lock.txt: no window, no tests. Made by tests/installer/centre_lock.py.\n"
BUILDS = ("hatchling", "editables")


def plain(name: str) -> str:
    """A package's name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def part() -> str:
    """The file as it has to be."""
    whole = re.split(r"\n(?=[a-z0-9])", (ROOT / "installer" / "lock.txt").read_text("utf-8").rstrip("\n"))
    pins = {one.partition("==")[0].partition("[")[0]: one for one in whole if not one.startswith("#")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["centre"], *extras["s3"], *BUILDS]
    seen: set[tuple[str, frozenset[str]]] = set()
    while asked:
        one = Requirement(asked.pop())
        found = plain(one.name), frozenset(one.extras)
        if found[0] in pins and found not in seen:
            seen.add(found)
            asked += needs(*found)
    names = {name for name, _ in seen}
    return WHY + "\n".join(pin for name, pin in sorted(pins.items()) if name in names) + "\n"


def needs(name: str, extras: frozenset[str]) -> list[str]:
    """What a package asks for, on whatever system: the pins know on which."""
    try:
        asked = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # for another system
        return []
    return [one for one in asked if _is_meant(Requirement(one), extras)]


def _is_meant(one: Requirement, extras: frozenset[str]) -> bool:
    if one.marker is None or "extra" not in str(one.marker):
        return True
    return any(one.marker.evaluate({"extra": extra}) for extra in extras)


if __name__ == "__main__":
    sys.stdout.write(part())
