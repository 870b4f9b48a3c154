"""How many keys and clicks a day's work takes. What is typed as text into a field counts apart."""

from __future__ import annotations

from collections.abc import Callable

from conftest import HERDER
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk.store.snapshots import CaseQuery
from ui.tour import type_text
from ui.window import MainWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Presses keys where the focus is and clicks what it sees; counts both."""

    def __init__(self, window: MainWindow, settle: Callable[[], None]) -> None:
        self.window, self._settle = window, settle
        self.count = 0

    def text(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        type_text(focus, words)
        self._settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        if QApplication.activeWindow() is None:  # off screen nobody brings it to the front again
            self.window.activateWindow()
            self._settle()
        front = QApplication.activeWindow() or self.window
        QTest.keyClick(front.windowHandle(), key, modifier)
        if modifier == ALT:
            QTest.qWait(150)  # a button that is pressed by its letter is seen to go down first
        self._settle()

    def click(self, widget: QWidget) -> None:
        self.count += 1
        assert widget.isVisible()
        assert widget.window() is QApplication.activeWindow()
        QTest.mouseClick(widget, LEFT)
        self._settle()


def focus_name() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_somebody_new_with_one_paper_missing_and_a_photo_in_20(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.activateWindow()
    hand = Hand(window, settle)
    hand.key(Qt.Key.Key_N, CONTROL)
    page = window.page("register")
    hand.text(HERDER.name)
    hand.key(Qt.Key.Key_Return)
    assert focus_name() == "applicant-id-number"  # the first field of hers that is empty
    hand.text(HERDER.id_number)
    hand.key(Qt.Key.Key_Tab)
    hand.text(HERDER.phone)
    hand.key(Qt.Key.Key_Tab)
    hand.text(HERDER.address)
    hand.key(Qt.Key.Key_I, ALT)
    hand.text("低保")
    hand.key(Qt.Key.Key_Return)
    assert focus_name() == "field-members"
    hand.text("3")
    hand.key(Qt.Key.Key_Q, ALT)
    kin = page.findChild(QWidget, "material-kin")
    hand.click(kin)
    assert focus_name() == "material-kin-why"
    hand.text("下次送件时补来")
    QApplication.clipboard().setImage(QImage(900, 600, QImage.Format.Format_RGB32))
    hand.click(page.materials._lines[0]._look)
    hand.key(Qt.Key.Key_V, CONTROL)
    hand.key(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.registered, timeout=5000) as told:
        hand.key(Qt.Key.Key_Return, CONTROL)
    settle()
    assert hand.count <= 20, hand.count
    case = window.desk.case(told.args[0]).case
    assert case.collected.applicant == HERDER
    assert len(case.materials[0].files) == 1
    assert [one.code for one in case.materials if not one.originals + one.copies] == ["kin"]
    assert page.receipt.view.paper is not None
    assert focus_name() == "register-find"  # free for the next herder


def test_the_same_person_again_and_a_word_that_people_use(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.activateWindow()
    hand = Hand(window, settle)
    hand.key(Qt.Key.Key_N, CONTROL)
    page = window.page("register")
    for words in (HERDER.name, "房产证"):
        hand.text(words)
        hand.key(Qt.Key.Key_Return)
        if words == HERDER.name:
            page.person.applicant.number.setText(HERDER.id_number)
            page.person.applicant.phone.setText(HERDER.phone)
            hand.key(Qt.Key.Key_I, ALT)
    assert page.item.task_code() == "NM152523-07-015"
    hand.key(Qt.Key.Key_L, ALT)  # 清空 takes all of it, and Ctrl+Z brings it back
    assert page.item.task_code() == ""
    assert not page.person.is_said()
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert page.item.task_code() == "NM152523-07-015"
    assert page.person.applicant.name.text() == HERDER.name
    assert window.desk.count_cases(CaseQuery()) == 0
