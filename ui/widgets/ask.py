"""A question to whoever is at the desk: a few fields, one button. What is refused is told in it; nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from desk.errors import RefusedError
from ui import messages
from ui.changes import Changes
from ui.look.i18n import tr
from ui.operations import Operation
from ui.widgets.basic import plain_button, primary_button
from ui.widgets.column_edit import ColumnEdit
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, choice_box, line_edit, text_edit

Values = dict[str, Any]
_LETTERS = 9  # of Mongolian in a column, about
_LEAST = 8  # characters of a choice that are always seen


class Ask(Dialog):
    """Fields are added by kind; `go` shows the question and runs the work with what was typed."""

    def __init__(
        self, parent: QWidget, title: str, *, ok: str = "确定", intro: str = "", name: str = "ask", wide: int = 100
    ) -> None:
        super().__init__(parent, title, name, wide=wide)
        self._editors: dict[str, QWidget] = {}
        self._fields: dict[str, Field] = {}
        self._begun: Values = {}
        self._work: Callable[[Values], Any] | None = None
        self._done: Callable[[Any], object] | None = None
        self._changes = Changes.NOTHING
        self.head(title, intro)
        cancel = plain_button("取消", f"{name}-cancel")
        cancel.setToolTip("Esc")
        self.ok = primary_button(ok, f"{name}-ok", "check")
        self.ok.setToolTip("Enter")
        cancel.clicked.connect(self.reject)
        self.ok.clicked.connect(self.submit)
        self.foot(None, cancel, self.ok)

    # -- fields -------------------------------------------------------------------------------------------------

    def text(
        self, key: str, name: str, value: str = "", *, hint: str = "", lines: int = 1, secret: bool = False
    ) -> None:
        """A line, or some lines."""
        if lines > 1:
            area = text_edit(lines)
            area.setPlainText(value)
            self.ok.setToolTip("Ctrl+Enter")
            self._add(key, name, area, hint)
            return
        line = line_edit(most=300)
        line.setText(value)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._add(key, name, line, hint)

    def columns(self, key: str, name: str, value: str = "", *, hint: str = "") -> None:
        """A line of Mongolian, written downwards."""
        area = ColumnEdit(_LETTERS, line=True, most=300)
        area.setPlainText(value)
        self._add(key, name, area, hint)

    def choice(self, key: str, name: str, choices: Sequence[tuple[str, Any]], value: Any = None) -> None:
        """One of a few: (words, value). Long words are cut on a narrow screen, and come up under the pointer."""
        box = choice_box(choices, value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST)
        self._add(key, name, box)

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

    def put(self, key: str, editor: QWidget) -> None:
        """An editor in a line of the caller's own, which stands in the body already."""
        self._editors[key] = editor

    def field(self, key: str) -> Field:
        """The field around an editor."""
        return self._fields[key]

    def _add(self, key: str, name: str, editor: QWidget, hint: str = "") -> None:
        self._editors[key] = editor
        self._fields[key] = Field(name, editor, f"{self.objectName()}-{key}", hint)
        self._fields[key].caption.setWordWrap(True)
        self.body.addWidget(self._fields[key])

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
        self._begun = self.values()
        self.open()
        if self._editors:
            next(iter(self._editors.values())).setFocus()
        return self

    def would_lose(self) -> bool:
        """Whether anything is another than when it was asked."""
        return self._work is not None and self.values() != self._begun

    def submit(self) -> None:
        """Try it; what is refused is said and everything typed stays."""
        if self._work is None or not self.ok.isEnabled():
            return
        work, values = self._work, self.values()
        self.tell("")
        for field in self._fields.values():
            field.mark(wrong=False)
        Operation(self, lambda: work(values), self._changes).success(self._succeeded).failure(self._failed).run()

    def _succeeded(self, result: Any) -> None:
        done = self._done
        self.accept()
        if done is not None:
            done(result)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, RefusedError):
            messages.error(self, error)
            return
        self.tell(error.sentences())
        wrong = self._wrong(error)
        if wrong is not None:
            wrong.mark(wrong=True)
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wrong(self, error: RefusedError) -> Field | None:
        """The first field that the refusal is about: named by it, called by its caption, or else the first empty."""
        named = {one.field for one in error.problems}
        empty = [field for key, field in self._fields.items() if self.values()[key] == ""]
        called = [field for field in self._fields.values() if field.name() in error.happened]
        keyed = [field for key, field in self._fields.items() if key in named]
        return next(iter([*keyed, *called, *empty, *self._fields.values()]), None)


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
