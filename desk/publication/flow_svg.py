"""The flow chart of an item (`desk.law.flow`) as SVG, narrow enough for a phone: one column of boxes, in each its post,
limit, duty and what is supervised; where papers are missing or the answer is no, what follows; at the foot how to
complain. Nothing is cut short."""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape

import msgspec

from desk.law import flow
from desk.law.catalogue.item import Item

_WIDE, _LEFT, _PAD, _GAP = 400, 8, 14, 34
_BOX = _WIDE - 2 * _LEFT
_ROOM = _BOX - 2 * _PAD
_MISSING = f"{flow.MISSING}，补齐后再看"

# Attributes, not a style sheet: the pages' policy lets no style of a picture's own through.
_FACE = 'font-family="Noto Sans SC, Microsoft YaHei UI, PingFang SC, sans-serif"'
_LINE = 'fill="none" stroke="#0b5563" stroke-width="2"'
_FRAME = 'fill="#fff" stroke="#0b5563" stroke-width="2"'
_END = 'fill="#0b5563"'


class _Look(msgspec.Struct, frozen=True):
    size: int
    ink: str
    weight: int = 400

    @property
    def pitch(self) -> int:
        return self.size + 7


_NAME, _WORDS = _Look(17, "#17252a", 700), _Look(14, "#4d5f66")
_SIDE, _AWAY = _Look(14, "#7a4d00"), _Look(14, "#a3231c")
_CAP = _Look(15, "#fff", 700)


def flow_chart(item: Item) -> str:
    """The chart, 400 units wide. Every text is typed by people and escaped."""
    chart = flow.chart(item)
    parts, top = [_cap(flow.BEGIN, 8)], 46
    for step in chart.boxes:
        drawn, top = _step(step, _arrow(parts, top))
        parts.append(drawn)
    top = _arrow(parts, top)
    parts.append(_cap(flow.END, top))
    drawn, top = _words(_foot(chart), _LEFT, top + 58, _WIDE - 2 * _LEFT)
    parts.append(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {top + 8}" role="img">'
        f"<title>{escape(item.item_name)} 办理流程图</title>{''.join(parts)}</svg>"
    )


def _foot(chart: flow.Chart) -> list[tuple[str, _Look]]:
    told = (chart.asks, chart.rights and f"您的权利：{chart.rights}", chart.remedy, chart.complaints)
    return [(one, _WORDS) for one in told if one]


def _step(step: flow.Box, top: int) -> tuple[str, int]:
    """A box, and where it ends."""
    told = [(f"{step.number}. {step.name}", _NAME), *((one, _WORDS) for one in step.lines)]
    told += [(step.watched, _SIDE)] if step.watched else []
    told += [(_MISSING, _AWAY)] if step.loops else []
    told += [(flow.REFUSED, _AWAY)] if step.decides else []
    words, end = _words(told, _LEFT + _PAD, top + 8, _ROOM)
    low = end + 10
    frame = f'<rect x="{_LEFT}" y="{top}" width="{_BOX}" height="{low - top}" rx="8" {_FRAME}/>'
    return frame + words, low


def _cap(words: str, top: int) -> str:
    """A rounded box 38 high, with words in its middle."""
    look = f'{_FACE} font-size="{_CAP.size}" font-weight="{_CAP.weight}" fill="{_CAP.ink}"'
    text = f'<text x="{_WIDE // 2}" y="{top + 25}" text-anchor="middle" {look}>{escape(words)}</text>'
    return f'<rect x="{_LEFT}" y="{top}" width="{_BOX}" height="38" rx="19" {_END}/>{text}'


def _arrow(parts: list[str], top: int) -> int:
    parts.append(f'<path d="M{_WIDE // 2} {top}v{_GAP - 4}m-6 -8l6 8l6 -8" {_LINE}/>')
    return top + _GAP


def _words(lines: list[tuple[str, _Look]], left: int, top: int, room: int) -> tuple[str, int]:
    """Lines under one another from `top` on, and where the last one ends."""
    parts = []
    for words, look in lines:
        for line in wrapped(words, room / look.size):
            top += look.pitch
            drawn = f'{_FACE} font-size="{look.size}" font-weight="{look.weight}" fill="{look.ink}"'
            parts.append(f'<text x="{left}" y="{top}" {drawn}>{escape(line)}</text>')
    return "".join(parts), top


def wrapped(words: str, room: float) -> list[str]:
    """Lines no wider than `room` Chinese characters; a Latin letter or digit counts for 0.6."""
    lines, line, wide = [], "", 0.0
    for char in words:
        each = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.6
        if wide + each > room:
            lines.append(line)
            line, wide = "", 0.0
        line, wide = line + char, wide + each
    return [*lines, line] if line else lines
