"""Writing Mongolian in its own columns: where letters stand, what keys, mouse and input methods do there."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.ask import Ask
from ui.widgets.column_edit import ColumnEdit

WORD = "ᠮᠣᠩᠭᠣᠯ"
WORDS = f"{WORD} ᠪᠢᠴᠢᠭ"
KEYS, KINDS = Qt.Key, Qt.InputMethodQuery
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def edit(qtbot: Any, qapp: QApplication) -> ColumnEdit:
    made = ColumnEdit(10)
    qtbot.addWidget(made)
    made.resize(300, made.height())
    made.show()
    made.activateWindow()
    made.setFocus()
    qapp.processEvents()
    return made


def caret(edit: ColumnEdit) -> QRectF:
    """As an input method is told."""
    found = edit.inputMethodQuery(KINDS.ImCursorRectangle)
    assert isinstance(found, QRectF)
    return found


def go(edit: ColumnEdit, at: int) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(at)
    edit.setTextCursor(cursor)


def at(edit: ColumnEdit) -> int:
    return edit.textCursor().position()


def press(edit: ColumnEdit, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(edit, key, held)


def compose(edit: ColumnEdit, half: str, given: str = "", caret_at: int | None = None) -> None:
    """An input method holds `half`, or gives."""
    line = QTextCharFormat()
    line.setFontUnderline(True)
    kinds = QInputMethodEvent.AttributeType
    attributes = [QInputMethodEvent.Attribute(kinds.TextFormat, 0, len(half), line)] if half else []
    if caret_at is not None:
        attributes.append(QInputMethodEvent.Attribute(kinds.Cursor, caret_at, 1))
    event = QInputMethodEvent(half, attributes)
    event.setCommitString(given)
    QApplication.sendEvent(edit, event)


def test_letters_go_down_and_columns_to_the_right(edit: ColumnEdit) -> None:
    edit.setPlainText(f"{WORDS}\n{WORDS}")
    places = []
    for position in range(len(edit.toPlainText()) + 1):
        go(edit, position)
        places.append((caret(edit).left(), caret(edit).top()))
    assert places == sorted(places)
    assert len({left for left, _top in places}) == 2
    assert caret(edit).width() > 10 * caret(edit).height()  # it lies across the column


def test_a_word_too_long_for_its_column_goes_on_in_the_next_and_a_number_stays_whole(edit: ColumnEdit) -> None:
    edit.setPlainText("1234567890 15847123456")
    lines = [(one.first, one.last) for one in edit.lines().columns]
    assert [first for first, _last in lines] == [0, 11]
    edit.setPlainText("ᠮ" * 60)
    assert len(edit.lines().columns) > 1


def test_the_arrows_go_as_the_script_goes(edit: ColumnEdit) -> None:
    edit.setPlainText(f"{WORDS}\n{WORDS}\n{WORD}")
    go(edit, 0)
    press(edit, KEYS.Key_Down, KEYS.Key_Down, KEYS.Key_Down, KEYS.Key_Up)
    assert at(edit) == 2
    deep = caret(edit).top()
    press(edit, KEYS.Key_Right)
    assert at(edit) == len(WORDS) + 1 + 2
    assert caret(edit).top() == deep
    press(edit, KEYS.Key_End)
    assert at(edit) == len(WORDS) * 2 + 1
    press(edit, KEYS.Key_Right)
    assert at(edit) == len(edit.toPlainText())  # as deep as the shorter column is
    press(edit, KEYS.Key_Left)
    assert at(edit) == len(WORDS) * 2 + 1  # and as deep as before where there is room
    press(edit, KEYS.Key_Home)
    assert at(edit) == len(WORDS) + 1
    press(edit, KEYS.Key_Left, KEYS.Key_Left)
    assert at(edit) == 0
    press(edit, KEYS.Key_Down, held=CTRL)
    assert at(edit) == len(WORD) + 1
    press(edit, KEYS.Key_End, held=CTRL)
    assert at(edit) == len(edit.toPlainText())


def test_keys_choose_copy_cut_paste_and_undo(edit: ColumnEdit) -> None:
    edit.setPlainText(WORDS)
    go(edit, 0)
    press(edit, *[KEYS.Key_Down] * len(WORD), held=SHIFT)
    assert edit.textCursor().selectedText() == WORD
    press(edit, KEYS.Key_C, held=CTRL)
    assert QGuiApplication.clipboard().text() == WORD
    press(edit, KEYS.Key_X, held=CTRL)
    assert edit.toPlainText() == WORDS[len(WORD) :]
    press(edit, KEYS.Key_Z, held=CTRL)
    assert edit.toPlainText() == WORDS
    press(edit, KEYS.Key_End)
    press(edit, KEYS.Key_V, held=CTRL)
    assert edit.toPlainText() == WORDS + WORD
    press(edit, KEYS.Key_Z, held=CTRL)
    press(edit, KEYS.Key_Z, held=CTRL | SHIFT)
    assert edit.toPlainText() == WORDS + WORD


def test_the_mouse_finds_the_letter_under_it_and_chooses_over_columns(edit: ColumnEdit) -> None:
    edit.setPlainText(f"{WORDS}\n{WORDS}")
    spot = {}
    for position in (2, 9, len(WORDS) + 6):
        go(edit, position)
        there = caret(edit)
        spot[position] = QPointF(there.center().x(), there.top()).toPoint() - edit.viewport().pos()
    for position, point in spot.items():
        QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert at(edit) == position
    QTest.mousePress(edit.viewport(), Qt.MouseButton.LeftButton, pos=spot[2])
    QTest.mouseMove(edit.viewport(), spot[len(WORDS) + 6])
    QTest.mouseRelease(edit.viewport(), Qt.MouseButton.LeftButton, pos=spot[len(WORDS) + 6])
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, SHIFT, spot[len(WORDS) + 6])
    assert (edit.textCursor().anchor(), at(edit)) == (2, len(WORDS) + 6)
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=spot[2])
    assert edit.textCursor().selectedText() == WORD


def test_what_an_input_method_holds_stands_in_the_column_and_its_window_beside(edit: ColumnEdit) -> None:
    edit.setPlainText(WORDS)
    go(edit, len(WORD))
    before = caret(edit)
    compose(edit, "ᠪᠠᠢ", caret_at=3)
    assert edit.toPlainText() == WORDS  # not given yet
    assert edit.lines().columns[0].paragraph.held == 3
    behind = caret(edit)
    assert behind.left() == before.left()
    assert behind.top() > before.top()
    compose(edit, "ᠪᠠᠢ", caret_at=0)
    assert caret(edit).top() < behind.top()
    compose(edit, "", "ᠪᠠᠢᠨ᠎ᠠ")
    assert edit.toPlainText() == f"{WORD}ᠪᠠᠢᠨ᠎ᠠ{WORDS[len(WORD) :]}"
    assert edit.inputMethodQuery(KINDS.ImCursorPosition) == len(WORD) + 6
    assert edit.inputMethodQuery(KINDS.ImSurroundingText) == edit.toPlainText()
    press(edit, KEYS.Key_Z, held=CTRL)
    assert edit.toPlainText() == WORDS


def test_half_typed_words_and_a_rare_character_before_them_do_not_shift_the_caret(edit: ColumnEdit) -> None:
    edit.setPlainText("\U00032500ᠪᠠ")
    go(edit, 3)
    deep = caret(edit).top()
    compose(edit, "ᠨᠠ", caret_at=0)
    assert caret(edit).top() == pytest.approx(deep, abs=4)  # a letter in the middle is a little shorter
    compose(edit, "", "")
    assert caret(edit).top() == deep


def test_what_is_beyond_the_edge_comes_along_and_the_wheel_turns_columns(edit: ColumnEdit) -> None:
    edit.setPlainText("\n".join([WORD] * 40))
    assert edit.bar.isVisible()
    press(edit, KEYS.Key_End, held=CTRL)
    inside = QRectF(edit.viewport().geometry())
    assert inside.contains(caret(edit))
    assert edit.bar.value() == edit.bar.maximum()
    place, turn = QPointF(5, 5), QPoint(0, 120)
    event = QWheelEvent(
        place, place, QPoint(), turn, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,  # Qt's own signature
    )  # fmt: skip
    QApplication.sendEvent(edit.viewport(), event)
    assert edit.bar.value() < edit.bar.maximum()
    press(edit, KEYS.Key_PageUp)
    assert inside.contains(caret(edit))
    press(edit, KEYS.Key_Home, held=CTRL)
    assert edit.bar.value() == 0


def test_what_is_chosen_is_drawn_chosen_and_upright_characters_stand(edit: ColumnEdit) -> None:
    edit.setPlainText(f"{WORD}汉文")
    plain = edit.grab().toImage()
    edit.selectAll()
    assert edit.grab().toImage() != plain
    marked = edit.lines().columns[0].paragraph.upright
    assert [char for _at, _long, char in marked] == ["汉", "文"]


def test_one_line_takes_no_end_of_line_no_more_than_it_may_and_enter_is_the_windows(
    qtbot: Any, qapp: QApplication
) -> None:
    ask = Ask(qapp.activeWindow(), "蒙古文姓名", name="name-mn")  # type: ignore[arg-type]  # none is taken
    qtbot.addWidget(ask)
    ask.columns("name", "蒙古文姓名(&N)", "ᠪᠠᠲᠤ")
    got: list[object] = []
    ask.go(lambda typed: typed["name"], got.append)
    field = ask.editor("name")
    assert isinstance(field, ColumnEdit)
    pasted = QMimeData()
    pasted.setText(f"{WORD}\n{WORD}")
    field.insertFromMimeData(pasted)
    assert "\n" not in field.toPlainText()
    field.setPlainText("ᠮ" * 400)
    assert len(field.toPlainText()) == 300
    field.setPlainText(WORD)
    QTest.keyClick(field, KEYS.Key_Return)
    qtbot.waitUntil(lambda: got == [WORD], timeout=5000)


def test_leaving_says_that_it_is_done_and_a_menu_does_not(qtbot: Any, edit: ColumnEdit) -> None:
    with qtbot.waitSignal(edit.editingFinished, timeout=1000):
        edit.clearFocus()
    edit.setFocus()
    with qtbot.assertNotEmitted(edit.editingFinished):
        QApplication.sendEvent(edit, _left(Qt.FocusReason.PopupFocusReason))


def _left(reason: Qt.FocusReason) -> QEvent:
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusOut, reason)


def test_words_that_were_chosen_before_are_replaced_by_what_is_given(edit: ColumnEdit) -> None:
    edit.setPlainText(WORDS)
    cursor = edit.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len(WORD), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    compose(edit, "", "ᠪᠠᠲᠤ")
    assert edit.toPlainText() == f"ᠪᠠᠲᠤ{WORDS[len(WORD) :]}"
