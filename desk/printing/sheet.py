"""A sheet: the blocks that every document is made of, flowing down pages that number themselves.

A document is a function that draws blocks on a sheet, once; what is known only at the end (how many pages, how long a
roll gets) is filled in then. With the date fixed, the same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from desk.printing import pen as pens
from desk.printing import text, vertical
from desk.printing.facts import Scripts
from desk.printing.pen import GREY, INK, LINE, PALE, Pen

MM = 72 / 25.4
# Chinese type sizes, in points.
ER_HAO, SAN_HAO, SI_HAO, XIAO_SI, WU_HAO, XIAO_WU, LIU_HAO = 22.0, 16.0, 14.0, 12.0, 10.5, 9.0, 7.5
LEADING = 1.5
_PAD = 1.4 * MM
_ROLL_START = 2000 * MM
_LASTING = 0.75  # points: a rule that two photocopiers leave standing


class Frame(msgspec.Struct, frozen=True):
    """A page: size and margins in points; `height` 0 is a roll that grows with its content; sizes of type in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    base: float
    title: float
    head: float
    face: str = text.SONG


A4 = Frame(210 * MM, 297 * MM, 24 * MM, 22 * MM, 22 * MM, 22 * MM, WU_HAO, ER_HAO, XIAO_SI)
A4_LARGE = Frame(210 * MM, 297 * MM, 26 * MM, 24 * MM, 26 * MM, 24 * MM, XIAO_SI, ER_HAO, SI_HAO)
# The hair strokes of the serif face are gone on a copy of a copy, and 十一 reads 十.
A4_ORGAN = msgspec.structs.replace(A4_LARGE, face=text.REGULAR)
A4_WIDE = Frame(297 * MM, 210 * MM, 15 * MM, 15 * MM, 15 * MM, 18 * MM, XIAO_WU, SAN_HAO, WU_HAO)
A5 = Frame(148 * MM, 210 * MM, 12 * MM, 12 * MM, 11 * MM, 14 * MM, XIAO_WU, SAN_HAO, WU_HAO)
# A thermal head prints 8 dots a millimetre: thin strokes break, so rolls are set in the even face.
ROLL_80 = Frame(80 * MM, 0, 4.5 * MM, 4.5 * MM, 4 * MM, 8 * MM, XIAO_WU, SAN_HAO, WU_HAO, text.REGULAR)
ROLL_58 = Frame(58 * MM, 0, 5.5 * MM, 5.5 * MM, 4 * MM, 8 * MM, LIU_HAO, SI_HAO, XIAO_WU, text.REGULAR)


class About(msgspec.Struct, frozen=True):
    """What the file and its foot say of the document, and what every page of it needs."""

    title: str
    foot: str  # left of the page number
    watermark: str = ""
    scripts: Scripts = Scripts()
    pictures: Mapping[str, bytes] = {}
    lasting: bool = False  # rules and foot in full ink: what is photocopied again and again stays
    copy: str = ""  # in a frame at the head of each page


Fit = tuple[float, list[str]]  # size and lines


class Cell(msgspec.Struct, frozen=True):
    """One cell of a row: its width, its words, whether it is a label."""

    width: float
    words: str
    label: bool = False


