"""Columns of cards: side by side where there is room, one under another where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.look.theme import unit

_Way = QBoxLayout.Direction


class Columns(QWidget):
    """A column for each share of the width; `columns` is what cards are put into. Where they scroll as a whole there is
    room for the bar."""

    def __init__(self, *shares: int, scrolls: bool = True) -> None:
        super().__init__()
        self._box = QBoxLayout(_Way.LeftToRight, self)
        self._box.setContentsMargins(0, 0, unit() * 2 if scrolls else 0, 0)
        self._box.setSpacing(unit() * 3)
        self.columns = [QVBoxLayout() for _ in shares]
        for column, share in zip(self.columns, shares, strict=True):
            column.setSpacing(unit() * 3)
            self._box.addLayout(column, share)

    def _wide(self) -> list[int]:
        return [column.minimumSize().width() for column in self.columns]

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column can be."""
        return QSize(max(self._wide()) + self._box.contentsMargins().right(), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Cards came or went, or have other words."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider or narrower."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        need = sum(self._wide()) + self._box.spacing() * (len(self.columns) - 1) + self._box.contentsMargins().right()
        way = _Way.LeftToRight if need <= self.width() else _Way.TopToBottom
        if way is not self._box.direction():
            self._box.setDirection(way)
