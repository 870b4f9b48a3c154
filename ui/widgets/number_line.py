"""A line for a number of somebody. Of whoever is known already it shows the masked number, until the full one is asked
for; whatever is typed takes its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.look import icons
from ui.look.i18n import tr
from ui.look.theme import Role, colour

KEY = "F6"


class NumberLine(QLineEdit):
    """`asked` fires when the full number is wanted. The mark at its end, or F6, does what can be done with the line:
    look at the full number, or take what was offered."""

    asked = Signal()

    def __init__(self, most: int) -> None:
        super().__init__()
        self.setMaxLength(most)
        self._kept, self._masked, self._offered = "", "", ""
        self._look = self.addAction(icons.icon("eye", colour(Role.TEXT)), QLineEdit.ActionPosition.TrailingPosition)
        self._take = self.addAction(icons.icon("check", colour(Role.ACCENT)), QLineEdit.ActionPosition.TrailingPosition)
        self._look.setText(tr("看完整号码"))
        self._look.setToolTip(f"{tr('看完整号码')}（{KEY}）")
        for act in (self._look, self._take):
            act.setVisible(False)
        self._look.triggered.connect(self.asked)
        self._take.triggered.connect(self._taken)
        self.textEdited.connect(self._typed)

    @property
    def is_masked(self) -> bool:
        """Whether the number is there and not shown."""
        return bool(self._kept)

    def value(self) -> str:
        """The number, shown or not."""
        return self._kept or self.text()

    def put(self, text: str) -> None:
        """Show `text`; nothing is behind it."""
        self._kept = self._masked = ""
        self._look.setVisible(False)
        self.setText(text)

    def hide_behind(self, number: str, masked: str) -> None:
        """Keep `number` and show `masked`."""
        self.put(masked)
        if number and number != masked:
            self._kept, self._masked = number, masked
            self._look.setVisible(True)
            self.textChanged.emit(masked)  # what the number tells is known now

    def offer(self, text: str) -> None:
        """Offer another text for the one that stands there, "" for none."""
        self._offered = text
        self._take.setVisible(bool(text))
        self._take.setToolTip(f"{tr(f'换成 {text}')}（{KEY}）")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A masked number is chosen whole: typing takes its place."""
        super().focusInEvent(event)
        if self.is_masked:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 is the mark at the end."""
        if event.key() != Qt.Key.Key_F6:
            super().keyPressEvent(event)
        elif self.is_masked:
            self.asked.emit()
        elif self._offered:
            self._taken()

    def _taken(self) -> None:
        self.put(self._offered)
        self.textEdited.emit(self.text())

    def _typed(self, text: str) -> None:
        """Nobody edits what he does not see: of what was typed into it, what was typed stays."""
        if self.is_masked and text != self._masked:
            before = _alike(text, self._masked)
            after = _alike(text[before:][::-1], self._masked[before:][::-1])
            self.put(text[before : len(text) - after])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
