"""A hand at keyboard and mouse that counts what it does, and waits as a person does: until the window is still."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QListView, QWidget

from ui import tasks
from ui.tour import type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier(0)
PATIENCE = 20.0  # seconds


class Hand:
    """`acts` are keys and clicks that are no text; `texts` what was typed, an entry a field."""

    def __init__(self) -> None:
        self.acts = 0
        self.texts: list[str] = []

    def key(self, key: Qt.Key = Qt.Key.Key_Return, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """One key where the focus is."""
        self.acts += 1
        QTest.keyClick(focused(), key, modifier)
        still()

    def type(self, text: str) -> None:
        """Text where the focus is."""
        self.texts.append(text)
        type_text(focused(), text)
        still()

    def click(self, where: QWidget) -> None:
        """One click in the middle of something that can be clicked, on the box of a check box."""
        assert where.isVisible(), where.objectName()
        assert where.isEnabled(), where.objectName()
        self.acts += 1
        middle = where.rect().center()
        place = QPoint(middle.y(), middle.y()) if isinstance(where, QCheckBox) else middle
        QTest.mouseClick(where, Qt.MouseButton.LeftButton, _NONE, place)
        still()

    def click_line(self, where: QListView, row: int) -> None:
        """One click on a line of a list."""
        self.acts += 1
        place = where.visualRect(where.model().index(row, 0)).center()
        QTest.mouseClick(where.viewport(), Qt.MouseButton.LeftButton, _NONE, place)
        still()


def focused() -> QWidget:
    """Where keys go."""
    window = QApplication.activeWindow() or _brought_forward()
    found = QApplication.focusWidget() or (window.focusWidget() if window else None) or window
    assert found is not None
    return found


def _brought_forward() -> QWidget | None:
    """Where a dialog closed, a desktop brings the window behind it forward; off the screen nobody does."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
    shown.sort(key=lambda one: one.isModal())
    if shown:
        shown[-1].activateWindow()
        still()
    return QApplication.activeWindow()


def still() -> None:
    """Until nothing is under way."""
    for _ in range(3):
        tasks.wait_idle()
        QApplication.processEvents()


def until(true: Callable[[], object], what: str) -> None:
    """Until something can be seen; AssertionError when it does not come."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"not reached: {what}"
        still()
        time.sleep(0.01)
