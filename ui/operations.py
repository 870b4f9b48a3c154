"""What a page does, as an object: a function over the core, run in the background, with one end.

While it runs its page is held. At the end, whatever it is, the page is free again, an error is told, and every page
hears what changed, even when the one who asked is gone by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from desk.errors import CancelledError
from desk.sync.outcome import SyncProgress
from ui import tasks
from ui.changes import Changes
from ui.widgets.hold import hold_of
from ui.widgets.page import Shell, shell_of
from ui.widgets.progress import Progress

T = TypeVar("T")
LongWork = Callable[[Callable[[SyncProgress], None], Callable[[], bool]], T]


class _Ending(Generic[T]):
    """What follows when the work has ended, in one place for all ways to end."""

    def __init__(self, owner: QWidget, changes: Changes, shell: Shell | None) -> None:
        self._owner, self._changes = owner, changes
        self._shell = shell or shell_of(owner)
        self._success: Callable[[T], object] | None = None
        self._failure: Callable[[Exception], object] | None = None
        self._holding = False

    def _hold(self) -> None:
        self._holding = True
        hold_of(self._owner).begin()

    def _succeeded(self, result: T) -> None:
        success = self._success
        self._end((lambda: success(result)) if success else None, self._changes)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError):  # what was done until then stays done
            self._end(None, self._changes)
        elif self._failure is not None and shiboken6.isValid(self._owner):
            failure = self._failure
            self._end(lambda: failure(error), Changes.NOTHING)
        else:
            self._end(None, Changes.NOTHING)
            self._tell(error)

    def _end(self, ending: Callable[[], object] | None, changes: Changes) -> None:
        there = shiboken6.isValid(self._owner)
        if there and self._holding:
            hold_of(self._owner).end()
        try:
            if ending is not None and there:
                ending()
        finally:
            if changes and self._shell is not None and shiboken6.isValid(self._shell):
                self._shell.changed(changes)
            if shiboken6.isValid(self._owner):
                hold_of(self._owner).catch_up()

    def _tell(self, error: Exception) -> None:
        if self._shell is not None and shiboken6.isValid(self._shell):
            self._shell.error(error)
        else:
            tasks.door().unhandled(_lasting(), error)


class Operation(_Ending[T]):
    """`work` changes `changes`. The shell is that of the page around `owner` unless it is given."""

    def __init__(
        self, owner: QWidget, work: Callable[[], T], changes: Changes = Changes.NOTHING, shell: Shell | None = None
    ) -> None:
        super().__init__(owner, changes, shell)
        self._work = work

    def success(self, told: Callable[[T], object]) -> Operation[T]:
        """What the owner does with the result, if it still lives."""
        self._success = told
        return self

    def failure(self, told: Callable[[Exception], object]) -> Operation[T]:
        """How the owner tells an error itself; otherwise the window does."""
        self._failure = told
        return self

    def run(self) -> None:
        """Hold the owner and work, in the order of asking."""
        self._hold()
        self.run_beside()

    def run_beside(self) -> None:
        """Work while the owner stays free: for what only keeps what it shows."""
        tasks.run(_lasting(), self._work, self._succeeded, self._failed)


class LongOperation(_Ending[T]):
    """Work that tells how far it is and may be stopped half way."""

    def __init__(self, owner: QWidget, work: LongWork[T], changes: Changes = Changes.NOTHING) -> None:
        super().__init__(owner, changes, None)
        self._work = work

    def success(self, told: Callable[[T], object]) -> LongOperation[T]:
        """What the owner does with the result, if it still lives."""
        self._success = told
        return self

    def failure(self, told: Callable[[Exception], object]) -> LongOperation[T]:
        """How the owner tells an error itself; otherwise the window does."""
        self._failure = told
        return self

    def run(self, title: str) -> None:
        """Hold the owner; a small window shows how far it is, and stops it."""
        self._hold()
        Progress(self._owner, title).go(self._work, self._succeeded, self._failed, told_of_stop=self._failed)

    def run_beside(self, progress: Callable[[Any], None]) -> tasks.Job:
        """Work while the owner stays free and itself shows how far it is."""
        return tasks.run_with_progress(_lasting(), self._work, self._succeeded, progress, self._failed)


def _lasting() -> QObject:
    """One who lives to hear the end, though the page or dialog that asked may be gone."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application")
    return app
