"""帮村里找回密码: requests of the villages' desks, one passed on, and the answer that is read out by telephone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.errors import DeskError
from desk.sync.protocol import unlock
from desk.sync.protocol.helping import Request, Told
from ui import messages
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import Operation
from ui.widgets.ask import Ask
from ui.widgets.basic import label, plain_button, primary_button, row
from ui.widgets.dialog import Dialog
from ui.widgets.page import emptied

_INTRO = (
    "村里的代办员念申请码，这里转报中心。中心一人核实、另一人确认以后，才能在这里取答复码，一组一组念给代办员。"
    "谁转报、谁取的，中心都留痕。"
)
_GROUPS = 4  # of digits, in a line


class UnlocksDialog(Dialog):
    """What was asked of the centre, latest first; it is asked anew each time it is shown."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "帮村里找回密码", "unlocks", wide=130, high=90)
        self._desk = desk
        self.head("帮村里找回密码", _INTRO)
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(inner)
        self.answer = label("", "heading", bold=True, wrap=True)
        self.answer.setObjectName("unlocks-answer")
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.body.addWidget(self.answer)
        self.body.addStretch(1)
        close = plain_button("关闭(&C)", "unlocks-close", "x")
        close.clicked.connect(self.reject)
        go = primary_button("转报一个申请(&N)", "unlocks-new", "send")
        go.clicked.connect(self.pass_on)
        self.foot(None, close, go)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the centre."""
        super().showEvent(event)
        self._lines.addWidget(label("正在问中心……", "body", Role.MUTED))
        Operation(self, self._desk.unlock_help.listed).success(self.show_told).failure(self._not_asked).run_beside()

    def show_told(self, told: Told) -> None:
        """What the centre says."""
        emptied(self._lines)
        for one in told.requests:
            self._lines.addWidget(self._line(one))
        if not told.requests:
            self._lines.addWidget(label("下属村没有忘记密码的申请。", "body", Role.MUTED))
        self._grow()

    def _line(self, one: Request) -> QWidget:
        name = label(f"{one.point_name}　{one.agent}", "body", bold=True)
        state = label(tr(one.state_name), "body", Role.OK if one.is_ready else Role.MUTED)
        when = label(clock.minute(one.made_at), "small", Role.MUTED)
        parts: list[QWidget | None] = [name, None, when, state]
        if one.is_ready:
            read = plain_button("取答复码", f"unlocks-read-{one.subject[-6:]}", "phone")
            read.setAccessibleName(f"{tr('取答复码')} {one.point_name} {one.agent}")
            read.clicked.connect(lambda: self.read_out(one))
            parts.append(read)
        return row(*parts)

    def read_out(self, one: Request) -> None:
        """The answer to one of them; the entry that says so comes first."""
        work = Operation(self, lambda: self._desk.unlock_help.answer(one.subject))
        work.success(self._shown).failure(self._failed).run()

    def _shown(self, digits: str) -> None:
        self.tell("")
        groups = digits.split()
        lines = ["　".join(groups[at : at + _GROUPS]) for at in range(0, len(groups), _GROUPS)]
        self.answer.setText("\n".join(lines))
        self.answer.setAccessibleName(f"{tr('答复码')} {digits}")
        self.tell("已留痕：取出答复码。请一组一组念，对方输完一组再念下一组。", Role.OK)

    def pass_on(self) -> None:
        """A village's agent is on the telephone."""
        ask = Ask(
            self, "转报一个申请", ok="转报中心", intro="请先确认打电话的是代办员本人。", name="unlock-pass", wide=110
        )
        ask.text("code", "申请码，3 组，每组 5 位数字 *(&M)")
        ask.text("agent", "忘记密码的代办员 *(&N)")
        ask.text("reasons", "怎样核实的（会留痕） *(&R)", lines=2)
        code = ask.editor("code")
        if isinstance(code, QLineEdit):
            code.textEdited.connect(lambda text: ask.tell(unlock.wrong_group(text, "申请码")))
        ask.go(lambda typed: self._desk.unlock_help.pass_on(**typed), self._passed)

    def _passed(self, told: Told) -> None:
        self.show_told(told)
        self.tell("已转报中心，等两位工作人员核实、确认。", Role.OK)

    def _not_asked(self, error: Exception) -> None:
        emptied(self._lines)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self.tell(error.sentences())
        else:
            messages.error(self, error)
