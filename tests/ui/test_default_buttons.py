"""Enter in a dialog is its main button's, not the first one's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from ui import messages
from ui.widgets.ask import Ask
from ui.window import MainWindow


def enter(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_Return)


def test_a_question_is_answered(window: MainWindow, qtbot: QtBot, settle: Callable[[], None]) -> None:
    got: list[dict[str, object]] = []
    ask = Ask(window, "问")
    ask.text("name", "姓名", "乌兰")
    ask.go(got.append, lambda _none: None)
    enter(qtbot, ask)
    settle()
    assert got == [{"name": "乌兰"}]


def test_a_message_is_closed(window: MainWindow, qtbot: QtBot) -> None:
    messages.error(window, ValueError("unexpected"))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    assert dialog.findChild(QPushButton, "error-close").isDefault()
    enter(qtbot, dialog)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
