"""Ctrl+U asks for a rare character wherever one types. Off the screen no field keeps the key as it does on Linux, where
it deletes the whole line; so a line here does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pressing import dialogs
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.app import application
from ui.dialogs.han_dialog import HanDialog
from ui.models.roll_table import RollTable
from ui.widgets.ask import Ask
from ui.widgets.dialog import Dialog
from ui.widgets.roll_grid import RollGrid
from ui.window import MainWindow
from ui.wizard import Wizard

CONTROL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[], None]


class OnLinux(QLineEdit):
    """Deletes all of it by Ctrl+U, which no shortcut gets."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and (event.key(), event.modifiers()) == (Qt.Key.Key_U, CONTROL):
            if event.type() is QEvent.Type.KeyPress:
                self.clear()
            event.accept()
            return True
        return super().event(event)


@pytest.fixture(autouse=True)
def watched() -> Iterator[None]:
    application([])
    yield
    for one in reversed(dialogs()):
        one.close()


def choose(qtbot: object) -> None:
    """The first character that is found."""
    (box,) = [one for one in dialogs() if isinstance(one, HanDialog)]
    QTest.keyClicks(box.search, "U+20BB7")
    qtbot.waitUntil(lambda: box.list.count() > 0, timeout=5000)
    QTest.keyClick(box.search, Qt.Key.Key_Return)


def ask(field: QWidget, settle: Settle, qtbot: object, typed: str = "") -> None:
    """Ctrl+U in the field, after what is typed there."""
    field.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=5000)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_U, CONTROL)
    settle()


def take(field: QLineEdit | QPlainTextEdit, settle: Settle, qtbot: object) -> None:
    """Ctrl+U in the field, and a character."""
    ask(field, settle, qtbot, "wu")
    choose(qtbot)
    settle()
    field.window().activateWindow()  # as a desktop does
    settle()
    assert [one for one in dialogs() if isinstance(one, HanDialog)] == []
    assert QApplication.focusWidget() is field


def test_on_a_page(window: MainWindow, settle: Settle, qtbot: object) -> None:
    window.open("cases")
    settle()
    search = window.page("cases").search
    take(search, settle, qtbot)
    assert search.text() == "wu\U00020bb7"


def test_in_a_dialog(window: MainWindow, settle: Settle, qtbot: object) -> None:
    window.open("cases")
    settle()
    window.page("cases").fill_form("complaint")
    (form,) = dialogs()
    assert isinstance(form, Ask)
    name, what = form.findChildren(QLineEdit)[0], form.editor("what")
    take(name, settle, qtbot)
    assert name.text() == "wu\U00020bb7"
    take(what, settle, qtbot)
    assert what.toPlainText() == "wu\U00020bb7"
    assert dialogs() == [form]


def test_a_field_that_keeps_the_key_does_not_get_it(window: MainWindow, settle: Settle, qtbot: object) -> None:
    asked = Dialog(window, "姓名", "names")
    line = OnLinux()
    asked.body.addWidget(line)
    asked.open()
    take(line, settle, qtbot)
    assert line.text() == "wu\U00020bb7"


def test_a_field_that_is_gone_by_then(window: MainWindow, settle: Settle, qtbot: object) -> None:
    asked = Dialog(window, "姓名", "names")
    line = QLineEdit()
    asked.body.addWidget(line)
    asked.open()
    ask(line, settle, qtbot)
    line.deleteLater()
    QApplication.sendPostedEvents(line, QEvent.Type.DeferredDelete)
    choose(qtbot)
    (box,) = [one for one in dialogs() if isinstance(one, HanDialog)]
    assert "请到要填的地方粘贴" in box.told.text()
    assert QApplication.clipboard().text() == "\U00020bb7"


def test_at_the_first_start(qapp: QApplication, tmp_path: Path, settle: Settle, qtbot: object) -> None:
    wizard = Wizard(tmp_path)
    qtbot.addWidget(wizard)
    wizard.show()
    take(wizard.name, settle, qtbot)
    assert wizard.name.text() == "wu\U00020bb7"


@pytest.mark.parametrize("how", ["hidden", "only to read", "asked already"])
def test_where_no_words_are_written_nothing_is_asked(
    window: MainWindow, settle: Settle, qtbot: object, how: str
) -> None:
    asked: QWidget = HanDialog(window) if how == "asked already" else Dialog(window, "姓名", "names")
    line = asked.search if isinstance(asked, HanDialog) else QLineEdit()
    if isinstance(asked, Dialog) and not isinstance(asked, HanDialog):
        asked.body.addWidget(line)
    if how == "hidden":
        line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setReadOnly(how == "only to read")
    asked.open()
    ask(line, settle, qtbot)
    assert dialogs() == [asked]


def test_in_a_cell_whose_line_closes_meanwhile(window: MainWindow, settle: Settle, qtbot: object) -> None:
    asked = Dialog(window, "名册", "names")
    table = RollTable(asked)
    table.start(None, [], ())
    grid = RollGrid(table)
    asked.body.addWidget(grid)
    asked.open()
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow, timeout=5000)
    grid.setFocus()
    grid.go(0)
    grid.edit(grid.currentIndex())
    line = grid.findChild(QLineEdit)
    QTest.keyClicks(line, "wulan")
    QTest.keyClick(line, Qt.Key.Key_Left)
    QTest.keyClick(line, Qt.Key.Key_U, CONTROL)
    settle()
    choose(qtbot)
    asked.activateWindow()
    settle()
    assert table.index(0, 0).data() == "wula\U00020bb7n"
    assert asked.focusWidget() is grid
