"""How papers are set: nothing shrunk, nothing off the sheet, no rest of a page that is not worth one."""

from __future__ import annotations

import re
from operator import methodcaller

import gallery
import msgspec
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.printing import document, receipt, text
from desk.printing.blocks import endings, tables
from desk.printing.document import Closed, Document, Signatures, Table, Text
from desk.printing.facts import Paper
from desk.printing.frames import A4, A4_ORGAN, A4_WIDE, A5, MM, ROLL_58, set_in
from desk.printing.pen import Words
from desk.printing.sheet import About, Sheet, best, render

END = (Closed("苏尼特左旗民政局", "2026年11月24日", "（印章）"), Signatures("申请人签收（指印）：", "日期："))


def pages(pdf: bytes) -> list[str]:
    """What a reader gets of each page, without blanks and ends of lines."""
    return ["".join(one.split()) for one in read(pdf)]


def read(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)]


def drawn(sheet: Sheet) -> list[Words]:
    return [op for page in sheet.pen.pages for op in page if isinstance(op, Words)]


@pytest.mark.parametrize("frame", [A4, A5, ROLL_58, set_in(A4_ORGAN, 12)])
def test_no_length_of_words_makes_them_smaller(frame: object) -> None:
    sheet = Sheet(frame, About("样", ""))  # type: ignore[arg-type]
    base = sheet.frame.base
    for length in range(1, 60):
        sheet.centred("长" * length, base)
        tables.fields(sheet, [[("名称" * (1 + length % 4), "长" * length), ("电话", "12345")]])
        tables.table(sheet, [("名称", 1), ("说明" * (1 + length % 4), 2)], [["长" * length, "短"]])
        endings.signatures(sheet, "长" * length, "日期：")
    assert {word.size for word in drawn(sheet)} == {base}
    edge = sheet.frame.width - sheet.frame.right + 0.05
    assert all(word.x + base * sum(span.width for span in word.spans) <= edge for word in drawn(sheet))


def test_a_column_gives_way_to_a_number_and_figures_stand_at_its_right() -> None:
    sheet = Sheet(A4, About("样", ""))
    rows = [["巴图的材料很多很多" * 3, "152523202202012611240012", "3"], ["其其格", "152523202202012611240020", "12"]]
    tables.table(sheet, [("说明", 8), ("收件号", 1), ("份数", 1)], rows)
    said = {"".join(span.text for span in word.spans): word for word in drawn(sheet)}
    assert "152523202202012611240012" in said
    ends = {one: said[one].x + text.width(one, A4.base) for one in ("3", "12")}
    assert ends["3"] == pytest.approx(ends["12"])


def test_what_must_not_be_overlooked_goes_on_over_the_page() -> None:
    many = "、".join(f"材料第{at}号的全称写在这里" for at in range(400))
    pdf = document.draw(Document("样", gallery.OFFICE, (Text(many, strong=True),)))
    assert len(pages(pdf)) > 1
    said = "".join(re.sub(r"样第\d页/共\d页", "", page) for page in pages(pdf))
    assert re.findall(r"材料第(\d+)号", said) == [str(at) for at in range(400)]
    for page in pdfium.PdfDocument(pdf):
        layer = page.get_textpage()
        low = min(layer.get_charbox(at)[1] for at in range(layer.count_chars()) if layer.get_text_range(at, 1).strip())
        assert low > 8 * MM


@pytest.mark.parametrize("paper", ["A4", "A4-organ", "A5"])
def test_what_closes_a_paper_never_stands_alone(paper: str) -> None:
    for count in range(1, 60):
        rows = tuple((str(at), f"第{at}行") for at in range(1, count + 1))
        blocks = (Table((("序号", 1), ("材料", 5)), rows), Text("地址 满都拉图镇　咨询 0479-0000000"), *END)
        last = pages(document.draw(Document("样", gallery.OFFICE, blocks, paper, organ="苏尼特左旗民政局")))[-1]
        assert "日期" in last
        assert len(re.findall(r"第\d+行", last)) >= min(2, count), count


