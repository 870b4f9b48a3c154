"""The one way in which text gets onto paper: measured, wrapped, shrunk, drawn run by run; Mongolian in columns.

What people typed is drawn literally. Control characters and characters that turn the direction of writing are made
harmless. Lines break by Chinese rules: no closing mark at the start of a line, no opening mark at its end.
"""

from __future__ import annotations

import functools
import unicodedata

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import shapeStr
from reportlab.pdfgen.canvas import Canvas

from desk.printing import fonts

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕｝”’…—·,.;:?!)]}%％")
_NOT_LAST = frozenset("（《〈「『【〔｛“‘([{")
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SMALLEST = 0.82  # text shrinks to this part of its size before it wraps


def clean(text: str) -> str:
    """`text` without what could disturb a line: direction marks out, control characters as blanks."""
    kept = (char for char in text if char not in _TURNING)
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in kept)


def face(*, bold: bool) -> str:
    """The face of Chinese text."""
    return fonts.ready(fonts.BOLD if bold else fonts.REGULAR)


@functools.lru_cache(maxsize=65536)
def _advance(char: str, name: str) -> float:
    """Width of one character at size 1."""
    return float(sum(pdfmetrics.stringWidth(piece, drawn, 1) for drawn, piece in fonts.runs(char, name)))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is, in points."""
    name = face(bold=bold)
    return size * sum(_advance(char, name) for char in clean(text))


def _words(text: str) -> list[str]:
    """Pieces that stay whole: runs of Latin letters and digits; other characters with the marks that cling to them."""
    pieces: list[str] = []
    for char in text:
        latin = char.isascii() and not char.isspace()
        if pieces and (
            (latin and pieces[-1][-1].isascii() and not pieces[-1][-1].isspace())
            or char in _NOT_FIRST
            or pieces[-1][-1] in _NOT_LAST
            or unicodedata.combining(char)
        ):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `room`; paragraphs at line feeds. A piece wider than the room is cut where it must be."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_line(clean(paragraph), size, room, bold=bold)
    return lines


def _wrap_line(text: str, size: float, room: float, *, bold: bool) -> list[str]:
    lines, line, used = [], "", 0.0
    for word in _words(text):
        pieces = [word] if width(word, size, bold=bold) <= room else list(word)
        for piece in pieces:
            wide = width(piece, size, bold=bold)
            if line and used + wide > room + 0.01:
                lines.append(line.rstrip())
                line, used = "", 0.0
                if piece.isspace():
                    continue
            line += piece
            used += wide
    return [*lines, line.rstrip()]


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> tuple[float, list[str]]:
    """Size and lines for a box `room` wide: shrunk a little to stay on one line, else wrapped at full size."""
    wide = width(text, size, bold=bold)
    if "\n" not in text and wide <= room:
        return size, [clean(text)]
    if "\n" not in text and wide * _SMALLEST <= room:
        return size * room / wide * 0.999, [clean(text)]
    return size, wrap(text, size, room, bold=bold)


def draw(canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> float:
    """Draw one line with its base line at `y`; the x where it ends. Fallback faces leave the line height alone."""
    name = face(bold=bold)
    for drawn, piece in fonts.runs(clean(text), name):
        canvas.setFont(drawn, size)
        if drawn == fonts.MONGOLIAN:
            canvas.drawString(x, y, shaped(piece, size))
        else:
            canvas.drawString(x, y, piece)
        x += pdfmetrics.stringWidth(piece, drawn, size)
    return x


def shaped(text: str, size: float) -> str:
    """Mongolian joined by HarfBuzz; `drawString(shaping=True)` would print the letters apart without saying so."""
    fonts.ready(fonts.MONGOLIAN)
    joined: str = shapeStr(text, fonts.MONGOLIAN, size)
    return joined


def columns(words: str, size: float, height: float) -> list[str]:
    """Mongolian cut into columns no longer than `height`: at blanks, and at line feeds."""
    made: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in clean(paragraph).split(" "):
            longer = f"{line} {word}".strip()
            if line and shaped_length(longer, size) > height:
                made.append(line)
                line = word
            else:
                line = longer
        made.append(line)
    return [line for line in made if line]


def shaped_length(words: str, size: float) -> float:
    """How long a Mongolian line is once its letters are joined, in points."""
    font = _shaper()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advance = sum(one.x_advance for one in buffer.glyph_positions)
    return float(advance * size / font.face.upem)


@functools.cache
def _shaper() -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.mongolian_file()))))


def column(canvas: Canvas, x: float, top: float, text: str, size: float) -> None:
    """One vertical column of Mongolian with its left edge at `x`, written downwards from `top`."""
    canvas.saveState()
    canvas.translate(x, top)
    canvas.rotate(-90)
    canvas.setFont(fonts.ready(fonts.MONGOLIAN), size)
    canvas.drawString(0, size * 0.3, shaped(clean(text), size))
    canvas.restoreState()
