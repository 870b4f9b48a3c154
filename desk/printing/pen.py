"""The pen: what is drawn is kept page by page and becomes a PDF at the end, when page numbers are known.

One pass over a document is enough: a number that is known only later is drawn by a `Later`. Text goes through the one
table of faces; joined Mongolian and characters without a glyph carry the text that was typed (ActualText). Words belong
to the element that is open (a paragraph of their own where none is), lines and grounds to none: they are artifacts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from types import TracebackType

import msgspec

from desk.printing import text
from desk.printing.elements import qr
from desk.printing.elements.tags import HOLDING, LAYOUT, Artifact, Element, Mark

_DARK = re.compile("1+")
DOT = 72 / 25.4 / 8  # points: a thermal head has eight dots a millimetre


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


Op = str | Words | Later | Bookmark | Mark


class Within:
    """What is drawn while it is open belongs to one element, or to an artifact."""

    __slots__ = ("_before", "_pen", "into")

    def __init__(self, pen: Pen, into: Element | Artifact) -> None:
        self._pen, self.into, self._before = pen, into, into

    def __enter__(self) -> Element | Artifact:
        self._before, self._pen.into = self._pen.into, self.into
        return self.into

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._pen.into = self._before


class Pen:
    """Pages of drawing operations. Every operation is whole: none leaves a colour or a place behind for the next.

    Where paper is burnt by a head of dots (`dot`: their distance in points) all is black and nothing tinted, rules are
    two dots broad and lie on whole dots.
    """

    def __init__(self, dot: float = 0.0) -> None:
        self.dot = dot
        self.root = Element("Document")
        self.into: Element | Artifact = self.root
        self._marked: Element | Artifact | None = None
        self._ops: list[Op] = []
        self.pages: list[list[Op]] = [self._ops]

    def _on(self, *lengths: float) -> list[float]:
        """Lengths in whole dots, where there are some."""
        return [round(one / self.dot) * self.dot for one in lengths] if self.dot else list(lengths)

    def _rule(self, weight: float, ink: str) -> tuple[float, str]:
        return (max(weight, 2 * self.dot), BLACK) if self.dot and ink else (weight, ink)

    def turn(self) -> None:
        """Go on with a new page."""
        self._ops, self._marked = [], None
        self.pages.append(self._ops)

    def within(self, tag: str, entries: str = "", told: str = "") -> Within:
        """An element, inside of the one that is open; inside of an artifact all stays artifact. `told` is what is said
        in its place, `entries` as in `Element`."""
        into = self.into
        return Within(self, into if isinstance(into, Artifact) else Element(tag, into, entries, told))

    def again(self, element: Element) -> Within:
        """Go on with an element that was opened before."""
        return Within(self, element)

    def last(self, element: Element) -> None:
        """Have `element` read after all that its parent holds by now, though it was drawn before."""
        if element.parent is not None:
            element.parent.kids.remove(element)
            element.parent.kids.append(element)

    def artifact(self, kind: Artifact = LAYOUT) -> Within:
        """What tells nothing: rules, and what each page repeats."""
        return Within(self, kind)

    def _holding(self) -> Element:
        """What is open and holds elements."""
        into = self.into
        while isinstance(into, Element) and into.tag not in HOLDING and into.parent is not None:
            into = into.parent
        return into if isinstance(into, Element) else self.root

    def _put(self, op: Op) -> None:
        """Words, and what stands in their place."""
        into = self.into
        if isinstance(into, Element) and into.tag in HOLDING:
            into = Element("LBody" if into.tag == "LI" else "P", into)
        if into is not self._marked:
            self._marked = into
            self._ops.append(Mark(into))
        self._ops.append(op)

    def _paint(self, op: str) -> None:
        """A path: part of a figure, else an artifact."""
        into = self.into
        if isinstance(into, Element) and into.tag != "Figure":
            into = LAYOUT
        if into is not self._marked:
            self._marked = into
            self._ops.append(Mark(into))
        self._ops.append(op)

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
        if not spans:
            return x
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
        self._ops.append(Bookmark(title))

    def line(
        self, x: float, y: float, to_x: float, to_y: float, weight: float = 0.5, ink: str = LINE, dash: str = ""
    ) -> None:
        """A straight line; `dash` is the length of strokes and gaps, in points."""
        (weight, ink), (x, y, to_x, to_y) = self._rule(weight, ink), self._on(x, y, to_x, to_y)
        self._paint(f"q {weight:.4g} w {ink} RG [{dash}] 0 d {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S Q")

    def box(
        self, x: float, y: float, wide: float, high: float, *, fill: str = "", edge: str = "", weight: float = 0.4
    ) -> None:
        """A rectangle with its lower left corner at (x, y)."""
        (weight, edge), fill = self._rule(weight, edge), "" if self.dot and fill == PALE else fill
        right, top = self._on(x + wide, y + high)
        x, y = self._on(x, y)
        if fill or edge:
            self._paint(_painted(f"{x:.2f} {y:.2f} {right - x:.2f} {top - y:.2f} re", fill, edge, weight))

    def shape(self, points: list[tuple[float, float]], *, fill: str = "", edge: str = "", weight: float = 0.9) -> None:
        """A closed polygon."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points))
        self._paint(_painted(f"{path} h", fill, edge, weight))

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
        self._paint(_painted(path, fill, edge, 0.9))

    def figure(self, path: str, x: float, y: float, wide: float, high: float, told: str) -> None:
        """What is given in the operators of PDF, filling a rectangle; `told` is said to whoever does not see it."""
        with self.within("Figure", figure_in(x, y, wide, high), told):
            self._paint(path)

    def qr(self, code: str, x: float, top: float, side: float, told: str = "二维码") -> Element:
        """A QR of `code` in a square of `side`, quiet zone included; `told` is said to whoever does not see it.
        The figure."""
        count, squares = _matrix(code)
        module = side / count
        if self.dot and module > self.dot:  # whole dots: no module is a dot broader than its neighbour
            module = int(module / self.dot + 0.01) * self.dot
            x, top = self._on(x + (side - module * count) / 2, top - (side - module * count) / 2)
            side = module * count
        figure = Element("Figure", self._holding(), figure_in(x, top - side, side, side), told)
        with self.again(figure):
            self._paint(
                f"q {WHITE} rg {x:.2f} {top - side:.2f} {side:.2f} {side:.2f} re f {BLACK} rg "
                f"{module:.5f} 0 0 {-module:.5f} {x:.3f} {top:.3f} cm {squares} f Q"
            )
        return figure


