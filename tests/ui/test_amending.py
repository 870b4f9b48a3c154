"""更正, who came for whom, what is asked before it is overwritten: in the window, by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from conftest import HERDER, SetClock, full_draft
from office import drawn
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QSpinBox, QWidget

from desk.log.events import Person, Proxy
from desk.store.snapshots import CaseQuery, DraftMaterial
from ui.dialogs.paper_view import PaperDialog
from ui.pages.register import RegisterPage
from ui.tour import type_text
from ui.widgets.ask import Ask
from ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SON = Person("那顺乌力吉", "111", "152523197108150018", "13900000002", "二组")
Settle = Callable[[], None]


def named(where: QWidget, name: str) -> QWidget:
    found = where.findChildren(QWidget, name)
    assert found, name
    return found[-1]


def asked(name: str) -> Ask:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible()]
    assert found, name
    assert isinstance(found[-1], Ask)
    return found[-1]


def papers() -> list[str]:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, PaperDialog) and one.isVisible()]
    for one in found:
        one.close()
    return [one.windowTitle() for one in found]


def press(where: QWidget, settle: Settle) -> None:
    where.setFocus()
    QTest.keyClick(where, Qt.Key.Key_Space)
    settle()


def confirm(ask: QDialog, settle: Settle) -> None:
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> RegisterPage:
    window.open("register")
    settle()
    found = window.page("register")
    assert isinstance(found, RegisterPage)
    return found


def fill(page: RegisterPage, settle: Settle, person: Person) -> None:
    type_text(page.finder.search, "zdshbz")
    QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
    settle()
    fields = page.person.applicant
    for editor, text in (
        (fields.name, person.name), (fields.number, person.id_number), (fields.phone, person.phone),
        (fields.address, person.address),
    ):  # fmt: skip
        type_text(editor, text)
    type_text(named(page, "field-members"), "3")
    press(named(page, "register-all-materials"), settle)


def submit(page: RegisterPage, settle: Settle) -> None:
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    settle()


def front(window: MainWindow) -> QWidget:
    found = QApplication.activeModalWidget() or window
    found.activateWindow()
    assert QTest.qWaitForWindowActive(found)
    return found


def test_a_wrong_telephone_is_put_right_in_at_most_6_keys(window: MainWindow, settle: Settle) -> None:
    """Counted from the open case: each key, with Alt or without, is one; what is typed counts apart."""
    desk = window.desk
    number = desk.register(full_draft(desk)).intake_no
    desk.papers.receipt(number)
    window.open("case", intake_no=number)
    settle()
    presses = 0
    for key, held, words in (
        (Qt.Key.Key_U, ALT, ""),  # 更正
        (Qt.Key.Key_P, ALT, "13911112222"),  # 电话: all of it is selected
        (Qt.Key.Key_R, ALT, "听错了"),  # 原因
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, ""),
    ):
        where = front(window)
        QTest.keyClick(where.focusWidget() or where, key, held)
        QTest.qWait(150)  # so long Qt shows a button pressed by its letter
        settle()
        presses += 1
        if words:
            type_text(front(window).focusWidget(), words)
    assert presses <= 6
    assert desk.case(number).case.collected.applicant.phone == "13911112222"
    assert ["更正后重出" in one for one in papers()] == [True]
    said = "\n".join(one.text() for one in window.page("case").findChildren(QLabel))
    assert "电话：139****0001 → 139****2222" in said
    assert "原因：听错了" in said


def test_several_values_are_put_right_with_one_reason(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    number = desk.register(full_draft(desk)).intake_no
    window.open("case", intake_no=number)
    settle()
    press(named(window.page("case"), "case-correct"), settle)
    ask = asked("case-correction")
    phone, copies = ask.editor("applicant.phone"), ask.editor("materials.form.copies")
    assert isinstance(phone, QLineEdit)
    assert isinstance(copies, QSpinBox)
    assert not ask.would_lose()
    phone.setText("12")
    assert named(ask, "case-correction-applicant.phone-told").text() == "原来：139****0001"
    copies.setValue(4)
    members = ask.editor("fields.members")
    assert isinstance(members, QLineEdit)
    members.setText("5")
    type_text(ask.editor("why"), "抄错了")
    confirm(ask, settle)
    assert "7 到 20" in named(ask, "case-correction-told").text()
    assert phone.hasFocus() or phone.property("wrong")
    phone.setText("13911112222")
    confirm(ask, settle)
    case = desk.case(number).case
    (told,) = [line.corrected for line in case.history if line.kind == "case.corrected"]
    assert told is not None
    assert [one.field for one in told.changes] == ["applicant.phone", "fields.members", "materials.form.copies"]
    assert told.reasons == "抄错了"
    assert case.collected.fields == {"members": "5"}
    papers()


def test_somebody_came_for_her_and_she_is_the_applicant(page: RegisterPage, window: MainWindow, settle: Settle) -> None:
    fill(page, settle, HERDER)
    press(page.person.by_proxy, settle)
    came = page.person.came
    for editor, text in ((came.name, SON.name), (came.number, SON.id_number), (came.phone, SON.phone)):
        type_text(editor, text)
    assert page.findChildren(QCheckBox, "material-on-behalf-letter")
    assert named(page, "material-form").isChecked()  # what was ticked stays
    submit(page, settle)
    assert "关系" in came.fields["relation"].problem()
    came.show_relation("子女")
    submit(page, settle)
    (row,) = window.desk.cases(CaseQuery())
    case = window.desk.case(row.intake_no).case
    assert row.applicant_name == HERDER.name
    assert case.collected.proxy is not None
    assert (case.collected.proxy.person.name, case.collected.proxy.relation) == (SON.name, "子女")
    papers()
    window.open("case", intake_no=row.intake_no)
    settle()
    assert named(window.page("case"), "case-proxy").text() == "那顺乌力吉（子女）"


def test_her_name_with_his_number_is_asked_about_and_his_record_stays(
    page: RegisterPage, window: MainWindow, settle: Settle
) -> None:
    desk = window.desk
    desk.register(full_draft(desk, 1, SON))
    before = desk.people.person(desk.people.search("nswlj")[0].id)
    fill(page, settle, Person(HERDER.name, "111", SON.id_number))
    submit(page, settle)
    ask = asked("asked")
    said = "\n".join(one.text() for one in ask.findChildren(QLabel))
    assert "册里：那顺乌力吉" in said
    assert "139****0002" in said
    ask.reject()
    settle()
    assert desk.count_cases(CaseQuery()) == 1
    assert page.person.applicant.name.text() == HERDER.name  # nothing typed is lost
    window.activateWindow()
    settle()
    submit(page, settle)
    ask = asked("asked")
    type_text(ask.editor("again"), "另一件")
    confirm(ask, settle)
    assert desk.count_cases(CaseQuery()) == 2
    assert desk.people.person(desk.people.search("nswlj")[0].id) == before
    papers()


def test_an_unknown_name_and_enter_take_nobody_who_only_sounds_alike(
    page: RegisterPage, window: MainWindow, settle: Settle
) -> None:
    window.desk.register(full_draft(window.desk))
    for wait in (False, True):  # before the list is there, and with it
        type_text(page.finder.search, "阿拉坦其木格")
        if wait:
            QTest.qWait(400)
            settle()
            assert "音近" in page.finder.list.texts()[-1]
        QTest.keyClick(page.finder.search, Qt.Key.Key_Return)
        settle()
        assert (page.person.applicant.name.text(), page.person.person_id()) == ("阿拉坦其木格", "")
        press(page.person.strip.other, settle)


def test_a_case_is_done_again_on_the_register_page(window: MainWindow, settle: Settle, tell: SetClock) -> None:
    desk = window.desk
    picture = desk.pictures.keep(drawn("teal"), "1.jpg")
    draft = full_draft(desk, proxy=Proxy(SON, "子女"))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies, files=(picture,)) for one in draft.materials)
    number = desk.register(full_draft(desk, proxy=Proxy(SON, "子女"), materials=ticks)).intake_no
    tell.at += dt.timedelta(300)
    window.open("case", intake_no=number)
    settle()
    press(named(window.page("case"), "case-again"), settle)
    page = window.page("register")
    assert isinstance(page, RegisterPage)
    again = page.draft()
    assert (again.applicant.name, again.fields, again.task_code) == (HERDER.name, draft.fields, draft.task_code)
    assert again.materials[0].files == (picture,)
    assert again.proxy is not None
    assert again.proxy.person.name == SON.name
    submit(page, settle)
    assert desk.count_cases(CaseQuery()) == 2
    papers()


def test_what_is_brought_later_is_counted_and_gets_its_paper(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    first = full_draft(desk).materials
    ticks = (*first[:-1], DraftMaterial(first[-1].code, missing="下次"))
    number = desk.register(full_draft(desk, materials=ticks)).intake_no
    window.open("case", intake_no=number)
    settle()
    press(named(window.page("case"), "case-supplement"), settle)
    ask = asked("case-brought")
    code = first[-1].code
    named(ask, f"material-{code}-originals").setValue(2)
    named(ask, f"material-{code}-copies").setValue(3)
    confirm(ask, settle)
    (came,) = desk.case(number).case.brought
    assert [(one.originals, one.copies, one.returned) for one in came.materials] == [(2, 3, False)]
    assert ["补正材料收件凭证" in one for one in papers()] == [True]
