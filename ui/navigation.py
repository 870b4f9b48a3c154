"""The navigation at the left and the state of sync in the header."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import actions
from ui.look import icons, theme
from ui.look.hands import ByEnter
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit
from ui.widgets.basic import Chip, label
from ui.widgets.steady import clear_viewport


class SideButton(ByEnter, QToolButton):
    """One page in the navigation."""

    def __init__(self, action: actions.Action) -> None:
        super().__init__()
        self._action, self.key, self._narrow = action, action.key, False
        self.setText(tr(action.text))
        self.setObjectName(f"nav-{action.key}")
        self.setAccessibleName(tr(action.text))
        self.setToolTip(f"{tr(action.text)}（{action.shortcut}）")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._size()
        theme.theme.changed.connect(self._size)

    def _size(self) -> None:
        self.setFont(theme.font())
        self.setFixedHeight(max(42, round(unit() * 8.4)))
        wide = max(map(self.fontMetrics().horizontalAdvance, ("办事人中", self.text())))
        self._words_wide = wide + unit() * 12  # asked for at every laying out

    def narrow(self, yes: bool) -> None:  # noqa: FBT001 - a state that follows the window's width
        """Without its word, which its tooltip says."""
        self._narrow = yes
        self.updateGeometry()
        self.update()

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
        if not self._narrow:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def sizeHint(self) -> QSize:
        """Wide enough for three characters and the icon, or for the icon alone."""
        return QSize(unit() * 11 + 12 if self._narrow else self._words_wide, self.minimumHeight())


class Side(QScrollArea):
    """The navigation: as high as the window, so it scrolls in a low one; `narrow` leaves the drawings alone.

    `astray` when the focus came here though nobody brought it: what had it on the page is gone or put out of use, and
    Qt begins again at the first that takes it. Whoever presses Enter once more would leave the page.
    """

    astray = Signal()

    def __init__(self, buttons: list[SideButton], go: Callable[[str], object]) -> None:
        super().__init__()
        clear_viewport(self)
        self._buttons = buttons
        self._last: QWidget | None = None  # had the focus last, in this window
        self.setObjectName("nav")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._ground = _Ground()
        box = QVBoxLayout(self._ground)
        box.setContentsMargins(0, unit() * 3, 0, unit() * 2)
        box.setSpacing(0)
        self._name = label("代办台", "title", Role.SIDE_TEXT, bold=True)
        self._name.setContentsMargins(unit() * 4, 0, unit() * 2, unit() * 2)
        box.addWidget(self._name)
        for button in buttons:
            button.clicked.connect(lambda _checked=False, key=button.key: go(key))
            box.addWidget(button)
        box.addStretch(1)
        self.setWidget(self._ground)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now in self._buttons and self._is_astray(before, now):
            QTimer.singleShot(0, self, lambda: self._send_back(now))  # a page that is opened may take it first
        if now is not None and now.window() is self.window():
            self._last = now

    def _is_astray(self, before: QWidget | None, now: QWidget) -> bool:
        return self._last is not now if before is None else not (before.isVisible() and before.isEnabled())

    def _send_back(self, button: SideButton) -> None:
        if button.hasFocus():
            self.astray.emit()

    def mark(self, key: str) -> None:
        """Which page is shown."""
        for button in self._buttons:
            button.setChecked(button.key == key)

    def allow(self, key: str, *, yes: bool) -> None:
        """Whether this desk has that page: another window of the hall may come at any time."""
        for button in self._buttons:
            if button.key == key and button.isHidden() is yes:
                button.setVisible(yes)
                self.updateGeometry()

    def narrow(self, yes: bool) -> None:  # noqa: FBT001 - a state that follows the window's width
        """Only the drawings, or their words too."""
        self._name.setVisible(not yes)
        for button in self._buttons:
            button.narrow(yes)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as what stands in it, and the scroll bar where the window is low."""
        hint = self._ground.sizeHint()
        low = self.height() < hint.height() and self.isVisible()
        return QSize(hint.width() + (self.verticalScrollBar().sizeHint().width() if low else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Any height will do."""
        return QSize(self.sizeHint().width(), unit() * 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lower or higher: with or without a scroll bar."""
        super().resizeEvent(event)
        self.updateGeometry()


class _Ground(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A deep plain colour."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)  # filled by its brush: `fillRect` would have every gradient of Qt made
        painter.setBrush(colour(Role.SIDE))
        painter.drawRect(self.rect())
        painter.end()


class HeaderButton(ByEnter, QPushButton):
    """A state in the header; a click leads to what it is about."""

    def __init__(self, act: Callable[[], None], name: str, about: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._about = about
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
        self.setAccessibleName(f"{tr(self._about)}：{tr(words)}")
        self.updateGeometry()

    def words(self) -> str:
        """What it says."""
        return self._chip.text()

    def sizeHint(self) -> QSize:
        """The chip and a little room."""
        return self._chip.sizeHint() + QSize(unit() * 2, unit() * 2)
