"""What keeps a window's desk safe: backups by the day, at closing and on demand, the second place, the way back."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.office.backup_notes import Backup, Why
from ui import tasks
from ui.changes import Changes
from ui.keeping import told_at_login
from ui.operations import Operation
from ui.widgets.page import Shell

_LATER = 20_000  # ms after which the day's backup is made
_HOUR = 3_600_000  # ms between two looks whether one is due
_LONG = 600_000  # ms that the backup at closing may take
_DAMAGED = (
    "数据库文件里有读不出的地方。已经打印、已经同步的不受影响，现在录的可能存不下。"
    "请关上，用备份恢复：备份以后的记录会从坏文件里找回来，没有找回的会说明是几条、哪几件。"
)
_log = logging.getLogger("ui")


class Safekeeping(QObject):
    """Of one window and its desk; nothing of it for practice."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._offered = False
        self.goes_back = False  # whether the window is closed to be restored
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._daily)
        if not desk.office.practice:
            self._clock.start(_LATER)
            QTimer.singleShot(0, self, self.came_in)

    def came_in(self) -> None:
        """Somebody is at the desk who was not before."""
        if not self._desk.office.practice:
            told_at_login.look(self._window, self._desk)

    def _shell(self) -> Shell:
        return self._window  # type: ignore[return-value]

    def stop(self) -> None:
        """Nothing begins any more."""
        self._clock.stop()

    def _daily(self) -> None:
        """Once a day, also where the window stays open over night."""
        self._clock.setInterval(_HOUR)
        tasks.read(self, self._desk.backups.due, lambda due: self._keep() if due else None)

    def _keep(self) -> None:
        def work() -> bool:
            return self._desk.backups.keep(self._desk.office_book.settings().backup_folder, Why.DAILY)

        Operation(self._window, work, Changes.BACKUPS, self._shell()).success(self.ask_second).run_beside()

    def ask_second(self, due: bool) -> None:  # noqa: FBT001 - a fact, not a switch
        """A week went by without a second copy: say so, with the way to one."""
        if due:
            words = "备份已经一个星期只在这一块盘上：盘坏了就都没有了。"
            self._shell().toast(words, ("选第二个地方", self.second_place))

    def second_place(self) -> None:
        """A stick or another disk for a second copy, and the first one there at once."""
        from ui.keeping.second_place import ask_second_place

        ask_second_place(self._window, self._desk, self._shell())

    def backup(self) -> None:
        """One now, because somebody asked."""

        def work() -> Backup:
            return self._desk.backups.make(self._desk.office_book.settings().backup_folder)

        def done(made: Backup) -> None:
            self._shell().toast(f"已备份并核对：{clock.minute(made.made_at)}。")

        Operation(self._window, work, Changes.BACKUPS, self._shell()).success(done).run_beside()

    def last(self) -> None:
        """At closing, out of sight: what is new since the last one goes along. What goes wrong is met again the next
        day, by the daily one."""
        if self._desk.office.practice or self.goes_back:
            return
        self._window.hide()
        ended: list[None] = []
        tasks.read(self, self._desk.backups.keep_closing, ended.append, lambda error: _noted(error, ended))
        patience, loop = QTimer(singleShot=True, interval=_LONG), QEventLoop()
        patience.start()
        while not ended and patience.isActive():  # either wakes it
            loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def offer_way_back(self) -> None:
        """Damage was met: once at a time, however often it is met."""
        if self._offered:
            return
        from ui.widgets.ask import Ask

        self._offered = True
        ask = Ask(self._window, "数据库有损坏", ok="关上并恢复", intro=_DAMAGED, name="damaged")
        ask.finished.connect(self._answered)
        ask.go(lambda _typed: None, self._go_back)

    def _answered(self, _answer: int) -> None:
        self._offered = False

    def _go_back(self, _none: object) -> None:
        self.goes_back = True
        QTimer.singleShot(0, self._window, self._window.close)


def _noted(error: Exception, ended: list[None]) -> None:
    _log.info("backup at closing: %s", error)
    ended.append(None)
