"""First start: five short steps to a desk that works. The centre may come later; nothing has to be known by heart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desk.counter.office.accounts import PASSWORD_LEAST, check_password
from desk.counter.office.agents import check_account
from desk.errors import DeskError
from desk.law import divisions
from desk.law.divisions import Division
from desk.store.snapshots import Account
from ui import messages, tasks
from ui.devices import printers
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, label, plain_button, primary_button, row, set_role
from ui.widgets.field import Field, SearchBox, line_edit
from ui.widgets.line_list import Line, LineList

_SHOWN = 8
STEPS = ("您是谁，在哪个代办点", "设一个密码", "试打印机", "连接旗中心", "好了")


class Wizard(QWidget):
    """`opened` gives the new desk."""

    opened = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("wizard")
        self.setWindowTitle(f"{tr('代办台')} — {tr('第一次使用')}")
        self.resize(1040, 700)
        self._folder = folder
        self._place: Division | None = None
        self._names: dict[str, str] = {}
        self._heading = label("", "heading", bold=True)
        self._heading.setObjectName("wizard-step")
        self._told = label("", "body", Role.DANGER, wrap=True)
        self._told.setObjectName("wizard-told")
        self._stack = QStackedWidget()
        for page in (self._who(), self._secret(), self._paper(), self._centre(), self._done()):
            self._stack.addWidget(page)
        self._back = plain_button("上一步(&B)", "wizard-back", "chevron-left")
        self._skip = plain_button("以后再说(&S)", "wizard-skip")
        self._next = primary_button("下一步(&N)", "wizard-next", "chevron-right")
        self._back.clicked.connect(lambda: self.go(self._stack.currentIndex() - 1))
        self._skip.clicked.connect(self.skip)
        self._next.clicked.connect(self.forward)
        card = Card()
        card.setFixedWidth(unit() * 130)
        card.body.addWidget(self._heading)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self._told)
        card.body.addWidget(row(self._back, None, self._skip, self._next))
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        self.go(0)

    # -- the steps ------------------------------------------------------------------------------------------------

    def _who(self) -> QWidget:
        self.name = line_edit("如：苏和", most=60)
        self.account = line_edit("小写字母或数字，如 suhe", most=30)
        self.search = SearchBox("打几个字，如：洪格尔 乌日尼勒图", "wizard-place-search")
        self.places = LineList("wizard-places", "找到的嘎查村")
        self.places.setFixedHeight(unit() * 44)
        self._chosen = label("", "body", Role.OK, wrap=True)
        self._chosen.setObjectName("wizard-place")
        self.search.asked.connect(self._find)
        self.search.returnPressed.connect(self._take_first)
        self.places.taken.connect(self._take)
        return _page(
            row(Field("您的姓名(&M)", self.name, "wizard-name"), Field("账号(&A)", self.account, "wizard-account")),
            Field("嘎查村、社区(&D)", self.search, "wizard-place-search"),
            self.places,
            self._chosen,
        )

    def _secret(self) -> QWidget:
        self.password, self.again = line_edit(most=100), line_edit(most=100)
        for edit in (self.password, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        told = "数据加密存在本机，密码就是钥匙。忘了密码，入网以后可由旗中心恢复。"
        return _page(
            label(told, wrap=True),
            Field("密码，至少 8 位(&P)", self.password, "wizard-password"),
            Field("再输一次(&G)", self.again, "wizard-again"),
        )

    def _paper(self) -> QWidget:
        names = printers.names()
        words = "找到的打印机：" + "、".join(names) if names else "没有找到打印机。可以先用，以后在“设置”里选。"
        test = plain_button("看测试页(&T)", "wizard-test", "printer")
        test.clicked.connect(self.test_page)
        return _page(label(words, wrap=True), row(test, None))

    def _centre(self) -> QWidget:
        self.address = line_edit("旗中心告知的地址，如 https://……", most=300)
        self.code = line_edit("入网码", most=60)
        told = "有入网码就现在连接；没有也能登记、打印，以后在“设置”里入网。"
        return _page(
            label(told, wrap=True),
            Field("中心地址(&A)", self.address, "wizard-address"),
            Field("入网码(&C)", self.code, "wizard-code"),
        )

    def _done(self) -> QWidget:
        self._summary = label("", wrap=True)
        self._summary.setObjectName("wizard-summary")
        return _page(self._summary, label("按 Ctrl+N 登记第一件，按 F1 看快捷键。", "body", Role.MUTED, wrap=True))

    # -- places ---------------------------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        def work() -> list[tuple[Division, str]]:
            known = divisions.load()
            return [(one, known.full_name(one.code)) for one in known.search(text, "village", _SHOWN)]

        tasks.read(self, work, self._places_found)

    def _places_found(self, places: list[tuple[Division, str]]) -> None:
        self._names = {place.code: name for place, name in places}
        self.places.put([Line(name, place) for place, name in places])

    def _take_first(self) -> None:
        self._take(self.places.key())

    def _take(self, place: object) -> None:
        if isinstance(place, Division):
            self._place = place
            self._chosen.setText(f"已选：{self._names[place.code]}")
            self._tell("")
            self._next.setFocus()

    # -- going ------------------------------------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Show a step."""
        last = step == len(STEPS) - 1
        self._stack.setCurrentIndex(step)
        self._heading.setText(f"{step + 1}/{len(STEPS)}　{tr(STEPS[step])}")
        self._tell("")
        self._back.setVisible(0 < step < len(STEPS) - 1)
        self._skip.setVisible(step in (2, 3))
        self._next.setText(tr("开始使用(&N)") if last else tr("下一步(&N)"))
        firsts = (self.name, self.password, self._next, self.address, self._next)
        firsts[step].setFocus()

    def _tell(self, words: str, role: Role = Role.DANGER) -> None:
        set_role(self._told, role)
        self._told.setText(words)

    def forward(self) -> None:
        """The next step, when this one is right."""
        step = self._stack.currentIndex()
        wrong = self.wrong(step)
        if wrong:
            self._tell(wrong)
            self._first_wrong(step).setFocus()
        elif step == 3:
            self._make(with_centre=True)
        elif step == len(STEPS) - 1:
            self._open()
        else:
            self.go(step + 1)

    def skip(self) -> None:
        """Later."""
        step = self._stack.currentIndex()
        if step == 3:
            self._make(with_centre=False)
        else:
            self.go(step + 1)

    def wrong(self, step: int) -> str:
        """What is wrong with a step, "" when nothing is."""
        if step == 0:
            if not self.name.text().strip():
                return "请填写您的姓名。"
            return check_account(self.account.text().strip()) or ("" if self._place else "请选出您所在的嘎查村或社区。")
        if step == 1:
            return check_password(self.password.text(), self.again.text())
        if step == 3 and not (self.address.text().strip() and self.code.text().strip()):
            return "请填中心地址和入网码；还没有的，点“以后再说”。"
        return ""

    def _first_wrong(self, step: int) -> QWidget:
        """Where to go on, in a step that is not right."""
        if step == 0:
            if not self.name.text().strip():
                return self.name
            return self.account if check_account(self.account.text().strip()) else self.search
        if step == 1:
            return self.again if len(self.password.text()) >= PASSWORD_LEAST else self.password
        return self.code if self.address.text().strip() else self.address

    def _point_name(self) -> str:
        return f"{self._place.name}便民代办点" if self._place else ""

    def test_page(self) -> None:
        """The printer's test page, before there is a desk."""
        from desk.papers import advance
        from desk.printing.document import draw
        from desk.printing.facts import OfficeFacts
        from desk.store.snapshots import PaperOut
        from ui.dialogs.paper_view import PaperDialog

        office = OfficeFacts(self._point_name(), "", "", "", "")

        def work() -> PaperOut:
            return PaperOut("打印机测试页", "测试页.pdf", draw(advance.test_page("A4", office, "")), "")

        tasks.read(self, work, lambda paper: PaperDialog(self, paper).open())

    def _make(self, *, with_centre: bool) -> None:
        self._wait(waiting=True)
        account = Account(self.account.text().strip(), self.name.text().strip())
        password, place, folder = self.password.text(), self._place, self._folder
        address, code, name = self.address.text().strip(), self.code.text().strip(), self._point_name()

        def work() -> None:
            from desk.app import opening

            if with_centre:
                opening.create_desk(folder, address, code, account, password)
            elif place is not None:
                opening.create_alone(folder, place.code, name, account, password)

        tasks.run(self, work, lambda _none: self._made(with_centre=with_centre), self._failed)

    def _wait(self, *, waiting: bool) -> None:
        for button in (self._next, self._skip, self._back):
            button.setEnabled(not waiting)
        self._tell("正在设置……" if waiting else "", Role.MUTED)

    def _failed(self, error: Exception) -> None:
        self._wait(waiting=False)
        if isinstance(error, DeskError):
            self._tell(error.sentences())
        else:
            messages.error(self, error)

    def _made(self, *, with_centre: bool) -> None:
        self._wait(waiting=False)
        joined = "已入网。" if with_centre else "还没有入网，以后在“设置”里填入网码。"
        self._summary.setText(f"{self._point_name()}设好了，代办员{self.name.text().strip()}。{joined}")
        self.go(len(STEPS) - 1)

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


def _page(*parts: QWidget) -> QWidget:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(unit() * 3)
    for part in parts:
        box.addWidget(part)
    box.addStretch(1)
    return page
