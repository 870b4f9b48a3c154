"""办件: the list, searched as one types, filtered, sorted; Enter opens a case; all of it goes to a sheet or paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QMenu,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desk.app.open_desk import Desk
from desk.counter import today
from desk.counter.hall.passing import WindowName
from desk.folds.case import STATE_NAMES
from desk.log import history_words
from desk.papers.paper_list import FORMS
from desk.store.snapshots import MANY, CaseQuery, PaperOut
from ui import tasks
from ui.changes import Changes
from ui.dialogs.paper_view import PaperDialog
from ui.dialogs.save_as import save_as
from ui.dialogs.show_paper import show_paper
from ui.look import marks, theme
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.models.case_table import COLUMNS, CaseTable
from ui.operations import LongOperation
from ui.widgets.ask import Ask
from ui.widgets.basic import EmptyState, label, paint_chip, plain_button, primary_button
from ui.widgets.field import SearchBox, choice_box, opens_at_once
from ui.widgets.filter_strip import FilterStrip
from ui.widgets.list_table import ListTable
from ui.widgets.page import Page, Shell

_STATE, _COLLECTED, _CENTRE = 3, 4, 6
_ITEM_LEAST = 9  # letters of an item's name that must be seen; the time of day gives way
_ITEM_LETTERS = 28  # of the box that chooses one, where there is room
_WIDTHS = (7.4, 7, 0, 7.5, 8.6, 9.6, 7)  # letters; 0 takes what is left
_WIDTHS_OF_TOWNSHIP = (*_WIDTHS[:-1], 9.5)  # whose village's it is stands in the last
_LEDGER_MOST = 3000  # cases on paper at once
_WARNINGS = (("全部时限", ""), ("临近和超期", "any"), ("临近", "yellow"), ("超期", "red"))
_RESULTS = ("待交件（在路上或已到点）", ",".join(today.RESULTS.states))
_OF_POINT = (("本点的办件", ""), ("本窗口的办件", "window"), ("我收的办件", "mine"))
_WHOSE = (*_OF_POINT, ("下属村的办件", "villages"), ("本点和下属村", "all"))
_OF_NUMBER = 15  # digits that a whole number has at least
_NO_VILLAGE = "还没有收到下属村的办件。"
_SPANS = (("全部日期", 0), ("今天", 1), ("近 7 天", 7), ("近 30 天", 30), ("近一年", 365))


class _ChipCell(QStyledItemDelegate):
    """Draws a state as a chip."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background as usual, then the chip."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        words, plain.text = plain.text, ""
        plain.widget.style().drawControl(
            plain.widget.style().ControlElement.CE_ItemViewItem, plain, painter, plain.widget
        )
        model = index.model()
        if not isinstance(model, CaseTable):
            return
        case = model.row_at(index)
        if index.column() == _STATE:
            role, icon = marks.state_mark(case.state)
        else:
            role, icon = (Role.OK, "circle-check") if case.at_centre else (Role.WAITING, "clock")
            role, icon = (Role.MUTED, "eye") if case.village else (role, icon)
        painter.save()
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(
            words, Qt.TextElideMode.ElideRight, option.rect.width() - round(metrics.height() * 2.1)
        )
        wide = metrics.horizontalAdvance(words) + metrics.height() * 2.1
        height = metrics.height() * 1.3
        rect = QRectF(option.rect)
        chip = QRectF(rect.left() + 4, rect.center().y() - height / 2, min(wide, rect.width() - 8), height)
        paint_chip(painter, chip, words, role, icon)
        painter.restore()


