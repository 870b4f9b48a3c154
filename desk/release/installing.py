"""An update installed: checked, tried, the desk backed up before, and started the next time."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Collection
from pathlib import Path

import msgspec

from db.files import take_place
from desk import __version__, doors
from desk.errors import RefusedError, SurroundingsError
from desk.release import package_file, programs
from desk.release.package_file import Release

STICK = Path("DAIBAN") / "PROG"  # where an update lies on a courier's stick
_KEPT = "现在的程序和数据都没有动。"
_SPARE = 64 << 20  # bytes that are left free beside it
_SECONDS = 60


class Found(msgspec.Struct, frozen=True):
    """An update file that fits this machine."""

    path: str
    release: Release


def may() -> bool:
    """Whether this program is one that can be updated here: out of a package, with a release key."""
    return bool(package_file.trusted())


def on_stick(place: Path) -> Found | None:
    """The newest update on the stick at `place` that fits; None where there is none."""
    best: Found | None = None
    keys, of = package_file.trusted(), package_file.platform()
    places = (place, place / STICK, place / STICK.name)
    listed = sorted({one for each in places for one in _files(each)})
    for one in listed[: doors.UPDATE_FILES]:
        try:
            release = package_file.read(one, keys)
            package_file.must_fit(release, best.release.version if best else __version__, of)
        except (RefusedError, SurroundingsError):
            continue
        best = Found(str(one), release)
    return best


def _files(place: Path) -> list[Path]:
    try:
        return [one for one in place.iterdir() if one.suffix.upper() == package_file.ENDING and one.is_file()]
    except OSError:
        return []


def install(path: Path, back_up: Callable[[], object], keys: Collection[bytes] | None = None) -> Release:
    """Check the update file, unpack it beside, try it, back the desk up, and let the next start take it.

    `back_up` makes a backup and raises where it cannot. Raises RefusedError, SurroundingsError: then nothing changed.
    """
    keys = package_file.trusted() if keys is None else keys
    if not keys:
        raise RefusedError("这个程序不是安装包里的，不用更新文件。", _KEPT, "请用 git 取新的源码。")
    release = package_file.read(path, keys)
    package_file.must_fit(release, __version__, package_file.platform())
    home = programs.folder()
    coming = home / f"{release.version}.coming"
    try:
        home.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(coming, ignore_errors=True)
        _must_have_room(home, release)
        package_file.unpack(path, keys, coming)
        _must_run(coming, release.version)
        back_up()
        target = home / release.version
        shutil.rmtree(target, ignore_errors=True)
        take_place(coming, target)  # it was just run: an antivirus may still read it
        programs.choose(release.version)
    except OSError as error:
        told = f"新版本没有装上（{error.strerror or error}）。"
        raise SurroundingsError(told, _KEPT, "请看磁盘有没有空间、U盘是否插好，再试。") from error
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    return release


def _must_have_room(home: Path, release: Release) -> None:
    free, wanted = shutil.disk_usage(home).free, release.room + _SPARE
    if free < wanted:
        told = f"磁盘只剩 {free >> 20} MB，装新版本要 {wanted >> 20} MB。"
        raise SurroundingsError(told, _KEPT, "请腾出地方再试。")


def _must_run(place: Path, version: str) -> None:
    """It says its version on this very machine: what lacks a library here is not taken."""
    command = [str(programs.interpreter(place)), "-I", "-X", "utf8", "-m", "desk", "--version"]
    try:
        done = subprocess.run(  # noqa: S603 - its signature was checked
            command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=_SECONDS,
            check=False, env=os.environ | {programs.STARTED: version},
        )  # fmt: skip
        told = done.stdout.split()[-1:] if done.returncode == 0 else []
    except (OSError, subprocess.TimeoutExpired):
        told = []
    if told != [version]:
        raise RefusedError(f"新版本 {version} 在这台电脑上运行不了，没有装。", _KEPT, "请告诉旗中心。")
