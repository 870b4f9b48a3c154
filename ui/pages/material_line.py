"""One material of a checklist: here or not, how many of it, why not, its pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSpinBox, QWidget

from desk.counter.intake import FOLLOW_DAYS
from desk.errors import Problem
from desk.law import deadline
from desk.law.catalogue.item import Material, Need
from desk.log.files import FileRef
from desk.store.snapshots import DraftMaterial
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import label, plain_button, quiet_button, row, set_role
from ui.widgets.field import line_edit

_NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}


class MaterialLine(QWidget):
    """One material: here or not, how many, or why not."""

    edited = Signal()

    pictures = Signal(object)  # this line: its pictures are wanted on screen

    def __init__(self, material: Material, *, asks_why: bool = True) -> None:
        """`asks_why`: a reason is wanted where it is not here."""
        super().__init__()
        self.material, self._asks_why = material, asks_why
        self.files: tuple[FileRef, ...] = ()
        self.dropped: list[Path] = []
        name = f"material-{material.code}"
        self.here = QCheckBox()
        self.here.setObjectName(name)
        self.here.setAccessibleName(tr(f"收到{material.name}"))
        self.originals = _count(f"{name}-originals", tr(f"{material.name}原件份数"), material.originals)
        self.copies = _count(f"{name}-copies", tr(f"{material.name}复印件份数"), material.copies)
        self.why = line_edit("没有的原因")
        self.why.setObjectName(f"{name}-why")
        self.why.setAccessibleName(tr(f"没有{material.name}的原因"))
        self.until = line_edit("哪天补来")
        self.until.setObjectName(f"{name}-until")
        self.until.setAccessibleName(tr(f"{material.name}哪天补来"))
        self.until.setToolTip(
            tr(f"写日期，如 12-5；到那天“今日”会提醒。不写的，收件后 {deadline.workdays(FOLLOW_DAYS)}内")
        )
        self.given_back = QCheckBox(tr("原件已当场退还"))
        self.given_back.setObjectName(f"{name}-given-back")
        self.given_back.setAccessibleName(tr(f"{material.name}原件已当场退还"))
        self.not_here = quiet_button("没带", f"{name}-not-here")
        self.not_here.setAccessibleName(tr(f"没带{material.name}"))
        self.not_here.clicked.connect(self.ask_why)
        self._look = plain_button("", f"{name}-pictures", "photo")
        self._look.setAccessibleName(f"{material.name}{tr('的图片')}")
        self._look.setToolTip(tr("加图片、看图片；也可把图片拖到这一行"))
        self._look.clicked.connect(lambda: self.pictures.emit(self))
        self.setAcceptDrops(True)
        self._lay(material)
        self.why.hide()
        self.until.hide()
        self._connect()
        self._toggled(on=False)

    def _lay(self, material: Material) -> None:
        self._note = "，".join(
            one for one in (material.usage_note, tr("核对后退还") if material.returned else "") if one
        )
        self._told = label(self._note, "small", Role.MUTED, wrap=True)
        need = label(_NEEDS[material.need], "small", Role.DANGER if material.need is Need.REQUIRED else Role.MUTED)
        if not material.returned:
            self.given_back.hide()
        self._counts = Flow(
            row(label("原件", "small"), self.originals),
            row(label("复印件", "small"), self.copies),
            *((self.given_back,) if material.returned else ()),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, unit(), 0, unit())
        grid.setHorizontalSpacing(unit() * 2)
        grid.setVerticalSpacing(unit() // 2)
        grid.addWidget(self.here, 0, 0)
        grid.addWidget(_Name(material.name, self.here), 0, 1)
        grid.addWidget(need, 0, 2)
        grid.addWidget(self.not_here, 0, 3)
        grid.addWidget(self._look, 0, 4)
        grid.addWidget(self._told, 1, 1, 1, 4)
        grid.addWidget(self._counts, 2, 1, 1, 4)
        absent = QHBoxLayout()
        absent.setSpacing(unit() * 2)
        absent.addWidget(self.why, 3)
        absent.addWidget(self.until, 2)
        grid.addLayout(absent, 3, 1, 1, 4)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.here.toggled.connect(self._toggled)
        self.here.clicked.connect(lambda on: None if on else self.ask_why())
        self.given_back.toggled.connect(lambda _on: self.edited.emit())
        for line in (self.why, self.until):
            line.textEdited.connect(lambda _text: self.edited.emit())
        for box in (self.originals, self.copies):
            box.valueChanged.connect(lambda _number: self.edited.emit())

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._counts.setVisible(on)
        self.not_here.setVisible(self._asks_why and not on and self.why.isHidden())
        if on:
            self.why.hide()
            self.until.hide()
        self._tell_note()
        self.edited.emit()

    def ask_why(self) -> None:
        """It is not here, and somebody knows why."""
        if self._asks_why and not self.here.isChecked():
            self._show_why()
            self.why.setFocus()

    def _show_why(self) -> None:
        self.not_here.hide()
        self.why.show()
        self.until.show()

    def _tell_note(self, text: str = "", role: Role = Role.MUTED) -> None:
        self._told.setText(text or self._note)
        set_role(self._told, role)
        self._told.setVisible(bool(text or self._note))

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
            until="" if here else self.until.text(),
        )

    def set_files(self, files: tuple[FileRef, ...]) -> None:
        """Its pictures; with one the material is here."""
        self.files = files
        self._look.setText(str(len(files) or ""))
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
        self.until.setText(tick.until)
        if (tick.missing or tick.until) and not tick.here:
            self._show_why()
        self.set_files(tick.files)

    def tell(self, problem: Problem | None) -> None:
        """Say what is wrong."""
        if problem is None:
            self._tell_note()
        else:
            if not self.here.isChecked() and self._asks_why:
                self._show_why()
            mark, role = ("✕", Role.DANGER) if problem.blocking else ("！", Role.WARN)
            self._tell_note(f"{mark} {tr(problem.text)}", role)
        self.here.setAccessibleDescription(problem.text if problem else "")


class _Name(QLabel):
    """The name of a box, over as many lines as it needs; a click on it is a click on the box."""

    def __init__(self, words: str, box: QCheckBox) -> None:
        super().__init__(words)
        self._box = box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick, or tick no more."""
        if event.button() is Qt.MouseButton.LeftButton and self._box.isEnabled():
            self._box.setFocus(Qt.FocusReason.MouseFocusReason)
            self._box.click()


def _count(name: str, words: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setRange(0, 99)
    box.setValue(value)
    return box
