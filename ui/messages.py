"""One voice to the user: a toast for what is done, a dialog for what went wrong."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from desk.errors import DeskError
from ui.look import controls
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog

_SECONDS = 10
_log = logging.getLogger("ui")


class Toast(QWidget):
    """A strip at the foot of the window that goes by itself; it may carry a button or two."""

    def __init__(self, window: QWidget, text: str, actions: tuple[tuple[str, Callable[[], None]], ...]) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self.setAccessibleName(text)
        line = QHBoxLayout(self)
        line.setContentsMargins(unit() * 4, unit() * 2, unit() * 4, unit() * 2)
        line.setSpacing(unit() * 3)
        self._undo = next((act for name, act in actions if name == "撤销"), None)
        words = label(text)
        line.addWidget(words)
        for number, (name, act) in enumerate(actions):
            button = plain_button(name, f"toast-{number}")
            if name == "撤销":
                button.setToolTip("Ctrl+Z")
            button.clicked.connect(act)
            button.clicked.connect(self.close)
            line.addWidget(button)
        window.installEventFilter(self)
        QTimer.singleShot(_SECONDS * 1000, self, self.close)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._place()
        self.show()
        self.raise_()

    def undo(self) -> Callable[[], None] | None:
        """What takes the step back, while this is shown."""
        return self._undo if self.isVisible() else None

    def _place(self) -> None:
        self.adjustSize()
        window = self._window
        foot = unit() * 18  # what a page says there stays legible
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with an accent edge."""
        painter = QPainter(self)
        edge = QPen(colour(Role.ACCENT), 1)
        controls.rounded(painter, QRectF(self.rect()), colour(Role.SURFACE), edge, controls.SHEET)
        painter.end()


def toast(window: QWidget, text: str, actions: tuple[tuple[str, Callable[[], None]], ...] = ()) -> None:
    """Say that something is done; a new toast takes the place of the old one."""
    clear(window)
    Toast(window, text, actions)


def undo(window: QWidget) -> bool:
    """Do what the shown toast offers as 撤销; whether it offered any."""
    for toast in window.findChildren(Toast):
        act = toast.undo()
        if act is not None:
            toast.close()
            act()
            return True
    return False


def clear(window: QWidget) -> None:
    """Take away what was said before."""
    for old in window.findChildren(Toast):
        old.close()


class ErrorDialog(Dialog):
    """What happened, what was kept, what to do; details on demand, copied with one click."""

    def __init__(self, parent: QWidget | None, error: Exception) -> None:
        super().__init__(parent, "代办台", "error", wide=110)
        told = error if isinstance(error, DeskError) else _kindly()
        self.body.addWidget(label(told.happened, "title", bold=True, wrap=True))
        for text in (told.kept, told.todo):
            if text:
                self.body.addWidget(label(text, wrap=True))
        self._details = QPlainTextEdit("".join(traceback.format_exception(error)))
        self._details.setReadOnly(True)
        self._details.setAccessibleName(tr("技术细节"))
        self._details.hide()
        self.body.addWidget(self._details)
        show, copy = plain_button("技术细节", "error-details"), plain_button("复制", "error-copy")
        close = primary_button("知道了", "error-close")
        close.setToolTip("Enter")
        show.clicked.connect(self._show_details)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details.toPlainText()))
        close.clicked.connect(self.accept)
        self.foot(show, copy, None, close)

    def _show_details(self) -> None:
        self._details.setVisible(not self._details.isVisible())
        self._grow()


def _kindly() -> DeskError:
    return DeskError(
        "程序出了一个意外的问题，这一步没有完成。",
        "已登记的办件都在，没有丢失。",
        "请再试一次；还不行，点“复制”发给旗中心。",
    )


def error(parent: QWidget | None, what: Exception) -> None:
    """Show what went wrong without stopping the window."""
    if not isinstance(what, DeskError):
        _log.error("unexpected: %s", type(what).__name__, exc_info=what)
    ErrorDialog(parent, what).open()
