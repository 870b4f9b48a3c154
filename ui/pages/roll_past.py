"""Rolls that were taken in, each with its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desk.counter.rolls import RollLine
from desk.folds.records import Roll
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import EmptyState, label, plain_button, row
from ui.widgets.page import scrolled

if TYPE_CHECKING:
    from ui.pages.roll import RollPage


class RollsDialog(QDialog):
    """One line a roll."""

    def __init__(self, page: RollPage, rolls: tuple[Roll, ...]) -> None:
        super().__init__(page)
        self.setObjectName("rolls")
        self.setWindowTitle(tr("已登记的名册"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        for roll in rolls:
            lines.addWidget(self._line(page, roll))
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
    def _line(page: RollPage, roll: Roll) -> QWidget:
        rows = roll.taken.rows
        made = [label(roll.taken.title, bold=True), label(f"{roll.day}　{len(rows)} 户", "body", Role.MUTED), None]
        lines = tuple(RollLine(one.name, one.id_number, one.phone, one.address, dict(one.values)) for one in rows)
        numbers = tuple(one.intake_no for one in rows)

        def sign() -> None:
            page.show_paper(lambda: page.desk.papers.roll_sheet(roll.taken.title, roll.taken.item_name, lines, numbers))

        for words, name, act in (
            ("回执", "receipts", lambda: page.receipts(roll)),
            ("公示", "notice", lambda: page.notice(roll)),
            ("签字册", "sign", sign),
        ):
            button = plain_button(words, f"rolls-{name}-{roll.id[:8]}", "printer")
            button.setAccessibleName(f"{roll.taken.title}：{tr(words)}")
            button.clicked.connect(lambda _checked=False, act=act: act())
            made.append(button)
        return row(*made)
