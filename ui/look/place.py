"""Where a window stood and how large it was, so that it opens there again; on whatever screen there is today."""

from __future__ import annotations

import contextlib

import msgspec
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.look import chosen_look

_FIRST = (1240, 720)  # pixels, where nothing is remembered
_SEEN = 80  # pixels of a window that have to be on a screen for a hand to find it


def restore(window: QWidget) -> None:
    """Where it was; in the middle of the screen where that screen is gone, and never larger than it."""
    look = chosen_look.load()
    room = window.screen().availableGeometry()
    if look.place is None:
        window.resize(min(_FIRST[0], room.width()), min(_FIRST[1], room.height()))
        return
    place = QRect(*look.place)
    screens = [one.availableGeometry() for one in QGuiApplication.screens()]
    around = next((one for one in screens if _seen(one, place)), None)
    if around is None:
        place.setSize(place.size().boundedTo(room.size()))
        place.moveCenter(room.center())
    else:
        place.setSize(place.size().boundedTo(around.size()))
    window.setGeometry(place)
    if look.whole:
        window.showMaximized()


def keep(window: QWidget) -> None:
    """Remember it. What cannot be written is no reason not to close."""
    usual = window.normalGeometry() if window.isMaximized() else window.geometry()
    place = (usual.x(), usual.y(), usual.width(), usual.height())
    with contextlib.suppress(OSError):
        chosen_look.save(msgspec.structs.replace(chosen_look.load(), place=place, whole=window.isMaximized()))


def _seen(screen: QRect, place: QRect) -> bool:
    part = screen.intersected(place)
    return part.width() >= _SEEN and part.height() >= _SEEN and place.top() >= screen.top()
