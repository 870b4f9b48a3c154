"""The main window: navigation at the left, who and what waits at the top, one page at a time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.counter.office.office_settings import Settings
from desk.counter.office.unprinted import Unprinted
from desk.errors import DamagedDeskError
from desk.store.account import Account
from ui import actions, messages, tasks
from ui.automatic import Automatic, HallEar
from ui.changes import Changes
from ui.devices import print_queue, printers
from ui.devices.print_keeping import PrintKeeping
from ui.dialogs.lock import Lock
from ui.header import Header
from ui.keeping.safekeeping import Safekeeping
from ui.look import place, reading_order, theme
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.navigation import Side, SideButton
from ui.operations import Operation
from ui.widgets.field import SearchBox
from ui.widgets.page import Page, around

_LEAST = (480, 320)  # pixels: 1366 x 768 at 200 % has 683 x 384 of them, less a task bar
_QUIET = 1500  # ms after which the pages that everybody comes to are loaded; each of the others takes less than 10
_NARROW = 150  # units of width below which the navigation has no words
_PRINTING = 4.0  # seconds that closing waits for what is being printed
# Pages are imported when they are first shown: the window stands sooner.
_PAGES = {
    "today": ("ui.pages.today", "TodayPage"),
    "register": ("ui.pages.register", "RegisterPage"),
    "roll": ("ui.pages.roll", "RollPage"),
    "cases": ("ui.pages.cases", "CasesPage"),
    "case": ("ui.pages.case", "CasePage"),
    "villages": ("ui.pages.villages", "VillagesPage"),
    "hall": ("ui.pages.hall", "HallPage"),
    "people": ("ui.pages.people", "PeoplePage"),
    "guides": ("ui.pages.guides", "GuidesPage"),
    "trips": ("ui.pages.trips", "TripsPage"),
    "figures": ("ui.pages.figures", "FiguresPage"),
    "sync": ("ui.pages.sync", "SyncPage"),
    "settings": ("ui.pages.settings.page", "SettingsPage"),
}


class MainWindow(QMainWindow):
    """The window, and the shell that pages ask."""

    def __init__(
        self,
        desk: Desk,
        closed: Callable[[], None] | None = None,
        seats: dict[str, MainWindow] | None = None,
        lock: Lock | None = None,
    ) -> None:
        """`seats`: the windows of the agents who came in since the desk was opened, by account; `lock`: the one that
        this window is locked with, where another window has it."""
        super().__init__()
        self.desk, self._closed = desk, closed
        self._seats = seats if seats is not None else {}
        self._seats[desk.account.account] = self
        self._said: tuple[str, tuple[tuple[str, Callable[[], None]], ...]] | None = None
        self.setObjectName("main")
        self.setMinimumSize(*_LEAST)
        place.restore(self)
        self._pages: dict[str, Page] = {}
        self._facts: dict[str, Any] = {}
        self._practice: MainWindow | None = None
        self._shown, self._closing = "", False
        self.safe = Safekeeping(desk, self)
        self.automatic = Automatic(desk, self, self)
        self.hall = HallEar(desk, self, self)
        self._lay()
        self._add_keys()
        self.lock = lock or Lock(self)
        tasks.door().unhandled = self._unhandled
        theme.theme.changed.connect(self.update)
        self.open("today")
        self._look_around()
        tasks.read(self, desk.office_book.settings, self._settled)
        self._prints = PrintKeeping(self, str(desk.folder), desk.unprinted, self._print_again)
        self._prints.offered.connect(self._prints_left)
        QTimer.singleShot(_QUIET, self, lambda: self._warm(("register", "case")))

    def _lay(self) -> None:
        practice = self.desk.office.practice
        self.setWindowTitle(
            f"{tr('代办台')} — {self.desk.office.point_name}" + (f" — {tr('练习')}" if practice else "")
        )
        whole = QWidget()
        self._pages_in: dict[str, QWidget] = {}
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._side = Side([SideButton(action) for action in self._shown_pages()], self.open)
        self._side.astray.connect(lambda: self.page(self._shown).setFocus())
        line.addWidget(self._side)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._stack = QStackedWidget()
        self._header = Header(self.desk, lambda: self.open("sync"))
        right.addWidget(self._header)
        right.addWidget(self._stack, 1)
        line.addLayout(right, 1)
        self._side.narrow(self.width() < unit() * _NARROW)
        self._root = QStackedWidget()
        self._root.addWidget(whole)
        self.setCentralWidget(self._root)

    def _warm(self, keys: tuple[str, ...]) -> None:
        """Load pages' modules one by one in quiet moments, here: Qt's types are not for other threads to make."""
        if keys and not self._closing:
            importlib.import_module(_PAGES[keys[0]][0])
            QTimer.singleShot(_QUIET // 20, self, lambda: self._warm(keys[1:]))

    def _shown_pages(self) -> tuple[actions.Action, ...]:
        return actions.pages(township=self.desk.villages.has_any, hall=True)

    # -- keys -----------------------------------------------------------------------------------------------------

    def _add_keys(self) -> None:
        for action in (*self._shown_pages(), *actions.OTHERS):
            if action.key == "submit":
                continue  # belongs to the register page
            made = QAction(self)
            made.setObjectName(f"key-{action.key}")
            made.setShortcut(QKeySequence(action.shortcut))
            made.triggered.connect(lambda _checked=False, key=action.key: self.run(key))
            self.addAction(made)

    def run(self, key: str) -> None:
        """Do what an action of the registry says; while the window is locked nothing but closing it."""
        if self.lock.locked and key != "quit":
            return
        acts: dict[str, Callable[[], Any]] = {
            "commands": self._show_commands,
            "keys": self._show_keys,
            "find": self._find,
            "again": lambda: self.changed(Changes.ALL),
            "check": self._check,
            "han": self._han,
            "undo": lambda: messages.undo(self),
            "backup": self.safe.backup,
            "lock": self.lock.lock,
            "quit": self.close,
            "sync": lambda: self.open("sync", now=True),
        }
        acts.get(key, lambda: self.open(key))()

    def _show_keys(self) -> None:
        from ui.dialogs.keys_dialog import KeysDialog

        KeysDialog(self, self._shown).open()

    def _show_commands(self) -> None:
        from ui.command_box import CommandBox

        CommandBox(self, self.desk, self.run, self.open).open()

    def _check(self) -> None:
        from ui.dialogs.check_dialog import CheckDialog

        CheckDialog(self, self.desk, lambda number: self.open("case", intake_no=number)).open()

    def _han(self) -> None:
        from ui.dialogs.han_dialog import HanDialog

        HanDialog(self).open()

    def _find(self) -> None:
        page = self._pages.get(self._shown)
        found = [one for one in page.findChildren(QLineEdit) if one.isVisible()] if page else []
        boxes = [one for one in found if isinstance(one, SearchBox)]
        if boxes:
            boxes[0].setFocus()
            boxes[0].selectAll()

    # -- settings, and what was left to print ---------------------------------------------------------------------

    def _settled(self, settings: Settings) -> None:
        printers.choose(settings.printers, settings.roll_device)
        self.lock.minutes = 0 if self.desk.office.practice else settings.lock_minutes

    def _print_again(self, paper: Unprinted, where: str) -> print_queue.Work:
        from ui.dialogs.paper_print import left_over

        return left_over(self.desk, paper, where)

    def _prints_left(self, count: int) -> None:
        self.toast(f"上次关闭时有 {count} 份没有印出。", ("打印队列", self._show_prints))

    def _show_prints(self) -> None:
        from ui.dialogs.prints_dialog import PrintsDialog

        PrintsDialog(self).open()

    # -- the shell ------------------------------------------------------------------------------------------------

    def open(self, key: str, **facts: Any) -> None:
        """Go to a page; it is made at the first visit. `practice` opens a window, `again` makes all pages anew."""
        if key == "practice":
            self._open_practice()
            return
        if key == "again":
            self._start_again()
            return
        if self._shown and self._shown != key:
            self._pages[self._shown].leave()
        messages.clear(self)
        page = self._pages.get(key) or self._make(key)
        self._shown, self._facts = key, facts
        self._stack.setCurrentWidget(self._pages_in[key])
        self._side.mark("cases" if key == "case" else key)
        page.activate(**facts)

    def _make(self, key: str) -> Page:
        module, name = _PAGES[key]
        page: Page = getattr(importlib.import_module(module), name)(self.desk, self)
        self._pages[key] = page
        self._pages_in[key] = around(page, f"window-{key}")
        self._stack.addWidget(self._pages_in[key])
        QTimer.singleShot(0, page, lambda: reading_order.follow(page))
        return page

    def _start_again(self) -> None:
        """Another language: everything is laid anew and the same page shown."""
        key, facts = self._shown, {name: fact for name, fact in self._facts.items() if name == "intake_no"}
        self._pages[key].leave()
        tasks.wait_idle()
        self._pages, self._shown = {}, ""
        self._lay()
        self.open(key, **facts)
        self._look_around()

    def _open_practice(self) -> None:
        if self._practice is not None:
            self._practice.activateWindow()
            return

        def work() -> Desk:
            from desk.app.practice import open_practice

            return open_practice(self.desk.folder, self.desk.office, self.desk.account)

        Operation(self, work, shell=self).success(self._practise).run_beside()

    def _practise(self, desk: Desk) -> None:
        def closed() -> None:
            self._practice = None
            tasks.door().unhandled = self._unhandled

        self._practice = MainWindow(desk, closed, lock=self.lock)
        self._practice.show()

    def practice_window(self) -> MainWindow | None:
        """The window of practice, while it is open."""
        return self._practice

    def page(self, key: str) -> Page:
        """A page, made when it is not there yet."""
        return self._pages.get(key) or self._make(key)

    def toast(self, text: str, *acts: tuple[str, Callable[[], None]]) -> None:
        """Say that something is done; of a locked window, once it is open again."""
        if self.lock.locked:
            self._said = text, acts
        else:
            messages.toast(self, text, acts)

    def _unhandled(self, owner: QObject, error: Exception) -> None:
        """What went wrong beside a window that is gone meanwhile has nobody left to be told."""
        if shiboken6.isValid(self):
            self.error(error)
        else:
            tasks.logged(owner, error)

    def error(self, what: Exception) -> None:
        """Tell what went wrong; where the database is damaged, offer the way back at once."""
        if isinstance(what, DamagedDeskError) and not self.desk.office.practice:
            self.safe.offer_way_back()
        else:
            messages.error(self, what)

    def changed(self, what: Changes) -> None:
        """The header looks again, and the page that is shown if that concerns it; the others do when they are shown."""
        self._look_around()
        if what & Changes.SETTINGS:
            tasks.read(self, self.desk.office_book.settings, self._settled)
        page = self._pages.get(self._shown)
        if page is not None:
            page.heard(what)

    def _look_around(self) -> None:
        """What stands around the page, which looks by itself when it is opened."""
        self._header.look()
        self._side.allow("hall", yes=self.desk.session.has_siblings)
        self.automatic.soon()

    def sync_words(self) -> str:
        """What the header says of sync."""
        return self._header.words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the navigation is its drawings."""
        super().resizeEvent(event)
        self._side.narrow(self.width() < unit() * _NARROW)

    # -- locked, and another agent's turn -----------------------------------------------------------------------

    def root(self) -> QStackedWidget:
        """What holds the pages, and the login page over them."""
        return self._root

    def widget(self) -> QWidget:
        """The window itself."""
        return self

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001 - a fact, not a switch
        """Keys count no more, or again; what was said meanwhile is said now."""
        for action in self.actions():
            action.setEnabled(not locked or action.objectName() == "key-quit")
        if locked:
            messages.clear(self)
        elif self._said is not None:
            (text, acts), self._said = self._said, None
            messages.toast(self, text, acts)
        if not locked:
            self.safe.came_in()

    def change_agent(self, account: Account) -> None:
        """Another agent's turn: their own window, as they left it. This one stays locked, out of sight."""
        other = self._seats.get(account.account) or MainWindow(self.desk.for_agent(account), self._closed, self._seats)
        self.automatic.stop()
        other.setGeometry(self.geometry())
        other.setWindowState(self.windowState())
        other.take_turn()
        self.hide()
        self.lock.wait()

    def take_turn(self) -> None:
        """This window's agent is at the desk."""
        tasks.door().unhandled = self._unhandled
        self.show()
        self.activateWindow()
        self.lock.open()
        self.automatic.begin()
        Operation(self, self.desk.catch_up, Changes.ALL, self).run_beside()

    def _put_away(self) -> None:
        """Keep what was typed, also in the field that has the focus; nothing begins any more."""
        self._closing = True
        self.safe.stop()
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self.automatic.stop()
        self.hall.stop()
        if self._practice is not None:
            self._practice.close()
        if self._shown:
            self._pages[self._shown].leave()

    def _rest(self) -> None:
        """What was put off, as a search a moment after the last key, would find the desk closed."""
        for timer in self.findChildren(QTimer):
            timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed, here and in the windows of those who came before, let work end, close the desk."""
        if not self.desk.office.practice:
            place.keep(self)
        for one in self._seats.values():
            one._put_away()
        print_queue.queue().finish(_PRINTING)
        idle = tasks.wait_idle()
        for one in self._seats.values():
            one._prints.stop()
            one._rest()
        if idle:  # else something does not end, and would hold this up, too
            self.safe.last()
        self.desk.close()
        super().closeEvent(event)
        for one in self._seats.values():
            if one is not self:
                one.deleteLater()
        self._seats.clear()
        if self._closed is not None:
            self._closed()
