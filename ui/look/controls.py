"""How lists, tables, choices and scroll bars are drawn: one corner, one inset, one arrow, as fields have them.

`DeskStyle` asks here; Fusion still does what is not drawn.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QStyle,
    QStyleOptionMenuItem,
    QWidget,
)

RADIUS = 6.0  # pixels, of what one types into or presses
SHEET = 10.0  # pixels, of what holds things: cards, lists, tables, messages
INSET = 10  # pixels between the edge of a field and its words
FRAME = 4  # pixels of frame around a list or a table: its square inside keeps off the round corners
ARROW = 26  # pixels that the arrow of a choice takes
_THUMB = 36  # pixels: the shortest thumb that a hand can hit
_BAR = 8.0  # pixels: how high a bar of progress is
_SWING = 1.2  # seconds in which it goes from one end to the other
_STATE = QStyle.StateFlag
_NO_LINE = QPen(QColor(0, 0, 0, 0), 0)


def rounded(painter: QPainter, rect: QRectF, fill: QColor, pen: QPen, radius: float = RADIUS) -> None:
    """A rounded sheet whose line lies inside of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(pen)
    inset = pen.widthF() / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def edge(option: Any, wrong: object = None) -> QPen:
    """The line around a field: the accent with the focus, the colour of what is wrong, or the usual edge."""
    palette = option.palette
    if option.state & _STATE.State_HasFocus:
        return QPen(palette.color(QPalette.ColorRole.Accent), 2)
    if wrong:
        return QPen(QColor(str(wrong)), 2)
    on = bool(option.state & _STATE.State_Enabled)
    return QPen(palette.color(QPalette.ColorRole.Mid if on else QPalette.ColorRole.Midlight), 1)


def frame(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    """Around a field, a list or a table."""
    wrong = widget.property("wrong") if widget is not None else None
    fill, radius = option.palette.color(QPalette.ColorRole.Base), SHEET if _holds(widget) else RADIUS
    rounded(painter, QRectF(option.rect), fill, edge(option, wrong), radius)


def is_a(widget: QWidget | None, kind: str) -> bool:
    """As `isinstance` of a class of Qt's; but a class that is named so is not made for being asked about."""
    return widget is not None and widget.inherits(kind)


def _holds(widget: QWidget | None) -> bool:
    """Whether it is a list or a table, and not a field of many lines."""
    return is_a(widget, "QAbstractItemView")


def is_framed(widget: QWidget | None) -> bool:
    """Whether a widget has the frame of a list."""
    return isinstance(widget, QAbstractScrollArea) and widget.frameShape() is QFrame.Shape.StyledPanel


def combo(option: Any, painter: QPainter, widget: QWidget | None) -> None:
    """A choice is a field with an arrow."""
    frame(option, painter, widget)
    right = QRectF(option.rect.right() - ARROW, option.rect.top(), ARROW, option.rect.height())
    chevron(painter, right, option.palette.color(QPalette.ColorRole.WindowText))


def combo_words(rect: QRect, widget: QWidget | None) -> QRect:
    """Where the words of a choice stand, or those of a date that opens a calendar."""
    own = 1 if is_a(widget, "QAbstractSpinBox") else 0  # what the line inside keeps free besides
    return rect.adjusted(INSET - 2 - own, 1, -ARROW, -1)


def chevron(painter: QPainter, room: QRectF, tint: QColor, *, up: bool = False) -> None:
    """An open arrow in the middle of `room`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tint, 1.6))
    centre, high = room.center(), -2.5 if up else 2.5
    painter.drawPolyline(
        [QPointF(centre.x() - 4, centre.y() - high), QPointF(centre.x(), centre.y() + high),
         QPointF(centre.x() + 4, centre.y() - high)]
    )  # fmt: skip
    painter.restore()


def spin(option: Any, painter: QPainter, widget: QWidget | None, up: QRect, down: QRect) -> None:
    """A number or a date: a field with two arrows, or with one where it opens a calendar."""
    frame(option, painter, widget)
    ink = option.palette.color(QPalette.ColorRole.WindowText)
    if up.isValid():
        chevron(painter, QRectF(up), ink, up=True)
    if down.isValid():
        chevron(painter, QRectF(down), ink)


def spin_part(rect: QRect, part: QStyle.SubControl) -> QRect | None:
    """Where the words and the two arrows of a number stand; None for what is Qt's."""
    kinds, left, half = QStyle.SubControl, rect.right() - ARROW + 1, rect.height() // 2
    match part:
        case kinds.SC_SpinBoxEditField:
            return rect.adjusted(INSET - 3, 1, -ARROW, -1)  # the line inside has 2 pixels of its own
        case kinds.SC_SpinBoxUp:
            return QRect(left, rect.top() + 2, ARROW, half - 2)
        case kinds.SC_SpinBoxDown:
            return QRect(left, rect.top() + half, ARROW, half - 2)
    return None


def slider(option: Any) -> QRect:
    """The thumb of a scroll bar: no arrows take room at its ends."""
    rect = option.rect
    across = bool(option.state & _STATE.State_Horizontal)
    length = rect.width() if across else rect.height()
    span = option.maximum - option.minimum
    size = length if span <= 0 else min(length, max(_THUMB, round(length * option.pageStep / (span + option.pageStep))))
    at = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - size, option.upsideDown
    )
    if across:
        return QRect(rect.left() + at, rect.top(), size, rect.height())
    return QRect(rect.left(), rect.top() + at, rect.width(), size)


