"""A map of points drawn from their own coordinates: no tiles, no road, no border that we do not know; what lies where,
how far, and the lines of whole and half degrees."""

from __future__ import annotations

import html
import math

import msgspec

_WIDE, _MARGIN = 720.0, 46.0
_LEAST, _TALL = 240.0, 720.0  # of its height
_KM = 111.32  # of a degree of latitude
_LETTER, _LINE = 13.0, 17.0
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)  # km that a scale is long


class Dot(msgspec.Struct, frozen=True):
    """A point: what it is called, where the page tells of it ("" for nowhere), degrees east and north, whether it is
    the one asked for, and whether it is a centre of a township or the banner."""

    name: str
    anchor: str
    east: float
    north: float
    chosen: bool = False
    is_centre: bool = False


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two places (degrees east and north), as the crow flies."""
    middle = math.radians((one[1] + other[1]) / 2)
    return math.hypot((one[0] - other[0]) * _KM * math.cos(middle), (one[1] - other[1]) * _KM)


def drawn(dots: list[Dot]) -> str:
    """The map as SVG to stand in a page; "" for fewer than two dots."""
    if len(dots) < 2:
        return ""
    sheet = _Sheet(dots)
    shown = sorted(dots, key=lambda one: (not one.chosen, not one.is_centre, one.name))
    taken: list[tuple[float, float, float, float]] = []
    labels = [sheet.label(one, taken) for one in shown]
    marks = [sheet.mark(one) for one in reversed(shown)]
    told = f'aria-label="代办点位置图，{len(dots)} 处"'
    head = f'<svg class="points" viewBox="0 0 {_WIDE:.0f} {sheet.high:.0f}" role="group" {told}>'
    return "".join([head, *sheet.lines(), *marks, *labels, sheet.scale(), "</svg>"])


def to_pick(dots: list[Dot]) -> str:
    """The map to show with a finger where another point lies, half as wide again as what is measured; the page's script
    reads degrees from it (of its left and upper edge, and of one unit). "" for fewer than two dots."""
    if len(dots) < 2:
        return ""
    sheet = _Sheet(dots, around=0.25)
    taken: list[tuple[float, float, float, float]] = []
    labels = [sheet.label(one, taken) for one in sorted(dots, key=lambda one: (not one.chosen, one.name))]
    marks = [sheet.mark(one) for one in dots]
    head = f'<svg class="points pick" viewBox="0 0 {_WIDE:.0f} {sheet.high:.0f}" {sheet.degrees()} aria-hidden="true">'
    return "".join([head, *sheet.lines(), *marks, *labels, sheet.scale(), '<circle class="here" r="8"/></svg>'])


class _Sheet:
    """How degrees become places on the sheet, `around` which there is room by parts of what it shows."""

    def __init__(self, dots: list[Dot], around: float = 0.0) -> None:
        west, east = min(one.east for one in dots), max(one.east for one in dots)
        south, top = min(one.north for one in dots), max(one.north for one in dots)
        self.west, self.east = west - (east - west) * around, east + (east - west) * around
        self.south, self.top = south - (top - south) * around, top + (top - south) * around
        self._squeeze = math.cos(math.radians((self.south + self.top) / 2))
        wide = max((self.east - self.west) * self._squeeze, 0.02)
        tall = max(self.top - self.south, 0.02)
        self._per = min((_WIDE - 2 * _MARGIN) / wide, (_TALL - 2 * _MARGIN) / tall)
        self.high = max(_LEAST, tall * self._per + 2 * _MARGIN + _LINE)

    def at(self, east: float, north: float) -> tuple[float, float]:
        """The place on the sheet."""
        return _MARGIN + (east - self.west) * self._squeeze * self._per, _MARGIN + (self.top - north) * self._per

    def degrees(self) -> str:
        """What a place on the sheet is in degrees, as attributes."""
        unit = 1 / self._per
        wide = unit / self._squeeze
        left, upper = self.west - _MARGIN * wide, self.top + _MARGIN * unit
        return f'data-west="{left:.6f}" data-north="{upper:.6f}" data-wide="{wide:.9f}" data-tall="{unit:.9f}"'

    def lines(self) -> list[str]:
        """Whole and half degrees, or tenths where all lie close together."""
        step = next(
            (one for one in (1.0, 0.5, 0.1) if (self.top - self.south + self.east - self.west) / one >= 4), 0.05
        )
        made = []
        for at in range(math.ceil(self.west / step), math.floor(self.east / step) + 1):
            x, _ = self.at(at * step, self.top)
            made.append(f'<path class="grid" d="M{x:.1f} 18V{self.high:.0f}"/>')
            made.append(f'<text class="degree" x="{x:.1f}" y="13" text-anchor="middle">{at * step:g}°E</text>')
        for at in range(math.ceil(self.south / step), math.floor(self.top / step) + 1):
            _, y = self.at(self.west, at * step)
            made.append(f'<path class="grid" d="M0 {y:.1f}H{_WIDE:.0f}"/>')
            made.append(f'<text class="degree" x="3" y="{y - 3:.1f}">{at * step:g}°N</text>')
        return made

    def mark(self, one: Dot) -> str:
        """The dot, which leads to its lines in the list."""
        x, y = self.at(one.east, one.north)
        kind = " chosen" if one.chosen else " centre" if one.is_centre else ""
        told = html.escape(one.name)
        shape = (
            f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12"/>'
            if one.is_centre
            else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{8 if one.chosen else 6}"/>'
        )
        if not one.anchor:
            return f'<g class="dot{kind}"><title>{told}</title>{shape}</g>'
        return f'<a class="dot{kind}" href="#{html.escape(one.anchor)}"><title>{told}</title>{shape}</a>'

    def label(self, one: Dot, taken: list[tuple[float, float, float, float]]) -> str:
        """Its name beside the dot, where no other name is; "" where there is no room: the list has it."""
        x, y = self.at(one.east, one.north)
        long = sum(_LETTER if ord(char) > 0x2E7F else _LETTER * 0.6 for char in one.name)
        for left in (x + 11, x - 11 - long):
            box = (left, y - _LETTER, left + long, y + 4)
            if left < 0 or left + long > _WIDE or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            return f'<text x="{left:.1f}" y="{y + 4:.1f}">{html.escape(one.name)}</text>'
        return ""

    def scale(self) -> str:
        """How long so many kilometres are."""
        per = self._per / _KM
        km = next((one for one in reversed(_STEPS) if one * per <= _WIDE / 4), _STEPS[0])
        y = self.high - 10
        bar = f'<path class="scale" d="M{_MARGIN:.0f} {y - 5:.0f}v5h{km * per:.1f}v-5"/>'
        return f'{bar}<text x="{_MARGIN + km * per + 8:.1f}" y="{y:.0f}">{km} 公里</text>'


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
