"""Every document read back: what it says, where it stands, that the file is sound, that nothing typed can break it."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import gallery
import pypdf
import pypdfium2 as pdfium
import pytest

from desk.printing import document, fonts
from desk.printing.blocks import tables
from desk.printing.document import Document, Fields, Heading, Table
from desk.printing.frames import A4
from desk.printing.sheet import About, Sheet, render
from desk.words.label_list import LABELS

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
NAMES = sorted(gallery.drawings(lambda usual: usual))
MM = 72 / 25.4


def words(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return gallery.drawn()


@pytest.fixture(scope="module")
def again() -> dict[str, bytes]:
    return gallery.every()


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_said(made: dict[str, bytes], name: str) -> None:
    """The golden texts; after a wanted change write them anew with DAIBAN_GOLDEN=1 and look at the difference."""
    said = "\n".join(line.rstrip() for line in words(made[name]).replace("\f", "\n\f\n").splitlines()) + "\n"
    place = GOLDEN / f"{name}.txt"
    if os.environ.get("DAIBAN_GOLDEN"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(said, "utf-8")
    assert [line.split() for line in said.splitlines()] == [
        line.split() for line in place.read_text("utf-8").splitlines()
    ]


class Char:
    """One character as PDFium sees it: its ink, in points."""

    def __init__(self, char: str, box: tuple[float, float, float, float]) -> None:
        self.char = char
        self.left, self.bottom, self.right, self.top = box

    def covers(self, other: Char) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, wide) * max(0.0, high)

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)


def chars(page: pdfium.PdfPage) -> list[Char]:
    """All but blanks and the watermark, which stands behind the words on purpose."""
    layer, found = page.get_textpage(), []
    for at in range(layer.count_chars()):
        char = layer.get_text_range(at, 1)
        one = Char(char, layer.get_charbox(at))
        if char.strip() and one.area > 0.05 and one.top - one.bottom < 34:
            found.append(one)
    return found


def assert_laid_out(pdf: bytes) -> None:
    for number, page in enumerate(pdfium.PdfDocument(pdf), 1):
        wide, high = page.get_size()
        margin = (3 if wide < 100 * MM else 6 if wide < 150 * MM else 10) * MM
        found = chars(page)
        for one in found:
            inside = (
                margin <= one.left <= one.right <= wide - margin and margin <= one.bottom <= one.top <= high - margin
            )
            assert inside, (number, one.char, one.left, one.bottom, one.right, one.top)
        grid: dict[tuple[int, int], list[Char]] = {}
        for one in found:
            for column in range(int(one.left) // 20, int(one.right) // 20 + 1):
                for line in range(int(one.bottom) // 20, int(one.top) // 20 + 1):
                    grid.setdefault((column, line), []).append(one)
        for cell in grid.values():
            for at, one in enumerate(cell):
                for other in cell[at + 1 :]:
                    joined = fonts.is_mongolian(one.char) and fonts.is_mongolian(other.char)
                    over = one.covers(other) / min(one.area, other.area)
                    assert joined or over < 0.35, (number, one.char, other.char, one.left, one.bottom)


@pytest.mark.parametrize("order", ["", "left", "above", "below"])
def test_nothing_leaves_the_margins_and_no_two_texts_overlap(order: str) -> None:
    for name, pdf in gallery.drawn(order).items():
        try:
            assert_laid_out(pdf)
        except AssertionError as error:
            raise AssertionError(f"{name} {order}: {error}") from error


@pytest.mark.parametrize(
    "draw", [lambda one: one.centred("申请人", 12), lambda one: tables.fields(one, [[("申请人", "甲")]])]
)
@pytest.mark.parametrize(("order", "leads"), [("below", False), ("above", True)])
def test_the_common_language_leads_unless_the_office_set_it_so(
    draw: Callable[[Sheet], None], order: str, leads: bool
) -> None:
    about = About("样", "", "", gallery.bilingual(order).scripts)
    (page,) = pdfium.PdfDocument(render(A4, about, draw, feet=False))
    tops = {mongolian: max(one.top for one in chars(page) if fonts.is_mongolian(one.char) == mongolian)
            for mongolian in (True, False)}  # fmt: skip
    assert (tops[True] > tops[False]) == leads


def test_long_words_wrap_everywhere() -> None:
    for name, pdf in gallery.drawn("long").items():
        try:
            assert_laid_out(pdf)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from error
        if name.startswith(("receipt", "decided", "entrusted", "visit")):
            said = "".join(words(pdf).split())
            assert all(char in said for char in gallery.LONG)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_sound(made: dict[str, bytes], again: dict[str, bytes], name: str, tmp_path: Path) -> None:
    pdf = made[name]
    assert pdf == again[name]
    place = tmp_path / "a.pdf"
    place.write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", str(place)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    listed = subprocess.run(["pdffonts", str(place)], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines()[2:]:
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line  # embedded, subset, with ToUnicode
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert read.metadata is not None
    assert read.metadata.title
    assert read.trailer["/Root"]["/Lang"] == "zh-CN"


def test_naughty_strings_in_every_field_of_every_document() -> None:
    naughty = [one for one in json.loads((HERE / "naughty.json").read_text("utf-8")) if one]
    for start in range(0, len(naughty), 12):
        many = naughty[start : start + 12]
        at = iter(range(1_000_000))

        def say(_usual: str, many: list[str] = many, at: object = at) -> str:
            return many[next(at) % len(many)]  # type: ignore[call-overload]

        for name, pdf in gallery.every(say).items():
            assert pdf.startswith(b"%PDF"), name


@pytest.mark.parametrize("typed", ["<b>&amp;</b>", "<para align='x'>", "{{ name }}", "%s %(x)s", "a\tb"])
def test_markup_prints_as_it_was_typed(typed: str) -> None:
    made = gallery.drawings(lambda _usual: typed)
    for name in ("receipt-A5", "receipt-80mm", "decided", "visit", "complaint", "held"):
        assert "".join(typed.split()) in "".join(words(made[name]()).split()), name


def labels_of(made: Document) -> set[str]:
    found = {made.title}
    for block in made.blocks:
        match block:
            case Fields():
                found |= {name for row in block.rows for name, _ in row}
            case Table():
                found |= {name for name, _ in block.columns}
            case Heading():
                found.add(block.words)
    return found


def test_every_label_of_a_document_may_have_a_mongolian() -> None:
    free = (
        "办件结果公示", "送件登记", "签字册", "2026", "按", "群众", "用时", "名册", "委托权限", "打印机", "承包草场面积"
    )  # fmt: skip
    for name, one in gallery.documents(lambda usual: usual).items():
        lacking = {label for label in labels_of(one) if label not in LABELS and not label.startswith(free)}
        # The centre alone prints what is about a request for disclosure; its papers have no Mongolian.
        is_free = name == "rating-slip" or name.startswith(("test-", "disclosed-"))
        assert not lacking or is_free, (name, lacking)


def test_a_label_without_a_mongolian_stays_chinese() -> None:
    pdf = gallery.drawn("above")["decided"]
    said = words(pdf)
    assert gallery.LABELS["申请人"] in said
    assert "证件号码" in said
    assert document.office_mark(gallery.OFFICE) == ""
