"""Long work in a small window: how far it is, and a way to stop it. Nothing is shown for what ends at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desk.errors import CancelledError
from desk.sync.outcome import SyncProgress
from ui import tasks
from ui.look.i18n import tr
from ui.widgets.basic import label, plain_button
from ui.widgets.dialog import Dialog

_SOON = 300  # ms before anything is shown


class Progress(Dialog):
    """Shows itself when the work takes long; closes itself when it ends."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title, "progress", wide=90)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._job: tasks.Job | None = None
        self._words = label(title, "body", bold=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("进度"))
        stop = plain_button("停下(&S)", "progress-stop", "x")
        stop.clicked.connect(self.reject)
        self.body.addWidget(self._words)
        self.body.addWidget(self._bar)
        self.foot(None, stop)

    def go(
        self,
        work: Callable[[Callable[[SyncProgress], None], Callable[[], bool]], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        told_of_stop: Callable[[CancelledError], None] | None = None,
    ) -> None:
        """Start the work. A stop by hand is no error; who wants to hear of it says so."""
        self._done, self._failed, self._told_of_stop = done, failed, told_of_stop
        self._job = tasks.run_with_progress(self, work, self._ended, self._far, self._broke)
        QTimer.singleShot(_SOON, self, self._appear)

    def _appear(self) -> None:
        if self._job is not None:
            self.open()

    def _far(self, far: SyncProgress) -> None:
        self._bar.setRange(0, far.total)
        self._bar.setValue(far.done)
        self._words.setText(f"{tr(far.step)} {far.done}/{far.total}" if far.total else tr(far.step))

    def reject(self) -> None:
        """Stop."""
        if self._job is not None:
            self._job.cancel()

    def _over(self) -> None:
        self._job = None
        self.accept()
        self.deleteLater()

    def _ended(self, result: Any) -> None:
        self._over()
        self._done(result)

    def _broke(self, error: Exception) -> None:
        self._over()
        if not isinstance(error, CancelledError):
            self._failed(error)
        elif self._told_of_stop is not None:
            self._told_of_stop(error)
