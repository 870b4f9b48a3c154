"""The one way in which text is measured: cut into runs by face, wrapped, never shrunk; Mongolian joined by HarfBuzz.

What people typed is drawn literally. Control characters and characters that turn the direction of writing are made
harmless. Lines break by Chinese rules: no closing mark at the start of a line, no opening mark at its end; two marks
that meet take the room of one and a half, and one that ends a line may stand in the room of a half. Between a Chinese
character and a Latin letter or a digit a quarter of a character is free: drawn, never typed, and not in a 文号.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
import unicodedata
from typing import NamedTuple

import uharfbuzz

from desk.printing import fonts
from desk.printing.fonts import BOLD, REGULAR, SONG

__all__ = ["BOLD", "REGULAR", "SONG", "Glyph", "Span", "clean", "shaped", "spans", "width", "wrap"]

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕｝”’…—·,.;:?!)]}%％")
_NOT_LAST = frozenset("（《〈「『【〔｛“‘([{")
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Full-width marks that are blank in their right half, and in their left: where two meet, half a character is saved.
_CLOSING, _OPENING = "，。、；：）》〉」』】〕｝", "（《〈「『【〔｛"
_MEETING = re.compile(f"(?<=[{_CLOSING}])(?=[{_CLOSING}{_OPENING}])|(?<=[{_OPENING}])(?=[{_OPENING}])")
_HAN, _LATIN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff", "A-Za-z0-9\u00c0-\u024f\u0370-\u04ff"
_APART = re.compile(f"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}%℃])(?=[{_HAN}])")
_INTAKE = re.compile(r"\d{12} \d{2} \d{6} \d{3} \d(?!\d)")  # as `numbers.grouped` sets it
_ONE_NUMBER = re.compile(r"〔\d{4}〕第?\d[\d-]*号")
QUARTER = 0.25  # em between a Chinese character and a letter or a digit
# A piece of a line where neither marks that cling nor Mongolian are about: what `_words` tells character by character.
_PIECE = re.compile(
    "(?s:.)(?:[{first}]|(?<=[{last}])(?s:.)|(?<=[!-~])[!-~])*".format(
        first=re.escape("".join(sorted(_NOT_FIRST))), last=re.escape("".join(sorted(_NOT_LAST)))
    )
)
_CLINGING = re.compile("[\u302a-\u302f]")
_PLAIN = re.compile(r"[\u0020-\u007e\u00a1-\u00ac\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*\Z")


class Glyph(NamedTuple):
    """One glyph of the Mongolian face at size 1: where it is drawn from the start of its run, and its id."""

    x: float
    y: float
    number: int


class Span(NamedTuple):
    """A run in one face, its width at size 1; Mongolian comes with its joined glyphs. Face "" draws 〓 for each. `gap`
    of its width is left free at its end."""

    face: str
    text: str
    width: float
    glyphs: tuple[Glyph, ...] = ()
    gap: float = 0.0


def clean(text: str) -> str:
    """`text` without what could disturb a line: direction marks out, control characters as blanks."""
    if _PLAIN.match(text):
        return text
    kept = (char for char in text if char not in _TURNING)
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in kept)


@functools.lru_cache(maxsize=2048)
def spans(text: str, face: str) -> tuple[Span, ...]:
    """`text`, cleaned, as runs."""
    words = clean(text)
    apart = _apart(words)
    cuts = sorted(apart | {found.start() for found in _MEETING.finditer(words)})
    made: list[Span] = []
    for start, end in itertools.pairwise((0, *cuts, len(words))):
        made += (_span(drawn, piece) for drawn, piece in fonts.runs(words[start:end], face))
        if end in apart:
            made[-1] = made[-1]._replace(width=made[-1].width + QUARTER, gap=QUARTER)
        elif end < len(words):
            made[-1] = made[-1]._replace(width=made[-1].width - 0.5)
    return tuple(made)


def _apart(words: str) -> set[int]:
    """Where a quarter of a character is left free: before these places."""
    found = {one.start() for one in _APART.finditer(words)}
    if found and "〔" in words:
        found -= {at for one in _ONE_NUMBER.finditer(words) for at in range(one.start(), one.end())}
    return found


def _span(face: str, piece: str) -> Span:
    if not face:
        return Span("", piece, float(len(piece)))
    if face == fonts.MONGOLIAN:
        glyphs, wide = shaped(piece)
        return Span(face, piece, wide, glyphs)
    found = fonts.used(face)
    widths, usual = found.face.charWidths, found.face.defaultWidth
    return Span(face, piece, sum(widths.get(ord(char), usual) for char in piece) / 1000)


@functools.lru_cache(maxsize=4096)
def _width(text: str, face: str) -> float:
    return sum(span.width for span in spans(text, face))


def width(text: str, size: float, face: str = SONG) -> float:
    """How wide `text` is, in points."""
    return size * _width(text, face)


@functools.lru_cache(maxsize=4096)
def shaped(words: str) -> tuple[tuple[Glyph, ...], float]:
    """Mongolian joined by HarfBuzz at size 1: glyphs, and how long they are together.

    `drawString(shaping=True)` of reportlab prints the letters apart without saying so when `rlbidi` is not there.
    """
    shaper = _shaper()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.direction, buffer.script, buffer.language = "ltr", "Mong", "mn"
    uharfbuzz.shape(shaper, buffer)
    em, at, glyphs = shaper.face.upem, 0, []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append(Glyph((at + place.x_offset) / em, place.y_offset / em, info.codepoint))
        at += place.x_advance
    return tuple(glyphs), at / em


@functools.cache
def _shaper() -> uharfbuzz.Font:
    fonts.font(fonts.MONGOLIAN)
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.mongolian_file()))))


def _words(text: str) -> list[str]:
    """Pieces that stay whole: runs of Latin letters and digits; other characters with the marks that cling to them."""
    if _PLAIN.match(text) and not _CLINGING.search(text):
        return _PIECE.findall(text)
    pieces: list[str] = []
    last = ""
    for char in text:
        if pieces and (
            (_is_latin(char) and _is_latin(last))
            or char in _NOT_FIRST
            or last in _NOT_LAST
            or (fonts.is_mongolian(char) and fonts.is_mongolian(last))
            or (char > "\u02ff" and unicodedata.combining(char))
        ):
            pieces[-1] += char
        else:
            pieces.append(char)
        last = char
    return pieces


def _glued(pieces: list[str], text: str) -> list[str]:
    """The groups of an intake number, which is one word to whoever reads it out."""
    if not _INTAKE.search(text):
        return pieces
    ends = list(itertools.accumulate(map(len, pieces)))
    inside = [range(one.start() + 1, one.end()) for one in _INTAKE.finditer(text)]
    made: list[str] = []
    for begins, piece in zip((0, *ends), pieces, strict=False):
        if made and any(begins in one for one in inside):
            made[-1] += piece
        else:
            made.append(piece)
    return made


def _parts(piece: str) -> list[str]:
    """What a piece is cut into that is longer than a line: an intake number between its groups, else anywhere."""
    return re.split(r"(?<= )", piece) if _INTAKE.fullmatch(piece) else list(piece)


def _is_latin(char: str) -> bool:
    return "!" <= char <= "~"


def wrap(text: str, size: float, room: float, face: str = SONG) -> list[str]:
    """Lines no wider than `room`; paragraphs at line feeds. A piece wider than the room is cut where it must be."""
    return list(_wrap(text, size, room, face))


@functools.lru_cache(maxsize=1024)
def _wrap(text: str, size: float, room: float, face: str) -> tuple[str, ...]:
    paragraphs = (_wrap_line(clean(one), size, room, face) for one in text.split("\n"))
    return tuple(itertools.chain.from_iterable(paragraphs))


def _blank(words: str) -> float:
    """What of the last character is blank at its right, in em."""
    return 0.5 if words and words[-1] in _CLOSING else 0.0


def _wrap_line(text: str, size: float, room: float, face: str) -> list[str]:
    if not text or width(text, size, face) - _blank(text) * size <= room:
        return [text.rstrip(" ")]
    pieces, ends, gaps, widest = _measured(text, face)
    if widest * size > room:
        whole = (_parts(one) if width(one, size, face) > room else [one] for one in pieces)
        pieces, ends, gaps, _ = _laid(tuple(itertools.chain.from_iterable(whole)), face)
    lines, at, room = [], 0, (room + 0.01) / size
    while at < len(pieces):
        start = ends[at] + gaps[at]  # a line does not begin with a free quarter
        past = bisect.bisect_right(ends, start + room, at + 1)  # the first that ends beyond the room
        while past <= len(pieces) and ends[past] - start - _blank(pieces[past - 1]) <= room:
            past += 1
        last = max(past - 1, at + 1)
        lines.append("".join(pieces[at:last]).rstrip(" "))
        at = last + (last < len(pieces) and pieces[last] == " ")
    return lines


_Laid = tuple[tuple[str, ...], list[float], list[float], float]


@functools.lru_cache(maxsize=512)
def _measured(text: str, face: str) -> _Laid:
    """The pieces of `text`, kept, for a paper is drawn in several sizes; see `_laid`."""
    return _laid(tuple(_glued(_words(text), text)), face)


def _laid(pieces: tuple[str, ...], face: str) -> _Laid:
    """`pieces`, where each begins and where the last ends at size 1, what is left free before each within a line (it
    belongs to the piece), and how wide the widest is."""
    widths = list(map(_width, pieces, itertools.repeat(face)))
    widest, gaps = max(widths), [0.0] * (len(pieces) + 1)
    apart = {one.start() for one in _APART.finditer("".join(pieces))}
    if apart:
        for number, begins in enumerate(itertools.accumulate(map(len, pieces[:-1]), initial=0)):
            if begins in apart:
                gaps[number] = QUARTER
                widths[number] += QUARTER
    return pieces, list(itertools.accumulate(widths, initial=0.0)), gaps, widest