def figure_in(x: float, y: float, wide: float, high: float) -> str:
    """The entries of a figure that fills this rectangle, in points."""
    return f"/A<</O/Layout/Placement/Block/BBox[{x:.2f} {y:.2f} {x + wide:.2f} {y + high:.2f}]>>"


def _painted(path: str, fill: str, edge: str, weight: float) -> str:
    paint = "B" if fill and edge else "f" if fill else "S"
    inks = (f"{fill} rg " if fill else "") + (f"{weight:g} w {edge} RG " if edge else "")
    return f"q {inks}{path} {paint} Q"


@functools.lru_cache(maxsize=64)
def _matrix(code: str) -> tuple[int, str]:
    """How many modules a side has, and the dark ones as rectangles of whole modules."""
    rows, drawn = qr.rows(code), list[str]()
    free = "0" * qr.QUIET
    for line, row in enumerate(rows, qr.QUIET):
        for dark in _DARK.finditer(free + row):
            begin, end = dark.span()
            drawn.append(f"{begin} {line} {end - begin} 1 re")
    return len(rows) + 2 * qr.QUIET, " ".join(drawn)


class File(msgspec.Struct, frozen=True):
    """What the file says of itself. `width` and `height` in points; `rise` moves all that is drawn up by so much."""

    title: str
    width: float
    height: float
    rise: float = 0.0
    mark: str = ""  # across every page, pale
    pictures: Mapping[str, bytes] = {}  # of characters that no face has: PNG
    sheer: bool = False  # what is drawn may say /Sheer gs: half of what lies under it is seen
    author: str = ""  # whose it is: the organ, or the office
    made: str = ""  # words that begin with the day, or name it first
