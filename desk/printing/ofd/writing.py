"""Pages as the package of an OFD (GB/T 33190-2016): zipped XML with the faces and pictures that it needs. Equal papers
give equal bytes."""

from __future__ import annotations

import hashlib
import io
import itertools
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from pypdf import PdfReader

from desk.printing.file.metadata import PROGRAM
from desk.printing.ofd.reading import Glyph, Page, Path, Picture, Run, pages
from desk.printing.ofd.typefaces import Face

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DAY = (2016, 8, 29, 0, 0, 0)  # of every part of the package
_ROOM = 0.2  # of the size: what letters may stand out over their line
_SPARE = 0.5  # millimetres around a path


def ofd(pdf: bytes) -> bytes:
    """The OFD of a PDF of this program: the same pages, its words as text, its faces within."""
    found, reader = pages(pdf)
    return _Package(reader, hashlib.sha256(pdf).hexdigest()[:32]).written(found)


class _Package:
    """One package in the making."""

    def __init__(self, reader: PdfReader, key: str) -> None:
        self._reader, self._key = reader, key
        self._last = 0
        self._faces: dict[int, tuple[Face, int]] = {}
        self._pictures: dict[bytes, int] = {}

    def _number(self) -> int:
        self._last += 1
        return self._last

    def written(self, found: Sequence[Page]) -> bytes:
        """The whole package."""
        colours = self._number()
        numbers = [self._number() for _ in found]
        contents = [self._page(page) for page in found]
        parts: dict[str, bytes] = {"OFD.xml": _xml(self._about())}
        for at, content in enumerate(contents):
            parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = _xml(content)
        parts["Doc_0/PublicRes.xml"] = _xml(self._public(colours))
        parts["Doc_0/DocumentRes.xml"] = _xml(self._own())
        for face, number in self._faces.values():
            parts[f"Doc_0/Res/font_{number}.ttf"] = face.file()
        for data, number in self._pictures.items():
            parts[f"Doc_0/Res/image_{number}.png"] = data
        parts["Doc_0/Document.xml"] = _xml(self._document(found, numbers, colours))
        return _zipped(parts)

    def _about(self) -> str:
        held = self._reader.metadata
        title, author = (str(held.title or ""), str(held.author or "")) if held is not None else ("", "")
        day = str(held.get("/CreationDate", ""))[2:10] if held is not None else ""
        said = f"<ofd:DocID>{self._key}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
        said += f"<ofd:Author>{escape(author)}</ofd:Author>" if author else ""
        said += f"<ofd:CreationDate>{day[:4]}-{day[4:6]}-{day[6:]}</ofd:CreationDate>" if len(day) == 8 else ""
        said += f"<ofd:Creator>{PROGRAM}</ofd:Creator>"
        return (
            f'<ofd:OFD {_SPACE} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>{said}</ofd:DocInfo>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )

    def _document(self, found: Sequence[Page], numbers: Sequence[int], colours: int) -> str:
        box = f"0 0 {found[0].width:.3f} {found[0].height:.3f}" if found else "0 0 210 297"
        listed = "".join(
            f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at, number in enumerate(numbers)
        )
        return (
            f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>{self._last}</ofd:MaxUnitID>"
            f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
            f"<ofd:DefaultCS>{colours}</ofd:DefaultCS></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )

    def _public(self, colours: int) -> str:
        faces = "".join(
            f'<ofd:Font ID="{number}" FontName={quoteattr(face.name)} FamilyName={quoteattr(face.name)}>'
            f"<ofd:FontFile>font_{number}.ttf</ofd:FontFile></ofd:Font>"
            for face, number in self._faces.values()
        )
        return (
            f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:ColorSpaces><ofd:ColorSpace ID="{colours}" Type="RGB" '
            f'BitsPerComponent="8"/></ofd:ColorSpaces><ofd:Fonts>{faces}</ofd:Fonts></ofd:Res>'
        )

    def _own(self) -> str:
        media = "".join(
            f'<ofd:MultiMedia ID="{number}" Type="Image" Format="PNG"><ofd:MediaFile>image_{number}.png</ofd:MediaFile>'
            "</ofd:MultiMedia>"
            for number in self._pictures.values()
        )
        return f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'

    def _page(self, page: Page) -> str:
        layers = (("Background", page.behind), ("Body", page.items))
        drawn = "".join(
            f'<ofd:Layer ID="{self._number()}" Type="{kind}">{"".join(map(self._item, items))}</ofd:Layer>'
            for kind, items in layers
            if items or kind == "Body"
        )
        box = f"0 0 {page.width:.3f} {page.height:.3f}"
        return (
            f"<ofd:Page {_SPACE}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
            f"<ofd:Content>{drawn}</ofd:Content></ofd:Page>"
        )

    def _item(self, item: Path | Run | Picture) -> str:
        number = self._number()
        if isinstance(item, Path):
            return _path(item, number)
        if isinstance(item, Picture):
            return self._picture(item, number)
        held = self._faces.get(item.face.number)
        if held is None:
            held = self._faces[item.face.number] = (item.face, self._number())
        return _text(item, number, held[1])

    def _picture(self, item: Picture, number: int) -> str:
        held = self._pictures.get(item.png)
        if held is None:
            held = self._pictures[item.png] = self._number()
        a, _, _, d, e, f = item.place
        left, top, wide, high = e, f + min(d, 0), abs(a), abs(d)
        return (
            f'<ofd:ImageObject ID="{number}" Boundary="{_numbers(left, top, wide, high)}" '
            f'CTM="{_numbers(wide, 0, 0, high, 0, 0)}" ResourceID="{held}"/>'
        )


def _path(item: Path, number: int) -> str:
    across = [one for _, points in item.steps for one in points[::2]]
    down = [one for _, points in item.steps for one in points[1::2]]
    spare = item.width / 2 + _SPARE
    left, top = min(across) - spare, min(down) - spare
    steps = " ".join(
        f"{letter} {_numbers(*(one - (top if at % 2 else left) for at, one in enumerate(points)))}".rstrip()
        for letter, points in item.steps
    )
    box = _numbers(left, top, max(across) + spare - left, max(down) + spare - top)
    said = f'<ofd:PathObject ID="{number}" Boundary="{box}" Stroke="{"true" if item.edge else "false"}"'
    said += ' Fill="true"' if item.fill else ' Fill="false"'
    said += f' LineWidth="{item.width:.4f}"' if item.edge else ""
    said += f' DashPattern="{_numbers(*item.dash)}"' if item.dash else ""
    said += ' Rule="Even-Odd"' if item.even else ""
    said += f' Alpha="{item.alpha}"' if item.alpha < 255 else ""
    inks = f"<ofd:FillColor {_value(item.fill)}/>" if item.fill else ""
    inks += f"<ofd:StrokeColor {_value(item.edge)}/>" if item.edge else ""
    return f"{said}>{inks}<ofd:AbbreviatedData>{steps}</ofd:AbbreviatedData></ofd:PathObject>"


def _text(item: Run, number: int, face: int) -> str:
    first, (right, down) = item.glyphs[0], item.axis
    places = [_turned(one.x - first.x, one.y - first.y, right, down) for one in item.glyphs]
    ends = [_back(x, y, right, down) for x in (0.0, item.end) for y in (-item.size, item.size * _ROOM)]
    spare = item.size * _ROOM
    left, top = min(x for x, _ in ends) - spare, min(y for _, y in ends) - spare
    wide, high = max(x for x, _ in ends) + spare - left, max(y for _, y in ends) + spare - top
    x, y = _turned(-left, -top, right, down)
    said = (
        f'<ofd:TextObject ID="{number}" Boundary="{_numbers(first.x + left, first.y + top, wide, high)}" Font="{face}"'
    )
    said += f' Size="{item.size:.4f}"'
    said += f' CTM="{_numbers(right, down, -down, right, 0, 0)}"' if (right, down) != (1.0, 0.0) else ""
    said += ' Fill="false"' if item.hidden else ""
    said += f' Stroke="true" LineWidth="{item.broader:.4f}"' if item.broader else ""
    inks = f"<ofd:FillColor {_value(item.ink)}/>" + (f"<ofd:StrokeColor {_value(item.ink)}/>" if item.broader else "")
    moved = _deltas("DeltaX", [b[0] - a[0] for a, b in itertools.pairwise(places)])
    moved += _deltas("DeltaY", [b[1] - a[1] for a, b in itertools.pairwise(places)], always=False)
    code = f'<ofd:TextCode X="{x:.4f}" Y="{y:.4f}"{moved}>{escape(item.typed)}</ofd:TextCode>'
    return f"{said}>{inks}{_glyphs(item.glyphs, item.typed)}{code}</ofd:TextObject>"


def _glyphs(glyphs: Sequence[Glyph], typed: str) -> str:
    """Which glyphs of the face stand for the letters."""
    return (
        f'<ofd:CGTransform CodePosition="0" CodeCount="{len(typed)}" GlyphCount="{len(glyphs)}">'
        f"<ofd:Glyphs>{' '.join(str(one.number) for one in glyphs)}</ofd:Glyphs></ofd:CGTransform>"
    )


def _turned(x: float, y: float, right: float, down: float) -> tuple[float, float]:
    """A way on the page, seen along the base line."""
    return x * right + y * down, -x * down + y * right


def _back(x: float, y: float, right: float, down: float) -> tuple[float, float]:
    return x * right - y * down, x * down + y * right


def _deltas(name: str, steps: Sequence[float], *, always: bool = True) -> str:
    """The steps from glyph to glyph; `g count step` for many alike."""
    said = [f"{one:.4f}".rstrip("0").rstrip(".") for one in steps]
    if not said or (not always and not any(abs(one) > 0.0005 for one in steps)):
        return ""
    groups, at = list[str](), 0
    while at < len(said):
        count = 1
        while at + count < len(said) and said[at + count] == said[at]:
            count += 1
        groups += [f"g {count} {said[at]}"] if count > 2 else [said[at]] * count
        at += count
    return f' {name}="{" ".join(groups)}"'


def _value(colour: tuple[int, int, int] | None) -> str:
    return f'Value="{" ".join(map(str, colour or (0, 0, 0)))}"'


def _numbers(*said: float) -> str:
    return " ".join(f"{one:.4f}".rstrip("0").rstrip(".") if one else "0" for one in said)


def _xml(body: str) -> bytes:
    return (_HEAD + body).encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in _ordered(parts.items()):
            package.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ordered(parts: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """What a reader needs first comes first."""
    return sorted(parts, key=lambda one: (one[0].count("/"), one[0]))
