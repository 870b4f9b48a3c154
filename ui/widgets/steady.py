"""An area that scrolls, and that decides once for each size whether it has a bar.

Qt's own area asks again after every change of its inside. Where the height of that follows from the width, the bar
comes, the inside grows lower, the bar goes, and so on: until the program ends for want of stack.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

_POLICY = Qt.ScrollBarPolicy


class SteadyArea(QScrollArea):
    """A bar at the right exactly where the inside, as wide as the whole area, is higher than it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        clear_viewport(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size."""
        self._decide()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something else stands inside."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._decide()
        return super().eventFilter(watched, event)

    def _decide(self) -> None:
        inner = self.widget()
        if inner is None:
            return
        room, least = self.contentsRect(), inner.minimumSizeHint().expandedTo(inner.minimumSize())
        high = room.height()
        if self.horizontalScrollBarPolicy() is not _POLICY.ScrollBarAlwaysOff and least.width() > room.width():
            high -= self.horizontalScrollBar().sizeHint().height()
        needs = _high(inner, max(room.width(), least.width())) > high or least.height() > high
        self.setVerticalScrollBarPolicy(_POLICY.ScrollBarAlwaysOn if needs else _POLICY.ScrollBarAlwaysOff)


def clear_viewport(area: QAbstractScrollArea) -> None:
    """A viewport of ours that shows what is behind it. Of Qt's own, PySide would ask every class of widgets that there
    is whether it is one, and make them all for that: 7 ms of a start, and what they take of memory."""
    seen = QWidget()
    seen.setBackgroundRole(QPalette.ColorRole.NoRole)
    area.setViewport(seen)


def _high(inner: QWidget, wide: int) -> int:
    return inner.heightForWidth(wide) if inner.hasHeightForWidth() else 0
