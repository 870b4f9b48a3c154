"""A chart of bars, drawn: names at the left, numbers at the right, the same on every theme and at every size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.counter.figures import Count
from ui.look import theme
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit


class BarChart(QWidget):
    """One line a name. The table behind it is its accessible description."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._counts: tuple[Count, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme.changed.connect(self.updateGeometry)

    def show_counts(self, counts: tuple[Count, ...]) -> None:
        """Other numbers."""
        self._counts = counts
        self.setAccessibleName("；".join(f"{tr(one.name)} {one.number}" for one in counts))
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return round(self.fontMetrics().height() * 1.6)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(unit() * 80, self._line() * max(1, len(self._counts)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars on a pale ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, height = painter.fontMetrics(), self._line()
        most = max((one.number for one in self._counts), default=0) or 1
        widest = max((metrics.horizontalAdvance(tr(one.name)) for one in self._counts), default=0)
        left = min(widest + unit() * 3, self.width() * 0.42)
        right = metrics.horizontalAdvance("000000")
        room = max(20.0, self.width() - left - right - unit() * 2)
        for at, count in enumerate(self._counts):
            top = at * height
            words = metrics.elidedText(tr(count.name), Qt.TextElideMode.ElideRight, round(left - unit() * 2))
            painter.setPen(colour(Role.TEXT))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, left, height), middle | Qt.AlignmentFlag.AlignLeft, words)
            bar = QRectF(left, top + height * 0.22, room, height * 0.56)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(Role.LINE))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setBrush(colour(Role.ACCENT))
            bar.setWidth(room * count.number / most)
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(colour(Role.TEXT))
            number = QRectF(left + room, top, right + unit() * 2, height)
            painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, str(count.number))
        painter.end()