def test_no_row_and_no_line_is_left_alone_on_a_page() -> None:
    for count in range(2, 90):
        rows = [[f"第{at}行", ""] for at in range(count)]
        found = pages(
            render(A4_WIDE, About("样", ""), lambda sheet, rows=rows: tables.table(sheet, [("甲", 1), ("乙", 1)], rows))
        )  # type: ignore[misc]
        assert all(len(re.findall(r"第\d+行", page)) >= 2 for page in found), count
        words = "\n".join(f"第{at}行" for at in range(count))
        found = pages(render(A4_WIDE, About("样", ""), methodcaller("paragraph", words)))
        assert all(len(re.findall(r"第\d+行", page)) >= 2 for page in found), count


def test_half_a_page_is_set_larger_and_a_short_rest_closer() -> None:
    def lines(count: int) -> list[str]:
        words = [f"第{at}行" for at in range(count)]
        return pages(best(A4, About("样", ""), lambda sheet: [sheet.paragraph(one) for one in words] and None))

    counts = [len(lines(count)) for count in (10, 40, 47, 50)]
    assert counts == [1, 1, 1, 1]
    assert len(lines(80)) == 2


def test_the_places_to_sign_have_rules_of_one_length_on_one_axis() -> None:
    sheet = Sheet(A4, About("样", ""))
    endings.signatures(sheet, "代办人签字（指印）：", "日期：")
    rules = [
        re.search(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", op) for op in sheet.pen.pages[0] if isinstance(op, str)
    ]
    (first, second) = [tuple(map(float, found.groups())) for found in rules if found]
    assert first[2] - first[0] == pytest.approx(second[2] - second[0], abs=0.02)
    assert {first[1], first[3], second[1], second[3]} == {first[1]}


@pytest.mark.parametrize("paper", list(Paper)[:2])
def test_the_foot_keeps_version_and_day_whatever_the_length_of_the_name(paper: Paper) -> None:
    foot = "事项第 2 版  2026-11-24 09:30 苏和 打印"
    for name in ("短", "很长的名称" * 30):
        said = pages(document.draw(Document(name, gallery.OFFICE, (Text("内容"),), paper, printed=foot)))[-1]
        assert "".join(foot.split()) in said


@pytest.mark.parametrize(("words", "saved"), [("甲），乙", 0.5), ("（《甲》）", 1.0), ("“甲”", 0.0), ("甲，乙", 0.0)])
def test_two_marks_that_meet_take_the_room_of_one_and_a_half(words: str, saved: float) -> None:
    alone = sum(text.width(char, 1) for char in words)
    assert alone - text.width(words, 1) == pytest.approx(saved)
    assert "".join(span.text for span in text.spans(words, text.SONG)) == words


@pytest.mark.parametrize(
    ("words", "gaps"),
    [
        ("收件之日起30个工作日", 2),
        ("用A4纸，每户2份", 4),
        ("苏左受字〔2026〕1号，第3条", 2),
        ("收件号152523 2022 02", 1),
        ("占9%的草场", 2),
        ("甲，1份。", 1),
        ("0479-0000000", 0),
        ("ᠮᠣᠩᠭᠣᠯ 12", 0),
    ],
)
@pytest.mark.parametrize("face", [text.SONG, text.REGULAR, text.BOLD])
def test_a_quarter_is_free_between_a_character_and_a_letter_and_nobody_typed_it(
    words: str, gaps: int, face: str
) -> None:
    spans = text.spans(words, face)
    assert sum(span.gap for span in spans) == gaps * 0.25
    assert "".join(span.text for span in spans) == words
    said = read(render(A4, About("样", ""), methodcaller("paragraph", words), feet=False))
    assert said == [words]


def test_no_line_with_free_quarters_is_longer_than_its_room() -> None:
    for room in range(40, 200, 7):
        for words in ("第1条第2款和A款" * 9, "共12345户6789人ABC" * 9, "用A4纸"):
            assert all(text.width(line, 10) <= room + 0.01 for line in text.wrap(words, 10, room))


WRITTEN = st.text("甲乙，。（）《》、ab1 .-—ᠮᠣ\u302a\u0301〓", max_size=60)


def free(words: str) -> float:
    """How much is left free between characters and letters, in sizes."""
    return 0.25 * len(re.findall("(?<=[甲乙])(?=[a-z0-9])|(?<=[a-z0-9])(?=[甲乙])", words))


@given(WRITTEN, st.sampled_from([8.0, 10.5, 14.0]), st.floats(20, 200), st.sampled_from([text.SONG, text.BOLD]))
def test_a_line_takes_what_has_room_in_it_and_no_more(words: str, size: float, room: float, face: str) -> None:
    assert [one for one in text.wrap(words, size, room, face) if one] == [
        one for one in added_up(text.clean(words), size, room, face) if one
    ]


def added_up(words: str, size: float, room: float, face: str) -> list[str]:
    """The lines of `words`, told piece by piece."""
    if text.width(words, size, face) - text._blank(words) * size <= room:
        return [words.rstrip(" ")]
    lines, line, used = [], "", 0.0
    for word in text._words(words):
        for piece in [word] if text.width(word, size, face) <= room else word:
            alone = text.width(piece, size, face)
            wide = alone + free(line[-1:] + piece[0]) * size
            if line and used + wide - text._blank(piece) * size > room + 0.01:
                lines.append(line.rstrip(" "))
                line, used, wide = "", 0.0, alone
                if piece == " ":
                    continue
            line, used = line + piece, used + wide
    return [*lines, line.rstrip(" ")]


@given(st.text("甲，（《ab1 。-—，12", max_size=30))
def test_pieces_of_plain_words_are_those_of_any_words(words: str) -> None:
    odd = text._words(words + "\u0301")  # goes character by character
    assert text._words(words) == ([*odd[:-1], odd[-1][:-1]] if words else [])


def test_for_weak_eyes_the_text_is_no_smaller_than_fourteen_points() -> None:
    office = msgspec.structs.replace(gallery.OFFICE, large_print=True)
    drawings = gallery.drawings(str, office)
    for name in (*(f"receipt-{paper}" for paper in Paper), "notice", "guide"):
        first = pdfium.PdfDocument(drawings[name]())[0]
        number = {"receipt-80mm": 13.34, "receipt-58mm": 8.83}.get(name)  # which never parts, so it gives way
        assert {size for size in sizes_of(first) if size < 13.9} <= {8.4, number}, name  # the foot alone


def test_an_intake_number_stands_on_one_line_of_every_paper_of_every_width() -> None:
    whole = "152523202202 01 261124 001 2"
    for weak in (False, True):
        drawings = gallery.drawings(str, msgspec.structs.replace(gallery.OFFICE, large_print=weak))
        for paper in Paper:
            lines = pdfium.PdfDocument(drawings[f"receipt-{paper}"]())[0].get_textpage().get_text_range().splitlines()
            assert any(whole in line for line in lines), (weak, paper)
    assert text.wrap(f"凭收件号 {whole} 查询", 9, 140)[1].startswith(whole)


def sizes_of(page: pdfium.PdfPage) -> list[float]:
    layer = page.get_textpage()
    seen = [at for at in range(layer.count_chars()) if layer.get_text_range(at, 1).strip()]
    return [round(pdfium.raw.FPDFText_GetFontSize(layer, at), 2) for at in seen]


def test_a_receipt_is_no_smaller_than_ten_points_and_on_a_narrow_roll_eight() -> None:
    for paper, least, foot in ((Paper.A5, 10, {8.0}), (Paper.ROLL_58, 8, set())):
        page = pdfium.PdfDocument(receipt.receipt(gallery.receipt_facts(str, gallery.OFFICE), paper))[0]
        assert {size for size in sizes_of(page) if size < least} == foot
