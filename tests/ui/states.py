"""Every page in every state in which it offers something else, and how a person comes to it."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from all_dialogs import Office
from conftest import (
    CHEAP,
    HERDER,
    PASSWORD,
    POINT,
    POINT_NAME,
    SetClock,
    called,
    full_draft,
    item_code,
    move,
    slow_disk,
    sync,
)
from conftest import Served as Centre
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from desk.app import opening
from desk.counter.importing.preview import Choices
from desk.counter.rolls import RollDraft, RollLine
from desk.log.events import FileRef, Served
from desk.store.account import Account
from desk.store.snapshots import DraftMaterial, PaperOut
from ui.dialogs.paper_view import PaperDialog
from ui.login import LoginPage
from ui.window import MainWindow
from ui.wizard import STEPS, Wizard

_HOME = ("额尔德尼", "索布德")
_number = itertools.count()


class Room:
    """An office that is made again once its window was closed.

    `held` is what holds work up until something was pressed, `after` what goes once nothing is open any more.
    """

    def __init__(self, begin: Callable[[], Office], served: Centre, tell: SetClock, folder: Path) -> None:
        self._begin, self.served, self.tell, self.folder = begin, served, tell, folder
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


# -- cases -----------------------------------------------------------------------------------------------------------


def _shown(made: Office, number: str) -> QWidget:
    made.window.open("case", intake_no=number)
    made.settle()
    return made.page("case")


def _with_papers(made: Office, files: tuple[FileRef, ...]) -> str:
    """A case with a picture, a paper that was printed, and what was signed on it."""
    desk, draft = made.desk, full_draft(made.desk)
    first, *rest = draft.materials
    ticks = (msgspec.structs.replace(first, files=files), *rest)
    number = desk.register(msgspec.structs.replace(draft, materials=ticks)).intake_no
    desk.papers.receipt(number)
    paper = desk.case(number).papers[0]
    desk.papers.keep_signed(paper.sha256, files)
    return number


def _case(room: Room) -> QWidget:
    made = room.office()
    return _shown(made, room.case("with papers", lambda: _with_papers(made, made.files)))


def _lacking(room: Room) -> QWidget:
    made = room.office()
    draft = full_draft(made.desk)
    ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次带来"))
    lacking = msgspec.structs.replace(draft, materials=ticks)
    return _shown(made, room.case("lacking", lambda: made.desk.register(lacking).intake_no))


def _granted(room: Room, *more: str) -> str:
    """A case that the centre granted, and what was done here since."""

    def make() -> str:
        desk = room.whole().desk
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        move(room.served, number, "case.accepted", "case.granted", "case.returning")
        sync(desk)
        for kind in more:
            if kind == "case.served":
                desk.handling.serve(number, Served(recipient=HERDER.name, how="当面"))
            else:
                desk.handling.act(number, kind, "")
        return number

    return room.case(" ".join(("granted", *more)), make)


def _after(*more: str) -> Callable[[Room], QWidget]:
    return lambda room: _shown(room.office(), _granted(room, *more))


# -- the other pages -------------------------------------------------------------------------------------------------


def _page(key: str, **facts: object) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        made = room.office()
        made.window.open(key, **facts)
        made.settle()
        return made.page(key)

    return show


def _window(room: Room) -> QWidget:
    _page("today")(room)
    return room.office().window


def _today(room: Room) -> QWidget:
    """With a visit, a draft and something that is pressing."""
    made = room.office()
    desk = made.desk
    if not desk.visits.booked():
        desk.visits.book(HERDER.name, HERDER.phone, item_code(desk), desk.today_date() + dt.timedelta(1), "上午")
    desk.save_draft(full_draft(desk))
    if not desk.today().needs:
        _granted(room, "case.at_point")
    return _page("today")(room)


def _filled(room: Room) -> QWidget:
    """The register page with all that a case needs."""
    made = room.office()
    page = made.page("register")
    made.window.open("register")
    page._start_over()
    page.show_draft(full_draft(made.desk))
    made.settle()
    return page


def _for_visit(room: Room) -> QWidget:
    """An item that needs the person."""
    made = room.office()
    page = made.page("register")
    made.window.open("register")
    page._start_over()
    code = next(row.item.task_code for row in made.desk.items() if row.item.proxy_mode.value != "proxy")
    made.window.open("register", task_code=code)
    made.settle()
    return page


def _roll(room: Room) -> QWidget:
    made = room.office()
    page = _page("roll")(room)
    line = RollLine(HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address, {})
    code = item_code(made.desk)
    page.item.setCurrentIndex(page.item.findData(code))
    page.model.start(made.desk.item(code), [line], ())
    page.table.go(0)
    made.settle()
    return page


def _no_case(room: Room) -> QWidget:
    page = _page("cases", text="没有这个人")(room)
    room.after.callback(page.search.clear)
    return page


def _person(name: str) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        desk = room.office().desk
        found = next(one.id for one in desk.people.search(name) if one.name == name)
        return _page("people", person_id=found)(room)

    return show


def _guides(room: Room) -> QWidget:
    page = _page("guides")(room)
    for at in range(2):
        page.list.tick(at)
    return page


def _trips(room: Room) -> QWidget:
    """Something to send, an envelope of each state, a result that came back."""
    made = room.office()
    trips, desk = made.desk.trips, made.desk
    states = {one.state for one in trips.bundles()}
    for wanted in {"sealed", "handed"} - states:
        number = desk.register(full_draft(desk)).intake_no
        bundle = trips.seal("苏尼特左旗政务服务中心", (number,), "")
        if wanted == "handed":
            trips.hand_over(bundle.id, "巴图", "")
    desk.register(full_draft(desk))
    if not trips.results():
        _granted(room)
    return _page("trips")(room)


def _syncing(room: Room) -> QWidget:
    """While the disk lets nobody write, so that it goes on."""
    made = room.office()
    page = made.page("sync")
    made.window.open("sync")
    made.settle()
    room.held.enter_context(slow_disk(made.desk))
    page.start()
    return page


def _refused(room: Room) -> QWidget:
    """A step that the centre knew better about."""
    made = room.office()
    desk = made.desk
    if not desk.sync_status().refused:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        move(room.served, number, "case.accepted", "case.granted")
        desk.handling.act(number, "case.withdrawn", "不办了")
        sync(desk)
        sync(desk)
    return _page("sync")(room)


def _settings(room: Room) -> QWidget:
    made = room.office()
    page = _page("settings")(room)
    while not page._inner.updatesEnabled():
        made.settle()
    return page


def _alone(room: Room) -> QWidget:
    """The settings of a desk that no centre knows."""
    made, folder = room.office(), room.next_folder()
    opening.create_alone(folder, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=room.tell)
    window = MainWindow(opening.open_desk(folder, "suhe", PASSWORD, room.tell))
    window.show()
    room.after.callback(window.close)
    window.open("settings")
    made.settle()
    while not window.page("settings")._inner.updatesEnabled():
        made.settle()
    return window.page("settings")


# -- before there is a page ------------------------------------------------------------------------------------------


def _login(room: Room) -> QWidget:
    made = room.office()
    login = LoginPage(made.desk.folder, made.desk.agents.listed())
    return _beside(room, login)


def _beside(room: Room, made: QWidget) -> QWidget:
    made.show()
    made.activateWindow()
    room.after.callback(made.deleteLater)
    room.after.callback(made.close)
    room.office().settle()
    return made


def _broken(room: Room) -> QWidget:
    """A desk whose database cannot be read: its backups are offered."""
    made, folder = room.office(), room.next_folder()
    shutil.copytree(made.desk.folder, folder, dirs_exist_ok=True)
    (folder / "desk.db").write_bytes(b"no database" * 1000)
    login = _beside(room, LoginPage(folder, made.desk.agents.listed()))
    login.findChild(QLineEdit, "login-password").setText(PASSWORD)
    login.findChild(QPushButton, "login-go").click()
    made.settle()
    return login


def _locked(room: Room) -> QWidget:
    made = room.office()
    made.window.run("lock")
    made.settle()
    return made.window.root().currentWidget()


def _wizard(step: int) -> Callable[[Room], QWidget]:
    def show(room: Room) -> QWidget:
        folder = room.next_folder()
        wizard = _beside(room, Wizard(folder))
        if step == len(STEPS) - 1:
            agent = Account("suhe", "苏和")
            opening.create_alone(folder, POINT, POINT_NAME, agent, PASSWORD, cost=CHEAP, tell=room.tell)
            wizard.account.setText("suhe")
            wizard.password.setText(PASSWORD)
            wizard.opened.connect(lambda desk: room.after.callback(desk.close))
        wizard.go(step)
        room.office().settle()
        return wizard

    return show


def _paper_without_glyph(room: Room) -> QWidget:
    made = room.office()
    paper = made.desk.papers.receipt(made.view.case.intake_no)
    dialog = PaperDialog(made.window, PaperOut(paper.title, paper.filename, paper.pdf, paper.sha256, ("\ue863",)))
    dialog.open()
    made.settle()
    return dialog


STATES: dict[str, Callable[[Room], QWidget]] = {
    "window": _window,
    "today": _today,
    "register": _page("register"),
    "register, filled": _filled,
    "register, for a visit": _for_visit,
    "roll": _roll,
    "cases": _page("cases", text=""),
    "cases, none": _no_case,
    "case": _case,
    "case, something lacking": _lacking,
    "case, result on the way": _after(),
    "case, result here": _after("case.at_point"),
    "case, handed over": _after("case.at_point", "case.served"),
    "people": _person("额尔敦其其格"),
    "people, of a household": _person("额尔德尼"),
    "guides": _guides,
    "trips": _trips,
    "figures": _page("figures"),
    "sync": _refused,
    "sync, under way": _syncing,
    "settings": _settings,
    "settings, alone": _alone,
    "login": _login,
    "login, broken": _broken,
    "locked": _locked,
    "paper without a glyph": _paper_without_glyph,
    **{f"first start {step + 1}": _wizard(step) for step in range(len(STEPS))},
}
