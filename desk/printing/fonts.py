"""The faces of paper and screen, and which of them has which character.

reportlab embeds TrueType outlines only and has no fallback of its own: every text is cut into runs by what each face
can draw. A character that no face here has is reported before printing, never drawn as an empty box in silence.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

import resources
from desk.errors import SurroundingsError
from desk.font_files import BOLD_FILE, EMOJI_FILE, REGULAR_FILE, folder

REGULAR = "Sans"
BOLD = "Sans-Bold"
MONGOLIAN = "Mongolian"

_MADE = {REGULAR: REGULAR_FILE, BOLD: BOLD_FILE, "Emoji": EMOJI_FILE}
# Optional: rare Han characters, from the system's own packages.
_SYSTEM = {
    "HanaMinA": ("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",),
    "HanaMinB": ("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",),
    "BabelStone": ("/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",),
}
_FALLBACKS = (MONGOLIAN, "Emoji", *_SYSTEM)
_MISSING = "\u3013"  # 〓, the printer's own sign for a character that is not in the case
_INVISIBLE = frozenset("\ufe0e\ufe0f\u200d")  # select a look; nothing is drawn for them


def _to_unicode(font_name: str, subset: list[int]) -> str:
    """The table by which a reader gets back the text that was typed.

    reportlab's own writes characters beyond U+FFFF as one too long number, so that names with rare characters come
    back as others; PDF wants them as UTF-16 pairs (ISO 32000-1 §9.10.3).
    """
    pairs = [f"<{at:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for at, code in enumerate(subset)]
    parts = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]  # at most 100 in one block
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for part in parts for line in (f"{len(part)} beginbfchar", *part, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


ttfonts.makeToUnicodeCMap = _to_unicode


def _path(face: str) -> Path | None:
    if face == MONGOLIAN:
        return resources.path("fonts/NotoSansMongolian-Regular.ttf")
    if face in _MADE:
        path = folder() / _MADE[face]
        if not path.is_file():
            raise SurroundingsError(
                "打印用的字体不在这台电脑上。",
                "办件都已保存。",
                "请联网运行一次安装程序（installer/bootstrap.py setup）。",
            )
        return path
    return next((path for path in map(Path, _SYSTEM[face]) if path.is_file()), None)


@functools.cache
def _font(face: str) -> TTFont | None:
    """The face, registered with reportlab under its name; None when it is optional and not here."""
    path = _path(face)
    if path is None:
        return None
    font = TTFont(face, str(path), shapable=face == MONGOLIAN)
    pdfmetrics.registerFont(font)
    return font


def ready(face: str) -> str:
    """`face`, registered."""
    _font(face)
    return face


def mongolian_file() -> Path:
    """The file of the Mongolian face, for shaping."""
    return resources.path("fonts/NotoSansMongolian-Regular.ttf")


def _has(face: str, char: str) -> bool:
    font = _font(face)
    return font is not None and ord(char) in font.face.charToGlyph


@functools.lru_cache(maxsize=65536)
def face_for(char: str, face: str) -> str:
    """The face that draws `char` when `face` is wanted; "" when none does."""
    if char in _INVISIBLE or _has(face, char):
        return face
    return next((other for other in _FALLBACKS if _has(other, char)), "")


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """`text` cut into (face, piece). What no face has is drawn as 〓."""
    found: list[tuple[str, str]] = []
    for name, group in itertools.groupby(text, lambda char: face_for(char, face)):
        piece = "".join(char for char in group if char not in _INVISIBLE)
        if piece:
            found.append((name, piece) if name else (face, _MISSING * len(piece)))
    return found


def _is_drawn(char: str) -> bool:
    """Not a control or a mark of direction; a character newer than this Python's tables is drawn like any other."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that no face here can draw, each once."""
    return tuple(dict.fromkeys(char for char in text if _is_drawn(char) and not face_for(char, REGULAR)))
