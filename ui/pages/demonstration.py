"""`desk --demo`: the first time a page that shows how the made-up office comes about, then its login page at once; the
centre starts meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desk.app import demo
from desk.app.open_desk import Desk
from desk.errors import CancelledError, DeskError
from desk.store.account import Account
from desk.sync.outcome import SyncProgress
from ui import tasks
from ui.login import Entry, LoginPage, Opening
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, label, plain_button, primary_button, row

MakeFront = Callable[[Path, str, Entry], object]


class Making(QWidget):
    """Emits `made` when the demonstration stands in `place`."""

    made = Signal()

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.setObjectName("making")
        self.setWindowTitle(f"{tr('代办台')} — {tr('演示')}")
        self.resize(1040, 680)
        self._place = place
        self._job: tasks.Job | None = None
        self._words = label("正在准备演示数据……", "body")
        self._words.setObjectName("making-words")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("进度"))
        self._again = primary_button("再试一次(&R)", "making-again", "refresh")
        self._again.clicked.connect(self.begin)
        self._stop = plain_button("停下(&S)", "making-stop", "x")
        self._stop.clicked.connect(self.close)
        self._lay()
        self.begin()

    def _lay(self) -> None:
        card = Card()
        card.setFixedWidth(unit() * 88)
        title = label("第一次打开演示", "heading", bold=True)
        about = label(
            "正在编一个办了四个月件的代办点和它的旗中心，约需半分钟，只做这一次。", "body", Role.MUTED, wrap=True
        )
        about.setMinimumHeight(about.heightForWidth(unit() * 80))  # a centred card asks nobody
        for one in (title, about, self._words, self._bar, row(None, self._again, self._stop)):
            card.body.addWidget(one)
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)

    def begin(self) -> None:
        """Make it."""
        self._again.hide()
        self._bar.show()
        self._bar.setRange(0, 0)
        self._stop.setText(tr("停下(&S)"))
        place = self._place
        work = lambda report, cancelled: demo.make(place, report, cancelled)  # noqa: E731
        self._job = tasks.run_with_progress(self, work, lambda _none: self.made.emit(), self._far, self._failed)

    def _far(self, far: SyncProgress) -> None:
        self._bar.setRange(0, far.total)
        self._bar.setValue(far.done)
        self._words.setText(f"正在准备演示数据：{far.step}")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        self._bar.hide()
        self._again.show()
        self._again.setFocus()
        self._stop.setText(tr("退出(&S)"))  # nothing is under way
        self._words.setText(error.sentences() if isinstance(error, DeskError) else tr("演示点没有建成。"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is half made is made again the next time."""
        if self._job is not None:
            self._job.cancel()
        super().closeEvent(event)


class _Entry(Opening):
    """As at any start; the desk then finds the centre where that listens today."""

    def __init__(self, folder: Path, centre: demo.LocalCentre) -> None:
        super().__init__(folder)
        self._centre = centre

    def enter(self, account: str, password: str, fresh: str) -> object:
        """The open desk."""
        return self._led(super().enter(account, password, fresh))

    def recover(self, account: Account, key: bytes, password: str) -> object:
        """The open desk."""
        return self._led(super().recover(account, key, password))

    def _led(self, desk: object) -> object:
        return demo.lead_to(desk, self._centre) if isinstance(desk, Desk) else desk


class Demonstration:
    """The demonstration in `place`; `login` is what is to be shown first."""

    def __init__(self, place: Path | None, make_front: MakeFront) -> None:
        self._place, self._make_front = place or demo.default_folder(), make_front
        self._centre = demo.LocalCentre(self._place / demo.CENTRE)
        self.front: object = None
        self.login: QWidget = self._begun() if demo.made(self._place) else self._making()

    def _making(self) -> QWidget:
        page = Making(self._place)
        page.made.connect(lambda: self._made(page))
        return page

    def _made(self, page: Making) -> None:
        self.login = self._begun()
        self.login.show()
        page.close()

    def _begun(self) -> QWidget:
        self._centre.begin()
        folder = self._place / demo.DESK
        self.front = self._make_front(folder, demo.PASSWORD, _Entry(folder, self._centre))
        login: QWidget = self.front.login  # type: ignore[attr-defined]
        tasks.read(login, self._centre.wait, lambda address: self._tell(login, address))
        return login

    def _tell(self, login: QWidget, address: str) -> None:
        if isinstance(login, LoginPage):
            login.tell_more(f"旗中心的网页 {address}")
            login.tell_more(f"账号 {demo.CLERK}（窗口）、{demo.WATCHER}（监察），密码同上")

    def close(self) -> None:
        """Stop the centre."""
        self._centre.stop()