class CasesPage(Page):
    """The list of cases."""

    key, title = "cases", "办件"
    concerns = Changes.CASES | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._count = label("", "body", Role.MUTED)
        self._count.setObjectName("cases-count")
        sheet = plain_button("导出表格(&E)", "cases-export", "table")
        paper = plain_button("打印台账(&L)", "cases-ledger", "printer")
        sheet.clicked.connect(self.export)
        paper.clicked.connect(self.ledger)
        more = plain_button("登记用文书(&D)", "cases-forms", "file-text")
        more.setMenu(self._forms(more))
        self.head(self._count, more, sheet, paper)
        self.search = SearchBox("姓名、拼音首字母、证件尾号、电话、收件号", "cases-search")
        self.search.setMinimumWidth(theme.unit() * 50)
        self._states = _box("cases-state", "按状态筛选", [("全部状态", ""), _RESULTS])
        for state, name in STATE_NAMES.items():
            self._states.addItem(tr(name), state.value)
        self._items = _box("cases-item", "按事项筛选", [("全部事项", "")])
        for one in desk.items():
            self._items.addItem(one.item.item_name, one.item.task_code)
        self._items.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._items.setMinimumContentsLength(_ITEM_LETTERS)  # thousands of names are not measured
        self._items.setMaximumWidth(theme.unit() * 44)
        opens_at_once(self._items)
        self._warnings = _box("cases-warning", "按时限筛选", _WARNINGS)
        self._spans = _box("cases-span", "按收件日期筛选", _SPANS)
        self._agents = _box("cases-agent", "按代办员筛选", [("全部代办员", "")])
        self._whose = _box("cases-whose", "谁的办件", _WHOSE if desk.villages.has_any else _OF_POINT)
        self._whose.setVisible(desk.villages.has_any)
        for village in desk.villages.all():
            self._whose.addItem(village.name, village.point)
        self._filters = (self._states, self._items, self._warnings, self._spans, self._agents)
        self.box.addWidget(self.search)
        self.box.addWidget(Flow(self._whose, *self._filters))
        self._strip = FilterStrip(self, "cases-filters")
        self._strip.cleared.connect(self.show_all)
        self.box.addWidget(self._strip)
        self.model = CaseTable(desk, self)
        self.table = _table(self.model, _WIDTHS_OF_TOWNSHIP if desk.villages.has_any else _WIDTHS)
        new = primary_button("登记第一件", "cases-new", "file-plus")
        new.setToolTip("Ctrl+N")
        new.clicked.connect(lambda: shell.open("register"))
        self._none = EmptyState("files", "没有符合条件的办件。", new)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.box.addWidget(self._stack, 1)
        self.search.asked.connect(lambda text: self.model.ask(text=text))
        for filtered in (self._whose, *self._filters):
            filtered.currentIndexChanged.connect(self._filter)
        self.model.settled.connect(self._settled)
        self.table.activated.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.search.returnPressed.connect(self._entered)

    def activate(self, **facts: Any) -> None:
        """Show the list as it was left, or what `query` asks and nothing else."""
        tasks.read(self, self.desk.agent_names, self._name_agents)
        tasks.read(self, self.desk.passing.windows, self._name_windows)
        if "query" in facts:
            self._set(facts["query"])
        self.model.ask(text=self.search.text().strip(), **self._chosen())
        self.search.setFocus()

    def changed(self) -> None:
        """Ask again."""
        self.model.ask()

    def _name_agents(self, names: tuple[str, ...]) -> None:
        for name in names:
            if self._agents.findData(name) < 0:
                self._agents.addItem(name, name)

    def _name_windows(self, windows: tuple[WindowName, ...]) -> None:
        """Where there are others: theirs can be listed, too."""
        for one in windows:
            if not one.is_own and self._whose.findData(one.node) < 0:
                self._whose.addItem(tr(f"{one.title}的办件"), one.node)
        self._whose.setVisible(self.desk.villages.has_any or len(windows) > 1)

    def show_all(self) -> None:
        """Nothing is filtered any more; whose cases they are stays."""
        self._set(CaseQuery(whose=self.model.query.whose))
        self.model.ask(text="", **self._chosen())

    def _set(self, query: CaseQuery) -> None:
        """The boxes and the search as `query` says."""
        if query.window and self._whose.findData(query.window) < 0:
            self._whose.addItem(tr(f"{history_words.window(query.window)}的办件"), query.window)
        days = (self.desk.today_date() - dt.date.fromisoformat(query.since)).days + 1 if query.since else 0
        asked = (",".join(query.states), query.task_code, query.warning, days, query.agent)
        for box, value in ((self._whose, query.whose), *zip(self._filters, asked, strict=True)):
            box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            box.setCurrentIndex(max(0, box.findData(value)))
            box.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.search.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.search.setText(query.text)
        self.search.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _on(self) -> list[str]:
        """What is filtered, in words."""
        text = self.model.query.text
        boxes = [box.currentText() for box in self._filters if box.currentIndex() > 0]
        return ([tr(f"找“{text}”")] if text else []) + boxes

    def _chosen(self) -> dict[str, Any]:
        state, days = self._states.currentData(), self._spans.currentData()
        since = self.desk.today_date() - dt.timedelta(days - 1) if days else None
        return {
            "whose": self._whose.currentData(),
            "states": tuple(state.split(",")) if state else (),
            "task_code": self._items.currentData(),
            "warning": self._warnings.currentData(),
            "agent": self._agents.currentData(),
            "since": since.isoformat() if since else "",
        }

    def _filter(self, _at: int) -> None:
        self.model.ask(**self._chosen())

    def _sort(self, column: int, way: Qt.SortOrder) -> None:
        if COLUMNS[column][1]:
            self.model.ask(sort=COLUMNS[column][1], descending=way is Qt.SortOrder.DescendingOrder)

    def _settled(self, total: int) -> None:
        self._count.setText(f"{total} 件" if total <= MANY else f"超过 {MANY} 件")
        asked = self._on()
        self._strip.tell(asked)
        if asked:
            whole = CaseQuery(whose=self.model.query.whose)
            most = 2 * MANY  # how many are not listed is told as far as both can be counted
            tasks.read(self, lambda: self.desk.count_cases(whole, most), lambda all_: self._tell_hidden(all_, total))
        none = (
            _NO_VILLAGE
            if self.model.query.whose not in ("", "window", "mine") and not self.model.query.window
            else "还没有办件。有人来办事时，按 Ctrl+N 登记。"
        )
        self._none.words.setText("没有符合条件的办件。" if asked else none)
        self._stack.setCurrentWidget(self.table if total else self._none)
        if total and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _tell_hidden(self, all_: int, listed: int) -> None:
        if self._strip.filters == tuple(self._on()):
            counted = all_ <= 2 * MANY and listed <= MANY
            told = f"另有 {all_ - listed} 件没有列出" if counted else "另有很多件没有列出"
            self._strip.tell(self._strip.filters, told)

    def _entered(self) -> None:
        """A receipt that was scanned opens its case; of anything else the list is gone on in."""
        text = self.search.text().strip()
        if sum(char.isdigit() for char in text) < _OF_NUMBER:
            self._to_table()
        else:
            tasks.read(self, lambda: self.desk.scanned(text), self._scanned)

    def _scanned(self, intake_no: str) -> None:
        if intake_no:
            self.search.clear()
            self.shell.open("case", intake_no=intake_no)
        else:
            self._to_table()

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.shell.open("case", intake_no=self.model.row_at(index).intake_no)

    # -- to a sheet, to paper -------------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask where, then write every case that is listed."""
        name = f"办件-{self.desk.today_date()}.xlsx"
        save_as(self, "导出表格", Path.home() / name, self.export_to)

    def export_to(self, place: Path) -> None:
        """Write every case that is listed to `place`, with progress."""
        query = self.model.query
        work = LongOperation(self, lambda report, cancelled: self.desk.cases_to(place, query, report, cancelled))
        work.success(lambda count: self.shell.toast(f"已导出 {count} 件：{place.name}")).run("导出表格")

    def _forms(self, parent: QWidget) -> QMenu:
        """Complaints, requests for disclosure, the month's notice: papers that are no part of a case."""
        menu = QMenu(parent)
        for key, form in FORMS.items():
            menu.addAction(tr(form.title)).triggered.connect(lambda _=False, key=key: self.fill_form(key))
        menu.addAction(tr("本月办件结果公示")).triggered.connect(self.results)
        return menu

    def fill_form(self, key: str) -> None:
        """Type what the paper needs; it is kept, numbered and printed."""
        form = FORMS[key]
        ask = Ask(self, form.title, ok="登记并打印", name="form")
        for one in form.asked:
            ask.text(one.key, one.name, lines=one.lines)
        ask.go(
            lambda typed: self.desk.papers.form(key, typed),
            lambda paper: PaperDialog(self, paper).open(),
            Changes.PAPERS,
        )

    def results(self) -> None:
        """The month's results for the board, without names."""
        day = self.desk.today_date()
        query = CaseQuery(since=day.replace(day=1).isoformat(), descending=False)

        def work() -> PaperOut:
            return self.desk.papers.results(self.desk.cases(query, 0, _LEDGER_MOST), f"{day:%Y-%m}")

        show_paper(self, work).run()

    def ledger(self) -> None:
        """What is listed, as 代办登记台账 on paper."""
        query = self.model.query
        boxes = (self._whose, *self._filters)
        about = "　".join(box.currentText() for box in boxes if box.currentIndex() > 0)

        def work() -> PaperOut:
            return self.desk.papers.ledger(self.desk.cases(query, 0, _LEDGER_MOST), about or "全部办件")

        show_paper(self, work).run()


def _box(name: str, words: str, choices: Any) -> QComboBox:
    box = choice_box(choices, name=name, words=words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


class _Table(ListTable):
    """Where it is narrow the item's name comes before the hour of its day."""

    def fit(self) -> None:
        """As it is wide."""
        self.setColumnHidden(_COLLECTED, 0 < self.width() < self.fixed() + self.letter() * _ITEM_LEAST)
        super().fit()


def _table(model: CaseTable, widths: tuple[float, ...]) -> QTableView:
    table = _Table("cases-table", "办件列表", widths)
    table.setModel(model)
    table.setSortingEnabled(True)
    table.horizontalHeader().setSortIndicator(4, Qt.SortOrder.DescendingOrder)
    chips = _ChipCell(table)
    table.setItemDelegateForColumn(_STATE, chips)
    table.setItemDelegateForColumn(_CENTRE, chips)
    table.fit()
    return table
