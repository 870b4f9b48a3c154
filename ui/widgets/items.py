"""A short list of catalogue items; those that take no case today stand greyed, with the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desk.catalogue.rules import PROXY_NAMES
from desk.views import ItemRow
from ui.i18n import tr
from ui.theme import Role, colour

_CODE = Qt.ItemDataRole.UserRole
_REFUSAL = Qt.ItemDataRole.UserRole + 1


class ItemList(QListWidget):
    """A few dozen items at most: the catalogue is in memory."""

    def __init__(self, name: str, *, ticks: bool = False) -> None:
        super().__init__()
        self._ticks = ticks
        self.ticked: dict[str, None] = {}  # codes that are ticked, in the order of ticking
        self.setObjectName(name)
        self.setAccessibleName(tr("事项列表"))
        self.itemChanged.connect(self._remember)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(4)

    def _remember(self, item: QListWidgetItem) -> None:
        if item.checkState() is Qt.CheckState.Checked:
            self.ticked[self.code(item)] = None
        else:
            self.ticked.pop(self.code(item), None)

    def show_items(self, rows: tuple[ItemRow, ...]) -> None:
        """Show `rows` in their order."""
        chosen = self.code(self.currentItem())
        self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.clear()
        for row in rows:
            words = tr(row.refusal or PROXY_NAMES[row.item.proxy_mode])
            item = QListWidgetItem(f"{row.item.item_name}\n{row.item.topic} · {words}")
            if self._ticks:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                ticked = row.item.task_code in self.ticked
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setData(_CODE, row.item.task_code)
            item.setData(_REFUSAL, row.refusal)
            if row.refusal:
                item.setForeground(colour(Role.MUTED))
            self.addItem(item)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.choose(chosen)

    def choose(self, code: str) -> None:
        """Make the item with `code` the current one, when it is listed."""
        for at in range(self.count()):
            if code and self.item(at).data(_CODE) == code:
                self.setCurrentRow(at)
                return

    def code(self, item: QListWidgetItem | None) -> str:
        """The task code of a line."""
        return str(item.data(_CODE)) if item is not None else ""

    def refusal(self, item: QListWidgetItem) -> str:
        """Why the line's item takes no case today."""
        return str(item.data(_REFUSAL))
