"""What stands on the pages of a PDF, object by object, in millimetres from the upper left corner: paths, runs of glyphs
with their text, pictures. It reads the operators that papers of this program use, and those of its former versions."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from desk.printing.ofd.typefaces import Face

MM = 25.4 / 72
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]
_WHOLE: Matrix = (1, 0, 0, 1, 0, 0)
_HIDDEN = 3  # text that is not painted


@dataclass(frozen=True)
class Path:
    """A path: steps as OFD writes them (letter, points), its inks; a width of 0 is not drawn."""

    steps: tuple[tuple[str, tuple[float, ...]], ...]
    fill: Colour | None
    edge: Colour | None
    width: float
    dash: tuple[float, ...]
    alpha: int
    even: bool = False


@dataclass(frozen=True)
class Glyph:
    """A glyph of a run: its number in the face, where its base point is."""

    number: int
    x: float
    y: float


@dataclass
class Run:
    """Glyphs of one face in one direction: `axis` is where its base line points, `typed` what is read."""

    face: Face
    size: float
    axis: tuple[float, float]
    ink: Colour
    typed: str
    glyphs: list[Glyph]
    end: float  # how far along the axis the last glyph reaches from the first
    broader: float = 0.0  # how broad a stroke is drawn around each letter
    hidden: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture, the unit square laid out by `place`."""

    png: bytes
    place: Matrix


@dataclass(frozen=True)
class Page:
    """One page, its size, what lies behind its words and what stands on it, in the order of drawing."""

    width: float
    height: float
    behind: tuple[Path | Run | Picture, ...]
    items: tuple[Path | Run | Picture, ...]


@dataclass
class _State:
    """What an operator leaves behind for those after it."""

    place: Matrix
    fill: Colour = (0, 0, 0)
    edge: Colour = (0, 0, 0)
    width: float = 1.0
    dash: tuple[float, ...] = ()
    alpha: int = 255
    face: Face | None = None
    size: float = 0.0
    leading: float = 0.0
    way: int = 0


