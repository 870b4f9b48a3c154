"""The pages of a guide as a screen shows them: all that is on paper, escaped, without any style of its own."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import msgspec

from desk.law.catalogue import load
from desk.printing.facts import OfficeFacts
from desk.printing.guide import Chosen, guide_pages

OFFICE = OfficeFacts("旗中心", "", "", "旗中心", "0479-1", "12345")


def test_the_pages_are_whole_and_harmless() -> None:
    seed = load.seed()
    item = next(one for one in seed.items if one.item_name == "最低生活保障审核确认")
    item = msgspec.structs.replace(item, place="<script>&")
    pages = guide_pages(Chosen(item, None), seed, OFFICE)
    texts = ["".join(ET.fromstring(page).itertext()) for page in pages]  # noqa: S314 - our own
    assert len(pages) > 2
    assert all(one.name in "".join(texts) for one in item.materials)
    assert "<script>&" in "".join(texts)
    assert "运行流程图" in texts[-1]
    assert all("style" not in page for page in pages)
