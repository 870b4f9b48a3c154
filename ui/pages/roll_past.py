"""Rolls that were taken in, each with its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desk.folds.records import Roll
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.basic import EmptyState, label, plain_button, primary_button
from ui.widgets.dialog import Dialog


@dataclass(frozen=True)
class RollPapers:
    """What can be printed of a roll; each shows the paper."""

    receipts: Callable[[Roll], None]
    notice: Callable[[Roll], None]
    signed: Callable[[Roll], None]


class RollsDialog(Dialog):
    """One line a roll."""

    def __init__(self, parent: QWidget, papers: RollPapers, rolls: tuple[Roll, ...]) -> None:
        super().__init__(parent, "已登记的名册", "rolls", wide=190, high=100)
        self.head("已登记的名册")
        for roll in rolls:
            self.body.addWidget(self._line(papers, roll))
        if not rolls:
            self.body.addWidget(EmptyState("table", "还没有登记过名册。"))
        self.body.addStretch(1)
        close = primary_button("关闭(&C)", "rolls-close", "x")
        close.clicked.connect(self.accept)
        self.foot(None, close)

    @staticmethod
    def _line(papers: RollPapers, roll: Roll) -> QWidget:
        rows = roll.taken.rows
        about = label(f"{roll.day}　{len(rows)} 户", "body", Role.MUTED)
        made: list[QWidget | None] = [label(roll.taken.title, bold=True), about, None]
        for words, name, act in (
            ("回执", "receipts", papers.receipts),
            ("公示", "notice", papers.notice),
            ("签字册", "sign", papers.signed),
        ):
            button = plain_button(words, f"rolls-{name}-{roll.id[:8]}", "printer")
            button.setAccessibleName(f"{roll.taken.title}：{tr(words)}")
            button.clicked.connect(lambda _checked=False, act=act: act(roll))
            made.append(button)
        return Flow(*made)
