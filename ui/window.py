"""The main window: navigation at the left, who and what waits at the top, one page at a time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk.app import Desk
from desk.views import Outcome, SyncStatus
from ui import actions, icons, marks, messages, tasks, theme
from ui.pages.page import Page
from ui.theme import Role, colour, unit
from ui.widgets.basic import Chip, label, row
from ui.widgets.field import KeyValue

_QUIET = 1500  # ms after which what the first search and paper need is loaded
# Pages are imported when they are first shown: the window stands sooner.
_PAGES = {
    "today": ("ui.pages.today", "TodayPage"),
    "register": ("ui.pages.register", "RegisterPage"),
    "cases": ("ui.pages.cases", "CasesPage"),
    "case": ("ui.pages.case", "CasePage"),
    "people": ("ui.pages.people", "PeoplePage"),
    "guides": ("ui.pages.guides", "GuidesPage"),
    "sync": ("ui.pages.sync", "SyncPage"),
    "settings": ("ui.pages.settings", "SettingsPage"),
}


class _SideButton(QToolButton):
    """One page in the navigation."""

    def __init__(self, action: actions.Action) -> None:
        super().__init__()
        self._action = action
        self.setText(action.text)
        self.setObjectName(f"nav-{action.key}")
        self.setAccessibleName(action.text)
        self.setToolTip(f"{action.text}（{action.shortcut}）")
        self.setCheckable(True)
        self._size()
        theme.theme.changed.connect(self._size)

    def _size(self) -> None:
        self.setFont(theme.font())
        self.setFixedHeight(max(44, unit() * 9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and word; the page that is shown has a lighter ground and a bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(6, 2, -6, -2)
        ink = colour(Role.SIDE_TEXT)
        ground = colour(Role.SIDE_TEXT)
        ground.setAlphaF(0.18 if self.isChecked() else 0.09 if self.underMouse() else 0.0)
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, 8, 8)
        if self.isChecked():
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - unit() * 2, 4, unit() * 4), 2, 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour(Role.FOCUS))
            painter.drawRoundedRect(rect, 8, 8)
        side = unit() * 5
        image = icons.pixmap(self._action.icon, ink.name(), side, self.devicePixelRatioF())
        left = rect.left() + unit() * 3
        painter.drawPixmap(round(left), round(rect.center().y() - side / 2), image)
        painter.setPen(ink)
        words = rect.adjusted(unit() * 3 + side + unit() * 2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def sizeHint(self) -> QSize:
        """Wide enough for three characters and the icon."""
        return QSize(self.fontMetrics().horizontalAdvance("办事人中") + unit() * 12, super().sizeHint().height())


class _Side(QWidget):
    """The navigation's ground."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A deep plain colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.SIDE))
        painter.end()


