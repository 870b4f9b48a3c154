"""下属村: a township's villages as of the last exchange; their cases, and what the township does for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHeaderView, QStackedWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.township.villages import VillageLine, VillagesView
from desk.store.snapshots import CaseQuery
from ui import tasks
from ui.changes import Changes
from ui.dialogs.township.counter_prints import CounterPrintsDialog
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.models.village_table import VillageTable
from ui.pages.villages_relay import VillageSticks, waiting_words
from ui.pages.villages_unlock import UnlocksDialog
from ui.widgets.basic import EmptyState, label, plain_button, primary_button
from ui.widgets.list_table import ListTable
from ui.widgets.page import Page, Shell

if TYPE_CHECKING:
    from desk.counter.township.relay import Waits  # with all of sync

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
        stick = plain_button("转送村里的U盘(&U)", "villages-stick", "device-usb")
        stick.setToolTip(tr("村里没有网络时：收下盘上的文件送到中心，把回信写回盘上"))
        self.sticks = VillageSticks(self, desk)
        stick.clicked.connect(self.sticks.choose)
        unlock = plain_button("帮村里找回密码(&W)", "villages-unlock", "lock")
        unlock.clicked.connect(self.unlock)
        self.prints = plain_button("打印指南、张贴页(&G)", "villages-prints", "printer")
        self.prints.clicked.connect(self.print_many)
        self.head(self._at, self.prints, unlock, stick, self.cases)
        self._told = label("", "body", Role.DANGER, wrap=True)
        self._told.setObjectName("villages-silent")
        self.box.addWidget(self._told)
        self._sticks = label("", "body", Role.WARN, wrap=True)
        self._sticks.setObjectName("villages-sticks")
        self._sticks.hide()
        self.box.addWidget(self._sticks)
        self.model = VillageTable(self)
        self.table = _Table("villages-table", "下属村", _WIDTHS)
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
        tasks.read(self, self._waits, self._show_sticks, self.shell.error)

    def _waits(self) -> tuple[Waits, ...]:
        return self.desk.relay.waits()  # loads what speaks to the centre: in the background

    def _show_sticks(self, waits: tuple[Waits, ...]) -> None:
        words = waiting_words(waits)
        self._sticks.setText(words)
        self._sticks.setVisible(bool(words))

    def _show(self, view: VillagesView) -> None:
        at = self.table.currentIndex().row()
        self.model.put(view.lines)
        self.table.setCurrentIndex(self.model.index(min(max(at, 0), len(view.lines) - 1), 0))
        self.table.fit()
        self._stack.setCurrentWidget(self.table if view.lines else self._none)
        self.cases.setEnabled(bool(view.lines))
        self.prints.setEnabled(bool(view.lines))
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

    def unlock(self) -> None:
        """For a village's agent who forgot the password."""
        UnlocksDialog(self, self.desk).open()

    def show_cases(self) -> None:
        """The cases of the marked village."""
        line = self.chosen()
        if line is not None:
            self.shell.open("cases", query=CaseQuery(whose=line.point))

    def print_many(self) -> None:
        """Guides and notice sheets of the villages: the marked one is ticked, others can be."""
        line = self.chosen()
        CounterPrintsDialog(self, self.desk, (line.point,) if line else ()).open()


class _Table(ListTable):
    """Where it is narrow a village's name keeps its letters, and the table is moved sideways."""

    def fit(self) -> None:
        """As it is wide."""
        head = self.horizontalHeader()
        head.setMinimumSectionSize(self.letter() * 3)
        super().fit()
        if self.width() < self.fixed() + 16 + self.letter() * _NAME_LEAST:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(0, self.letter() * _NAME_LEAST)
