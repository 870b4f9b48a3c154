"""The register page by keyboard: from the item to the receipt; bad input told beside its field; nothing typed lost."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable

import msgspec
import pytest
from banner import HERE, redraft, seeded, stands
from conftest import HERDER, Served, SetClock, full_draft, slow_disk, sync
from hand import until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from desk.centre.node import bodies
from desk.law.catalogue import load
from desk.store.snapshots import CaseQuery
from ui.pages.register import RegisterPage
from ui.pages.register_form import FormPart
from ui.tour import type_text
from ui.widgets.field import Field
from ui.widgets.line_list import Line, LineList
from ui.window import MainWindow

KEEP = os.environ.get("DAIBAN_PICTURES", "")  # a folder for pictures of the page
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow, settle: Callable[[], None]) -> RegisterPage:
    window.open("register")
    settle()
    found = window.page("register")
    assert isinstance(found, RegisterPage)
    return found


def child(page: QWidget, name: str) -> QWidget:
    found = page.findChildren(QWidget, name)
    assert found, name
    return found[-1]


def choose_item(page: RegisterPage, settle: Callable[[], None], keys: str = "zdshbz") -> None:
    type_text(page.finder.search, keys)
    QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
    settle()


def somebody_new(page: RegisterPage, settle: Callable[[], None], name: str = HERDER.name) -> None:
    type_text(page.finder.search, name)
    QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
    settle()


def fill(page: RegisterPage, settle: Callable[[], None]) -> None:
    choose_item(page, settle)
    somebody_new(page, settle)
    person = page.person.applicant
    for editor, text in ((person.number, HERDER.id_number), (person.phone, HERDER.phone)):
        type_text(editor, text)
    type_text(person.address, HERDER.address)
    type_text(child(page, "field-members"), "3")
    QTest.keyClick(child(page, "register-all-materials"), Qt.Key.Key_Space)
    settle()


def type_into_window(window: MainWindow, text: str) -> None:
    """Keys as they come from the keyboard: to whatever has the focus, or to nobody."""
    for char in text:
        QTest.keyClick(window.windowHandle(), char)


def papers() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if one.objectName() == "paper" and one.isVisible()]


def test_a_known_person_and_a_frequent_item_in_few_keys(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None], qtbot: object, tell: SetClock
) -> None:
    window.desk.register(full_draft(window.desk))
    tell.at += dt.timedelta(8)  # within a week it would be asked about
    settle()
    typed = 0
    choose_item(page, settle)
    assert page.item.task_code()
    assert page.findChild(QLabel, "register-proxy-note").text().startswith("可委托嘎查")
    assert "暂定" in page.findChild(QLabel, "register-promise").text()
    type_text(page.finder.search, "altqqg")
    QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
    settle()
    assert page.person.applicant.name.text() == HERDER.name
    type_text(child(page, "field-members"), "3")
    QTest.keyClick(child(page, "register-all-materials"), Qt.Key.Key_Space)
    typed += 4
    with qtbot.waitSignal(page.registered, timeout=5000) as told:
        QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    settle()
    assert typed + 2 <= 25
    assert window.desk.case(told.args[0]).row.applicant_name == HERDER.name
    assert not papers()  # no window over the page: the next herder is waiting
    assert page.receipt.isVisible()
    assert page.receipt.view.paper is not None
    assert "回执" in page.receipt.view.paper.title
    assert window.desk.count_cases(CaseQuery()) == 2
    assert page.item.task_code() == ""


def test_bad_input_is_told_beside_the_field_and_the_focus_goes_there(
    page: RegisterPage, settle: Callable[[], None]
) -> None:
    choose_item(page, settle)
    somebody_new(page, settle)
    person = page.person.applicant
    person.name.clear()
    type_text(person.number, "152523195603020028")
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    settle()
    assert "请填写姓名" in person.fields["name"].told.text()
    assert "校验" in person.fields["id_number"].told.text()
    assert "要改" in page.findChild(QLabel, "register-summary").text()
    assert QApplication.focusWidget() is person.name
    assert person.number.text().replace(" ", "") == "152523195603020028"
    assert page.desk.count_cases(CaseQuery()) == 0


def test_nothing_is_said_while_typing_only_when_the_field_is_left(
    page: RegisterPage, settle: Callable[[], None]
) -> None:
    choose_item(page, settle)
    somebody_new(page, settle)
    person = page.person.applicant
    person.name.clear()
    type_text(person.number, "15252319")
    assert person.fields["id_number"].problem() == ""
    person.phone.setFocus()
    settle()
    assert "18 位" in person.fields["id_number"].problem()
    assert person.fields["name"].problem() == ""


def test_the_number_tells_birthday_and_sex(page: RegisterPage, settle: Callable[[], None]) -> None:
    choose_item(page, settle)
    somebody_new(page, settle)
    type_text(page.person.applicant.number, HERDER.id_number)
    assert "女　1956-03-02 生" in page.person.applicant.fields["id_number"].told.text()


def test_a_pause_keeps_a_draft_and_it_comes_back(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    choose_item(page, settle)
    with qtbot.waitSignal(page.draft_kept, timeout=5000):
        somebody_new(page, settle, "那顺乌力吉")
        child(page, "material-kin-not-here").click()
        type_text(child(page, "material-kin-why"), "later")
    (row,) = window.desk.drafts()
    assert row.title == "那顺乌力吉"
    page._start_over(drop=False)
    page.show_draft(row.draft)
    assert page.person.applicant.name.text() == "那顺乌力吉"
    assert child(page, "material-kin-why").text() == "later"


def test_an_item_that_is_stopped_is_shown_with_the_reason_and_not_taken(
    page: RegisterPage, settle: Callable[[], None]
) -> None:
    choose_item(page, settle, "scglzdj")
    assert page.item.task_code() == ""
    assert "停止" in page.finder.problem()


def test_what_needs_the_person_says_so_first(page: RegisterPage, settle: Callable[[], None]) -> None:
    choose_item(page, settle, "hydj")
    assert "本人" in page.findChild(QLabel, "register-proxy-note").text()
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    settle()
    assert "须本人到场" in page.findChild(QLabel, "register-summary").text()


def test_the_case_page_tells_the_whole_story(window: MainWindow, settle: Callable[[], None]) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    sync(window.desk)
    window.open("case", intake_no=number)
    settle()
    said = "\n".join(label.text() for label in window.page("case").findChildren(QLabel))
    for part in ("代办点收件", "中心接收", "办件编号", "服务承诺", "法定", HERDER.name, "152523********0027"):
        assert part in said
    assert HERDER.id_number not in said
    assert HERDER.id_number not in window.windowTitle()


def test_an_item_chosen_again_takes_its_old_form_out_of_sight_at_once(
    page: RegisterPage, settle: Callable[[], None]
) -> None:
    choose_item(page, settle)
    old = [child(page, "field-members"), child(page, "material-kin")]
    assert all(one.isVisible() for one in old)
    page.item.choose(page.item.task_code())
    assert not any(one.isVisible() for one in old)


def test_what_is_typed_while_the_case_is_registered_becomes_no_second_draft(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    fill(page, settle)
    page.note.setFocus()
    with slow_disk(window.desk):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, CONTROL)
        type_into_window(window, "late")
        type_text(page.note, "later")
        qtbot.waitUntil(lambda: not page.keeper.waiting())
        window.open("today")
        window.open("register")
    settle()
    assert window.desk.count_cases(CaseQuery()) == 1
    assert window.desk.drafts() == ()
    assert page.note.toPlainText() == ""


def test_pressing_twice_registers_once(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    fill(page, settle)
    with slow_disk(window.desk):
        for _ in range(2):
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, CONTROL)
            page.submit()
        QTest.mouseClick(child(page, "register-submit"), Qt.MouseButton.LeftButton)
    settle()
    assert window.desk.count_cases(CaseQuery()) == 1
    assert window.desk.drafts() == ()


def test_after_a_refusal_the_page_is_free_and_the_focus_is_where_it_was(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    fill(page, settle)
    page.note.setFocus()
    draft = page.draft()
    window.desk.register(draft)  # as another window could have
    with slow_disk(window.desk):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, CONTROL)
        assert not page.note.isEnabled()
    settle()
    (told,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "error" and one.isVisible()]
    told.close()
    settle()
    assert window.desk.count_cases(CaseQuery()) == 1
    assert page.note.isEnabled()
    assert window.focusWidget() is page.note


def test_a_draft_opened_while_the_case_is_registered_is_shown_after(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    window.desk.save_draft(full_draft(window.desk, note="the other one"))
    (other,) = window.desk.drafts()
    fill(page, settle)
    with slow_disk(window.desk):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, CONTROL)
        window.open("today")
        window.open("register", draft=other.draft)
    settle()
    assert page.note.toPlainText() == "the other one"
    assert window.desk.count_cases(CaseQuery()) == 1
    assert [one.draft.id for one in window.desk.drafts()] == [other.draft.id]


@pytest.mark.parametrize("press", [QTest.mouseClick, QTest.mouseDClick])
def test_a_line_is_taken_with_the_mouse(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None], qtbot: object, press: Callable[..., None]
) -> None:
    """Others are put in its place while Qt still holds the line that was clicked."""
    window.desk.register(full_draft(window.desk))
    for text, taken in (("低保", page.item.task_code), (HERDER.name, page.person.is_said)):
        type_text(page.finder.search, text)
        qtbot.waitUntil(lambda: page.finder.list.count() in (1, 2, 3), timeout=5000)
        found = page.finder.list
        at = found.visualRect(found.model().index(0, 0)).center()
        place = found.viewport().mapTo(window, at)
        press(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        settle()
        assert taken()


def test_who_is_competent_here_is_told_with_the_item(
    page: RegisterPage, window: MainWindow, served: Served, settle: Callable[[], None]
) -> None:
    choose_item(page, settle)
    told = page.findChild(QLabel, "register-organ")
    assert not told.isVisible()  # no body is published
    seeded(served)
    redraft(served, msgspec.structs.replace(stands(served, HERE), enquiry_phone="0479-2511111"))
    bodies.publish(served.centre, "bian")
    sync(window.desk)
    page.item._change.click()
    choose_item(page, settle)
    if KEEP:
        page.grab().save(f"{KEEP}/register-organ.png")
    assert told.isVisible()
    assert told.text() == "承办机关：洪格尔苏木人民政府　0479-2511111"


def test_a_paper_that_follows_has_its_day(page: RegisterPage, window: MainWindow, settle: Callable[[], None]) -> None:
    """Beside the reason, by keyboard; it goes with the draft and the case."""
    fill(page, settle)
    assert child(page, "material-kin-until").isHidden()
    child(page, "material-kin").click()
    type_text(child(page, "material-kin-why"), "明天再来")
    window.activateWindow()
    child(page, "material-kin-why").setFocus()
    settle()
    QTest.keyClick(child(page, "material-kin-why"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is child(page, "material-kin-until")
    type_text(child(page, "material-kin-until"), "12-5")
    settle()
    if KEEP:
        page.grab().save(f"{KEEP}/register-until.png")
    draft = page.draft()
    page.show_draft(draft)
    assert child(page, "material-kin-until").text() == "12-5"
    number = window.desk.register(draft).intake_no
    missing = next(one for one in window.desk.case(number).case.materials if one.code == "kin")
    assert (missing.missing, missing.until) == ("明天再来", dt.date(2026, 12, 5))


def test_a_field_that_goes_with_its_form_says_nothing(qtbot: object) -> None:
    """The focus leaves it as it goes, when the form of another item stands there already."""
    with_form, other = (next(one for one in load.seed().items if bool(one.fields) is some) for some in (True, False))
    form = FormPart()
    qtbot.addWidget(form)
    form.show_item(with_form)
    field = form.findChild(Field)
    form.show_item(other)
    field.left.emit()
    assert form.values() == {}


def test_of_many_items_some_are_listed_and_the_rest_is_counted(page: RegisterPage) -> None:
    rows = page.desk.items()
    assert len(rows) > 60
    page.finder._found("", rows, ())
    assert page.finder.list.count() == 61
    assert str(len(rows) - 60) in page.finder.list.texts()[-1]
    assert page.finder.list.row() == 0


def test_what_was_used_of_late_comes_first_and_is_marked(page: RegisterPage) -> None:
    finder = page.finder
    first, later = (finder.list.texts()[at] for at in (0, 3))
    code = next(row.item.task_code for row in finder._rows.values() if later.startswith(row.item.item_name))
    assert finder.list.row() == 0
    finder.set_recent((code,))
    assert finder.list.texts()[:2] == [later, first]
    assert finder.list.row() == 0


def test_the_same_answer_once_more_leaves_the_line_that_was_gone_to(
    page: RegisterPage, settle: Callable[[], None]
) -> None:
    finder = page.finder
    type_text(finder.search, "证")
    until(lambda: finder._shown == "证", "the answer")
    assert finder.list.count() > 2
    QTest.keyClick(finder.search, Qt.Key.Key_Down)
    second = finder.list.key()
    finder._ask("证")  # as Enter and the moment after the last letter both ask
    settle()
    assert finder.list.key() == second
    type_text(finder.search, "件")
    until(lambda: finder._shown == "证件", "the next")
    assert finder.list.row() == 0


@pytest.mark.usefixtures("page")
def test_a_long_list_is_laid_out_as_far_as_one_goes() -> None:
    lines = LineList("many", "很多")
    lines.put([Line(f"第 {at} 行", at) for at in range(3_000)])
    assert lines.model().rowCount() < 100
    assert lines.choose(2_500)
    assert lines.key() == 2_500
    lines.put([Line("一行", 1)])
    assert lines.key() == 1
