"""The lock of a window: the login page stands before everything, dialogs are out of sight, and nothing typed is lost.

The same agent's password opens it again. Another agent's opens a window of their own over the same desk; the first
one's stays as it was, out of sight, until its agent is back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QStackedWidget, QWidget

from desk.app.open_desk import Desk
from desk.store.account import Account
from ui import actions
from ui.login import LoginPage

_KEY = QKeySequence(actions.shortcut("lock"))
_LOOK = 5000  # ms between two looks at the clock
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class LockedWindow(Protocol):
    """What the lock asks of its window."""

    desk: Desk

    def root(self) -> QStackedWidget:
        """What holds the pages, and the login page over them."""

    def widget(self) -> QWidget:
        """The window itself."""

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001 - a fact, not a switch
        """Keys count no more, or again."""

    def change_agent(self, account: Account) -> None:
        """Another agent came in."""


class InUse:
    """While the desk is open: a password only says who is there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def enter(self, account: str, password: str, fresh: str) -> object:
        """The account."""
        return self._desk.admit(account, password, fresh)

    def recover(self, account: Account, key: bytes, password: str) -> object:
        """The account."""
        from desk.app import forgotten  # with it comes the courier, which a start does not need

        return forgotten.come_in(self._desk, account, key, password)


class Lock(QObject):
    """Locks on demand, and after some minutes in which nobody touched anything."""

    def __init__(self, window: LockedWindow) -> None:
        super().__init__(window.widget())
        self._window = window
        self._page: LoginPage | None = None
        self._away: list[tuple[QWidget, bool]] = []  # windows out of sight, and whether they held the rest back
        self._focus: QWidget | None = None
        self.minutes = 0
        self.touched = time.monotonic()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look_at_clock)
        self._clock.start(_LOOK)
        QGuiApplication.instance().focusWindowChanged.connect(self._watch)  # type: ignore[union-attr]

    @property
    def locked(self) -> bool:
        """Whether the login page stands before everything."""
        return self._page is not None

    # -- when nobody is there -------------------------------------------------------------------------------------

    def _watch(self, window: QWindow | None) -> None:
        """Hear what is typed and pressed in a window: only there, for a filter over everything costs at each event."""
        self.touched = time.monotonic()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def look_at_clock(self) -> None:
        """Lock when it is time to."""
        if self.minutes and time.monotonic() - self.touched > self.minutes * 60 and self._window.widget().isVisible():
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there; and what would open before a locked window is put out of sight before it is drawn."""
        if event.type() in _TOUCHES:
            self.touched = time.monotonic()
            if isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) == _KEY:
                return self._over_a_dialog()
        elif self.locked and event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            self._late(watched)
        return super().eventFilter(watched, event)

    def _over_a_dialog(self) -> bool:
        """The key that locks, pressed in a dialog: to the window's own keys Qt is deaf then. Whether it was for us."""
        front = QApplication.activeWindow()
        is_for_us = not self.locked and front is not None and self._is_ours(front)
        if is_for_us:
            self.lock()
        return is_for_us

    # -- locking --------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Put everything out of sight; a second time changes nothing."""
        if self.locked:
            return
        whole = self._window.widget()
        self._focus = whole.focusWidget()
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        self._show_page()
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and self._is_ours(one):
                self._put_away(one)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        whole.activateWindow()

    def _show_page(self) -> None:
        desk, root = self._window.desk, self._window.root()
        self._page = LoginPage(desk.folder, desk.agents.listed(), _shown(desk), InUse(desk), desk.account.account)
        self._page.opened.connect(self._opened)
        root.addWidget(self._page)
        root.setCurrentWidget(self._page)
        self._window.set_locked(True)
        self._page.begin()

    def _is_ours(self, one: QWidget) -> bool:
        """Whether it may show something of this office: the dialogs of this window and of its practice, but those of
        the login page; one that belongs to nobody, while this window is the one that is shown."""
        whole, root = self._window.widget(), one
        while (above := root.parentWidget()) is not None:
            if root is self._page:
                return False
            root = above
        if root is whole or getattr(root, "lock", None) is self:
            return one is not whole
        return root is one and isinstance(one, QDialog) and whole.isVisible()

    def _put_away(self, one: QWidget) -> None:
        self._away.append((one, one.isModal()))
        if isinstance(one, QDialog):
            one.finished.connect(lambda _result: self._forget(one))
        one.hide()

    def _forget(self, one: QWidget) -> None:
        """It ended while it was out of sight."""
        self._away = [kept for kept in self._away if kept[0] is not one]

    def _late(self, one: QWidget) -> None:
        if one.isWindow() and self._is_ours(one):
            one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # the window itself comes after this event
            QTimer.singleShot(0, one, lambda: self._hide_late(one))

    def _hide_late(self, one: QWidget) -> None:
        self._put_away(one)
        one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
        if not self.locked:
            self._show_again()

    # -- opening --------------------------------------------------------------------------------------------------

    def _opened(self, reached: object) -> None:
        if not isinstance(reached, Account):
            return
        if reached.account == self._window.desk.account.account:
            self.open()
        else:
            self._window.change_agent(reached)

    def open(self) -> None:
        """Everything as it was, the focus too."""
        page, self._page = self._page, None
        if page is None:
            return
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        root = self._window.root()
        root.setCurrentIndex(0)
        root.removeWidget(page)
        page.deleteLater()
        self._window.set_locked(False)
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()
        self._show_again()
        self.touched = time.monotonic()

    def _show_again(self) -> None:
        away = [kept for kept in self._away if shiboken6.isValid(kept[0])]
        self._away = []
        for one, was_modal in sorted(away, key=lambda kept: height(kept[0])):
            _shown_again(one, was_modal)

    def wait(self) -> None:
        """Another agent is in: the login page stands ready for whoever comes back."""
        if self._page is not None:
            self._page.begin()


def height(one: QWidget) -> int:
    """How many windows it was opened over: Qt lists windows in no order, and what is shown last is in front."""
    above = one.parentWidget()
    return 0 if above is None else 1 + height(above.window())


def _shown_again(one: QWidget, was_modal: bool) -> None:  # noqa: FBT001 - a fact, not a switch
    show: Callable[[], None] = one.open if was_modal and isinstance(one, QDialog) else one.show
    line = _line_of(one.focusWidget())
    at = line.cursorPosition() if line is not None else 0
    show()
    if line is not None:
        line.setCursorPosition(at)  # QDialog marks all of a line: the next letter would stand for what was typed


def _line_of(focus: QWidget | None) -> QLineEdit | None:
    """Where one types: the line itself, or the one of a box of dates or choices."""
    return focus if focus is None or isinstance(focus, QLineEdit) else focus.findChild(QLineEdit)


def _shown(desk: Desk) -> str:
    """The demonstration's password is no secret."""
    if not desk.office.demonstration:
        return ""
    from desk.app import demo

    return demo.PASSWORD
