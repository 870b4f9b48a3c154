"""The chart of an item's steps: what each box says, which ones go back, and what stands at the foot."""

from __future__ import annotations

import msgspec

from desk.law import flow
from desk.law.catalogue import load
from desk.law.catalogue.item import Limit, Step, Unit
from desk.law.flow import Box, Chart

STEPS = (
    Step("accept", "受理", "窗口", "收件", Limit(1, Unit.WORKDAY), "抽查"),
    Step("review", "审查", "科室", "审"),
    Step("assess", "评定", "", "", uncounted="评定另行安排"),
    Step("decide", "决定", "局长", "批", Limit(2, Unit.DAY)),
)
ITEM = msgspec.structs.replace(
    load.seed().items[0],
    steps=STEPS,
    rights="陈述",
    remedy="可以复议",
    supervision_phone="12345",
    org_name="民政局",
)


def test_a_chart_says_all_that_the_steps_say() -> None:
    assert flow.chart(ITEM) == Chart(
        (
            Box(1, "受理", ("岗位：窗口　时限 1 个工作日", "职责：收件"), "监督：抽查", loops=True, decides=False),
            Box(2, "审查", ("岗位：科室　时限没有写明", "职责：审"), "", loops=False, decides=False),
            Box(3, "评定", ("不计入时限（评定另行安排）",), "", loops=False, decides=False),
            Box(4, "决定", ("岗位：局长　时限 2 日", "职责：批"), "", loops=False, decides=True),
        ),
        "陈述",
        "救济途径：可以复议",
        "投诉举报：电话 12345，或向民政局提出。",
        "没有写明的时限，请咨询民政局，电话 0479-0000000。",
    )


def test_without_a_remedy_nothing_is_said_of_one() -> None:
    found = flow.chart(msgspec.structs.replace(ITEM, remedy="", steps=()))
    assert (found.boxes, found.remedy) == ((), "")


def test_without_a_telephone_or_an_organ_the_hotline_takes_complaints() -> None:
    nobody = msgspec.structs.replace(ITEM, supervision_phone="", org_name="（机构名录里没有实施这个事项的机构）")
    assert flow.chart(nobody).complaints == "投诉举报：电话 12345。"
