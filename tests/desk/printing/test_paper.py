"""Paper, read back with poppler, PDFium and a QR reader: what it says, where it stands, that it is whole."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import msgspec
import pypdfium2 as pdfium
import pytest
import zxingcpp

from desk.law.catalogue import load
from desk.log import receipt_code
from desk.log.keys import NodeKeys
from desk.printing import fonts, guide, receipt, text
from desk.printing.facts import MaterialLine, MissingLine, OfficeFacts, Paper, ReceiptFacts

KEYS = NodeKeys.make()
NUMBER = "152523202202012611240012"
OFFICE = OfficeFacts("乌日尼勒图嘎查便民代办点", "洪格尔苏木", "苏尼特左旗", "苏尼特左旗政务服务中心", "0479-0000000")
FACTS = ReceiptFacts(
    OFFICE, NUMBER, "最低生活保障审核确认", "T1", 1, "示例-2026.1", "阿拉坦其其格", "152523********0027", "139****0001",
    (MaterialLine("最低生活保障申请书", 1, 0, False), MaterialLine("居民户口簿", 1, 1, True)),
    (MissingLine("近亲属备案表", "下次带来", dt.date(2026, 12, 1)),),
    dt.datetime(2026, 11, 24, 9, 5, tzinfo=dt.UTC), "苏和", receipt_code.make(KEYS, NUMBER), dt.date(2027, 1, 5), True,
    "收件之日起 30 个工作日",
)  # fmt: skip
NAUGHTY = Path(__file__).parent / "naughty.json"


def words(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("paper", list(Paper))
def test_the_receipt_says_what_it_must(paper: Paper) -> None:
    said = words(receipt.receipt(FACTS, paper))
    for part in (
        "代办收件回执", "152523202202 01 261124 001 2", "阿拉坦其其格", "152523********0027", "不是受理决定", "暂定",
        "最低生活保障申请书", "近亲属备案表", "苏和", "12345",
    ):  # fmt: skip
        assert "".join(part.split()) in "".join(said.split())
    assert "受理通知书" not in said


@pytest.mark.parametrize("paper", list(Paper))
def test_the_code_is_read_at_203_dpi(paper: Paper) -> None:
    page = pdfium.PdfDocument(receipt.receipt(FACTS, paper))[0]
    picture = page.render(scale=203 / 72).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert receipt_code.genuine(found.text, KEYS.public().sign) == NUMBER


@pytest.mark.parametrize("paper", list(Paper))
def test_nothing_stands_outside_the_page_and_the_file_is_sound(paper: Paper, tmp_path: Path) -> None:
    pdf = receipt.receipt(FACTS, paper)
    assert pdf == receipt.receipt(FACTS, paper)
    for page in pdfium.PdfDocument(pdf):
        wide, high = page.get_size()
        layer = page.get_textpage()
        for at in range(layer.count_chars()):
            left, bottom, right, top = layer.get_charbox(at)
            if layer.get_text_range(at, 1).strip():
                assert 5 < left <= right < wide - 5
                assert 5 < bottom <= top < high - 5
    (tmp_path / "a.pdf").write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", str(tmp_path / "a.pdf")], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    "name",
    ["阿拉坦其其格扎格达苏荣" * 5 + "·巴图额尔", "<b>&\"'</b>", "䶮㼆", "😀巴图", "A" * 60, "那顺·乌力吉", "&lt;b&gt;"],
)
def test_names_print_exactly(name: str) -> None:
    facts = msgspec.structs.replace(FACTS, applicant_name=name, note=name)
    for paper in Paper:
        said = "".join(words(receipt.receipt(facts, paper)).split())
        assert name in said or len(name) > 50
        assert all(char in said for char in name)


def test_characters_beyond_the_first_plane_come_back_as_typed() -> None:
    said = words(receipt.receipt(msgspec.structs.replace(FACTS, applicant_name="𡉃𠮷𫝆"), Paper.A5))
    assert "𡉃𠮷𫝆" in said


def test_a_character_without_a_glyph_is_reported_and_drawn_as_a_sign() -> None:
    assert fonts.missing("阿\U00032500") == ("\U00032500",)
    assert text.spans("\U00032500", text.SONG)[0].face == ""


def test_naughty_strings_in_every_field() -> None:
    for one in json.loads(NAUGHTY.read_text("utf-8")):
        facts = msgspec.structs.replace(FACTS, applicant_name=one, note=one, item_name=one, situation=one)
        facts = msgspec.structs.replace(facts, missing=(MissingLine(one, one, None),), agent_name=one)
        assert receipt.receipt(facts, Paper.A5).startswith(b"%PDF")


@pytest.mark.parametrize("item", load.seed().items, ids=lambda item: item.task_code)
def test_every_guide_prints(item: object) -> None:
    catalogue = load.seed()
    regime = next(one for one in catalogue.regimes if one.code == item.regime)
    said = "".join(words(guide.guide(guide.Chosen(item, regime), catalogue, OFFICE)).split())
    for part in ("服务指南", "能不能代办", "设定依据", "申请材料", item.proxy_note[:12].replace(" ", ""), "12345"):
        assert part in said
    if item.steps:
        assert "运行流程图" in said
        assert all(step.name in said for step in item.steps)


def test_lines_never_begin_with_a_closing_mark() -> None:
    for room in range(40, 200, 7):
        lines = text.wrap("苏尼特左旗，洪格尔苏木。（乌日尼勒图嘎查）“代办点”；" * 4, 10, room)
        assert all(line[0] not in "，。）”；" and line[-1] not in "（“" for line in lines if len(line) > 1)
