"""Icons: line drawings tinted with the theme's own colours, sharp at every scale."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


@functools.lru_cache(maxsize=256)
def pixmap(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    """The icon `name` in the colour `tint` (#RRGGBB), `size` logical pixels square."""
    drawing = resources.read(f"icons/{name}.svg").decode().replace("currentColor", tint)
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, tint: QColor, size: int = 20, ratio: float = 2.0, chosen: QColor | None = None) -> QIcon:
    """As `pixmap`, for buttons and lists; `chosen` is its colour in a selected line."""
    made = QIcon(pixmap(name, tint.name(), size, ratio))
    if chosen is not None:
        made.addPixmap(pixmap(name, chosen.name(), size, ratio), QIcon.Mode.Selected)
    return made
