"""One rule for every window over the window: Enter does what the main button says, Esc leaves and loses nothing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from all_dialogs import TABLE, Office, away, classes, foreign, office, opened, questions
from PIL import Image
from pressing import dialogs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from test_hands import turn, value

from ui.widgets.ask import Ask
from ui.widgets.dialog import Dialog
from ui.widgets.field import SearchBox
from ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
NO_MAIN = {"Progress", "CommandBox", "RatingPage"}  # stop, go where the line says, the herder's own hand
STAY = {"CheckDialog", "PaperDialog"}  # what Enter does there does not close them
KEPT_ALREADY = {"CheckDialog", "MemoAsk"}  # a code that was scanned is nothing to lose; what is written is kept


def a_picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def made(window: MainWindow, settle: Callable[[], None]) -> Office:
    return office(window, settle, a_picture())


def focus_of(dialog: QWidget) -> QWidget:
    return dialog.focusWidget() or dialog


def test_no_dialog_is_outside_the_table() -> None:
    assert classes() | questions() == set(TABLE)
    assert foreign() == []


def test_enter_does_what_the_main_button_says(made: Office) -> None:
    wrong = []
    for name in TABLE:
        dialog = opened(made, name)
        pressed: list[str] = []
        for button in dialog.findChildren(QPushButton):
            button.clicked.connect(lambda _=False, one=button, into=pressed: into.append(one.objectName()))
        main = dialog.primary()
        if name == "LabelsDialog":
            dialog.words.setFocus()
        if name == "CommandBox":
            away(made)
            continue
        at = focus_of(dialog)
        if isinstance(at, QPlainTextEdit):
            QTest.keyClick(at, Qt.Key.Key_Return, CONTROL)
        else:
            QTest.keyClick(at, Qt.Key.Key_Return)
        wanted = [] if name in NO_MAIN else [main.objectName()]
        if name in ("HanDialog", "KeysDialog"):
            wanted = []  # its line of search takes Enter itself
        if pressed != wanted:
            wrong.append((name, type(at).__name__, at.objectName(), pressed, wanted))
        away(made)
    assert wrong == []


def test_esc_leaves_and_asks_only_where_words_would_be_lost(made: Office) -> None:
    wrong = []
    for name in TABLE:
        dialog = opened(made, name)
        QTest.keyClick(focus_of(dialog), Qt.Key.Key_Escape)
        made.settle()
        left = [one.objectName() for one in dialogs() if one.objectName() == dialog_name(name)]
        if name == "Question":
            left = [] if [one.objectName() for one in dialogs()] == ["form"] else ["not back in the form"]
        if left:
            wrong.append((name, left))
        away(made)
    assert wrong == []


def dialog_name(name: str) -> str:
    return "" if name[0].isupper() else name


def typed_in(dialog: Dialog) -> QWidget | None:
    kinds = (QLineEdit, QPlainTextEdit)
    lines = [one for one in dialog.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
    lines = [one for one in lines if not isinstance(one, SearchBox) and not one.isReadOnly()]
    return next((one for one in lines if not one.objectName().startswith("qt_")), None)


def test_what_was_typed_is_never_lost_by_one_key(made: Office) -> None:
    wrong, asked = [], 0
    for name in [one for one in TABLE if one not in KEPT_ALREADY | {"Question", "Progress", "CommandBox"}]:
        dialog = opened(made, name)
        line = typed_in(dialog)
        if line is None:
            away(made)
            continue
        asked += 1
        line.setFocus()
        QTest.keyClicks(line, "abc")
        for _ in range(3):  # as often as one likes
            QTest.keyClick(focus_of(dialogs()[-1]), Qt.Key.Key_Escape)
            made.settle()
        if not dialog.isVisible():
            wrong.append((name, "lost"))
        if dialogs()[-1].objectName() != "question":
            QTest.keyClick(focus_of(dialog), Qt.Key.Key_Escape)
        QTest.mouseClick(dialogs()[-1].findChild(QPushButton, "question-go"), Qt.MouseButton.LeftButton)
        if dialog in dialogs():
            wrong.append((name, "cannot be left"))
        away(made)
    assert wrong == []
    assert asked > 15


def test_a_refusal_goes_to_the_field_and_the_focus_comes_back_after(made: Office) -> None:
    window = made.window
    window.open("cases")
    made.settle()
    made.page("cases").search.setFocus()
    made.page("cases").fill_form("complaint")
    ask = dialogs()[-1]
    assert isinstance(ask, Ask)
    last = list(ask._editors)[-1]
    ask.editor(last).setFocus()
    QTest.keyClick(ask.editor(last), Qt.Key.Key_Return, CONTROL)
    made.settle()
    assert ask.focusWidget() is ask.editor("what")
    assert "内容" in ask._told.text()
    QTest.keyClick(ask.editor("what"), Qt.Key.Key_Escape)
    made.settle()
    assert window.focusWidget() is made.page("cases").search


def test_the_wheel_changes_nothing_in_a_dialog_either(made: Office) -> None:
    turned, wrong = 0, []
    for name in TABLE:
        dialog = opened(made, name)
        boxes = [one for one in dialog.findChildren(QWidget) if isinstance(one, QComboBox | QAbstractSpinBox)]
        for one in [box for box in boxes if not box.visibleRegion().isEmpty()]:
            before = value(one)
            one.clearFocus()
            turn(one)
            turned += 1
            if value(one) != before:
                wrong.append((name, one.objectName()))
        away(made)
    assert wrong == []
    assert turned > 10
