"""Papers as OFD, read by ofdkit, a reader of others: the words of the PDF in its order, its faces, its pages."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as Xml

import gallery
import msgspec
import ofd_beside_pdf
import ofdkit
import pytest
from fontTools.ttLib import TTFont
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from structure import Read

from desk.printing import fonts, receipt, stamp
from desk.printing.facts import Paper
from desk.printing.file import joining
from desk.printing.ofd.writing import ofd

SPACE = {"ofd": "http://www.ofdspec.org/2016"}
SOME = ("receipt-A5", "receipt-58mm", "guide-mongolian", "decided", "test-A4", "label-proof", "figures", "manifest")


def flat(words: str) -> str:
    return "".join(words.split())


def part(package: zipfile.ZipFile, name: str) -> Xml.Element:
    return Xml.fromstring(package.read(name))  # noqa: S314 - our own


def page_of(package: zipfile.ZipFile, number: int) -> Xml.Element:
    return part(package, f"Doc_0/Pages/Page_{number}/Content.xml")


def drawn_words(package: zipfile.ZipFile, page: int) -> str:
    tree = page_of(package, page)
    return "".join(one.text or "" for one in tree.iterfind(".//ofd:TextCode", SPACE))


@pytest.mark.parametrize("name", SOME)
def test_it_holds_the_words_of_the_paper_on_its_pages(name: str) -> None:
    pdf = gallery.drawn()[name]
    made, read = ofd(pdf), Read(pdf)
    assert made == ofd(pdf)
    package = zipfile.ZipFile(io.BytesIO(made))
    assert package.testzip() is None
    for at, page in enumerate(read.pdf.pages):
        own = "".join(one.words for one in read.runs if str(at) == str(one.whose[0]).split("/")[0])
        assert flat(drawn_words(package, at)) == flat(own), (name, at)
        tree = page_of(package, at)
        box = [float(one) * 72 / 25.4 for one in tree.findtext(".//ofd:PhysicalBox", "", SPACE).split()[2:]]
        assert box == pytest.approx([float(page.mediabox.width), float(page.mediabox.height)], abs=0.02)


def test_another_reader_finds_title_author_day_and_words() -> None:
    read = ofdkit.open(io.BytesIO(ofd(gallery.drawn()["receipt-A5"])))
    assert (read.info.title, read.info.creation_date) == ("代办收件回执", "2026-11-24")
    assert read.info.author == "苏尼特左旗洪格尔苏木乌日尼勒图嘎查便民代办点"
    assert not read.warnings
    lines = read.pages[0].text().splitlines()
    assert "收件号 152523202202 01 261124 001 2" in lines
    assert any(line.startswith("申请人") and "阿拉坦其其格" in line and "152523********0027" in line for line in lines)


def test_its_faces_stand_by_themselves_and_joined_letters_are_named() -> None:
    package = zipfile.ZipFile(io.BytesIO(ofd(gallery.drawn("left")["receipt-A5"])))
    faces = {name: TTFont(io.BytesIO(package.read(name))) for name in package.namelist() if name.endswith(".ttf")}
    assert len(faces) == 3
    song = next(one for one in faces.values() if "Serif" in str(one["name"].getDebugName(1)))
    assert song["glyf"][song.getBestCmap()[ord("阿")]].numberOfContours > 0
    tree = page_of(package, 0)
    texts = list(tree.iterfind(".//ofd:TextObject", SPACE))
    words = [one.findtext("ofd:TextCode", "", SPACE) for one in texts]
    assert sum(any(map(fonts.is_mongolian, one)) for one in words) >= 3
    for one, said in zip(texts, words, strict=True):
        (change,) = one.iterfind("ofd:CGTransform", SPACE)
        numbers = change.findtext("ofd:Glyphs", "", SPACE).split()
        assert change.get("CodeCount") == str(len(said))
        assert change.get("GlyphCount") == str(len(numbers))
        assert one.get("CTM") is None or any(map(fonts.is_mongolian, said))
    assert sum(one.get("CTM") is not None for one in texts) >= 3  # columns; labels lie


def test_a_stamp_and_what_a_character_is_pictured_by_come_along() -> None:
    office = msgspec.structs.replace(gallery.OFFICE, pictures={"\U00032500": png()})
    facts = msgspec.structs.replace(
        gallery.receipt_facts(lambda usual: usual, office), applicant_name="阿\U00032500"
    )  # fmt: skip
    pdf = receipt.receipt(facts, Paper.A5)
    again = joining.over(pdf, lambda wide, high: stamp.stamp(wide, high, "补打第 1 次"))
    package = zipfile.ZipFile(io.BytesIO(ofd(joining.over(again, stamp.cancelled))))
    said = drawn_words(package, 0)
    assert "补打第 1 次" in said
    assert "阿\U00032500" in said
    assert [name for name in package.namelist() if name.endswith(".png")]
    tree = page_of(package, 0)
    assert [one.get("Alpha") for one in tree.iterfind(".//ofd:PathObject", SPACE) if one.get("Alpha")] == ["128"]
    hidden = [one for one in tree.iterfind(".//ofd:TextObject", SPACE) if one.get("Fill") == "false"]
    assert [one.findtext("ofd:TextCode", "", SPACE) for one in hidden] == ["\U00032500"]


def png() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 90)).save(out, "PNG")
    return out.getvalue()


def test_what_former_versions_kept_is_read_too() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), invariant=1, pageCompression=1, initialFontName="Song")
    canvas.setFillColor(Color(0.2, 0.2, 0.2))
    canvas.setFont("Song", 12)
    canvas.drawString(30, 500, "代办收件回执 2026")
    canvas.rect(10, 10, 50, 50)
    canvas.save()
    package = zipfile.ZipFile(io.BytesIO(ofd(out.getvalue())))
    assert drawn_words(package, 0) == "代办收件回执 2026"
    (face,) = (TTFont(io.BytesIO(package.read(name))) for name in package.namelist() if name.endswith(".ttf"))
    tree = page_of(package, 0)
    numbers = tree.findtext(".//ofd:Glyphs", "", SPACE).split()
    drawn = [face["glyf"][face.getGlyphOrder()[int(one)]].numberOfContours for one in numbers]
    assert all(count > 0 for count, letter in zip(drawn, "代办收件回执 2026", strict=True) if letter != " ")


def test_the_package_is_sound() -> None:
    made = ofd(gallery.drawn()["guide"])
    package = zipfile.ZipFile(io.BytesIO(made))
    root = part(package, "OFD.xml")
    assert root.findtext(".//ofd:DocRoot", "", SPACE) == "Doc_0/Document.xml"
    ids = [
        int(one.get("ID", "0"))
        for name in package.namelist()
        if name.endswith(".xml")
        for one in part(package, name).iter()
        if one.get("ID")
    ]
    document = part(package, "Doc_0/Document.xml")
    assert len(ids) == len(set(ids))
    assert max(ids) == int(document.findtext(".//ofd:MaxUnitID", "0", SPACE))


@pytest.mark.skipif(not ofd_beside_pdf.is_here(), reason="not installed: easyofd, another's reader of OFD")
@pytest.mark.parametrize("name", ofd_beside_pdf.NAMES)
def test_another_reader_draws_everything_where_the_pdf_has_it(name: str) -> None:
    for lost, more in ofd_beside_pdf.beside(name):
        assert lost < 0.08, "ink of the PDF that the OFD lacks: bold letters are drawn thin there"
        assert more < 0.12, "ink of the OFD that the PDF lacks"
