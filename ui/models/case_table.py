"""The list of cases as a model: pages fetched in the background as the view comes to need them."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk import clock
from desk.app.open_desk import Desk
from desk.law.deadline import Warn
from desk.log import history_words
from desk.store.snapshots import MANY, CaseQuery, CaseRow
from ui import tasks
from ui.look import marks
from ui.look.i18n import tr
from ui.look.theme import colour

PAGE = 100
COLUMNS = (
    ("收件号", "intake_no"),
    ("申请人", "applicant_name"),
    ("事项", "item_name"),
    ("状态", "state"),
    ("收件时间", "collected_at"),
    ("承诺日期", "due_on"),
    ("送中心", ""),
)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CaseTable(QAbstractTableModel):
    """Rows that were fetched; asks for more as the view scrolls. `settled` after each answer, with the whole count, one
    above MANY where there are more than so many."""

    settled = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[CaseRow] = []
        self._is_more = False
        self._asked = 0
        self._fetching = False
        self.query = CaseQuery()

    def ask(self, **changes: Any) -> None:
        """Another question: the list starts again from its first page."""
        self.query = msgspec.structs.replace(self.query, **changes)
        self._asked += 1
        asked, query = self._asked, self.query

        self._fetching = True
        tasks.read(self, lambda: self._desk.cases(query, 0, PAGE), lambda rows: self._begin(asked, query, rows))

    def _begin(self, asked: int, query: CaseQuery, rows: tuple[CaseRow, ...]) -> None:
        """The first rows are shown at once; how long the list is comes after, when it is longer than these."""
        if asked != self._asked:
            return
        self.beginResetModel()
        self._rows, self._is_more, self._fetching = list(rows), len(rows) == PAGE, False
        self.endResetModel()
        if len(rows) < PAGE:
            self.settled.emit(len(rows))
        else:
            tasks.read(self, lambda: self._desk.count_cases(query, MANY), lambda total: self._counted(asked, total))

    def _counted(self, asked: int, total: int) -> None:
        if asked == self._asked:
            self.settled.emit(total)

    def canFetchMore(self, parent: Index = _ROOT) -> bool:
        """Whether there is more than was fetched."""
        return not parent.isValid() and not self._fetching and self._is_more

    def fetchMore(self, _parent: Index = _ROOT) -> None:
        """Fetch the next page: what stands behind the last row, so that the thousandth comes as soon as the second."""
        self._fetching = True
        asked, query, last = self._asked, self.query, self._rows[-1].intake_no
        tasks.read(self, lambda: self._desk.cases(query, 0, PAGE, last), lambda rows: self._more(asked, rows))

    def _more(self, asked: int, rows: tuple[CaseRow, ...]) -> None:
        if asked != self._asked:
            return
        self._fetching, self._is_more = False, len(rows) == PAGE
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def row_at(self, index: Index) -> CaseRow:
        """The case in a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows that are here."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of columns."""
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section][0])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says; never asks the database."""
        case = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(case, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 5 and case.warning is not Warn.NONE:
            return colour(marks.WARN_ROLES[case.warning])
        if role == Qt.ItemDataRole.ToolTipRole:
            here = tr(f"\n由 {int(case.desk)} 号窗口收件") if case.desk else ""
            here = tr(f"\n{case.village}的办件，只能查看") if case.village else here
            return tr(f"收件号 {case.intake_no}") + (tr(f"\n办件编号 {case.case_no}") if case.case_no else "") + here
        return None


def _cell(case: CaseRow, column: int) -> str:
    due = case.due_on + (tr("（暂定）") if case.due_provisional else "")
    warn = marks.WARN_WORDS[case.warning]
    return (
        f"{case.intake_no[14:20]} {case.intake_no[20:23]}-{case.intake_no[23]}",
        case.applicant_name,
        case.item_name,
        tr(case.state_name),
        clock.minute(case.collected_at),
        f"{due} {tr(warn)}".strip() or "—",
        _where(case),
    )[column]


def _where(case: CaseRow) -> str:
    if case.village:
        return case.village
    return tr(history_words.window(case.window)) if case.elsewhere else tr("已到" if case.at_centre else "待送")
