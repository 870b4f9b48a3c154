"""Half-typed text is in its field before anything reads it: by key, by click, at closing, when the page changes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.app import application
from ui.devices import half_typed
from ui.models.roll_table import RollTable
from ui.widgets.ask import Ask
from ui.widgets.field import line_edit, text_edit
from ui.widgets.roll_grid import RollGrid
from ui.window import MainWindow


class Counter(QWidget):
    """Fields, and what reads them: a button that takes no focus, a key, a mnemonic."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.area = line_edit(), text_edit(3)
        self.table = RollTable(self)
        self.table.start(None, [], ())
        self.grid = RollGrid(self.table)
        self.button = QPushButton("取走(&R)")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.read)
        QShortcut("Ctrl+Return", self, self.read)
        QShortcut("F9", self, self.read)
        self.taken: list[str] = []
        box = QVBoxLayout(self)
        for one in (self.line, self.area, self.grid, self.button):
            box.addWidget(one)

    def after(self, act: Callable[[Counter], object]) -> list[str]:
        """What was read; a button that is called by its letter goes down for a moment first."""
        act(self)
        end = time.monotonic() + 5
        while not self.taken and time.monotonic() < end:
            QApplication.processEvents()
        return self.taken

    def read(self) -> None:
        cell = str(self.table.index(0, 0).data() or "")
        self.taken = [self.line.text(), self.area.toPlainText(), cell]

    def closeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self.read()


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    application([])
    made = Counter()
    made.resize(700, 600)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is made.windowHandle())
    return made


def half_type(field: QWidget, text: str) -> None:
    """As an input method does before a candidate is chosen."""
    field.setFocus()
    assert QApplication.focusWidget() is field
    QApplication.sendEvent(field, QInputMethodEvent(text, []))
    assert half_typed.watch(QApplication.instance())._half == text


def open_cell(counter: Counter) -> QLineEdit:
    counter.grid.setFocus()
    counter.grid.go(0)
    counter.grid.edit(counter.grid.currentIndex())
    editor = counter.grid.findChild(QLineEdit)
    assert editor is not None
    return editor


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Through the window, as from a keyboard."""
    QTest.keyClick(QApplication.focusWindow(), key, modifier)


def click(at: QWidget) -> None:
    """Through the window, as from a mouse."""
    window = at.window().windowHandle()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=at.mapTo(at.window(), at.rect().center()))


ACTS: dict[str, Callable[[Counter], object]] = {
    "Ctrl+Enter": lambda _counter: press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    "Alt and a letter": lambda _counter: press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier),
    "F9": lambda _counter: press(Qt.Key.Key_F9),
    "a click": lambda counter: click(counter.button),
    "closing": lambda counter: counter.close(),
}
acts = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


class TestFields:
    @acts
    def test_a_line(self, counter: Counter, act: Callable[[Counter], object]) -> None:
        counter.line.setText("住")
        half_type(counter.line, "北京")
        assert counter.after(act)[0] == "住北京"

    @acts
    def test_lines(self, counter: Counter, act: Callable[[Counter], object]) -> None:
        half_type(counter.area, "北京")
        assert counter.after(act)[1] == "北京"

    @acts
    def test_a_cell(self, counter: Counter, act: Callable[[Counter], object]) -> None:
        half_type(open_cell(counter), "乌兰")
        assert counter.after(act)[2] == "乌兰"

    @acts
    def test_a_cell_without_an_input_method(self, counter: Counter, act: Callable[[Counter], object]) -> None:
        QTest.keyClicks(open_cell(counter), "wulan")
        assert counter.after(act)[2] == "wulan"

    def test_another_field(self, counter: Counter) -> None:
        half_type(counter.line, "北京")
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is counter.area
        assert counter.line.text() == "北京"

    def test_a_click_into_the_same_field(self, counter: Counter) -> None:
        half_type(counter.line, "北京")
        click(counter.line)
        assert counter.line.text() == "北京"

    def test_text_is_kept_once(self, counter: Counter) -> None:
        half_type(counter.line, "北京")
        for _ in range(2):
            press(Qt.Key.Key_F9)
        assert counter.taken[0] == "北京"

    def test_a_field_that_has_the_focus_still(self, counter: Counter) -> None:
        half_type(counter.line, "北京")
        QApplication.instance().focusObjectChanged.emit(counter.line)  # as Qt does when the window is activated again
        press(Qt.Key.Key_F9)
        assert counter.taken[0] == "北京"

    def test_what_was_given_up_stays_away(self, counter: Counter) -> None:
        half_type(counter.line, "北京")
        QApplication.sendEvent(counter.line, QInputMethodEvent("", []))
        press(Qt.Key.Key_F9)
        assert counter.taken[0] == ""

    def test_keys_that_edit_leave_the_cell_open(self, counter: Counter) -> None:
        editor = open_cell(counter)
        QTest.keyClicks(editor, "wulan")
        for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_Left):
            press(key, Qt.KeyboardModifier.ControlModifier)
        press(Qt.Key.Key_Control)
        assert QApplication.focusWidget() is editor
        assert editor.text() == "wulan"


class TestProgram:
    @pytest.fixture(autouse=True)
    def watched(self, qapp: QApplication) -> None:
        application([])

    @pytest.mark.parametrize("how", ["enter", "Ctrl+Enter", "click"])
    def test_a_question_in_a_dialog(
        self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], how: str
    ) -> None:
        got: list[dict[str, object]] = []
        ask = Ask(window, "问")
        ask.text("name", "姓名")
        ask.go(got.append, lambda _none: None)
        qtbot.waitUntil(lambda: QApplication.focusWindow() is ask.windowHandle())
        half_type(ask.editor("name"), "乌兰")
        match how:
            case "enter":
                press(Qt.Key.Key_Return)
            case "Ctrl+Enter":
                press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            case _:
                click(ask.ok)
        settle()
        assert got == [{"name": "乌兰"}]

    @pytest.mark.parametrize("how", ["key", "click"])
    def test_the_page_changes(self, window: MainWindow, qtbot: QtBot, settle: Callable[[], None], how: str) -> None:
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWindow() is window.windowHandle())
        window.open("register")
        settle()
        field = window.page("register").findChild(QLineEdit, "applicant-name")
        half_type(field, "乌兰")
        if how == "key":
            press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        else:
            click(window.findChild(QWidget, "nav-cases"))
        assert field.text() == "乌兰"
        assert window._shown == "cases"
