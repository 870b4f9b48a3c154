"""A short list of catalogue items; those that take no case today stand greyed, with the reason."""

from __future__ import annotations

from desk.law.catalogue.rules import PROXY_NAMES
from desk.store.snapshots import ItemRow
from ui.look.i18n import tr
from ui.widgets.line_list import Line, LineList


class ItemList(LineList):
    """A few dozen items at most: the catalogue is in memory. Keys are task codes."""

    def __init__(self, name: str, *, ticks: bool = False) -> None:
        super().__init__(name, "事项列表")
        self._ticks = ticks
        self._refusals: dict[str, str] = {}
        self.chosen: dict[str, None] = {}  # codes that are ticked, in the order of ticking
        self.ticked.connect(self._remember)

    def _remember(self, code: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self.chosen[code] = None
        else:
            self.chosen.pop(code, None)

    def show_items(self, rows: tuple[ItemRow, ...]) -> None:
        """Show `rows` in their order."""
        self._refusals = {row.item.task_code: row.refusal for row in rows}
        self.put([self._line(row) for row in rows])

    def _line(self, row: ItemRow) -> Line:
        words = tr(row.refusal or PROXY_NAMES[row.item.proxy_mode])
        code = row.item.task_code
        ticked = code in self.chosen if self._ticks else None
        return Line(f"{row.item.item_name}\n{row.item.topic} · {words}", code, bool(row.refusal), ticked=ticked)

    def code(self) -> str:
        """The task code of the current line, "" for none."""
        return str(self.key() or "")

    def refusal(self, code: str) -> str:
        """Why an item takes no case today."""
        return self._refusals.get(code, "")
