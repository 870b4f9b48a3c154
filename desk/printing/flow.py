"""运行流程图: drawn from the item's steps, so that chart and clocks can never disagree.

Each box has the post, the limit and the duty; beside it stand the points of supervision; below, the citizen's rights
and the way to complain (the six contents that 内政办发〔2010〕66号 asks for).
"""

from __future__ import annotations

import msgspec
from reportlab.lib.colors import HexColor

from desk import deadline
from desk.catalogue.item import Item, Step
from desk.printing import text
from desk.printing.sheet import GREY, INK, LINE, MM, PALE, Sheet

_ACCENT = HexColor("#0B5563")
_GAP = 6.5 * MM
_PAD = 2 * MM
_SMALL = 8.6
_HEAD = 10.2


class _Box(msgspec.Struct, frozen=True):
    title: str
    lines: tuple[str, ...]
    side: tuple[str, ...]
    height: float


def flow_chart(sheet: Sheet, item: Item) -> None:
    """Draw the chart of `item.steps` from the pen downwards, over as many pages as it needs."""
    wide, side = sheet.room * 0.60, sheet.room * 0.33
    _cap(sheet, wide, "申请人提出申请")
    for number, step in enumerate(item.steps, 1):
        box = _box(step, number, wide, side)
        _arrow(sheet, wide, box.height)
        _draw(sheet, box, wide, side)
        if step.code == "accept":
            _loop(sheet, wide, box.height)
    _arrow(sheet, wide, 8 * MM)
    _cap(sheet, wide, "办结，归档，请群众评价")
    sheet.gap(5 * MM)
    sheet.paragraph(f"相对人权利：{item.rights}", _SMALL)
    sheet.paragraph(f"救济途径：{item.remedy}", _SMALL)
    sheet.paragraph(f"投诉举报：电话 {item.supervision_phone}，或向{item.org_name}提出。", _SMALL)


def _box(step: Step, number: int, wide: float, side: float) -> _Box:
    limit = f"时限 {deadline.words(step.limit)}" if step.limit else "时限不计入"
    lines = (
        *text.wrap(f"岗位：{step.post}　{limit}", _SMALL, wide - 2 * _PAD),
        *text.wrap(f"职责：{step.duty}", _SMALL, wide - 2 * _PAD),
    )
    beside = tuple(text.wrap(f"监督：{step.supervision}", _SMALL, side)) if step.supervision else ()
    height = _HEAD * 1.5 + _SMALL * 1.45 * len(lines) + 2 * _PAD
    return _Box(f"{number}  {step.name}", lines, beside, max(height, _SMALL * 1.45 * len(beside)))


def _cap(sheet: Sheet, wide: float, words: str) -> None:
    height = 8 * MM
    sheet.need(height)
    sheet.y -= height
    canvas, x = sheet.canvas, sheet.frame.left
    canvas.setFillColor(_ACCENT)
    canvas.roundRect(x, sheet.y, wide, height, height / 2, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    middle = x + (wide - text.width(words, _HEAD, bold=True)) / 2
    text.draw(canvas, middle, sheet.y + height / 2 - _HEAD * 0.36, words, _HEAD, bold=True)
    canvas.setFillColor(INK)


def _arrow(sheet: Sheet, wide: float, next_height: float) -> None:
    page = sheet.page
    sheet.need(_GAP + next_height)
    if sheet.page != page:
        sheet.paragraph("（接上页）", _SMALL, colour=GREY)
    canvas, x = sheet.canvas, sheet.frame.left + wide / 2
    canvas.setStrokeColor(_ACCENT)
    canvas.setFillColor(_ACCENT)
    canvas.setLineWidth(1)
    canvas.line(x, sheet.y, x, sheet.y - _GAP + 2 * MM)
    head = canvas.beginPath()
    head.moveTo(x - 1.5 * MM, sheet.y - _GAP + 2.4 * MM)
    head.lineTo(x + 1.5 * MM, sheet.y - _GAP + 2.4 * MM)
    head.lineTo(x, sheet.y - _GAP)
    head.close()
    canvas.drawPath(head, stroke=0, fill=1)
    canvas.setFillColor(INK)
    sheet.y -= _GAP


def _draw(sheet: Sheet, box: _Box, wide: float, side: float) -> None:
    canvas, x, top = sheet.canvas, sheet.frame.left, sheet.y
    canvas.setStrokeColor(_ACCENT)
    canvas.setLineWidth(0.9)
    canvas.setFillColor(PALE)
    canvas.roundRect(x, top - box.height, wide, box.height, 1.6 * MM, stroke=1, fill=1)
    canvas.setFillColor(INK)
    y = top - _PAD - _HEAD * 1.05
    text.draw(canvas, x + _PAD, y, box.title, _HEAD, bold=True)
    y -= _HEAD * 0.4
    for line in box.lines:
        y -= _SMALL * 1.45
        text.draw(canvas, x + _PAD, y, line, _SMALL)
    if box.side:
        _beside(sheet, box, x + wide, x + sheet.room - side, top - box.height / 2)
    sheet.y = top - box.height


def _beside(sheet: Sheet, box: _Box, start: float, left: float, middle: float) -> None:
    canvas = sheet.canvas
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.6)
    canvas.setDash(2, 2)
    canvas.line(start, middle, left - 1.5 * MM, middle)
    canvas.setDash()
    y = middle + _SMALL * 1.45 * len(box.side) / 2
    canvas.setFillColor(GREY)
    for line in box.side:
        y -= _SMALL * 1.45
        text.draw(canvas, left, y + _SMALL * 0.4, line, _SMALL)
    canvas.setFillColor(INK)


def _loop(sheet: Sheet, wide: float, height: float) -> None:
    """The way back when papers are missing: asked once, brought, looked at again."""
    canvas, words = sheet.canvas, "材料不齐：一次告知补正"
    right = sheet.frame.left + wide
    bottom, top = sheet.y + 3 * MM, sheet.y + height - 2.4 * MM
    out = right + 4 * MM
    canvas.setStrokeColor(_ACCENT)
    canvas.setLineWidth(0.8)
    canvas.line(right, bottom, out, bottom)
    canvas.line(out, bottom, out, top)
    canvas.line(out, top, right + 1.6 * MM, top)
    head = canvas.beginPath()
    head.moveTo(right + 2 * MM, top + 1.1 * MM)
    head.lineTo(right + 2 * MM, top - 1.1 * MM)
    head.lineTo(right, top)
    head.close()
    canvas.setFillColor(_ACCENT)
    canvas.drawPath(head, stroke=0, fill=1)
    text.draw(canvas, out + 1.2 * MM, bottom - _SMALL * 0.3, words, _SMALL)
    canvas.setFillColor(INK)
