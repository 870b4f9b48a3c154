"""转送村里的U盘: a village's stick in, its answers back onto it, and what came of it village by village."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from desk import clock
from desk.app.open_desk import Desk
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import LongOperation
from ui.widgets.basic import Chip, label, primary_button, row
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from desk.counter.township.relay import Relayed, VillageTold, Waits  # with all of sync

_ASKS = "忘记密码的申请"


class VillageSticks:
    """The way of a stick from the villages page."""

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        self._owner, self._desk = owner, desk

    def choose(self) -> None:
        """Ask for the stick."""
        place = QFileDialog.getExistingDirectory(self._owner, tr("选村里的U盘"), str(Path.home()))
        if place:
            self.exchange(Path(place))

    def exchange(self, place: Path) -> None:
        """Take its files, carry them if there is a line, write the answers; then tell."""
        relay = self._desk.relay
        work = LongOperation(
            self._owner, lambda report, cancelled: relay.exchange(place, report, cancelled), Changes.SYNC
        )
        work.success(self.told).run("转送村里的U盘")

    def told(self, done: Relayed) -> None:
        """Village by village."""
        RelayedDialog(self._owner, done).open()


def waiting_words(waits: tuple[Waits, ...]) -> str:
    """What lies here of the villages' sticks; "" for nothing."""
    up = sum(one.up for one in waits if one.point)
    asks = sum(one.up for one in waits if not one.point)
    since = min((one.note.taken_at for one in waits if one.up and one.note.taken_at), default="")
    back = [one.name or tr(_ASKS) for one in waits if one.down]
    words = [tr(f"村里的U盘：{up} 份等网络通了再送（{clock.minute(since)} 收下）。")] if up else []
    words += [tr(f"忘记密码的申请 {asks} 份，等中心答复。")] if asks else []
    words += [tr("有回信等着写到盘上：") + "、".join(back)] if back else []
    return "　".join(words)


class RelayedDialog(Dialog):
    """What an exchange did; Enter closes it."""

    def __init__(self, parent: QWidget, done: Relayed) -> None:
        super().__init__(parent, "转送村里的U盘", "relayed", wide=120)
        self.head("转送村里的U盘", "盘上的内容封着，本机看不到，只代送代收。")
        for one in done.villages:
            self._village(one)
        if not done.villages:
            self.body.addWidget(label("盘上没有要转送的文件，也没有要写的回信。", wrap=True))
        for words in done.refused:
            self.body.addWidget(label(tr("没有收：") + tr(words), "body", Role.DANGER, wrap=True))
        if done.trouble:
            self.body.addWidget(label("没有连上中心，收下的文件都在本机，下次同步时送出。", bold=True, wrap=True))
            self.body.addWidget(label(done.trouble, "body", Role.MUTED, wrap=True))
        elif any(one.given for one in done.villages):
            self.body.addWidget(label("请把盘交还村里，带回去插一次，就收到回信。", wrap=True))
        close = primary_button("知道了(&C)", "relayed-close", "check")
        close.clicked.connect(self.accept)
        self.foot(None, close)

    def _village(self, one: VillageTold) -> None:
        name = label(one.name or _ASKS, "title", bold=True, wrap=True)
        self.body.addWidget(row(name, None, *self._chips(one)))
        for line in one.lines:
            role = Role.MUTED if line.good else Role.DANGER
            self.body.addWidget(label(line.words, "small", role, wrap=True))

    @staticmethod
    def _chips(one: VillageTold) -> list[QWidget]:
        chips: list[QWidget] = []
        if one.waiting:
            chips.append(Chip(f"{one.waiting} 份等着送", Role.WARN, "cloud-off"))
        elif one.files:
            chips.append(Chip(f"{one.files} 份已到中心", Role.OK, "circle-check"))
        if one.given:
            chips.append(Chip(f"{one.given} 份回信写到盘上", Role.OK, "device-usb"))
        return chips
