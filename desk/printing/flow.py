"""运行流程图 on paper: draws what `desk.law.flow` says.

Each box has the post, the limit and the duty; beside it stand the points of supervision; a decision has pointed sides
and tells both ways out; below, the citizen's rights and the way to complain. Boxes stand one under another in one
column and everything else right of it, so no two lines can cross.
"""

from __future__ import annotations

import msgspec

from desk.law import flow
from desk.law.catalogue.item import Item
from desk.printing import text
from desk.printing.elements.tags import Element
from desk.printing.frames import MM
from desk.printing.pen import ACCENT, GREY, PALE, WHITE, Within, figure_in
from desk.printing.sheet import Sheet

_GAP = 6.5 * MM
_PAD = 2 * MM
_POINT = 4 * MM  # how far the sides of a decision stand out


class _Figure:
    """The part of the chart on each page as a figure: what is drawn belongs to it, and it says what the chart says."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._page, self._top = sheet, 0, 0.0
        self._element: Element | None = None

    def on(self, words: str = "", room: float = 0.0) -> Within:
        """The figure of this page, from `room` points over the pen down, which also says `words`."""
        sheet = self._sheet
        if self._element is None or self._page != sheet.page:
            self.end(sheet.bottom)
            self._page, self._top = sheet.page, sheet.y + room
            place = sheet.pen.within("Figure")
            self._element = place.into if isinstance(place.into, Element) else Element("Figure")
        self._element.told += words
        return sheet.pen.again(self._element)

    def end(self, bottom: float) -> None:
        """The figure of a page ends at `bottom`."""
        if self._element is not None:
            sheet = self._sheet
            self._element.entries = figure_in(sheet.left, bottom, sheet.room, max(self._top - bottom, 1))


class _Box(msgspec.Struct, frozen=True):
    title: tuple[str, ...]
    lines: tuple[str, ...]
    side: tuple[str, ...]
    height: float
    step: flow.Box

    @property
    def decides(self) -> bool:
        return self.step.decides


def flow_chart(sheet: Sheet, item: Item, phone: str = "") -> None:
    """Draw the chart of `item.steps` from the pen downwards, over as many pages as it needs; `phone` is asked at where
    the item has none."""
    wide, side = sheet.room * 0.60, sheet.room * 0.31
    chart, figure = flow.chart(item, phone), _Figure(sheet)
    _cap(sheet, figure, wide, flow.BEGIN)
    for step in chart.boxes:
        box = _box(sheet, step, wide, side)
        _arrow(sheet, figure, wide, box.height)
        with figure.on(_told(step)):
            _draw(sheet, box, wide, side)
            if step.loops:
                _loop(sheet, wide, box.height, side)
    _arrow(sheet, figure, wide, 8 * MM)
    _cap(sheet, figure, wide, flow.END)
    figure.end(sheet.y)
    sheet.gap(5 * MM)
    for told in (chart.asks, chart.rights and f"相对人权利：{chart.rights}", chart.remedy, chart.complaints):
        sheet.paragraph(told, _small(sheet))


def _told(step: flow.Box) -> str:
    """A step as it is said to whoever does not see the chart."""
    beside = (step.watched, flow.REFUSED if step.decides else "", flow.MISSING if step.loops else "")
    return f"{step.number} {step.name}：{'，'.join(one for one in (*step.lines, *beside) if one)}。"


def _small(sheet: Sheet) -> float:
    """The size of what stands under the name of a step."""
    return sheet.frame.base * 0.86


def _box(sheet: Sheet, step: flow.Box, wide: float, side: float) -> _Box:
    small, head = _small(sheet), sheet.frame.base
    room = wide - 2 * _PAD - (2 * _POINT if step.decides else 0)
    title = tuple(text.wrap(f"{step.number}  {step.name}", head, room, text.BOLD))
    lines = tuple(line for one in step.lines for line in text.wrap(one, small, room, sheet.face))
    words = [one for one in (step.watched, flow.REFUSED if step.decides else "") if one]
    beside = tuple(line for one in words for line in text.wrap(one, small, side, sheet.face))
    height = head * 1.5 * len(title) + small * 1.45 * len(lines) + 2 * _PAD
    needed = small * 1.45 * (len(beside) + 1) + (12 * MM if step.loops else 0)
    return _Box(title, lines, beside, max(height, needed), step)


def _cap(sheet: Sheet, figure: _Figure, wide: float, words: str) -> None:
    height, head = max(8 * MM, sheet.frame.base * 2.1), sheet.frame.base
    sheet.need(height)
    sheet.y -= height
    with figure.on(f"{words}。", height):
        sheet.pen.round_box(sheet.left, sheet.y, wide, height, height / 2, fill=ACCENT)
        middle = sheet.left + (wide - sheet.width(words, head, bold=True)) / 2
        sheet.words(middle, sheet.y + height / 2 - head * 0.36, words, head, bold=True, ink=WHITE)


def _arrow(sheet: Sheet, figure: _Figure, wide: float, next_height: float) -> None:
    page = sheet.page
    sheet.need(_GAP + next_height)
    if sheet.page != page:
        with sheet.pen.artifact():
            sheet.paragraph("（接上页）", _small(sheet), ink=GREY)
    x, end = sheet.left + wide / 2, sheet.y - _GAP
    with figure.on():
        sheet.pen.line(x, sheet.y, x, end + 2 * MM, 1, ACCENT)
        _head(sheet, [(x - 1.5 * MM, end + 2.4 * MM), (x + 1.5 * MM, end + 2.4 * MM), (x, end)])
    sheet.y = end


def _head(sheet: Sheet, points: list[tuple[float, float]]) -> None:
    sheet.pen.shape(points, fill=ACCENT)


def _draw(sheet: Sheet, box: _Box, wide: float, side: float) -> None:
    small, head = _small(sheet), sheet.frame.base
    x, top = sheet.left, sheet.y
    low, middle = top - box.height, top - box.height / 2
    if box.decides:
        inner = [(x + _POINT, top), (x + wide - _POINT, top), (x + wide, middle), (x + wide - _POINT, low)]
        sheet.pen.shape([*inner, (x + _POINT, low), (x, middle)], fill=PALE, edge=ACCENT)
    else:
        sheet.pen.round_box(x, low, wide, box.height, 1.6 * MM, fill=PALE, edge=ACCENT)
    left = x + _PAD + (_POINT if box.decides else 0)
    y = top - _PAD + head * 0.45
    for line in box.title:
        y -= head * 1.5
        sheet.words(left, y, line, head, bold=True)
    y -= head * 0.4
    for line in box.lines:
        y -= small * 1.45
        sheet.words(left, y, line, small)
    if box.side:
        _beside(sheet, box, x + wide, x + sheet.room - side, top)
    sheet.y = low


def _beside(sheet: Sheet, box: _Box, start: float, left: float, top: float) -> None:
    """What stands at the right of a box: in its middle, or at its head when the way back is drawn below."""
    small = _small(sheet)
    high = small * 1.45 * len(box.side)
    middle = top - box.height / 2 if box.decides or box.height < high + 14 * MM else top - high / 2 - _PAD
    sheet.pen.line(start, middle, left - 1.5 * MM, middle, 0.6, dash="2 2")
    y = middle + high / 2
    for line in box.side:
        y -= small * 1.45
        sheet.words(left, y + small * 0.4, line, small, ink=GREY)


def _loop(sheet: Sheet, wide: float, height: float, side: float) -> None:
    """The way back when papers are missing: asked once, brought, looked at again. Below the words of supervision."""
    right = sheet.left + wide
    bottom = sheet.y + 2.6 * MM
    top, out = bottom + min(6 * MM, height / 3), right + 4 * MM
    for at in ((right, bottom, out, bottom), (out, bottom, out, top), (out, top, right + 1.6 * MM, top)):
        sheet.pen.line(*at, 0.8, ACCENT)
    _head(sheet, [(right + 2 * MM, top + 1.1 * MM), (right + 2 * MM, top - 1.1 * MM), (right, top)])
    small = _small(sheet)
    lines = text.wrap(flow.MISSING, small, side, sheet.face)
    y = (bottom + top) / 2 + small * (0.725 * len(lines) - 1.055)
    for line in lines:
        sheet.words(sheet.left + sheet.room - side, y, line, small, ink=ACCENT)
        y -= small * 1.45
