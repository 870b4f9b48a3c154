"""Words as outlines: a watermark is drawn, not written, so that no reader finds its letters between the lines."""

from __future__ import annotations

import functools
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from desk.printing import fonts, text


class _Path(BasePen):  # type: ignore[misc]
    """An outline in the operators of PDF, at size 1 from `left` on."""

    def __init__(self, glyphs: Any, em: int, left: float) -> None:
        super().__init__(glyphs)
        self.parts, self._em, self._left = list[str](), em, left

    def _at(self, *points: tuple[float, float]) -> str:
        return " ".join(f"{x / self._em + self._left:.4f} {y / self._em:.4f}" for x, y in points)

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.parts.append(f"{self._at(pt)} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"{self._at(pt)} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"{self._at(*points)} c")

    def _closePath(self) -> None:  # noqa: N802
        self.parts.append("h")


@functools.lru_cache(maxsize=64)
def outlined(words: str, face: str) -> str:
    """`words` at size 1 from (0, 0), as the path of their outlines."""
    parts, left = list[str](), 0.0
    for span in text.spans(words, face):
        parts += _drawn(span, left)
        left += span.width
    return " ".join(parts)


def across(width: float, height: float, words: str, share: float, ink: str) -> str:
    """`words` over a page of this size, in a line that rises, as large as `share` of its width and no longer than its
    diagonal lets."""
    wide = text.width(words, 1.0, text.BOLD)
    size = min(width * share, width * 1.02 / wide)
    sine, cosine = size * 0.57358, size * 0.81915  # of 35 degrees
    return (
        f"q {ink} rg {cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {width / 2:.2f} {height / 2:.2f} cm "
        f"1 0 0 1 {-wide / 2:.4f} 0 cm {outlined(words, text.BOLD)} f Q"
    )


def _drawn(span: text.Span, left: float) -> list[str]:
    shown = span if span.face else text.Span(text.REGULAR, fonts.MISSING * len(span.text), span.width)
    parts = list[str]()
    with fonts.making, TTFont(fonts.used(shown.face).face.filename, lazy=True) as face:
        glyphs, names, em = face.getGlyphSet(), face.getBestCmap(), face["head"].unitsPerEm
        drawn = [(left + one.x, face.getGlyphName(one.number)) for one in shown.glyphs]
        for at, char in enumerate(shown.text if not shown.glyphs else ""):
            drawn.append((left + sum(text.width(one, 1.0, shown.face) for one in shown.text[:at]), names[ord(char)]))
        for x, name in drawn:
            path = _Path(glyphs, em, x)
            glyphs[name].draw(path)
            parts += path.parts
    return parts
