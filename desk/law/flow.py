"""What the flow chart 运行流程图 of an item says, worked out once from its steps: chart and clocks never disagree, and
paper and pages tell the same chart.

One column: the application, a box for each step, the end; at the foot rights and complaints (the six contents that
内政办发〔2010〕66号 asks for). How wide a box is and where a line breaks is for whoever draws it.
"""

from __future__ import annotations

import msgspec

from desk.law import item_words
from desk.law.catalogue import known
from desk.law.catalogue.item import Item, Step

BEGIN, END = "申请人提出申请", "办结，归档，请群众评价"
MISSING = "材料不齐：一次告知补正"
REFUSED = "不予的：书面说明理由，告知救济途径"


class Box(msgspec.Struct, frozen=True):
    """A step: its place and name, what is done by whom in which time, what is supervised ("" for nothing). `loops`: the
    way back when papers are missing begins here; `decides`: it has two ways out."""

    number: int
    name: str
    lines: tuple[str, ...]
    watched: str
    loops: bool
    decides: bool


class Chart(msgspec.Struct, frozen=True):
    """The boxes from the application to the end, and what stands at the foot: rights, remedy, where to complain; ""
    for what is not known. `asks` says where to ask for the limits that the boxes lack."""

    boxes: tuple[Box, ...]
    rights: str
    remedy: str
    complaints: str
    asks: str = ""


def chart(item: Item, phone: str = "") -> Chart:
    """The chart of an item's steps; `phone` is asked at where the item has none."""
    boxes = tuple(_box(number, step) for number, step in enumerate(item.steps, 1))
    organ = known.organ_of(item)
    told = f"投诉举报：电话 {known.complaints(item)}" + (f"，或向{organ}提出。" if organ else "。")
    lacking = any(step.limit is None and not step.uncounted for step in item.steps)
    asks = f"没有写明的时限，{known.ask(item, phone)}。" if lacking else ""
    return Chart(boxes, item.rights, item.remedy and f"救济途径：{item.remedy}", told, asks)


def _box(number: int, step: Step) -> Box:
    who = (step.post and f"岗位：{step.post}", item_words.step_limit(step))
    lines = ("　".join(one for one in who if one), step.duty and f"职责：{step.duty}")
    watched = f"监督：{step.supervision}" if step.supervision else ""
    name = step.name or "环节"
    told = tuple(one for one in lines if one)
    return Box(number, name, told, watched, loops=step.code == "accept", decides=step.code == "decide")
