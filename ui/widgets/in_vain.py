"""A search field that notes which settled words found no item: not each letter on the way to a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from ui.operations import Operation
from ui.widgets.field import SearchBox


class InVain:
    """Of the field `box`. A text that found nothing counts once somebody gave it up: when another text stands there
    that does not go on from it, or when the field is left. `among_people`: people are looked for, too, and whoever
    leaves the field may have meant a name."""

    def __init__(
        self, owner: QWidget, box: SearchBox, desk: Desk, among_people: Callable[[], bool] = lambda: False
    ) -> None:
        self._owner, self._box, self._desk, self._among = owner, box, desk, among_people
        self._pending, self._named = "", False
        box.editingFinished.connect(self._left)

    def answered(self, text: str, *, found: bool) -> None:
        """What stands there was looked up."""
        pending = self._pending
        if pending and not text.startswith(pending) and not (text and pending.startswith(text)):
            self._count()
        if text and not found:
            if not (self._pending.startswith(text)):
                self._pending, self._named = text, self._among()
        elif text.startswith(self._pending):
            self.forget()  # it went on to something that is there

    def forget(self) -> None:
        """It was no item that was meant."""
        self._pending = ""

    def _left(self) -> None:
        if not self._among() and self._pending == self._box.text().strip():
            self._count()

    def _count(self) -> None:
        text, named, missed = self._pending, self._named, self._desk.missed
        self.forget()
        work = Operation(self._owner, lambda: missed.note(text, among_people=named))
        work.failure(lambda _error: None).run_beside()  # nobody is kept from working by it
