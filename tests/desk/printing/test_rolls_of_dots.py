"""Rolls as the head burns them: 203 dots an inch, black or nothing."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path

import gallery
import pypdfium2 as pdfium
import pytest
import segno
import zxingcpp
from PIL import Image
from pypdf import PdfReader

import resources
from desk.printing import document, pen, receipt, stamp
from desk.printing.document import Document, Text
from desk.printing.facts import Paper
from desk.printing.file import writing
from desk.printing.frames import ROLL_58
from desk.printing.pen import DOT, Words
from desk.printing.sheet import About, Sheet
from ui.devices import roll_printer

FINE = 4  # how much finer the picture is that strokes are compared with
ROLLS = [Paper.ROLL, Paper.ROLL_58]


def receipt_dots(paper: Paper) -> Image.Image:
    return roll_printer.dots(receipt.receipt(gallery.receipt_facts(str, gallery.bilingual("below")), paper))[0]


def parts(picture: Image.Image, *, ink: bool) -> int:
    """How many parts the ink of a picture has, or the white: strokes that broke, eyes that filled."""
    wide, high = picture.size
    dots = picture.tobytes()
    wanted, seen, count = 0 if ink else 255, set[int](), 0
    near = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if ink or not (x and y)]
    for start in range(wide * high):
        if dots[start] != wanted or start in seen:
            continue
        count += 1
        seen.add(start)
        rest = [start]
        while rest:
            at = rest.pop()
            for x, y in near:
                across, down = at % wide + x, at // wide + y
                other = down * wide + across
                if 0 <= across < wide and 0 <= down < high and dots[other] == wanted and other not in seen:
                    seen.add(other)
                    rest.append(other)
    return count


def thin(picture: Image.Image) -> tuple[int, int]:
    """How many dots of ink there are, and how many lie in no square of four."""
    wide, dots = picture.width, [not dot for dot in picture.tobytes()]
    inner = [at for at in range(wide + 1, len(dots) - wide - 1) if dots[at]]
    squares = [(a, b) for a in (1, -1) for b in (wide, -wide)]
    alone = [at for at in inner if not any(dots[at + a] and dots[at + b] and dots[at + a + b] for a, b in squares)]
    return len(inner), len(alone)


def commonest(count: int) -> str:
    words = "".join(path.read_text("utf-8") for path in (Path(resources.__file__).parent / "catalogue").glob("*.json"))
    found = Counter(char for char in json.dumps(words, ensure_ascii=False) if "\u4e00" <= char <= "\u9fff")
    return "".join(char for char, _ in found.most_common(count))


def test_no_stroke_breaks_and_hardly_an_eye_fills_on_the_narrow_roll() -> None:
    """Judged without reading: each character has as many parts of ink and of white as in a picture four times finer."""
    chars = commonest(120)
    pdf = document.draw(Document("样", gallery.OFFICE, (Text(chars),), paper="58mm"))
    page, whole = pdfium.PdfDocument(pdf)[0], roll_printer.dots(pdf)[0].convert("L")
    scale = 8 * 25.4 / 72 * (1 - 1e-6)
    fine = page.render(scale=scale * FINE).to_pil().convert("L").point(lambda grey: 0 if grey < 128 else 255)
    cut, layer = (page.get_width() * scale - whole.width) / 2, page.get_textpage()
    broken = filled = ink = alone = 0
    for at in range(layer.count_chars()):
        if layer.get_text_range(at, 1) not in chars:
            continue
        left, low, right, top = layer.get_charbox(at)
        box = (
            left * scale - 1,
            (page.get_height() - top) * scale - 1,
            right * scale + 1,
            (page.get_height() - low) * scale + 1,
        )
        burnt = whole.crop(tuple(round(one) for one in (box[0] - cut, box[1], box[2] - cut, box[3])))  # type: ignore[arg-type]
        wanted = fine.crop(tuple(round(one * FINE) for one in box))  # type: ignore[arg-type]
        broken += max(0, parts(burnt, ink=True) - parts(wanted, ink=True))
        filled += max(0, parts(wanted, ink=False) - parts(burnt, ink=False))
        dots, few = thin(burnt)
        ink, alone = ink + dots, alone + few
    assert ink > 5000
    assert broken == 0
    assert filled <= 3
    assert alone < ink * 0.06  # of the serif face 28 in a hundred, and its strokes break


@pytest.mark.parametrize("paper", ROLLS)
def test_rules_are_two_dots_broad_and_unbroken(paper: Paper) -> None:
    picture = receipt_dots(paper).convert("L")
    wide, dots = picture.width, picture.tobytes()
    rows = [dots[at : at + wide] for at in range(0, len(dots), wide)]
    long = [b"\0" * (wide * 3 // 4) in row for row in rows]
    heights = [len(one) for one in re.findall("1+", "".join("01"[is_rule] for is_rule in long))]
    assert len(heights) > 4
    assert min(heights) >= 2
    pdf = receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), paper)
    broad = [float(one) for one in re.findall(r"([\d.]+) w ", "".join(contents(pdf)))]
    assert min(broad) > 2 * DOT - 0.01


@pytest.mark.parametrize("paper", ROLLS)
def test_all_is_black_and_nothing_tinted(paper: Paper) -> None:
    pdf = receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), paper)
    inks = set(re.findall(r"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)", "".join(map(str, contents(pdf)))))
    assert inks <= {pen.BLACK, pen.WHITE}


def contents(pdf: bytes) -> list[str]:
    return [page.get_contents().get_data().decode("latin-1") for page in PdfReader(io.BytesIO(pdf)).pages]  # type: ignore[union-attr]


@pytest.mark.parametrize("dot", [0.0, DOT])
def test_a_code_has_four_modules_of_white_around_it(dot: float) -> None:
    """On whatever it is drawn: here on black."""
    made = pen.Pen(dot)
    made.box(0, 0, 200, 200, fill=pen.BLACK)
    made.qr(gallery.CODE, 20, 180, 160)
    picture = pdfium.PdfDocument(writing.pdf(made, pen.File("样", 200, 200)))[0].render(scale=8).to_pil().convert("L")
    left, top, right, low = picture.point(lambda grey: 255 * (grey > 128)).getbbox() or (0, 0, 0, 0)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == gallery.CODE
    module = (right - left) / (17 + 4 * int(segno.make(gallery.CODE, error="m", micro=False).version) + 8)
    near, far = code.position.top_left, code.position.bottom_right
    for free in (near.x - left, near.y - top, right - far.x, low - far.y):
        assert free > 3.9 * module


def test_modules_of_a_code_are_of_one_size_on_a_roll() -> None:
    picture = receipt_dots(Paper.ROLL_58).convert("L")
    (code,) = zxingcpp.read_barcodes(picture)
    place = code.position
    row = picture.crop((place.top_left.x, place.top_left.y + 1, place.top_right.x + 2, place.top_left.y + 2)).tobytes()
    first = len(re.match(rb"\0+", row)[0])  # type: ignore[index]
    assert first % 7 == 0  # the finder is seven modules broad
    assert {len(one) % (first // 7) for one in re.findall(rb"\0+", row)} == {0}


def test_mongolian_stands_on_rolls_whatever_the_order() -> None:
    for order in ("below", "above", "left"):
        pdf = receipt.receipt(gallery.receipt_facts(str, gallery.bilingual(order)), Paper.ROLL_58)
        said = pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range()
        for words in (
            gallery.LABELS["申请人"],
            gallery.LABELS["代办收件回执"],
            gallery.OFFICE.point_name_mn.split()[0],
        ):
            assert words in said, order


def test_the_mark_of_a_copy_is_eight_points_whatever_the_name() -> None:
    words = "补打第 12 次　2026-11-24 09:30　" + "额尔敦其其格" * 5
    for wide in (ROLL_58.width, 227, 420, 595):
        page = pdfium.PdfDocument(stamp.stamp(wide, 600, words))[0]
        layer = page.get_textpage()
        assert {pdfium.raw.FPDFText_GetFontSize(layer, at) for at in range(layer.count_chars() - 1)} <= {8.0, 1.0}
        boxes = [layer.get_charbox(at) for at in range(layer.count_chars()) if layer.get_text_range(at, 1).strip()]
        assert min(box[0] for box in boxes) > 0
        assert max(box[2] for box in boxes) < wide
        grows = stamp.band(wide, words)
        assert (grows > 0) == (wide < 280)
        if grows:
            assert 600 - min(box[1] for box in boxes) < grows


def test_on_a_roll_rules_lie_on_whole_dots() -> None:
    sheet = Sheet(ROLL_58, About("样", ""))
    sheet.boxed("不得遗漏")
    (box,) = [op for op in sheet.pen.pages[0] if isinstance(op, str)]
    numbers = [float(one) for one in re.search(r"([\d.]+ [\d.]+ [\d.]+ [\d.]+) re", box)[1].split()]  # type: ignore[index]
    assert all(abs(one / DOT - round(one / DOT)) < 0.02 for one in numbers)
    assert all(op.colour == pen.BLACK for op in sheet.pen.pages[0] if isinstance(op, Words))
