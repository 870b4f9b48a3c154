"""Whatever is not known, no paper says anything in its place: no statement without its fact, no empty label, unit,
bracket or heading. Read from the pages as they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_uint
from typing import Any, NamedTuple

import gallery
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lost_facts import Lost, every_key
from pypdfium2 import raw

from desk.law import flow
from desk.law.catalogue import known
from desk.law.catalogue.item import Item
from desk.printing.blocks import tables
from desk.printing.document import BLANK
from desk.printing.frames import A4
from desk.printing.sheet import About, Sheet, render

PALE, INK = "#f1f3f4", "#111111"  # of cells with labels, of bars beside headings
NAMES = sorted(gallery.drawings(lambda usual: usual))
# Fields of which the point writes the value by hand.
BY_HAND = frozenset(
    {
        "申请人", "委托原因", "受托人", "同意", "您的意见", "带件人", "电话", "移交时间", "接收时间", "接收人",
        "接收单位",
        "差异", "送达机关", "送达文书", "文号", "件数", "送达地点", "送达方式", "送达时间", "领取人", "与受送达人关系",
        "代领原因", "拒收事由", "拒收日期", "姓名", "联系方式", "通信地址", "申请公开的内容", "希望的提供方式", "答复",
        "理由和依据", "延期理由", "延长至", "投诉对象", "发生时间和地点", "事实和诉求",
    }
)  # fmt: skip
BY_HAND_ON = {
    "entrusted": {"证件号码", "住址", "受托人电话", "受托人证件号码", "受托人住址"},
    "promised": {"致"},
    "served": {"备注"},
    "disclosed-consult-0": {"理由"},
    "disclosed-consult-1": {"理由"},
    "disclosure-receipt": {"身份证明名称和号码", "受理机关", "收到申请日期"},
}
EMPTY = (
    r"（[，；、。\s]*）", r"〔\s*〕", r"《\s*》", r"“\s*”", r"None", r"(?<!、)电话[，；。）]", r"[：:][，；。）]",
    r"[，；、][，；。）]",
    r"依据：[）；。]",
    r"第版", r"共(件|户)", r"(^|[^\d一二三四五六七八九十])个工作日", r"监督投诉[。，；]", r"，前", r"咨询[。，；]",
)  # fmt: skip
# What may be said only while the fact behind it is known to be so.
STATEMENTS = {
    "materials": ("不用交材料", "不用带材料", "材料都已带齐", "不再要求其他材料"),
    "fees": ("不收费",),
    "statutory_limit": ("法律没有规定",),
    "promised_limit": ("没有另外承诺", "没有承诺时限"),
    "acceptance_conditions": ("没有条件限制",),
    "place": ("不用到场",),
}


KEYS = every_key()


class Box(NamedTuple):
    """A filled or ruled rectangle of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float
    fill: str


class Page(NamedTuple):
    """What stands on a page, and where."""

    words: str
    boxes: list[Box]
    chars: list[tuple[str, float, float]]

    def within(self, box: Box) -> str:
        return "".join(
            char
            for char, x, y in self.chars
            if box.left - 0.5 <= x <= box.right + 0.5 and box.bottom - 0.5 <= y <= box.top + 0.5
        )


def colour(item: Any) -> str:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    raw.FPDFPageObj_GetFillColor(item, byref(red), byref(green), byref(blue), byref(alpha))
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def pages_of(pdf: bytes) -> Iterator[Page]:
    for page in pdfium.PdfDocument(pdf):
        layer = page.get_textpage()
        chars = []
        for at in range(layer.count_chars()):
            char = layer.get_text_range(at, 1)
            if char.strip():
                left, bottom, right, top = layer.get_charbox(at)
                chars.append((char, (left + right) / 2, (bottom + top) / 2))
        boxes = [Box(*item.get_bounds(), colour(item)) for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,))]
        yield Page(layer.get_text_range(), boxes, chars)


