"""A guide in Mongolian says all that the Chinese one says; labels are reviewed words, never small, never made up."""

from __future__ import annotations

import re

import gallery
import msgspec
import pypdfium2 as pdfium
import pytest

from desk.printing import document, guide, receipt
from desk.printing.blocks import tables
from desk.printing.facts import OfficeFacts, Paper, Scripts
from desk.printing.frames import A4, A4_WIDE, A5, Frame
from desk.printing.guides import columns
from desk.printing.guides.sections import Listing, Pairs, sections
from desk.printing.pen import Words
from desk.printing.sheet import About, Sheet
from desk.words.label_list import LABELS

SYLLABLES = ("ᠮᠣᠩᠭᠣᠯ", "ᠪᠢᠴᠢᠭ", "ᠬᠦᠮᠦᠨ", "ᠠᠵᠢᠯ", "ᠬᠡᠷᠡᠭ", "ᠪᠦᠷᠢᠳᠬᠡᠯ")
# Stands for reviewed words: each label its own, so that it is seen which of them were set.
ALL = {
    label: f"{SYLLABLES[at % 6]} {SYLLABLES[at // 6 % 6]} {SYLLABLES[at // 36 % 6]}" for at, label in enumerate(LABELS)
}
TEXTS = {"name": "ᠨᠡᠷ᠎ᠡ", "materials": "ᠮᠠᠲ᠋ᠧᠷᠢᠶᠠᠯ", "rights": "ᠡᠷᠬᠡ"}


def office(order: str, labels: dict[str, str] = ALL) -> OfficeFacts:
    return msgspec.structs.replace(gallery.OFFICE, scripts=Scripts(order, 1.0, labels))


def drawn(order: str, texts: dict[str, str], labels: dict[str, str] = ALL) -> list[str]:
    """What a reader gets of each page of a guide, without blanks."""
    chosen = guide.Chosen(gallery.item(str), gallery.REGIME, texts)
    pdf = guide.guide(chosen, gallery.CATALOGUE, office(order, labels), gallery.PRINTED)
    return ["".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(pdf)]


def split(pages: list[str], order: str) -> tuple[str, str]:
    """The Chinese pages and the Mongolian ones."""
    alone = len(drawn(order, {}))
    if order in ("left", "above"):
        return "".join(pages[-alone:]), "".join(pages[:-alone])
    return "".join(pages[:alone]), "".join(pages[alone:])


@pytest.mark.parametrize("order", ["below", "left", "above", ""])
def test_both_versions_come_together_and_the_chinese_leads_unless_set_otherwise(order: str) -> None:
    pages = drawn(order, TEXTS)
    first = next(at for at, page in enumerate(pages) if TEXTS["rights"] in page)
    assert (first == 0 or order not in ("left", "above")) or TEXTS["name"] in pages[0]
    chinese, mongolian = split(pages, order)
    assert "一、事项" in chinese
    assert "一、事项" not in mongolian
    assert TEXTS["materials"] in mongolian
    assert TEXTS["materials"] not in chinese


def test_every_section_stands_in_the_mongolian_guide_with_its_heading_in_reviewed_words() -> None:
    _, mongolian = split(drawn("below", TEXTS), "below")
    item, regime = gallery.item(str), gallery.REGIME
    for section in sections(item, regime, gallery.OFFICE.phone):
        assert ALL[section.title].replace(" ", "") in mongolian, section.title
        for part in section.parts:
            match part:
                case Pairs():
                    for name, value in (pair for row in part.rows for pair in row if pair[1]):
                        assert ALL[name].replace(" ", "") in mongolian, name
                        assert told(value, mongolian), value
                case Listing():
                    for name, _ in part.columns:
                        assert ALL[name].replace(" ", "") in mongolian, name
                    assert all(told(cell, mongolian) for row in part.rows for cell in row)
                case str() if not set(section.texts) & set(TEXTS):
                    assert told(part, mongolian), part
    for step in item.steps:
        assert step.name in mongolian
    assert ALL["版本"].replace(" ", "") in mongolian  # its foot
    assert ALL["页"].replace(" ", "") in mongolian


