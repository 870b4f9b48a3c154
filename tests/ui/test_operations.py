"""What a page does in the background: it holds the page, ends in one place, and every page hears what changed."""

from __future__ import annotations

from collections.abc import Callable

from conftest import full_draft, slow_disk
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.errors import CancelledError, RefusedError
from desk.store.snapshots import CaseQuery
from ui.changes import Changes
from ui.operations import LongOperation, Operation
from ui.widgets.hold import hold_of
from ui.widgets.page import Page
from ui.window import MainWindow


class Lines(Page):
    """A page of two lines that counts how often it looks."""

    key, concerns = "lines", Changes.PEOPLE | Changes.SYNC
    looked = 0

    def changed(self) -> None:
        self.looked += 1


def lines(window: MainWindow, qtbot: object) -> Lines:
    page = Lines(window.desk, window)
    qtbot.addWidget(page)
    for _ in range(2):
        page.box.addWidget(QLineEdit())
    page.show()
    page.activateWindow()
    page.findChildren(QLineEdit)[1].setFocus()
    return page


def errors() -> list[str]:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == "error" and one.isVisible()]
    for one in found:
        one.close()
    return [one.objectName() for one in found]


def test_a_page_looks_again_only_for_what_concerns_it(window: MainWindow, qtbot: object) -> None:
    page = lines(window, qtbot)
    for what, looked in ((Changes.CASES, 0), (Changes.PEOPLE, 1), (Changes.DRAFTS, 1), (Changes.ALL, 2)):
        page.heard(what)
        assert page.looked == looked


def test_the_focus_comes_back_where_the_window_came_to_the_front_meanwhile(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    window.open("cases")
    settle()
    page = window.page("cases")
    page.search.setFocus()
    asked = QDialog(window)  # where a file goes: closed when the work begins
    asked.open()
    asked.activateWindow()
    settle()
    hold_of(page).begin()
    asked.close()
    window.activateWindow()
    settle()
    assert window.isActiveWindow()
    hold_of(page).end()
    assert window.focusWidget() is page.search


def test_the_focus_stays_on_the_page_where_what_had_it_goes_away(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    settle()
    assert window.focusWidget() is window.page("today")
    window.open("cases")
    settle()
    page = window.page("cases")
    state = page.findChild(QComboBox, "cases-state")
    state.setCurrentIndex(state.findData("void"))
    settle()
    clear = page.findChild(QPushButton, "cases-filters-clear")
    clear.setFocus()
    QTest.keyClick(clear, Qt.Key.Key_Space)
    settle()
    assert not clear.isVisible()
    assert window.focusWidget() is page
    QTest.keyClick(page, Qt.Key.Key_Return)  # once more: nothing is opened
    settle()
    assert window._shown == "cases"
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert page.isAncestorOf(window.focusWidget())

    state.setCurrentIndex(state.findData("void"))
    settle()
    page.findChildren(QPushButton, "cases-filters-clear")[-1].setFocus()
    asked = QDialog(window)
    asked.open()
    asked.activateWindow()
    settle()
    page.show_all()  # while another window has the focus
    settle()
    asked.close()
    window.activateWindow()
    settle()
    assert (window.isActiveWindow(), window.focusWidget()) == (True, page)

    button = window.findChild(QWidget, "nav-cases")  # whoever goes there stays there
    button.setFocus()
    settle()
    assert window.focusWidget() is button


def test_a_held_dialog_is_free_after_its_last_work_with_the_focus_where_it_was(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    page = lines(window, qtbot)
    second = page.findChildren(QLineEdit)[1]
    with slow_disk(window.desk):
        for number in (1, 2):
            Operation(page, lambda number=number: window.desk.save_draft(full_draft(window.desk, number))).run()
        assert not second.isEnabled()
        assert page.focusWidget() is page  # the window, no line of it
    settle()
    assert second.isEnabled()
    assert page.focusWidget() is second


def test_a_dialog_that_is_gone_by_then_does_not_keep_the_window_from_hearing(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    dialog = QDialog(window.page("today"))
    QVBoxLayout(dialog).addWidget(QPushButton("gone soon"))
    dialog.open()
    shown: list[str] = []
    with slow_disk(window.desk):
        work = Operation(dialog, lambda: window.desk.register(full_draft(window.desk)), Changes.CASES)
        work.success(lambda done: shown.append(done.intake_no)).run()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    settle()
    assert shown == []
    assert window.sync_words() == "待送 3 条"


def test_an_error_of_a_dialog_that_is_gone_is_told_by_the_window(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    dialog = QDialog(window.page("today"))
    told: list[Exception] = []

    def refused() -> None:
        raise RefusedError("不行。")

    with slow_disk(window.desk):
        Operation(dialog, lambda: window.desk.drop_draft("none")).run()
        Operation(dialog, refused).failure(told.append).run()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    settle()
    assert told == []
    assert errors() == ["error"]


def test_work_stopped_by_hand_ends_without_an_error_and_the_page_is_free(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    page = window.page("today")
    done: list[object] = []

    def stopped(report: object, cancelled: Callable[[], bool]) -> None:
        window.desk.register(full_draft(window.desk))
        raise CancelledError("停下了。")

    LongOperation(page, stopped, Changes.CASES).success(done.append).run("长工作")
    assert hold_of(page).held()
    settle()
    assert not hold_of(page).held()
    assert done == []
    assert errors() == []
    assert window.desk.count_cases(CaseQuery()) == 1
    assert window.sync_words() == "待送 3 条"  # what was done until then is heard of
