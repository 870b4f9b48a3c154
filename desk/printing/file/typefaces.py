"""How faces go into the file: of each the glyphs that a paper uses, as a font of two-byte codes whose text comes back
as it was typed."""

from __future__ import annotations

import array
import contextlib
import functools
import itertools
import struct
import sys
import zlib

from reportlab.pdfbase.ttfonts import TTFontFace

from desk.printing import fonts
from desk.printing.file.objects import Objects

_COPIED = ("cvt ", "fpgm", "prep")  # all that a reader of a PDF needs besides outlines and metrics (ISO 32000-1 §9.9)
_MORE, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80  # flags of a part of a composite glyph
_BLOCK = 100  # pairs in one block of a table of characters


class Cut:
    """A face from which parts are cut in the time that their own glyphs take."""

    def __init__(self, face: TTFontFace) -> None:
        self.face = face
        self._outlines: dict[int, tuple[bytes, tuple[tuple[int, int], ...], int]] = {}
        self._start = face.get_table_pos("glyf")[0]
        same = {tag.encode(): face.get_table(tag) for tag in ("head", "hhea", "maxp")}
        for tag in _COPIED:
            with contextlib.suppress(KeyError):
                same[tag.encode()] = face.get_table(tag)
        head = same[b"head"]
        same[b"head"] = head[:8] + b"\0\0\0\0" + head[12:50] + b"\0\1" + head[52:]
        self._same = same
        self._ready = {tag: _table(data) for tag, data in same.items() if tag not in (b"hhea", b"maxp")}

    def part(self, wanted: list[int]) -> bytes:
        """A font file with these glyphs, in their order; the first is that of no character."""
        glyphs, place = list(wanted), {glyph: at for at, glyph in reversed(list(enumerate(wanted)))}
        drawn: list[bytes] = []
        checksum = 0
        for glyph in glyphs:  # grows while it is gone through: parts of composite glyphs follow at the end
            data, parts, told = self._outline(glyph)
            for at, part in parts:
                if part not in place:
                    place[part] = len(glyphs)
                    glyphs.append(part)
                data = data[:at] + place[part].to_bytes(2, "big") + data[at + 2 :]
            drawn.append(data)
            checksum += _checksum(data) if parts else told
        outlines = b"".join(drawn)
        own = {tag: _table(data) for tag, data in self._own(glyphs, drawn).items()}
        return _file(self._ready | own | {b"glyf": (checksum & 0xFFFFFFFF, len(outlines), outlines)})

    def outline(self, glyph: int) -> bytes:
        """The bytes of a glyph as they stand in the face."""
        return self._outline(glyph)[0]

    def _outline(self, glyph: int) -> tuple[bytes, tuple[tuple[int, int], ...], int]:
        """The bytes of a glyph, padded to whole words, where in them it names other glyphs, and their checksum."""
        found = self._outlines.get(glyph)
        if found is None:
            places = self.face.glyphPos
            data: bytes = self.face._ttf_data[self._start + places[glyph] : self._start + places[glyph + 1]]
            whole = data + b"\0" * (-len(data) % 4)
            found = self._outlines[glyph] = (whole, _parts(data), _checksum(whole))
        return found

    def _own(self, glyphs: list[int], drawn: list[bytes]) -> dict[bytes, bytes]:
        count = len(glyphs)
        ends = list(itertools.accumulate(map(len, drawn), initial=0))
        wide = [value for glyph in glyphs for value in self.face.hmetrics[glyph]]
        return {
            b"hhea": self._same[b"hhea"][:34] + count.to_bytes(2, "big"),
            b"hmtx": struct.pack(f">{2 * count}H", *wide),
            b"loca": struct.pack(f">{count + 1}L", *ends),
            b"maxp": self._same[b"maxp"][:4] + count.to_bytes(2, "big") + self._same[b"maxp"][6:],
        }


@functools.cache
def _made(face: str) -> Cut:
    return Cut(fonts.used(face).face)


def cut(face: str) -> Cut:
    """The face of that name, to be cut from; from any thread."""
    with fonts.making:
        return _made(face)


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