def told(words: str, page: str) -> bool:
    """Whether each run of Chinese in `words` stands on the page, but for one that a page may have parted."""
    runs = re.findall("[\u4e00-\u9fff]{2,}", words)
    return sum(one not in page for one in runs) <= (1 if len(runs) > 3 else 0)


def test_a_section_without_reviewed_text_says_so_and_one_with_does_not() -> None:
    bare = columns.CHINESE
    none = {label: words for label, words in ALL.items() if label != bare}
    _, mongolian = split(drawn("below", TEXTS, none), "below")
    made = sections(gallery.item(str), gallery.REGIME, "")
    lacking = [one for one in made if not one.texts or set(one.texts) - set(TEXTS)]
    assert mongolian.count(bare) == len(lacking) + 1  # and the chart
    assert len(lacking) < len(made)
    assert ALL[bare].replace(" ", "") in split(drawn("below", TEXTS), "below")[1]


def test_without_any_reviewed_word_the_labels_are_chinese_and_nothing_is_made_up() -> None:
    _, mongolian = split(drawn("below", {"name": TEXTS["name"]}, {}), "below")
    written = {char for char in mongolian if "\u1800" <= char <= "\u18af"}
    assert written <= set(TEXTS["name"] + gallery.OFFICE.point_name_mn)
    assert "申请材料" in mongolian


def sheet_of(frame: Frame, order: str) -> Sheet:
    return Sheet(frame, About("样", "", scripts=Scripts(order, 0.8, ALL)))


@pytest.mark.parametrize("order", ["below", "above", "left"])
@pytest.mark.parametrize("frame", [A4, A4_WIDE, A5])
def test_no_label_is_under_eight_points_and_its_words_stay_whole(frame: Frame, order: str) -> None:
    sheet = sheet_of(frame, order)
    narrow = [(label, 1.0) for label in ("序号", "收件号", "申请人", "事项", "原件", "复印", "页数", "差异")]
    tables.table(sheet, narrow, [["1", "152523202202 01 261124 001 2", "巴图", "低保", "1", "1", "", ""]])
    tables.fields(sheet, [[("申请人", "巴图"), ("证件号码", "152523********0027")], [("办理事项", "低保")]])
    sheet.centred("代办收件回执", 9)
    other = [op for page in sheet.pen.pages for op in page if isinstance(op, Words) and is_other(op)]
    assert min(op.size for op in other) >= 8
    said = " ".join("".join(span.text for span in op.spans) for op in other)
    for label in ("序号", "收件号", "差异", "申请人", "证件号码", "代办收件回执"):
        assert all(word in said.split(" ") for word in ALL[label].split(" ")), label
    edge = frame.width - frame.right + 0.05
    lying = [op for op in other if not op.down]
    assert all(op.x + op.size * sum(span.width for span in op.spans) <= edge for op in lying)


def is_other(op: Words) -> bool:
    return any("\u1800" <= char <= "\u18af" for span in op.spans for char in span.text)


@pytest.mark.parametrize("order", ["below", "above", "left"])
@pytest.mark.parametrize("paper", list(Paper))
def test_each_order_prints_the_labels_of_a_receipt(order: str, paper: Paper) -> None:
    pdf = receipt.receipt(gallery.receipt_facts(str, office(order)), paper)
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(pdf))
    for label in ("申请人", "证件号码", "联系电话", "收到的材料"):
        assert ALL[label].replace(" ", "") in said, label


def test_later_pages_have_the_columns_at_their_left_too_and_no_guide_takes_more_room_than_another() -> None:
    rows = tuple((str(at), "材料") for at in range(120))
    made = document.Document("移交清单", office("left"), (document.Table((("序号", 1), ("材料", 5)), rows),))
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(document.draw(made))]
    assert len(pages) > 2
    assert all(gallery.OFFICE.point_name_mn.split()[0] in page for page in pages)
    sheet = sheet_of(A4, "left")
    names = {"a": "ᠮᠣᠩᠭᠣᠯ", "b": "ᠪᠢᠴᠢᠭ"}
    sheet.columns_at_left(names, 14)
    first = sheet.left, sheet.room
    sheet.columns_at_left(names, 14)
    assert (sheet.left, sheet.room) == first
