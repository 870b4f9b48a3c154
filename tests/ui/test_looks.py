"""Full numbers on the pages of people and cases: the telephone of an open case at a press, all else for a reason."""

from __future__ import annotations

from collections.abc import Callable

from conftest import HERDER, full_draft, item_code
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from test_pages import dialog, go, named

from desk.counter.asking.looks import What
from desk.log.events import Person, Proxy
from ui.tour import type_text
from ui.window import MainWindow

SON = Person("那顺乌力吉", "111", "152523198003020019", "13900000002", "二组")
Settle = Callable[[], None]


def words(window: MainWindow, name: str, label: str) -> str:
    found = named(window.page(name), label)
    assert isinstance(found, QLabel)
    return found.text()


def test_whoever_has_an_open_case_is_rung(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    number = desk.register(full_draft(desk, proxy=Proxy(SON, "子女"))).intake_no
    window.open("case", intake_no=number)
    settle()
    for label, masked, full in (
        ("case-phone", "139****0001", HERDER.phone),
        ("case-proxy-phone", "139****0002", SON.phone),
    ):
        assert words(window, "case", label) == masked
        go(named(window.page("case"), f"{label}-look"))
        settle()
        assert words(window, "case", label) == full
    person_id = desk.people.search("altqqg")[0].id
    window.open("people", person_id=person_id)
    settle()
    go(named(window.page("people"), "people-ring"))
    settle()
    assert words(window, "people", "people-phone") == HERDER.phone
    assert [(one.what, one.reasons) for one in desk.people.view(person_id).seen] == [(What.PHONE, "")] * 2


def test_a_visit_is_booked_with_the_number_that_is_masked(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    desk.register(full_draft(desk))
    window.open("register", person_id=desk.people.search("altqqg")[0].id, task_code=item_code(desk, "婚姻登记"))
    settle()
    settle()
    go(named(window.page("register"), "register-visit"))
    ask = dialog("visit")
    assert ask.values()["phone"] == "139****0001"
    QTest.keyClick(ask, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [one.booked.phone for one in desk.visits.booked()] == [HERDER.phone]
    dialog("paper").close()


def test_of_a_case_that_ended_a_reason_is_asked(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    number = desk.register(full_draft(desk)).intake_no
    desk.handling.act(number, "case.withdrawn", "不办了")
    window.open("case", intake_no=number)
    settle()
    go(named(window.page("case"), "case-phone-look"))
    settle()
    assert words(window, "case", "case-phone") == "139****0001"
    ask = dialog("reveal")
    type_text(ask.editor("why"), "通知领回材料")
    QTest.keyClick(ask, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert words(window, "case", "case-phone") == HERDER.phone
    seen = desk.people.view(desk.people.search("altqqg")[0].id).seen
    assert [(one.what, one.reasons) for one in seen] == [(What.PHONE, "通知领回材料")]
