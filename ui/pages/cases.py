"""办件: the list, searched as one types, filtered, sorted; Enter opens a case."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desk.app import Desk
from desk.case import STATE_NAMES
from ui import marks, theme
from ui.models.case_table import COLUMNS, CaseTable
from ui.pages.page import Page, Shell
from ui.theme import Role
from ui.widgets.basic import EmptyState, label, paint_chip, primary_button, row
from ui.widgets.field import SearchBox

_STATE, _COLLECTED, _CENTRE = 3, 4, 6
_ITEM_LEAST = 9  # letters of an item's name that must be seen; the time of day gives way
_WIDTHS = (7.4, 7, 0, 7.5, 8.6, 9.6, 5)  # letters; 0 takes what is left


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
        painter.save()
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(words) + metrics.height() * 2.1
        height = metrics.height() * 1.3
        rect = QRectF(option.rect)
        chip = QRectF(rect.left() + 4, rect.center().y() - height / 2, min(wide, rect.width() - 8), height)
        paint_chip(painter, chip, words, role, icon)
        painter.restore()


class CasesPage(Page):
    """The list of cases."""

    key, title = "cases", "办件"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.search = SearchBox("姓名、拼音首字母、证件尾号、电话、收件号", "cases-search")
        self._states = QComboBox()
        self._states.setObjectName("cases-state")
        self._states.setAccessibleName("按状态筛选")
        self._states.addItem("全部状态", "")
        for state, name in STATE_NAMES.items():
            self._states.addItem(name, state.value)
        self._count = label("", "body", Role.MUTED)
        self._count.setObjectName("cases-count")
        self.head(self._count)
        self.search.setMinimumWidth(theme.unit() * 70)
        self.box.addWidget(row(self.search, self._states, None))
        self.model = CaseTable(desk, self)
        self.table = _table(self.model)
        new = primary_button("登记第一件", "cases-new", "file-plus")
        new.clicked.connect(lambda: shell.open("register"))
        self._none = EmptyState("files", "没有符合条件的办件。", new)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.box.addWidget(self._stack, 1)
        self.search.asked.connect(lambda text: self.model.ask(text=text))
        self._states.currentIndexChanged.connect(self._filter)
        self.model.settled.connect(self._settled)
        self.table.activated.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.search.returnPressed.connect(self._to_table)

    def activate(self, **facts: Any) -> None:
        """Show the list, filtered or sorted as asked."""
        if "state" in facts:
            self._states.setCurrentIndex(max(0, self._states.findData(facts["state"])))
        if "text" in facts:
            self.search.setText(facts["text"])
        sort = facts.get("sort")
        self.model.ask(**({"sort": sort, "descending": False} if sort else {}), **self._typed())
        self.search.setFocus()

    def changed(self) -> None:
        """Ask again."""
        self.model.ask()

    def _typed(self) -> dict[str, Any]:
        return {"text": self.search.text().strip()}

    def _filter(self, _at: int) -> None:
        state = self._states.currentData()
        self.model.ask(states=(state,) if state else ())

    def _sort(self, column: int, way: Qt.SortOrder) -> None:
        if COLUMNS[column][1]:
            self.model.ask(sort=COLUMNS[column][1], descending=way is Qt.SortOrder.DescendingOrder)

    def _settled(self, total: int) -> None:
        self._count.setText(f"{total} 件")
        asked = bool(self.model.query.text or self.model.query.states)
        self._none.words.setText("没有符合条件的办件。" if asked else "还没有办件。有人来办事时，按 Ctrl+N 登记。")
        self._stack.setCurrentWidget(self.table if total else self._none)
        if total and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.shell.open("case", intake_no=self.model.row_at(index).intake_no)


class _Table(QTableView):
    """A table whose rows and columns follow the size of type."""

    def fit(self) -> None:
        """Widths in letters, height in lines."""
        metrics, head = self.fontMetrics(), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.9))
        wide = metrics.horizontalAdvance("中")
        fixed = sum(round(wide * letters) + 16 for letters in _WIDTHS if letters)
        self.setColumnHidden(_COLLECTED, 0 < self.width() < fixed + wide * _ITEM_LEAST)
        for column, letters in enumerate(_WIDTHS):
            if letters:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, round(wide * letters) + 16)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the item's name comes before the hour of its day."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.model() is not None:
            self.fit()


def _table(model: CaseTable) -> QTableView:
    table = _Table()
    table.setObjectName("cases-table")
    table.setAccessibleName("办件列表")
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setSortingEnabled(True)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    head = table.horizontalHeader()
    head.setSortIndicator(4, Qt.SortOrder.DescendingOrder)
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    chips = _ChipCell(table)
    table.setItemDelegateForColumn(_STATE, chips)
    table.setItemDelegateForColumn(_CENTRE, chips)
    table.fit()
    return table