def _file(tables: dict[bytes, tuple[int, int, bytes]]) -> bytes:
    """The font file of these tables (OpenType, table directory). Readers do not look at its checksum as a whole."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    parts = [struct.pack(">LHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)]
    offset, bodies = 12 + 16 * count, []
    for tag in sorted(tables):
        checksum, length, body = tables[tag]
        parts.append(tag + struct.pack(">LLL", checksum, offset, length))
        bodies.append(body)
        offset += len(body)
    return b"".join(parts + bodies)


def _checksum(data: bytes) -> int:
    """The sum of the big-endian words of `data`, whose length is a multiple of four."""
    words = array.array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _table(data: bytes) -> tuple[int, int, bytes]:
    """A table of a font file: its checksum, its length, its bytes in whole words."""
    body = data + b"\0" * (-len(data) % 4)
    return _checksum(body), len(data), body


class _Codes(dict[str, str]):
    """The code of each character in one paper, given when it is first asked for: four hexadecimal digits."""

    def __init__(self, face: TTFontFace) -> None:
        super().__init__()
        self.glyphs, self._known = [0], face.charToGlyph
        self._blank = face.charToGlyph.get(0x20, 0)
        self.narrow: list[tuple[int, int]] = []  # codes whose width is not that of a character, and their widths
        self._widths, self._usual = face.charWidths, face.defaultWidth

    def __missing__(self, char: str) -> str:
        number, letter = len(self.glyphs), ord(char)
        code = self[char] = f"{number:04x}"
        self.glyphs.append(self._known.get(letter, self._blank))
        if (wide := self._widths.get(letter, self._usual)) != 1000:
            self.narrow.append((number, round(wide)))
        return code


class Used:
    """What one paper uses of one face; `name` is how its pages name it."""

    def __init__(self, face: str, name: str) -> None:
        self.face, self.name, self._cut = face, name, cut(face)
        self.codes = _Codes(self._cut.face)

    def shown(self, words: str) -> str:
        """`words` in codes."""
        codes = self.codes
        return "".join([codes[char] for char in words])

    def put(self, objects: Objects, number: int) -> None:
        """The font as the object of that number, with all that belongs to it."""
        face, glyphs = self._cut.face, self.codes.glyphs
        name = f"{_tag(glyphs)}+{_name(face.name)}"
        data = self._cut.part(glyphs)
        held = objects.stream(f"/Length1 {len(data)}", data)
        box = " ".join(str(round(one)) for one in face.bbox)
        described = objects.put(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle {round(face.italicAngle)}"
            f"/Ascent {round(face.ascent)}/Descent {round(face.descent)}/CapHeight {round(face.capHeight)}"
            f"/StemV {round(face.stemV)}/FontFile2 {held} 0 R>>"
        )
        below = objects.put(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {described} 0 R/DW 1000/W[{self._widths()}]/CIDToGIDMap/Identity>>"
        )
        typed = objects.stream("", self._characters().encode())
        objects.put(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{below} 0 R]"
            f"/ToUnicode {typed} 0 R>>",
            number,
        )

    def _widths(self) -> str:
        parts, last = list[str](), -1
        for at, one in self.codes.narrow:
            parts.append(f" {one}" if at == last + 1 else f"]{at}[{one}")
            last = at
        return "".join(parts).removeprefix("]") + ("]" if parts else "")

    def _characters(self) -> str:
        """The table by which a reader gets back the text that was typed (ISO 32000-1 §9.10.3)."""
        pairs = [f"<{code}> {_typed(char)}" for char, code in self.codes.items()]
        lines = list[str]()
        for at in range(0, len(pairs), _BLOCK):
            part = pairs[at : at + _BLOCK]
            lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
        return _CHARACTERS.format("\n".join(lines))


_CHARACTERS = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@functools.lru_cache(65536)
def _typed(char: str) -> str:
    return f"<{fonts.typed(ord(char)).encode('utf-16-be').hex()}>"


def _tag(glyphs: list[int]) -> str:
    """The six letters by which parts of one face are told apart."""
    number, letters = zlib.crc32(struct.pack(f">{len(glyphs)}H", *glyphs)), ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(65 + letter)
    return letters


def _name(name: bytes | str) -> str:
    shown = name.decode("latin-1") if isinstance(name, bytes) else name
    return "".join(char for char in shown if char.isascii() and (char.isalnum() or char in "-_"))
