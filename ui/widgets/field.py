"""A field: label above, editor, and under it what is wrong, in words that tell how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look import controls, theme
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit
from ui.widgets.basic import label, plain_words, set_role

if TYPE_CHECKING:  # made where one is wanted: the login page has none
    from PySide6.QtWidgets import QPlainTextEdit

_MANY = 100  # choices of a box
_PAUSE = 150  # ms between the last key and the question


class Field(QWidget):
    """`left` fires when the editor loses the focus: the moment to say what is wrong, never while typing."""

    left = Signal()

    def __init__(self, name: str, editor: QWidget, object_name: str, hint: str = "") -> None:
        super().__init__()
        self.editor, self._name = editor, re.split(r"[（(*]", name, maxsplit=1)[0].strip()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        editor.setObjectName(object_name)
        editor.setAccessibleName(plain_words(tr(name)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit() // 2)
        self.caption = label(name, "small", Role.MUTED)
        self.caption.setBuddy(editor)
        box.addWidget(self.caption)
        box.addWidget(editor)
        self.told = label(hint, "small", Role.MUTED, wrap=True)
        self.told.setObjectName(f"{object_name}-told")
        self._hint = hint
        box.addWidget(self.told)
        self.told.setVisible(bool(hint))  # in its place already: alone it would be a window for a moment
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the editor is left."""
        if event.type() is QEvent.Type.FocusOut and watched is getattr(
            self, "editor", None
        ):  # gone while it is deleted
            self.left.emit()
        return super().eventFilter(watched, event)

    def set_problem(self, text: str, *, blocking: bool = True) -> None:
        """Say what is wrong, "" for nothing; a warning is said more quietly than a refusal."""
        self.told.setText(f"{'✕' if blocking else '！'} {tr(text)}" if text else self._hint)
        set_role(self.told, (Role.DANGER if blocking else Role.WARN) if text else Role.MUTED)
        self.told.setVisible(bool(text or self._hint))
        self.editor.setAccessibleDescription(tr(text))
        self.mark(wrong=bool(text and blocking))

    def mark(self, *, wrong: bool) -> None:
        """Only the frame says it."""
        self.editor.setProperty("wrong", colour(Role.DANGER).name() if wrong else None)
        self.editor.update()

    def refuse(self, text: str) -> None:
        """Say what is wrong and go there."""
        self.set_problem(text)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def name(self) -> str:
        """What the field is called, without marks: 姓名 of 姓名 *(&N)."""
        return self._name

    def problem(self) -> str:
        """What is said to be wrong."""
        return self.editor.accessibleDescription()

    def set_hint(self, text: str) -> None:
        """What is said when nothing is wrong."""
        self._hint = text
        if not self.problem():
            self.told.setText(text)
            self.told.setVisible(bool(text))


_MANY = 100  # choices


class SearchBox(QLineEdit):
    """Asks a moment after the last key; an input method's half-typed words ask nothing."""

    asked = Signal(str)

    def __init__(self, placeholder: str, object_name: str) -> None:
        super().__init__()
        self.setPlaceholderText(tr(placeholder))
        self.setObjectName(object_name)
        self.setAccessibleName(tr(placeholder))
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._pause.start())
        self.textChanged.connect(lambda text: self._pause.start() if not text else None)

    def clear(self) -> None:
        """Empty, with nothing to undo in it: a page that was cleared comes back as a whole."""
        self.setText("")

    def event(self, event: QEvent) -> bool:
        """With nothing typed to take back, Ctrl+Z belongs to the window: it takes back the last step."""
        if event.type() is QEvent.Type.ShortcutOverride and not self.isUndoAvailable() and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)


def _is_undo(event: QEvent) -> bool:
    from PySide6.QtGui import QKeySequence

    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)


def line_edit(placeholder: str = "", most: int = 200) -> QLineEdit:
    """A one-line editor."""
    made = QLineEdit()
    made.setPlaceholderText(tr(placeholder))
    made.setMaxLength(most)
    return made


def choice_box(choices: Iterable[tuple[str, Any]], chosen: Any = None, *, name: str = "", words: str = "") -> QComboBox:
    """A box of a few choices, (words, value) each; `name` and `words` where it stands without a `Field` around it."""
    made = QComboBox()
    if name:
        made.setObjectName(name)
        made.setAccessibleName(tr(words))
    for text, value in choices:
        made.addItem(tr(text), value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    if made.count() > _MANY:
        opens_at_once(made)
    return made


def opens_at_once(box: QComboBox) -> None:
    """Of some thousands of choices, all lines of one height, only what is seen is measured."""
    from PySide6.QtWidgets import QListView

    lines = box.view()
    if isinstance(lines, QListView):
        lines.setUniformItemSizes(True)


def text_edit(lines: int) -> QPlainTextEdit:
    """An editor of a few lines; Tab leaves it."""
    from PySide6.QtWidgets import QPlainTextEdit

    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.document().setDocumentMargin(controls.INSET - controls.FRAME - 1)  # one is the style's own
    made.setFixedHeight(made.fontMetrics().lineSpacing() * lines + theme.unit() * 4)
    return made


class KeyValue(QWidget):
    """Names and values in two columns; values can be selected and wrap."""

    def __init__(self) -> None:
        super().__init__()
        from PySide6.QtWidgets import QGridLayout

        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(unit() * 4)
        self._grid.setVerticalSpacing(unit())
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, value: str, object_name: str = "") -> QLabel:
        """One line."""
        at = self._grid.rowCount()
        self._grid.addWidget(label(name, "body", Role.MUTED), at, 0, Qt.AlignmentFlag.AlignTop)
        made = label(value, wrap=True)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        made.setObjectName(object_name)
        made.setAccessibleName(f"{tr(name)}：{value}")
        self._grid.addWidget(made, at, 1)
        return made
