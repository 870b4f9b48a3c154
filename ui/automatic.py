"""Syncing by itself: some time after something changed, and again with more patience while there is no line."""

from __future__ import annotations

import logging

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from desk.app.open_desk import Desk
from desk.errors import DeskError
from desk.sync import pace
from desk.sync.outcome import Outcome, SyncResult
from ui import tasks
from ui.changes import Changes
from ui.widgets.page import Shell

_log = logging.getLogger("ui")
_BEGIN, _SOON = 60.0, 60.0  # seconds: after the start, and after something changed
_LATER = 2500  # ms after the start: nobody waits for the hall
_BURST = 300  # ms of what neighbours bring that is shown together
_LINE = frozenset({Outcome.OFFLINE, Outcome.NOT_CENTRE, Outcome.BUSY})
_USUAL = frozenset({Outcome.OFFLINE, Outcome.BUSY, Outcome.CANCELLED})  # passes without anybody's doing


class Automatic(QObject):
    """The timer of a window. A person overrides it with “立即同步” at any time."""

    def __init__(self, desk: Desk, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self.trouble = 0
        self._job: tasks.Job | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.go)
        self.begin()

    def begin(self) -> None:
        """Some time from now, and again from then on."""
        self._wait(_BEGIN)

    def _wait(self, seconds: float) -> None:
        self.timer.start(round(seconds * 1000))

    def soon(self) -> None:
        """Something changed: do not wait the whole quiet time."""
        if not self.trouble and self.timer.remainingTime() > _SOON * 1000:
            self._wait(_SOON)

    def go(self) -> None:
        """Sync now, unless this desk has no centre."""
        office = self._desk.office
        if office.practice or not office.enrolled:
            self._wait(pace.QUIET)
            return
        self._job = tasks.run_with_progress(self, self._desk.sync, self._ended, lambda _far: None, self._failed)

    def stop(self) -> None:
        """The window closes: what is under way ends at its next step."""
        self.timer.stop()
        if self._job is not None:
            self._job.cancel()

    def _ended(self, result: SyncResult) -> None:
        self._job = None
        if result.outcome is Outcome.DONE:
            self.trouble = 0
            if result.sent or result.received:
                self._shell.changed(Changes.ENTRIES | Changes.SYNC)
            self._wait(pace.QUIET)
            return
        self._wait(pace.after(self.trouble + 1) if result.outcome in _LINE else pace.MOST)
        self._tell("" if result.outcome in _USUAL else result.happened)

    def _failed(self, error: Exception) -> None:
        self._job = None
        _log.error("automatic sync failed: %s", type(error).__name__, exc_info=error)
        self._wait(pace.MOST)
        self._tell(error.happened if isinstance(error, DeskError) else "出了意外的问题。")

    def _tell(self, words: str) -> None:
        """The header and the history show every failure; one that waiting does not mend is said too, once in a row."""
        self.trouble += 1
        self._shell.changed(Changes.SYNC)
        if words and self.trouble == 1:
            self._shell.toast(f"自动同步没有成功：{words}", ("查看", lambda: self._shell.open("sync")))


class HallEar(QObject):
    """What other windows of the hall brought is shown here: heard on a thread of the hall's, told on the window's, a
    burst of it once."""

    came = Signal()

    def __init__(self, desk: Desk, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_BURST)
        self._rest.timeout.connect(lambda: shell.changed(Changes.ENTRIES | Changes.SYNC))
        self.came.connect(lambda: None if self._rest.isActive() else self._rest.start())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: tasks.read(self, self._begin, lambda _none: None))
        if not desk.office.practice:
            self._later.start(_LATER)

    def stop(self) -> None:
        """The window closes: what did not begin does not begin any more."""
        self._later.stop()
        self._rest.stop()

    def _begin(self) -> None:
        """Beside the window: what the hall is made of is loaded, and runs where somebody switched it on."""
        hall = self._desk.hall
        hall.heard.append(self._tell)
        hall.begin()

    def _tell(self) -> None:
        if shiboken6.isValid(self):
            self.came.emit()
