"""指南: find an item, read its guide as it prints, print it; several ticked ones make a booklet; in two scripts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.store.snapshots import ItemRow, PaperOut
from desk.words.guide_texts import GuideTexts
from ui import tasks
from ui.changes import Changes
from ui.dialogs.mongolian_dialog import TextsDialog
from ui.dialogs.paper_view import PaperDialog, PaperTools, PaperView
from ui.dialogs.township.counter_prints import LANGUAGES, CounterPrintsDialog
from ui.dialogs.township.local_adjustment import adjust
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import LongOperation
from ui.widgets.basic import label, plain_button, row
from ui.widgets.field import SearchBox, choice_box
from ui.widgets.filter_strip import FilterStrip
from ui.widgets.in_vain import InVain
from ui.widgets.items import ItemList
from ui.widgets.page import Page, Shell


class GuidesPage(Page):
    """Items at the left, the chosen one's guide at the right."""

    key, title = "guides", "指南"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.view = PaperView()
        self.tools = PaperTools(self.view)
        self.language = choice_box(LANGUAGES, name="guides-language", words="指南的文字")
        write = plain_button("蒙古文稿(&M)", "guides-mongolian", "language")
        booklet = plain_button("装订成册(&K)", "guides-booklet", "book-2")
        write.clicked.connect(self.write_mongolian)
        many = plain_button("成批打印(&G)", "guides-many", "printer")
        booklet.clicked.connect(self.booklet)
        many.clicked.connect(self.print_many)
        self.local = plain_button("本地调整(&A)", "guides-local", "building-community")
        self.local.clicked.connect(self.adjust)
        self.place = choice_box(self._places(), name="guides-place", words="哪里的指南")
        self.head(self.place, self.language, write, booklet, many, self.local, self.tools)
        self.local.setVisible(desk.villages.has_any)
        self.place.setVisible(self.place.count() > 1)
        self.search = SearchBox("事项名称、拼音首字母、主题", "guides-search")
        self.list = ItemList("guides-list", ticks=True)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, unit() * 2, 0)
        box.addWidget(self.search)
        self._strip = FilterStrip(self, "guides-filters")
        self._strip.cleared.connect(self.show_all)
        box.addWidget(self._strip)
        box.addWidget(self.list)
        box.addWidget(row(label("勾选几项，可装订成册。", "small", Role.MUTED, wrap=True)))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(left)
        parts.addWidget(self.view)
        parts.setStretchFactor(1, 1)
        parts.setSizes([unit() * 70, unit() * 150])
        parts.setChildrenCollapsible(False)
        self.box.addWidget(parts, 1)
        self._vain = InVain(self, self.search, desk)
        self.search.asked.connect(self._ask)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.moved.connect(self._chosen)
        for choice in (self.language, self.place):
            choice.currentIndexChanged.connect(lambda _at: self._chosen(self.list.code()))
        self.list.show_items(desk.items())

    def activate(self, **facts: Any) -> None:
        """Show the guide of `task_code`, or the first."""
        self.list.choose(facts.get("task_code", ""))
        self._chosen(self.list.code())
        self.search.setFocus()

    def show_all(self) -> None:
        """No item is looked for any more."""
        self.search.clear()
        self._ask("")

    def _ask(self, text: str) -> None:
        tasks.read(self, lambda: self.desk.items(text), lambda found: self._found(text, found), self.shell.error)

    def _found(self, text: str, found: tuple[ItemRow, ...]) -> None:
        if text != self.search.text().strip():
            return  # more was typed meanwhile
        self._vain.answered(text, found=bool(found))
        left = len(self.desk.items()) - len(found)
        self._strip.tell([tr(f"找“{text}”")] if text else [], f"另有 {left} 项没有列出")
        self.list.show_items(found)
        self._chosen(self.list.code())

    def _chosen(self, code: str) -> None:
        language, point = self.language.currentData(), self.place.currentData()
        self.local.setEnabled(self.desk.adjustments.is_ours(code))
        if code:
            tasks.read(
                self,
                lambda: self.desk.papers.guide(code, language, point),
                lambda paper: self._show(code, paper),
                self.shell.error,
            )

    def _show(self, code: str, paper: PaperOut) -> None:
        if code == self.list.code():
            self.view.show_paper(paper)

    def _places(self) -> list[tuple[str, str]]:
        """This counter, and at a township its villages: whose guide is shown and printed."""
        return [(one.name, one.point) for one in self.desk.villages.counters()]

    def print_many(self) -> None:
        """Guides and notice sheets of several places at once; what is ticked here is ticked there."""
        CounterPrintsDialog(self, self.desk, (self.place.currentData(),), self.list.chosen).open()

    def adjust(self) -> None:
        """What this township says otherwise of the item, where it was devolved to it."""
        code = self.list.code()
        tasks.read(
            self,
            lambda: self.desk.adjustments.view(code),
            lambda view: adjust(self, self.desk, self.shell, code, view),
            self.shell.error,
        )

    def booklet(self) -> None:
        """The ticked guides in one, with contents and page numbers."""
        codes, language = tuple(self.list.chosen), self.language.currentData()
        work = LongOperation(
            self,
            lambda report, cancelled: self.desk.papers.booklet(codes, language, report, cancelled),
            Changes.PAPERS,
        )
        work.success(lambda paper: PaperDialog(self, paper).open()).run("装订指南")

    def write_mongolian(self) -> None:
        """What the township wrote in Mongolian; it is printed as typed, never translated by us."""
        code = self.list.code()
        if not code:
            return
        item = self.desk.item(code)
        title = item.item_name if item else code

        def show(kept: GuideTexts) -> None:
            TextsDialog(self, self.desk, code, title, kept, lambda: self._chosen(code)).open()

        tasks.read(self, lambda: self.desk.mongolian.texts(code), show, self.shell.error)
