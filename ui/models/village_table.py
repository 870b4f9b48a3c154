"""The villages of a township as a model: a line each, as of the last exchange."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk import clock
from desk.counter.township.villages import VillageLine
from ui.look.i18n import tr
from ui.look.theme import Role, colour

COLUMNS = ("嘎查村", "最近联系", "没送出", "在办", "临近", "超期", "待补正", "待交件")
_SPOKE, _WAITING, _NEAR, _LATE = 1, 2, 4, 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class VillageTable(QAbstractTableModel):
    """All lines at once: a township has a few dozen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[VillageLine, ...] = ()

    def put(self, lines: tuple[VillageLine, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """A row a village."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns."""
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= _WAITING:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; what wants somebody is coloured, and says so in words."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(line, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            wanted = _role(line, index.column())
            return colour(wanted) if wanted else None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _WAITING and line.oldest:
            return tr(f"最早的一条是 {clock.minute(line.oldest)} 写的")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= _WAITING:
            return _RIGHT
        return None


def _cell(line: VillageLine, column: int) -> str:
    counts = (line.waiting, line.going, line.near, line.late, line.supplements, line.results)
    if column >= _WAITING:
        return str(counts[column - _WAITING]) if counts[column - _WAITING] else "—"
    return line.name if column == 0 else _spoke(line)


def _spoke(line: VillageLine) -> str:
    if not line.desks:
        return tr("没有终端")
    if line.silent is None:
        return tr("从未联系")
    when = tr("今天") if line.silent == 0 else tr(f"{line.silent} 天前")
    return when + (tr("（久未联系）") if line.is_silent else "")


def _role(line: VillageLine, column: int) -> Role | None:
    if column == _SPOKE:
        return Role.MUTED if not line.desks else Role.DANGER if line.is_silent else None
    if column == _LATE and line.late:
        return Role.DANGER
    return Role.WARN if column == _NEAR and line.near else None
