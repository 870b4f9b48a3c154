"""Two sides of a page, each scrolling by itself, so that the right one is always in sight; in a narrow window one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import hands
from ui.look.theme import unit
from ui.widgets.page import scrolled

_SHARES = (11, 9)  # of the width: what is typed, what stands beside it
_ENOUGH = 190  # units of width that two sides need: a form of two columns, and a list with its buttons


class Sides(QWidget):
    """`main` cards at the left; what stands `beside` them goes under them in a narrow window."""

    def __init__(self, main: Sequence[QWidget], name: str) -> None:
        super().__init__()
        self._inner, self._left = _column()
        for part in main:
            self._left.addWidget(part)
        self._left.addStretch(1)
        self._other, self._right = _column()
        self._parts: list[QWidget] = []
        self._area, self._side = scrolled(self._inner, name), scrolled(self._other, f"{name}-side")
        self._two = True
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(unit() * 2)
        for area, share in zip((self._area, self._side), _SHARES, strict=True):
            area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            line.addWidget(area, share)

    def beside(self, parts: Sequence[QWidget]) -> None:
        """What stands at the right; a part that is hidden takes no room, and with all hidden there is one side."""
        self._parts = list(parts)
        for part in parts:
            self._right.addWidget(part, 1 if part.sizePolicy().expandingDirections() else 0)
        self._right.addStretch(1)
        self.turn()

    def turn(self) -> None:
        """Two sides or one, by the room there is and by what is shown."""
        two = self.width() >= unit() * _ENOUGH
        if two is not self._two:
            self._two = two
            box = self._right if two else self._left
            for at, part in enumerate(self._parts):
                box.insertWidget(at if two else self._left.count() - 1, part)
        self._side.setVisible(two and any(not part.isHidden() for part in self._parts))

    def to_top(self) -> None:
        """Both are seen from their beginning."""
        hands.to_top(self._area)
        hands.to_top(self._side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider or narrower."""
        super().resizeEvent(event)
        self.turn()

    def event(self, event: QEvent) -> bool:
        """A part came or went."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.turn()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as either side alone, for they may stand one under the other."""
        wide = max(self._area.minimumSizeHint().width(), self._side.minimumSizeHint().width())
        return QSize(wide, unit() * 24)

    def sizeHint(self) -> QSize:
        """What stands in it scrolls in it, and not the page around it."""
        return QSize(super().sizeHint().width(), unit() * 24)


def _column() -> tuple[QWidget, QVBoxLayout]:
    inner = QWidget()
    box = QVBoxLayout(inner)
    box.setContentsMargins(0, 0, unit() * 2, 0)
    box.setSpacing(unit() * 3)
    return inner, box
