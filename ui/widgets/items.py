"""A list of catalogue items; those that take no case today stand greyed, with the reason."""

from __future__ import annotations

from desk.law.catalogue.rules import PROXY_NAMES
from desk.store.snapshots import ItemRow
from ui.look.i18n import tr
from ui.widgets.line_list import Line, LineList


class ItemList(LineList):
    """All that the desk knows, some thousands where a banner has them. Keys are task codes."""

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
        said = {words: tr(words) for words in {_words(row) for row in rows}}
        self.put([self._line(row, said[_words(row)]) for row in rows])

    def _line(self, row: ItemRow, words: str) -> Line:
        code = row.item.task_code
        ticked = code in self.chosen if self._ticks else None
        return Line(f"{row.item.item_name}\n{row.item.topic} · {words}", code, bool(row.refusal), ticked=ticked)

    def code(self) -> str:
        """The task code of the current line, "" for none."""
        return str(self.key() or "")

    def refusal(self, code: str) -> str:
        """Why an item takes no case today."""
        return self._refusals.get(code, "")


def _words(row: ItemRow) -> str:
    return row.refusal or PROXY_NAMES[row.item.proxy_mode]
