"""The faces of a PDF as font files that stand by themselves, with the table of characters that it leaves out."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

_BLOCK = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class Face:
    """One font of a PDF; `number` is its own among those of the file."""

    def __init__(self, font: Any, number: int) -> None:
        self.number = number
        self._font = font
        self._wide = font["/Subtype"] == "/Type0"
        self._below = font["/DescendantFonts"][0].get_object() if self._wide else font
        self._file: bytes = self._below["/FontDescriptor"]["/FontFile2"].get_data()
        said = font["/ToUnicode"].get_data().decode("latin-1")
        pairs = (one for block in _BLOCK.findall(said) for one in _PAIR.findall(block))
        self._typed = {int(code, 16): bytes.fromhex(to).decode("utf-16-be", "replace") for code, to in pairs}
        self._widths = self._measured()

    @property
    def name(self) -> str:
        """Its name, without the letters that tell parts of one face apart."""
        return str(self._font["/BaseFont"]).removeprefix("/").split("+")[-1]

    def letters(self, said: Any) -> Iterator[tuple[int, str, float]]:
        """The number of each glyph of a string, its text, its width at size 1."""
        codes: bytes = getattr(said, "original_bytes", said)
        step = 2 if self._wide else 1
        for at in range(0, len(codes), step):
            code = int.from_bytes(codes[at : at + step], "big")
            number = code if self._wide else self._glyphs.get(code, 0)
            yield number, self._typed.get(code, ""), self._widths.get(code, 1000.0) / 1000

    def file(self) -> bytes:
        """The font file: what the PDF has of it, with its characters and a name."""
        made = TTFont(io.BytesIO(self._file))
        order = made.getGlyphOrder()
        characters = {
            ord(typed): order[code if self._wide else self._glyphs.get(code, 0)]
            for code, typed in reversed(self._typed.items())
            if len(typed) == 1 and typed != "\ufffd"
        }
        builder = FontBuilder(font=made)
        builder.setupCharacterMap(characters)
        builder.setupNameTable({"familyName": self.name, "styleName": "Regular", "psName": self.name})
        builder.setupOS2(sTypoAscender=made["hhea"].ascent, sTypoDescender=made["hhea"].descent)
        builder.setupPost(keepGlyphNames=False)
        made["head"].created = made["head"].modified = 0
        made.recalcTimestamp = False
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    @functools.cached_property
    def _glyphs(self) -> dict[int, int]:
        """The glyph behind each code of a font of single bytes, as former versions wrote them."""
        read = TTFont(io.BytesIO(self._file), lazy=True)
        order = {name: at for at, name in enumerate(read.getGlyphOrder())}
        return {code: order[name] for code, name in read["cmap"].tables[0].cmap.items()}

    def _measured(self) -> dict[int, float]:
        if not self._wide:
            first = int(self._font["/FirstChar"])
            return {first + at: float(wide) for at, wide in enumerate(self._font["/Widths"])}
        found, held, at = dict[int, float](), self._below.get("/W", []), 0
        while at < len(held):
            for step, wide in enumerate(held[at + 1]):
                found[int(held[at]) + step] = float(wide)
            at += 2
        return found
