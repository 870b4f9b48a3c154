"""打印队列: papers that wait for a printer or did not come out, each with another try and another printer."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import messages
from ui.devices import print_queue, printers
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.ask import Ask
from ui.widgets.basic import Chip, label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.page import emptied

_LOOKS = {
    print_queue.State.WAITING: (Role.WAITING, "clock"),
    print_queue.State.PRINTING: (Role.ACCENT, "printer"),
    print_queue.State.FAILED: (Role.DANGER, "alert-circle"),
}


class PrintsDialog(Dialog):
    """One card a paper."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "打印队列", "prints", wide=120)
        self.head("打印队列", "没有印出来的纸都在本机，接好打印机再试，或换一台。")
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        close = primary_button("知道了", "prints-close")
        close.clicked.connect(self.accept)
        self.foot(None, close)
        print_queue.queue().changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        emptied(self._lines)
        jobs = list(print_queue.queue().jobs.values())
        for job in jobs:
            self._lines.addWidget(self._line(job))
        if not jobs:
            self._lines.addWidget(label("没有要印的，都印出来了。", "body", Role.MUTED))
        self._grow()

    def _line(self, job: print_queue.Job) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        role, icon = _LOOKS[job.state]
        where = label(job.where, "small", Role.MUTED)
        box.addWidget(Flow(Chip(job.state.value, role, icon), label(job.title, bold=True), where))
        if job.state is print_queue.State.FAILED:
            box.addWidget(label(job.told, "small", Role.DANGER, wrap=True))
            again = plain_button("再试", f"prints-again-{job.number}", "refresh")
            other = plain_button("换一台打印机", f"prints-other-{job.number}", "printer")
            drop = plain_button("不印了", f"prints-drop-{job.number}", "x")
            for button in (again, other, drop):
                button.setAccessibleName(f"{job.title}：{button.accessibleName()}")
            again.clicked.connect(lambda: print_queue.queue().again(job.number))
            other.clicked.connect(lambda: self.choose(job))
            drop.clicked.connect(lambda: print_queue.queue().drop(job.number))
            box.addWidget(Flow(again, other, drop))
        return made

    def choose(self, job: print_queue.Job) -> None:
        """Ask which other printer."""
        ask = Ask(self, "换一台打印机", ok="用这台打印", intro=tr(job.title), name="printer")
        offered = [(name, name) for name in dict.fromkeys((printers.device(), *printers.names())) if name]
        if not offered:
            ask.body.addWidget(label("这台电脑没有别的打印机。", "body", Role.WARN, wrap=True))
        ask.choice("where", "打印机(&P)", offered, job.where)
        queue = print_queue.queue()
        ask.go(lambda typed: typed["where"] or job.where, lambda where: queue.again(job.number, where))


def told(owner: QWidget, error: Exception) -> None:
    """A paper did not come out: said at the foot of the window, with the way to the queue."""
    window = owner.window()
    words = error.args[0] if error.args else ""
    messages.toast(window, f"没有印出来：{words}", (("打印队列", lambda: PrintsDialog(window).open()),))
