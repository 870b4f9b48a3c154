"""A sheet: the blocks that every document is made of, flowing down pages that number themselves.

A document is a function that draws blocks on a sheet. It runs twice, first to count pages (or to find how long a roll
gets), then to draw; with the date fixed, the same facts give the same bytes.
"""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Callable, Sequence

import msgspec
import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from desk.printing import text

MM = 72 / 25.4
INK = HexColor("#111111")
GREY = HexColor("#555555")
LINE = HexColor("#777777")
PALE = HexColor("#F1F3F4")
MARK = Color(0.6, 0.6, 0.6, alpha=0.16)
_LEADING = 1.5
_PAD = 1.4 * MM
_ROLL_START = 2000 * MM


@functools.lru_cache(maxsize=64)
def _matrix(code: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in segno.make(code, error="m", micro=False).matrix_iter(border=3))


class Frame(msgspec.Struct, frozen=True):
    """A page: size and margins in points; `height` 0 is a roll that grows with its content. `base` is the body size."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    base: float


A4 = Frame(210 * MM, 297 * MM, 24 * MM, 22 * MM, 22 * MM, 22 * MM, 10.5)
A5 = Frame(148 * MM, 210 * MM, 12 * MM, 12 * MM, 11 * MM, 14 * MM, 8.6)
ROLL = Frame(80 * MM, 0, 4 * MM, 4 * MM, 4 * MM, 8 * MM, 8.6)


class About(msgspec.Struct, frozen=True):
    """What the file and its foot say of the document."""

    title: str
    foot: str  # left of the page number
    watermark: str = ""


class Sheet:
    """Where the pen is, and the blocks it can draw. y runs down from the top margin."""

    def __init__(self, canvas: Canvas, frame: Frame, about: About, pages: int) -> None:
        self.canvas, self.frame, self.about, self.pages = canvas, frame, about, pages
        self.page = 1
        self.room = frame.width - frame.left - frame.right
        self.lowest = 0.0
        self._start()

    def _start(self) -> None:
        self.y = (self.frame.height or _ROLL_START) - self.frame.top
        self.canvas.setFillColor(INK)
        if self.about.watermark and self.frame.height:
            self._watermark()

    def _watermark(self) -> None:
        size = self.frame.width / 7
        self.canvas.saveState()
        self.canvas.translate(self.frame.width / 2, self.frame.height / 2)
        self.canvas.rotate(35)
        self.canvas.setFillColor(MARK)
        wide = text.width(self.about.watermark, size, bold=True)
        text.draw(self.canvas, -wide / 2, 0, self.about.watermark, size, bold=True)
        self.canvas.restoreState()

    def need(self, height: float) -> None:
        """Begin a new page when less than `height` is left."""
        if self.frame.height and self.y - height < self.frame.bottom:
            self.turn()

    def turn(self) -> None:
        """Begin a new page."""
        self.finish()
        self.canvas.showPage()
        self.page += 1
        self._start()

    def finish(self) -> None:
        """Draw the foot of this page."""
        size = self.frame.base * 0.8
        if not self.frame.height:
            return
        y = self.frame.bottom - 6 * MM
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(self.frame.left, y + 3.6 * MM, self.frame.width - self.frame.right, y + 3.6 * MM)
        self.canvas.setFillColor(GREY)
        number = f"第 {self.page} 页 / 共 {self.pages} 页"
        right = text.width(number, size)
        fit, lines = text.fitted(self.about.foot, size, self.room - right - 4 * MM)
        text.draw(self.canvas, self.frame.left, y, lines[0], fit)
        text.draw(self.canvas, self.frame.width - self.frame.right - right, y, number, size)
        self.canvas.setFillColor(INK)

    # -- blocks ------------------------------------------------------------------------------------------------

    def gap(self, height: float) -> None:
        """Leave `height` points free."""
        self.y -= height

    def centred(self, words: str, size: float, *, bold: bool = False, colour: Color = INK) -> None:
        """A centred line, wrapped when it must be."""
        fit, lines = text.fitted(words, size, self.room, bold=bold)
        self.need(fit * _LEADING * len(lines))
        self.canvas.setFillColor(colour)
        for line in lines:
            self.y -= fit * 1.35
            wide = text.width(line, fit, bold=bold)
            text.draw(self.canvas, self.frame.left + (self.room - wide) / 2, self.y, line, fit, bold=bold)
        self.canvas.setFillColor(INK)
        self.y -= fit * 0.25

    def paragraph(
        self, words: str, size: float = 0, *, bold: bool = False, indent: float = 0, colour: Color = INK
    ) -> None:
        """Text over the whole width from `indent` on."""
        size = size or self.frame.base
        for line in text.wrap(words, size, self.room - indent, bold=bold):
            self.need(size * _LEADING)
            self.y -= size * _LEADING
            self.canvas.setFillColor(colour)
            text.draw(self.canvas, self.frame.left + indent, self.y + size * 0.25, line, size, bold=bold)
        self.canvas.setFillColor(INK)

    def heading(self, words: str, size: float = 0) -> None:
        """A heading with a bar at its left; never the last thing on a page."""
        size = size or self.frame.base * 1.15
        self.need(size * 5)
        self.y -= size * 2
        self.canvas.setFillColor(INK)
        self.canvas.rect(self.frame.left, self.y - size * 0.12, size * 0.24, size, stroke=0, fill=1)
        text.draw(self.canvas, self.frame.left + size * 0.6, self.y, words, size, bold=True)
        self.y -= size * 0.5

    def rule(self, weight: float = 0.5) -> None:
        """A line from margin to margin."""
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(weight)
        self.canvas.line(self.frame.left, self.y, self.frame.left + self.room, self.y)

    def fields(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """A ruled table of labels and values; each row holds one or two pairs."""
        label = self.frame.base * 5.4
        for row in rows:
            share = self.room / len(row)
            cells: list[tuple[float, str, bool]] = []
            for name, value in row:
                cells += [(label, name, True), (share - label, value, False)]
            self._row(cells, shade_labels=True)

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """A ruled table; `columns` are heading and share of the width. The head comes again on a new page."""
        whole = sum(share for _, share in columns)
        widths = [self.room * share / whole for _, share in columns]
        head = [(wide, name, True) for wide, (name, _) in zip(widths, columns, strict=True)]
        self._row(head, shade_labels=True)
        for row in rows:
            page = self.page
            cells = [(wide, cell, False) for wide, cell in zip(widths, row, strict=True)]
            self.need(self._height(cells))
            if self.page != page:
                self._row(head, shade_labels=True)
            self._row(cells, shade_labels=False)

    def _fit(self, cells: Sequence[tuple[float, str, bool]]) -> list[tuple[float, list[str]]]:
        return [text.fitted(words, self.frame.base, wide - 2 * _PAD, bold=bold) for wide, words, bold in cells]

    def _height(self, cells: Sequence[tuple[float, str, bool]]) -> float:
        return max(self.frame.base * 1.4 * len(lines) for _, lines in self._fit(cells)) + 1.6 * _PAD

    def _row(self, cells: Sequence[tuple[float, str, bool]], *, shade_labels: bool) -> None:
        height = self._height(cells)
        self.need(height)
        x, top = self.frame.left, self.y
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.4)
        for (wide, _, bold), (size, lines) in zip(cells, self._fit(cells), strict=True):
            self.canvas.setFillColor(PALE)
            self.canvas.rect(x, top - height, wide, height, stroke=1, fill=int(bold and shade_labels))
            self.canvas.setFillColor(INK)
            leading = self.frame.base * 1.4
            y = top - (height - leading * len(lines)) / 2 - leading * 0.5 - size * 0.36
            for line in lines:
                text.draw(self.canvas, x + _PAD, y, line, size, bold=bold)
                y -= leading
            x += wide
        self.y = top - height

    def boxed(self, words: str, size: float = 0) -> None:
        """A bold statement in a frame: what must not be overlooked."""
        size = size or self.frame.base * 1.1
        lines = text.wrap(words, size, self.room - 6 * _PAD, bold=True)
        height = size * 1.45 * len(lines) + 3 * _PAD
        self.need(height)
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(1)
        self.canvas.rect(self.frame.left, self.y - height, self.room, height, stroke=1, fill=0)
        y = self.y - 1.5 * _PAD
        for line in lines:
            y -= size * 1.45
            wide = text.width(line, size, bold=True)
            text.draw(self.canvas, self.frame.left + (self.room - wide) / 2, y + size * 0.38, line, size, bold=True)
        self.y -= height

    def signatures(self, left: str, right: str) -> None:
        """Two places to sign, with room for a finger-print."""
        size, half = self.frame.base, self.room / 2
        across = text.width(left, size) < half * 0.7
        step = size * 3.4
        self.need(step * (1 if across else 2) + size * 1.2)
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.5)
        for at, words in enumerate((left, right)):
            x = self.frame.left + (half * at if across else 0)
            self.y -= step if at == 0 or not across else 0
            end = text.draw(self.canvas, x, self.y, words, size)
            self.canvas.line(end + 2, self.y - 2, x + (half if across else self.room) - 4 * MM, self.y - 2)
        self.y -= size * 0.8

    def qr(self, code: str, x: float, top: float, side: float) -> None:
        """A QR of `code` in a square of `side`, quiet zone included."""
        matrix = _matrix(code)
        module = side / len(matrix)
        self.canvas.setFillColor(HexColor("#FFFFFF"))
        self.canvas.rect(x, top - side, side, side, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor("#000000"))
        path = self.canvas.beginPath()
        for line, row in enumerate(matrix):
            at = 0
            for dark, group in itertools.groupby(row):
                count = len(list(group))
                if dark:
                    path.rect(x + at * module, top - (line + 1) * module, count * module, module)
                at += count
        self.canvas.drawPath(path, stroke=0, fill=1)
        self.canvas.setFillColor(INK)


def render(frame: Frame, about: About, document: Callable[[Sheet], None]) -> bytes:
    """The PDF of `document` on `frame`: counted first, then drawn."""
    counted = _run(frame, about, document, 0)[1]
    if not frame.height:
        long = _ROLL_START - counted.y + frame.bottom
        frame = msgspec.structs.replace(frame, height=0)
        return _run_roll(frame, about, document, long)
    return _run(frame, about, document, counted.page)[0]


def _canvas(out: io.BytesIO, frame: Frame, about: About, height: float) -> Canvas:
    canvas = Canvas(out, pagesize=(frame.width, height), invariant=1, pageCompression=1, lang="zh-CN")
    canvas.setTitle(about.title)
    canvas.setCreator("代办台")
    canvas.setAuthor("")
    return canvas


def _run(frame: Frame, about: About, document: Callable[[Sheet], None], pages: int) -> tuple[bytes, Sheet]:
    out = io.BytesIO()
    canvas = _canvas(out, frame, about, frame.height or _ROLL_START)
    sheet = Sheet(canvas, frame, about, pages)
    document(sheet)
    sheet.finish()
    if not pages:
        return b"", sheet
    canvas.save()
    return out.getvalue(), sheet


def _run_roll(frame: Frame, about: About, document: Callable[[Sheet], None], long: float) -> bytes:
    """A roll is drawn on a page as long as its content: the page's origin is moved up to the content's end."""
    out = io.BytesIO()
    canvas = _canvas(out, frame, about, long)
    canvas.translate(0, long - _ROLL_START)
    document(Sheet(canvas, frame, about, 1))
    canvas.save()
    return out.getvalue()
