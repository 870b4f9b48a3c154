"""Widgets side by side that go on in another line where the window is narrow: no button is ever out of reach."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.theme import unit

_Line = list[tuple[QWidget | None, int]]  # a widget or a stretch, and how wide


class Flow(QWidget):
    """Laid by hand: it owns no layout. None is a stretch; what follows one keeps to the right in every line."""

    def __init__(self, *parts: QWidget | None, spacing: int = 2) -> None:
        super().__init__()
        self._all, self._spacing = list(parts), spacing
        for part in parts:
            if part is not None:
                part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def parts(self) -> list[QWidget]:
        """What stands in it, in order."""
        return [part for part in self._all if part is not None]

    def put(self, at: int, part: QWidget) -> None:
        """One more part."""
        self._all.insert(at, part)
        part.setParent(self)

    def _widths(self, shown: list[QWidget], room: int) -> list[int]:
        """How wide each part is made where there are `room` pixels."""
        return [max(1, min(_hint(part).width(), room)) for part in shown]

    def _gap(self) -> int:
        return unit() * self._spacing

    def _lines(self, room: int) -> list[_Line]:
        lines: list[_Line] = [[]]
        used = 0
        seen = [part for part in self._all if part is None or not part.isHidden()]
        widths = iter(self._widths([part for part in seen if part is not None], room))
        for part in seen:
            if part is None:
                lines[-1].append((None, 0))
                continue
            wide = next(widths)
            if used and used + self._gap() + wide > room:
                lines.append([])
                used = 0
            used += wide + (self._gap() if used else 0)
            lines[-1].append((part, wide))
        return lines

    @staticmethod
    def _high(line: _Line) -> int:
        return max((_tall(part, wide) for part, wide in line if part is not None), default=0)

    def heightForWidth(self, width: int) -> int:
        """As many lines as are needed."""
        lines = self._lines(width)
        return sum(self._high(line) for line in lines) + self._gap() * (len(lines) - 1)

    def hasHeightForWidth(self) -> bool:
        """It is higher where it is narrower."""
        return True

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [part for part in self.parts() if not part.isHidden()]
        wide = sum(_hint(part).width() for part in shown) + self._gap() * max(0, len(shown) - 1)
        return QSize(wide, max((_hint(part).height() for part in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part may be made."""
        shown = [part for part in self.parts() if not part.isHidden()]
        wide = max((_least(part).width() for part in shown), default=0)
        return QSize(wide, max((_least(part).height() for part in shown), default=0))

    def event(self, event: QEvent) -> bool:
        """A part changed its words, came or went."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """What its parts said while nobody looked, nobody heard."""
        super().showEvent(event)
        self._place()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other lines."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        top, seen = 0, False
        for line in self._lines(self.width()):
            high = self._high(line)
            shown = [(part, wide) for part, wide in line if part is not None]
            free = self.width() - sum(wide for _, wide in shown) - self._gap() * max(0, len(shown) - 1)
            stretches = len(line) - len(shown)
            left = max(0, free) if seen and not stretches else 0
            for part, wide in line:
                if part is None:
                    seen, left = True, left + max(0, free) // stretches
                    continue
                tall = _tall(part, wide)
                place = QRect(left, top + (high - tall) // 2, wide, tall)
                part.setGeometry(place)
                left += wide + self._gap()
            top += high + self._gap()


class Tiles(Flow):
    """Parts of one width that fill their line, as many in it as there is room for."""

    def _widths(self, shown: list[QWidget], room: int) -> list[int]:
        if not shown:
            return []
        widest = max(_hint(one).width() for one in shown)
        count = max(1, min(len(shown), (room + self._gap()) // (widest + self._gap())))
        return [max(1, (room - self._gap() * (count - 1)) // count)] * len(shown)


def _hint(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())


def _least(part: QWidget) -> QSize:
    return part.minimumSizeHint().expandedTo(part.minimumSize())


def _tall(part: QWidget, wide: int) -> int:
    return part.heightForWidth(wide) if part.hasHeightForWidth() else _hint(part).height()
