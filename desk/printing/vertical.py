"""Vertical columns of traditional Mongolian, written downwards, columns from left to right.

Mongolian and Latin letters and numbers of more than two digits lie on the column's axis, turned by a quarter; Chinese
characters stand upright, so do two digits, side by side. A number never parts. Lines break at blanks, after a hyphen,
before U+1806, at a soft hyphen (which then shows) and between Chinese characters; never at U+202F or U+180E, which
belong to the word. Marks of the horizontal line take their vertical form.
"""

from __future__ import annotations

import functools
import itertools
import re

import msgspec

from desk.printing import fonts, text
from desk.printing.pen import INK, Pen

PITCH = 1.55  # from one column to the next, in sizes
_VERTICAL = dict(
    zip("，、。：；！？（）《》〈〉「」『』【】〔〕—…", "︐︑︒︓︔︕︖︵︶︽︾︿﹀﹁﹂﹃﹄︻︼︹︺︱︙", strict=True)
)
_NUMBER = re.compile(r"(\d[\d\-.:/,\u00a0]*)")
_GROUPS = re.compile(r"(?<=\d{3}) (?=\d{2})")
_UPRIGHT_MARKS = frozenset("?!")
_NOT_FIRST = frozenset("，。、；：？！）》〉」』】”’…—?!᠂᠃᠄᠅")
_NOT_LAST = frozenset("（《〈「『【“‘")
_SOFT, _TODO, _JOIN = "\u00ad", "\u1806", "\u200d"


class Piece(msgspec.Struct, frozen=True):
    """What is drawn at one place of a column; lengths at size 1."""

    words: str
    kind: str  # "down", "up"
    length: float


class Column(msgspec.Struct, frozen=True):
    """One column from its head down."""

    pieces: tuple[Piece, ...]

    @property
    def length(self) -> float:
        """How far it reaches, at size 1."""
        return sum(piece.length for piece in self.pieces)

    @property
    def words(self) -> str:
        """Its text."""
        return "".join(piece.words for piece in self.pieces)


def columns(words: str, size: float, height: float, face: str = text.SONG) -> list[Column]:
    """`words` in columns no longer than `height` points; a line feed begins a new one."""
    room = height / size
    made: list[Column] = []
    for paragraph in words.split("\n"):
        made += _paragraph(text.clean(paragraph), room, face)
    return made


def _paragraph(words: str, room: float, face: str) -> list[Column]:
    made: list[Column] = []
    line: list[Piece] = []
    used = 0.0
    hyphen = False  # the word before may be parted here, and nothing shows if it is not
    for word in _unbroken(_GROUPS.sub("\u00a0", words)):
        pieces = _pieces(word.removesuffix(_SOFT), face)
        long = sum(piece.length for piece in pieces)
        if hyphen and used + long > room:
            line.append(_lying("-", face))
        hyphen = word.endswith(_SOFT)
        blank = bool(pieces) and word.isspace()
        if used + long > room and line and not blank:
            made.append(_column(line))
            line, used = [], 0.0
        if blank and not line:
            continue
        while long > room:
            first, pieces = _cut(pieces, room, face)
            made.append(_column(first))
            long = sum(piece.length for piece in pieces)
        line += pieces
        used += long
    return [*made, _column(line)] if line else made


def _column(pieces: list[Piece]) -> Column:
    """Without the blank at the end."""
    while pieces and pieces[-1].words == " ":
        pieces = pieces[:-1]
    return Column(tuple(_whole(pieces)))


