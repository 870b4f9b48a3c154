"""The line at the top of the window: where this is, whether it works or waits, what the centre has, who is here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.sync.outcome import Outcome, SyncStatus
from ui import tasks
from ui.devices import print_queue
from ui.look import theme
from ui.look.theme import Role, colour, unit
from ui.navigation import HeaderButton
from ui.widgets.basic import Chip, elided, label, row


class Header(QWidget):
    """Made once a window; `to_sync` is where the chip leads."""

    def __init__(self, desk: Desk, to_sync: Callable[[], None]) -> None:
        super().__init__()
        self._desk, office = desk, desk.office
        words = f"{office.banner} {office.township}　{office.point_name}"
        parts: list[QWidget | None] = [elided(words, "body", Role.MUTED)]
        if office.demonstration:
            parts.append(Chip("演示数据", Role.WARN, "info-circle"))
        if office.practice:
            parts.append(Chip("练习，不作数", Role.WARN, "school"))
        self._busy = Chip("正在读取……", Role.ACCENT, "clock")
        self._busy.setObjectName("header-busy")
        self._busy.hide()
        tasks.door().waiting.connect(self._busy.setVisible)
        self._chip = HeaderButton(to_sync, "header-sync", "同步")
        self._prints = HeaderButton(self._show_prints, "header-prints", "打印队列")
        self._prints.hide()
        print_queue.queue().changed.connect(self._count_prints)
        parts += [None, self._busy, self._prints, self._chip, label(desk.account.name, "body", bold=True)]
        line = QHBoxLayout(self)
        line.setContentsMargins(unit() * 6, unit() * 2, unit() * 6, unit() * 2)
        line.addWidget(row(*parts, spacing=3))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoFillBackground(True)
        theme.theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, colour(Role.SURFACE))
        self.setPalette(palette)
        self.update()

    def _count_prints(self) -> None:
        trouble, waiting = print_queue.queue().trouble(), len(print_queue.queue().jobs)
        words = f"{trouble} 份没有印出" if trouble else f"正在打印 {waiting} 份"
        self._prints.set(words, Role.DANGER if trouble else Role.ACCENT, "printer")
        self._prints.setVisible(bool(waiting))

    def _show_prints(self) -> None:
        from ui.dialogs.prints_dialog import PrintsDialog

        PrintsDialog(self.window()).open()

    def look(self) -> None:
        """What waits for the centre, as it is now."""
        tasks.read(self, self._desk.sync_status, self._show)

    def _show(self, status: SyncStatus) -> None:
        if self._desk.office.practice:
            self._chip.set("练习，不同步", Role.WARN, "cloud-off")
        elif not status.enrolled:
            self._chip.set("还没有入网", Role.WARN, "cloud-off")
        elif status.waiting:
            self._chip.set(f"待送 {status.waiting} 条", Role.WAITING, "cloud-upload")
        elif status.history and status.history[0].outcome is not Outcome.DONE:
            self._chip.set("离线", Role.WARN, "cloud-off")
        elif status.last_ok:
            self._chip.set(f"已同步 {clock.minute(status.last_ok)[11:]}", Role.OK, "circle-check")
        else:
            self._chip.set("还没有同步", Role.WAITING, "cloud-upload")

    def words(self) -> str:
        """What it says of sync."""
        return self._chip.words()
