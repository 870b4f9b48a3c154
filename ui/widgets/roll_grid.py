"""The grid of a roll: typed like a spreadsheet, and cells of one may be pasted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desk.errors import RefusedError
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.models.roll_table import RollTable

_LETTERS = {"name": 9, "id_number": 11, "phone": 7, "address": 10, "missing": 6}


class RollGrid(QTableView):
    """Enter goes on to the next cell; `pasted` tells how many rows the clipboard had and how many had no room,
    `refused` why nothing was pasted."""

    pasted = Signal(int, int)
    refused = Signal(Exception)

    def __init__(self, model: RollTable) -> None:
        super().__init__()
        self._model = model
        self.setObjectName("roll-table")
        self.setAccessibleName(tr("名册"))
        self.setModel(model)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setMinimumWidth(unit() * 9)

    def fit(self) -> None:
        """Columns as wide as what stands in them."""
        wide = self.fontMetrics().horizontalAdvance("中")
        for column, (words, key) in enumerate(self._model.columns()):
            least = self.fontMetrics().horizontalAdvance(words) + wide * 2
            self.setColumnWidth(column, max(wide * _LETTERS.get(key, 6), least))
        last = self._model.columnCount() - 1
        self.horizontalHeader().setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.8))

    def chosen_rows(self) -> list[int]:
        """Rows with a cell that is selected, from the top."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def go(self, line: int) -> None:
        """To the first cell of a row."""
        self.setCurrentIndex(self._model.index(line, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes cells from a spreadsheet; Enter goes on."""
        if event.matches(QKeySequence.StandardKey.Paste):
            at = self.currentIndex()
            text = QGuiApplication.clipboard().text()
            try:
                self.pasted.emit(*self._model.paste(max(at.row(), 0), max(at.column(), 0), text))
            except RefusedError as error:
                self.refused.emit(error)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._next_cell()
        else:
            super().keyPressEvent(event)

    def _next_cell(self) -> None:
        at, last = self.currentIndex(), self._model.columnCount() - 2
        nearest = self._model.index(at.row(), at.column() + 1)
        if at.column() >= last:
            nearest = self._model.index(min(at.row() + 1, self._model.rowCount() - 1), 0)
        self.setCurrentIndex(nearest)
