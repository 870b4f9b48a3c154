"""The wheel changes nothing that was not chosen, and whatever is wrong is in sight with the focus on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import HERDER, full_draft
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget

from ui.pages.settings.paper import MongolianCard
from ui.window import MainWindow


def turn(widget: QWidget) -> None:
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(widget.mapTo(window, widget.rect().center())), QPoint(0, -120))
    QApplication.processEvents()


def shown(window: MainWindow, settle: Callable[[], None], qtbot: object, key: str = "settings") -> QWidget:
    """A page once all of it stands, in the window that is in front."""
    window.open(key)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    page = window.page(key)
    if key == "settings":
        qtbot.waitUntil(page._inner.updatesEnabled, timeout=5000)
    settle()
    assert window.isActiveWindow()
    return page


def value(widget: QWidget) -> object:
    return widget.currentIndex() if isinstance(widget, QComboBox) else widget.text()


@pytest.mark.parametrize("key", ["settings", "cases", "register", "figures", "roll", "guides"])
def test_the_wheel_changes_nothing_without_the_focus(
    window: MainWindow, settle: Callable[[], None], qtbot: object, key: str
) -> None:
    page = shown(window, settle, qtbot, key)
    boxes = [one for one in page.findChildren(QWidget) if isinstance(one, QComboBox | QAbstractSpinBox)]
    for one in [box for box in boxes if not box.visibleRegion().isEmpty()]:
        before = value(one)
        one.clearFocus()
        turn(one)
        assert not one.hasFocus()
        assert value(one) == before, one.objectName()


def test_the_wheel_scrolls_the_page_instead_and_works_with_the_focus(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    page = shown(window, settle, qtbot)
    bar = page.findChild(QScrollArea, "settings-scroll").verticalScrollBar()
    bar.setValue(0)
    page.setFocus()
    box = page.findChild(QComboBox, "settings-size")
    turn(box)
    assert bar.value() > 0
    box.setFocus()
    settle()
    turn(box)
    assert box.currentIndex() == 1


def in_sight(area: QScrollArea, widget: QWidget) -> bool:
    top = widget.mapTo(area.viewport(), QPoint()).y()
    return top >= 0 and top + widget.height() <= area.viewport().height()


def test_a_field_that_the_focus_only_passed_moves_no_page(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.resize(1000, 600)
    page = shown(window, settle, qtbot, "register")
    page.show_draft(full_draft(window.desk))
    settle()
    bar = page.findChild(QScrollArea, "register-scroll").verticalScrollBar()
    name = page.findChild(QLineEdit, "applicant-name")
    name.setFocus()
    settle()
    moved: list[int] = []
    bar.valueChanged.connect(moved.append)
    bar.setValue(0)
    moved.clear()
    page.note.setFocus()
    name.setFocus()
    settle()
    assert not moved
    page.note.setFocus()
    settle()
    assert moved


def test_what_is_wrong_is_in_sight_and_after_saving_the_page_is_at_its_top(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.resize(1000, 600)
    page = shown(window, settle, qtbot, "register")
    area = page.findChild(QScrollArea, "register-scroll")
    page.show_draft(full_draft(window.desk))
    phone = page.findChild(QLineEdit, "applicant-phone")
    phone.setText("12")
    settle()
    page.note.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    QTest.keyClick(page.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.focusWidget() is phone
    assert in_sight(area, phone)
    phone.setText("13900000001")
    with qtbot.waitSignal(page.registered, timeout=5000):
        page.submit()
    settle()
    assert area.verticalScrollBar().value() == 0


def test_a_setting_that_is_refused_is_in_sight(window: MainWindow, settle: Callable[[], None], qtbot: object) -> None:
    window.resize(1000, 600)
    page = shown(window, settle, qtbot)
    assert any(isinstance(one, MongolianCard) for one in page._cards)
    line = page.findChild(QLineEdit, "settings-km")
    line.setText("很远")
    area = page.findChild(QScrollArea, "settings-scroll")
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    page.findChild(QWidget, "settings-office-save").click()
    settle()
    assert window.focusWidget() is line
    assert in_sight(area, line)


def test_the_key_that_undoes_takes_back_what_was_cleared(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    page = shown(window, settle, qtbot, "register")
    QTest.keyClicks(page.findChild(QLineEdit, "register-person-search"), "alt")
    page.show_draft(full_draft(window.desk))
    settle()
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    name = page.findChild(QLineEdit, "applicant-name")
    qtbot.waitUntil(lambda: name.text() == "", timeout=5000)  # a button is seen to go down first
    settle()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert name.text() == HERDER.name
    name.setFocus()
    QTest.keyClicks(name, "abc")
    QTest.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert name.text() == HERDER.name, "what was typed since is undone in its field first"