class Sheet:
    """Where the pen is, and the blocks it can draw. y runs down from the top margin."""

    def __init__(self, frame: Frame, about: About) -> None:
        self.pen, self.frame, self.about = Pen(), frame, about
        self.page = 1
        self.left = frame.left
        self.room = frame.width - frame.left - frame.right
        self.face = frame.face
        self._headed = ""  # a heading that waits for something to stand under it
        self._start()

    def _start(self) -> None:
        self.y = (self.frame.height or _ROLL_START) - self.frame.top

    @property
    def top(self) -> float:
        """Where the first block of a page begins."""
        return (self.frame.height or _ROLL_START) - self.frame.top

    def need(self, height: float) -> None:
        """Begin a new page when less than `height` is left; draw the heading that waited for what comes now."""
        if self._headed:
            words, self._headed = self._headed, ""
            self._heading(words, height)
        if self.frame.height and self.y - height < self.frame.bottom and self.y < self.top:
            self.turn()

    def turn(self) -> None:
        """Begin a new page. A heading that nothing followed is not drawn."""
        self._headed = ""
        self.finish()
        self.pen.turn()
        self.page += 1
        self._start()

    def finish(self) -> None:
        """The foot of this page; how many pages there are is known when it is drawn."""
        if not self.frame.height:
            return
        page, pages, frame, about = self.page, self.pen.pages, self.frame, self.about
        self.pen.later(lambda pen: _foot(pen, frame, about, f"第 {page} 页 / 共 {len(pages)} 页"))
        if about.copy:
            self.pen.later(lambda pen: _copy(pen, frame, about.copy))

    def words(self, x: float, y: float, words: str, size: float, *, bold: bool = False, ink: str = INK) -> float:
        """A line at a place; the x where it ends."""
        return self.pen.words(x, y, words, size, text.BOLD if bold else self.face, ink)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide `words` get, in points."""
        return text.width(words, size, text.BOLD if bold else self.face)

    def mongolian(self, words: str) -> str:
        """The reviewed Mongolian of a label of this program; "" when there is none or it stands elsewhere."""
        scripts = self.about.scripts
        return scripts.labels.get(words, "") if scripts.order in ("above", "below") else ""

    @property
    def _leads(self) -> bool:
        return self.about.scripts.order == "above"

    # -- blocks ------------------------------------------------------------------------------------------------

    def gap(self, height: float) -> None:
        """Leave `height` points free."""
        self.y -= height

    def centred(self, words: str, size: float, *, bold: bool = False, ink: str = INK) -> None:
        """A centred line, wrapped when it must be; its Mongolian above or below it."""
        if not words.strip():
            return
        fit, lines = text.fitted(words, size, self.room, text.BOLD if bold else self.face)
        other = self.mongolian(words)
        self.need(fit * LEADING * (len(lines) + bool(other)))
        if other and self._leads:
            self.mongolian_line(other, size, centred=True)
        for line in lines:
            self.y -= fit * 1.35
            wide = self.width(line, fit, bold=bold)
            self.words(self.left + (self.room - wide) / 2, self.y, line, fit, bold=bold, ink=ink)
        self.y -= fit * 0.25
        if other and not self._leads:
            self.mongolian_line(other, size, centred=True)

    def mongolian_line(self, words: str, size: float, *, centred: bool = False) -> None:
        """A Mongolian line, lying, as large as the office set it."""
        size *= self.about.scripts.ratio
        wide = self.width(words, size)
        if wide > self.room:
            size, wide = size * self.room / wide, self.room
        self.y -= size * 1.45
        self.words(self.left + ((self.room - wide) / 2 if centred else 0), self.y + size * 0.2, words, size)

    def paragraph(self, words: str, size: float = 0, *, bold: bool = False, ink: str = INK) -> None:
        """Text over the whole width; nothing for none."""
        if not words.strip():
            return
        size = size or self.frame.base
        for line in text.wrap(words, size, self.room, text.BOLD if bold else self.face):
            self.need(size * LEADING)
            self.y -= size * LEADING
            self.words(self.left, self.y + size * 0.25, line, size, bold=bold, ink=ink)

    def heading(self, words: str) -> None:
        """A heading with a bar at its left: drawn once something comes under it, never the last thing on a page."""
        self._headed = words

    def _heading(self, words: str, follows: float) -> None:
        size = self.frame.head
        plain = words.split("、", 1)[-1] if words[:1] in "一二三四五六七八九十" else words
        other = self.mongolian(plain)
        self.need(max(size * 5, size * 2.5 + min(follows, size * 6)))
        self.y -= size * 0.5
        if other and self._leads:
            self.mongolian_line(other, size)
        self.y -= size * 1.4
        self.pen.box(self.left, self.y - size * 0.12, size * 0.24, size, fill=INK)
        self.words(self.left + size * 0.6, self.y, words, size, bold=True)
        if other and not self._leads:
            self.mongolian_line(other, size)
        self.y -= size * 0.55

    def fields(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """A ruled table of labels and values; each row holds one or two pairs. A label without a value is left out."""
        label = self.frame.base * 5.4
        filled = [[(name, value) for name, value in row if value] for row in rows]
        for row in filter(None, filled):
            share = self.room / len(row)
            cells: list[Cell] = []
            for name, value in row:
                cells += [Cell(label, name, label=True), Cell(share - label, value)]
            self._row(cells)

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """A ruled table; `columns` are heading and share of the width. The head comes again on a new page."""
        whole = sum(share for _, share in columns)
        widths = [self.room * share / whole for _, share in columns]
        head = [Cell(wide, name, label=True) for wide, (name, _) in zip(widths, columns, strict=True)]
        lines = [[Cell(wide, cell) for wide, cell in zip(widths, row, strict=True)] for row in rows]
        first = max((self._height(row, self._fits(row)) for row in lines[:1]), default=0.0)
        high = self._height(head, self._fits(head))
        self.need(high + min(max(first, high * 1.2), 12 * high))
        self._row(head)
        for row in lines:
            self._row(row, head)

    def _fits(self, cells: Sequence[Cell]) -> list[Fit]:
        """Size and lines of every cell."""
        base = self.frame.base
        return [
            text.fitted(cell.words, base, cell.width - 2 * _PAD, text.BOLD if cell.label else self.face)
            for cell in cells
        ]

    def _height(self, cells: Sequence[Cell], fits: Sequence[Fit]) -> float:
        leading = self.frame.base * 1.4
        highs = (self._other(cell) + leading * len(lines) for cell, (_, lines) in zip(cells, fits, strict=True))
        return max(highs) + 1.6 * _PAD

    def _other(self, cell: Cell) -> float:
        """How high the Mongolian over or under a label is; 0 without one."""
        return self.frame.base * self.about.scripts.ratio * 1.3 if cell.label and self.mongolian(cell.words) else 0

    def _row(self, cells: Sequence[Cell], head: Sequence[Cell] = ()) -> None:
        """A row of a table, `head` again before it on a new page; one higher than a page goes on over the next."""
        fits = self._fits(cells)
        height = self._height(cells, fits)
        if head:
            page = self.page
            self.need(height)
            if self.page != page:
                self._row(head)
        most = int((self.top - self.frame.bottom - 1.6 * _PAD) / (self.frame.base * 1.4)) if self.frame.height else 0
        if most and max(len(lines) for _, lines in fits) > most:
            self._long_row(cells, fits, most)
            return
        self.need(height)
        self._draw_row(cells, fits, height)

    def _long_row(self, cells: Sequence[Cell], fits: list[Fit], most: int) -> None:
        at, room = 0, int((self.y - self.frame.bottom - 1.6 * _PAD) / (self.frame.base * 1.4))
        if room < 3:
            self.turn()
            room = most
        longest = max(len(lines) for _, lines in fits)
        while at < longest:
            part = [(size, lines[at : at + room]) for size, lines in fits]
            high = self.frame.base * 1.4 * max(len(lines) for _, lines in part) + 1.6 * _PAD
            self._draw_row(cells, part, high)
            at, room = at + room, most
            if at < longest:
                self.turn()

    def _draw_row(self, cells: Sequence[Cell], fits: Sequence[Fit], height: float) -> None:
        x, top, leading = self.left, self.y, self.frame.base * 1.4
        for cell, (size, lines) in zip(cells, fits, strict=True):
            edge, weight = (INK, _LASTING) if self.about.lasting else (LINE, 0.4)
            fill = PALE if cell.label else ""
            self.pen.box(x, top - height, cell.width, height, fill=fill, edge=edge, weight=weight)
            rest = self._other(cell)
            y = top - (height - leading * len(lines) - rest) / 2
            if rest:
                other, before = self.mongolian(cell.words), 0 if self._leads else leading * len(lines)
                room, big = cell.width - 2 * _PAD, self.frame.base * self.about.scripts.ratio
                big = min(big, big * room / self.width(other, big))
                self.words(x + _PAD, y - before - rest * 0.75, other, big)
            y -= (rest if self._leads else 0) + leading * 0.5 + size * 0.36
            for line in lines:
                self.words(x + _PAD, y, line, size, bold=cell.label)
                y -= leading
            x += cell.width
        self.y = top - height

    def boxed(self, words: str, size: float = 0) -> None:
        """A bold statement in a frame: what must not be overlooked."""
        if not words.strip():
            return
        size = size or self.frame.base * 1.1
        lines = text.wrap(words, size, self.room - 6 * _PAD, text.BOLD)
        height = size * 1.45 * len(lines) + 3 * _PAD
        self.need(height)
        self.pen.box(self.left, self.y - height, self.room, height, edge=INK, weight=1)
        y = self.y - 1.5 * _PAD
        for line in lines:
            y -= size * 1.45
            wide = self.width(line, size, bold=True)
            self.words(self.left + (self.room - wide) / 2, y + size * 0.38, line, size, bold=True)
        self.y -= height

    def signatures(self, left: str, right: str) -> None:
        """Two places to sign, with room for a finger-print."""
        size, half = self.frame.base, self.room / 2
        across = max(self.width(left, size), self.width(right, size)) < half * 0.7
        rows, room = 1 if across else 2, self.y - self.frame.bottom - size * 1.2
        step = size * (3.4 if room >= size * 3.4 * rows or not self.frame.height else 2.5)
        self.need(step * rows + size * 1.2)
        for at, words in enumerate((left, right)):
            x = self.left + (half * at if across else 0)
            self.y -= step if at == 0 or not across else 0
            edge = x + (half if across else self.room) - 4
            fit, lines = text.fitted(words, size, edge - x - 20, self.face)
            end = x
            for line in lines:
                end = self.words(x, self.y + size * 1.3 * (len(lines) - 1 - lines.index(line)), line, fit)
            weight, ink = (_LASTING, INK) if self.about.lasting else (0.5, LINE)
            self.pen.line(end + 2, self.y - 2, edge, self.y - 2, weight, ink)
        self.y -= size * 0.8

    def seal(self, words: str, day: str = "") -> None:
        """Room for a seal of 42 mm at the right, with the date under it, or a blank for it."""
        size, side = self.frame.base, 42 * MM
        self.need(side)
        self.y -= side
        middle = self.left + self.room - max(side / 2 + size, self.width(words, size) / 2)
        for line, at, ink in ((words, side * 0.55, GREY), (day or "年　　月　　日", size * 0.8, INK)):
            self.words(middle - self.width(line, size) / 2, self.y + at, line, size, ink=ink)

    def closed(self, organ: str, day: str, seal: str) -> None:
        """An organ's name and the day at the right; with `seal` room for one of 42 mm over them."""
        size, side = self.frame.base, 42 * MM
        fit, lines = text.fitted(organ, size, self.room * 0.75, self.face)
        high = side if seal else size * (3 + 1.6 * len(lines))
        self.need(high)
        wide = max(*(self.width(one, fit) for one in lines), self.width(day, size), side if seal else 0)
        middle, y = self.left + self.room - wide / 2, self.y - high * (0.5 if seal else 0.35)
        if seal:
            self.words(middle - self.width(seal, size) / 2, self.y - size * 1.6, seal, size, ink=GREY)
        for line, big in (*((one, fit) for one in lines), (day, size)):
            self.words(middle - self.width(line, big) / 2, y, line, big)
            y -= size * 1.7
        self.y -= high

    def columns_at_left(self, names: Sequence[str], size: float) -> None:
        """Mongolian columns down the left side, the first of them outermost; all other blocks go right of them."""
        scripts = self.about.scripts
        if scripts.order != "left" or not self.frame.height:
            return
        size *= scripts.ratio
        pitch = size * vertical.PITCH
        high = self.top - self.frame.bottom
        for column in (one for words in names if words for one in vertical.columns(words, size, high, self.face)):
            vertical.draw(self.pen, self.left + pitch / 2, self.top, column, size, self.face)
            self.left += pitch
            self.room -= pitch