def _whole(pieces: list[Piece]) -> list[Piece]:
    """Parts of one word that a soft hyphen may have parted are one run again, so that their letters join."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1].kind == piece.kind == "down" and " " not in (made[-1].words, piece.words):
            words = made[-1].words + piece.words
            made[-1] = Piece(words, "down", made[-1].length + piece.length)
        else:
            made.append(piece)
    return made


def _unbroken(words: str) -> list[str]:
    """`words` cut where a column may end."""
    pieces: list[str] = []
    last = ""
    for char in words:
        if pieces and not _may_end(last, char):
            pieces[-1] += char
        else:
            pieces.append(char)
        last = char
    return pieces


def _may_end(last: str, char: str) -> bool:
    if last == "-" and char.isdigit():
        return False
    if char == " " or last == " " or last in "-\u00ad\u2010" or char == _TODO:
        return char != last
    if char in _NOT_FIRST or last in _NOT_LAST:
        return False
    return _stands(char) or _stands(last)


def _stands(char: str) -> bool:
    """Stands upright by itself: Chinese characters and their marks."""
    return char > "\u2e7f" and not fonts.is_mongolian(char)


def _class(char: str) -> str:
    if fonts.is_mongolian(char):
        return "mongolian"
    if _stands(char) or char in _UPRIGHT_MARKS:
        return "upright"
    return "blank" if char == " " else "latin"


def _pieces(word: str, face: str) -> list[Piece]:
    made: list[Piece] = []
    for part in filter(None, _NUMBER.split(word)):
        if part[0].isdigit():
            made.append(Piece(part, "up", 1.0) if len(part) <= 2 else _lying(part, face))
        else:
            made += _lettered(part, face)
    return made


def _lettered(word: str, face: str) -> list[Piece]:
    made: list[Piece] = []
    for kind, group in itertools.groupby(word, _class):
        run = "".join(group)
        if kind in ("mongolian", "latin"):
            made.append(_lying(run, face))
        elif kind == "blank":
            made += [Piece(char, "down", 0.4) for char in run]
        else:
            made += [Piece(char, "up", 1.0) for char in run]
    return made


def _lying(run: str, face: str) -> Piece:
    return Piece(run, "down", text.width(run, 1.0, face))


def _cut(pieces: list[Piece], room: float, face: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces that fill one column, and the rest; a word that is longer than a column stays joined over the cut."""
    used, head = 0.0, list[Piece]()
    for at, piece in enumerate(pieces):
        if used + piece.length <= room:
            used += piece.length
            head.append(piece)
            continue
        if head:
            return head, pieces[at:]
        break
    whole = pieces[0]
    ends = [at for at in range(1, len(whole.words)) if not _clings(whole.words[at])]
    for end in reversed(ends):
        joins = _JOIN if fonts.is_mongolian(whole.words[0]) else ""
        first = _lying(whole.words[:end] + joins, face)
        if first.length <= room:
            return [first], [_lying(joins + whole.words[end:], face), *pieces[1:]]
    return [whole], pieces[1:]


def _clings(char: str) -> bool:
    """A mark that belongs to the letter before it."""
    return char in "\u180b\u180c\u180d\u180e\u180f\u202f\u200d"


@functools.cache
def _axis() -> float:
    """How far the stem of the letters lies above their base line, in sizes."""
    with fonts.making:
        face = fonts.tables()
        stem = face["glyf"][face.getBestCmap()[0x180A]]
        middle: float = (stem.yMin + stem.yMax) / 2 / face["head"].unitsPerEm
    return middle


def draw(pen: Pen, middle: float, top: float, column: Column, size: float, face: str = text.SONG) -> None:
    """Draw a column around the axis `middle`, downwards from `top`."""
    y = top
    for piece in column.pieces:
        if piece.words == " ":
            pass
        elif piece.kind == "down":
            _down(pen, middle, y, piece.words, size, face)
        else:
            _upright(pen, middle, y, piece, size, face)
        y -= piece.length * size


def _down(pen: Pen, middle: float, y: float, words: str, size: float, face: str) -> None:
    for span in text.spans(words, face):
        off = _axis() if span.face == fonts.MONGOLIAN else 0.33
        pen.down(middle - off * size, y, span, size)
        y -= span.width * size


def _upright(pen: Pen, middle: float, y: float, piece: Piece, size: float, face: str) -> None:
    shown = _VERTICAL.get(piece.words, piece.words)
    shown = shown if not fonts.missing(shown) else piece.words
    wide = text.width(shown, size, face)
    fit = min(size, size * size / wide) if wide else size
    base = y - (piece.length * size + fit * 0.74) / 2
    pen.words(middle - wide * fit / size / 2, base, shown, fit, face, INK, typed=piece.words)
