"""The pages of a file, whatever it is, and a picture of any part of one.

A very long picture, as a telephone makes of a chat, is cut into pages that overlap by a line or two, so that each is
as legible as a sheet of paper.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

from desk import doors
from desk.counter.pictures import Part
from desk.errors import RefusedError
from ui.devices.scans import kinds

if TYPE_CHECKING:
    from PIL import Image

LONGEST = 1754  # pixels of a page's long side: 297 mm at 150 dpi
LARGE = 3508  # of what was taken of a large sheet, so that its writing stays legible
_LARGE_FROM = 5000  # pixels: longer than the pictures of ordinary cameras
MOST = doors.SCAN.most  # bytes of a file
MOST_PAGES = doors.SCAN.things
_LONG = 3.0  # times as long as wide
_NARROW = 200  # pixels: narrower is no page
_SHEET = math.sqrt(2)
_OVERLAP = 0.06  # of the width: a line or two


class Frames(Protocol):
    """What is read from: the upright size of each frame, in pixels, and pictures of them."""

    sizes: list[tuple[int, int]]

    def image(self, frame: int, part: Part, longest: int) -> Image.Image:
        """The part of a frame, in colour."""

    def lacks(self) -> str:
        """What cannot be shown, in a sentence; "" for nothing."""


class Page(NamedTuple):
    """A page: the part of a frame that it is."""

    frame: int
    part: Part


class Paged:
    """A file's pages. Raises RefusedError."""

    def __init__(self, data: bytes, name: str) -> None:
        self._frames = _opened(data, name)
        self.pages = [Page(at, part) for at, size in enumerate(self._frames.sizes) for part in bands(*size)]
        if len(self.pages) > MOST_PAGES:
            raise RefusedError(
                f"“{name}”有 {len(self.pages)} 页，一次最多 {MOST_PAGES} 页。", "没有加入。", "请只扫描要交的那几页。"
            )

    def image(self, page: int, part: Part) -> Image.Image:
        """A picture of a part of a page (pixels of the upright page), no longer than is sent."""
        frame, (left, top, _, _) = self.pages[page]
        x, y, wide, high = part
        return self._frames.image(frame, (left + x, top + y, wide, high), longest(wide, high))

    def lacks(self) -> str:
        """What of the file cannot be shown, in a sentence; "" for nothing."""
        return self._frames.lacks()

    def size(self, page: int) -> tuple[int, int]:
        """Width and height of a page, in pixels."""
        return self.pages[page].part[2:]


def refuse_heavy(name: str, size: int) -> None:
    """Raises RefusedError in words for a file of too many bytes."""
    if size > MOST:
        raise RefusedError(
            f"“{name}”有 {size >> 20} MB，超过 {MOST >> 20} MB。", "没有加入。", "请扫描成 PDF，或把分辨率调低。"
        )


def longest(wide: int, high: int) -> int:
    """How long the picture of a part this large is made at most."""
    return LARGE if max(wide, high) > _LARGE_FROM else LONGEST


def bands(wide: int, high: int) -> list[Part]:
    """The pages of a frame: itself, or its bands from top to bottom (from left to right) when it is very long."""
    short, long = min(wide, high), max(wide, high)
    if long <= max(short * _LONG, LONGEST) or short < _NARROW:
        return [(0, 0, wide, high)]
    band, overlap = round(short * _SHEET), round(short * _OVERLAP)
    count = math.ceil((long - overlap) / (band - overlap))
    step = (long - band) / (count - 1)
    starts = [round(step * at) for at in range(count)]
    return [(0, at, wide, band) if high > wide else (at, 0, band, high) for at in starts]


def _opened(data: bytes, name: str) -> Frames:
    refuse_heavy(name, len(data))
    match kinds.kind_of(data[: kinds.HEAD]):
        case "":
            raise RefusedError(
                f"“{name}”不是能打开的图片。", "没有加入。", "请用 JPG、PNG、TIFF、HEIC、PDF 或 OFD，或重新拍摄。"
            )
        case "pdf":
            from ui.devices.scans.pdf import Pdf

            return Pdf(data, name)
        case "ofd":
            from ui.devices.scans.ofd import Ofd

            return Ofd(data, name)
        case kind:
            from ui.devices.scans.raster import Raster

            return Raster(data, name, kind)
