"""Half-typed text counts. What an input method still shows underlined, and what stands in a cell that is still open,
belongs to its field before anything that reads fields begins: a key that acts, a click, a window that closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class HalfTyped(QObject):
    """Watches the field and the window that have the focus; no other events pass here, an old PC would feel them.

    `settled` when half-typed text was made text without the input method's doing.
    """

    settled = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._field: QObject | None = None
        self._window: QObject | None = None
        self._half, self._kept = "", False
        app.focusObjectChanged.connect(self._follow_field)
        app.focusWindowChanged.connect(self._follow_window)
        self._follow_field(app.focusObject())
        self._follow_window(app.focusWindow())

    def _follow_field(self, field: QObject | None) -> None:
        if field is not self._field:  # Qt may say the same one again: what is half typed there stays
            self._field = self._moved(self._field, field)
            self._half = ""

    def _follow_window(self, window: QWindow | None) -> None:
        self._window = self._moved(self._window, window)

    def _moved(self, before: QObject | None, now: QObject | None) -> QObject | None:
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)
        return now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only looks on; every event goes its way."""
        match event.type():
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent) and watched is self._field:
                self._half, self._kept = event.preeditString(), self._kept or bool(event.commitString())
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and watched is self._field:
                self._before_key(watched, event)
            case QEvent.Type.FocusAboutToChange if watched is self._field:
                self.commit()
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent) and watched is self._window:
                self._before_press(event.globalPosition().toPoint())
            case QEvent.Type.Close if watched is self._window:
                self.settle()
        return False

    def _before_key(self, field: QObject, event: QKeyEvent) -> None:
        if _acts(field, event):
            self.settle()
        elif event.key() in _ENTER:
            self.commit()

    def _before_press(self, at: QPoint) -> None:
        field = self._field
        if isinstance(field, QWidget) and shiboken6.isValid(field) and field.rect().contains(field.mapFromGlobal(at)):
            self.commit()
        else:
            self.settle()

    def commit(self) -> None:
        """Make half-typed text the field's. Input methods do it themselves, throw it away or do nothing."""
        half, self._kept = self._half, False
        QGuiApplication.inputMethod().commit()
        if half and not self._kept and self._field is not None and shiboken6.isValid(self._field):
            event = QInputMethodEvent()
            event.setCommitString(half)
            QApplication.sendEvent(self._field, event)
            QGuiApplication.inputMethod().reset()
            self.settled.emit()

    def settle(self) -> None:
        """Also give an open cell's text to its table, and close the cell."""
        self.commit()
        if isinstance(self._field, QWidget) and shiboken6.isValid(self._field):
            _close_cell(self._field)


def _acts(field: QObject, event: QKeyEvent) -> bool:
    """Whether a key does something; the field itself says which keys only edit."""
    key, modifiers = event.key(), event.modifiers()
    function = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    if key in _MODIFIERS or not (modifiers & _COMMANDING or function) or _writes(event):
        return False
    asked = QKeyEvent(event.type(), key, modifiers, event.text())
    asked.ignore()
    field.event(asked)
    return not asked.isAccepted()


def _writes(event: QKeyEvent) -> bool:
    """Ctrl and Alt together are AltGr on some systems: a letter."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return event.modifiers() & both == both and event.text().isprintable() and bool(event.text())


def cell_of(field: QWidget) -> tuple[QAbstractItemView, QWidget] | None:
    """The table in an open cell of which `field` stands, and that cell's editor; None for any other field."""
    from PySide6.QtWidgets import QAbstractItemView  # a start has no table

    editor: QWidget | None = field
    while editor is not None:
        around = editor.parentWidget()
        view = around.parentWidget() if around is not None else None
        if isinstance(view, QAbstractItemView) and around is view.viewport():
            return view, editor
        editor = around
    return None


def _close_cell(field: QWidget) -> None:
    cell = cell_of(field)
    if cell is not None:
        from PySide6.QtWidgets import QAbstractItemDelegate

        view, editor = cell
        delegate = view.itemDelegateForIndex(view.currentIndex())
        delegate.commitData.emit(editor)
        delegate.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def watch(app: QApplication) -> HalfTyped:
    """The one watcher of an application."""
    made = app.findChild(HalfTyped)
    return made if isinstance(made, HalfTyped) else HalfTyped(app)
