"""The grid of a roll: typed like a spreadsheet, checked beside each row, with what changed since last year."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk import doors
from desk.counter.rolls import MOST, RollLine, by_number, changed
from desk.errors import Problem
from desk.law.catalogue.item import Item
from ui.look.i18n import tr
from ui.look.theme import Role, colour

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIXED = (("姓名", "name"), ("证件号码", "id_number"), ("电话", "phone"), ("住址", "address"))
_MISSING = ("缺什么", "missing")


class RollTable(QAbstractTableModel):
    """Rows of a roll and one empty row to go on typing in. `edited` after each change by hand."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[RollLine] = []
        self.last: tuple[RollLine, ...] = ()
        self._before: dict[str, RollLine] = {}  # last year's rows by number
        self._item: Item | None = None
        self._wrong: dict[int, tuple[Problem, ...]] = {}
        self._only = False  # whether only differences are wanted
        self._shown: list[int] | None = None  # the rows shown then
        self._undone: list[list[RollLine]] = []

    # -- contents -----------------------------------------------------------------------------------------------

    def start(self, item: Item | None, lines: list[RollLine], last: tuple[RollLine, ...]) -> None:
        """Another roll."""
        self.beginResetModel()
        self._item, self.lines, self.last = item, list(lines), last
        self._before = by_number(last)
        self._wrong, self._shown = {}, self._differing()
        self.endResetModel()

    def replace(self, lines: list[RollLine]) -> None:
        """Other rows; what was there can be brought back."""
        self._undone.append(list(self.lines))
        self.start(self._item, lines, self.last)
        self.edited.emit()

    def undo(self) -> bool:
        """Bring back the rows before the last change; whether there was one."""
        if not self._undone:
            return False
        self.start(self._item, self._undone.pop(), self.last)
        self.edited.emit()
        return True

    def remove(self, rows: list[int]) -> None:
        """Take rows out."""
        gone = {self._at(row) for row in rows}
        self.replace([one for at, one in enumerate(self.lines) if at not in gone])

    def show_problems(self, wrong: dict[int, tuple[Problem, ...]]) -> None:
        """What is wrong, by row."""
        self._wrong = wrong
        self._redraw()

    def show_only_changes(self, *, only: bool) -> None:
        """Only the rows that are new or differ from last year, or all."""
        self.beginResetModel()
        self._only = only
        self._shown = self._differing()
        self.endResetModel()

    def _differing(self) -> list[int] | None:
        return [at for at, one in enumerate(self.lines) if changed(one, self._before)] if self._only else None

    def hidden(self) -> int:
        """How many rows the filter hides."""
        return 0 if self._shown is None else len(self.lines) - len(self._shown)

    def gone(self) -> int:
        """How many of last year's households are not in this roll."""
        here = {one.id_number.replace(" ", "") for one in self.lines}
        return sum(one.id_number.replace(" ", "") not in here for one in self.last)

    def _redraw(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def _at(self, row: int) -> int:
        return row if self._shown is None else self._shown[row]

    # -- the model ----------------------------------------------------------------------------------------------

    def columns(self) -> list[tuple[str, str]]:
        """Words and key of each column; an item's own fields stand in the middle."""
        own = [
            (field.name + (f"（{field.unit}）" if field.unit else ""), f"values.{field.code}")
            for field in (self._item.fields if self._item else ())
        ]
        return [*((tr(words), key) for words, key in _FIXED), *own, (tr(_MISSING[0]), _MISSING[1]), (tr("提示"), "")]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows, and an empty one while there is room."""
        if parent.isValid():
            return 0
        return len(self._shown) if self._shown is not None else min(len(self.lines) + 1, MOST)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.columns())

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns, numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way is Qt.Orientation.Horizontal:
            return self.columns()[section][0]
        return str(self._at(section) + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but the last column can be typed in."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns()[index.column()][1] else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        at, key = self._at(index.row()), self.columns()[index.column()][1]
        line = self.lines[at] if at < len(self.lines) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if line is None:
                return ""
            return _cell(line, key) if key else self._problem_words(at, line)
        if role == Qt.ItemDataRole.ForegroundRole and line is not None and not key:
            return colour(Role.DANGER if at in self._wrong else Role.WARN)
        if role == Qt.ItemDataRole.BackgroundRole and line is not None and self._is_wrong(at, key):
            return colour(Role.DANGER_SOFT)
        if role == Qt.ItemDataRole.ToolTipRole and at in self._wrong:
            return "\n".join(tr(one.text) for one in self._wrong[at])
        return None

    def _is_wrong(self, at: int, key: str) -> bool:
        fields = {f"applicant.{key}", key.replace("values.", "fields.")}
        return any(one.field in fields for one in self._wrong.get(at, ()))

    def _problem_words(self, at: int, line: RollLine) -> str:
        if at in self._wrong:
            return "✕ " + tr(self._wrong[at][0].text)
        return tr(changed(line, self._before)) if self.last else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed; a row typed into the empty one is added."""
        key = self.columns()[index.column()][1]
        if role != Qt.ItemDataRole.EditRole or not key:
            return False
        at, text = self._at(index.row()), str(value).strip()
        if at < len(self.lines):
            if text == _cell(self.lines[at], key):
                return False
            self.lines[at] = _with(self.lines[at], key, text)
            self._wrong.pop(at, None)
            self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), self.columnCount() - 1))
        elif text:
            room = len(self.lines) + 1 < MOST
            if room:
                self.beginInsertRows(QModelIndex(), at + 1, at + 1)
            self.lines.append(_with(RollLine(), key, text))
            if room:
                self.endInsertRows()
            self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))
        self.edited.emit()
        return True

    def paste(self, row: int, column: int, text: str) -> tuple[int, int]:
        """Cells from a spreadsheet, from a place on, into the rows that are seen there, then into new ones; how many
        rows they touched and for how many there was no room. Raises RefusedError for more than any spreadsheet copies
        for a roll."""
        if len(text) > doors.PASTED.most:
            raise doors.too_much(tr("粘贴的内容"), doors.PASTED, "名册没有改动。")
        lines, keys = list(self.lines), self.columns()
        pasted = [line.split("\t") for line in text.rstrip("\n").split("\n")]
        seen = list(range(len(lines))) if self._shown is None else self._shown
        places = [*seen[row:], *range(len(lines), MOST)]
        for at, cells in zip(places, pasted, strict=False):
            while at >= len(lines):
                lines.append(RollLine())
            for right, cell in enumerate(cells):
                if column + right < len(keys) and keys[column + right][1]:
                    lines[at] = _with(lines[at], keys[column + right][1], cell.strip())
        self.replace(lines)
        return min(len(pasted), len(places)), max(len(pasted) - len(places), 0)


def _cell(line: RollLine, key: str) -> str:
    if key.startswith("values."):
        return line.values.get(key.removeprefix("values."), "")
    return str(getattr(line, key))


def _with(line: RollLine, key: str, text: str) -> RollLine:
    if key.startswith("values."):
        return msgspec.structs.replace(line, values=line.values | {key.removeprefix("values."): text})
    return msgspec.structs.replace(line, **{key: text})