class MainWindow(QMainWindow):
    """The window, and the shell that pages ask."""

    def __init__(self, desk: Desk, closed: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.desk, self._closed = desk, closed
        self.setObjectName("main")
        self.setWindowTitle(f"代办台 — {desk.office.point_name}")
        self.resize(1240, 720)
        self.setMinimumSize(960, 600)
        self._pages: dict[str, Page] = {}
        self._shown = ""
        self._buttons: dict[str, _SideButton] = {}
        self._stack = QStackedWidget()
        self._chip = _HeaderButton(lambda: self.open("sync"))
        self._lay()
        self._add_keys()
        tasks.door().unhandled = lambda _owner, error: self.error(error)
        self.open("today")
        self.changed()
        QTimer.singleShot(_QUIET, self, lambda: tasks.read(self, desk.warm, lambda _none: None))

    def _lay(self) -> None:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        side = _Side()
        box = QVBoxLayout(side)
        box.setContentsMargins(0, unit() * 4, 0, unit() * 3)
        box.setSpacing(unit() // 2)
        name = label("代办台", "title", Role.SIDE_TEXT, bold=True)
        name.setContentsMargins(unit() * 4, 0, 0, unit() * 3)
        box.addWidget(name)
        for action in actions.PAGES:
            button = _SideButton(action)
            button.clicked.connect(lambda _checked=False, key=action.key: self.open(key))
            self._buttons[action.key] = button
            box.addWidget(button)
        box.addStretch(1)
        line.addWidget(side)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._header())
        right.addWidget(self._stack, 1)
        line.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _header(self) -> QWidget:
        office = self.desk.office
        words = f"{office.banner} {office.township}　{office.point_name}"
        parts: list[QWidget | None] = [label(words, "body", Role.MUTED)]
        if office.demonstration:
            parts.append(Chip("演示数据", Role.WARN, "info-circle"))
        parts += [None, self._chip, label(self.desk.account.name, "body", bold=True)]
        head = row(*parts, spacing=3)
        head.setContentsMargins(unit() * 6, unit() * 2, unit() * 6, unit() * 2)
        head.setAutoFillBackground(True)
        palette = head.palette()
        palette.setColor(QPalette.ColorRole.Window, colour(Role.SURFACE))
        head.setPalette(palette)

        def dress() -> None:
            fresh = head.palette()
            fresh.setColor(QPalette.ColorRole.Window, colour(Role.SURFACE))
            head.setPalette(fresh)

        self._dress_head = dress
        theme.theme.changed.connect(self._dress)
        return head

    def _dress(self) -> None:
        self._dress_head()
        self.update()

    def _add_keys(self) -> None:
        for action in actions.PAGES:
            self._key(
                action.shortcut, lambda key=action.key: self.open(key, **({"now": True} if key == "sync" else {}))
            )
        self._key("F1", self._show_keys)
        self._key("Ctrl+Q", self.close)

    def _key(self, shortcut: str, act: Callable[[], None]) -> None:
        made = QAction(self)
        made.setShortcut(QKeySequence(shortcut))
        made.triggered.connect(lambda _checked=False: act())
        self.addAction(made)

    def _show_keys(self) -> None:
        dialog = QDialog(self)
        dialog.setObjectName("keys")
        dialog.setWindowTitle("快捷键")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(dialog)
        box.setContentsMargins(unit() * 6, unit() * 5, unit() * 6, unit() * 5)
        box.addWidget(label("快捷键", "title", bold=True))
        keys = KeyValue()
        for action in (*actions.PAGES, *actions.OTHERS):
            keys.add(action.shortcut, action.text)
        box.addWidget(keys)
        dialog.open()

    # -- the shell ---------------------------------------------------------------------------------------------

    def open(self, key: str, **facts: Any) -> None:
        """Go to a page; it is made at the first visit."""
        if self._shown and self._shown != key:
            self._pages[self._shown].leave()
        messages.clear(self)
        page = self._pages.get(key) or self._make(key)
        self._shown = key
        self._stack.setCurrentWidget(page)
        for name, button in self._buttons.items():
            button.setChecked(name == key or (key == "case" and name == "cases"))
        page.activate(**facts)

    def _make(self, key: str) -> Page:
        module, name = _PAGES[key]
        page: Page = getattr(importlib.import_module(module), name)(self.desk, self)
        self._pages[key] = page
        self._stack.addWidget(page)
        return page

    def page(self, key: str) -> Page:
        """A page, made when it is not there yet."""
        return self._pages.get(key) or self._make(key)

    def toast(self, text: str, *acts: tuple[str, Callable[[], None]]) -> None:
        """Say that something is done."""
        messages.toast(self, text, acts)

    def error(self, what: Exception) -> None:
        """Tell what went wrong."""
        messages.error(self, what)

    def changed(self) -> None:
        """Data changed: the header and the page that is shown look again; the others when they are shown."""
        tasks.read(self, self.desk.sync_status, self._show_status)
        page = self._pages.get(self._shown)
        if page is not None:
            page.changed()

    def _show_status(self, status: SyncStatus) -> None:
        if status.waiting:
            self._chip.set(f"待送 {status.waiting} 条", Role.WAITING, "cloud-upload")
        elif status.history and status.history[0].outcome is not Outcome.DONE:
            self._chip.set("离线", Role.WARN, "cloud-off")
        elif status.last_ok:
            self._chip.set(f"已同步 {marks.when(status.last_ok)[11:]}", Role.OK, "circle-check")
        else:
            self._chip.set("还没有同步", Role.WAITING, "cloud-upload")

    def sync_words(self) -> str:
        """What the header says of sync."""
        return self._chip.words()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed, let work end, close the desk."""
        if self._shown:
            self._pages[self._shown].leave()
        tasks.wait_idle()
        self.desk.close()
        super().closeEvent(event)
        if self._closed is not None:
            self._closed()


class _HeaderButton(QPushButton):
    """The state of sync in the header; a click opens the sync page."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("header-sync")
        self.setFlat(True)
        self._chip = Chip("", Role.WAITING, "clock")
        self.clicked.connect(act)
        box = QHBoxLayout(self)
        box.setContentsMargins(unit(), 0, unit(), 0)
        box.addWidget(self._chip)
        self._chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set(self, words: str, role: Role, icon: str) -> None:
        """Show a state."""
        self._chip.set(words, role, icon)
        self.setAccessibleName(f"同步：{words}")
        self.updateGeometry()

    def words(self) -> str:
        """What it says."""
        return self._chip.text()

    def sizeHint(self) -> QSize:
        """The chip and a little room."""
        return self._chip.sizeHint() + QSize(unit() * 2, unit() * 2)
