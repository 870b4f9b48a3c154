"""An editor whose text runs downwards in columns from left to right, as Mongolian is written.

Text, undo, clipboard and what an input method holds are Qt's own plain text editor's; where letters stand, what the
arrow keys, the mouse and the input method's window go by is `column_lines`.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QScrollBar

from ui.look import controls, theme
from ui.look.i18n import tr
from ui.widgets.column_lines import Colours, ColumnLines, em

_FACE = "Noto Sans Mongolian"  # first: a suffix is joined over its U+202F only within one face
_LARGER = 1.3  # than the Chinese beside it
_STROKE = 2  # pixels of the caret
_MODE = QTextCursor.MoveMode
_MOVE = QTextCursor.MoveOperation
_KEY = Qt.Key
_ENTER = (_KEY.Key_Return, _KEY.Key_Enter)
_TAKEN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier
# What a key does to the caret without and with Ctrl: downwards is onwards, columns go to the right.
_STEPS = {
    _KEY.Key_Down: (_MOVE.NextCharacter, _MOVE.NextWord),
    _KEY.Key_Up: (_MOVE.PreviousCharacter, _MOVE.PreviousWord),
}
_SIDES = {_KEY.Key_Left: -1, _KEY.Key_Right: 1}


class ColumnEdit(QPlainTextEdit):
    """`high` letters go into a column, about. Of one `line` no end of line is taken, Enter is the window's, and
    `editingFinished` fires when it is left. No more than `most` letters are taken."""

    editingFinished = Signal()  # noqa: N815  # as Qt calls it

    def __init__(self, high: float = 10, *, line: bool = False, most: int = 0, hint: str = "") -> None:
        super().__init__()
        self._high, self._line, self._most = high, line, most
        self._lines: ColumnLines | None = None
        self._depth: float | None = None  # where the caret was when it began to go from column to column
        self._offset, self._shown, self._held = 0.0, True, 0
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr(hint))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self.bar.valueChanged.connect(self._go)
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._blinked)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._follow)
        self.selectionChanged.connect(self.viewport().update)
        theme.theme.changed.connect(self._sized)
        self._sized()

    # -- size and place -------------------------------------------------------------------------------------------

    def face(self) -> QFont:
        """The Mongolian face first, a little larger than what stands around."""
        made = theme.font()
        made.setFamilies([_FACE, *(one for one in made.families() if one != _FACE)])
        made.setPointSizeF(made.pointSizeF() * _LARGER)
        return made

    def _sized(self) -> None:
        self._lines = None
        margin = controls.INSET - controls.FRAME
        self.setViewportMargins(margin, margin, margin, margin + self._below())
        self.setFixedHeight(round(em(self.face()) * self._high) + 2 * margin + 2 * self.frameWidth() + self._below())
        self.viewport().update()

    def _bar_high(self) -> int:
        return self.bar.sizeHint().height()

    def _below(self) -> int:
        return 0 if self._line else self._bar_high()

    def sizeHint(self) -> QSize:
        """Some columns wide."""
        return QSize(self.lines().pitch * 4, self.height())

    def minimumSizeHint(self) -> QSize:
        """Two columns."""
        return QSize(self.lines().pitch * 2 + 2 * controls.INSET, self.height())

    def lines(self) -> ColumnLines:
        """Where everything stands now."""
        if self._lines is None:
            self._lines = ColumnLines(self.document(), self.face(), max(self.viewport().height(), 1))
            self._ranged()
        return self._lines

    def _ranged(self) -> None:
        over = max(0, round(self._lines.wide if self._lines else 0) - self.viewport().width())
        quiet = QSignalBlocker(self.bar)
        self.bar.setRange(0, over)
        self.bar.setPageStep(self.viewport().width())
        self.bar.setSingleStep(self._lines.pitch if self._lines else 1)
        quiet.unblock()
        self.bar.setVisible(over > 0 and not self._line)
        self._offset = float(self.bar.value())

    def _changed(self) -> None:
        if self._most and len(self.toPlainText()) > self._most:
            self._cut()
        self._lines = None
        self._follow()

    def _cut(self) -> None:
        """What is too long loses its end, in the same step of undoing."""
        kept = len(self.toPlainText()[: self._most].encode("utf-16-le")) // 2
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        cursor.setPosition(kept)
        cursor.movePosition(_MOVE.End, _MODE.KeepAnchor)
        cursor.removeSelectedText()
        cursor.endEditBlock()

    def _go(self, value: int) -> None:
        self._offset = float(value)
        self.viewport().update()

    def _follow(self) -> None:
        """The caret is in sight, and the input method's window beside it."""
        caret, wide = self._caret(), self.viewport().width()
        if caret.left() < 0:
            self.bar.setValue(round(self._offset + caret.left()))
        elif caret.right() > wide:
            self.bar.setValue(round(self._offset + caret.right() - wide))
        self._awake()
        self.viewport().update()
        self.updateMicroFocus()

    def _caret(self, position: int | None = None) -> QRectF:
        """In the viewport."""
        held = None
        block = self.textCursor().block().layout()
        if position is None and block.preeditAreaText():
            held = self._held
        found = self.lines().caret(self.textCursor().position() if position is None else position, held)
        return found.translated(-self._offset, 0)

    def _position(self, point: QPointF) -> int:
        return self.lines().position(point + QPointF(self._offset, 0))

    # -- drawing --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # a text of some columns is drawn whole
        """The columns, what is chosen, and the caret across its column."""
        painter, cursor, palette = QPainter(self.viewport()), self.textCursor(), self.palette()
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        if not self.toPlainText() and not cursor.block().layout().preeditAreaText():
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            told = self.viewport().rect().adjusted(self.lines().pitch if self.hasFocus() else 0, 0, 0, 0)
            painter.drawText(told, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, self.placeholderText())
        roles = (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight)
        colours = Colours(*(palette.color(group, one) for one in roles))
        painter.translate(-self._offset, 0)
        self.lines().draw(painter, colours, cursor.selectionStart(), cursor.selectionEnd())
        painter.resetTransform()
        if self.hasFocus() and self._shown and not self.isReadOnly():
            caret = self._caret()
            top = min(caret.top(), self.viewport().height() - _STROKE)
            painter.fillRect(QRectF(caret.left(), top, caret.width(), _STROKE), colours.ink)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002  # Qt's own lines are never seen
        """Whatever Qt scrolls, the columns stay."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height breaks the columns anew."""
        super().resizeEvent(event)
        self._lines = None
        inside = self.rect().adjusted(self.frameWidth(), 0, -self.frameWidth(), -self.frameWidth())
        high = self._bar_high()
        self.bar.setGeometry(QRect(inside.left(), inside.bottom() - high + 1, inside.width(), high))
        self.lines()

    def changeEvent(self, event: QEvent) -> None:
        """Another type or other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_blink"):
            self._sized()

    def _awake(self) -> None:
        """The caret shows, and blinks from now on as the system wishes."""
        self._shown = True
        flash = QGuiApplication.styleHints().cursorFlashTime()
        if self.hasFocus() and flash > 1:
            self._blink.start(flash // 2)
        else:
            self._blink.stop()

    def _blinked(self) -> None:
        self._shown = not self._shown
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The caret comes."""
        super().focusInEvent(event)
        self._follow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The caret goes; what was typed is done, unless a menu or another program is looked at."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.editingFinished.emit()

    # -- keys -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go as the script goes; everything else is a plain editor's."""
        key, held = _KEY(event.key()), event.modifiers()
        if self._line and key in _ENTER:
            self.editingFinished.emit()
            event.ignore()
        elif held & ~_TAKEN or not self._moved(key, held):
            super().keyPressEvent(event)

    def _moved(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        far = bool(held & Qt.KeyboardModifier.ControlModifier)
        mode = _MODE.KeepAnchor if held & Qt.KeyboardModifier.ShiftModifier else _MODE.MoveAnchor
        cursor, depth = self.textCursor(), None
        if key in _STEPS:
            if mode is _MODE.MoveAnchor and cursor.hasSelection() and not far:
                cursor.setPosition(cursor.selectionEnd() if key == _KEY.Key_Down else cursor.selectionStart())
            else:
                cursor.movePosition(_STEPS[key][far], mode)
        elif key in _SIDES and far:
            cursor.movePosition(_MOVE.NextBlock if _SIDES[key] > 0 else _MOVE.PreviousBlock, mode)
        elif key in _SIDES or key in (_KEY.Key_PageDown, _KEY.Key_PageUp):
            depth = self._caret().top() if self._depth is None else self._depth
            cursor.setPosition(self.lines().beside(cursor.position(), self._columns(key), depth), mode)
        elif key in (_KEY.Key_Home, _KEY.Key_End) and not far:
            cursor.setPosition(self.lines().ends(cursor.position())[key == _KEY.Key_End], mode)
        else:
            return False
        self.setTextCursor(cursor)
        self._depth = depth
        self._follow()
        return True

    def _columns(self, key: Qt.Key) -> int:
        whole = max(1, self.viewport().width() // self.lines().pitch - 1)
        return _SIDES.get(key) or (whole if key == _KEY.Key_PageDown else -whole)

    def setTextCursor(self, cursor: QTextCursor) -> None:
        """The caret moved by any other way forgets how deep it was."""
        self._depth = None
        super().setTextCursor(cursor)

    # -- mouse ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The caret goes where one presses; with Shift what lies between is chosen."""
        if self.textCursor().block().layout().preeditAreaText():
            QGuiApplication.inputMethod().commit()
        cursor = self.textCursor()
        at = self._position(event.position())
        if event.button() is Qt.MouseButton.MiddleButton and QGuiApplication.clipboard().supportsSelection():
            cursor.setPosition(at)
            self.setTextCursor(cursor)
            self.insertFromMimeData(QGuiApplication.clipboard().mimeData(QClipboard.Mode.Selection))
        elif event.button() is Qt.MouseButton.LeftButton:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            cursor.setPosition(at, _MODE.KeepAnchor if more else _MODE.MoveAnchor)
            self.setTextCursor(cursor)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A word."""
        cursor = self.textCursor()
        cursor.setPosition(self._position(event.position()))
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.setTextCursor(cursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What one draws over is chosen; past an edge the columns come along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            cursor = self.textCursor()
            cursor.setPosition(self._position(event.position()), _MODE.KeepAnchor)
            self.setTextCursor(cursor)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is chosen can be pasted by the middle button, where the system has that."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and self.textCursor().hasSelection():
            clipboard.setMimeData(self.createMimeDataFromSelection(), QClipboard.Mode.Selection)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Columns go by; where they end, the page goes."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        before = self.bar.value()
        self.bar.setValue(before - round(turned / 120 * self.lines().pitch))
        event.setAccepted(self.bar.value() != before)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, by key beside the caret."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(self._caret().center().toPoint()) if by_key else event.globalPos())

    # -- what is brought ------------------------------------------------------------------------------------------

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted; one line takes no end of line."""
        if self._line and source.hasText():
            made = QMimeData()
            made.setText(" ".join(source.text().split("\n")))
            source = made
        super().insertFromMimeData(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words may be dropped."""
        event.setAccepted(self.canInsertFromMimeData(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere."""
        event.setAccepted(self.canInsertFromMimeData(event.mimeData()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Words that are dropped stand where they fell."""
        cursor = self.textCursor()
        cursor.setPosition(self._position(event.position()))
        self.setTextCursor(cursor)
        self.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()

    # -- input methods --------------------------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What is half typed stands in its column, with its own caret, until it is given."""
        carets = [one for one in event.attributes() if one.type is QInputMethodEvent.AttributeType.Cursor]
        self._held = carets[-1].start if carets else len(event.preeditString())
        super().inputMethodEvent(event)
        self._lines = None
        self._follow()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:  # type: ignore[override]
        """Where the caret is, for the window of an input method: across a column, as thin as it is drawn."""
        kinds = Qt.InputMethodQuery
        if query in (kinds.ImCursorRectangle, kinds.ImAnchorRectangle):
            at = self.textCursor().anchor() if query == kinds.ImAnchorRectangle else None
            found = self._caret(at)
            found.setHeight(_STROKE)
            return found.translated(QPointF(self.viewport().pos()))
        if query == kinds.ImInputItemClipRectangle:
            return QRectF(self.viewport().geometry())
        return super().inputMethodQuery(query)
