"""What people paste and scan into the register page's own fields: set right where it is left, offered, or told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import HERDER, full_draft, item_code
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from test_pages import dialog

from desk.counter.asking.looks import What
from desk.words import tidying
from ui.pages.register import RegisterPage
from ui.tour import type_text
from ui.widgets.number_line import NumberLine
from ui.window import MainWindow

Settle = Callable[[], None]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> RegisterPage:
    window.open("register")
    settle()
    found = window.page("register")
    assert isinstance(found, RegisterPage)
    found.item.choose(item_code(window.desk))
    return found


def pasted(edit: QLineEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    edit.setFocus()
    edit.paste()


PASTED = [
    ("name", "阿拉坦\u200b其其格\ufeff", "阿拉坦其其格", "U+200B"),
    ("name", "阿拉坦　其其格", "阿拉坦其其格", "空格"),
    ("name", "王\ue863", "王䶮", "U+E863"),
    ("name", "⻢\u2f2d", "马山", "已改成“马”"),
    ("name", "王\ue000", "王\ue000", "U+E000"),
    *(("name", f"阿卜{dot}杜拉", "阿卜·杜拉", "间隔号") for dot in tidying.DOTS),
    ("id_number", "１５２５２３１９５６０３０２００２７", "152523 19560302 0027", "1956-03-02"),
    ("id_number", "\u202d152523195603020027\u202c", "152523 19560302 0027", "1956-03-02"),
    ("id_number", "152523-19560302-0027", "152523 19560302 0027", "1956-03-02"),
    ("id_number", "15252319560302OO27", "152523 19560302 OO27", "“O”"),
    ("id_number", "11010120170210193ｘ", "110101 20170210 193X", "2017-02-10"),
    ("phone", "１３９０００００００１", "13900000001", "13900000001"),
    ("phone", "139 0000 0001 / 0479-4212345", "13900000001", "没有取：0479-4212345"),
    ("phone", "（0479）4212345", "0479-4212345", "0479-4212345"),
    ("phone", "1390000000l", "1390000000l", "“l”"),
    ("address", "满都拉图镇 ⽩音\u200b嘎查", "满都拉图镇 白音嘎查", "“白”"),
]


def test_it_is_set_right_or_told_by_its_character(page: RegisterPage, settle: Settle) -> None:
    person = page.person.applicant
    for field, text, right, told in PASTED:
        edit = getattr(person, {"id_number": "number"}.get(field, field))
        edit.clear()
        page.note.setFocus()
        settle()
        assert person.fields[field].told.text() != told  # of the one before
        pasted(edit, text)
        page.note.setFocus()
        settle()
        assert edit.text() == right, (field, text)
        assert told in person.fields[field].told.text(), (field, text)


def test_days_are_written_as_people_do(page: RegisterPage, window: MainWindow, settle: Settle) -> None:
    code, field = next(
        (row.item.task_code, field.code)
        for row in window.desk.items()
        for field in row.item.fields
        if field.kind == "date"
    )
    page.item.choose(code)
    edit = page.findChildren(QWidget, f"field-{field}")[-1]
    assert isinstance(edit, QLineEdit)
    for text in ("2026年11月24日", "2026.11.24", "２０２６－１１－２４", "20261124"):
        edit.clear()
        pasted(edit, text)
        page.note.setFocus()
        settle()
        assert edit.text() == "2026-11-24", text
        assert page.draft().fields == {field: "2026-11-24"}, text


def test_fifteen_digits_are_taken_as_eighteen_at_a_key(page: RegisterPage, settle: Settle) -> None:
    number = page.person.applicant.number
    type_text(number, "152523560302002")
    QTest.keyClick(number, Qt.Key.Key_F6)
    page.note.setFocus()
    settle()
    assert number.text() == "152523 19560302 0027"
    assert page.person.applicant.fields["id_number"].problem() == ""


class TestNumbersOfWhoIsKnown:
    """Nobody's full number stands on the page unasked, and what is kept is the full one all the same."""

    @pytest.fixture
    def line(self, page: RegisterPage, window: MainWindow, settle: Settle) -> NumberLine:
        window.desk.register(full_draft(window.desk))
        page.person.choose(window.desk.people.search("altqqg")[0].id)
        settle()
        return page.person.applicant.number

    def test_it_is_masked_and_kept(self, page: RegisterPage, line: NumberLine, settle: Settle) -> None:
        assert line.text() == "152523********0027"
        assert page.person.applicant.phone.text() == "139****0001"
        assert (page.draft().applicant.id_number, page.draft().applicant.phone) == (HERDER.id_number, HERDER.phone)
        assert "1956-03-02" in page.person.applicant.fields["id_number"].told.text()
        line.setFocus()
        page.note.setFocus()
        settle()
        assert line.text() == "152523********0027"
        assert page.draft().applicant_id

    def test_it_is_shown_for_a_reason(self, page: RegisterPage, line: NumberLine, settle: Settle) -> None:
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_F6)
        settle()
        ask = dialog("reveal")
        QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
        settle()
        assert "原因" in "".join(one.text() for one in ask.findChildren(QLabel) if one.isVisible())
        type_text(ask.editor("why"), "核对证件")
        QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
        settle()
        assert line.text() == "152523 19560302 0027"
        seen = page.desk.people.view(page.draft().applicant_id).seen
        assert [(one.what, one.reasons) for one in seen] == [(What.ID_NUMBER, "核对证件")]

    def test_the_telephone_of_an_open_case_is_shown_at_once(
        self, page: RegisterPage, line: NumberLine, settle: Settle
    ) -> None:
        phone = page.person.applicant.phone
        phone.setFocus()
        QTest.keyClick(phone, Qt.Key.Key_F6)
        settle()
        assert (phone.text(), line.text()) == (HERDER.phone, "152523********0027")
        assert [one.what for one in page.desk.people.view(page.draft().applicant_id).seen] == [What.PHONE]

    @pytest.mark.parametrize("at", [0, 5, 11])
    def test_what_is_typed_takes_its_place(self, page: RegisterPage, line: NumberLine, at: int) -> None:
        phone = page.person.applicant.phone
        phone.setFocus()
        phone.setCursorPosition(at)
        QTest.keyClicks(phone, "13911112222")
        assert page.draft().applicant.phone == "13911112222"
        QTest.keyClick(line, Qt.Key.Key_Backspace)
        assert page.draft().applicant.id_number == ""
        assert page.draft().applicant_id == ""


def test_an_organisation_has_somebody_who_answers_for_it(page: RegisterPage, settle: Settle) -> None:
    page.finder.person_new.emit("牧民合作社")
    page.item.choose(item_code(page.desk))
    settle()
    person = page.person.applicant
    field = person.fields["representative"]
    assert not field.isVisible()
    pasted(person.number, "91350100M000100Y43")
    page.note.setFocus()
    settle()
    assert "统一社会信用代码（单位）" in person.fields["id_number"].problem()
    person.kind.setCurrentIndex(person.kind.findData("001"))
    person.number.setFocus()
    page.note.setFocus()
    settle()
    assert field.isVisible()
    assert person.fields["id_number"].problem() == ""
    pasted(person.representative, "巴图\u200b孟克")
    page.note.setFocus()
    settle()
    assert page.draft().applicant.representative == "巴图孟克"
    kept = page.draft()
    page.person.clear()
    assert not field.isVisible()
    page.show_draft(kept)
    assert (field.isVisible(), person.representative.text()) == (True, "巴图孟克")
