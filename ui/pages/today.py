"""今日: what needs me now, one click to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desk.app import Desk
from desk.views import CaseRow, TodayView
from ui import marks, tasks
from ui.pages.page import Page, Shell
from ui.theme import Role, unit
from ui.widgets.basic import Card, Chip, EmptyState, label, plain_button, primary_button, row


class _Tile(Card):
    """A number that matters, and the way to it."""

    def __init__(self, name: str, words: str, act: Callable[[], None]) -> None:
        super().__init__()
        self.number = label("—", "heading", bold=True)
        self.number.setObjectName(f"today-{name}")
        self.body.addWidget(self.number)
        self._words = words
        self.body.addWidget(label(words, "body", Role.MUTED))
        self._more = label("", "small", Role.WARN)
        self.body.addWidget(self._more)
        button = plain_button("查看", f"today-{name}-open")
        button.setAccessibleName(f"查看{words}")
        button.clicked.connect(act)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def set(self, number: int, more: str = "") -> None:
        """Show `number`."""
        self.number.setText(str(number))
        self.number.setAccessibleName(f"{self._words}：{number}")
        self._more.setText(more)


class TodayPage(Page):
    """The first page."""

    key, title = "today", "今日"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        new = primary_button("登记新办件", "today-new", "file-plus")
        new.clicked.connect(lambda: shell.open("register"))
        self.head(new)
        grid = QGridLayout()
        grid.setSpacing(unit() * 3)
        self._tiles = {
            "collected": _Tile("collected", "今天收件", lambda: shell.open("cases")),
            "due": _Tile("due", "临近和超期", lambda: shell.open("cases", sort="due_on")),
            "supplements": _Tile("supplements", "待补正", lambda: shell.open("cases", state="supplement_asked")),
            "drafts": _Tile("drafts", "草稿", lambda: shell.open("register", latest_draft=True)),
            "sync": _Tile("sync", "待送中心（条）", lambda: shell.open("sync")),
        }
        for at, tile in enumerate(self._tiles.values()):
            grid.addWidget(tile, 0, at)
        self.box.addLayout(grid)
        self._recent = Card("最近的办件")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(unit())
        self._recent.body.addLayout(self._lines)
        self.box.addWidget(self._recent, 1)

    def activate(self, **_facts: Any) -> None:
        """Count again."""
        self.changed()

    def changed(self) -> None:
        """Count again."""
        tasks.read(self, self.desk.today, self._show)

    def _show(self, view: TodayView) -> None:
        self._tiles["collected"].set(view.collected_today)
        self._tiles["due"].set(view.yellow + view.red, f"其中超期 {view.red}" if view.red else "")
        self._tiles["supplements"].set(view.supplements)
        self._tiles["drafts"].set(view.drafts)
        since = f"最早 {marks.when(view.waiting_since)}" if view.waiting_since else ""
        self._tiles["sync"].set(view.waiting_sync, since)
        while (item := self._lines.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        if not view.recent:
            self._lines.addWidget(EmptyState("home", "还没有办件。有人来办事时，按 Ctrl+N 登记第一件。"))
            return
        for case in view.recent:
            self._lines.addWidget(self._line(case))
        self._lines.addStretch(1)

    def _line(self, case: CaseRow) -> QWidget:
        open_case: QPushButton = plain_button(f"{case.applicant_name}　{case.item_name}", f"recent-{case.intake_no}")
        open_case.setFlat(True)
        open_case.clicked.connect(lambda: self.shell.open("case", intake_no=case.intake_no))
        role, icon = marks.state_mark(case.state)
        return row(
            open_case,
            None,
            label(marks.when(case.collected_at), "small", Role.MUTED),
            Chip(case.state_name, role, icon),
        )
