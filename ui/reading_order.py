"""Tab goes in reading order: as the layouts stand, not as the widgets happened to be made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def follow(root: QWidget, after: QWidget | None = None) -> None:
    """Chain everything under `root` that Tab stops at; behind `after` when it is given."""
    stops = list(_stops(root))
    for one, other in itertools.pairwise([after, *stops] if after is not None else stops):
        if one is not None:
            QWidget.setTabOrder(one, other)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea):
        yield widget
    match widget:
        case QScrollArea():
            inner = [widget.widget()]
        case QStackedWidget():
            inner = [widget.widget(at) for at in range(widget.count())]
        case QSplitter():
            inner = [widget.widget(at) for at in range(widget.count())]
        case _:
            inner = list(_inside(widget.layout())) if widget.layout() is not None else []
    for one in inner:
        if one is not None:
            yield from _stops(one)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: layout.getItemPosition(at)[:2])
    for at in order:
        item = layout.itemAt(at)
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from _inside(item.layout())
