"""Rolls that were taken in, each with its acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desk.folds.records import Roll
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.basic import Chip, EmptyState, label, plain_button, primary_button
from ui.widgets.dialog import Dialog


@dataclass(frozen=True)
class RollActs:
    """What can be printed of a roll, each shown; and undoing it whole."""

    receipts: Callable[[Roll], None]
    notice: Callable[[Roll], None]
    signed: Callable[[Roll], None]
    undo: Callable[[Roll], None]


class RollsDialog(Dialog):
    """One line a roll."""

    def __init__(self, parent: QWidget, acts: RollActs, rolls: tuple[Roll, ...]) -> None:
        super().__init__(parent, "已登记的名册", "rolls", wide=190, high=100)
        self.head("已登记的名册")
        for roll in rolls:
            self.body.addWidget(self._line(acts, roll))
        if not rolls:
            self.body.addWidget(EmptyState("table", "还没有登记过名册。"))
        self.body.addStretch(1)
        close = primary_button("关闭(&C)", "rolls-close", "x")
        close.clicked.connect(self.accept)
        self.foot(None, close)

    def _line(self, acts: RollActs, roll: Roll) -> QWidget:
        rows = roll.taken.rows
        about = label(f"{roll.day}　{len(rows)} 户", "body", Role.MUTED)
        made: list[QWidget | None] = [label(roll.taken.title, bold=True), about, None]
        for words, name, act in (
            ("回执", "receipts", acts.receipts),
            ("公示", "notice", acts.notice),
            ("签字册", "sign", acts.signed),
        )[: 0 if roll.undone else None]:
            button = plain_button(words, f"rolls-{name}-{roll.id[:8]}", "printer")
            button.setAccessibleName(f"{roll.taken.title}：{tr(words)}")
            button.clicked.connect(lambda _checked=False, act=act: act(roll))
            made.append(button)
        made.append(self._undoing(acts, roll))
        return Flow(*made)

    def _undoing(self, acts: RollActs, roll: Roll) -> QWidget:
        """Until it was sent: whether it was is told when it is tried."""
        if roll.undone is not None:
            chip = Chip("已撤销", Role.MUTED, "arrow-back-up")
            chip.setToolTip(roll.undone.reasons)
            return chip
        button = plain_button("撤销整本", f"rolls-undo-{roll.id[:8]}", "arrow-back-up")
        button.setAccessibleName(f"{roll.taken.title}：{tr('撤销整本')}")

        def asked() -> None:
            self.accept()
            acts.undo(roll)

        button.clicked.connect(asked)
        return button
