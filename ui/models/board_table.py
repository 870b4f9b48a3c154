"""A list of the hall as a model, sorted by any column and kept to the lines that answer what is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from desk.counter.hall.board import BoardLine, BoardList
from desk.words import search_keys
from ui.look.i18n import tr
from ui.look.theme import Role, colour

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SORT = Qt.ItemDataRole.UserRole


class _Lines(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.list: BoardList | None = None
        self._numbers: set[int] = set()  # columns of numbers, also where one is not known

    def put(self, shown: BoardList) -> None:
        self.beginResetModel()
        self.list = shown
        self._numbers = {at for line in shown.lines for at, one in enumerate(line.cells) if isinstance(one, int)}
        self.endResetModel()

    def at(self, row: int) -> BoardLine | None:
        return self.list.lines[row] if self.list and 0 <= row < len(self.list.lines) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self.list.lines) if self.list and not parent.isValid() else 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        return len(self.list.columns) if self.list and not parent.isValid() else 0

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and self.list:
            return tr(self.list.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in self._numbers else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.at(index.row())
        if line is None:
            return None
        cell = line.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return str(cell) if isinstance(cell, int) else tr(cell) or "—"
            case Qt.ItemDataRole.TextAlignmentRole if index.column() in self._numbers:
                return _RIGHT
            case Qt.ItemDataRole.ForegroundRole if line.wants and index.column() == 0:
                return colour(Role.WARN)
            case _ if role == _SORT:
                return cell
        return None


class BoardTable(QSortFilterProxyModel):
    """What the table shows: one list of the hall."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines = _Lines(self)
        self._asked = ""
        self.setSourceModel(self._lines)
        self.setSortRole(_SORT)

    def put(self, shown: BoardList) -> None:
        """Show this list; another one stands in its own order."""
        if self._lines.list is None or self._lines.list.key != shown.key:
            self.sort(-1)
        self._lines.put(shown)

    def ask(self, text: str) -> None:
        """Only lines that have each word of `text`, in characters, pinyin or initials."""
        self._asked = search_keys.fold(text)
        self.invalidate()

    def line_at(self, index: Index) -> BoardLine | None:
        """What stands in a row."""
        return self._lines.at(self.mapToSource(index).row()) if index.isValid() else None

    def row_of(self, key: str) -> int:
        """Where that line is shown; -1 for nowhere."""
        found = (row for row in range(self.rowCount()) if getattr(self.line_at(self.index(row, 0)), "key", "") == key)
        return next(found, -1)

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Whether the line answers what is typed."""
        line = self._lines.at(row)
        if line is None or not self._asked:
            return line is not None
        words = [one for one in line.cells if isinstance(one, str)]
        whole = search_keys.fold(" ".join(map(str, line.cells)))
        sounds = [sound for one in words for sound in (*search_keys.readings(one), *search_keys.initials(one))]
        return all(term in whole or any(term in one for one in sounds) for term in self._asked.split())

    def lessThan(self, left: Index, right: Index) -> bool:
        """Numbers by size, words by their pinyin."""
        one, other = (self._lines.data(index, _SORT) for index in (left, right))
        if isinstance(one, int) and isinstance(other, int):
            return one < other
        return search_keys.sort_key(str(one)) < search_keys.sort_key(str(other))
