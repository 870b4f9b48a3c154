"""What the whole application does for hands: the wheel turns pages and never a value, and the focus is always in sight.

Qt gives the wheel to whatever lies under the pointer: one scrolls a page, and a choice passed on the way has changed.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QStyleOptionComboBox,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Button
else:
    _Button = object  # stands before the kind of button that it is

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Wheel(QObject):
    """The one filter for all combos, spin boxes and dates; the style hands each of them over as it draws it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._taken: weakref.WeakSet[QWidget] = weakref.WeakSet()

    def take(self, widget: QWidget) -> None:
        """The wheel over `widget` belongs to the page, until the focus is in it. Turning gives it no focus."""
        if widget in self._taken:
            return
        self._taken.add(widget)
        if widget.focusPolicy() is Qt.FocusPolicy.WheelFocus:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ignored here, so that it goes on to what is around."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        if event.type() is QEvent.Type.ToolTip and isinstance(watched, QComboBox):
            _tell_cut(watched)
        return False


def _tell_cut(box: QComboBox) -> None:
    """A choice that is longer than its box comes up under the pointer."""
    option, style = QStyleOptionComboBox(), box.style()
    box.initStyleOption(option)
    kinds = (style.ComplexControl.CC_ComboBox, style.SubControl.SC_ComboBoxEditField)
    room = style.subControlRect(kinds[0], option, kinds[1], box).width()
    if box.fontMetrics().horizontalAdvance(box.currentText()) > room:
        box.setToolTip(box.currentText())
    elif box.toolTip() in [box.itemText(at) for at in range(box.count())]:
        box.setToolTip("")


def keep_focus_in_sight(app: QApplication) -> None:
    """Whatever gets the focus is scrolled into sight, with the words that belong to it."""
    app.focusChanged.connect(_moved)


class ByEnter(_Button):
    """A button that Enter presses while it has the focus, wherever it stands: Qt's own take Enter in dialogs alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Ctrl it is the page's or the dialog's; a key that is held presses once."""
        if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class _AtField(QObject):
    """A filter of the field that has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and (isinstance(now, QLineEdit) or now.inherits("QPlainTextEdit")):
            now.installEventFilter(self)


class RareKey(_AtField):
    """The key by which a rare character is asked for, wherever one types: on Linux a field would delete its whole line
    by it, and in a dialog, or before there is a window, nobody else hears it. `asked` with the field."""

    asked = Signal(QWidget)

    def __init__(self, app: QApplication, key: str) -> None:
        super().__init__(app)
        self._key = key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Neither the field nor a shortcut of its window gets it."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        from PySide6.QtGui import QKeySequence  # not before the first key

        if QKeySequence(event.keyCombination()) != QKeySequence(self._key) or not _is_written_in(watched):
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self.asked.emit(watched)
        return True


def _is_written_in(field: QObject) -> bool:
    """Whether words are typed there, and seen."""
    if isinstance(field, QLineEdit):
        return field.echoMode() is QLineEdit.EchoMode.Normal and not field.isReadOnly()
    return not field.property("readOnly")


class Undoing(_AtField):
    """Ctrl+Z belongs to a field as long as there is something in it to undo, and else to the window: Qt's fields keep
    the key for themselves even when they do nothing with it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Kept from the field, it goes on to the shortcuts."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        from PySide6.QtGui import QKeySequence  # not before the first key

        if not event.matches(QKeySequence.StandardKey.Undo) or _can_undo(watched):
            return False
        event.ignore()
        return True


def _can_undo(field: QObject) -> bool:
    from PySide6.QtWidgets import QPlainTextEdit

    if isinstance(field, QPlainTextEdit):
        return field.document().isUndoAvailable()
    return isinstance(field, QLineEdit) and field.isUndoAvailable()


def _moved(_before: QWidget | None, now: QWidget | None) -> None:
    # What the mouse pressed is in sight, and should not move away under it.
    if now is not None and QGuiApplication.mouseButtons() is Qt.MouseButton.NoButton:
        QTimer.singleShot(0, now, lambda: _show_if_still(now))  # once what was said of it is laid out


def _show_if_still(widget: QWidget) -> None:
    """A field that the focus only passed moves no page."""
    if QApplication.focusWidget() is widget:
        show(widget)


def show(widget: QWidget) -> None:
    """Scroll every area around `widget` so that it is seen; of what is larger than its area, the beginning."""
    around = widget.parentWidget()
    while around is not None:
        area = around.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is around:
            field = widget.parentWidget()
            whole = field if field is not None and field.height() < around.height() // 2 else widget
            if whole.height() <= around.height():
                area.ensureWidgetVisible(whole, 0, 8)
        around = area


def to_top(area: QScrollArea) -> None:
    """A page that begins anew is seen from its beginning."""
    QTimer.singleShot(0, area, lambda: area.verticalScrollBar().setValue(0))
