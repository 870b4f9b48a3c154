"""Marks over a page that was made before: which copy this is, when, by whom; and that it counts no more."""

from __future__ import annotations

from desk.printing import pen, text
from desk.printing.file import strokes, writing

_RED, _CANCELLED = pen.colour("#A3231C"), pen.colour("#BF1A14")


def stamp(width: float, height: float, words: str) -> bytes:
    """A page of the given size (points) with `words` in a frame at its head, and nothing else."""
    made, size = pen.Pen(), min(8.0, width / 42)
    size = min(size, size * (width - 16) / text.width(words, size, text.REGULAR))
    wide = text.width(words, size, text.REGULAR)
    left, base = (width - wide) / 2, height - size * 1.7
    made.box(left - 4, base - size * 0.5, wide + 8, size * 1.6, fill=pen.WHITE, edge=_RED, weight=0.7)
    made.words(left, base, words, size, text.REGULAR, _RED)
    return writing.pdf(made, pen.File("补打", width, height))


def cancelled(width: float, height: float) -> bytes:
    """A page of the given size (points) with 作废 across it, large and red; what lies under it stays readable."""
    made = pen.Pen()
    path = strokes.across(width, height, "作废", 1 / 3, _CANCELLED)
    place = strokes.room(width, height, "作废", 1 / 3)
    made.figure(f"q /Sheer gs {path} Q", *place, "作废：这张纸不再有效")
    return writing.pdf(made, pen.File("作废", width, height, sheer=True))
