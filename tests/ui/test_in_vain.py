"""What an agent types and finds nothing by: a word that was given up counts, the letters on the way to it do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ui.dialogs.township.counter_prints import CounterPrintsDialog
from ui.pages.guides import GuidesPage
from ui.pages.register import RegisterPage
from ui.tour import type_text
from ui.widgets.field import SearchBox
from ui.window import MainWindow

Settle = Callable[[], None]


def counted(window: MainWindow) -> dict[str, int]:
    return {word: one.times for word, one in window.desk.missed.counted().items()}


def asked(box: SearchBox, text: str, settle: Settle) -> None:
    """The whole word as it stands after `text` was typed and looked up."""
    box.setText(text)
    box.asked.emit(text)
    settle()


@pytest.fixture
def guides(window: MainWindow, settle: Settle) -> GuidesPage:
    window.open("guides")
    settle()
    found = window.page("guides")
    assert isinstance(found, GuidesPage)
    return found


@pytest.fixture
def register(window: MainWindow, settle: Settle) -> RegisterPage:
    window.open("register")
    settle()
    found = window.page("register")
    assert isinstance(found, RegisterPage)
    return found


def test_a_word_that_is_typed_on_and_given_up_counts_once(
    window: MainWindow, guides: GuidesPage, settle: Settle
) -> None:
    for text in ("嘎", "嘎嘎", "嘎嘎粮", "嘎嘎"):
        asked(guides.search, text, settle)
        assert counted(window) == {}
    asked(guides.search, "", settle)
    settle()
    assert counted(window) == {"嘎嘎粮": 1}
    asked(guides.search, "低保", settle)  # found
    asked(guides.search, "", settle)
    settle()
    assert counted(window) == {"嘎嘎粮": 1}


def test_enter_and_leaving_the_field_give_it_up(window: MainWindow, guides: GuidesPage, settle: Settle) -> None:
    window.activateWindow()
    guides.search.setFocus()
    type_text(guides.search, "网围栏")
    settle()
    asked(guides.search, "网围栏", settle)
    QTest.keyClick(guides.search, Qt.Key.Key_Return)
    settle()
    assert counted(window) == {"网围栏": 1}
    guides.search.setFocus()
    window.setFocus()
    settle()
    assert counted(window) == {"网围栏": 1}


def test_what_goes_on_to_an_item_was_not_in_vain(window: MainWindow, guides: GuidesPage, settle: Settle) -> None:
    asked(guides.search, "补补", settle)
    guides._vain.answered("补补低保", found=True)
    asked(guides.search, "", settle)
    settle()
    assert counted(window) == {}


def test_at_registration_a_name_that_was_meant_never_counts(
    window: MainWindow, register: RegisterPage, settle: Settle
) -> None:
    find = register.finder
    asked(find.search, "田补粮证", settle)
    QTest.keyClick(find.search, Qt.Key.Key_Return)  # somebody new
    settle()
    assert counted(window) == {}


def test_at_registration_a_matter_that_was_given_up_counts(
    window: MainWindow, register: RegisterPage, settle: Settle
) -> None:
    find = register.finder
    for text in ("巴特尔", "网围栏", "嘎嘎粮", "低保"):  # a name; what does not say that it is a matter; a matter
        asked(find.search, text, settle)
    settle()
    assert counted(window) == {"嘎嘎粮": 1}


def test_in_the_dialog_of_many_papers_too(window: MainWindow, guides: GuidesPage, settle: Settle) -> None:
    dialog = CounterPrintsDialog(guides, window.desk)
    dialog.open()
    box = dialog.findChild(QLineEdit, "prints-run-search")
    assert isinstance(box, SearchBox)
    asked(box, "嘎嘎粮", settle)
    asked(box, "", settle)
    settle()
    assert counted(window) == {"嘎嘎粮": 1}
    dialog.reject()
