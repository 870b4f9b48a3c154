"""What must hold for an item, at the window: beside the field, under the item, asked once, overruled with a reason."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from conftest import HERDER, full_draft, item_code
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desk.log.events import Person
from desk.store.snapshots import CaseQuery, Draft, DraftMaterial
from ui import tasks
from ui.look import i18n, theme
from ui.pages.register import RegisterPage
from ui.tour import type_text
from ui.widgets.ask import Ask
from ui.window import MainWindow

OLD_AGE, SUPPORT = "80 周岁以上老年人高龄津贴", "特困人员救助供养认定"


@pytest.fixture
def page(window: MainWindow, settle: Callable[[], None]) -> RegisterPage:
    window.open("register")
    settle()
    found = window.page("register")
    assert isinstance(found, RegisterPage)
    return found


def draft(page: RegisterPage, name: str, person: Person = HERDER) -> Draft:
    item = page.desk.item(item_code(page.desk, name))
    ticks = tuple(DraftMaterial(one.code, True, max(1, one.originals), one.copies) for one in item.materials)
    fields = {one.code: one.choices[0] if one.choices else "3" for one in item.fields}
    return full_draft(page.desk, person=person, task_code=item.task_code, materials=ticks, fields=fields)


def put(page: RegisterPage, settle: Callable[[], None], made: Draft) -> None:
    page.show_draft(made)
    page.keeper.keep()
    settle()
    settle()


def words(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    return found.text() if found.isVisible() else ""


def asked() -> Ask:
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Ask) and one.isVisible()]
    return found


def test_not_met_is_said_asked_and_overruled_by_keys(
    page: RegisterPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    put(page, settle, draft(page, OLD_AGE))
    page.submit()
    settle()
    assert "不符合“年满 80 周岁”，依据老年人权益保障法§33" in page.person.applicant.fields["id_number"].problem()
    box = asked()
    QTest.keyClick(box, Qt.Key.Key_Return)  # without a reason
    settle()
    assert box.isVisible()
    assert page.desk.count_cases(CaseQuery()) == 0
    reason = box.editor("overrule")
    assert isinstance(reason, QLineEdit)
    assert reason.hasFocus()
    type_text(reason, "旗里放宽到七十岁")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    settle()
    settle()
    (row,) = page.desk.cases(CaseQuery())
    assert page.desk.case(row.intake_no).case.collected.overruled[0].reason == "旗里放宽到七十岁"
    window.open("case", intake_no=row.intake_no)
    settle()
    shown = words(window.page("case"), "case-overruled-h2")
    assert "年满 80 周岁，依据老年人权益保障法§33" in shown
    assert shown.endswith("仍收件的原因：旗里放宽到七十岁")


def test_going_back_keeps_everything(page: RegisterPage, settle: Callable[[], None]) -> None:
    put(page, settle, draft(page, OLD_AGE))
    page.submit()
    settle()
    QTest.keyClick(asked(), Qt.Key.Key_Escape)
    settle()
    assert page.desk.count_cases(CaseQuery()) == 0
    assert page.person.applicant.name.text() == HERDER.name


def test_what_the_records_say_stands_under_the_item(page: RegisterPage, settle: Callable[[], None]) -> None:
    number = page.desk.register(full_draft(page.desk)).intake_no
    put(page, settle, draft(page, SUPPORT))
    assert words(page, "register-unmet").startswith("！ 不符合“没有同时享受最低生活保障”")
    assert f"收件号尾号 {number[20:]}" in words(page, "register-unmet")
    assert words(page, "register-to-ask") == ""


def test_what_nobody_knows_is_a_question_that_stops_nothing(page: RegisterPage, settle: Callable[[], None]) -> None:
    put(page, settle, draft(page, SUPPORT))
    assert words(page, "register-unmet") == ""
    assert words(page, "register-to-ask").startswith("？ 要问清：没有同时享受最低生活保障？")
    page.submit()
    settle()
    assert page.desk.count_cases(CaseQuery()) == 1
    assert words(page, "register-to-ask") == ""  # the next herder's page begins empty


def test_another_item_has_other_questions(page: RegisterPage, settle: Callable[[], None]) -> None:
    put(page, settle, draft(page, SUPPORT))
    put(page, settle, draft(page, "临时救助"))
    assert words(page, "register-to-ask") == ""


def test_a_late_answer_about_another_page_is_dropped(page: RegisterPage, settle: Callable[[], None]) -> None:
    page.show_draft(draft(page, SUPPORT))
    page.sense.look()
    page.sense.clear()
    assert tasks.wait_idle()
    settle()
    assert words(page, "register-to-ask") == ""


def test_in_english(page: RegisterPage, settle: Callable[[], None], qapp: QApplication) -> None:
    i18n.use(qapp, "en")
    put(page, settle, draft(page, SUPPORT))
    assert words(page, "register-to-ask").startswith("？ Please ask:")
    page.show_draft(msgspec.structs.replace(draft(page, OLD_AGE)))
    page.submit()
    settle()
    assert "Does not meet" in "".join(one.text() for one in asked().findChildren(QLabel))
    theme.apply(qapp)
