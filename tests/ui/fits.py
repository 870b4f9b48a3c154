"""Whether a window fits its screen: nothing cut, no button out of reach. Geometry only, so that a matrix takes seconds.

python tests/ui/fits.py    every page and dialog on every screen at every scale, in every size of type, theme and
                           language; as many at a time as there are processors
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyleOptionComboBox,
    QWidget,
)

SCREENS = (QSize(1366, 768), QSize(1280, 720), QSize(1024, 768), QSize(1440, 900), QSize(1920, 1080))
SCALES = (1.0, 1.25, 1.5, 2.0)  # of the system: so many pixels to one of ours
TYPES = ("standard", "large", "largest")
MODES = ("light", "dark")
LANGUAGES = ("zh", "en")
TASK_BAR = 40
ALL = "DAIBAN_ALL_FITS"  # the whole matrix where it is set


class Case(NamedTuple):
    """One screen as a person set it up."""

    screen: QSize
    scale: float
    size: str
    mode: str
    language: str

    def room(self) -> QSize:
        """Pixels of ours that a window can have."""
        return QSize(int(self.screen.width() / self.scale), int((self.screen.height() - TASK_BAR) / self.scale))

    def __str__(self) -> str:
        return f"{self.screen.width()}x{self.screen.height()}@{self.scale} {self.size} {self.mode} {self.language}"


def matrix() -> list[Case]:
    """The cases to look at: a few that are hardest, or all of them. A theme changes no size, so one pair will do."""
    whole = [Case(*one) for one in itertools.product(SCREENS, SCALES, TYPES, MODES, LANGUAGES)]
    if os.environ.get(ALL):
        return whole
    hardest = {(1366, 1.0, "standard", "zh"), (1366, 1.0, "largest", "en"), (1024, 1.5, "large", "zh"),
               (1280, 2.0, "largest", "en"), (1280, 1.25, "standard", "zh")}  # fmt: skip
    return [one for one in whole if one.mode == "light"
            and (one.screen.width(), one.scale, one.size, one.language) in hardest]  # fmt: skip


def problems(window: QWidget, room: QSize) -> list[str]:
    """What is wrong with a window that is shown, in words."""
    found = []
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    if least.width() > room.width() or least.height() > room.height():
        found.append(f"needs {least.width()}x{least.height()}")
    for one in window.findChildren(QWidget):
        if not one.isVisibleTo(window) or one.window() is not window:
            continue
        if isinstance(one, QLabel):
            found += _label(one)
        elif isinstance(one, QAbstractButton):
            found += _button(one)
            found += _reach(one, window)
        elif isinstance(one, QComboBox):
            found += _combo(one)
    return found


def _name(one: QWidget) -> str:
    text = getattr(one, "text", str)()
    return f"{type(one).__name__} {one.objectName()} “{text[:24]}”"


def _label(one: QLabel) -> list[str]:
    if not one.text() or one.toolTip() or not one.isVisible():
        return []
    if one.wordWrap():
        need = one.heightForWidth(one.width())
        return [f"{_name(one)} is {one.height()} high and needs {need}"] if need > one.height() + 2 else []
    lines = one.text().split("\n")
    mnemonic = Qt.TextFlag.TextShowMnemonic if one.buddy() is not None else Qt.TextFlag.TextSingleLine
    need = max(one.fontMetrics().size(mnemonic, line).width() for line in lines)
    room = one.width() - one.contentsMargins().left() - one.contentsMargins().right()
    return [f"{_name(one)} is {room} wide and needs {need}"] if need > room + 1 else []


def _button(one: QAbstractButton) -> list[str]:
    if not isinstance(one, QPushButton | QCheckBox) or not one.text() or one.toolTip().startswith(one.text()):
        return []
    need, has = one.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, one.text()), one.size()
    wide = need.width() + (one.iconSize().width() + 4 if not one.icon().isNull() else 0)
    wide += one.style().pixelMetric(one.style().PixelMetric.PM_IndicatorWidth) if isinstance(one, QCheckBox) else 0
    if wide > has.width() or need.height() > has.height():
        return [f"{_name(one)} is {has.width()}x{has.height()} and needs {wide}x{need.height()}"]
    return []


def _combo(one: QComboBox) -> list[str]:
    """Words that are cut have to come up under the pointer."""
    if not one.isVisible():
        return []
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    style = one.style()
    field = style.subControlRect(style.ComplexControl.CC_ComboBox, option, style.SubControl.SC_ComboBoxEditField, one)
    if one.fontMetrics().horizontalAdvance(one.currentText()) <= field.width():
        return []
    one.grab()  # a pointer rests on what was drawn
    QApplication.sendEvent(one, QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint()))
    words = f"{_name(one)} {one.currentText()} is cut at {field.width()}"
    return [] if one.toolTip() == one.currentText() else [words]


def _reach(one: QWidget, window: QWidget) -> list[str]:
    """Up through everything around: cut off by nothing but areas that scroll that way."""
    part = QRect(QPoint(), one.size())
    child = one
    while child is not window:
        around = child.parentWidget()
        if around is None:
            return []
        part.moveTopLeft(child.mapTo(around, part.topLeft()))
        area = around.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is around:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if area.horizontalScrollBarPolicy() is off and part.right() > around.width() + 1:
                return [f"{_name(one)} is out of reach to the right in {area.objectName()}"]
            part = QRect(QPoint(), part.size().boundedTo(around.size()))
            if around.width() < 40 or around.height() < 20:
                return [f"{_name(one)} is in {area.objectName()}, of which {around.width()}x{around.height()} is seen"]
        elif not around.rect().adjusted(-1, -1, 1, 1).contains(part):
            return [f"{_name(one)} reaches out of {_name(around)}"]
        child = around
    return []


if __name__ == "__main__":
    here = Path(__file__).parent
    tests = [sys.executable, "-m", "pytest", str(here / "test_fits.py"), "-n", "auto", "-q", "-p", "no:randomly"]
    sys.exit(
        subprocess.run(
            tests, env={"QT_QPA_PLATFORM": "offscreen"} | os.environ | {ALL: "1"}, check=False, cwd=here.parent.parent
        ).returncode
    )
