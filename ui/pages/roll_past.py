"""Rolls that were taken in, each with its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desk.folds.records import Roll
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import EmptyState, label, plain_button, row
from ui.widgets.page import scrolled


@dataclass(frozen=True)
class RollPapers:
    """What can be printed of a roll; each shows the paper."""

    receipts: Callable[[Roll], None]
    notice: Callable[[Roll], None]
    signed: Callable[[Roll], None]


class RollsDialog(QDialog):
    """One line a roll."""

    def __init__(self, parent: QWidget, papers: RollPapers, rolls: tuple[Roll, ...]) -> None:
        super().__init__(parent)
        self.setObjectName("rolls")
        self.setWindowTitle(tr("已登记的名册"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        for roll in rolls:
            lines.addWidget(self._line(papers, roll))
        if not rolls:
            lines.addWidget(EmptyState("table", "还没有登记过名册。"))
        lines.addStretch(1)
        close = plain_button("关闭(&C)", "rolls-close", "x")
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(unit() * 5, unit() * 4, unit() * 5, unit() * 4)
        box.addWidget(label("已登记的名册", "title", bold=True))
        box.addWidget(scrolled(inner, "rolls-scroll"))
        box.addWidget(row(None, close))
        self.resize(unit() * 190, unit() * 100)

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
        return row(*made)
