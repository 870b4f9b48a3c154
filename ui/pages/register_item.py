"""Which matter it is, in a strip: how far an agent may go for the herder, and what is promised."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.errors import Problem
from desk.law.catalogue.item import Item
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.deadline import Warn
from desk.store.snapshots import DueView
from ui.look import marks
from ui.look.theme import Role, unit
from ui.widgets.basic import Chip, label, plain_button, set_role


class ItemPart(QWidget):
    """The chosen item; hidden while none is."""

    chosen = Signal(str)
    other = Signal()  # another one is to be found
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._code = desk, ""
        self._name = label("", "title", bold=True, wrap=True)
        self._name.setObjectName("register-item-name")
        self._proxy = Chip()
        self._proxy.setObjectName("register-proxy")
        self._sample = Chip("示例", Role.WARN, "info-circle")
        self._change = plain_button("换事项", "register-item-change")
        self._change.clicked.connect(self._again)
        self._note = label("", "small", Role.MUTED, wrap=True)
        self._note.setObjectName("register-proxy-note")
        self._organ = label("", "small", wrap=True)
        self._organ.setObjectName("register-organ")
        head = QHBoxLayout()
        head.setSpacing(unit() * 2)
        head.addWidget(self._name, 1)
        for part in (self._proxy, self._sample, self._change):
            head.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit() // 2)
        box.addLayout(head)
        box.addWidget(self._organ)
        box.addWidget(self._note)
        self.hide()

    def choose(self, code: str) -> None:
        """Take the item with `code`, and say what a proxy may do before anything else."""
        item = self._desk.item(code)
        if item is None:
            return
        self._code = code
        self._show(item)
        self.show()
        self.chosen.emit(code)

    def _show(self, item: Item) -> None:
        self._name.setText(item.item_name)
        role = marks.PROXY_ROLES[item.proxy_mode]
        self._proxy.set(PROXY_NAMES[item.proxy_mode], role, marks.mark_icon(role))
        self._sample.setVisible(item.sample)
        self._sample.setToolTip(item.sample_note)
        organ = self._desk.organ(item.task_code)
        self._organ.setText(f"承办机关：{organ}")
        self._organ.setVisible(bool(organ))
        self._tell_note(item.proxy_note)

    def _tell_note(self, text: str, role: Role = Role.MUTED) -> None:
        self._note.setText(text)
        set_role(self._note, role)
        self._note.setVisible(bool(text))

    def _again(self) -> None:
        self.clear()
        self.edited.emit()
        self.other.emit()

    def task_code(self) -> str:
        """The chosen item's code, "" when none is chosen."""
        return self._code

    def clear(self) -> None:
        """Choose nothing."""
        self._code = ""
        self.hide()

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong with the item."""
        problem = problems.get("task_code")
        if problem is not None and everywhere and self._code:
            self._tell_note(f"✕ {problem.text}", Role.DANGER)

    def named(self, field: str) -> str:  # noqa: ARG002 - what is wrong with an item is said in full
        """Nothing short."""
        return ""

    def focus_field(self, field: str) -> bool:
        """Go to the strip when the item is what is wrong."""
        if field != "task_code" or not self._code:
            return False
        self._change.setFocus()
        return True


class DuePart(QWidget):
    """When the case will be decided, if it is taken in now; how that is reckoned is in small."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit() // 2)
        self._promise = label("", "body", bold=True, wrap=True)
        self._promise.setObjectName("register-promise")
        self._how = label("", "small", Role.MUTED, wrap=True)
        box.addWidget(self._promise)
        self._stated = label("", "body", wrap=True)
        self._stated.setObjectName("register-stated")
        box.addWidget(self._how)
        box.addWidget(self._stated)
        self.hide()

    def show_item(self, item: Item | None) -> None:
        """The promise of `item`, or nothing."""
        if item is not None:
            promise = self._desk.promise(item.task_code)
            self._promise.setText(f"承诺办结：{promise.words}")
            self._how.setText("\n".join(promise.lines[1:]))
        self.setVisible(item is not None)
        self._stated.hide()

    def tell_ahead(self, told: Sequence[DueView]) -> None:
        """What else the item says of time, as the form stands now; the nearest colours it."""
        days = [f"{one.name}：{one.words}" for one in told if one.on]
        words = [*days, *dict.fromkeys(one.note or one.words for one in told)]
        worst = max((one.warning for one in told), key=list(Warn).index, default=Warn.NONE)
        self._stated.setText("\n".join(words))
        set_role(self._stated, marks.WARN_ROLES[worst])
        self._stated.setVisible(bool(words))
