"""Every Han character of GB 18030-2022 prints; of what Amendment 1 adds, what a free face has; the rest is told."""

from __future__ import annotations

import io
import subprocess

import gallery
import msgspec
import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from desk.printing import fonts, pen, receipt, text
from desk.printing.facts import Paper
from desk.printing.file import writing
from desk.printing.frames import A5
from desk.printing.sheet import About, Sheet
from desk.words import han

# GB 18030-2022: the common block and Extensions A to F, whole.
STANDARD = {
    "URO": (0x4E00, 0x9FFF),
    "A": (0x3400, 0x4DBF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}
# Amendment 1 of 2024 adds Extensions G, H and I: how many of them the free faces have.
AMENDED = {"G": (0x30000, 0x3134A, 3045), "H": (0x31350, 0x323AF, 2271), "I": (0x2EBF0, 0x2EE5D, 0)}
RARE = "𡉃𠮷𫝆䶮㼆𰻝"
WITHOUT = "\U00032500"
PNG = b"\x89PNG"


@pytest.mark.parametrize("block", STANDARD)
@pytest.mark.parametrize("face", [text.SONG, text.REGULAR, text.BOLD])
def test_every_character_of_the_standard_has_a_face(block: str, face: str) -> None:
    first, last = STANDARD[block]
    assert [hex(code) for code in range(first, last + 1) if not fonts.face_for(chr(code), face)] == []


@pytest.mark.parametrize("block", AMENDED)
def test_of_the_amendment_what_free_faces_have(block: str) -> None:
    first, last, count = AMENDED[block]
    characters = [chr(code) for code in range(first, last + 1)]
    printed = [char for char in characters if fonts.face_for(char, text.SONG)]
    assert len(printed) == count
    assert set(fonts.missing("".join(characters))) == set(characters) - set(printed)


def test_the_whole_repertoire_is_drawn_and_comes_back_as_it_was_typed() -> None:
    """Every 16th character on paper: no empty box, and the same text out of the file."""
    codes = [code for first, last in STANDARD.values() for code in range(first, last + 1, 16)]
    lines = ["".join(map(chr, codes[at : at + 40])) for at in range(0, len(codes), 40)]
    made = pen.Pen()
    for at, line in enumerate(lines):
        if at % 50 == 0 and at:
            made.turn()
        made.words(20, 800 - (at % 50) * 15, line, 11, text.SONG)
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=writing.pdf(made, pen.File("t", 595, 842)),
        capture_output=True,
        check=True,
    )
    assert set("".join(lines)) <= set(done.stdout.decode())


def test_a_rare_character_leaves_the_height_of_its_line_alone() -> None:
    def lines(words: str) -> float:
        sheet = Sheet(A5, About("t", ""))
        sheet.paragraph(words)
        return sheet.y

    assert lines("阿拉坦") == lines("阿𡉃坦") == lines("𰻝㼆䶮")


def test_each_character_of_a_name_falls_back_alone() -> None:
    found = text.spans("阿𡉃𫝆坦䶮", text.SONG)
    assert "".join(span.text for span in found) == "阿𡉃𫝆坦䶮"
    assert found[0].face == found[2 if len(found) == 3 else -1].face == text.SONG
    assert {span.face for span in found} > {text.SONG}


def test_rare_names_come_back_from_every_receipt() -> None:
    facts = msgspec.structs.replace(gallery.receipt_facts(str, gallery.OFFICE), applicant_name=RARE)
    for paper in Paper:
        read = pypdf.PdfReader(io.BytesIO(receipt.receipt(facts, paper))).pages[0]
        assert read.get_contents() is not None
        done = subprocess.run(
            ["pdftotext", "-", "-"], input=receipt.receipt(facts, paper), capture_output=True, check=True
        )
        assert RARE in done.stdout.decode()


def picture() -> bytes:
    image = Image.new("L", (240, 240), 255)
    ImageDraw.Draw(image).rectangle((30, 30, 210, 210), fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_character_without_a_face_prints_as_its_picture_and_reads_as_itself() -> None:
    name = f"阿{WITHOUT}坦"
    assert fonts.missing(name) == (WITHOUT,)
    with_picture = msgspec.structs.replace(gallery.OFFICE, pictures={WITHOUT: picture()})
    facts = msgspec.structs.replace(gallery.receipt_facts(str, with_picture), applicant_name=name)
    pdf = receipt.receipt(facts, Paper.A5)
    (drawn,) = [one for one in pdfium.PdfDocument(pdf)[0].get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
    left, bottom, right, top = drawn.get_bounds()
    assert right - left == pytest.approx(10, abs=0.1)
    assert top - bottom == pytest.approx(10, abs=0.1)
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    assert name in done.stdout.decode()


def test_without_a_picture_the_printers_sign_stands_there() -> None:
    made = pen.Pen()
    made.words(50, 50, WITHOUT, 100, text.SONG)
    made.words(50, 250, fonts.MISSING, 100, text.REGULAR)
    page = pdfium.PdfDocument(writing.pdf(made, pen.File("t", 400, 400)))[0].render().to_pil().convert("L")
    assert page.crop((40, 210, 200, 380)).tobytes() == page.crop((40, 10, 200, 180)).tobytes()
    assert page.crop((40, 210, 200, 380)).getextrema()[0] < 60


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("U+20BB7", "𠮷"), ("20bb7", "𠮷"), ("⿰氵其", "淇"), ("氵其", "淇"), ("⿱龙天", "䶮"), ("龙天", "䶮"),
        ("⿰土厂", "𡉃"), ("土厂", "𡉃"), ("氵8", "淇"), ("水8", "淇"), ("24画", "鑫"),
        ("木木木", "森"), ("U+31350", "\U00031350"),
    ],
)  # fmt: skip
def test_a_rare_character_is_found_by_code_parts_or_strokes(asked: str, wanted: str) -> None:
    assert wanted in [one.char for one in han.find(asked)]


@pytest.mark.parametrize("asked", ["", " ", "⿰", "zzz", "U+D800", "U+110000", "99999999画", "0", "(", "氵99"])
def test_nonsense_finds_nothing_and_breaks_nothing(asked: str) -> None:
    assert han.find(asked) == ()


def test_every_character_of_the_standard_can_be_typed_by_its_code() -> None:
    table = han._table().by_char
    assert [
        hex(code) for first, last in STANDARD.values() for code in range(first, last + 1) if chr(code) not in table
    ] == []
    for code in (0x4E00, 0x3400, 0x20000, 0x2CEA1, 0x2EBE0, 0x3134A):
        assert [one.char for one in han.find(f"U+{code:X}")] == [chr(code)]
