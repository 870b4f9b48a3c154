"""Which program is started: the one that the system's package put here, or a newer one that a person installed.

A package's folder belongs to root; people cannot write there. So updates are unpacked beside the user's data, and the
program of the package, which is what the menu starts, hands over to the newest that started well. One that does not
come to its window in its first starts is left again by itself, with the data as they were before it. The standard
library alone: this is read before anything else, also by a program that lacks parts.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from desk import __version__

STARTED = "DAIBAN_STARTED"  # names the version that was handed over to: it hands over to nobody
NOTE = Path("share") / "daiban" / "release.json"  # in a bundle: version and platform
KEYS = Path("share") / "daiban" / "release.pub"  # in a bundle: whose updates it takes, a key in hexadecimal a line
_STATE = "state.json"
_PATIENCE = 60  # seconds for a first look at the screen: an old disk is slow
_STARTS = 3  # without a window, after which an update is left
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}", re.ASCII)
_DATA = ("desk.db", "desk.db-wal", "desk.db-shm", "vault.json")


@dataclasses.dataclass
class State:
    """`chosen` is started instead of the package's own; "" none. `former`: what it came after, "" the package's own.
    `starts` of it without a window; `good` once it came to one. `left`: versions that did not. `told`: what people are
    still to be told. `before`: pairs of a desk's folder and the backup made before `chosen` brought it up."""

    chosen: str = ""
    former: str = ""
    starts: int = 0
    good: bool = True
    left: list[str] = dataclasses.field(default_factory=list)
    told: str = ""
    before: list[list[str]] = dataclasses.field(default_factory=list)


def folder() -> Path:
    """Where updates lie: beside the user's data, DAIBAN_PROGRAMS for tests."""
    given = os.environ.get("DAIBAN_PROGRAMS")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "daiban-desk-programs"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "daiban-desk-programs"


def bundle() -> Path | None:
    """The bundle that runs this; None of a program out of its source, which is no business of updates."""
    place = Path(sys.prefix)
    return place if (place / NOTE).is_file() else None


def ordered(version: str) -> tuple[int, ...]:
    """A version as it is compared: 0.2 is 0.2.0. ValueError for what is none."""
    if not _VERSION.fullmatch(version):
        raise ValueError(version)
    parts = [int(one) for one in version.split(".")]
    return (*parts, *(0,) * (4 - len(parts)))


def is_newer(version: str, than: str) -> bool:
    """Whether `version` came after `than`; never of what is no version."""
    try:
        return ordered(version) > ordered(than)
    except ValueError:
        return False


def state() -> State:
    """As it was kept; that of a new machine where nothing readable is there."""
    import json

    try:
        kept = json.loads((folder() / _STATE).read_text("utf-8"))
        names = {one.name for one in dataclasses.fields(State)}
        return State(**{name: value for name, value in kept.items() if name in names})
    except (OSError, ValueError, TypeError, AttributeError):
        return State()


def keep(told: State) -> None:
    """Write it whole: aside, flushed, renamed. Raises OSError."""
    import json

    from db.files import take_place

    place = folder() / _STATE
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{_STATE}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as out:
        json.dump(dataclasses.asdict(told), out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    take_place(aside, place)


def interpreter(place: Path) -> Path:
    """A bundle's own; on Windows the one without a black window where this runs without."""
    if sys.platform == "win32":
        return place / ("pythonw.exe" if Path(sys.executable).stem.endswith("w") else "python.exe")
    return place / "bin" / "python3"


def choose(version: str) -> None:
    """From the next start on `version`, which lies unpacked, is tried. Raises OSError."""
    now = state()
    keep(State(chosen=version, former=__version__ if now.chosen == __version__ else "", good=False, left=now.left))


def handed_over(words: Sequence[str]) -> int | None:
    """Let the chosen program do what was asked; its exit status, None where this one has to do it."""
    if os.environ.get(STARTED) or bundle() is None or not (folder() / _STATE).is_file():
        return None
    now = state()
    place = folder() / now.chosen
    if not is_newer(now.chosen, __version__) or not interpreter(place).is_file():
        return None  # the package itself is newer by now, or somebody removed the folder
    is_window = not words or words[0] in ("window", "--demo") or words[0].startswith("--data")
    if now.good or not is_window or not _has_screen():
        return _run(place, now.chosen, words)
    if now.starts < _STARTS:
        now.starts += 1
        keep(now)
        status = _run(place, now.chosen, words)
        now = state()
        if now.good or status in (0, 130):  # closed before anybody came in: one start less
            return status
    return _left(now, words)


def _has_screen() -> bool:
    """Whether a window of this program would stand here. Where none would, as over a line without a screen, an update
    is not to blame for it."""
    import subprocess

    alone = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    command = [sys.executable, "-I", "-c", alone]
    try:
        return subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False).returncode == 0  # noqa: S603 - our own interpreter
    except (OSError, subprocess.TimeoutExpired):
        return True


