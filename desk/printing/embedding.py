"""How reportlab embeds a face, mended: text comes back as it was typed, and no face is copied whole each time."""

from __future__ import annotations

import array
import contextlib
import functools
import itertools
import struct
import sys
import zlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

_COPIED = ("cvt ", "fpgm", "prep")  # all that a reader of a PDF needs besides outlines and metrics (ISO 32000-1 §9.9)
_GLYPHS = b"glyf"
_HEX = tuple(f"{code:02x}" for code in range(256))
_MORE, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80  # flags of a part of a composite glyph


class _Outline(NamedTuple):
    """A glyph as a font file holds it: its bytes, padded to whole words, their checksum, its metrics, and where in it
    which other glyphs are named."""

    data: bytes
    checksum: int
    metrics: bytes
    parts: tuple[tuple[int, int], ...]


class Face(TTFontFace):  # type: ignore[misc]
    """A face whose subsets are made in the time that their own glyphs take."""

    def getCharWidth(self, code: int) -> bytes:  # noqa: N802 - reportlab's name
        """The width as it stands in the file: reportlab writes a number slowly, bytes as they are."""
        kept: dict[int, bytes] = self.__dict__.setdefault("_written", {})
        found = kept.get(code)
        if found is None:
            found = kept[code] = b"%d" % round(self.charWidths.get(code, self.defaultWidth))
        return found

    def makeSubset(self, subset: list[int]) -> bytes:  # noqa: N802 - reportlab's name
        """A font file with the glyphs of these characters, in their order."""
        glyphs, place = [0], {0: 0}
        codes = []
        for code in subset:
            glyph = self.charToGlyph.get(code, 0)
            if glyph not in place:
                place[glyph] = len(glyphs)
                glyphs.append(glyph)
            codes.append(place[glyph])
        drawn: list[_Outline] = []
        for glyph in glyphs:  # grows while it is gone through: parts of composite glyphs follow at the end
            one = self._outline(glyph)
            if one.parts:
                data = bytearray(one.data)
                for at, part in one.parts:
                    if part not in place:
                        place[part] = len(glyphs)
                        glyphs.append(part)
                    struct.pack_into(">H", data, at, place[part])
                one = one._replace(data=bytes(data), checksum=_checksum(data))
            drawn.append(one)
        return _file(self._tables(drawn, struct.pack(f">{len(codes)}H", *codes)), sum(one.checksum for one in drawn))

    def _outline(self, glyph: int) -> _Outline:
        kept: dict[int, _Outline] = self.__dict__.setdefault("_outlines", {})
        found = kept.get(glyph)
        if found is None:
            start = self.get_table_pos("glyf")[0]
            data: bytes = self._ttf_data[start + self.glyphPos[glyph] : start + self.glyphPos[glyph + 1]]
            whole = data + b"\0" * (-len(data) % 4)
            metrics = struct.pack(">2H", *(int(value) & 0xFFFF for value in self.hmetrics[glyph]))
            found = kept[glyph] = _Outline(whole, _checksum(whole), metrics, _parts(data))
        return found

    def _copied(self) -> dict[bytes, bytes]:
        """The tables that every subset has alike; kept when they are all there, for another thread may look."""
        kept: dict[bytes, bytes] | None = self.__dict__.get("_same")
        if kept is None:
            kept = {}
            for tag in ("head", "hhea", "maxp", "post"):
                kept[tag.encode()] = self.get_table(tag)
            for tag in _COPIED:
                with contextlib.suppress(KeyError):
                    kept[tag.encode()] = self.get_table(tag)
            kept[b"post"] = b"\0\3\0\0" + kept[b"post"][4:16] + b"\0" * 16
            self.__dict__["_same"] = kept
        return kept

    def _tables(self, drawn: list[_Outline], codes: bytes) -> dict[bytes, bytes]:
        same = self._copied()
        count = len(drawn)
        ends = list(itertools.accumulate((len(one.data) for one in drawn), initial=0))
        head = same[b"head"][:8] + b"\0\0\0\0" + same[b"head"][12:50] + b"\0\1" + same[b"head"][52:]
        cmap = struct.pack(">8H", 0, 1, 1, 0, 0, 12, 6, 10 + len(codes)) + struct.pack(">3H", 0, 0, len(codes) // 2)
        return same | {
            b"cmap": cmap + codes,
            _GLYPHS: b"".join(one.data for one in drawn),
            b"head": head,
            b"hhea": same[b"hhea"][:34] + count.to_bytes(2, "big"),
            b"hmtx": b"".join(one.metrics for one in drawn),
            b"loca": struct.pack(f">{count + 1}L", *ends),
            b"maxp": same[b"maxp"][:4] + count.to_bytes(2, "big") + same[b"maxp"][6:],
        }


class Font(TTFont):  # type: ignore[misc]
    """A font that writes what a page shows, and its own objects, without reportlab's detours."""

    def shown(self, words: str, document: pdfdoc.PDFDocument, size: float) -> str:
        """The operators that show `words` in `document` at `size` points."""
        parts, last, sized = [], "", f" {size:.2f} Tf <"
        for subset, code in self.signs(words, document):
            if subset != last:
                parts.append(f"> Tj {subset}{sized}" if last else f"{subset}{sized}")
                last = subset
            parts.append(code)
        return f"{''.join(parts)}> Tj" if parts else ""

    def signs(self, words: str, document: pdfdoc.PDFDocument) -> Iterable[tuple[str, str]]:
        """Of each character the name of the subset that has it in `document`, and its code there in hexadecimal."""
        known: dict[str, tuple[str, str]] = self._assignState(document).__dict__.setdefault("signs", {})
        if not known.keys() >= set(words):
            new = "".join(char for char in dict.fromkeys(words) if char not in known)
            for subset, codes in self.splitString(new, document):
                name = self.getSubsetInternalName(subset, document)
                known.update(zip(new, ((name, _HEX[code]) for code in codes), strict=False))
                new = new[len(codes) :]
        return map(known.__getitem__, words)

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """The subsets; their widths as they stand in the file."""
        state = self._assignState(doc)
        super().addObjects(doc)
        for at, subset in enumerate(state.subsets):
            widths = [self.face.getCharWidth(code) for code in subset]
            lines = (b" ".join(widths[start : start + 10]) for start in range(0, len(widths), 10))
            doc.idToObject[f"{state.internalName}+{at}"].Widths = b"[ " + b" \n  ".join(lines) + b" ]"


def _parts(data: bytes) -> tuple[tuple[int, int], ...]:
    """Where a composite glyph names others, and which; nothing for a simple one."""
    if len(data) < 10 or data[0] < 0x80:
        return ()
    named, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", data, at)
        named.append((at + 2, part))
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return tuple(named)


def _file(tables: dict[bytes, bytes], glyphs: int) -> bytes:
    """The font file of these tables (OpenType, table directory); `glyphs` is the checksum of the outlines. Readers do
    not look at its checksum as a whole."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    parts = [struct.pack(">LHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)]
    offset, bodies = 12 + 16 * count, []
    for tag in sorted(tables):
        data = tables[tag]
        body = data + b"\0" * (-len(data) % 4)
        checksum = glyphs & 0xFFFFFFFF if tag == _GLYPHS else _checksum(body)
        parts.append(tag + struct.pack(">LLL", checksum, offset, len(data)))
        bodies.append(body)
        offset += len(body)
    return b"".join(parts + bodies)


def _checksum(data: bytes | bytearray) -> int:
    """The sum of the big-endian words of `data`, whose length is a multiple of four."""
    words = array.array("I", bytes(data))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def adopt(font: TTFont) -> Font:
    """An opened font, which has the ways of `Font` from now on, its face those of `Face`."""
    font.__class__, font.face.__class__ = Font, Face
    adopted: Font = font
    return adopted


def _squeezed(data: bytes | str) -> bytes:
    """Fast rather than small: a receipt gets 4 % larger and is there a quarter sooner."""
    return zlib.compress(data.encode("latin-1") if isinstance(data, str) else data, 1)


def _encoded(words: bytes | str) -> bytes:
    """Words of the file itself, nearly all of them plain; reportlab goes through a table."""
    if isinstance(words, bytes):
        return words
    return words.encode() if words.isascii() else words.encode("extpdfdoc")


class _Squeeze(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]
    def encode(self, text: bytes | str) -> bytes:
        return _squeezed(text)


def _to_unicode(typed: Callable[[int], str]) -> Callable[[str, list[int]], str]:
    """The table by which a reader gets back the text that was typed.

    reportlab's own writes characters beyond U+FFFF as one too long number, so that names with rare characters come
    back as others; PDF wants them as UTF-16 pairs (ISO 32000-1 §9.10.3).
    """

    @functools.lru_cache(65536)
    def shown(code: int) -> str:
        return f"<{typed(code).encode('utf-16-be').hex()}>"

    def table(font_name: str, subset: list[int]) -> str:
        pairs = [f"<{at:02X}> {shown(code)}" for at, code in enumerate(subset)]
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
    pdfdoc.PDFName = functools.lru_cache(4096)(pdfdoc.PDFName)
    pdfdoc.pdfdocEnc = _encoded
    rl_config.useA85 = 0  # streams as they are: smaller, and no slow detour through ASCII
