"""Frames at the edge of what a printer reaches: on its test page, so that a side that is cut off is seen at once."""

from __future__ import annotations

from desk.printing.frames import MM, Frame
from desk.printing.pen import DOT, INK, Pen
from desk.printing.sheet import Sheet

Margins = tuple[float, float, float, float]  # left, top, right, bottom, in millimetres
UNKNOWN = (3.0, 4.0, 5.0, 6.0)  # millimetres from the edge at which frames lie where nobody knows what is reached
_HEADS = {80: 72.0, 58: 48.0}  # millimetres that a thermal head reaches, by the width of its paper


def frames(sheet: Sheet, margins: Margins | None) -> None:
    """One frame at the edge of what prints; where that is not known, one at each of `UNKNOWN`.
    On a roll at the ends of the head, round what stands on it: so it is the last that is drawn there."""
    frame = sheet.frame
    if not frame.height:
        inside = (frame.width - _HEADS[round(frame.width / MM)] * MM) / 2 + DOT
        top, low = sheet.top + 2 * MM, sheet.y - 3 * MM
        sheet.pen.box(inside, low, frame.width - 2 * inside, top - low, edge=INK)
        return
    if margins is not None:
        _frame(sheet.pen, frame, margins)
        return
    for one in UNKNOWN:
        _frame(sheet.pen, frame, (one, one, one, one))


def _frame(pen: Pen, frame: Frame, margins: Margins) -> None:
    left, top, right, bottom = (one * MM for one in margins)
    half = 0.25  # the stroke lies inside
    pen.box(
        left + half,
        bottom + half,
        frame.width - left - right - 2 * half,
        frame.height - top - bottom - 2 * half,
        edge=INK,
        weight=2 * half,
    )


def told(paper: str, margins: Margins | None) -> str:
    """What to look for on the test page, in words."""
    if paper not in ("A4", "A5"):
        return "最外面的框线就是打印头两端：左右两条线都看得见、不断，小票机就设置好了。"
    if margins is None:
        far = "、".join(f"{one:g}" for one in UNKNOWN)
        return (
            f"纸边有四圈框线，从外往里离纸边 {far} 毫米：四边都完整的最外一圈，就是这台打印机印得到的最边上；"
            "一圈也不完整，是纸没放正或缩放打印了，请选“实际大小”。"
        )
    sides = "、".join(f"{side} {one:.1f}" for side, one in zip("左上右下", margins, strict=True))
    return (
        f"纸边的框线是这台打印机印得到的最边上（离纸边 {sides} 毫米）：四边都看得见、不断，打印机就设置好了；"
        "缺一边，是纸没放正或缩放打印了，请选“实际大小”。"
    )
