"""The document camera's folder: pictures that appear there wait in a tray until a material takes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from ui.devices.pictures import SUFFIXES

_MOST = 200


class CameraTray(QObject):
    """`arrived` tells how many pictures wait. Those that lay there when the watch began are old and do not count."""

    arrived = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._known: set[str] = set()
        self._waiting: list[Path] = []
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self.look())

    def watch(self, folder: str) -> None:
        """Watch `folder` from now on; "" for none."""
        if self._folder is not None and str(self._folder) == folder:
            return
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._waiting.clear()
        self._folder = Path(folder) if folder and Path(folder).is_dir() else None
        if self._folder is not None:
            self._known = {one.name for one in self._pictures()}
            self._watcher.addPath(str(self._folder))

    def _pictures(self) -> list[Path]:
        if self._folder is None:
            return []
        try:
            files = [one for one in self._folder.iterdir() if one.suffix.lower() in SUFFIXES]
        except OSError:
            return []  # the stick was pulled out: nothing waits
        return sorted(files, key=lambda one: one.name)[-_MOST:]

    def look(self) -> None:
        """See what is new."""
        for one in self._pictures():
            if one.name not in self._known:
                self._known.add(one.name)
                self._waiting.append(one)
        self.arrived.emit(len(self._waiting))

    def take(self) -> list[Path]:
        """Everything that waits; it waits no longer."""
        self.look()
        taken, self._waiting = self._waiting, []
        self.arrived.emit(0)
        return [one for one in taken if one.is_file()]