def scroll_part(option: Any, part: QStyle.SubControl) -> QRect:
    """The parts of a scroll bar as a hand meets them."""
    kinds, thumb, rect = QStyle.SubControl, slider(option), option.rect
    across = bool(option.state & _STATE.State_Horizontal)
    match part:
        case kinds.SC_ScrollBarSlider:
            return thumb
        case kinds.SC_ScrollBarGroove:
            return QRect(rect)
        case kinds.SC_ScrollBarSubPage if across:
            return QRect(rect.left(), rect.top(), thumb.left() - rect.left(), rect.height())
        case kinds.SC_ScrollBarSubPage:
            return QRect(rect.left(), rect.top(), rect.width(), thumb.top() - rect.top())
        case kinds.SC_ScrollBarAddPage if across:
            return QRect(thumb.right() + 1, rect.top(), rect.right() - thumb.right(), rect.height())
        case kinds.SC_ScrollBarAddPage:
            return QRect(rect.left(), thumb.bottom() + 1, rect.width(), rect.bottom() - thumb.bottom())
    return QRect()


def progress(option: Any, painter: QPainter, done: QRect | None = None) -> None:
    """How far work is: a thin bar on a line; without `done` the line alone."""
    palette, rect = option.palette, QRectF(option.rect if done is None else done)
    high = min(rect.height(), _BAR)
    rect = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
    fill = palette.color(QPalette.ColorRole.Midlight if done is None else QPalette.ColorRole.Accent)
    rounded(painter, rect, fill, _NO_LINE, high / 2)


class Done(NamedTuple):
    """What of a bar is done; `wanders` where nobody knows how long it takes."""

    rect: QRect
    wanders: bool


def progress_part(option: Any) -> Done:
    """As far as work is, or a third of the bar that goes to and fro."""
    rect, span = option.rect, option.maximum - option.minimum
    if span > 0:
        wide = round(rect.width() * (option.progress - option.minimum) / span)
        return Done(QRect(rect.left(), rect.top(), wide, rect.height()), wanders=False)
    third, at = rect.width() // 3, abs(time.monotonic() / _SWING % 2 - 1)
    left = rect.left() + round((rect.width() - third) * at)
    return Done(QRect(left, rect.top(), third, rect.height()), wanders=True)


def menu_line(option: QStyleOptionMenuItem, painter: QPainter) -> QStyleOptionMenuItem:
    """A line of a menu or of a choice that is pointed at is drawn as in a list; how the rest of it is to be drawn."""
    if not option.state & _STATE.State_Selected or option.menuItemType is QStyleOptionMenuItem.MenuItemType.Separator:
        return option
    roles, palette = QPalette.ColorRole, QPalette(option.palette)
    rounded(painter, QRectF(option.rect), palette.color(roles.Highlight), _NO_LINE)
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(role, palette.color(roles.HighlightedText))
    made = QStyleOptionMenuItem(option)
    made.palette, made.state = palette, option.state & ~_STATE.State_Selected
    return made


def radio(option: Any, painter: QPainter) -> None:
    """One of several: a ring, and a point in it when it is chosen."""
    palette, on = option.palette, bool(option.state & _STATE.State_On)
    rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
    ink = palette.color(QPalette.ColorRole.Accent if on else QPalette.ColorRole.Mid)
    rounded(painter, rect, palette.color(QPalette.ColorRole.Base), QPen(ink, 1.5), rect.width() / 2)
    if on:
        inner = rect.width() * 0.28
        rounded(painter, rect.adjusted(inner, inner, -inner, -inner), ink, _NO_LINE, rect.width())


def scroll_bar(option: Any, painter: QPainter) -> None:
    """A thumb on nothing; the room beside it is as wide as a hand needs."""
    tint = option.palette.color(QPalette.ColorRole.Mid)
    hot = option.state & (_STATE.State_MouseOver | _STATE.State_Sunken)
    tint.setAlphaF(0.9 if hot else 0.55)
    thin = 3 if hot else 4
    rect = QRectF(slider(option)).adjusted(thin, thin, -thin, -thin)
    rounded(painter, rect, tint, _NO_LINE, min(rect.width(), rect.height()) / 2)


def header(option: Any, painter: QPainter) -> None:
    """The head of a table: flat, with a line under it."""
    palette = option.palette
    painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), 1))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
    painter.drawLine(option.rect.topRight(), option.rect.bottomRight())


def item(option: Any, painter: QPainter) -> bool:
    """A line of a list that is chosen or pointed at; whether there was anything to draw."""
    palette, state = option.palette, option.state
    if state & _STATE.State_Selected:
        fill = palette.color(QPalette.ColorRole.Highlight)
    elif state & _STATE.State_MouseOver and state & _STATE.State_Enabled:
        fill = palette.color(QPalette.ColorRole.WindowText)
        fill.setAlphaF(0.06)
    else:
        return False
    rounded(painter, QRectF(option.rect), fill, _NO_LINE)
    return True
