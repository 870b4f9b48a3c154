"""The faces of paper and screen, and which of them has which character.

reportlab embeds TrueType outlines only and has no fallback of its own: every text is cut into runs by what each face
can draw. A character that no face here has is reported before printing, never drawn as an empty box in silence.
"""

from __future__ import annotations

import array
import functools
import io
import itertools
import mmap
import os
import sys
import threading
import unicodedata
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

import resources
from desk.errors import SurroundingsError
from desk.words.font_files import BOLD_FILE, EMOJI_FILE, REGULAR_FILE, SONG_FILE, folder

SONG = "Song"  # the body of paper; thin strokes, so not on a thermal roll
REGULAR = "Sans"
BOLD = "Sans-Bold"
MONGOLIAN = "Mongolian"

_MADE = {SONG: SONG_FILE, REGULAR: REGULAR_FILE, BOLD: BOLD_FILE, "Emoji": EMOJI_FILE}
# Rare Han characters, from the system's own packages or put beside the other fonts by hand.
_RARE = {
    "HanaMinA": ("hanazono", "HanaMinA.ttf"),
    "HanaMinB": ("hanazono", "HanaMinB.ttf"),
    "BabelStone": ("babelstone", "BabelStoneHan.ttf"),
    "SimSunB": ("", "simsunb.ttf"),  # of Windows itself: 宋体-ExtB, and of late -ExtG
    "SimSunG": ("", "simsunextg.ttf"),
}
_FALLBACKS = {
    SONG: (*_RARE, REGULAR, MONGOLIAN, "Emoji"),
    REGULAR: (*_RARE, MONGOLIAN, "Emoji"),
    BOLD: (REGULAR, *_RARE, MONGOLIAN, "Emoji"),
}
MISSING = "\u3013"  # 〓, the printer's own sign for a character that is not in the case
_INVISIBLE = frozenset("\ufe0e\ufe0f\u200d")  # select a look; nothing is drawn for them
GLYPHS = 0xF0000  # a glyph of the Mongolian face by its number: this plus the glyph id, in the second private plane


# Papers are drawn side by side. Two of the same face in one process spoil every paper after them, and fontTools reads
# its tables from one place in one file: so whatever is made of a face is made by one thread.
making = threading.RLock()


def _path(face: str) -> Path | None:
    if face == MONGOLIAN:
        return mongolian_file()
    if face in _MADE:
        path = folder() / _MADE[face]
        if not path.is_file():
            raise SurroundingsError(
                "打印用的字体不在这台电脑上。",
                "办件都已保存。",
                "请联网运行一次安装程序（installer/bootstrap.py setup）。",
            )
        return path
    package, name = _RARE[face]
    if sys.platform == "win32":
        system = Path(os.environ.get("WINDIR") or "C:/Windows") / "Fonts"
    else:
        system = Path("/usr/share/fonts/truetype") / package
    places = (folder() / name, system / name)
    return next((path for path in places if path.is_file()), None)


def font(face: str) -> TTFont | None:
    """The face, registered with reportlab under its name; None when it is optional and not here. From any thread."""
    with making:
        return _font(face)


@functools.cache
def _font(face: str) -> TTFont | None:
    path = _path(face)
    if path is None:
        return None
    made = TTFont(face, _Mapped(path), asciiReadable=0)
    _lighten(made.face)
    if face == MONGOLIAN:
        _number_glyphs(made)
    pdfmetrics.registerFont(made)
    return made


