"""Enter presses the button that has the focus, on a page as in a dialog."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pressing import dialogs
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui.widgets.basic import icon_button
from ui.window import MainWindow


@pytest.mark.parametrize(
    ("name", "key", "page", "opened"),
    [
        ("nav-cases", Qt.Key.Key_Return, "cases", []),
        ("today-late-open", Qt.Key.Key_Enter, "cases", []),
        ("today-drafts-open", Qt.Key.Key_Return, "today", ["drafts"]),
        ("header-sync", Qt.Key.Key_Return, "sync", []),
    ],
)
def test_enter_presses_what_has_the_focus(
    window: MainWindow, settle: Callable[[], None], name: str, key: Qt.Key, page: str, opened: list[str]
) -> None:
    at = window.findChildren(QAbstractButton, name)[-1]
    at.setFocus()
    QTest.keyClick(at, key, Qt.KeyboardModifier.ControlModifier)  # the page's own
    settle()
    assert (window._shown, dialogs()) == ("today", [])
    QTest.keyClick(at, key)
    settle()
    assert (window._shown, [one.objectName() for one in dialogs()]) == (page, opened)


def test_a_key_that_is_held_presses_once(window: MainWindow) -> None:
    pressed: list[str] = []
    made = icon_button("x", "away", "拿走")
    made.clicked.connect(lambda: pressed.append("away"))
    for held in (False, True, True):
        kind, no = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(made, QKeyEvent(kind, Qt.Key.Key_Return, no, "\r", held))
    assert pressed == ["away"]
