"""A question to whoever is at the desk: a few fields, one button. What is refused is told in it; nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desk.errors import RefusedError
from ui import messages
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.basic import label, plain_button, primary_button, row
from ui.widgets.field import Field, choice_box, line_edit, text_edit
from ui.widgets.hold import hold_of

Values = dict[str, Any]


class Ask(QDialog):
    """Fields are added by kind; `go` shows the question and runs the work with what was typed."""

    def __init__(self, parent: QWidget, title: str, *, ok: str = "确定", intro: str = "", name: str = "ask") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(tr(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editors: dict[str, QWidget] = {}
        self._work: Callable[[Values], Any] | None = None
        self._done: Callable[[Any], object] | None = None
        self._changes = Changes.NOTHING
        box = QVBoxLayout(self)
        box.setContentsMargins(unit() * 6, unit() * 5, unit() * 6, unit() * 4)
        box.setSpacing(unit() * 2)
        box.addWidget(label(title, "title", bold=True))
        if intro:
            box.addWidget(label(intro, "body", Role.MUTED, wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(unit() * 2)
        box.addLayout(self.body)
        self._told = label("", "body", Role.DANGER, wrap=True)
        self._told.setObjectName(f"{name}-told")
        self._told.hide()
        box.addWidget(self._told)
        cancel = plain_button("取消", f"{name}-cancel")
        cancel.setToolTip("Esc")
        self.ok = primary_button(ok, f"{name}-ok", "check")
        self.ok.setToolTip("Ctrl+Enter")
        cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.submit)
        box.addWidget(row(None, cancel, self.ok))
        self.ok.setDefault(True)  # only once it stands in the dialog; before, Enter would be the first button's
        self.setMinimumWidth(unit() * 100)

    # -- fields -------------------------------------------------------------------------------------------------

    def text(
        self, key: str, name: str, value: str = "", *, hint: str = "", lines: int = 1, secret: bool = False
    ) -> None:
        """A line, or some lines."""
        if lines > 1:
            area = text_edit(lines)
            area.setPlainText(value)
            area.installEventFilter(self)
            self._add(key, name, area, hint)
            return
        line = line_edit(most=300)
        line.setText(value)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._add(key, name, line, hint)

    def choice(self, key: str, name: str, choices: Sequence[tuple[str, Any]], value: Any = None) -> None:
        """One of a few: (words, value)."""
        self._add(key, name, choice_box(choices, value))

    def number(self, key: str, name: str, value: int, low: int, high: int) -> None:
        """A whole number."""
        box = QSpinBox()
        box.setRange(low, high)
        box.setValue(value)
        self._add(key, name, box)

    def day(self, key: str, name: str, value: dt.date) -> None:
        """A date, typed or picked."""
        box = QDateEdit(QDate(value.year, value.month, value.day))
        box.setDisplayFormat("yyyy-MM-dd")
        box.setCalendarPopup(True)
        self._add(key, name, box)

    def check(self, key: str, name: str, *, value: bool = False) -> None:
        """Yes or no."""
        box = QCheckBox(tr(name))
        box.setChecked(value)
        box.setObjectName(f"{self.objectName()}-{key}")
        box.setAccessibleName(tr(name))
        self._editors[key] = box
        self.body.addWidget(box)

    def _add(self, key: str, name: str, editor: QWidget, hint: str = "") -> None:
        self._editors[key] = editor
        self.body.addWidget(Field(name, editor, f"{self.objectName()}-{key}", hint))

    def editor(self, key: str) -> QWidget:
        """The editor of a field."""
        return self._editors[key]

    def values(self) -> Values:
        """What was typed, by key."""
        return {key: _value(editor) for key, editor in self._editors.items()}

    # -- asking -------------------------------------------------------------------------------------------------

    def go(
        self, work: Callable[[Values], Any], done: Callable[[Any], object], changes: Changes = Changes.NOTHING
    ) -> Ask:
        """Show the question. `work` runs in the background with the values; `done` gets what it returned."""
        self._work, self._done, self._changes = work, done, changes
        self.open()
        if self._editors:
            next(iter(self._editors.values())).setFocus()
        return self

    def submit(self) -> None:
        """Try it; what is refused is said and everything typed stays."""
        if self._work is None or not self.ok.isEnabled():
            return
        work, values = self._work, self.values()
        self._told.hide()
        Operation(self, lambda: work(values), self._changes).success(self._succeeded).failure(self._failed).run()

    def reject(self) -> None:
        """Close; not while the answer is under way."""
        if not hold_of(self).held():
            super().reject()

    def _succeeded(self, result: Any) -> None:
        done = self._done
        self.accept()
        if done is not None:
            done(result)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RefusedError):
            self._told.setText(error.sentences())
            self._told.setAccessibleName(self._told.text())
            self._told.show()
        else:
            messages.error(self, error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in a field of many lines means done."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._means_done(event):
            self.submit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter anywhere."""
        if self._means_done(event):
            self.submit()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _means_done(event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _value(editor: QWidget) -> Any:
    match editor:
        case QCheckBox():
            return editor.isChecked()
        case QComboBox():
            return editor.currentData()
        case QSpinBox():
            return editor.value()
        case QDateEdit():
            day = editor.date()
            return dt.date(day.year(), day.month(), day.day())
        case QPlainTextEdit():
            return editor.toPlainText().strip()
        case QLineEdit():
            return editor.text().strip()
    return None
