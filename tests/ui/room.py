"""An office that is furnished with all that a page needs to offer what it can, and made again once it was closed."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from pathlib import Path

from all_dialogs import Office
from conftest import HERDER, PASSWORD, SetClock, called, full_draft, item_code
from conftest import Served as Centre
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from desk.counter.importing.preview import Choices
from desk.counter.rolls import RollDraft, RollLine
from ui.window import MainWindow

_HOME = ("额尔德尼", "索布德")
_number = itertools.count()


class Room:
    """An office that is made again once its window was closed.

    `held` is what holds work up until something was pressed, `after` what goes once nothing is open any more.
    """

    def __init__(self, begin: Callable[[], Office], served: Centre, tell: SetClock, folder: Path) -> None:
        self._begin, self.served, self.tell, self.folder = begin, served, tell, folder
        self.done: set[str] = set()  # what was prepared at the centre once
        self._made: Office | None = None
        self.after, self.held = contextlib.ExitStack(), contextlib.ExitStack()
        self._cases: dict[str, tuple[str, int]] = {}

    def office(self) -> Office:
        """The office, with its window open and its agent at it."""
        if self._made is None or not self._made.window.isVisible():
            self._made = self._begin()
            furnish(self._made, self.served)
        if self._made.window.lock.locked:
            unlock(self._made.window, self._made.settle)
        return self._made

    def current(self) -> MainWindow | None:
        """The window, open or closed."""
        return self._made.window if self._made is not None else None

    def whole(self) -> Office:
        """The office as it is now."""
        assert self._made is not None
        return self._made

    def settle(self) -> None:
        """Let work end."""
        self.whole().settle()

    def case(self, name: str, make: Callable[[], str]) -> str:
        """The number of a case that `make` made, as long as nothing happened to it; else of another."""
        number, length = self._cases.get(name, ("", 0))
        if not number or len(self.whole().desk.case(number).case.history) != length:
            number = make()
            self._cases[name] = number, len(self.whole().desk.case(number).case.history)
        return number

    def next_folder(self) -> Path:
        """A place that nothing was ever in."""
        place = self.folder / f"another-{next(_number)}"
        place.mkdir()
        return place


def unlock(window: MainWindow, settle: Callable[[], None]) -> None:
    """The agent is back."""
    page = window.root().currentWidget()
    who, line = page.findChild(QComboBox, "login-account"), page.findChild(QLineEdit, "login-password")
    who.setCurrentIndex(who.findData(window.desk.account.account))
    line.setText(PASSWORD)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle()


def furnish(made: Office, served: Centre) -> None:
    """What a page needs to offer all that it can: people alike, merged and of one household, another agent, a roll."""
    desk = made.desk
    if len(desk.agents.listed()) > 1:
        return
    desk.agents.add("bayar", "巴雅尔", PASSWORD)
    sheet = made.desk.folder / "花名册.csv"
    lines = [f"{name},{called(name).id_number},{_HOME[0]},一组" for name in _HOME]
    sheet.write_text("\n".join(("姓名,身份证号码,户主,组", *lines)), "utf-8")
    book = desk.imports.open(sheet, lambda _far: None, lambda: False)
    found = desk.imports.look_at_roster(book, Choices())
    desk.imports.take_roster(found, frozenset(), lambda _far: None, lambda: False)
    names = ("额尔敦其其格", "额尔登其其格", "额日敦其其格")
    for name in names:
        desk.register(full_draft(desk, person=called(name)))
    line = RollLine(HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address, {"members": "3"})
    desk.rolls.take(
        RollDraft(item_code(desk), "名册", desk.today_date().year, (line,), again="补录"),
        lambda _far: None,
        lambda: False,
    )
    first, _, third = (one.id for name in names for one in desk.people.search(name) if one.name == name)
    desk.people.merge(first, third, "户口本")
    desk.people.add_alias(first, "额尔敦")
    made.settle()
