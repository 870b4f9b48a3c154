"""What every window over the window is: Enter does what its main button says, Esc leaves and asks where words would be
lost; it scrolls where the screen is low, and the focus goes back to where it was."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFrame,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look import reading_order
from ui.look.flow import Flow
from ui.look.hands import ENTER
from ui.look.i18n import tr
from ui.look.style import PRIMARY
from ui.look.theme import Role, unit
from ui.widgets.basic import label, plain_button, primary_button, set_role
from ui.widgets.hold import hold_of
from ui.widgets.steady import SteadyArea

_ROUND = 48  # pixels of the screen that stay free around a dialog: its frame, the task bar
_TYPED_IN = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def screen_room(widget: QWidget) -> QSize:
    """How large a dialog may be on the screen where `widget` is."""
    return widget.screen().availableGeometry().size() - QSize(_ROUND // 2, _ROUND)


class Dialog(QDialog):
    """`body` scrolls, `foot` stays in sight. `wide` and `high` are what it likes to have, in units."""

    def __init__(self, parent: QWidget | None, title: str, name: str, *, wide: int = 100, high: int = 0) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(tr(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wide, self._high = wide, high
        self._fitted = self._sure = False
        self._before = parent.window().focusWidget() if parent is not None else None
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(unit() * 6, unit() * 5, unit() * 6, unit() * 2)
        self.body.setSpacing(unit() * 2)
        self._area = _Area(inner, f"{name}-area")
        self._told = label("", "body", Role.DANGER, wrap=True)
        self._told.setObjectName(f"{name}-told")
        self._told.hide()
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(unit() * 6, unit() * 2, unit() * 6, unit() * 4)
        self._foot.setSpacing(unit() * 2)
        self._foot.addWidget(self._told)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._foot)

    # -- laying ---------------------------------------------------------------------------------------------------

    def head(self, title: str, intro: str = "") -> None:
        """What it is about, at its top."""
        self.body.addWidget(label(title, "title", bold=True, wrap=True))
        if intro:
            self.body.addWidget(label(intro, "body", Role.MUTED, wrap=True))

    def foot(self, *parts: QWidget | None) -> None:
        """Buttons that are always in sight; None is a stretch."""
        self._foot.addWidget(Flow(*parts))

    def tell(self, words: str, role: Role = Role.DANGER) -> None:
        """Say what is wrong, or with another role what is done; "" for nothing."""
        set_role(self._told, role)
        self._told.setText(words)
        self._told.setAccessibleName(self._told.text())
        self._told.setVisible(bool(words))
        self._grow()

    def primary(self) -> QPushButton | None:
        """The button that Enter presses; None where there is nothing to do but look."""
        found = [one for one in self.findChildren(QPushButton) if one.property(PRIMARY) and one.isVisibleTo(self)]
        return found[-1] if found else None

    # -- showing and leaving ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """As large as it likes and the screen allows, Tab in reading order, the focus where one types."""
        super().showEvent(event)
        if self._fitted:
            return
        self._fitted = True
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        primary = self.primary()
        if primary is not None:
            primary.setDefault(True)
        reading_order.follow(self)
        self._grow()
        first = self.focusWidget()
        if first is None or isinstance(first, QAbstractButton | QScrollArea):
            self._focus_first()

    def _focus_first(self) -> None:
        offered = [one for one in reading_order.stops(self) if one.isVisible() and one.isEnabled()]
        typed = next((one for one in offered if isinstance(one, _TYPED_IN)), None)
        first = typed or self.primary() or self  # never a button that does something else
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grow(self) -> None:
        """Never smaller than a person made it, never larger than the screen."""
        if not self._fitted:
            return
        room = screen_room(self)
        hint = self.sizeHint()
        wide = min(max(self._wide * unit(), hint.width(), self.width()), room.width())
        high = _height(self.body, wide) + _height(self._foot, wide)
        self.resize(wide, min(max(self._high * unit(), high, self.height() if self._high else high), room.height()))

    def would_lose(self) -> bool:
        """Whether something typed here is gone when it is closed now."""
        return False

    def reject(self) -> None:
        """Leave; not while work is under way, and not without asking where words would be lost."""
        if hold_of(self).held():
            return
        if self.isVisible() and not self._sure and self.would_lose():
            Question(self, "填的内容还没有保存。", "关掉就没有了。", "不要了(&D)", self._leave, "接着填(&K)").open()
        else:
            super().reject()

    def _leave(self) -> None:
        self._sure = True
        self.reject()

    def done(self, result: int) -> None:
        """Closed: the focus goes back, unless whatever was asked for takes it elsewhere."""
        super().done(result)
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, also with Ctrl, is the main button; on another button it is that one."""
        if event.key() not in ENTER or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif self.isVisible():  # a list that took its line has closed us already
            self.enter()

    def enter(self) -> None:
        """What Enter does."""
        focus, primary = self.focusWidget(), self.primary()
        if isinstance(focus, QPushButton) and focus.isEnabled():
            focus.click()
        elif primary is not None and primary.isEnabled():
            primary.click()


class Question(Dialog):
    """One sentence, a safe answer that Enter and Esc give, and another."""

    def __init__(
        self, parent: QWidget | None, what: str, why: str, other: str, act: Callable[[], object], safe: str = "取消"
    ) -> None:
        super().__init__(parent, "代办台", "question", wide=90)
        self.head(what, why)
        self._act = act
        stay, go = primary_button(safe, "question-stay"), plain_button(other, "question-go")
        stay.setToolTip("Esc")
        stay.clicked.connect(self.reject)
        go.clicked.connect(self._go)
        self.foot(None, go, stay)

    def _go(self) -> None:
        self.accept()
        self._act()


class _Area(SteadyArea):
    """As large as what stands in it, where there is room."""

    def __init__(self, inner: QWidget, name: str) -> None:
        super().__init__()
        self._inner = inner
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """All of it."""
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """A line or two."""
        return QSize(unit() * 24, unit() * 12)


def _height(layout: QLayout, wide: int) -> int:
    return layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
