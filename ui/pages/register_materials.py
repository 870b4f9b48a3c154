"""The last parts: the item's own form, and the checklist of materials with what is here and why something is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from desk.app.open_desk import Desk
from desk.counter import checks
from desk.errors import Problem
from desk.law.catalogue import rules
from desk.law.catalogue.item import Field as FormField
from desk.law.catalogue.item import Item, Material, Need
from desk.log.events import FileRef
from desk.store.snapshots import DraftMaterial
from desk.words.as_written import Kind
from ui.dialogs.picture_dialog import PictureDialog
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, label, plain_button, row, set_role
from ui.widgets.field import Field, line_edit
from ui.widgets.page import dropped

_NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}
_HINTS = {"date": "如 2026-11-24", "number": "数字", "hectares": "数字", "head": "整数"}


class FormPart(Card):
    """The item's own fields, two to a line."""

    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("事项内容")
        self._fields: dict[str, Field] = {}
        self._kinds: dict[str, FormField] = {}
        self._visited: set[str] = set()
        self._inner: QWidget | None = None
        self.hide()

    def show_item(self, item: Item | None) -> None:
        """Make the form of `item`."""
        if self._inner is not None:
            dropped(self._inner)
        self._fields, self._visited, self._inner = {}, set(), QWidget()
        self._kinds = {field.code: field for field in item.fields} if item else {}
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(unit() * 4)
        for at, field in enumerate(item.fields if item else ()):
            made = self._field(field)
            grid.addWidget(made, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            self._fields[field.code] = made
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self._inner)
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
        made.left.connect(lambda: self._leave(field.code))
        return made

    def _leave(self, code: str) -> None:
        self._visited.add(code)
        field, edit = self._fields[code], self._fields[code].editor
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