def times(first: Matrix, then: Matrix) -> Matrix:
    """Both transformations, one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def pages(pdf: bytes) -> tuple[list[Page], PdfReader]:
    """All pages, and the file that was read."""
    reader, faces = PdfReader(io.BytesIO(pdf)), dict[int, Face]()
    return [_Reading(page, faces).page() for page in reader.pages], reader


@dataclass
class _Reading:
    """One page in the reading."""

    source: PageObject
    faces: dict[int, Face]
    items: list[Path | Run | Picture] = field(default_factory=list)
    behind: list[Path | Run | Picture] = field(default_factory=list)

    def page(self) -> Page:
        box = [float(one) for one in self.source.mediabox]
        wide, high = (box[2] - box[0]) * MM, (box[3] - box[1]) * MM
        place: Matrix = (MM, 0, 0, -MM, -box[0] * MM, high + box[1] * MM)
        self._content(self.source["/Contents"].get_object(), self.source["/Resources"].get_object(), _State(place))
        return Page(wide, high, tuple(self.behind), tuple(self.items))

    def _content(self, stream: Any, resources: Any, state: _State, marks: Sequence[dict[str, Any]] = ()) -> None:
        _Content(self, resources, state, list(marks)).read(stream)

    def put(self, item: Path | Run | Picture, marks: Sequence[dict[str, Any]]) -> None:
        """An object of the page: a watermark lies behind all others."""
        is_mark = any(one.get("/Subtype") == "/Watermark" for one in marks)
        (self.behind if is_mark else self.items).append(item)

    def held(self, held: Any, resources: Any, state: _State, marks: Sequence[dict[str, Any]]) -> None:
        """A picture, or what pages share: in our files that is the watermark."""
        if held["/Subtype"] == "/Form":
            state.place = times(_matrix(held.get("/Matrix", _WHOLE)), state.place)
            shared = [*marks, {"/Subtype": "/Watermark"}] if "/W" in resources["/XObject"] else marks
            self._content(held, held.get("/Resources", resources).get_object(), state, shared)
        else:
            self.put(Picture(_png(held), state.place), marks)

    def face(self, font: Any) -> Face:
        """A face of the file, the same one for all pages."""
        held = font.get_object()
        number = held["/DescendantFonts"][0].get_object() if "/DescendantFonts" in held else held
        key = number["/FontDescriptor"].indirect_reference.idnum
        if key not in self.faces:
            self.faces[key] = Face(held, len(self.faces) + 1)
        return self.faces[key]


@dataclass
class _Content:
    """The operators of one stream, and what stands between them."""

    page: _Reading
    resources: Any
    state: _State
    marks: list[dict[str, Any]]
    kept: list[_State] = field(default_factory=list)
    steps: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)
    line: Matrix = _WHOLE
    matrix: Matrix = _WHOLE
    spoken: Run | None = None  # the glyphs of a span whose text is told

    def read(self, stream: Any) -> None:
        """All of it."""
        for operands, sign in ContentStream(stream, None).operations:
            name = sign.decode("latin-1")
            if name in _PATHS:
                self.steps += _stepped(name, [float(one) for one in operands], self.steps, self.state.place)
            elif name in _PAINTS:
                if drawn := _painted(name, self.steps, self.state):
                    self.page.put(drawn, self.marks)
                self.steps = []
            elif name in ("BT", "Tm", "Td", "TD", "T*", "TL"):
                self.matrix, self.line = _moved(name, operands, self.line, self.matrix, self.state)
            elif name in ("Tj", "TJ"):
                self._said(operands[0])
            elif name in ("BDC", "BMC", "EMC"):
                self._marked(name, operands)
            else:
                self._set(name, operands)

    def _marked(self, name: str, operands: list[Any]) -> None:
        if name != "EMC":
            self.marks.append(operands[1] if name == "BDC" else {})
        elif "/ActualText" in self.marks.pop() and self.spoken is not None:
            self.page.put(self.spoken, self.marks)
            self.spoken = None

    def _said(self, words: Any) -> None:
        """A run of its own, or more glyphs of a span whose text is told."""
        run, self.matrix = _shown(words, self.matrix, self.state)
        typed = next((str(one["/ActualText"]) for one in reversed(self.marks) if "/ActualText" in one), None)
        if run is None:
            return
        if typed is None:
            self.page.put(run, self.marks)
        elif self.spoken is None:
            self.spoken = replace(run, typed=typed)
        else:
            self.spoken.end += _along(run, self.spoken)
            self.spoken.glyphs += run.glyphs

    def _set(self, name: str, operands: list[Any]) -> None:
        state, resources = self.state, self.resources
        match name:
            case "q":
                self.kept.append(replace(state))
            case "Q":
                self.state = self.kept.pop()
            case "cm":
                state.place = times(_matrix(operands), state.place)
            case "Do":
                self.page.held(resources["/XObject"][operands[0]].get_object(), resources, replace(state), self.marks)
            case "rg" | "g":
                state.fill = _ink(operands)
            case "RG" | "G":
                state.edge = _ink(operands)
            case "Tf":
                state.face, state.size = self.page.face(resources["/Font"][operands[0]]), float(operands[1])
            case "gs":
                clear = resources["/ExtGState"][operands[0]].get_object()
                state.alpha = round(255 * float(clear.get("/ca", state.alpha / 255)))
            case _:
                _set_plain(state, name, operands)


def _set_plain(state: _State, name: str, operands: list[Any]) -> None:
    match name:
        case "w":
            state.width = float(operands[0])
        case "d":
            state.dash = tuple(float(one) for one in operands[0])
        case "Tr":
            state.way = int(operands[0])


_PATHS = frozenset({"m", "l", "c", "v", "y", "h", "re"})
_PAINTS = {
    "S": "e", "s": "ce", "f": "f", "F": "f", "f*": "fo", "B": "fe", "B*": "feo", "b": "cfe", "b*": "cfeo", "n": "",
}  # fmt: skip


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return (a, b, c, d, e, f)


def _ink(operands: Sequence[Any]) -> Colour:
    parts = [round(255 * float(one)) for one in operands]
    return (parts[0], parts[0], parts[0]) if len(parts) == 1 else (parts[0], parts[1], parts[2])


def _stepped(
    name: str, said: list[float], before: Sequence[tuple[str, tuple[float, ...]]], place: Matrix
) -> Iterator[tuple[str, tuple[float, ...]]]:
    if name == "re":
        x, y, wide, high = said
        corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
        yield from (("L" if number else "M", at(place, *one)) for number, one in enumerate(corners))
        yield "C", ()
        return
    points = tuple(one for pair in zip(said[::2], said[1::2], strict=True) for one in at(place, *pair))
    if name == "v":
        points = (*before[-1][1][-2:], *points)
    if name == "y":
        points = (*points, *points[-2:])
    yield {"m": "M", "l": "L", "h": "C"}.get(name, "B"), points


def _painted(name: str, steps: list[tuple[str, tuple[float, ...]]], state: _State) -> Path | None:
    ways = _PAINTS[name]
    if not steps or not ways:
        return None
    whole = (*steps, ("C", ())) if "c" in ways else tuple(steps)
    a, b, c, d, _, _ = state.place
    scale = abs(a * d - b * c) ** 0.5
    return Path(
        whole,
        state.fill if "f" in ways else None,
        state.edge if "e" in ways else None,
        state.width * scale if "e" in ways else 0.0,
        tuple(one * scale for one in state.dash),
        state.alpha,
        "o" in ways,
    )


def _moved(name: str, operands: list[Any], line: Matrix, matrix: Matrix, state: _State) -> tuple[Matrix, Matrix]:
    """Where text goes on, and where its line began."""
    if name == "BT":
        return _WHOLE, _WHOLE
    if name == "Tm":
        set_to = _matrix(operands)
        return set_to, set_to
    if name == "TL":
        state.leading = float(operands[0])
        return matrix, line
    right, up = (0.0, -state.leading) if name == "T*" else (float(operands[0]), float(operands[1]))
    if name == "TD":
        state.leading = -up
    moved = times((1, 0, 0, 1, right, up), line)
    return moved, moved


def _shown(said: Any, matrix: Matrix, state: _State) -> tuple[Run | None, Matrix]:
    """The run, and where text goes on after it."""
    face = state.face
    if face is None:
        return None, matrix
    glyphs, typed, along = list[Glyph](), "", 0.0
    for part in said if isinstance(said, list) else [said]:
        if isinstance(part, int | float):
            along -= float(part) / 1000 * state.size
            continue
        for number, letter, wide in face.letters(part):
            x, y = at(times(matrix, state.place), along, 0)
            glyphs.append(Glyph(number, x, y))
            typed += letter
            along += wide * state.size
    whole = times(matrix, state.place)
    scale = (whole[0] ** 2 + whole[1] ** 2) ** 0.5
    run = Run(
        face, state.size * scale, (whole[0] / scale, whole[1] / scale), state.fill, typed, glyphs, along * scale,
        state.width * scale if state.way == 2 else 0.0, state.way == _HIDDEN,
    )  # fmt: skip
    return (run if glyphs else None), times((1, 0, 0, 1, along, 0), matrix)


def _along(run: Run, first: Run) -> float:
    """How much farther than `first` the end of `run` reaches along the axis."""
    x, y = run.glyphs[0].x - first.glyphs[0].x, run.glyphs[0].y - first.glyphs[0].y
    return max(0.0, x * first.axis[0] + y * first.axis[1] + run.end - first.end)


def _png(held: Any) -> bytes:
    """An image of the file as PNG, what is clear in it clear."""
    from PIL import Image

    size, data = (int(held["/Width"]), int(held["/Height"])), held.get_data()
    picture = Image.frombytes("L" if held["/ColorSpace"] == "/DeviceGray" else "RGB", size, data)
    if "/SMask" in held:
        picture.putalpha(Image.frombytes("L", size, held["/SMask"].get_object().get_data()))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
