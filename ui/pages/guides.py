"""指南: find an item, read its guide as it prints, print it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from desk.app import Desk
from desk.views import PaperOut
from ui import tasks
from ui.pages.page import Page, Shell
from ui.paper_view import PaperTools, PaperView
from ui.theme import unit
from ui.widgets.field import SearchBox
from ui.widgets.items import ItemList


class GuidesPage(Page):
    """Items at the left, the chosen one's guide at the right."""

    key, title = "guides", "指南"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.view = PaperView()
        self.tools = PaperTools(self.view)
        self.head(self.tools)
        self.search = SearchBox("事项名称、拼音首字母、主题", "guides-search")
        self.list = ItemList("guides-list")
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, unit() * 2, 0)
        box.addWidget(self.search)
        box.addWidget(self.list)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(left)
        parts.addWidget(self.view)
        parts.setStretchFactor(1, 1)
        parts.setSizes([unit() * 70, unit() * 150])
        parts.setChildrenCollapsible(False)
        self.box.addWidget(parts, 1)
        self.search.asked.connect(lambda text: self.list.show_items(desk.items(text)))
        self.list.currentItemChanged.connect(self._chosen)
        self.list.show_items(desk.items())

    def activate(self, **facts: Any) -> None:
        """Show the guide of `task_code`, or the first."""
        self.list.choose(facts.get("task_code", ""))
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self.search.setFocus()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        code = self.list.code(item)
        if code:
            tasks.read(
                self, lambda: self.desk.papers.guide(code), lambda paper: self._show(code, paper), self.shell.error
            )

    def _show(self, code: str, paper: PaperOut) -> None:
        if code == self.list.code(self.list.currentItem()):
            self.view.show_paper(paper)
