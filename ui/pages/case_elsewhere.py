"""“2 号窗口正在办”: who else of the hall has a case open. A hint, never a lock."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.app.open_desk import Desk
from ui import tasks
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.basic import Chip

_EVERY = 2000  # ms


class OpenElsewhere(QWidget):
    """Hidden but while another window has the watched case open."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk, self._number = desk, ""
        self._chip = Chip("", Role.WARN, "eye")
        self._chip.setObjectName("case-elsewhere")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._chip)
        line.addStretch(1)
        self.hide()
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY)
        self._clock.timeout.connect(self._look)

    def watch(self, intake_no: str) -> None:
        """Say that this case is looked at here, "" for none any more, and look who else does."""
        before, self._number = self._number, intake_no
        self._show(())
        if self._desk.office.practice or (not before and not intake_no):
            return
        self._clock.stop()
        tasks.read(self, lambda: self._desk.hall.looks_at(intake_no), self._begin)

    def _begin(self, is_running: bool) -> None:  # noqa: FBT001 - what the worker found
        if is_running and self._number:
            self._clock.start()
            self._look()

    def _look(self) -> None:
        number = self._number
        tasks.read(self, lambda: self._desk.hall.open_at(number), self._show)

    def _show(self, titles: tuple[str, ...]) -> None:
        words = "、".join(tr(one) for one in titles)
        self._chip.set(f"{words}{tr('正在办')}", Role.WARN, "eye")
        self._chip.setToolTip(tr("两个窗口都能接着办；改到同一处时两边都会看到。"))
        self.setVisible(bool(titles))