class MaterialLine(QWidget):
    """One material: here or not, how many, or why not."""

    edited = Signal()

    pictures = Signal(object)  # this line: its pictures are wanted on screen

    def __init__(self, material: Material) -> None:
        super().__init__()
        self.material = material
        self.files: tuple[FileRef, ...] = ()
        self.dropped: list[Path] = []
        name = f"material-{material.code}"
        self.here = QCheckBox(material.name)
        self.here.setObjectName(name)
        self.here.setAccessibleName(tr(f"收到{material.name}"))
        self.originals = _count(f"{name}-originals", tr(f"{material.name}原件份数"), material.originals)
        self.copies = _count(f"{name}-copies", tr(f"{material.name}复印件份数"), material.copies)
        self.why = line_edit("没有的原因")
        self.why.setObjectName(f"{name}-why")
        self.why.setAccessibleName(tr(f"没有{material.name}的原因"))
        need = label(_NEEDS[material.need], "small", Role.DANGER if material.need is Need.REQUIRED else Role.MUTED)
        note = "，".join(one for one in (material.usage_note, tr("核对后退还") if material.returned else "") if one)
        self._told = label(note, "small", Role.MUTED, wrap=True)
        self._note = note
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, unit())
        grid.setHorizontalSpacing(unit() * 2)
        grid.setVerticalSpacing(0)
        grid.addWidget(row(self.here, need, None), 0, 0)
        grid.addWidget(row(label("原件"), self.originals, label("复印件"), self.copies), 0, 1)
        grid.addWidget(self.why, 0, 2)
        self.given_back = QCheckBox(tr("原件已当场退还"))
        self.given_back.setObjectName(f"{name}-given-back")
        self.given_back.setAccessibleName(tr(f"{material.name}原件已当场退还"))
        if not material.returned:
            self.given_back.hide()
        self._look = plain_button("图片", f"{name}-pictures", "photo")
        self._look.setAccessibleName(f"{material.name}{tr('的图片')}")
        self._look.setToolTip(tr("加图片、看图片；也可把图片拖到这一行"))
        self._look.clicked.connect(lambda: self.pictures.emit(self))
        self.setAcceptDrops(True)
        grid.addWidget(self._look, 0, 3)
        grid.addWidget(self._told, 1, 0, 1, 1 if material.returned else 4)
        grid.addWidget(self.given_back, 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        self.here.toggled.connect(self._toggled)
        self.given_back.toggled.connect(lambda _on: self.edited.emit())
        self.why.textEdited.connect(lambda _text: self.edited.emit())
        for box in (self.originals, self.copies):
            box.valueChanged.connect(lambda _number: self.edited.emit())
        self._toggled(on=False)

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.originals.setEnabled(on)
        self.copies.setEnabled(on)
        self.why.setEnabled(not on)
        self.given_back.setEnabled(on)
        self.edited.emit()

    def tick(self) -> DraftMaterial:
        """As it stands."""
        here = self.here.isChecked()
        return DraftMaterial(
            self.material.code,
            here,
            self.originals.value() if here else 0,
            self.copies.value() if here else 0,
            "" if here else self.why.text(),
            self.files if here else (),
            given_back=here and self.given_back.isChecked(),
        )

    def set_files(self, files: tuple[FileRef, ...]) -> None:
        """Its pictures; with one the material is here."""
        self.files = files
        self._look.setText(f"图片 {len(files)}" if files else "图片")
        if files:
            self.here.setChecked(True)
        self.edited.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the pictures and let them take what was dropped."""
        self.dropped = [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
        self.pictures.emit(self)

    def show_tick(self, tick: DraftMaterial) -> None:
        """As it stood."""
        self.here.setChecked(tick.here)
        if tick.here:
            self.originals.setValue(tick.originals)
            self.copies.setValue(tick.copies)
        self.given_back.setChecked(tick.given_back)
        self.why.setText(tick.missing)
        self.set_files(tick.files)

    def tell(self, problem: Problem | None) -> None:
        """Say what is wrong."""
        self._told.setText(f"{'✕' if problem.blocking else '！'} {tr(problem.text)}" if problem else self._note)
        set_role(self._told, (Role.DANGER if problem.blocking else Role.WARN) if problem else Role.MUTED)
        self.here.setAccessibleDescription(problem.text if problem else "")


def _count(name: str, words: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setRange(0, 99)
    box.setValue(value)
    return box


class MaterialsPart(Card):
    """The checklist, by situation."""

    edited = Signal()

    def __init__(self, desk: Desk, tray: Callable[[], list[Path]]) -> None:
        super().__init__("带来的材料")
        self._desk, self._tray = desk, tray
        self._item: Item | None = None
        self._on_behalf = False
        self._lines: list[MaterialLine] = []
        self._situations = QComboBox()
        self._field = Field("情形", self._situations, "register-situation")
        self._all = QCheckBox(tr("全部收齐(&Q)"))
        self._all.setObjectName("register-all-materials")
        self._all.setAccessibleName(tr("全部收齐"))
        self._all.setToolTip("Alt+Q")
        self.body.addWidget(self._field)
        self.body.addWidget(self._all)
        self._situations.currentIndexChanged.connect(lambda _at: self._fill())
        self._all.clicked.connect(self._tick_all)
        self.hide()

    def _tick_all(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        for line in self._lines:
            line.here.setChecked((on and line.material.need is not Need.OPTIONAL) or (line.here.isChecked() and on))

    def show_item(self, item: Item | None) -> None:
        """The checklist of `item`."""
        self._item = item
        self._situations.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._situations.clear()
        for situation in item.situations if item else ():
            self._situations.addItem(situation.name, situation.code)
        self._situations.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._field.setVisible(self._situations.count() > 0)
        self._all.setChecked(False)
        self._fill()
        self.setVisible(bool(self._lines))

    def _fill(self) -> None:
        for line in self._lines:
            dropped(line)
        asked = rules.on_behalf if self._on_behalf else rules.checklist
        chosen = asked(self._item, self.situation()) if self._item else ()
        self._lines = [MaterialLine(material) for material in chosen]
        for line in self._lines:
            line.edited.connect(self.edited)
            line.pictures.connect(self._show_pictures)
            self.body.addWidget(line)
        self.edited.emit()

    def ask_on_behalf(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Somebody came for the applicant, or nobody any more: what is asked for follows, what was ticked stays."""
        ticks = self.ticks()
        self._on_behalf = on
        self._fill()
        self._show(ticks)

    def _show_pictures(self, line: MaterialLine) -> None:
        dialog = PictureDialog(self, self._desk, line.material.name, line.files, self._tray)
        dialog.changed.connect(line.set_files)
        dialog.open()
        dropped, line.dropped = line.dropped, []
        dialog.add_files(dropped)

    def situation(self) -> str:
        """The chosen 情形."""
        return str(self._situations.currentData() or "")

    def ticks(self) -> tuple[DraftMaterial, ...]:
        """What is here."""
        return tuple(line.tick() for line in self._lines)

    def show_ticks(self, situation: str, ticks: tuple[DraftMaterial, ...]) -> None:
        """Fill the checklist."""
        self._situations.setCurrentIndex(max(0, self._situations.findData(situation)))
        self._show(ticks)

    def _show(self, ticks: tuple[DraftMaterial, ...]) -> None:
        by_code = {tick.code: tick for tick in ticks}
        for line in self._lines:
            if line.material.code in by_code:
                line.show_tick(by_code[line.material.code])

    def clear(self) -> None:
        """No checklist."""
        self.show_item(None)

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong; before submitting only what is ticked is judged."""
        for line in self._lines:
            found = problems.get(f"materials.{line.material.code}")
            line.tell(found if found and (everywhere or line.here.isChecked()) else None)

    def focus_field(self, name: str) -> bool:
        """Go to the material that is wrong."""
        for line in self._lines:
            if name == f"materials.{line.material.code}":
                line.here.setFocus()
                return True
        return False
