"""运行流程图: 3 to 25 steps with long words, nothing clipped, nothing crossed, no text on another."""

from __future__ import annotations

import itertools
import re
import subprocess

import gallery
import msgspec
import pypdf
import pypdfium2 as pdfium
import pytest
from test_documents import assert_laid_out

from desk.law.catalogue.item import Limit, Step, Unit
from desk.printing import guide
from desk.printing.flow import flow_chart
from desk.printing.frames import A4
from desk.printing.pen import ACCENT
from desk.printing.sheet import About, Sheet, render

LONG = "苏木便民服务中心综合窗口首席代表会同嘎查驻村干部"


def chart(count: int, words: str) -> bytes:
    steps = tuple(
        Step(
            {1: "accept", count - 1: "decide"}.get(at, "step"),
            f"第{at}步{words}",
            f"岗位{words}",
            f"职责{words * 2}",
            Limit(5, Unit.WORKDAY) if at % 3 else None,
            f"监督{words}" if at % 2 else "",
        )
        for at in range(count)
    )
    item = msgspec.structs.replace(gallery.item(str), steps=steps, remedy="可以申请行政复议")
    return render(A4, About("t", "t"), lambda sheet: flow_chart(sheet, item))


@pytest.mark.parametrize("count", range(3, 26))
@pytest.mark.parametrize("words", ["", LONG])
def test_any_number_of_steps_is_laid_out_on_a4(count: int, words: str) -> None:
    pdf = chart(count, words)
    assert_laid_out(pdf)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    said = "".join(done.stdout.decode().split())
    for at in range(count):
        assert f"第{at}步" in said
    for part in (
        "申请人提出申请",
        "办结",
        "材料不齐：一次告知补正",
        "书面说明理由",
        "相对人权利",
        "救济途径",
        "投诉举报",
    ):
        assert part in said
    for page in pdfium.PdfDocument(pdf):
        assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)


LINE = re.compile(rb"([\d.]+) w ([\d. ]+) RG \[[^]]*\] 0 d ([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S")


@pytest.mark.parametrize("count", [3, 9, 16, 25])
def test_no_two_arrows_cross(count: int) -> None:
    for page in pypdf.PdfReader(__import__("io").BytesIO(chart(count, LONG))).pages:
        data = page.get_contents().get_data()  # type: ignore[union-attr]
        lines = [tuple(map(float, one[2:])) for one in LINE.findall(data) if one[1].decode() == ACCENT]
        for one, other in itertools.combinations(lines, 2):
            assert not crosses(one, other), (one, other)


def crosses(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether a level line and an upright one cross other than at an end."""
    for level, upright in ((one, other), (other, one)):
        if level[1] == level[3] and upright[0] == upright[2]:
            left, right = sorted((level[0], level[2]))
            low, high = sorted((upright[1], upright[3]))
            if left + 0.1 < upright[0] < right - 0.1 and low + 0.1 < level[1] < high - 0.1:
                return True
    return False


def test_the_chart_of_the_guide_is_this_one() -> None:
    pdf = guide.guide(guide.Chosen(gallery.ITEM, gallery.REGIME), gallery.CATALOGUE, gallery.OFFICE)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    assert all(step.name in done.stdout.decode() for step in gallery.ITEM.steps)


def test_a_sheet_begins_no_page_for_what_fits() -> None:
    sheet = Sheet(A4, About("t", ""))
    sheet.paragraph("一行")
    assert sheet.page == 1
