"""A list over a model: whole rows, no grid, columns in letters that follow the size of type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.look.i18n import tr


class ListTable(QTableView):
    """`widths` in letters, a column each; 0 takes what is left. `words` is its name for who reads it aloud."""

    def __init__(self, name: str, words: str, widths: Sequence[float]) -> None:
        super().__init__()
        self._widths = tuple(widths)
        self.setObjectName(name)
        self.setAccessibleName(tr(words))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def letter(self) -> int:
        """How wide a character is."""
        return self.fontMetrics().horizontalAdvance("中")

    def fixed(self) -> int:
        """How wide all columns are but those that take what is left."""
        return sum(round(self.letter() * letters) + 16 for letters in self._widths if letters)

    def fit(self) -> None:
        """Widths in letters, height in lines."""
        head = self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.9))
        for column, letters in enumerate(self._widths):
            if letters:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, round(self.letter() * letters) + 16)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if self.model() is not None:
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.model() is not None:
            self.fit()
