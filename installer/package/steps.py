"""Steps of a build: commands that are run, folders in the cache, and what is told when one of them fails."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import bootstrap

ROOT = Path(__file__).resolve().parent.parent.parent


class BuildError(Exception):
    """Told to a person as it is; exit status 1."""


def say(words: str) -> None:
    """One line of progress."""
    print(words, flush=True)


def run(command: Sequence[str | Path], todo: str = "", env: Mapping[str, str] | None = None) -> str:
    """Run a step quietly; what it printed. BuildError with the end of its words when it fails."""
    words = [str(part) for part in command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=env, errors="replace")
    except OSError as error:
        raise BuildError(f"{words[0]} 没有运行：{error.strerror}。{todo}") from error
    if done.returncode:
        tail = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise BuildError(f"{' '.join(words)[:200]} 没有成功。{todo}\n{tail}")
    return done.stdout


def cache() -> Path:
    """Where build roots are kept between builds: DAIBAN_BUILD, or the user's cache."""
    given = os.environ.get("DAIBAN_BUILD")
    return Path(given) if given else bootstrap.cache() / "build"


def once(place: Path, wanted: str, make: Callable[[], None]) -> None:
    """`make` what lies at `place`, unless it was made to the end out of the same `wanted`."""
    stamp = place.with_name(f"{place.name}.made")
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(wanted, "utf-8")


def fresh(place: Path) -> Path:
    """An empty folder."""
    if place.exists():
        shutil.rmtree(place)
    place.mkdir(parents=True)
    return place


def digest(*parts: bytes) -> str:
    """SHA-256 over `parts`, hexadecimal."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
