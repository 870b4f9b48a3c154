"""Where each letter of a text stands in columns written downwards, the columns following one another to the right.

Qt shapes and breaks lines only along the horizontal. So a text is laid out in lines as long as a column is high, and
each line is drawn turned by a quarter. Points are pixels: x to the right over the columns, y downwards in a column.
Positions count as in the document (UTF-16 units), without what an input method holds and has not given yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
    QTextLine,
    QTextOption,
)

_PITCH = 1.5  # from one column to the next, in sizes of the letters
_AXIS = 0.36  # the middle of a letter over its base line, in sizes: Mongolian stems and Chinese characters share it
_UNITS = "utf-16-le"
_HAN = "\u2e80"  # from here on characters stand upright, but for the Mongolian of the upper plane and for marks
_LYING = frozenset("—…（）《》〈〉「」『』【】〔〕～：")  # marks that are turned with the column
_CORNER = frozenset("，。、；")  # marks that stand in the right upper corner of their place


class Colours(NamedTuple):
    """What a text is drawn with."""

    ink: QColor
    chosen: QColor
    ground: QColor


class Column(NamedTuple):
    """One column: the line, the paragraph it belongs to, its left edge."""

    paragraph: Paragraph
    line: QTextLine
    left: float

    @property
    def first(self) -> int:
        """Position of its first letter in the document."""
        return self.paragraph.outside(self.line.textStart())

    @property
    def last(self) -> int:
        """The last position that is shown in it: behind the paragraph's last letter, else before the next column's."""
        end = self.line.textStart() + self.line.textLength()
        if end < self.paragraph.long:
            end = self.paragraph.layout.previousCursorPosition(end)
        return max(self.first, self.paragraph.outside(end))


class Paragraph:
    """The letters between two ends of line, with what an input method holds among them."""

    def __init__(self, block: QTextBlock, font: QFont) -> None:
        source = block.layout()
        self.start, self.hole, held = block.position(), source.preeditAreaPosition(), source.preeditAreaText()
        written, hole = block.text().encode(_UNITS), max(self.hole, 0) * 2
        self.bytes = written[:hole] + held.encode(_UNITS) + written[hole:]
        self.held, self.long = _long(held), len(self.bytes) // 2
        self.layout = QTextLayout(block.text(), font)
        if held:
            self.layout.setPreeditArea(self.hole, held)
        self.upright = [(at, _long(char), char) for at, char in _placed(self.bytes.decode(_UNITS)) if _stands(char)]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.layout.setTextOption(option)
        unseen = QTextCharFormat()  # drawn by hand, upright
        unseen.setForeground(QColor(0, 0, 0, 0))
        formats = [*source.formats(), *(_range(at, long, unseen) for at, long, _char in self.upright)]
        self.layout.setFormats(formats)

    @property
    def end(self) -> int:
        """The position behind its last letter."""
        return self.start + self.long - self.held

    def inside(self, position: int) -> int:
        """A position of the document, in this text with what is held."""
        at = position - self.start
        return at + self.held if self.held and at > self.hole else at

    def outside(self, at: int) -> int:
        """The other way; what is held counts for the place where it will stand."""
        if self.held and at > self.hole:
            at -= min(at - self.hole, self.held)
        return self.start + at


class ColumnLines:
    """A document's text in columns that are `room` pixels high."""

    def __init__(self, document: QTextDocument, font: QFont, room: float) -> None:
        self.size = em(font)
        self.pitch = round(self.size * _PITCH)
        self.font, self.columns = font, list[Column]()
        block = document.begin()
        while block.isValid():
            self._lay(Paragraph(block, font), room)
            block = block.next()

    def _lay(self, paragraph: Paragraph, room: float) -> None:
        paragraph.layout.beginLayout()
        while (line := paragraph.layout.createLine()).isValid():
            line.setLineWidth(room)
            left = float(len(self.columns) * self.pitch)
            base = self.size * _AXIS - (left + self.pitch / 2)
            line.setPosition(QPointF(0, base - line.ascent()))
            self.columns.append(Column(paragraph, line, left))
        paragraph.layout.endLayout()

    @property
    def wide(self) -> float:
        """All columns together."""
        return float(len(self.columns) * self.pitch)

    def column(self, position: int) -> int:
        """The number of the column in which `position` is shown."""
        last = 0
        for number, one in enumerate(self.columns):
            if one.first > position or (one.first == position and one.paragraph.start > position):
                break
            last = number
        return last

    def caret(self, position: int, held: int | None = None) -> QRectF:
        """The stroke across the column before the letter at `position`; `held`: letters into what is held there."""
        one = self.columns[self.column(position)]
        at = one.paragraph.inside(position)
        if held is not None and one.paragraph.held:
            at = one.paragraph.hole + held
            mine = [other for other in self.columns if other.paragraph is one.paragraph]
            one = next((other for other in reversed(mine) if other.line.textStart() <= at), one)
        return QRectF(one.left, _down(one.line, at), self.pitch, 0)

    def position(self, point: QPointF) -> int:
        """The position nearest to a point."""
        one = self.columns[min(max(int(point.x() // self.pitch), 0), len(self.columns) - 1)]
        at = one.paragraph.outside(one.line.xToCursor(max(point.y(), 0.0)))
        return min(max(at, one.first), one.last)

    def beside(self, position: int, columns: int, down: float) -> int:
        """As deep as `down`, so many columns to the right; before the first the beginning, after the last the end."""
        number = self.column(position) + columns
        if number < 0:
            return self.columns[0].first
        if number >= len(self.columns):
            return self.columns[-1].last
        return self.position(QPointF(self.columns[number].left + 1, down))

    def ends(self, position: int) -> tuple[int, int]:
        """The first and the last position of the column in which `position` stands."""
        one = self.columns[self.column(position)]
        return one.first, one.last

    def covered(self, start: int, end: int) -> Iterator[QRectF]:
        """The ground of what is chosen, column by column; an end of line that is chosen too shows as a little more."""
        for one in self.columns:
            low, high = max(start, one.first), min(end, one.paragraph.outside(_end(one.line)))
            over = start <= high < end and high == one.paragraph.end
            if low < high or over:
                top, bottom = (_down(one.line, one.paragraph.inside(at)) for at in (low, max(low, high)))
                yield QRectF(one.left, top, self.pitch, bottom - top + (self.size / 3 if over else 0))

    def draw(self, painter: QPainter, colours: Colours, start: int, end: int) -> None:
        """Everything, with the part from `start` to `end` as chosen."""
        for ground in self.covered(start, end):
            painter.fillRect(ground, colours.ground)
        painter.setPen(colours.ink)
        turned = QTextCharFormat()
        turned.setForeground(colours.chosen)
        for paragraph in dict.fromkeys(one.paragraph for one in self.columns):
            low, high = (paragraph.inside(min(max(at, paragraph.start), paragraph.end)) for at in (start, end))
            marked = [] if low >= high else self._chosen(paragraph, low, high, turned)
            painter.save()
            painter.rotate(90)
            paragraph.layout.draw(painter, QPointF(0, 0), marked)
            painter.restore()
        painter.setFont(self.font)
        for one in self.columns:
            self._upright(painter, one, colours, start, end)

    def _chosen(self, paragraph: Paragraph, low: int, high: int, how: QTextCharFormat) -> list[QTextLayout.FormatRange]:
        """The lying letters of what is chosen: the upright ones stay unseen, they are drawn by hand."""
        cuts = [(at, at + long) for at, long, _char in paragraph.upright if low <= at < high]
        edges = [low, *(edge for cut in cuts for edge in cut), high]
        pairs = zip(edges[::2], edges[1::2], strict=True)
        return [_range(at, to - at, how) for at, to in pairs if to > at]

    def _upright(self, painter: QPainter, one: Column, colours: Colours, start: int, end: int) -> None:
        first, last = one.line.textStart(), _end(one.line)
        middle = one.left + self.pitch / 2
        for at, long, char in one.paragraph.upright:
            if not first <= at < last:
                continue
            top, bottom = _down(one.line, at), _down(one.line, at + long)
            painter.setPen(colours.chosen if start <= one.paragraph.outside(at) < end else colours.ink)
            place = QRectF(middle - self.size, top, self.size * 2, bottom - top)
            if char in _CORNER:
                place.translate(self.size * 0.55, -self.size * 0.55)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, char)


def em(font: QFont) -> float:
    """The size of a face in pixels."""
    return float(QFontInfo(font).pixelSize())


def _down(line: QTextLine, at: int) -> float:
    found: Any = line.cursorToX(at)  # with the position, which Qt may mend
    return float(found[0])


def _end(line: QTextLine) -> int:
    return line.textStart() + line.textLength()


def _range(at: int, long: int, how: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = at, long, how
    return made


def _long(text: str) -> int:
    """How many UTF-16 units."""
    return len(text.encode(_UNITS)) // 2


def _placed(text: str) -> Iterator[tuple[int, str]]:
    """Each character with its place in UTF-16 units."""
    at = 0
    for char in text:
        yield at, char
        at += _long(char)


def _stands(char: str) -> bool:
    return char >= _HAN and char not in _LYING and not "\U00011660" <= char <= "\U0001167f"
