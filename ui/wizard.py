"""First start: five short steps to a desk that works. The centre may come later; nothing has to be known by heart.

Enter goes on: to the next field that is empty, and behind the last to what the button says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desk.counter.office.accounts import PASSWORD_LEAST, check_password
from desk.counter.office.agents import check_account, suggested_account
from desk.errors import DeskError
from desk.law.bodies.seed import counter
from desk.store.account import Account
from desk.sync.outcome import PAST_WAITS
from ui import messages, tasks
from ui.devices import printers
from ui.look import reading_order
from ui.look.flow import Flow
from ui.look.hands import ENTER
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, label, plain_button, primary_button, row, set_role
from ui.widgets.columns import Columns
from ui.widgets.field import Field, line_edit
from ui.widgets.page import around, scrolled
from ui.widgets.place_choice import PlaceChoice

if TYPE_CHECKING:
    from desk.app.opening import Joined
    from desk.law.divisions import Division

WHO, WHERE, PAPER, CENTRE, DONE = range(5)
STEPS = ("您是谁", "在哪个代办点", "试打印机", "连接旗中心", "好了")
_SIZE = (1040, 700)  # pixels, where the screen has them


class Wizard(QWidget):
    """`opened` gives the new desk; `restored`: one that was elsewhere is here now."""

    opened = Signal(object)
    restored = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("wizard")
        self.setWindowTitle(f"{tr('代办台')} — {tr('第一次使用')}")
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))
        self._folder, self._waiting = folder, False
        self._heading = label("", "heading", bold=True, wrap=True)
        self._heading.setObjectName("wizard-step")
        self._told = label("", "body", Role.DANGER, wrap=True)
        self._told.setObjectName("wizard-told")
        self._stack = QStackedWidget()
        self._areas = [
            scrolled(page, f"wizard-area-{at}")
            for at, page in enumerate((self._who(), self._where(), self._paper(), self._centre(), self._done()))
        ]
        for area in self._areas:
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._stack.addWidget(area)
        self._back = plain_button("上一步(&B)", "wizard-back", "chevron-left")
        self._next = primary_button("下一步(&N)", "wizard-next", "chevron-right")
        self._back.clicked.connect(lambda: self.go(self.step() - 1))
        self._next.clicked.connect(self.forward)
        self._lay()
        reading_order.follow(self)
        self.go(WHO)

    def _lay(self) -> None:
        card = Card()
        card.setMaximumSize(unit() * 130, unit() * 104)
        card.body.addWidget(self._heading)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self._told)
        card.body.addWidget(Flow(self._back, None, self._next))
        inner = QWidget()
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card, 1000)
        line.addStretch(1)
        middle = QVBoxLayout(inner)
        middle.addStretch(1)
        middle.addLayout(line, 1000)
        middle.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._whole = around(inner, "wizard-around")
        box.addWidget(self._whole)

    # -- the steps ------------------------------------------------------------------------------------------------

    def _who(self) -> QWidget:
        self.name = line_edit("如：苏和", most=60)
        self.account = line_edit("小写字母或数字，如 suhe", most=30)
        self.password, self.again = line_edit(most=100), line_edit(most=100)
        for edit in (self.password, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.name.editingFinished.connect(self._suggest)
        who, secret = Columns(1, 1), Columns(1, 1)
        for pair, at, field in (
            (who, 0, Field("您的姓名(&M)", self.name, "wizard-name")),
            (who, 1, Field("账号(&A)", self.account, "wizard-account")),
            (secret, 0, Field("密码，至少 8 位(&P)", self.password, "wizard-password")),
            (secret, 1, Field("再输一次(&G)", self.again, "wizard-again")),
        ):
            pair.columns[at].addWidget(field)
        told = "数据加密存在本机，密码就是钥匙。忘了密码，入网以后可由旗中心恢复。"
        restore = plain_button("换了电脑？用备份恢复(&R)", "wizard-restore", "arrow-back-up")
        restore.clicked.connect(self.restore)
        return _page(who, secret, label(told, "body", Role.MUTED, wrap=True), row(restore, None), None)

    def _where(self) -> QWidget:
        self.place = PlaceChoice("代办台放在哪里（嘎查村、社区，或苏木乡镇、旗县的窗口）(&D)", "wizard-place")
        self.place.taken.connect(self._go_on)
        self.phone = line_edit("如：0479-2520000", most=40)
        hint = "印在回执上，牧民打这个电话问；没有座机就填手机。"
        telephone = Field("代办点的电话(&T)", self.phone, "wizard-phone", hint)
        self.place.choosing.connect(lambda on: telephone.setVisible(not on))
        return _page(self.place, telephone, None, growing=self.place)

    def _paper(self) -> QWidget:
        names = printers.names()
        words = "找到的打印机：" + "、".join(names) if names else "没有找到打印机。可以先用，以后在“设置”里选。"
        test = plain_button("看测试页(&T)", "wizard-test", "printer")
        test.clicked.connect(self.test_page)
        return _page(label(words, wrap=True), row(test, None), None)

    def _centre(self) -> QWidget:
        self.address = line_edit("旗中心告知的地址，如 https://……", most=300)
        self.code = line_edit("入网码", most=60)
        for edit in (self.address, self.code):
            edit.textChanged.connect(lambda _text: self._name_next())
        told = "有入网码就现在连接；没有也能登记、打印，以后在“设置”里入网。"
        return _page(
            label(told, wrap=True),
            Field("中心地址(&A)", self.address, "wizard-address"),
            Field("入网码(&C)", self.code, "wizard-code"),
            None,
        )

    def _done(self) -> QWidget:
        self._summary = label("", wrap=True)
        self._summary.setObjectName("wizard-summary")
        keys = label("按 Ctrl+N 登记第一件，按 F1 看快捷键。", "body", Role.MUTED, wrap=True)
        return _page(self._summary, keys, None)

    def _suggest(self) -> None:
        """An account out of the name, unless there is one."""
        name = self.name.text().strip()
        if name and not self.account.text():
            tasks.read(self, lambda: suggested_account(name), self._suggested)

    def _suggested(self, account: str) -> None:
        if not self.account.text() and not check_account(account):
            self.account.setText(account)
            self.account.selectAll()

    # -- going ------------------------------------------------------------------------------------------------------

    def step(self) -> int:
        """Which step is shown."""
        return self._stack.currentIndex()

    def go(self, step: int) -> None:
        """Show a step."""
        self._stack.setCurrentIndex(step)
        self._heading.setText(f"{step + 1}/{len(STEPS)}　{tr(STEPS[step])}")
        self._tell("")
        self._back.setVisible(WHO < step < DONE)
        self._name_next()
        edits = self._edits(step)
        self._focus(next((one for one in edits if not one.text()), edits[0] if edits else self._next))

    def _edits(self, step: int) -> tuple[QLineEdit, ...]:
        """What is filled in a step, in the order of Enter."""
        return {
            WHO: (self.name, self.account, self.password, self.again),
            WHERE: (self.place.search, self.phone),
            CENTRE: (self.address, self.code),
        }.get(step, ())

    def _later(self) -> bool:
        """Whether the centre is left for later."""
        return not any(edit.text().strip() for edit in self._edits(CENTRE))

    def _name_next(self) -> None:
        names = {DONE: "开始使用(&N)", CENTRE: "以后再入网(&N)" if self._later() else "入网(&N)"}
        self._next.setText(tr(names.get(self.step(), "下一步(&N)")))

    def _focus(self, where: QWidget) -> None:
        where.setFocus()
        for area in (self._areas[self.step()], self._whole):
            if area.isAncestorOf(where):
                area.ensureWidgetVisible(where)

    def _tell(self, words: str, role: Role = Role.DANGER) -> None:
        set_role(self._told, role)
        self._told.setText(words)
        self._told.setVisible(bool(words))
        if words:
            QTimer.singleShot(0, self._told, lambda: self._whole.ensureWidgetVisible(self._told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        else:
            self._go_on()

    def _go_on(self) -> None:
        """To the next field that is empty; where none is, to the next step."""
        edits = self._edits(self.step())
        focus = self.focusWidget()
        at = edits.index(focus) if isinstance(focus, QLineEdit) and focus in edits else -1
        rest = [edit for edit in edits[at + 1 :] if not edit.text().strip()]
        if rest and not (self.step() == CENTRE and self._later()):
            self._focus(rest[0])
        else:
            self.forward()

    def forward(self) -> None:
        """The next step, when this one is right."""
        step = self.step()
        wrong = self.wrong(step)
        if self._waiting:
            return
        if wrong:
            self._tell(wrong)
            self._focus(self._first_wrong(step))
        elif step == CENTRE:
            self._make()
        elif step == DONE:
            self._open()
        else:
            self.go(step + 1)

    def wrong(self, step: int) -> str:
        """What is wrong with a step, "" when nothing is."""
        if step == WHO:
            if not self.name.text().strip():
                return "请填写您的姓名。"
            return check_account(self.account.text().strip()) or check_password(self.password.text(), self.again.text())
        if step == WHERE and self.place.place is None:
            return "请选出代办台放在哪里。"
        if step == CENTRE and not self._later() and not all(edit.text().strip() for edit in self._edits(CENTRE)):
            return "中心地址和入网码要一起填；还没有的，两个都空着。"
        return ""

    def _first_wrong(self, step: int) -> QWidget:
        """Where to go on, in a step that is not right."""
        if step == WHO:
            if not self.name.text().strip():
                return self.name
            if check_account(self.account.text().strip()):
                return self.account
            return self.again if len(self.password.text()) >= PASSWORD_LEAST else self.password
        if step == WHERE:
            return self.place.search
        return self.code if self.address.text().strip() else self.address

    def restore(self) -> None:
        """A desk that was elsewhere goes on here: from a stick, a backup, another disk."""
        from ui.keeping.restore_dialog import RestoreDialog

        RestoreDialog(self, self._folder, ()).ask(lambda _done: self.restored.emit())

    # -- making -----------------------------------------------------------------------------------------------------

    def _point_name(self) -> str:
        return counter(self.place.place)[1] if self.place.place else ""

    def test_page(self) -> None:
        """The printer's test page, before there is a desk."""
        from desk.papers import advance
        from desk.printing.document import draw
        from desk.printing.facts import OfficeFacts
        from desk.store.snapshots import PaperOut
        from ui.dialogs.paper_view import PaperDialog

        office = OfficeFacts(self._point_name(), "", "", self.phone.text().strip(), "")

        def work() -> PaperOut:
            return PaperOut("打印机测试页", "测试页.pdf", draw(advance.test_page("A4", office, "", None)), "")

        tasks.read(self, work, lambda paper: PaperDialog(self, paper).open())

    def _make(self) -> None:
        place = self.place.place
        if place is None:
            self.go(WHERE)
            return
        self._wait(waiting=True)
        tasks.run(self, self._maker(place), self._made, self._failed)

    def _maker(self, place: Division) -> Callable[[], Joined]:
        """What makes the desk, out of what is typed now; gives the name of its point, and whether its past waits."""
        account = Account(self.account.text().strip(), self.name.text().strip())
        password, folder, phone = self.password.text(), self._folder, self.phone.text().strip()
        address, code = (edit.text().strip() for edit in self._edits(CENTRE))
        (point, name), alone = counter(place), self._later()

        def work() -> Joined:
            from desk.app import opening

            if alone:
                opening.create_alone(folder, point, name, account, password, phone=phone)
                return opening.Joined(name)
            return opening.create_desk(folder, address, code, account, password, point=point, phone=phone)

        return work

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        for button in (self._next, self._back):
            button.setEnabled(not waiting)
        self._stack.setEnabled(not waiting)
        self._tell("正在设置……" if waiting else "", Role.MUTED)

    def _failed(self, error: Exception) -> None:
        self._wait(waiting=False)
        if not isinstance(error, DeskError):
            messages.error(self, error)
            return
        self._tell(error.sentences())
        if self.step() == CENTRE:
            self._focus(self.code)

    def _made(self, made: Joined) -> None:
        self._wait(waiting=False)
        joined = "还没有入网，以后在“设置”里填入网码。" if self._later() else "已入网。"
        phone = self.phone.text().strip()
        lines = (
            f"{made.point_name}设好了，代办员{self.name.text().strip()}。{joined}",
            self.place.full_name(),
            f"电话 {phone}" if phone else "电话没有填，以后在“设置”里填。",
        )
        waits = (tr(PAST_WAITS),) if made.waits else ()
        self._summary.setText("\n".join((*lines, *waits)))
        self.go(DONE)

    def _open(self) -> None:
        self._wait(waiting=True)
        account, password, folder = self.account.text().strip(), self.password.text(), self._folder

        def work() -> object:
            from desk.app import opening

            return opening.open_desk(folder, account, password)

        tasks.run(self, work, self._opened, self._failed)

    def _opened(self, desk: object) -> None:
        self.password.clear()
        self.again.clear()
        self.opened.emit(desk)


def _page(*parts: QWidget | None, growing: QWidget | None = None) -> QWidget:
    """Parts one under another; None is a stretch, which leaves the room to what is `growing` while that can grow."""
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(unit() * 3)
    for part in parts:
        if part is None:
            box.addStretch(1)
        else:
            box.addWidget(part, 1000 if part is growing else 0)
    return page
