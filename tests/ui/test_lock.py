"""The locked window, another agent's turn, the first password, and a forgotten one, with the real window and centre."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, HERDER, PASSWORD, Served, full_draft, sync
from office import rows
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import unlocking
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import SurroundingsError
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from ui import actions, tasks
from ui.app import Front
from ui.login import LoginPage
from ui.tour import type_text
from ui.window import MainWindow

OWN, GIVEN = "a password of mine", "given by suhe"
WHY = "打回登记的电话，听得出是本人"
Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def close_all() -> Iterator[None]:
    yield
    tasks.wait_idle()
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.close()


def named(where: QWidget, name: str) -> QWidget:
    return where.findChildren(QWidget, name)[-1]


def seen() -> list[str]:
    """The names of the windows and dialogs that can be seen."""
    return [one.objectName() for one in QApplication.topLevelWidgets() if one.isVisible()]


def dialog(name: str) -> QDialog:
    return next(one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible())


def words(window: QWidget) -> str:
    """All that can be read in a window."""
    labels = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    edits = [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
    return "\n".join(labels + edits)


def log_in(window: MainWindow, password: str, settle: Settle, account: str = "") -> None:
    page = named(window, "login")
    assert isinstance(page, LoginPage)
    if account:
        page._account.setCurrentIndex(page._account.findData(account))
    type_text(page._password, password)
    QTest.keyClick(page._password, Qt.Key.Key_Return)
    settle()


@pytest.fixture
def half(window: MainWindow, settle: Settle) -> MainWindow:
    """A register page half filled and a dialog with something typed into it, over it."""
    window.open("register")
    settle()
    page = window.page("register")
    type_text(named(page, "applicant-name"), HERDER.name)
    settle()
    window.run("check")
    settle()
    return window


def typed_name(window: MainWindow) -> str:
    return named(window.page("register"), "applicant-name").text()


def test_the_lock_is_in_the_registry_and_f1_and_the_command_box_show_it(window: MainWindow, settle: Settle) -> None:
    assert actions.shortcut("lock") == "Ctrl+L"
    window.run("keys")
    dialog("keys").go("keys")
    assert "Ctrl+L" in dialog("keys").text.toPlainText()
    dialog("keys").close()
    window.run("commands")
    box = dialog("commands")
    type_text(box.search, "锁上")
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    settle()
    assert window.lock.locked


def test_a_question_stays_in_front_of_what_it_asks_about(window: MainWindow, settle: Settle) -> None:
    window.open("cases")
    settle()
    for _ in range(10):  # Qt lists windows in no order
        window.page("cases").fill_form("complaint")
        form = dialog("form")
        type_text(form.findChildren(QPlainTextEdit)[0], "half typed")
        form.reject()
        settle()
        assert not window.lock.locked
        QTest.keyClick(dialog("question").windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert (window.lock.locked, seen()) == (True, ["main"])
        log_in(window, PASSWORD, settle)
        front = QApplication.activeModalWidget()
        assert front is dialog("question")
        assert QApplication.activeWindow() is front
        QTest.mouseClick(named(front, "question-go"), Qt.MouseButton.LeftButton)
        settle()
        assert seen() == ["main"]


def test_a_locked_window_hides_all_and_loses_nothing(half: MainWindow, settle: Settle) -> None:
    box = dialog("check")
    type_text(box.findChildren(QLineEdit)[0], "half typed")
    half.run("lock")
    settle()
    assert seen() == ["main"]
    assert HERDER.name not in words(half)
    for key in ("register", "commands", "keys", "people", "backup"):  # keys count no more
        half.run(key)
    settle()
    assert seen() == ["main"]
    assert all(one.objectName() == "key-quit" for one in half.actions() if one.isEnabled())
    log_in(half, "wrong password", settle)
    assert half.lock.locked
    assert HERDER.name not in words(half)
    log_in(half, PASSWORD, settle)
    assert not half.lock.locked
    assert half._shown == "register"
    assert typed_name(half) == HERDER.name
    assert dialog("check") is box
    assert box.isModal()
    line = box.findChildren(QLineEdit)[0]
    assert (line.text(), line.cursorPosition(), line.selectedText()) == ("half typed", 10, "")
    assert box.focusWidget() is line
    assert all(one.isEnabled() for one in half.actions())


def test_what_ends_while_it_is_locked_is_told_after(window: MainWindow, settle: Settle) -> None:
    window.run("lock")
    window.toast(f"{HERDER.name} 已登记。")
    window.error(SurroundingsError(f"{HERDER.name} 的回执打不出来。"))
    settle()
    assert seen() == ["main"]
    assert HERDER.name not in words(window)
    log_in(window, PASSWORD, settle)
    assert "error" in seen()
    assert HERDER.name in words(named(window, "toast"))


def test_a_window_that_nobody_touches_is_locked(window: MainWindow, settle: Settle, qtbot: object) -> None:
    window.open("settings")
    qtbot.waitUntil(lambda: window.page("settings")._built, timeout=3000)
    settle()
    assert window.lock.minutes == 10
    box = named(window.page("settings"), "settings-lock")
    box.setCurrentIndex(box.findData(5))
    settle()
    assert window.lock.minutes == 5
    window.lock.touched = time.monotonic() - 4 * 60
    window.lock.look_at_clock()
    assert not window.lock.locked
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert time.monotonic() - window.lock.touched < 60
    window.lock.touched = time.monotonic() - 6 * 60
    window.lock.look_at_clock()
    assert window.lock.locked
    log_in(window, PASSWORD, settle)
    box.setCurrentIndex(box.findData(0))
    settle()
    window.lock.touched = 0
    window.lock.look_at_clock()
    assert not window.lock.locked


def test_another_agent_takes_the_turn_and_the_first_finds_all_as_it_was(half: MainWindow, settle: Settle) -> None:
    half.desk.agents.add("bater", "巴特尔", GIVEN)
    box = dialog("check")
    half.run("lock")
    settle()
    log_in(half, GIVEN, settle, "bater")
    assert half.lock.locked  # the password was given: an own one is owed first
    page = named(half, "login")
    type_text(named(page, "login-own"), OWN)
    type_text(named(page, "login-own-again"), OWN)
    QTest.keyClick(named(page, "login-own-again"), Qt.Key.Key_Return)
    settle()
    other = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
    assert other is not half
    assert "巴特尔" in words(other)
    assert HERDER.name not in words(other)
    other.open("register")
    other.run("han")  # dialogs of the second agent are not the first one's
    settle()
    assert "han" in seen()
    dialog("han").close()
    number = other.desk.register(full_draft(other.desk)).intake_no
    assert other.desk.case(number).row.agent == "巴特尔"
    other.run("lock")
    settle()
    log_in(other, PASSWORD, settle, "suhe")
    assert half.isVisible()
    assert not other.isVisible()
    assert typed_name(half) == HERDER.name
    assert box.isVisible()
    box.close()
    mine = half.desk.register(full_draft(half.desk, 2)).intake_no
    assert half.desk.case(mine).row.agent == "苏和"
    folder = half.desk.folder
    half.close()
    assert tasks.wait_idle()
    again = opening.open_desk(folder, "bater", OWN)  # everything was closed, the draft of the first was kept
    assert HERDER.name in [one.draft.applicant.name for one in again.drafts()]
    assert len(again.cases(CaseQuery())) == 2
    again.close()


def test_at_the_first_login_a_given_password_is_changed(desk: Desk, settle: Settle, qtbot: object) -> None:
    desk.agents.add("bater", "巴特尔", GIVEN)
    folder = desk.folder
    desk.close()
    page = LoginPage(folder, desk.agents.listed(), account="bater")
    qtbot.addWidget(page)
    page.show()
    type_text(page._password, GIVEN)
    QTest.keyClick(page._password, Qt.Key.Key_Return)
    settle()
    assert "别人设的" in page._field.problem()
    own, again = named(page, "login-own"), named(page, "login-own-again")
    assert own.isVisible()
    type_text(own, OWN)
    type_text(again, "something else")
    QTest.keyClick(again, Qt.Key.Key_Return)
    settle()
    assert "不一样" in named(page, "login-own-again-told").text()
    again.clear()
    type_text(again, OWN)
    with qtbot.waitSignal(page.opened, timeout=5000) as reached:
        QTest.keyClick(again, Qt.Key.Key_Return)
    reached.args[0].close()
    opening.open_desk(folder, "bater", OWN).close()


# -- forgotten ------------------------------------------------------------------------------------------------------


@pytest.fixture
def helpers(served: Served) -> tuple[unlocking.By, unlocking.By]:
    for account, role in (("chief", Role.CHIEF), ("admin", Role.ADMIN)):
        guard.add_clerk(served.centre, account, f"名{account}", PASSWORD, "综合窗口", frozenset({role}))
    return unlocking.By("chief", "名chief"), unlocking.By("admin", "名admin")


@pytest.fixture
def shut(desk: Desk) -> Path:
    desk.register(full_draft(desk))
    sync(desk)
    desk.close()
    return desk.folder


def answered(served: Served, helpers: tuple[unlocking.By, unlocking.By], code: str) -> str:
    subject = unlocking.ask(served.centre, helpers[0], unlocking.by_code(served.centre, code, "苏和"), WHY)
    unlocking.say(served.centre, helpers[1], "unlock.confirmed", subject, WHY)
    return unlocking.answer_code(served.centre, helpers[0], subject)


def test_forgotten_by_telephone_from_the_login_page(
    served: Served, helpers: tuple[unlocking.By, unlocking.By], shut: Path, settle: Settle, qtbot: object
) -> None:
    front = Front(shut)
    page = front.login
    assert isinstance(page, LoginPage)
    page.show()
    named(page, "login-forgotten").click()
    ask = dialog("forgotten")
    answer = answered(served, helpers, named(ask, "forgotten-request").text())
    groups = answer.split()
    typed = ask.editor("code")
    type_text(typed, " ".join([groups[1], groups[0]]))
    assert "第 1 组" in named(ask, "forgotten-said").text()
    typed.clear()
    type_text(typed, answer)
    assert not named(ask, "forgotten-said").isVisible()
    type_text(ask.editor("password"), OWN)
    type_text(ask.editor("again"), "something else")
    ask.submit()
    settle()
    assert "不一样" in named(ask, "forgotten-told").text()
    ask.editor("again").clear()
    type_text(ask.editor("again"), OWN)
    ask.submit()
    settle()
    window = front.window
    assert isinstance(window, MainWindow)
    assert window.isVisible()
    assert not page.isVisible()
    window.close()
    opening.open_desk(shut, "suhe", OWN).close()


def test_forgotten_by_stick_before_a_locked_window(
    served: Served, helpers: tuple[unlocking.By, unlocking.By], half: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    half.run("lock")
    settle()
    named(half, "login-forgotten").click()
    settle()
    ask = dialog("forgotten")  # of the login page: it may be seen
    assert HERDER.name not in words(ask)
    ask.write_to(tmp_path)
    settle()
    assert "请把盘送到旗中心" in named(ask, "forgotten-said").text()
    ask.read_from(tmp_path)
    settle()
    assert "没有中心对这次申请的答复" in named(ask, "forgotten-said").text()
    centre_courier.exchange(served.centre, tmp_path)
    subject = served_request(served)
    unlocking.say(served.centre, helpers[0], "unlock.asked", subject, WHY)
    unlocking.say(served.centre, helpers[1], "unlock.confirmed", subject, WHY)
    centre_courier.exchange(served.centre, tmp_path)
    ask.read_from(tmp_path)
    settle()
    assert "有效" in named(ask, "forgotten-said").text()
    for key in ("password", "again"):
        type_text(ask.editor(key), OWN)
    ask.submit()
    settle()
    assert not half.lock.locked
    assert typed_name(half) == HERDER.name
    half.run("lock")
    log_in(half, PASSWORD, settle)
    assert half.lock.locked
    log_in(half, OWN, settle)
    assert not half.lock.locked


def served_request(served: Served) -> str:

    return str(rows(served, "unlock")[0]["id"])


def test_a_desk_without_a_way_back_is_told_so(tmp_path: Path, settle: Settle, qtbot: object) -> None:
    opening.create_alone(tmp_path, "152523202202", "点", Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
    page = LoginPage(tmp_path, (Account("suhe", "苏和"),))
    qtbot.addWidget(page)
    page.show()
    named(page, "login-forgotten").click()
    ask = dialog("forgotten")
    assert "另一位代办员" in words(ask)
    assert not ask.ok.isEnabled()
