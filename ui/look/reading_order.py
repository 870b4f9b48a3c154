"""Tab goes in reading order: as the layouts stand, not as the widgets happened to be made.

Layout items are never touched: they are no QObjects, so Python would not notice when Qt deletes one, and would take the
next thing at the same address for it. Only widgets and layouts are asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget

from ui.look.flow import Flow


def follow(root: QWidget, after: QWidget | None = None) -> None:
    """Chain everything under `root` that Tab stops at; behind `after` when it is given."""
    found = list(stops(root))
    for one, other in itertools.pairwise([after, *found] if after is not None else found):
        if one is not None:
            QWidget.setTabOrder(one, other)


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Everything under `widget` that Tab stops at, as it is read."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea):
        yield widget
    match widget:
        case QScrollArea():
            inner = [widget.widget()]
        case QStackedWidget() | QSplitter():
            inner = [widget.widget(at) for at in range(widget.count())]
        case Flow():
            inner = list(widget.parts())
        case _:
            layout = widget.layout()
            inner = list(_inside(layout, widget)) if layout is not None else []
    for one in inner:
        if one is not None:
            yield from stops(one)


def _inside(layout: QLayout, owner: QWidget) -> Iterator[QWidget]:
    """The widgets of a layout and of the layouts in it, in their order."""
    parts = [part for part in (*owner.children(), *layout.children()) if isinstance(part, QWidget | QLayout)]
    placed = sorted(((layout.indexOf(part), at) for at, part in enumerate(parts) if part is not layout))
    placed = [(index, at) for index, at in placed if index >= 0]
    if isinstance(layout, QGridLayout):
        placed.sort(key=lambda pair: _cell(layout, pair[0]))
    for _, at in placed:
        part = parts[at]
        if isinstance(part, QLayout):
            yield from _inside(part, owner)
        else:
            yield part


def _cell(grid: QGridLayout, index: int) -> tuple[int, int]:
    place: Any = grid.getItemPosition(index)  # row, column and two spans; the stubs say object
    return int(place[0]), int(place[1])
