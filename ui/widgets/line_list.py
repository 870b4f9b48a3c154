"""A list of lines: plain data in a view, no item objects. One is current; Enter or a click takes it. Of thousands the
view lays out those that were scrolled to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView

from ui.look.i18n import tr
from ui.look.theme import Role, colour

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PART = 60  # lines that are laid out at a time, each as high as its words need


class Line(NamedTuple):
    """What a line says and stands for. `ticked` None: it has no box. A line that is not `takeable` only informs."""

    text: str
    key: Any = None
    muted: bool = False
    icon: QIcon | None = None
    ticked: bool | None = None
    takeable: bool = True


class _Lines(QAbstractListModel):
    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._laid = 0

    def put(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self._laid = min(_PART, len(self.lines))
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._laid

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._laid < len(self.lines)

    def fetchMore(self, parent: Index) -> None:
        self._lay(self._laid + _PART, parent)

    def at(self, row: int) -> QModelIndex:
        """The place of a line; all before it are laid out then."""
        if row >= self._laid:
            self._lay(row + _PART, _ROOT)
        return self.index(row)

    def _lay(self, wanted: int, parent: Index) -> None:
        last = min(wanted, len(self.lines))
        if last > self._laid:
            self.beginInsertRows(parent, self._laid, last - 1)
            self._laid = last
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return line.text
            case Qt.ItemDataRole.DecorationRole:
                return line.icon
            case Qt.ItemDataRole.ForegroundRole:
                return colour(Role.MUTED) if line.muted else None
            case Qt.ItemDataRole.CheckStateRole if line.ticked is not None:
                return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        line = self.lines[index.row()]
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.lines[index.row()] = line._replace(ticked=on)
        self.dataChanged.emit(index, index)
        self.ticked.emit(line.key, on)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.lines[index.row()]
        if not line.takeable:
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if line.ticked is not None else flags


class LineList(QListView):
    """`taken` on Enter or a click, `moved` when another line becomes current, `ticked` when a box changes."""

    taken = Signal(object)
    moved = Signal(object)
    ticked = Signal(object, bool)

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr(words))
        self.setWordWrap(True)
        self.setSpacing(3)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lines = _Lines()
        self.setModel(self._lines)
        self._lines.ticked.connect(self.ticked)
        self.activated.connect(self._take)
        self.clicked.connect(self._take)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._move(now))
        self._quiet = False

    def put(self, lines: Sequence[Line], current: Any = None) -> None:
        """Other lines; the one with the key `current` becomes current, else the one that was, else the first.

        Says nothing of it: whoever puts lines knows.
        """
        wanted = current if current is not None else self.key()
        self._quiet = True
        self._lines.put(lines)
        rows = [at for at, line in enumerate(lines) if line.key == wanted and wanted is not None]
        self.go(rows[0] if rows else 0)
        self._quiet = False

    def go(self, row: int) -> None:
        """Make a row current; past either end is its last row there."""
        if self.count():
            self.setCurrentIndex(self._lines.at(min(max(row, 0), self.count() - 1)))

    def led_by(self, line: QLineEdit, enter: Callable[[], None]) -> None:
        """The arrow keys in `line` move here; Enter in it does `enter`."""
        line.installEventFilter(_Keys(self, enter))

    def step(self, rows: int) -> None:
        """Up or down from the current one."""
        self.go(self.row() + rows)

    def choose(self, key: Any) -> bool:
        """Make the line with `key` current; whether it is here."""
        for at, line in enumerate(self._lines.lines):
            if line.key == key:
                self.go(at)
                return True
        return False

    def count(self) -> int:
        """How many lines."""
        return len(self._lines.lines)

    def row(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    def key(self) -> Any:
        """What the current line stands for, None for nothing."""
        row = self.row()
        return self._lines.lines[row].key if 0 <= row < self.count() else None

    def texts(self) -> list[str]:
        """What the lines say."""
        return [line.text for line in self._lines.lines]

    def tick(self, row: int, *, on: bool = True) -> None:
        """Tick a box."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self._lines.setData(self._lines.at(row), state.value, Qt.ItemDataRole.CheckStateRole)

    def set_icon(self, row: int, icon: QIcon) -> None:
        """A picture for a line."""
        self._lines.lines[row] = self._lines.lines[row]._replace(icon=icon)
        index = self._lines.at(row)
        self._lines.dataChanged.emit(index, index)

    def _take(self, index: Index) -> None:
        """Told once Qt has done with the click: whoever takes a line may put others, and Qt still holds this one."""
        if index.isValid() and self._lines.lines[index.row()].takeable:
            key = self._lines.lines[index.row()].key
            QTimer.singleShot(0, self, lambda: self.taken.emit(key))

    def _move(self, index: Index) -> None:
        if not self._quiet and index.isValid():
            self.moved.emit(self._lines.lines[index.row()].key)


class _Keys(QObject):
    """Hears the keys of a line for a list."""

    def __init__(self, led: LineList, enter: Callable[[], None]) -> None:
        super().__init__(led)
        self._led, self._enter = led, enter

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._led.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._enter()
                return True
        return super().eventFilter(watched, event)
