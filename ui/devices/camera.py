"""The document camera's folder: pictures that appear there wait in a tray until a material takes them.

A file is told by its content, not by its name; one that is written again under its old name is new again.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from ui import tasks
from ui.devices.pictures import SUFFIXES
from ui.devices.scans import kinds

_MOST = 200
_UNFINISHED = frozenset((".part", ".tmp", ".crdownload", ".partial"))
_EARLIER = 0.01  # seconds by which the clock of a file system may be behind
_Stamp = tuple[int, int]


class CameraTray(QObject):
    """`arrived` tells how many pictures wait. Those that lay there when the watch began are old and do not count."""

    arrived = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._since = 0.0
        self._known: dict[str, _Stamp] = {}
        self._growing: dict[str, float] = {}  # taken before they were whole, and until when their rest is waited for
        self._waiting: list[Path] = []
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self.look())

    def watch(self, folder: str) -> None:
        """Watch `folder` from now on; "" for none."""
        if self._folder is not None and str(self._folder) == folder:
            return
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        with self._lock:
            self._waiting.clear()
            self._known.clear()
            self._growing.clear()
            self._since = time.time() - _EARLIER
            self._folder = Path(folder) if folder else None
        if self._folder is not None:
            self._watcher.addPath(folder)
            self.look()

    def look(self) -> None:
        """See what is new, in the background: the folder may lie on a drive that is slow or gone."""
        tasks.read(self, self._look, lambda _none: self.arrived.emit(len(self._waiting)), lambda _error: None)

    def take(self) -> list[Path]:
        """Everything that waits, by name, also what is still being written; it waits no longer. In the background."""
        self._look()
        with self._lock:
            taken, self._waiting = self._waiting, []
            until = time.time() + kinds.PATIENCE
            self._growing |= {one.name: until for one in taken if not kinds.is_given(one)}
        self.arrived.emit(0)
        return sorted(taken, key=lambda one: one.name)

    def _look(self) -> None:
        with self._lock:
            if self._folder is None:
                return
            try:
                files = [one for one in self._folder.iterdir() if one.is_file()]
            except OSError:
                files = []  # the stick was pulled out: nothing waits
            self._waiting = [one for one in self._waiting if one in files]
            for one in files:
                if self._is_new(one) and one not in self._waiting:
                    self._waiting.append(one)
            self._waiting = self._waiting[-_MOST:]

    def _is_new(self, place: Path) -> bool:
        try:
            found = place.stat()
            stamp, before = _stamp(place), self._known.get(place.name)
            if stamp is None or stamp == before:
                return False
            self._known[place.name] = stamp
            if found.st_mtime <= self._growing.get(place.name, 0.0):
                return False  # the rest of what was taken
            is_old = before is None and max(found.st_ctime, found.st_mtime) < self._since
            return not is_old and _is_picture(place)
        except OSError:  # its writer keeps it to himself yet
            return place.suffix.lower() in SUFFIXES


def _stamp(place: Path) -> _Stamp | None:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _is_picture(place: Path) -> bool:
    suffix = place.suffix.lower()
    if place.name.startswith((".", "~")) or suffix in _UNFINISHED:
        return False
    with place.open("rb") as file:
        kind = kinds.kind_of(file.read(kinds.HEAD))
    return kind not in ("", "ofd") or suffix in SUFFIXES  # of zips only those that are called so
