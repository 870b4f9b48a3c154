"""统计: by month, item, state, time taken, rating; a chart and the table behind it; to paper and to a sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QGridLayout

from desk.app.open_desk import Desk
from desk.counter.figures import FiguresView, ItemTime, ratings_note
from ui import tasks
from ui.changes import Changes
from ui.dialogs.save_as import save_as
from ui.dialogs.show_paper import show_paper
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.basic import Card, label, plain_button
from ui.widgets.chart import BarChart
from ui.widgets.columns import Columns
from ui.widgets.field import choice_box
from ui.widgets.page import Page, Shell, emptied, scrolled

_SPANS = (("今年", "year"), ("近 12 个月", "12"), ("去年", "last"), ("本月", "month"))


class FiguresPage(Page):
    """One span of time at a time."""

    key, title = "figures", "统计"
    concerns = Changes.CASES | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.span = choice_box(_SPANS, name="figures-span", words="期间")
        sheet = plain_button("导出表格(&E)", "figures-export", "table")
        paper = plain_button("打印(&P)", "figures-print", "printer")
        sheet.clicked.connect(self.export)
        paper.clicked.connect(self.print_paper)
        self._sums = label("", "body", Role.MUTED)
        self._sums.setObjectName("figures-sums")
        self.head(self._sums, self.span, sheet, paper)
        self._held_back = label("", "small", Role.MUTED, wrap=True)
        self._held_back.setObjectName("figures-held-back")
        self.charts: dict[str, BarChart] = {}
        self._cards: dict[str, Card] = {}
        inner = Columns(1, 1)
        left, right = inner.columns
        for column, key, words in (
            (left, "months", "按月"),
            (left, "states", "按状态"),
            (left, "windows", "按窗口"),
            (left, "ratings", "群众评价"),
            (right, "items", "按事项"),
        ):
            card = self._cards[key] = Card(words)
            self.charts[key] = BarChart(f"figures-{key}")
            card.body.addWidget(self.charts[key])
            column.addWidget(card)
            if key == "ratings":
                card.body.addWidget(self._held_back)
        times = Card("用时（天）")
        self._times = QGridLayout()
        self._times.setHorizontalSpacing(unit() * 4)
        times.body.addLayout(self._times)
        right.addWidget(times)
        left.addStretch(1)
        right.addStretch(1)
        self.box.addWidget(scrolled(inner, "figures-scroll"), 1)
        self.figures: FiguresView | None = None
        self.span.currentIndexChanged.connect(lambda _at: self.changed())

    def activate(self, **_facts: Any) -> None:
        """Count again."""
        self.changed()
        self.span.setFocus()

    def changed(self) -> None:
        """Count again."""
        since, until = self._between()
        tasks.read(self, lambda: self.desk.figures.view(since, until), self._show, self.shell.error)

    def _between(self) -> tuple[dt.date, dt.date]:
        today = self.desk.today_date()
        match self.span.currentData():
            case "12":
                return (today.replace(day=1) - dt.timedelta(334)).replace(day=1), today
            case "last":
                return dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
            case "month":
                return today.replace(day=1), today
            case _:
                return dt.date(today.year, 1, 1), today

    def _show(self, view: FiguresView) -> None:
        self.figures = view
        share = f"，评价率 {view.rated * 100 // view.ended}%" if view.ended else ""
        self._sums.setText(f"收件 {view.total} 件，了结 {view.ended} 件{share}")
        self.charts["months"].show_counts(view.months)
        self.charts["states"].show_counts(view.states)
        self.charts["windows"].show_counts(view.windows)
        self._cards["windows"].setVisible(bool(view.windows))
        self.charts["ratings"].show_counts(view.ratings)
        self._held_back.setText(ratings_note(view))
        self.charts["items"].show_counts(view.items[:24])
        emptied(self._times)
        heads = ("事项", "了结", "平均", "最长", "按期")
        for column, words in enumerate(heads):
            self._times.addWidget(label(words, "small", Role.MUTED), 0, column)
        for line, one in enumerate(view.times, 1):
            for column, words in enumerate(_cells(one)):
                self._times.addWidget(label(words, wrap=column == 0), line, column)
        if not view.times:
            self._times.addWidget(label("还没有了结的办件。", "body", Role.MUTED), 1, 0, 1, len(heads))
        self._times.setColumnStretch(0, 1)

    def print_paper(self) -> None:
        """The charts and tables on paper."""
        view = self.figures
        if view is not None:
            show_paper(self, lambda: self.desk.papers.figures(view)).run()

    def export(self) -> None:
        """Ask where, then write the tables."""
        name = f"统计-{self.desk.today_date()}.xlsx"
        save_as(self, "导出表格", Path.home() / name, self.export_to)

    def export_to(self, place: Path) -> None:
        """Write the tables behind the charts."""
        from desk.counter import case_sheets

        view = self.figures
        if view is not None:
            work = Operation(self, lambda: case_sheets.figures_to(place, view))
            work.success(lambda _none: self.shell.toast(f"已导出：{place.name}")).run()


def _cells(one: ItemTime) -> tuple[str, ...]:
    return (one.item_name, str(one.ended), f"{one.mean_days:.1f}", str(one.longest_days), f"{one.on_time}/{one.ended}")
