"""From what a pen drew to the bytes of a PDF 1.7 that is tagged, so that it can be kept (PDF/A-2a) and read aloud
(PDF/UA-1). What is known only at the end, a number of pages, is drawn here."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from desk.printing import fonts, text
from desk.printing.elements.tags import WATERMARK, Element, Mark
from desk.printing.file import metadata, strokes
from desk.printing.file.objects import Objects
from desk.printing.file.objects import text as string
from desk.printing.file.structure import tree
from desk.printing.file.typefaces import Used
from desk.printing.pen import Bookmark, File, Later, Op, Pen, Words, colour, figure_in

LANGUAGE, MONGOLIAN = "zh-CN", "mn-Mong-CN"
_BROADER = 0.035  # of its size: how much broader the strokes of a heavy line are
_MARK, _WATERMARK, _SHARE = colour("#EFEFEF"), "W", 1 / 7  # of the width of a page: the size of a watermark


def pdf(pen: Pen, file: File) -> bytes:
    """The PDF of all that `pen` drew. Equal drawings give equal bytes."""
    return _Writer(file).written(pen)


class _Writer:
    """One file in the making."""

    def __init__(self, file: File) -> None:
        self.objects, self.file = Objects(), file
        self._faces: dict[str, Used] = {}
        self._images: dict[str, tuple[str, int]] = {}  # by character: its name on pages, its number
        self._bookmarks: list[tuple[str, int]] = []
        self._marked: list[list[Element]] = []
        self.watermark: Element | None = None
        if file.mark:
            place = figure_in(*strokes.room(file.width, file.height, file.mark, _SHARE))
            self.watermark = Element("Figure", None, place, f"水印：{file.mark}")

    def written(self, pen: Pen) -> bytes:
        """The whole file."""
        objects, file = self.objects, self.file
        catalog, above, resources = objects.number(), objects.number(), objects.number()
        first = objects.numbers(len(pen.pages))
        numbers = range(first, first + len(pen.pages))
        for at, (number, ops) in enumerate(zip(numbers, pen.pages, strict=True)):
            content = objects.stream("", _Page(self, at).content(ops).encode("latin-1"))
            objects.put(
                f"<</Type/Page/Parent {above} 0 R/MediaBox[0 0 {file.width:.10g} {file.height:.10g}]"
                f"/Resources {resources} 0 R/Contents {content} 0 R/StructParents {at}/Tabs/S>>",
                number,
            )
        kids = " ".join(f"{one} 0 R" for one in numbers)
        objects.put(f"<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>", above)
        self._resources(resources)
        document = Element("Document")
        document.kids = [*filter(None, [self.watermark]), *pen.root.kids]
        root = tree(objects, document, numbers, self._marked)
        described, info = metadata.described(objects, file.title, file.author, file.made)
        outlines = f"/Outlines {self._outlines(numbers)} 0 R" if self._bookmarks else ""
        objects.put(
            f"<</Type/Catalog/Pages {above} 0 R/Lang({LANGUAGE})/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R"
            f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {described} 0 R"
            f"/OutputIntents[{metadata.intent(objects)}]{outlines}>>",
            catalog,
        )
        return objects.written(catalog, info)

    def face(self, name: str) -> Used:
        """What is used of a face."""
        used = self._faces.get(name)
        if used is None:
            used = self._faces[name] = Used(name, f"F{len(self._faces) + 1}")
        return used

    def picture(self, char: str, data: bytes) -> str:
        """How pages name the picture of a character; put into the file once."""
        if char not in self._images:
            self._images[char] = (f"I{len(self._images) + 1}", _image(self.objects, data))
        return self._images[char][0]

    def bookmark(self, title: str, page: int) -> None:
        """A line of the list beside the pages."""
        self._bookmarks.append((title, page))

    def marks(self, whose: list[Element]) -> None:
        """Whose the numbered marks of the next page are."""
        self._marked.append(whose)

    def _resources(self, number: int) -> None:
        objects = self.objects
        named = [(one, objects.number()) for one in self._faces.values()]
        for used, place in named:
            used.put(objects, place)
        faces = "".join(f"/{used.name} {place} 0 R" for used, place in named)
        images = "".join(f"/{name} {place} 0 R" for name, place in self._images.values())
        images += f"/{_WATERMARK} {self._across()} 0 R" if self.file.mark else ""
        more = f"/XObject<<{images}>>" if images else ""
        more += "/ExtGState<</Sheer<</ca 0.5>>>>" if self.file.sheer else ""
        objects.put(f"<</Font<<{faces}>>{more}>>", number)

    def _across(self) -> int:
        """The watermark, which all pages share."""
        file = self.file
        path = strokes.across(file.width, file.height, file.mark, _SHARE, _MARK)
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 {file.width:.2f} {file.height:.2f}]/Resources<<>>"
        return self.objects.stream(head, path.encode())

    def _outlines(self, pages: Sequence[int]) -> int:
        objects, count = self.objects, len(self._bookmarks)
        root, first = objects.number(), objects.numbers(count)
        for at, (title, page) in enumerate(self._bookmarks):
            before = f"/Prev {first + at - 1} 0 R" if at else ""
            after = f"/Next {first + at + 1} 0 R" if at < count - 1 else ""
            where = f"/Dest[{pages[page]} 0 R/Fit]"
            objects.put(f"<</Title{string(title)}/Parent {root} 0 R{before}{after}{where}>>", first + at)
        return objects.put(
            f"<</Type/Outlines/First {first} 0 R/Last {first + count - 1} 0 R/Count {count}>>", root
        )  # fmt: skip


class _Page:
    """The content of one page in the making. What stands in force for the text after: its colour, its face."""

    def __init__(self, writer: _Writer, number: int) -> None:
        self._writer, self._number = writer, number
        self._parts: list[str] = []
        self._whose: list[Element] = []
        self._inks = self._set = ""
        self._open = False

    def content(self, ops: Sequence[Op]) -> str:
        """All of it."""
        file = self._writer.file
        if file.mark:
            first = self._writer.watermark if self._number == 0 else None
            self._begin(Mark(first or WATERMARK))
            self._parts.append(f"/{_WATERMARK} Do")
            self._end()
        if file.rise:
            self._parts.append(f"1 0 0 1 0 {file.rise:.2f} cm")
        self._draw(ops)
        self._end()
        self._writer.marks(self._whose)
        return "\n".join(self._parts)

    def _end(self) -> None:
        if self._open:
            self._parts.append("EMC")
        self._open = False

    def _begin(self, mark: Mark) -> None:
        self._end()
        self._open, into = True, mark.into
        if isinstance(into, Element):
            mark.page, mark.number = self._number, len(self._whose)
            self._parts.append(f"/{into.tag} <</MCID {mark.number}>> BDC")
            self._whose.append(into)
        else:
            self._parts.append(into.begun())

    def _draw(self, ops: Sequence[Op], *, marks: bool = True) -> None:
        for op in ops:
            if isinstance(op, Words):
                self._say(op)
            elif isinstance(op, str):
                self._parts.append(op)
            elif isinstance(op, Mark):
                if marks:
                    self._begin(op)
            elif isinstance(op, Bookmark):
                self._writer.bookmark(op.title, self._number)
            else:
                self._late(op)

    def _late(self, op: Later) -> None:
        late = Pen(op.dot)
        op.draw(late)
        self._draw(late.pages[0], marks=False)  # all of it belongs to where it was asked for

    def _say(self, op: Words) -> None:
        parts = self._parts
        if op.typed:
            parts.append(_actual(op.typed))
        before = self._inks, self._set
        if op.heavy:
            parts.append(f"q {op.size * _BROADER:.2f} w {op.colour} RG 2 Tr")
        x, y, size = op.x, op.y, op.size
        for span in op.spans:
            if not span.face:
                self._without_glyph(op, span, x, y)
            elif span.glyphs:
                self._joined(op, span, x, y)
            else:
                place = f"0 -1 1 0 {x:.2f} {y:.2f} Tm" if op.down else f"{x:.2f} {y:.2f} Td"
                parts.append(f"BT {self._ready(op.colour, span.face, size)}{place} {self._shown(span)} ET")
            x, y = (x, y - span.width * size) if op.down else (x + span.width * size, y)
        if op.heavy:
            parts.append("Q")
            self._inks, self._set = before
        if op.typed:
            parts.append("EMC")

    def _shown(self, span: text.Span) -> str:
        """A run; what is left free at its end is a blank of its last character, so that a reader gets none."""
        face = self._writer.face(span.face)
        if not span.gap or not fonts.has(span.face, " "):
            return f"<{face.shown(span.text)}> Tj"
        before, last = span.text[:-1], span.text[-1]
        first = f"<{face.shown(before)}> Tj " if before else ""
        return f"{first}{_actual(last)} <{face.shown(last + ' ')}> Tj EMC"

    def _ready(self, ink: str, face: str, size: float) -> str:
        """What must be said for text of this colour, face and size."""
        said = ""
        if ink != self._inks:
            self._inks, said = ink, f"{ink} rg "
        chosen = f"/{self._writer.face(face).name} {size:.2f} Tf "
        if chosen != self._set:
            self._set, said = chosen, said + chosen
        return said

    def _joined(self, op: Words, span: text.Span, x: float, y: float) -> None:
        """Glyphs by number, each where HarfBuzz put it; a reader gets the word as it was typed, and its language."""
        face, size = self._writer.face(span.face), op.size
        parts = [_actual(span.text, MONGOLIAN), f"BT {self._ready(op.colour, span.face, size)}".rstrip()]
        turn = "0 -1 1 0" if op.down else "1 0 0 1"
        for glyph in span.glyphs:
            along, across = glyph.x * size, glyph.y * size
            left, base = (x + across, y - along) if op.down else (x + along, y + across)
            shown = face.shown(chr(fonts.GLYPHS + glyph.number))
            parts.append(f"{turn} {left:.2f} {base:.2f} Tm <{shown}> Tj")
        self._parts.append(" ".join([*parts, "ET EMC"]))

    def _without_glyph(self, op: Words, span: text.Span, x: float, y: float) -> None:
        """The character's picture where there is one, else 〓."""
        pictures: Mapping[str, bytes] = self._writer.file.pictures
        for at, char in enumerate(span.text):
            left, base = (x, y - at * op.size) if op.down else (x + at * op.size, y)
            self._parts.append(_actual(char))
            if char in pictures:
                base -= op.size * (0.5 if op.down else 0.12)
                name = self._writer.picture(char, pictures[char])
                self._parts.append(f"q {op.size:.2f} 0 0 {op.size:.2f} {left:.2f} {base:.2f} cm /{name} Do Q")
            # Under a picture the sign is written without ink: readers give the typed text for a glyph only.
            ready, shown = self._ready(op.colour, text.REGULAR, op.size), self._writer.face(text.REGULAR)
            way = "3 Tr " if char in pictures else ""
            self._parts.append(f"{ready}q {way}BT {left:.2f} {base:.2f} Td <{shown.shown(fonts.MISSING)}> Tj ET Q EMC")


def _actual(words: str, language: str = "") -> str:
    spoken = f" /Lang ({language})" if language else ""
    return f"/Span <</ActualText {string(words)}{spoken}>> BDC"


def _image(objects: Objects, data: bytes) -> int:
    """A picture of a character as an object; what is clear in it stays clear."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGBA")
    head = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
    clear, mask = picture.getchannel("A"), ""
    if clear.getextrema() != (255, 255):
        mask = f"/SMask {objects.stream(f'{head}/ColorSpace/DeviceGray', clear.tobytes())} 0 R"
    return objects.stream(f"{head}/ColorSpace/DeviceRGB{mask}", picture.convert("RGB").tobytes())
