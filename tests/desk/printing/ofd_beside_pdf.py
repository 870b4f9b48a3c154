"""Papers as OFD drawn by another's reader, held page by page beside the PDF that they were made of.

PYTHONPATH=.:tests:tests/desk/printing python tests/desk/printing/ofd_beside_pdf.py [--pictures DIR] [NAME ...]

needs `pip install easyofd`; without it says so. That reader draws every letter in a face called 宋体, whatever face
lies in the file, so ours is shown to it by that name; it draws no glyph by number, so joined Mongolian is not its
matter; it fills no path. What is held beside is where everything stands: of each one's ink, how much has no ink of
the other within a millimetre.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import importlib.util
import io
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

import gallery
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desk.printing.ofd.writing import ofd
from desk.words.font_files import SONG_FILE, folder

NAMES = ("receipt-A5", "decided", "manifest")
DPI, NEAR = 100, 4  # pixels of a millimetre


def is_here() -> bool:
    """Whether the reader is installed."""
    return importlib.util.find_spec("easyofd") is not None


def drawn(data: bytes) -> list[Image.Image]:
    """The pages as the other reader draws them; it writes into the folder where it stands."""
    from easyofd import OFD
    from loguru import logger

    logger.remove()
    logging.disable(logging.WARNING)
    pdfmetrics.registerFont(TTFont("宋体", str(folder() / SONG_FILE)))
    reader: Any = OFD()
    with tempfile.TemporaryDirectory() as own, contextlib.chdir(own), contextlib.redirect_stdout(io.StringIO()):
        reader.read(base64.b64encode(data).decode(), save_xml=False)
        pdf = pdfium.PdfDocument(bytes(reader.to_pdf()))
    return [page.render(scale=DPI / 72).to_pil().convert("L") for page in pdf]


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The share of the ink of each that has none of the other's near it."""
    other = other.resize(one.size)
    inks = [picture.point(lambda grey: 255 if grey < 128 else 0) for picture in (one, other)]
    near = [ink.filter(ImageFilter.MaxFilter(NEAR * 2 + 1)) for ink in inks]
    alone = [ImageChops.subtract(inks[0], near[1]), ImageChops.subtract(inks[1], near[0])]
    return tuple(lost.histogram()[255] / max(1, ink.histogram()[255]) for lost, ink in zip(alone, inks, strict=True))  # type: ignore[return-value]


def beside(name: str, keep: Path | None = None) -> list[tuple[float, float]]:
    """Page by page: of the PDF's ink without any in the OFD, of the OFD's without any in the PDF."""
    pdf = gallery.drawn()[name]
    ours = [page.render(scale=DPI / 72).to_pil().convert("L") for page in pdfium.PdfDocument(pdf)]
    theirs = drawn(ofd(pdf))
    if len(ours) != len(theirs):
        raise AssertionError(f"{name}: {len(ours)} pages of PDF, {len(theirs)} of OFD")
    for at, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
        if keep is not None:
            whole = Image.new("L", (one.width * 2, one.height), 255)
            whole.paste(one, (0, 0))
            whole.paste(other.resize(one.size), (one.width, 0))
            whole.save(keep / f"{name}-{at}.png")
    return [apart(one, other) for one, other in zip(ours, theirs, strict=True)]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("names", nargs="*", default=list(NAMES))
    asked = parser.parse_args()
    if not is_here():
        sys.stdout.write("easyofd: not here, so nothing was held beside\n")
        return 0
    for name in asked.names:
        for at, (lost, more) in enumerate(beside(name, asked.pictures), 1):
            sys.stdout.write(
                f"{name}, page {at}: {lost:.2%} of the PDF's ink not in the OFD, {more:.2%} the other way\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
