"""大厅: the windows of this hall, who is at them and what waits there; on and off with one click."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.hall.switch import HallStatus, NearLine
from ui import tasks
from ui.changes import Changes
from ui.dialogs.township.new_pc import FetchBackDialog, LetInDialog
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.ask import Ask
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.line_list import Line, LineList

_AGAIN = 2000  # ms after which it looks again while it is open
_WHY = (
    "同一个代办点有几台电脑时打开：各窗口在大厅自己的网络上直接互通，旗里的线路断了也是一个柜台。"
    "只和旗中心登记过的本点电脑互通，互相核对密钥；只有一台电脑的村不必打开。"
)


class HallDialog(Dialog):
    """The list of windows, the switch, the addresses."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "大厅", "hall", wide=130, high=120)
        self._desk = desk
        self._status = HallStatus(can=False, is_on=False)
        self.head("大厅", "本点的几个窗口，互相看得见。")
        self.state = label("", "body", bold=True, wrap=True)
        self.state.setObjectName("hall-state")
        self.why = label(_WHY, "body", Role.MUTED, wrap=True)
        self.list = LineList("hall-windows", "各窗口")
        self.list.setMinimumHeight(unit() * 30)
        self.where = label("", "body", Role.MUTED, wrap=True)
        self.where.setObjectName("hall-where")
        for one in (self.state, self.why):
            self.body.addWidget(one)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.where)
        self.typed = plain_button("填邻窗地址(&A)", "hall-address", "plus")
        self.switch = plain_button("打开互通(&O)", "hall-switch", "check")
        close = primary_button("关闭(&C)", "hall-close")
        self.typed.clicked.connect(self.ask_address)
        self.switch.clicked.connect(self.turn)
        close.clicked.connect(self.reject)
        self.new_pc = plain_button("从邻窗取回(&B)" if desk.new_pc.is_new() else "换新电脑(&N)", "hall-new-pc")
        self.new_pc.clicked.connect(self.ask_new_pc)
        self.foot(self.switch, self.typed, self.new_pc, None, close)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)
        self._clock.start(_AGAIN)
        self.look()

    def look(self) -> None:
        """Ask again."""
        tasks.read(self, self._desk.hall.status, self._show)

    def _show(self, status: HallStatus) -> None:
        self._status = status
        self.state.setText(_state(status))
        self.switch.setText(tr("关掉互通(&O)" if status.is_on else "打开互通(&O)"))
        self.switch.setEnabled(status.can)
        self.typed.setEnabled(status.can and status.is_on)
        none = Line(tr("中心给的名单里，本点还没有别的电脑。"), muted=True, takeable=False)
        off = Line(tr("互通没有打开，看不到邻窗。"), muted=True, takeable=False)
        lines = [Line(_words(one), one.node, muted=not one.is_here, takeable=False) for one in status.windows]
        self.list.put(lines or [none if status.is_on else off])
        own = "、".join(status.addresses)
        where = [f"本机地址：{own}。邻窗找不到本机时，在那台电脑上填这个地址。"] if own else []
        where += [f"填过的地址：{'、'.join(status.typed)}。"] if status.typed else []
        where += [status.trouble] if status.trouble else []
        self.where.setText("\n".join(tr(one) for one in where))

    def turn(self) -> None:
        """On where it is off, off where it is on."""
        on = not self._status.is_on
        Operation(self, lambda: self._desk.hall.switch(on=on), Changes.SYNC).success(lambda _none: self.look()).run()

    def ask_new_pc(self) -> None:
        """A new PC in place of one that broke down, at either end."""
        (FetchBackDialog if self._desk.new_pc.is_new() else LetInDialog)(self, self._desk).open()

    def ask_address(self) -> None:
        """Where another window is, read off its screen."""
        intro = "地址在那台电脑的“大厅”里，如 192.168.1.12。不同网段、不能自动找到时才需要填。"
        ask = Ask(self, "填邻窗地址", ok="加上", intro=intro, name="hall-address")
        ask.text("place", "邻窗电脑的地址(&P)", hint="如 192.168.1.12")
        ask.go(lambda typed: self._desk.hall.type_address(typed["place"]), lambda _none: self.look(), Changes.NOTHING)


def _state(status: HallStatus) -> str:
    if not status.can:
        return "本机没有入网，或在练习，不能与邻窗互通。"
    if not status.is_on:
        return f"本机是 {status.title}，没有与邻窗互通。"
    return f"本机是 {status.title}，{len(status.windows)} 个邻窗里有 {status.here} 个在线。"


def _words(one: NearLine) -> str:
    """Two lines of one window: who and how it is; what is to do."""
    who = f"　{one.agent}，{tr('自')} {one.since}" if one.agent else ""
    how = tr("在线") if one.is_here else tr("不在线")
    seen = f"　{tr('上次互通')} {one.met}" if one.met else ""
    waits = f"　{tr(f'等送中心 {one.waiting} 条')}" if one.is_here else ""
    heard = f"　{tr('上次连上中心')} {one.heard}" if one.is_here and one.heard else ""
    words = f"{tr(one.title)}　{how}{who}{seen}{waits}{heard}"
    return f"{words}\n{tr(one.words)}" if one.words else words
