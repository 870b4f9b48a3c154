"""The first start: five steps by Enter alone, the place among 14,592, the telephone, a code of another point."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import fits
import pytest
from conftest import PASSWORD, POINT, POINT_NAME, Served, full_draft, sync
from hand import Hand, focused, still, until
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from ui.app import Front
from ui.dialogs.paper_view import PaperDialog
from ui.look import i18n, theme
from ui.tour import type_text
from ui.window import MainWindow
from ui.wizard import CENTRE, DONE, PAPER, WHERE, WHO, Wizard

MOST = 12  # keys and clicks that are no text


@pytest.fixture
def front(tmp_path: Path, qtbot: object) -> Front:
    made = Front(tmp_path / "new")
    qtbot.addWidget(made.login)
    made.login.show()
    made.login.activateWindow()
    still()
    return made


@pytest.fixture
def wizard(front: Front) -> Wizard:
    assert isinstance(front.login, Wizard)
    return front.login


@pytest.fixture
def hand() -> Hand:
    return Hand()


def told(wizard: Wizard, name: str = "wizard-told") -> str:
    return wizard.findChild(QLabel, name).text()


def who_and_where(wizard: Wizard, hand: Hand, place: str = "洪格尔 乌日尼勒图") -> None:
    """The first two steps as a person goes through them, by Enter alone."""
    hand.type("苏和")
    hand.key()
    until(wizard.account.text, "an account out of the name")
    hand.key()
    for _ in range(2):
        hand.type(PASSWORD)
        hand.key()
    assert wizard.step() == WHERE
    hand.type(place)
    until(wizard.place.list.isVisible, "the list")
    hand.key()
    assert focused() is wizard.phone
    hand.type("0479-2520001")
    hand.key()


def test_without_a_centre_enter_goes_on_and_twelve_keys_are_enough(front: Front, wizard: Wizard, hand: Hand) -> None:
    assert focused() is wizard.name
    who_and_where(wizard, hand)
    assert (wizard.step(), focused().objectName()) == (PAPER, "wizard-next")
    hand.key()
    assert (wizard.step(), focused()) == (CENTRE, wizard.address)
    hand.key()
    until(lambda: wizard.step() == DONE, "the desk is made")
    summary = told(wizard, "wizard-summary")
    for words in (
        "乌日尼勒图嘎查便民代办点",
        "锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查",
        "0479-2520001",
        "还没有入网",
    ):
        assert words in summary
    hand.key()
    until(lambda: front.window is not None, "the window")
    assert hand.acts <= MOST, hand.acts
    assert len(hand.texts) == 5  # name, password twice, place, telephone: the account is made of the name
    window = front.window
    assert isinstance(window, MainWindow)
    assert (window.desk.office.phone, window.desk.identity.point_code) == ("0479-2520001", POINT)
    assert window.desk.account.account == "suhe"
    window.close()


def test_with_the_centres_code_twelve_keys_are_enough(front: Front, wizard: Wizard, hand: Hand, served: Served) -> None:
    who_and_where(wizard, hand, "wrnlt snt")
    hand.key()
    hand.type(served.address)
    hand.key()
    assert focused() is wizard.code
    hand.type(enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    hand.key()
    until(lambda: wizard.step() == DONE, "the desk is made")
    assert "已入网" in told(wizard, "wizard-summary")
    hand.key()
    until(lambda: front.window is not None, "the window")
    assert hand.acts <= MOST, hand.acts
    desk = front.window.desk
    assert isinstance(desk, Desk)
    assert (desk.office.enrolled, desk.office.phone, desk.identity.node) == (True, "0479-2520001", f"{POINT}-01")
    front.window.close()


def test_where_the_point_has_a_past_it_is_told_what_waits_and_why(
    wizard: Wizard, hand: Hand, served: Served, make_desk: Callable[..., Desk]
) -> None:
    there = make_desk("there")
    there.register(full_draft(there))
    sync(there)
    who_and_where(wizard, hand, "wrnlt snt")
    hand.key()
    hand.type(served.address)
    hand.key()
    hand.type(enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    hand.key()
    until(lambda: wizard.step() == DONE, "the desk is made")
    said = told(wizard, "wizard-summary")
    assert "证件号码和电话" in said
    assert "点“同意”" in said
    assert "新收的件现在就能办" in said
    if folder := os.environ.get("DAIBAN_PICTURES"):
        wizard.grab().save(f"{folder}/past-wizard.png")


def test_a_code_of_another_point_is_told_before_anything_is_written(
    wizard: Wizard, hand: Hand, served: Served, tmp_path: Path
) -> None:
    who_and_where(wizard, hand)
    hand.key()
    hand.type(served.address)
    hand.key()
    hand.type(enrolment.enrol_code(served.centre, "152523202201", "洪格尔便民代办点"))
    hand.key()
    until(lambda: "洪格尔便民代办点" in told(wizard), "it is told whose code it is")
    assert "没有用掉" in told(wizard)
    assert (wizard.step(), focused()) == (CENTRE, wizard.code)
    assert not (tmp_path / "new").exists()
    wizard.code.selectAll()
    hand.type(enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    hand.key()
    until(lambda: wizard.step() == DONE, "the desk is made")
    opening.open_desk(tmp_path / "new", "suhe", PASSWORD).close()


def test_a_wrong_code_is_told_in_the_page(wizard: Wizard, hand: Hand, served: Served, tmp_path: Path) -> None:
    who_and_where(wizard, hand)
    hand.key()
    hand.type(served.address)
    hand.key()
    hand.type("WRONG-CODE1234")
    hand.key()
    until(lambda: told(wizard), "something is told")
    assert "4/5" in told(wizard, "wizard-step")
    assert not (tmp_path / "new").exists()
    wizard.code.clear()
    wizard.forward()
    assert "要一起填" in told(wizard)


def test_what_is_wrong_is_said_and_gone_to(wizard: Wizard, hand: Hand) -> None:
    for typed, words, where in (
        ("", "姓名", wizard.name),
        ("苏和", "密码至少", wizard.password),
        (PASSWORD, "不一样", wizard.again),
    ):
        if typed:
            hand.type(typed)
            focused().editingFinished.emit()
            until(lambda: not wizard.name.text() or wizard.account.text(), "an account")
        wizard.forward()
        assert words in told(wizard)
        assert focused() is where
    hand.type(PASSWORD)
    hand.key()
    assert (wizard.step(), told(wizard)) == (WHERE, "")
    wizard.forward()
    assert "选出" in told(wizard)
    assert focused() is wizard.place.search
    hand.click(wizard._back)
    assert wizard.step() == WHO


def test_enter_before_the_list_takes_no_place_but_the_only_one(wizard: Wizard, hand: Hand) -> None:
    wizard.go(WHERE)
    choice = wizard.place
    type_text(choice.search, "洪格尔")
    QTest.keyClick(choice.search, Qt.Key.Key_Return)  # nobody has seen an answer yet
    until(choice.list.isVisible, "the list")
    assert choice.place is None
    assert not wizard.phone.isVisible()
    hand.key(Qt.Key.Key_Down)
    second = choice.list.texts()[1]
    hand.key()
    assert choice.full_name() == second
    assert wizard.phone.isVisible()
    choice.search.setFocus()
    choice.search.selectAll()
    hand.type("没有这个地方")
    until(lambda: "没有找到" in told(wizard, "wizard-place"), "it is said that there is none")
    assert choice.place is None
    choice.search.selectAll()
    type_text(choice.search, "152523202202")
    QTest.keyClick(choice.search, Qt.Key.Key_Return)
    until(lambda: choice.place is not None, "the only one is taken")
    assert choice.place.code == POINT
    choice.search.setFocus()
    choice.search.selectAll()
    hand.type("洪格尔")
    until(choice.list.isVisible, "the list again")
    assert choice.place is None
    hand.click_line(choice.list, 2)
    assert choice.full_name() == choice.list.texts()[2]
    assert "已选" in told(wizard, "wizard-place")


def test_an_answer_that_comes_twice_leaves_the_line_that_was_gone_to(wizard: Wizard, hand: Hand) -> None:
    wizard.go(WHERE)
    choice = wizard.place
    type_text(choice.search, "洪格尔")
    until(choice.list.isVisible, "the list")
    still()
    hand.key(Qt.Key.Key_Down)
    second = choice.list.texts()[1]
    choice._find("洪格尔")  # as Enter and the moment after the last letter both ask
    still()
    hand.key()
    assert choice.full_name() == second


def test_the_printers_test_page_before_there_is_a_desk(wizard: Wizard, hand: Hand) -> None:
    wizard.go(PAPER)
    wizard.test_page()
    still()
    (paper,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, PaperDialog) and one.isVisible()]
    assert paper.windowTitle() == "打印机测试页"
    paper.close()


SCREENS = [*fits.matrix(), *(fits.Case(screen, scale, size, "light", "zh")
           for screen, scale in ((QSize(1366, 768), 1.5), (QSize(1280, 720), 1.0)) for size in fits.TYPES)]  # fmt: skip


@pytest.mark.parametrize("case", SCREENS, ids=str)
def test_every_step_fits(qapp: QApplication, qtbot: object, tmp_path: Path, case: fits.Case) -> None:
    theme.apply(qapp, case.mode, theme.SCALES[case.size])
    i18n.use(qapp, case.language)
    wizard = Wizard(tmp_path / "none")
    qtbot.addWidget(wizard)
    wizard.resize(case.room())
    wizard.show()
    wrong = []
    for step in range(5):
        wizard.go(step)
        if step == WHERE:
            type_text(wizard.place.search, "洪格尔")
            until(wizard.place.list.isVisible, "the list")
            wrong += [f"{case} list: {one}" for one in fits.problems(wizard, case.room())]
            QTest.keyClick(wizard.place.search, Qt.Key.Key_Return)
        wizard._tell("入网码是给另一个代办点“洪格尔便民代办点”（152523202201）的。没有改动，入网码没有用掉。")
        still()
        wrong += [f"{case} {step}: {one}" for one in fits.problems(wizard, case.room())]
    assert not wrong, "\n".join(sorted(set(wrong)))
