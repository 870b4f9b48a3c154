"""From a file, or bytes, to kept pictures; and the same picture turned or cropped anew, each time from its original."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from PIL import Image

from desk import doors
from desk.counter.pictures import Made, Part, Pictures
from desk.errors import RefusedError
from desk.log.files import FileRef
from ui.devices.scans import kinds, pages
from ui.devices.scans.pages import Paged

MOST = 240 << 10  # bytes of a picture of LONGEST: it goes over a bad link
_QUALITIES = (82, 72, 62, 54, 46, 38)
_WHOLE: Part = (0, 0, 0, 0)
_LEAST = 20  # pixels: less is a slip of the mouse


def from_file(drawer: Pictures, place: Path, told: Callable[[str], None]) -> Iterator[FileRef]:
    """Every page of a file, one after another, kept; `told` hears what of it cannot be shown. Waits until the file is
    written whole. Raises RefusedError in words."""
    kinds.settled(place)
    try:
        data = doors.read_file(place, doors.SCAN, "没有加入。")
    except OSError as error:
        raise RefusedError(f"“{place.name}”读不到了。", "没有加入。", "U盘或高拍仪可能已拔下，请接好再取。") from error
    yield from from_bytes(drawer, data, place.name, told)


def from_bytes(drawer: Pictures, data: bytes, name: str, told: Callable[[str], None]) -> Iterator[FileRef]:
    """As `from_file`, of what lay in the clipboard."""
    paged = Paged(data, name)
    if lacks := paged.lacks():
        told(lacks)
    original = ""
    for page in range(len(paged.pages)):
        picture = _drawn(paged, Made(original, name, page))
        original = original or drawer.keep_original(data)  # not before a page of it was read
        yield drawer.keep(picture, _name(paged, name, page), Made(original, name, page))
    if kinds.kind_of(data[: kinds.HEAD]) == "ofd":
        yield drawer.keep(data, f"{Path(name).stem[:60]}.ofd", Made(original, name))


def turned(drawer: Pictures, ref: FileRef, quarters: int) -> FileRef:
    """The picture turned by quarters to the right."""
    made, data = drawer.original(ref)
    return _keep(drawer, _paged(data, made), msgspec.structs.replace(made, turns=(made.turns + quarters) % 4))


def cropped(drawer: Pictures, ref: FileRef, share: tuple[float, float, float, float]) -> FileRef:
    """What lies between these shares (left, top, right, bottom, 0 to 1) of the picture as it is seen."""
    made, data = drawer.original(ref)
    paged = _paged(data, made)
    left, top, wide, high = _part(paged, made)
    a, b, c, d = _unturned(share, made.turns)
    part = (left + round(a * wide), top + round(b * high), round((c - a) * wide), round((d - b) * high))
    if part[2] < _LEAST or part[3] < _LEAST:
        return ref
    return _keep(drawer, paged, msgspec.structs.replace(made, part=part))


def whole(drawer: Pictures, ref: FileRef) -> FileRef:
    """The page as it was given: neither turned nor cropped."""
    made, data = drawer.original(ref)
    return _keep(drawer, _paged(data, made), msgspec.structs.replace(made, part=_WHOLE, turns=0))


def seen(drawer: Pictures, ref: FileRef, turns: int, *, whole: bool) -> bytes:
    """JPEG of a picture turned, or of the whole page it was made of, only to be looked at: nothing is kept."""
    made, data = drawer.original(ref)
    part = _WHOLE if whole else made.part
    made = msgspec.structs.replace(made, part=part, turns=((0 if whole else made.turns) + turns) % 4)
    return _drawn(_paged(data, made), made)


def _part(paged: Paged, made: Made) -> Part:
    return made.part if made.part != _WHOLE else (0, 0, *paged.size(made.page))


def _unturned(share: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """The same shares of the upright page."""
    left, top, right, bottom = (min(1.0, max(0.0, one)) for one in share)
    for _ in range(turns):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return left, top, right, bottom


def _paged(data: bytes, made: Made) -> Paged:
    paged = Paged(data, made.name)
    if made.page >= len(paged.pages):
        raise RefusedError("原图里没有这一页。", "没有改动。", "请重新加入。")
    return paged


def _keep(drawer: Pictures, paged: Paged, made: Made) -> FileRef:
    return drawer.keep(_drawn(paged, made), _name(paged, made.name, made.page), made)


def _name(paged: Paged, name: str, page: int) -> str:
    stem = Path(name).stem[:60]
    return f"{stem}-{page + 1}.jpg" if len(paged.pages) > 1 else f"{stem}.jpg"


def _drawn(paged: Paged, made: Made) -> bytes:
    image = paged.image(made.page, _part(paged, made))
    mark = str(made.page + 1) if len(paged.pages) > 1 else ""
    return compressed(image.transpose(_TURNS[made.turns]) if made.turns else image, mark)


_TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def compressed(image: Image.Image, mark: str = "") -> bytes:
    """JPEG, no heavier than MOST where quality allows; one of more pixels may be heavier by as much. `mark` stands in
    it as a comment: two pages that look alike are two pictures."""
    heaviest = MOST * max(1.0, image.width * image.height / pages.LONGEST**2)
    data = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, comment=mark.encode())
        data = out.getvalue()
        if len(data) <= heaviest:
            break
    return data