def empty_labels(page: Page) -> set[str]:
    """Labels of ruled fields at whose right nothing stands."""
    pale = [one for one in page.boxes if one.fill == PALE]
    found = set()
    for label in pale:
        beside = [
            one
            for one in page.boxes
            if abs(one.left - label.right) < 1.5 and abs(one.top - label.top) < 1 and abs(one.bottom - label.bottom) < 1
        ]
        values = [one for one in beside if one.fill != PALE]
        words = page.within(label)
        if words and values and not any(map(page.within, values)):
            found.add(words)
    return found


def bare_headings(page: Page) -> int:
    """How many headings stand on the page with nothing under them."""
    bars = sorted(
        (one for one in page.boxes if one.fill == INK and one.right - one.left < 5 < one.top - one.bottom),
        key=lambda one: -one.top,
    )
    foot = 22 / 25.4 * 72
    ends = [one.top + 1 for one in bars[1:]] + [foot] * bool(bars)
    return sum(not any(end < y < bar.bottom - 1 for _, _, y in page.chars) for bar, end in zip(bars, ends, strict=True))


def assert_honest(name: str, pdf: bytes, item: Item) -> None:
    said = ""
    for page in pages_of(pdf):
        assert not (empty_labels(page) - BY_HAND - BY_HAND_ON.get(name, set())), (name, empty_labels(page))
        assert not bare_headings(page), name
        said += page.words
    lines = [re.sub(r"\s", "", line) for line in said.splitlines()]
    for pattern in EMPTY:
        wrong = [line for line in lines if re.search(pattern, line)]
        assert not wrong, (name, pattern, wrong)
    whole = "".join(lines).replace("代办不收费", "")
    for fact, words in STATEMENTS.items():
        if known.standing(item, fact) is known.Standing.UNKNOWN:
            assert not [one for one in words if one in whole], (name, fact)
    if not any(one.uncounted for one in item.steps):
        assert "不计入时限（" not in whole.replace("（不计入时限）", ""), name


def drawn(name: str, missing: frozenset[str]) -> tuple[bytes, Item]:
    know = Lost(missing)
    return gallery.drawings(lambda usual: usual, know=know)[name](), know(gallery.item(lambda usual: usual))


def test_the_reader_sees_an_empty_label_and_a_bare_heading() -> None:
    def draw(sheet: Sheet) -> None:
        tables.fields(sheet, [[("甲", BLANK), ("乙", "有")]])
        sheet.heading("没有内容")
        sheet.need(1)

    found = list(pages_of(render(A4, About("", ""), draw, feet=False)))
    assert [empty_labels(one) for one in found] == [{"甲"}]
    assert [bare_headings(one) for one in found] == [1]


@pytest.mark.parametrize("name", NAMES)
@given(missing=some.frozensets(some.sampled_from(KEYS)))
@settings(max_examples=12, deadline=None)
def test_whatever_is_missing_nothing_is_made_up(name: str, missing: frozenset[str]) -> None:
    assert_honest(name, *drawn(name, missing))


@pytest.mark.parametrize("name", NAMES)
def test_with_everything_and_with_nothing_known(name: str) -> None:
    assert_honest(name, *drawn(name, frozenset()))
    assert_honest(name, *drawn(name, frozenset(KEYS)))


@given(missing=some.frozensets(some.sampled_from(KEYS)))
@settings(max_examples=200, deadline=None)
def test_a_chart_says_of_no_step_what_the_step_does_not(missing: frozenset[str]) -> None:
    chart = flow.chart(Lost(missing)(gallery.item(lambda usual: usual)))
    told = [re.sub(r"\s", "", words) for box in chart.boxes for words in box.lines]
    assert not [one for one in (*told, chart.complaints, chart.asks) for bad in EMPTY if re.search(bad, one)]
    assert bool(chart.asks) == any("没有写明" in one for one in told)