def _run(place: Path, version: str, words: Sequence[str]) -> int:
    import subprocess

    command = [str(interpreter(place)), "-I", "-X", "utf8", "-m", "desk", *words]
    try:
        return subprocess.call(command, env=os.environ | {STARTED: version})  # noqa: S603 - a program of ours
    except OSError:
        return 127
    except KeyboardInterrupt:
        return 130


def _left(now: State, words: Sequence[str]) -> int | None:
    """The update did not come to its window: the one before it again, and the data as they were."""
    bad, before = now.chosen, now.former
    mine = not before or not is_newer(before, __version__)
    for home, backup in now.before:
        with contextlib.suppress(OSError):
            put_back(Path(home), Path(backup), bad)
    told = f"新版本 {bad} 没有启动成功，已自动回到 {__version__ if mine else before}。数据没有丢失。请告诉旗中心。"
    standing = State(chosen="" if mine else before, good=True, left=sorted({*now.left, bad}), told=told)
    keep(standing)
    with contextlib.suppress(OSError):
        _tidy(standing)
    return None if mine else _run(folder() / before, before, words)


def put_back(home: Path, backup: Path, bad: str) -> None:
    """The database and vault of `backup` in the place of those that `bad` brought up, which are kept beside."""
    aside = home / f"left-by-{bad}"
    aside.mkdir(exist_ok=True)
    coming = [(backup / name, home / f"{name}.coming") for name in _DATA if (backup / name).is_file()]
    for source, target in coming:
        shutil.copyfile(source, target)
    for name in _DATA:
        if (home / name).exists() and (name.startswith("desk.db-") or (backup / name).is_file()):
            (home / name).replace(aside / name)
    for source, target in coming:
        target.replace(home / source.name)


def is_tried() -> bool:
    """Whether this program is an update that has not come to its window yet."""
    if not os.environ.get(STARTED):
        return False
    now = state()
    return os.environ[STARTED] == now.chosen and not now.good


def note_backup(home: Path, backup: Path) -> None:
    """An update that has not come to its window yet brings up the desk in `home`: what stood there is in `backup`."""
    if is_tried():
        now = state()
        now.before.append([str(home), str(backup)])
        keep(now)


def still_told() -> str:
    """What people have not been told of the last update yet, as that it was left; "" where there is nothing."""
    return state().told if (folder() / _STATE).is_file() else ""


def came_to_window() -> str:
    """The main window stands: from now on this program is the one that is started. What was kept for people to be told
    about the last update, once."""
    if not (folder() / _STATE).is_file():
        return ""
    now = state()
    told, is_first = now.told, os.environ.get(STARTED) == now.chosen and not now.good
    if is_first:
        told = f"已更新到 {__version__}。"
        now.good, now.starts, now.before = True, 0, []
    now.told = ""
    with contextlib.suppress(OSError):
        if told:
            keep(now)
        if is_first:
            _tidy(now)
    return told


def _tidy(now: State) -> None:
    """Programs that nobody goes back to."""
    for one in folder().iterdir():
        if one.is_dir() and one.name not in (now.chosen, now.former):
            shutil.rmtree(one, ignore_errors=True)
