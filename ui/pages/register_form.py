"""The item's own form: its fields, two to a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desk.counter import checks
from desk.errors import Problem
from desk.law.catalogue.item import Field as FormField
from desk.law.catalogue.item import Item
from desk.words.as_written import Kind
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.widgets.field import Field, line_edit
from ui.widgets.page import dropped

_HINTS = {"date": "如 2026-11-24", "number": "数字", "hectares": "数字", "head": "整数"}


class FormPart(QWidget):
    """The item's own fields, two to a line."""

    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._fields: dict[str, Field] = {}
        self._kinds: dict[str, FormField] = {}
        self._visited: set[str] = set()
        self._required: frozenset[str] = frozenset()
        self._inner: QWidget | None = None
        self.hide()

    def show_item(self, item: Item | None) -> None:
        """Make the form of `item`."""
        if self._inner is not None:
            dropped(self._inner)
        self._fields, self._visited, self._inner = {}, set(), QWidget()
        self._kinds = {field.code: field for field in item.fields} if item else {}
        self._required = frozenset(one.code for one in item.fields if one.required) if item else frozenset()
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(unit() * 4)
        for at, field in enumerate(item.fields if item else ()):
            made = self._field(field)
            grid.addWidget(made, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            self._fields[field.code] = made
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._box.addWidget(self._inner)
        self.setVisible(bool(self._fields))

    def _field(self, field: FormField) -> Field:
        words = field.name + (f"（{field.unit}）" if field.unit else "") + (" *" if field.required else "")
        if field.kind == "choice":
            box = QComboBox()
            box.addItem(tr("请选择"), "")
            for choice in field.choices:
                box.addItem(choice, choice)
            box.currentIndexChanged.connect(lambda _at: self.edited.emit())
            made = Field(words, box, f"field-{field.code}")
        else:
            edit = line_edit(_HINTS.get(field.kind, ""))
            made = Field(words, edit, f"field-{field.code}")
            edit.textEdited.connect(lambda _text: made.set_hint(""))
            edit.textEdited.connect(lambda _text: self.edited.emit())
        made.left.connect(lambda: self._leave(field.code, made))
        return made

    def _leave(self, code: str, field: Field) -> None:
        if self._fields.get(code) is not field:
            return  # it went with the form of another item
        self._visited.add(code)
        edit = field.editor
        if isinstance(edit, QLineEdit):
            value, notes = checks.read_field(self._kinds[code], edit.text())
            if value != edit.text() and not any(one.kind is Kind.WRONG for one in notes):
                edit.setText(value)
                field.set_hint(tr("".join(f"{one.text}{one.todo}" for one in notes)))
        self.left.emit()

    def values(self) -> dict[str, str]:
        """What was typed."""
        return {code: _value(field.editor) for code, field in self._fields.items() if _value(field.editor)}

    def show_values(self, values: dict[str, str]) -> None:
        """Fill the form."""
        for code, field in self._fields.items():
            _set_value(field.editor, values.get(code, ""))

    def focus_first(self) -> bool:
        """To the first field that must be filled in and is not; False where there is none."""
        empty = [field for code, field in self._fields.items() if code in self._required and not _value(field.editor)]
        if empty:
            empty[0].editor.setFocus()
        return bool(empty)

    def clear(self) -> None:
        """No form."""
        self.show_item(None)

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong."""
        for code, field in self._fields.items():
            found = problems.get(f"fields.{code}")
            if found is None:
                field.set_problem("")
            elif everywhere or code in self._visited:
                field.set_problem(found.text, blocking=found.blocking)

    def named(self, field: str) -> str:
        """What a field of the form is called."""
        found = self._fields.get(field.removeprefix("fields.")) if field.startswith("fields.") else None
        return found.name() if found else ""

    def focus_field(self, name: str) -> bool:
        """Go to the field that is wrong."""
        field = self._fields.get(name.removeprefix("fields.")) if name.startswith("fields.") else None
        if field is not None:
            field.editor.setFocus()
        return field is not None


def _value(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _set_value(editor: QWidget, value: str) -> None:
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(max(0, editor.findData(value)))
    elif isinstance(editor, QLineEdit):
        editor.setText(value)
