"""How reportlab embeds a face, mended: text comes back as it was typed, and no face is copied whole each time."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfbase.ttfonts import TTFontFace

_NOT_NEEDED = frozenset(("name", "OS/2"))  # no reader of a PDF looks at them (ISO 32000-1 §9.9)


class _Window:
    """A part of the font's file that is cut into without being copied whole."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, cut: slice) -> bytes:
        return self._data[self._start + cut.start : self._start + cut.stop]


class Face(TTFontFace):  # type: ignore[misc]
    """A face whose subsets are made in the time that their own glyphs take."""

    def get_table(self, tag: str) -> bytes | _Window:
        """The bytes of a table; of the outlines a window on them."""
        if tag in _NOT_NEEDED:
            raise KeyError(tag)
        if tag == "glyf":
            return _Window(self._ttf_data, self.get_table_pos(tag)[0])
        found: bytes = super().get_table(tag)
        return found

    def getCharWidth(self, code: int) -> bytes:  # noqa: N802 - reportlab's name
        """The width as it stands in the file: reportlab writes a number slowly, bytes as they are."""
        return b"%d" % round(self.charWidths.get(code, self.defaultWidth))


def adopt(face: TTFontFace) -> None:
    """Let an opened face have the ways of `Face`."""
    face.__class__ = Face


def _squeezed(data: bytes | str) -> bytes:
    """Fast rather than small: a receipt gets 4 % larger and is there a quarter sooner."""
    return zlib.compress(data.encode("latin-1") if isinstance(data, str) else data, 2)


class _Squeeze(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]
    def encode(self, text: bytes | str) -> bytes:
        return _squeezed(text)


def _to_unicode(typed: Callable[[int], str]) -> Callable[[str, list[int]], str]:
    """The table by which a reader gets back the text that was typed.

    reportlab's own writes characters beyond U+FFFF as one too long number, so that names with rare characters come
    back as others; PDF wants them as UTF-16 pairs (ISO 32000-1 §9.10.3).
    """

    def table(font_name: str, subset: list[int]) -> str:
        pairs = [f"<{at:02X}> <{typed(code).encode('utf-16-be').hex()}>" for at, code in enumerate(subset)]
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

    return table


def mend(typed: Callable[[int], str]) -> None:
    """From now on; `typed` gives the text behind a code of a subset."""
    ttfonts.makeToUnicodeCMap = _to_unicode(typed)
    pdfdoc.PDFZCompress = _Squeeze()
    rl_config.useA85 = 0  # streams as they are: smaller, and no slow detour through ASCII
