"""The pen: what is drawn is kept page by page and becomes a PDF at the end, when page numbers are known.

One pass over a document is enough: a number that is known only later is drawn by a `Later`. Text goes through the one
table of faces; joined Mongolian and characters without a glyph carry the text that was typed (ActualText).
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Mapping

import msgspec
import segno
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desk.printing import fonts, text

_MASK, _QUIET = 3, 4  # pattern of a QR, and modules left free around it (ISO/IEC 18004)
_DARK = re.compile(rb"\x01+")
_MARK = Color(0.6, 0.6, 0.6, alpha=0.16)
_BROADER = 0.035  # of its size: how much broader the strokes of a heavy line are
DOT = 72 / 25.4 / 8  # points: a thermal head has eight dots a millimetre
_CANCELLED = Color(0.75, 0.1, 0.08, alpha=0.5)


def colour(code: str) -> str:
    """`#RRGGBB` as the numbers that PDF wants."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


INK = colour("#111111")
GREY = colour("#555555")
LINE = colour("#777777")
PALE = colour("#F1F3F4")
WHITE = colour("#FFFFFF")
BLACK = colour("#000000")
ACCENT = colour("#0B5563")


class Words(msgspec.Struct, frozen=True):
    """A line of text: base line from (x, y), in points; `down` writes it downwards instead of to the right."""

    x: float
    y: float
    spans: tuple[text.Span, ...]
    size: float
    colour: str
    down: bool = False
    typed: str = ""  # what a reader gets, where it is not what is drawn
    heavy: bool = False  # a title: each stroke drawn broader, for no heavy Song is free


class Later(msgspec.Struct, frozen=True):
    """Something that is drawn when all pages are there."""

    draw: Callable[[Pen], None]
    dot: float = 0.0


class Bookmark(msgspec.Struct, frozen=True):
    """A line of the list that readers show beside the pages; it leads to the top of this page."""

    title: str


Op = str | Words | Later | Bookmark


