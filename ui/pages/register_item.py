"""The first part of the register page: which item, and at once how far an agent may go for the herder."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk.app.open_desk import Desk
from desk.errors import Problem
from desk.law.catalogue.rules import PROXY_NAMES
from ui.look import marks
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, Chip, label, plain_button, row
from ui.widgets.field import Field, SearchBox
from ui.widgets.items import ItemList


class ItemPart(Card):
    """Search, choose with arrows and Enter; the chosen item folds the list away."""

    chosen = Signal(str)
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("办什么事")
        self._desk, self._code = desk, ""
        self._recent: tuple[str, ...] = ()
        self.search = SearchBox("事项名称、拼音首字母或主题，回车选定", "register-item-search")
        self._field = Field("事项(&I)", self.search, "register-item-search")
        self.list = ItemList("register-items")
        self.list.setFixedHeight(unit() * 52)
        self.body.addWidget(self._field)
        self.body.addWidget(self.list)
        self._fill()
        self.search.asked.connect(lambda _text: self._ask())
        self.list.led_by(self.search, self._enter)
        self.list.taken.connect(self._take)
        self._ask()

    def _fill(self) -> None:
        self._name = label("", "title", bold=True, wrap=True)
        self._name.setObjectName("register-item-name")
        self._proxy = Chip()
        self._proxy.setObjectName("register-proxy")
        self._sample = Chip("示例", Role.WARN, "info-circle")
        self._change = plain_button("换事项", "register-item-change")
        self._change.clicked.connect(self._again)
        self._note = label("", wrap=True)
        self._note.setObjectName("register-proxy-note")
        self._organ = label("", wrap=True)
        self._organ.setObjectName("register-organ")
        self._promise = label("", "body", bold=True, wrap=True)
        self._promise.setObjectName("register-promise")
        self._how = label("", "small", Role.MUTED, wrap=True)
        top = row(self._proxy, self._sample, None, self._change)
        self._parts = (self._name, top, self._note, self._organ, self._promise, self._how)
        for part in self._parts:
            self.body.addWidget(part)
        self._show_about(shown=False)

    def _show_about(self, *, shown: bool) -> None:
        for part in self._parts:
            part.setVisible(shown)
        self._field.setVisible(not shown)
        self.list.setVisible(not shown)

    def set_recent(self, codes: tuple[str, ...]) -> None:
        """Items used of late come first while nothing is typed."""
        if codes != self._recent:
            self._recent = codes
            self._ask()

    def _ask(self) -> None:
        items = self._desk.items(self.search.text().strip())
        if not self.search.text().strip():
            rank = {code: at for at, code in enumerate(self._recent)}
            items = tuple(sorted(items, key=lambda one: (bool(one.refusal), rank.get(one.item.task_code, len(rank)))))
        self.list.show_items(items)
        self.list.go(0)

    def _enter(self) -> None:
        self._ask()
        if self.list.code():
            self._take(self.list.code())

    def _take(self, code: str) -> None:
        if self.list.refusal(code):
            self._field.set_problem(self.list.refusal(code))
            return
        self.choose(code)

    def choose(self, code: str) -> None:
        """Take the item with `code`, and say what a proxy may do before anything else."""
        item = self._desk.item(code)
        if item is None:
            return
        self._code = code
        self._name.setText(item.item_name)
        role = marks.PROXY_ROLES[item.proxy_mode]
        self._proxy.set(PROXY_NAMES[item.proxy_mode], role, marks.mark_icon(role))
        self._sample.setVisible(item.sample)
        self._sample.setToolTip(item.sample_note)
        self._note.setText(item.proxy_note)
        organ = self._desk.organ(code)
        self._organ.setText(f"承办机关：{organ}")
        promise = self._desk.promise(code)
        self._promise.setText(f"承诺办结：{promise.words}")
        self._how.setText("\n".join(promise.lines[1:]))
        self._field.set_problem("")
        self._show_about(shown=True)
        self._organ.setVisible(bool(organ))
        self._sample.setVisible(item.sample)
        self.chosen.emit(code)

    def _again(self) -> None:
        self.clear()
        self.edited.emit()
        self.search.setFocus()

    def task_code(self) -> str:
        """The chosen item's code, "" when none is chosen."""
        return self._code

    def clear(self) -> None:
        """Choose nothing."""
        self._code = ""
        self.search.clear()
        self._field.set_problem("")
        self._ask()
        self._show_about(shown=False)

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong with the item."""
        problem = problems.get("task_code")
        if problem is None:
            self._field.set_problem("")
        elif everywhere:
            self._field.set_problem(problem.text)
            if self._code:
                self._note.setText(problem.text)

    def focus_field(self, field: str) -> bool:
        """Go to the search when the item is what is wrong."""
        if field != "task_code":
            return False
        (self._change if self._code else self.search).setFocus()
        return True
