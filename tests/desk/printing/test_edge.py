"""The frame of a test page lies where the printer says that it reaches, and where nobody says, at four places."""

from __future__ import annotations

import re

import gallery
import pypdfium2 as pdfium
import pytest
from PIL import Image

from desk.papers import advance
from desk.printing import document
from ui.devices import roll_printer

MM = 10  # dots


def page(paper: str, margins: tuple[float, float, float, float] | None) -> Image.Image:
    made = advance.test_page(paper, gallery.OFFICE, gallery.PRINTED, margins)
    return pdfium.PdfDocument(document.draw(made))[0].render(scale=MM * 25.4 / 72).to_pil().convert("L")


def crossed(picture: Image.Image, *, down: bool) -> list[float]:
    """Millimetres from the left, or the top, at which rules run over nine tenths of the page."""
    one = picture.transpose(Image.Transpose.TRANSPOSE) if down else picture
    wide, dots = one.width, one.point(lambda grey: 0 if grey < 160 else 255).tobytes()
    rows = "".join("01"[dots.count(0, at, at + wide) > wide * 0.9] for at in range(0, len(dots), wide))
    return [(found.start() + found.end()) / 2 / MM for found in re.finditer("1+", rows)]


@pytest.mark.parametrize(("paper", "wide", "high"), [("A4", 210, 297), ("A5", 148, 210)])
def test_the_frame_lies_where_the_printer_ends(paper: str, wide: int, high: int) -> None:
    picture = page(paper, (4.2, 3.0, 5.0, 12.7))
    assert crossed(picture, down=True) == pytest.approx([4.2, wide - 5.0], abs=0.25)
    assert crossed(picture, down=False) == pytest.approx([3.0, high - 12.7], abs=0.25)


def test_where_nobody_knows_four_frames_tell() -> None:
    picture = page("A4", None)
    wanted = [3, 4, 5, 6]
    assert crossed(picture, down=True) == pytest.approx([*wanted, *(210 - one for one in reversed(wanted))], abs=0.25)
    assert crossed(picture, down=False) == pytest.approx([*wanted, *(297 - one for one in reversed(wanted))], abs=0.25)


@pytest.mark.parametrize("paper", ["80mm", "58mm"])
def test_on_a_roll_the_frame_lies_at_the_ends_of_the_head(paper: str) -> None:
    made = document.draw(advance.test_page(paper, gallery.OFFICE, gallery.PRINTED, None))
    burnt = roll_printer.dots(made)[0].convert("L")
    for at in (0, 1, burnt.width - 2, burnt.width - 1):
        column = burnt.crop((at, 0, at + 1, burnt.height)).tobytes()
        assert column.count(0) > burnt.height * 0.9
