"""A mark over a page that was printed before: which copy this is, when, by whom."""

from __future__ import annotations

import io

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from desk.printing import text

_RED = HexColor("#A3231C")


def stamp(width: float, height: float, words: str) -> bytes:
    """A page of the given size (points) with `words` in a frame at its head, and nothing else."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    size = min(8.0, width / 42)
    wide = text.width(words, size)
    left, base = (width - wide) / 2, height - size * 1.7
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setStrokeColor(_RED)
    canvas.setLineWidth(0.7)
    canvas.rect(left - 4, base - size * 0.5, wide + 8, size * 1.6, stroke=1, fill=1)
    canvas.setFillColor(_RED)
    text.draw(canvas, left, base, words, size)
    canvas.save()
    return out.getvalue()
