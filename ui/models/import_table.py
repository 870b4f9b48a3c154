"""A file as it would be taken in, as a table: rows under what their columns mean, and what is to be said of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk.counter.importing.findings import Finding, Kind
from desk.counter.importing.preview import Line, Preview
from desk.counter.importing.roster import FIELDS, Difference
from desk.words.sheets.headings import Heading
from ui.look.i18n import tr
from ui.look.theme import Role, colour

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SOFT = {Kind.WRONG: Role.DANGER_SOFT, Kind.DOUBT: Role.WARN_SOFT, Kind.MENDED: Role.OK_SOFT}
_MARKS = {Kind.WRONG: "✕", Kind.DOUBT: "？", Kind.MENDED: "✓"}
_ROLES = {Kind.WRONG: Role.DANGER, Kind.DOUBT: Role.WARN, Kind.MENDED: Role.OK}
_ORDER = (Kind.WRONG, Kind.DOUBT, Kind.MENDED)


class ImportTable(QAbstractTableModel):
    """One row a line of the file; the last column says what is to be said."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._columns: tuple[Heading, ...] = ()
        self._said: dict[int, list[Finding]] = {}

    def show(self, found: Preview, *, only_flawed: bool) -> None:
        """Another file, or the same looked at in another way."""
        self.beginResetModel()
        self._lines = found.flawed() if only_flawed else found.lines
        self._columns = tuple(one for one in found.headings if one.target)
        self._said = {}
        for one in found.findings:
            self._said.setdefault(one.row, []).append(one)
        for said in self._said.values():
            said.sort(key=lambda one: _ORDER.index(one.kind))
        self.endResetModel()

    def first_flawed(self) -> int:
        """The first row of which something grave is to be said, else of which anything is; -1 for none."""
        kinds = [self._said[one.row][0].kind if one.row in self._said else None for one in self._lines]
        return next((kinds.index(kind) for kind in _ORDER if kind in kinds), -1)

    def words(self, row: int) -> str:
        """All that is to be said of a row."""
        return _words(self._said.get(self._lines[row].row, [])) if 0 <= row < len(self._lines) else ""

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """What is taken, and the words."""
        return 0 if parent.isValid() else len(self._columns) + 1

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the file calls its columns; the rows' numbers in the file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way is Qt.Orientation.Vertical:
            return str(self._lines[section].row)
        return self._columns[section].text if section < len(self._columns) else tr("提示")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        line = self._lines[index.row()]
        said = self._said.get(line.row, [])
        target = self._columns[index.column()].target if index.column() < len(self._columns) else ""
        here = [one for one in said if one.target == target] if target else said
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.values.get(target, "") if target else _words(said)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(tr(one.text) + tr(one.todo) for one in here) or None
            case Qt.ItemDataRole.BackgroundRole if target and here:
                return colour(_SOFT[here[0].kind])
            case Qt.ItemDataRole.ForegroundRole if not target and said:
                return colour(_ROLES[said[0].kind])
        return None


def _words(said: Sequence[Finding]) -> str:
    return "　".join(f"{_MARKS[one.kind]} {one.column}：{tr(one.text)}{tr(one.todo)}" for one in said)


class DifferenceTable(QAbstractTableModel):
    """What the book and the file say differently, side by side; a tick lets the file decide."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chosen: set[tuple[int, str]] = set()
        self._found: tuple[Difference, ...] = ()

    def show(self, found: tuple[Difference, ...]) -> None:
        """Others; nothing is ticked."""
        self.beginResetModel()
        self._found, self.chosen = found, set()
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Differences."""
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Who, what, here, there."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns, rows of the file."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way is Qt.Orientation.Vertical:
            return str(self._found[section].row)
        return tr(("姓名", "哪一项", "现有（不勾就保留）", "表里（勾上就改成这样）")[section])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The last column can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 3 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        one = self._found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (one.name, tr(FIELDS[one.key]), one.here, one.there)[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 3:
            ticked = (one.row, one.key) in self.chosen
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        one = self._found[index.row()]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self.chosen.add((one.row, one.key))
        else:
            self.chosen.discard((one.row, one.key))
        self.dataChanged.emit(index, index)
        return True
