"""Under the item on the register page: what earlier cases and the household say against it, and what must be asked.

What a field shows is said beside that field; this is the rest. It is looked up beside, whenever the draft was kept.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.counter.asking import sense
from desk.law.conditions import Answer, Verdict
from desk.store.snapshots import Draft
from ui import tasks
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.pages.register_draft import DraftKeeper
from ui.widgets.basic import label


class Sense(QWidget):
    """Two labels; hidden while there is nothing to say."""

    def __init__(self, desk: Desk, keeper: DraftKeeper, drawn: Callable[[], Draft]) -> None:
        """`drawn` gives the page as it stands, `keeper` keeps it."""
        super().__init__()
        self._desk, self._drawn, self._asked = desk, drawn, 0
        self._unmet = label("", "body", Role.WARN, wrap=True)
        self._open = label("", "body", Role.MUTED, wrap=True)
        self._unmet.setObjectName("register-unmet")
        self._open.setObjectName("register-to-ask")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit())
        box.addWidget(self._unmet)
        box.addWidget(self._open)
        self.clear()
        keeper.kept.connect(self.look)

    def clear(self) -> None:
        """Nothing to say, whatever is still being looked up."""
        self._asked += 1
        self._show(self._asked, ())

    def look(self) -> None:
        """Look up what stands on the page."""
        self._asked += 1
        draft, asked = self._drawn(), self._asked
        tasks.read(self, lambda: self._desk.sense(draft), lambda told: self._show(asked, told))

    def _show(self, asked: int, told: tuple[Answer, ...]) -> None:
        if asked != self._asked:
            return
        unmet = [f"！ {tr(sense.words(one))}" for one in told if one.verdict is Verdict.NOT_MET]
        still = [f"？ {tr(sense.words(one))}" for one in told if one.verdict is Verdict.NOT_KNOWN]
        for shown, lines in ((self._unmet, unmet), (self._open, still)):
            shown.setText("\n".join(lines))
            shown.setVisible(bool(lines))
        self.setVisible(bool(told))
