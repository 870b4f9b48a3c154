"""下属村: a township's villages as of the last exchange; their cases, and what the township does for them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.township.villages import VillageLine, VillagesView
from desk.store.snapshots import CaseQuery
from ui import tasks
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.models.village_table import VillageTable
from ui.widgets.basic import EmptyState, label, primary_button
from ui.widgets.page import Page, Shell

_NAME_LEAST, _WIDTHS = 8, (0, 10, 5, 4.5, 4.5, 4.5, 5, 5)  # letters; 0 takes what is left
_NONE = "本机是嘎查村的终端，没有下属村。"
_NOT_YET = "还没有收到下属村的办件。请先与中心同步一次。"


class VillagesPage(Page):
    """A line a village; Enter shows its cases."""

    key, title = "villages", "下属村"
    concerns = Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._at = label("", "body", Role.MUTED)
        self._at.setObjectName("villages-at")
        self.cases = primary_button("看办件(&L)", "villages-cases", "files")
        self.cases.clicked.connect(self.show_cases)
        self.head(self._at, self.cases)
        self._told = label("", "body", Role.DANGER, wrap=True)
        self._told.setObjectName("villages-silent")
        self.box.addWidget(self._told)
        self.model = VillageTable(self)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.activated.connect(lambda _index: self.show_cases())
        self.table.doubleClicked.connect(lambda _index: self.show_cases())
        self._none = EmptyState("building-community", _NONE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.box.addWidget(self._stack, 1)

    def activate(self, **_facts: Any) -> None:
        """Look again."""
        self.changed()

    def changed(self) -> None:
        """Look again."""
        tasks.read(self, self.desk.villages.view, self._show, self.shell.error)

    def _show(self, view: VillagesView) -> None:
        at = self.table.currentIndex().row()
        self.model.put(view.lines)
        self.table.setCurrentIndex(self.model.index(min(max(at, 0), len(view.lines) - 1), 0))
        self.table.fit()
        self._stack.setCurrentWidget(self.table if view.lines else self._none)
        self.cases.setEnabled(bool(view.lines))
        silent = [one for one in view.lines if one.is_silent]
        self._told.setText(
            tr(f"{len(silent)} 个村久未联系：") + "、".join(one.name for one in silent) if silent else ""
        )
        self._told.setVisible(bool(silent))
        going = sum(one.going for one in view.lines)
        told = tr(f"{going} 件在办") + f"　{tr('截至')} {clock.minute(view.at)}" if view.at else tr(_NOT_YET)
        self._at.setText(told if view.lines else "")

    def chosen(self) -> VillageLine | None:
        """The village that is marked."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def show_cases(self) -> None:
        """The cases of the marked village."""
        line = self.chosen()
        if line is not None:
            self.shell.open("cases", query=CaseQuery(whose=line.point))


class _Table(QTableView):
    """Columns follow the size of type."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("villages-table")
        self.setAccessibleName(tr("下属村"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """Widths in letters, height in lines."""
        metrics, head = self.fontMetrics(), self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.9))
        wide = metrics.horizontalAdvance("中")
        head.setMinimumSectionSize(wide * 3)
        for column, letters in enumerate(_WIDTHS):
            way = QHeaderView.ResizeMode.Interactive if letters else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, way)
            if letters:
                self.setColumnWidth(column, round(wide * letters) + 16)
        fixed = sum(round(wide * letters) + 16 for letters in _WIDTHS)
        if self.width() < fixed + wide * _NAME_LEAST:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(0, wide * _NAME_LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if self.model() is not None:
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.model() is not None:
            self.fit()