def _copy(pen: Pen, frame: Frame, words: str) -> None:
    """The frame at the right of a page's head."""
    size = frame.title * 0.8
    wide, high = text.width(words, size, text.BOLD) + size, size * 1.5
    left, low = frame.width - frame.right - wide, frame.height - 11 * MM - high
    pen.box(left, low, wide, high, edge=INK, weight=1.2)
    pen.words(left + size / 2, low + size * 0.4, words, size, text.BOLD)


def _foot(pen: Pen, frame: Frame, about: About, number: str) -> None:
    size, face = frame.base * 0.8, frame.face
    y = frame.bottom - 6 * MM
    ink, edge, rule = (INK, INK, _LASTING) if about.lasting else (GREY, LINE, 0.4)
    pen.line(frame.left, y + 3.6 * MM, frame.width - frame.right, y + 3.6 * MM, rule, edge)
    right = text.width(number, size, face)
    room = frame.width - frame.left - frame.right - right - 4 * MM
    fit, lines = text.fitted(about.foot, size, room, face)
    for at, line in enumerate(lines[:2]):
        pen.words(frame.left, y - at * fit * 1.25, line, fit, face, ink)
    pen.words(frame.width - frame.right - right, y, number, size, face, ink)


def render(frame: Frame, about: About, document: Callable[[Sheet], None], *, feet: bool = True) -> bytes:
    """The PDF of `document` on `frame`."""
    return pens.pdf(*drawn(frame, about, document, feet=feet))


def drawn(frame: Frame, about: About, document: Callable[[Sheet], None], *, feet: bool = True) -> tuple[Pen, pens.File]:
    """What is drawn of `document` on `frame`, and what its file says."""
    sheet = Sheet(frame, about)
    document(sheet)
    if feet:
        sheet.finish()
    height = frame.height or _ROLL_START - sheet.y + frame.bottom
    rise = 0.0 if frame.height else height - _ROLL_START
    mark = about.watermark if frame.height else ""
    return sheet.pen, pens.File(about.title, frame.width, height, rise, mark, about.pictures)
