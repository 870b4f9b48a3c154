"""大厅 in the window: its lists, what is done with their lines, the hall at a case, a draft and a scanned receipt."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import called, full_draft, sync
from hall_steps import introduced
from pressing import dialogs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desk.app.open_desk import Desk
from desk.log import receipt_code
from ui import messages
from ui.dialogs.check_dialog import CheckDialog
from ui.models.case_table import CaseTable
from ui.pages.hall import HallPage
from ui.pages.today_drafts import DraftsDialog
from ui.widgets.basic import Chip
from ui.widgets.field import SearchBox
from ui.window import MainWindow

Settle = Callable[[], None]


@pytest.fixture
def other(make_desk: Callable[..., Desk], desk: Desk) -> Desk:
    made = make_desk("other", desk.identity.point_code)
    introduced(desk, made)
    return made


@pytest.fixture
def window(other: Desk, window: MainWindow) -> MainWindow:
    """As of any desk, once another one of its point is known."""
    assert other is not window.desk
    return window


def exchanged(*desks: Desk) -> None:
    for _ in range(2):
        for desk in desks:
            sync(desk)


def keep(widget: QWidget, name: str) -> None:
    if folder := os.environ.get("DAIBAN_PICTURES"):
        widget.grab().save(str(Path(folder) / f"hall-{name}.png"))


def hall(window: MainWindow, settle: Settle, chosen: str) -> HallPage:
    window.open("hall", chosen=chosen)
    settle()
    page = window.page("hall")
    assert isinstance(page, HallPage)
    return page


def rows(page: HallPage) -> list[list[str]]:
    model = page.model
    return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]


def press(page: HallPage, name: str, settle: Settle) -> None:
    button = page.buttons[name]
    assert button.isVisible()
    assert button.isEnabled()
    button.click()
    settle()


def answer(why: str, settle: Settle) -> None:
    """Type a line into the question in front, and say yes."""
    ask = dialogs()[-1]
    ask.findChild(QPlainTextEdit).setPlainText(why)
    next(one for one in ask.findChildren(QPushButton) if one.objectName().endswith("-ok")).click()
    settle()


def said(window: MainWindow) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.window() is window)


def test_the_hall_has_a_page_only_where_there_are_windows(window: MainWindow, settle: Settle) -> None:
    assert not window.findChild(QWidget, "nav-hall").isHidden()
    window.desk.session.has_siblings = False
    window.run("again")
    settle()
    assert window.findChild(QWidget, "nav-hall").isHidden()


def test_a_case_is_passed_on_and_back(window: MainWindow, other: Desk, settle: Settle) -> None:
    desk = window.desk
    number = other.register(full_draft(other, person=called("牧甲"))).intake_no
    other.register(full_draft(other, person=called("旺其格")))
    other.passing.pass_on(number, desk.identity.node, "请接着办")
    exchanged(other, desk)
    page = hall(window, settle, "passed")
    assert page.tabs["passed"].text() == "转给本窗口的 1"
    assert rows(page)[0][:3] == ["牧甲", "最低生活保障审核确认", "2 号窗口"]
    keep(window, "passed")
    window.open("today")
    settle()
    assert "2 号窗口转来：请接着办" in said(window)
    page = hall(window, settle, "passed")
    press(page, "back", settle)
    answer("缺户口簿", settle)
    assert rows(page) == []
    assert desk.case(number).case.window == other.identity.node
    exchanged(desk, other)
    assert other.case(number).case.window == other.identity.node
    window.open("case", intake_no=number)
    settle()
    assert window.findChild(Chip, "case-window").text() == "在 2 号窗口"
    window.findChild(QPushButton, "case-pass").click()
    settle()
    box = dialogs()[-1].findChild(QComboBox)
    box.setCurrentIndex(box.findData(desk.identity.node))
    answer("我来办", settle)
    assert desk.case(number).case.window == desk.identity.node


def test_a_window_is_stood_in_for_in_one_step_and_undone(window: MainWindow, other: Desk, settle: Settle) -> None:
    desk = window.desk
    for name in ("牧甲", "牧乙"):
        other.register(full_draft(other, person=called(name)))
    exchanged(other, desk)
    page = hall(window, settle, "windows")
    assert [row[0] for row in rows(page)] == ["1 号窗口", "2 号窗口"]
    assert not page.buttons["take-over"].isEnabled()
    page.table.setCurrentIndex(page.model.index(1, 0))
    keep(window, "windows")
    press(page, "take-over", settle)
    answer("电脑坏了", settle)
    assert [row[5] for row in rows(page)] == ["2", "0"]
    assert "由别的窗口接手 2 件" in rows(page)[1][3]
    keep(window, "taken-over")
    messages.undo(window)
    settle()
    assert [row[5] for row in rows(page)] == ["0", "2"]
    page.table.setCurrentIndex(page.model.index(1, 0))
    press(page, "go", settle)
    assert window.findChild(QComboBox, "cases-whose").currentText() == "2 号窗口的办件"
    table = window.findChild(CaseTable)
    assert table.rowCount() == 2
    assert table.index(0, 6).data() == "2 号窗口"
    whose = window.findChild(QComboBox, "cases-whose")
    for words, count in (("本窗口的办件", 0), ("本点的办件", 2), ("我收的办件", 2)):
        whose.setCurrentIndex(whose.findText(words))
        settle()
        assert table.rowCount() == count, words


def test_a_draft_is_passed_on_taken_up_and_sent_back(window: MainWindow, other: Desk, settle: Settle) -> None:
    desk = window.desk
    for at, name in enumerate(("牧甲", "牧乙")):
        other.save_draft(full_draft(other, at, person=called(name)))
    for row in other.drafts():
        other.passed_drafts.pass_on(row.draft.id, desk.identity.node, "请接着填")
    exchanged(other, desk)
    page = hall(window, settle, "drafts")
    assert sorted(row[0] for row in rows(page)) == ["牧乙", "牧甲"]
    keep(window, "drafts")
    name = rows(page)[0][0]
    press(page, "back", settle)
    answer("没来", settle)
    assert len(rows(page)) == 1
    press(page, "go", settle)
    assert window._shown == "register"
    assert [row.title for row in desk.drafts()] == [one for one in ("牧甲", "牧乙") if one != name]
    dialog = DraftsDialog(window.page("today"), desk, window)
    dialog.open()
    settle()
    dialog.findChild(QPushButton, "drafts-pass").click()
    settle()
    assert dialogs()[-1].findChild(QComboBox).currentText() == "2 号窗口"
    answer("还是您填", settle)
    assert desk.drafts() == ()
    dialog.reject()
    exchanged(desk, other)
    assert sorted(one.title for one in other.passed_drafts.here()) == ["牧乙", "牧甲"]


def test_what_both_wrote_is_mended_on_the_page_and_at_the_case(window: MainWindow, other: Desk, settle: Settle) -> None:
    desk = window.desk
    numbers = [desk.register(full_draft(desk, person=called(name))).intake_no for name in ("牧甲", "牧乙")]
    exchanged(desk, other)
    for number in numbers:
        for one, phone in ((desk, "13911111111"), (other, "13922222222")):
            one.corrections.correct(number, {"applicant.phone": phone}, "抄错了")
    exchanged(other, desk)
    page = hall(window, settle, "apart")
    assert page.tabs["apart"].text() == "两边不一致的 2"
    assert rows(page)[0][0] == "同一处更正了两次"
    keep(window, "apart")
    stood = {number: desk.case(number).case.collected.applicant.phone for number in numbers}
    assert not page.buttons["both"].isEnabled()
    first = page.line().key.partition(" ")[0]
    press(page, "stands", settle)
    assert len(rows(page)) == 1
    second = page.line().key.partition(" ")[0]
    press(page, "go", settle)
    assert window.findChild(Chip, "case-apart").text() == "同一处更正了两次"
    keep(window, "case-apart")
    window.findChild(QPushButton, "case-mend-other").click()
    settle()
    assert "已核对" in window.findChild(Chip, "case-apart").text()
    now = {number: desk.case(number).case.collected.applicant.phone for number in numbers}
    assert now[first] == stood[first]
    assert now[second] != stood[second]
    exchanged(desk, other)
    assert {number: other.case(number).case.collected.applicant.phone for number in numbers} == now
    assert rows(hall(window, settle, "apart")) == []


def test_lists_are_searched_sorted_and_exported(
    window: MainWindow, other: Desk, settle: Settle, tmp_path: Path
) -> None:
    desk = window.desk
    for name in ("牧甲", "旺其格", "阿拉坦"):
        number = other.register(full_draft(other, person=called(name))).intake_no
        other.passing.pass_on(number, desk.identity.node, "请接着办")
    exchanged(other, desk)
    page = hall(window, settle, "passed")
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in rows(page)] == ["阿拉坦", "牧甲", "旺其格"]
    page.search.setText("wqg")
    page.search.asked.emit("wqg")
    assert [row[0] for row in rows(page)] == ["旺其格"]
    page.search.asked.emit("没有这个人")
    assert page._none.words.text() == "没有符合条件的。"
    assert not page.buttons["go"].isEnabled()
    page.export_to(tmp_path / "hall.xlsx")
    settle()
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "hall.xlsx")["转给本窗口的"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"阿拉坦", "牧甲", "旺其格"}


def test_a_receipt_of_the_other_window_opens_its_case(window: MainWindow, other: Desk, settle: Settle) -> None:
    number = other.register(full_draft(other, person=called("牧甲"))).intake_no
    exchanged(other, window.desk)
    code = receipt_code.make(other.identity.keys, number)
    window.open("cases")
    settle()
    search = window.findChild(SearchBox, "cases-search")
    search.setText(code)
    QTest.keyClick(search, Qt.Key.Key_Return)
    settle()
    assert (window._shown, window.page("case")._intake_no) == ("case", number)
    window.open("today")
    window.run("commands")
    box = dialogs()[-1]
    box.findChild(QLineEdit, "commands-search").setText(code)
    box.ask()
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    settle()
    assert window._shown == "case"
    window.open("today")
    window.run("check")
    dialog = next(one for one in dialogs() if isinstance(one, CheckDialog))
    dialog.code.setText(code)
    assert not dialog.case.isEnabled()
    dialog.judge()
    settle()
    dialog.case.click()
    settle()
    assert (window._shown, window.page("case")._intake_no) == ("case", number)
