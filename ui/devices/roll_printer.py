"""Rolls as a raster: most receipt printers have no Chinese font or another code page, but all of them draw dots.

The page is drawn at 203 dpi (8 dots a millimetre), its printable middle cut out, and sent as ESC/POS bit images.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.devices.pdf_pages import page_sizes, render

if TYPE_CHECKING:
    from PIL import Image

_DOTS_A_MM = 8
_MM_A_POINT = 25.4 / 72
_HEADS = {80: 576, 58: 384}  # dots that the head reaches, by the width of the paper in mm
_DARK = 175  # greys below this become a dot: few strokes are one dot thin, and no eye of a letter is filled
_EXACT = 1 - 1e-6  # a page is as many dots wide as its paper, not one more by rounding
_PART = 256  # lines in one image: cheap printers have small buffers


def is_roll(pdf: bytes) -> bool:
    """Whether this is paper for a roll printer."""
    return page_sizes(pdf)[0][0] * _MM_A_POINT < 100


def dots(pdf: bytes) -> list[Image.Image]:
    """Every page as black and white dots, as wide as the head reaches. From any thread."""
    from PIL import Image

    made = []
    for page in render(pdf, _DOTS_A_MM * _MM_A_POINT * _EXACT):
        grey = page.convertToFormat(page.Format.Format_Grayscale8)
        raw = Image.frombytes(
            "L", (grey.width(), grey.height()), bytes(grey.constBits()), "raw", "L", grey.bytesPerLine()
        )
        head = _HEADS[80 if grey.width() > 65 * _DOTS_A_MM else 58]
        left = (grey.width() - head) // 2
        cut = raw.crop((left, 0, left + head, grey.height()))
        made.append(cut.point(lambda value: 0 if value < _DARK else 255).convert("1"))
    return made


def escpos(pdf: bytes) -> bytes:
    """What the printer takes: a clean start, the dots, feed, cut."""
    from escpos.printer import Dummy

    printer = Dummy()
    printer.hw("INIT")
    for image in dots(pdf):
        printer.image(image, impl="bitImageRaster", fragment_height=_PART, center=False)
    printer.print_and_feed(3)
    printer.cut(mode="PART", feed=False)
    made: bytes = printer.output
    return made
