"""The checklist of materials, always in sight: what is here, and why something is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox

from desk.app.open_desk import Desk
from desk.errors import Problem
from desk.law.catalogue import rules
from desk.law.catalogue.item import Item, Need
from desk.store.snapshots import DraftMaterial
from ui.dialogs.picture_dialog import PictureDialog
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.pages.material_line import MaterialLine
from ui.widgets.basic import Card, label
from ui.widgets.field import Field
from ui.widgets.page import dropped


class MaterialsPart(Card):
    """The checklist, by situation."""

    edited = Signal()

    def __init__(self, desk: Desk, tray: Callable[[], list[Path]]) -> None:
        super().__init__()
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
        self.body.setSpacing(unit())
        self.body.addWidget(Flow(label("带来的材料", "title", bold=True), None, self._all))
        self.body.addWidget(self._field)
        self._situations.currentIndexChanged.connect(lambda _at: self._fill())
        self._all.clicked.connect(self._tick_all)
        self.hide()

    def _tick_all(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        for line in self._lines:
            line.here.setChecked(on and (line.material.need is not Need.OPTIONAL or line.here.isChecked()))

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

    def focus_first(self) -> bool:
        """To the box of all; False where nothing is asked for."""
        if self._lines:
            self._all.setFocus()
        return bool(self._lines)

    def clear(self) -> None:
        """No checklist."""
        self.show_item(None)

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong; before submitting only what is ticked is judged."""
        for line in self._lines:
            found = problems.get(f"materials.{line.material.code}")
            line.tell(found if found and (everywhere or line.here.isChecked()) else None)

    def named(self, field: str) -> str:
        """What a material is called."""
        names = (line.material.name for line in self._lines if field == f"materials.{line.material.code}")
        return next(names, "")

    def focus_field(self, name: str) -> bool:
        """Go to the material that is wrong."""
        for line in self._lines:
            if name == f"materials.{line.material.code}":
                (line.here if line.why.isHidden() else line.why).setFocus()
                return True
        return False
