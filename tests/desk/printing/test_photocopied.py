"""A paper of the organ copied, and the copy copied again: it still says whose it is, that it is a copy, its number."""

from __future__ import annotations

import itertools

import gallery
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageFilter

from desk.printing import document
from desk.printing.document import Document

SCALE = 200 / 72  # a copier's 200 dots an inch
BLACK = 128


def black(picture: Image.Image) -> Image.Image:
    """The ink of a picture: 255 where there is some."""
    return picture.point(lambda grey: 0 if grey > BLACK else 255)


def copied(picture: Image.Image) -> Image.Image:
    """What a copier makes of it: a little out of focus, and nothing but black and white."""
    return ImageChops.invert(black(picture.filter(ImageFilter.GaussianBlur(0.8))))


def twice(page: pdfium.PdfPage) -> tuple[Image.Image, Image.Image]:
    """The ink of a page as it is printed, and of the copy of its copy."""
    first = page.render(scale=SCALE).to_pil().convert("L")
    return black(first), black(copied(copied(first)))


def place(page: pdfium.PdfPage, words: str) -> tuple[int, int, int, int]:
    """Where these words stand on the page, in dots: left, top, right, bottom."""
    layer, high = page.get_textpage(), page.get_height()
    found = layer.search(words).get_next()
    assert found, words
    boxes = [layer.get_charbox(one) for one in range(found[0], found[0] + found[1])]
    left, right = min(one[0] for one in boxes), max(one[2] for one in boxes)
    low, top = min(one[1] for one in boxes), max(one[3] for one in boxes)
    return tuple(round(one * SCALE) for one in (left, high - top, right, high - low))  # type: ignore[return-value]


def amount(ink: Image.Image) -> int:
    return ink.histogram()[255]


def kept(page: pdfium.PdfPage, words: str) -> float:
    """How much of the ink of these words is left after two copies."""
    before, after = (one.crop(place(page, words)) for one in twice(page))
    return amount(ImageChops.multiply(before, after)) / amount(before)


def rules(ink: Image.Image) -> int:
    """Lines that run over half of the page without a break."""
    need, wide, dots = b"\xff" * (ink.width // 2), ink.width, ink.tobytes()
    crossed = [need in dots[at : at + wide] for at in range(0, len(dots), wide)]
    return sum(1 for is_rule, _ in itertools.groupby(crossed) if is_rule)


def page_of(made: Document) -> pdfium.PdfPage:
    return pdfium.PdfDocument(document.draw(made))[0]


@pytest.mark.parametrize("name", list(gallery.organ_papers(lambda usual: usual, gallery.OFFICE)))
def test_copied_twice_it_still_says_whose_it_is_and_its_number(name: str) -> None:
    made = gallery.organ_papers(lambda usual: usual, gallery.OFFICE)[name]
    page = page_of(made)
    for words in (made.organ, made.title, made.number.split("　")[0], *((made.copy,) if made.copy else ())):
        assert kept(page, words) > 0.8, words
    before, after = (rules(one) for one in twice(page))
    assert after >= before > 5


def test_the_note_that_it_is_a_copy_stays() -> None:
    page = page_of(gallery.organ_papers(lambda usual: usual, gallery.OFFICE)["decided"])
    for words in ("没有加盖印章", "乌日尼勒图嘎查", "苏尼特左旗人民法院提起"):
        assert kept(page, words) > 0.8


def test_pale_rules_and_grey_words_would_not_stay() -> None:
    """The measure itself: what papers of the office are drawn with is gone on the copy of a copy."""
    page = page_of(gallery.documents(lambda usual: usual)["rating-slip"])
    before, after = (rules(one) for one in twice(page))
    assert after < before or before == 0
