"""Marks over a page that was made before: which copy this is, when, by whom; and that it counts no more."""

from __future__ import annotations

from desk.printing import pen, text
from desk.printing.file import strokes, writing

_RED, _CANCELLED = pen.colour("#A3231C"), pen.colour("#BF1A14")
_SIZE, _LEADING, _PAD = 8.0, 1.35, 4.0  # points, lines to their size, points around them
_ROLL = 283.0  # points: narrower pages are of a roll
_EDGE = 11.0  # points at the edge of a sheet that hardly any printer reaches less of


def band(width: float, words: str) -> float:
    """How much higher a page of this width gets so that the mark covers nothing of it: a roll has no margin for it."""
    return _high(_lines(width, words)) + 2 * _PAD if width < _ROLL else 0.0


def stamp(width: float, height: float, words: str) -> bytes:
    """A page of the given size (points) with `words` in a frame at its head, and nothing else."""
    made, lines = pen.Pen(pen.DOT if width < _ROLL else 0.0), _lines(width, words)
    wide, high = max(text.width(one, _SIZE, text.REGULAR) for one in lines), _high(lines)
    top = height - (_PAD if width < _ROLL else _EDGE)
    made.box((width - wide) / 2 - _PAD, top - high, wide + 2 * _PAD, high, fill=pen.WHITE, edge=_RED, weight=0.7)
    with made.within("P"):
        for at, line in enumerate(lines):
            left = (width - text.width(line, _SIZE, text.REGULAR)) / 2
            made.words(left, top - _PAD / 4 - _SIZE * (_LEADING * at + 1.0), line, _SIZE, text.REGULAR, _RED)
    return writing.pdf(made, pen.File("补打", width, height))


def _lines(width: float, words: str) -> list[str]:
    return text.wrap(words, _SIZE, width - 10 * _PAD, text.REGULAR)


def _high(lines: list[str]) -> float:
    return _SIZE * _LEADING * len(lines) + _PAD / 2


def cancelled(width: float, height: float) -> bytes:
    """A page of the given size (points) with 作废 across it, large and red; what lies under it stays readable."""
    made = pen.Pen()
    path = strokes.across(width, height, "作废", 1 / 3, _CANCELLED)
    place = strokes.room(width, height, "作废", 1 / 3)
    made.figure(f"q /Sheer gs {path} Q", *place, "作废：这张纸不再有效")
    return writing.pdf(made, pen.File("作废", width, height, sheer=True))
