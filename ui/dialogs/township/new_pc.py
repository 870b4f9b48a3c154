"""换新电脑: a window's PC broke down and the centre cannot be reached. At a window that works: who asks, and a yes by
the code on the other screen. At the new PC: where the window is, its code, and then all that the point has."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.hall.new_pc import Door, Fetched, Machine
from desk.errors import DeskError
from desk.sync.hall.new_pc.coming import At
from ui import messages, tasks
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import LongOperation, Operation
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, line_edit
from ui.widgets.line_list import Line, LineList

_AGAIN = 2000  # ms after which it looks, or asks, again
_ROAD = (
    "新电脑第一次使用时选本代办点，先不入网；在它的“同步”页打开“大厅”，点“从邻窗取回”，填下面的地址和核对码。"
    "它的屏幕上也有一个核对码，输在这里。只有摆在你面前的那台电脑才点同意：它会得到本点全部记录。"
)
_WHERE = (
    "本点另一个窗口的电脑还好用：请那里的人在“同步”页打开“大厅”，点“换新电脑”，把屏幕上的地址和核对码填在这里，"
    "再把下面这个核对码输在那边。取回的是本点全部记录、文书和图片；本机还要等连上旗中心再入网。"
)


class LetInDialog(Dialog):
    """At the window that works."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "换新电脑", "let-in", wide=130, high=110)
        self._desk = desk
        self.head("换新电脑", "坏了一台电脑、旗里的线路又断着时，让新电脑从本机取回记录。")
        self.body.addWidget(label(_ROAD, "body", Role.MUTED, wrap=True))
        self.where = label("", "body", bold=True, wrap=True)
        self.where.setObjectName("let-in-where")
        self.body.addWidget(self.where)
        self.list = LineList("let-in-list", "新电脑")
        self.list.setMinimumHeight(unit() * 8)
        self.body.addWidget(self.list, 1)
        self.typed = line_edit(most=40)
        self.field = Field("新电脑屏幕上的核对码(&K)", self.typed, "let-in-code", "如 ABCD-EFGH-IJKL")
        self.body.addWidget(self.field)
        self.out = plain_button("不再给它(&R)", "let-in-out", "x")
        self.out.setEnabled(False)
        close = plain_button("关闭(&C)", "let-in-close")
        self.yes = primary_button("同意取回(&Y)", "let-in-yes", "check")
        self.out.clicked.connect(self._let_out)
        close.clicked.connect(self.reject)
        self.yes.clicked.connect(self.let_in)
        self.list.moved.connect(lambda _key: self.out.setEnabled(bool(self.list.key())))
        self.foot(self.out, None, close, self.yes)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.look)
        self._clock.start(_AGAIN)
        self.typed.setFocus()
        self.look()

    def would_lose(self) -> bool:
        """Whether a code stands there that was not said yes to."""
        return bool(self.typed.text().strip())

    def look(self) -> None:
        """Ask again."""
        tasks.read(self, self._desk.new_pc.door, self._show)

    def _show(self, door: Door) -> None:
        if not door.is_open:
            self.where.setText("本机没有与邻窗互通：请先在“大厅”里打开互通。")
        else:
            self.where.setText(f"{tr('地址')} {'、'.join(door.addresses)}　　{tr('核对码')} {door.code}")
        lines = [Line(_asks(one), takeable=False) for one in door.asking]
        lines += [Line(_inside(one), one.node) for one in door.let_in]
        current = self.list.key()
        self.list.put(lines or [Line(tr("还没有新电脑来取。"), muted=True, takeable=False)], current)
        self.out.setEnabled(bool(self.list.key()))
        self._grow()  # the addresses may take a line

    def let_in(self) -> None:
        """Yes to the one whose code was typed."""
        code = self.typed.text()
        work = Operation(self, lambda: self._desk.new_pc.let_in(code), Changes.SYNC)
        work.success(self._said).failure(self._refused).run()

    def _said(self, one: Machine) -> None:
        self.typed.clear()
        self.field.set_problem("")
        self.tell(f"已同意 {one.machine}（{one.node}），它现在会取回全部记录；这一步已记下。", Role.OK)
        self.look()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.field.refuse(error.sentences())
        else:
            messages.error(self, error)

    def _let_out(self) -> None:
        node = self.list.key()
        if node:
            work = Operation(self, lambda: self._desk.new_pc.let_out(str(node)), Changes.SYNC)
            work.success(lambda _none: self.look()).run()


class FetchBackDialog(Dialog):
    """At the new PC."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "从邻窗取回", "fetch-back", wide=120)
        self._desk, self._asks, self._came = desk, False, False
        self.head("从邻窗取回", "本机是新换的电脑、旗里的线路又断着时，从另一个窗口取回本点的全部记录。")
        self.body.addWidget(label(_WHERE, "body", Role.MUTED, wrap=True))
        self.own = label(f"{tr('本机核对码')} {desk.new_pc.own_code()}", "title", bold=True, wrap=True)
        self.own.setObjectName("fetch-back-own")
        self.body.addWidget(self.own)
        self.place, self.code = line_edit(most=100), line_edit(most=40)
        self.body.addWidget(Field("邻窗电脑的地址(&P)", self.place, "fetch-back-place", "如 192.168.1.12"))
        self.body.addWidget(Field("邻窗屏幕上的核对码(&K)", self.code, "fetch-back-code", "如 ABCD-EFGH-IJKL"))
        close = plain_button("关闭(&C)", "fetch-back-close")
        self.go = primary_button("去取(&G)", "fetch-back-go", "check")
        close.clicked.connect(self.reject)
        self.go.clicked.connect(self.ask)
        self.foot(None, close, self.go)
        self._clock = QTimer(self)
        self._clock.setInterval(_AGAIN)
        self._clock.timeout.connect(self._ask_again)

    def would_lose(self) -> bool:
        """Whether an address or a code was typed and nothing came of it yet."""
        return not self._came and bool(self.place.text().strip() or self.code.text().strip())

    def ask(self) -> None:
        """Ask the window, and again until a person there has said yes."""
        self._clock.start()
        self._ask_again()

    def _ask_again(self) -> None:
        if self._asks:
            return
        self._asks = True
        place, code = self.place.text(), self.code.text()
        tasks.read(self, lambda: self._desk.new_pc.ask(place, code), self._answered, self._failed)

    def _answered(self, at: At | None) -> None:
        self._asks = False
        if at is None:
            self.tell("已问到那个窗口：请那里的人输入本机的核对码并点同意，本机在等。", Role.MUTED)
            return
        self._clock.stop()
        self.tell("")
        work = LongOperation(
            self, lambda report, cancelled: self._desk.new_pc.fetch(at, report, cancelled), Changes.ALL
        )
        work.success(self._done).failure(self._failed).run("从邻窗取回")

    def _done(self, done: Fetched) -> None:
        self._came = True
        self.tell(done.words(), Role.OK)

    def _failed(self, error: Exception) -> None:
        self._asks = False
        self._clock.stop()
        if isinstance(error, DeskError):
            self.tell(error.sentences())
        else:
            messages.error(self, error)


def _asks(one: Machine) -> str:
    return tr(f"{one.machine}（{one.host}）在等同意：编号 {one.node}")


def _inside(one: Machine) -> str:
    return tr(f"{one.machine}，编号 {one.node}：{one.by} 在 {one.since} 同意取回")
