"""Words as outlines: a watermark is drawn, not written, so that no reader finds its letters between the lines."""

from __future__ import annotations

import functools
import itertools
import struct
from collections.abc import Iterator, Sequence

from desk.printing import fonts, text
from desk.printing.file.typefaces import Cut, cut

# Flags of a point of an outline, and of a part of a composite glyph (OpenType, glyf).
_ON, _SHORT_X, _SHORT_Y, _AGAIN, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
_WORDS, _OFFSETS, _SCALE, _TWO_SCALES, _MATRIX = 0x01, 0x02, 0x08, 0x40, 0x80

Point = tuple[float, float, bool]  # where, and whether the outline goes through it


@functools.lru_cache(maxsize=64)
def outlined(words: str, face: str) -> str:
    """`words` at size 1 from (0, 0), as the path of their outlines."""
    parts, left = list[str](), 0.0
    for span in text.spans(words, face):
        shown = span if span.face else text.Span(text.REGULAR, fonts.MISSING * len(span.text), span.width)
        for at, glyph in _glyphs(shown):
            parts += itertools.chain.from_iterable(_drawn(one, left + at) for one in _contours(cut(shown.face), glyph))
        left += span.width
    return " ".join(parts)


_SINE, _COSINE = 0.57358, 0.81915  # of 35 degrees


def _size(width: float, words: str, share: float) -> tuple[float, float]:
    """How wide `words` are at size 1, and the size that they get."""
    wide = text.width(words, 1.0, text.BOLD)
    return wide, min(width * share, width * 1.02 / wide)


def room(width: float, height: float, words: str, share: float) -> tuple[float, float, float, float]:
    """Where `across` draws: the left lower corner, the width and the height, in points."""
    wide, size = _size(width, words, share)
    right, up = size * (wide * _COSINE / 2 + _SINE), size * (wide * _SINE / 2 + _COSINE)
    return width / 2 - right, height / 2 - up, 2 * right, 2 * up


def across(width: float, height: float, words: str, share: float, ink: str) -> str:
    """`words` over a page of this size, in a line that rises, as large as `share` of its width and no longer than its
    diagonal lets."""
    wide, size = _size(width, words, share)
    sine, cosine = size * _SINE, size * _COSINE
    return (
        f"q {ink} rg {cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {width / 2:.2f} {height / 2:.2f} cm "
        f"1 0 0 1 {-wide / 2:.4f} 0 cm {outlined(words, text.BOLD)} f Q"
    )


def _glyphs(span: text.Span) -> Iterator[tuple[float, int]]:
    """Where each glyph of a run begins, and its number."""
    if span.glyphs:
        yield from ((one.x, one.number) for one in span.glyphs)
        return
    face, at = fonts.used(span.face).face, 0.0
    for char in span.text:
        yield at, face.charToGlyph.get(ord(char), 0)
        at += face.charWidths.get(ord(char), face.defaultWidth) / 1000


def _contours(face: Cut, glyph: int) -> list[list[Point]]:
    """The closed lines of a glyph at size 1."""
    em = face.face.unitsPerEm
    return [[(x / em, y / em, on) for x, y, on in line] for line in _lines(face, glyph)]


def _lines(face: Cut, glyph: int) -> list[list[Point]]:
    data = face.outline(glyph)
    if len(data) < 10:
        return []
    (count,) = struct.unpack_from(">h", data)
    return _simple(data, count) if count >= 0 else _composite(face, data)


def _simple(data: bytes, count: int) -> list[list[Point]]:
    ends = struct.unpack_from(f">{count}H", data, 10)
    at = 10 + 2 * count
    at += 2 + int.from_bytes(data[at : at + 2], "big")  # instructions
    flags, points = list[int](), ends[-1] + 1 if ends else 0
    while len(flags) < points:
        flag = data[at]
        again = data[at + 1] if flag & _AGAIN else 0
        flags += [flag] * (1 + again)
        at += 2 if flag & _AGAIN else 1
    across_, at = _coordinates(data, at, flags, _SHORT_X, _SAME_X)
    upwards, _ = _coordinates(data, at, flags, _SHORT_Y, _SAME_Y)
    every = [(float(x), float(y), bool(flag & _ON)) for x, y, flag in zip(across_, upwards, flags, strict=True)]
    return [every[begin : end + 1] for begin, end in zip([0, *(one + 1 for one in ends)], ends, strict=False)]


def _coordinates(data: bytes, at: int, flags: Sequence[int], short: int, same: int) -> tuple[list[int], int]:
    """One coordinate of each point, and where what follows begins."""
    found, value = list[int](), 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += int.from_bytes(data[at : at + 2], "big", signed=True)
            at += 2
        found.append(value)
    return found, at


def _composite(face: Cut, data: bytes) -> list[list[Point]]:
    """A glyph made of others, each moved and scaled."""
    found, at, flags = list[list[Point]](), 10, 0x20
    while flags & 0x20:
        flags, part = struct.unpack_from(">HH", data, at)
        right, up = struct.unpack_from(">hh" if flags & _WORDS else ">bb", data, at + 4)
        at += 8 if flags & _WORDS else 6
        right, up = (right, up) if flags & _OFFSETS else (0, 0)
        count = 1 if flags & _SCALE else 2 if flags & _TWO_SCALES else 4 if flags & _MATRIX else 0
        turn = [one / 16384 for one in struct.unpack_from(f">{count}h", data, at)] or [1.0]
        at += 2 * count
        a, b, c, d = turn if count == 4 else (turn[0], 0.0, 0.0, turn[-1])
        found += [[(x * a + y * c + right, x * b + y * d + up, on) for x, y, on in line] for line in _lines(face, part)]
    return found


def _drawn(line: list[Point], left: float) -> Iterator[str]:
    """A closed line in the operators of PDF. Between two points off the outline one on it is understood."""
    if not line:
        return
    whole = list[Point]()
    for (x, y, on), (to_x, to_y, to_on) in itertools.pairwise([line[-1], *line]):
        if not on and not to_on:
            whole.append(((x + to_x) / 2, (y + to_y) / 2, True))
        whole.append((to_x, to_y, to_on))
    first = next(at for at, one in enumerate(whole) if one[2])
    whole = [*whole[first:], *whole[: first + 1]]
    x, y, _ = whole[0]
    yield f"{x + left:.4f} {y:.4f} m"
    bent: tuple[float, float] | None = None
    for to_x, to_y, on in whole[1:]:
        if not on:
            bent = to_x, to_y
            continue
        if bent is None:
            yield f"{to_x + left:.4f} {to_y:.4f} l"
        else:
            yield _curve((x, y), bent, (to_x, to_y), left)
        x, y, bent = to_x, to_y, None
    yield "h"


def _curve(begin: tuple[float, float], bent: tuple[float, float], end: tuple[float, float], left: float) -> str:
    """A curve of the second degree as one of the third, the only kind that PDF has."""
    places = [
        (begin[0] + 2 * (bent[0] - begin[0]) / 3, begin[1] + 2 * (bent[1] - begin[1]) / 3),
        (end[0] + 2 * (bent[0] - end[0]) / 3, end[1] + 2 * (bent[1] - end[1]) / 3),
        end,
    ]
    return " ".join(f"{x + left:.4f} {y:.4f}" for x, y in places) + " c"