class _Mapped:
    """A file for reportlab, which keeps what it reads: so it reads the system's own pages, of which no process has a
    copy for itself."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)

    def read(self) -> mmap.mmap:
        """All of it."""
        with Path(self.name).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class _Metrics:
    """Width and left edge of each glyph in the face's own units, the edge as it is written, without a sign (OpenType,
    hmtx). The last widths, which are all the same, stand there only once, and left edges alone follow."""

    def __init__(self, face: TTFontFace) -> None:
        self._table: bytes = face.get_table("hmtx")
        self._told = int.from_bytes(face.get_table("hhea")[34:36], "big")

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        wide = 4 * min(glyph, self._told - 1)
        left = 4 * glyph + 2 if glyph < self._told else 4 * self._told + 2 * (glyph - self._told)
        return int.from_bytes(self._table[wide : wide + 2], "big"), int.from_bytes(self._table[left : left + 2], "big")


def _lighten(face: TTFontFace) -> None:
    """What reportlab worked out of a face of thirty thousand characters, without what the file says as quickly: the
    metrics of glyphs, and that a character is as wide as most."""
    face.hmetrics = _Metrics(face)
    face.glyphPos = array.array("I", face.glyphPos)
    face.charWidths = {char: wide for char, wide in face.charWidths.items() if wide != face.defaultWidth}


def _number_glyphs(made: TTFont) -> None:
    """Every glyph can be drawn by its number, for letters that HarfBuzz has joined."""
    widths = tables()["hmtx"].metrics
    for number, name in enumerate(tables().getGlyphOrder()):
        made.face.charToGlyph[GLYPHS + number] = number
        made.face.charWidths[GLYPHS + number] = widths[name][0] * 1000 / made.face.unitsPerEm


@functools.cache
def tables() -> Any:
    """The tables of the Mongolian face, as fontTools reads them."""
    from fontTools.ttLib import TTFont as Tables

    return Tables(io.BytesIO(mongolian_file().read_bytes()), lazy=True)


def _letters() -> dict[int, str]:
    """The letter behind each glyph of the Mongolian face, by glyph id; glyph names begin with it."""
    with making:
        return _read_letters()


@functools.cache
def _read_letters() -> dict[int, str]:
    letters: dict[int, str] = {}
    for number, name in enumerate(tables().getGlyphOrder()):
        stem = name.removeprefix("_").split(".")[0]
        if stem.startswith("uni") and len(stem) == 7:
            letters[number] = chr(int(stem[3:], 16))
    return letters | {number: chr(code) for code, number in _codes().items()}


def _codes() -> dict[int, int]:
    order = {name: number for number, name in enumerate(tables().getGlyphOrder())}
    return {code: order[name] for code, name in tables().getBestCmap().items()}


def typed(code: int) -> str:
    """The text behind a code: a joined letter comes back as the letter that it is a shape of."""
    return chr(code) if code < GLYPHS else _letters().get(code - GLYPHS, "\ufffd")


def mongolian_file() -> Path:
    """The file of the Mongolian face, for shaping."""
    return resources.path("fonts/NotoSansMongolian-Regular.ttf")


def used(face: str) -> TTFont:
    """The face of a run, which is here because `runs` named it."""
    ttf = font(face)
    if ttf is None:
        raise LookupError(face)
    return ttf


@functools.cache
def _characters(face: str) -> dict[int, int]:
    found = font(face)
    return found.face.charToGlyph if found else {}


def has(face: str, char: str) -> bool:
    """Whether the face draws `char` itself."""
    return ord(char) in _characters(face)


@functools.lru_cache(maxsize=65536)
def face_for(char: str, face: str) -> str:
    """The face that draws `char` when `face` is wanted; "" when none does."""
    if char in _INVISIBLE or ord(char) in _characters(face):
        return face
    return next((other for other in _FALLBACKS[face] if ord(char) in _characters(other)), "")


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """`text` cut into (face, piece); the face is "" where none has them. Cuts make no difference in height."""
    if all(map(_characters(face).__contains__, map(ord, text))):
        return [(face, text)] if text else []
    pieces: list[tuple[str, str]] = []
    for name, group in itertools.groupby(text, lambda char: _joined_face(char, face)):
        piece = "".join(char for char in group if char not in _INVISIBLE or name == MONGOLIAN)
        if piece:
            pieces.append((name, piece))
    return pieces


def _joined_face(char: str, face: str) -> str:
    return MONGOLIAN if is_mongolian(char) else face_for(char, face)


def is_mongolian(char: str) -> bool:
    """Letters and marks of the Mongolian blocks, and the two blanks and joiners that belong to their words."""
    return "\u1800" <= char <= "\u18af" or "\U00011660" <= char <= "\U0001167f" or char in "\u202f\u200c\u200d"


def _is_drawn(char: str) -> bool:
    """Not a control or a mark of direction; a character newer than this Python's tables is drawn like any other."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that no face here can draw, each once."""
    return tuple(dict.fromkeys(char for char in text if _is_drawn(char) and not face_for(char, REGULAR)))
