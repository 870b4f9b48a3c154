"""Proofs of what was typed in Mongolian, for whoever reviews it: as it will print, in columns, with a place to sign."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from desk.counter.office.mongolian import Label
from desk.printing import text, vertical
from desk.printing.blocks import endings
from desk.printing.document import named
from desk.printing.facts import OfficeFacts, Scripts
from desk.printing.frames import A4, LEAST, LIU_HAO, MM, WU_HAO, XIAO_SI, XIAO_WU, Frame
from desk.printing.guides import columns
from desk.printing.pen import GREY, LINE
from desk.printing.sheet import About, Sheet, render

_HIGH, _ACROSS = 46 * MM, 6


def texts(parts: Mapping[str, str], office: OfficeFacts) -> bytes:
    """The Mongolian page of a guide alone, as the guide has it."""
    scripts = Scripts("left", office.scripts.ratio, office.scripts.labels)
    about = About("蒙古文清样", "蒙古文清样", scripts=scripts, pictures=office.pictures, author=named(office))
    return render(A4, about, lambda sheet: columns.page(sheet, parts))


def strip(words: str, size: float = 22) -> bytes:
    """`words` alone, in columns on a page no larger than they are: what an editor shows beside them."""
    made = vertical.columns(words, size, 90 * MM)
    pitch = size * vertical.PITCH
    high = max((one.length for one in made), default=1) * size + 4 * MM
    frame = Frame(max(1, len(made)) * pitch + 4 * MM, high + 6 * MM, 2 * MM, 2 * MM, 2 * MM, 7 * MM, 8, 12, 10)

    def draw(sheet: Sheet) -> None:
        for at, column in enumerate(made):
            vertical.draw(sheet.pen, sheet.left + pitch * (at + 0.5), sheet.top, column, size)

    return render(frame, About("蒙古文", ""), draw, feet=False)


def labels(every: Sequence[Label], office: OfficeFacts, printed: str) -> bytes:
    """Every label that has a Mongolian: the column, the Chinese, who reviewed it and when."""
    title = "蒙古文用词清样"
    about = About(title, f"{title}  {printed}", pictures=office.pictures, author=named(office), made=printed)
    return render(A4, about, lambda sheet: _labels(sheet, [one for one in every if one.mongolian], office))


def _labels(sheet: Sheet, labels: Sequence[Label], office: OfficeFacts) -> None:
    sheet.centred("蒙古文用词清样", sheet.frame.title, bold=True, tag="H1")
    sheet.centred(f"{office.banner}{office.township}　共 {len(labels)} 个词", sheet.frame.base, ink=GREY)
    sheet.gap(sheet.frame.base)
    wide, used = sheet.room / _ACROSS, _ACROSS
    for label in labels:
        found, size = _set(sheet, label.mongolian, wide)
        cells = min(_ACROSS, math.ceil((len(found) * size * vertical.PITCH + 2 * MM) / wide - 0.001))
        if used + cells > _ACROSS:
            sheet.need(_HIGH)
            sheet.y -= _HIGH
            used = 0
        with sheet.pen.within("P"):
            _label(sheet, label, sheet.left + used * wide, cells * wide, (found, size))
        used += cells
    if not labels:
        sheet.paragraph("还没有审定过的蒙古文用词；纸上全部印汉文。")
    endings.signatures(sheet, "审定人签字：", "日期：")


def _set(sheet: Sheet, words: str, wide: float) -> tuple[list[vertical.Column], float]:
    """The columns of a label and their size: the largest that a cell holds, in `LEAST` more cells than one."""
    for size in (XIAO_SI * 1.2, XIAO_SI, WU_HAO, XIAO_WU, LEAST):
        made = vertical.columns(words, size, _HIGH - 15 * MM, sheet.face)
        if len(made) * size * vertical.PITCH <= wide - 2 * MM:
            break
    return made, size


def _label(sheet: Sheet, label: Label, x: float, wide: float, set_in: tuple[list[vertical.Column], float]) -> None:
    sheet.pen.box(x, sheet.y, wide, _HIGH, edge=LINE)
    made, size = set_in
    pitch = size * vertical.PITCH
    left = x + (wide - pitch * len(made)) / 2
    for at, column in enumerate(made):
        vertical.draw(sheet.pen, left + pitch * (at + 0.5), sheet.y + _HIGH - 2 * MM, column, size, sheet.face)
    y = sheet.y + 9.6 * MM
    for words, points in ((label.chinese, XIAO_WU), (label.reviewer, LIU_HAO), (label.reviewed_on, LIU_HAO)):
        fit = min(points, points * (wide - 2 * MM) / max(sheet.width(words, points), 1))
        sheet.words(x + (wide - text.width(words, fit, sheet.face)) / 2, y, words, fit)
        y -= 3.6 * MM