class Pen:
    """Pages of drawing operations. Every operation is whole: none leaves a colour or a place behind for the next.

    Where paper is burnt by a head of dots (`dot`: their distance in points) all is black and nothing tinted, rules are
    two dots broad and lie on whole dots.
    """

    def __init__(self, dot: float = 0.0) -> None:
        self.pages: list[list[Op]] = [[]]
        self.dot = dot

    def _on(self, *lengths: float) -> list[float]:
        """Lengths in whole dots, where there are some."""
        return [round(one / self.dot) * self.dot for one in lengths] if self.dot else list(lengths)

    def _rule(self, weight: float, ink: str) -> tuple[float, str]:
        return (max(weight, 2 * self.dot), BLACK) if self.dot and ink else (weight, ink)

    def turn(self) -> None:
        """Go on with a new page."""
        self.pages.append([])

    def _put(self, op: Op) -> None:
        self.pages[-1].append(op)

    def words(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        face: str,
        ink: str = INK,
        typed: str = "",
        *,
        heavy: bool = False,
    ) -> float:
        """A line of text with its base line at `y`; the x where it ends."""
        spans, ink = text.spans(words, face), BLACK if self.dot else ink
        self._put(Words(x, y, spans, size, ink, typed=typed if typed != words else "", heavy=heavy))
        return x + size * sum(span.width for span in spans)

    def down(self, x: float, y: float, span: text.Span, size: float, ink: str = INK) -> None:
        """A run written downwards from (x, y), turned by a quarter to the right."""
        self._put(Words(x, y, (span,), size, BLACK if self.dot else ink, down=True))

    def later(self, draw: Callable[[Pen], None]) -> None:
        """Draw this, on this page, when all is known."""
        self._put(Later(draw, self.dot))

    def bookmark(self, title: str) -> None:
        """A reader finds this page under `title`."""
        self._put(Bookmark(title))

    def line(
        self, x: float, y: float, to_x: float, to_y: float, weight: float = 0.5, ink: str = LINE, dash: str = ""
    ) -> None:
        """A straight line; `dash` is the length of strokes and gaps, in points."""
        (weight, ink), (x, y, to_x, to_y) = self._rule(weight, ink), self._on(x, y, to_x, to_y)
        self._put(f"q {weight:.4g} w {ink} RG [{dash}] 0 d {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S Q")

    def box(
        self, x: float, y: float, wide: float, high: float, *, fill: str = "", edge: str = "", weight: float = 0.4
    ) -> None:
        """A rectangle with its lower left corner at (x, y)."""
        (weight, edge), fill = self._rule(weight, edge), "" if self.dot and fill == PALE else fill
        right, top = self._on(x + wide, y + high)
        x, y = self._on(x, y)
        if fill or edge:
            self._put(_painted(f"{x:.2f} {y:.2f} {right - x:.2f} {top - y:.2f} re", fill, edge, weight))

    def shape(self, points: list[tuple[float, float]], *, fill: str = "", edge: str = "", weight: float = 0.9) -> None:
        """A closed polygon."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points))
        self._put(_painted(f"{path} h", fill, edge, weight))

    def round_box(
        self, x: float, y: float, wide: float, high: float, radius: float, *, fill: str = "", edge: str = ""
    ) -> None:
        """A rectangle with round corners."""
        r, k, right, top = radius, radius * 0.4477, x + wide, y + high
        path = (
            f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
            f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
            f"{right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
            f"{x + r:.2f} {top:.2f} l "
            f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
            f"{x:.2f} {y + r:.2f} l "
            f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
        )
        self._put(_painted(path, fill, edge, 0.9))

    def qr(self, code: str, x: float, top: float, side: float) -> None:
        """A QR of `code` in a square of `side`, quiet zone included."""
        count, squares = _matrix(code)
        module = side / count
        if self.dot and module > self.dot:  # whole dots: no module is a dot broader than its neighbour
            module = int(module / self.dot + 0.01) * self.dot
            x, top = self._on(x + (side - module * count) / 2, top - (side - module * count) / 2)
            side = module * count
        self._put(
            f"q {WHITE} rg {x:.2f} {top - side:.2f} {side:.2f} {side:.2f} re f {BLACK} rg "
            f"{module:.5f} 0 0 {-module:.5f} {x:.3f} {top:.3f} cm {squares} f Q"
        )


def _painted(path: str, fill: str, edge: str, weight: float) -> str:
    paint = "B" if fill and edge else "f" if fill else "S"
    inks = (f"{fill} rg " if fill else "") + (f"{weight:g} w {edge} RG " if edge else "")
    return f"q {inks}{path} {paint} Q"


@functools.lru_cache(maxsize=64)
def _matrix(code: str) -> tuple[int, str]:
    """How many modules a side has, and the dark ones as rectangles of whole modules.

    The mask is fixed: trying all eight takes longer than the rest of the receipt, and readers take any.
    """
    rows = segno.make(code, error="m", micro=False, mask=_MASK).matrix
    drawn = [
        f"{dark.start() + _QUIET} {line} {dark.end() - dark.start()} 1 re"
        for line, row in enumerate(rows, _QUIET)
        for dark in _DARK.finditer(row)
    ]
    return len(rows) + 2 * _QUIET, " ".join(drawn)


class File(msgspec.Struct, frozen=True):
    """What the file says of itself. `width` and `height` in points; `rise` moves all that is drawn up by so much."""

    title: str
    width: float
    height: float
    rise: float = 0.0
    mark: str = ""  # across every page, pale
    pictures: Mapping[str, bytes] = {}  # of characters that no face has: PNG
    cancels: bool = False  # the mark is large and red: what it stands on counts no more


def pdf(pen: Pen, file: File) -> bytes:
    """The PDF of all that `pen` drew. Equal drawings give equal bytes."""
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(file.width, file.height),
        invariant=1,
        pageCompression=1,
        lang="zh-CN",
        initialFontName=_first_face(pen),
    )
    canvas.setTitle(file.title)
    canvas.setCreator("代办台")
    canvas.setAuthor("代办台")
    canvas.setSubject(file.title)
    for ops in pen.pages:
        if file.mark:
            _watermark(canvas, file)
        if file.rise:
            canvas.addLiteral(f"1 0 0 1 0 {file.rise:.2f} cm")
        _emit(canvas, ops, file.pictures)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _first_face(pen: Pen) -> str:
    """A face that is used anyway: reportlab names one on every page, by itself one that no file may leave out."""
    words = (op for ops in pen.pages for op in ops if isinstance(op, Words))
    return _ready(next((span.face for op in words for span in op.spans if span.face), text.REGULAR))


def _ready(face: str) -> str:
    fonts.font(face)
    return face


def _watermark(canvas: Canvas, file: File) -> None:
    size, face = file.width / (3 if file.cancels else 7), text.BOLD
    wide = text.width(file.mark, size, face)
    size = min(size, size * file.width * 1.02 / wide)
    canvas.saveState()
    canvas.translate(file.width / 2, file.height / 2)
    canvas.rotate(35)
    canvas.setFillColor(_CANCELLED if file.cancels else _MARK)
    canvas.setFont(_ready(face), size)
    canvas.drawCentredString(0, 0, file.mark)
    canvas.restoreState()


def _emit(canvas: Canvas, ops: list[Op], pictures: Mapping[str, bytes]) -> None:
    for op in ops:
        if isinstance(op, str):
            canvas.addLiteral(op)
        elif isinstance(op, Words):
            _say(canvas, op, pictures)
        elif isinstance(op, Bookmark):
            key = f"page-{canvas.getPageNumber()}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(op.title, key, 0)
        else:
            late = Pen(op.dot)
            op.draw(late)
            _emit(canvas, late.pages[0], pictures)


def _say(canvas: Canvas, op: Words, pictures: Mapping[str, bytes]) -> None:
    x, y = op.x, op.y
    if op.typed:
        canvas.addLiteral(_actual(op.typed))
    for span in op.spans:
        if not span.face:
            _without_glyph(canvas, op, span, x, y, pictures)
        elif span.glyphs:
            _joined(canvas, op, span, x, y)
        else:
            canvas.addLiteral(f"{_begun(op)} {_turned(op, x, y)} {_shown(canvas, span, op.size)} {_ended(op)}")
        x, y = (x, y - span.width * op.size) if op.down else (x + span.width * op.size, y)
    if op.typed:
        canvas.addLiteral("EMC")


def _begun(op: Words) -> str:
    broad = f"q {op.size * _BROADER:.2f} w {op.colour} RG 2 Tr " if op.heavy else ""
    return f"{broad}BT {op.colour} rg"


def _ended(op: Words) -> str:
    return "ET Q" if op.heavy else "ET"


def _turned(op: Words, x: float, y: float) -> str:
    return f"0 -1 1 0 {x:.2f} {y:.2f} Tm" if op.down else f"1 0 0 1 {x:.2f} {y:.2f} Tm"


def _shown(canvas: Canvas, span: text.Span, size: float) -> str:
    """A run; what is left free at its end is a blank of its last character, so that a reader gets none."""
    if not span.gap or not fonts.has(span.face, " "):
        return _tj(canvas, span.face, span.text, size)
    before, last = span.text[:-1], span.text[-1]
    shown = _tj(canvas, span.face, before, size) + " " if before else ""
    return f"{shown}{_actual(last)} {_tj(canvas, span.face, last + ' ', size)} EMC"


def _tj(canvas: Canvas, face: str, words: str, size: float) -> str:
    font, document = fonts.used(face), canvas._doc
    return " ".join(
        f"{font.getSubsetInternalName(subset, document)} {size:.2f} Tf <{codes.hex()}> Tj"
        for subset, codes in font.splitString(words, document)
    )


def _actual(words: str) -> str:
    return f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC"


def _joined(canvas: Canvas, op: Words, span: text.Span, x: float, y: float) -> None:
    """Glyphs by number, each where HarfBuzz put it; a reader gets the word as it was typed."""
    font, document, size = fonts.used(span.face), canvas._doc, op.size
    parts = [_actual(span.text), _begun(op)]
    for glyph in span.glyphs:
        ((subset, codes),) = font.splitString(chr(fonts.GLYPHS + glyph.number), document)
        along, across = glyph.x * size, glyph.y * size
        at = _turned(op, x + across, y - along) if op.down else _turned(op, x + along, y + across)
        parts.append(f"{font.getSubsetInternalName(subset, document)} {size:.2f} Tf {at} <{codes.hex()}> Tj")
    canvas.addLiteral(" ".join([*parts, f"{_ended(op)} EMC"]))


def _without_glyph(
    canvas: Canvas, op: Words, span: text.Span, x: float, y: float, pictures: Mapping[str, bytes]
) -> None:
    """The character's picture where there is one, else 〓."""
    for at, char in enumerate(span.text):
        left, base = (x, y - at * op.size) if op.down else (x + at * op.size, y)
        canvas.addLiteral(_actual(char))
        if char in pictures:
            base -= op.size * (0.5 if op.down else 0.12)
            canvas.drawImage(ImageReader(io.BytesIO(pictures[char])), left, base, op.size, op.size, mask="auto")
        # Under a picture the sign is written without ink: readers give the typed text for a glyph only.
        way = 3 if char in pictures else 0
        shown = _shown(canvas, text.Span(text.REGULAR, fonts.MISSING, 1.0), op.size)
        canvas.addLiteral(f"q BT {op.colour} rg {way} Tr 1 0 0 1 {left:.2f} {base:.2f} Tm {shown} ET Q")
        canvas.addLiteral("EMC")
