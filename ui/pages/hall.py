"""大厅: the day of a hall for whoever runs it: its windows, its villages, what is due, what was passed on, what two
windows wrote and cannot both be true. One list at a time; each is searched, sorted, and written to a sheet."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QHeaderView, QPushButton, QStackedWidget

from desk.app.open_desk import Desk
from desk.counter.hall.board import Board, BoardLine, BoardList
from ui import tasks
from ui.changes import Changes
from ui.dialogs.save_as import save_as
from ui.dialogs.township.hall import HallDialog
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.models.board_table import BoardTable
from ui.operations import Operation
from ui.pages.hall_acts import ACTS, HallActs
from ui.widgets.basic import EmptyState, label, plain_button, primary_button
from ui.widgets.field import SearchBox
from ui.widgets.list_table import ListTable
from ui.widgets.page import Page, Shell

_AGAIN = 15_000  # ms after which it looks again while it is shown: who is there changes without an entry
_MOST_LETTERS = 15  # a column that would be wider shares what is left with the last
_LOOKED_AT = 100  # lines whose words make a column as wide as it is
_FIRST = "windows"
_TABS = (
    (_FIRST, "各窗口"),
    ("today", "今天收的"),
    ("due", "要到期的"),
    ("ready", "可以交件的"),
    ("passed", "转给本窗口的"),
    ("drafts", "转来的草稿"),
    ("apart", "两边不一致的"),
    ("villages", "下属村"),
    ("sticks", "U盘带来的"),
)


class HallPage(Page):
    """The lists with their numbers at the top, one of them below, and what can be done with its marked line."""

    key, title = "hall", "大厅"
    concerns = Changes.ENTRIES | Changes.SYNC | Changes.DRAFTS

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.board = Board(())
        self._chosen = _FIRST
        self._acts = HallActs(self, desk, shell)
        wire = plain_button("互通(&W)", "hall-wire", "users-group")
        wire.setToolTip(tr("同点几个窗口在大厅自己的网络上互通"))
        wire.clicked.connect(lambda: HallDialog(self, self.desk).open())
        sheet = plain_button("导出表格(&E)", "hall-export", "table")
        sheet.setToolTip(tr("每个列表一张表"))
        sheet.clicked.connect(self.export)
        self._count = label("", "body", Role.MUTED)
        self._count.setObjectName("hall-count")
        self.head(self._count, wire, sheet)
        self.tabs = {key: self._tab(key, title) for key, title in _TABS}
        self._one = QButtonGroup(self)
        for button in self.tabs.values():
            self._one.addButton(button)
        self.tabs[_FIRST].setChecked(True)
        self.box.addWidget(Flow(*self.tabs.values()))
        self.search = SearchBox("姓名、拼音、事项", "hall-search")
        self.search.setMinimumWidth(unit() * 40)
        self.buttons = {one.name: self._button(one.name, one.words, one.icon) for one in ACTS}
        self.box.addWidget(Flow(self.search, *self.buttons.values()))
        self.model = BoardTable(self)
        self.table = _Table("hall-table", "大厅的列表", ())
        self.table.setModel(self.model)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._none = EmptyState("users-group", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.box.addWidget(self._stack, 1)
        self.search.asked.connect(self._find)
        self.table.activated.connect(lambda _index: self.do("go"))
        self.table.doubleClicked.connect(lambda _index: self.do("go"))
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._offer())
        self._clock = QTimer(self)
        self._clock.setInterval(_AGAIN)
        self._clock.timeout.connect(self.changed)
        self._offer()

    def _tab(self, key: str, title: str) -> QPushButton:
        button = plain_button(title, f"hall-{key}")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.choose(key))
        return button

    def _button(self, name: str, words: str, icon: str) -> QPushButton:
        button = primary_button(words, f"hall-{name}", icon) if name == "go" else plain_button(words, f"hall-{name}")
        button.setToolTip("Enter" if name == "go" else "")
        button.clicked.connect(functools.partial(self.do, name))
        return button

    # -- what is shown -------------------------------------------------------------------------------------------

    def activate(self, **facts: Any) -> None:
        """Look; `chosen` is the list that is wanted."""
        if facts.get("chosen"):
            self._chosen = facts["chosen"]
        self.changed()
        self._clock.start()
        self.table.setFocus()

    def leave(self) -> None:
        """Nobody looks."""
        self._clock.stop()

    def changed(self) -> None:
        """Look again, beside the window."""
        tasks.read(self, self._look, self._show, self.shell.error)

    def _look(self) -> Board:
        return self.desk.board.view()  # loads what speaks to the others: in the background

    def _show(self, board: Board) -> None:
        self.board = board
        for key, title in _TABS:
            found, button = board.of(key), self.tabs[key]
            button.setVisible(found is not None)
            wants = sum(line.wants for line in found.lines) if found else 0
            count = wants if key in ("windows", "villages", "drafts") else len(found.lines) if found else 0
            count = sum(int(line.cells[-1]) for line in found.lines) if found and key == "today" else count
            name = tr(title)
            button.setText(f"{name} {count}" if count and key != _FIRST else name)
        away = sum(line.wants for line in (board.of(_FIRST) or _NONE).lines)
        self._count.setText(f"{len(board.windows)} 个窗口，{away} 个不在线" if away else f"{len(board.windows)} 个窗口")
        self._put()

    def choose(self, key: str) -> None:
        """Another list."""
        self._chosen = key
        self.search.clear()
        self._find("")
        self._put()
        self.table.setFocus()

    def _put(self) -> None:
        shown = self.board.of(self._chosen) or _NONE
        line = self.line()
        self.tabs[self._chosen].setChecked(True)
        self.model.put(shown)
        self.table.lay(shown)
        at = self.model.row_of(line.key) if line else -1
        self.table.setCurrentIndex(self.model.index(max(at, 0), 0))
        self._tell()

    def _find(self, text: str) -> None:
        self.model.ask(text)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._tell()

    def _tell(self) -> None:
        shown = self.board.of(self._chosen) or _NONE
        self._none.words.setText("没有符合条件的。" if shown.lines else shown.none)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._none)
        self._offer()

    def line(self) -> BoardLine | None:
        """The line that is marked."""
        return self.model.line_at(self.table.currentIndex())

    # -- what can be done ----------------------------------------------------------------------------------------

    def _offer(self) -> None:
        line = self.line() if self.model.rowCount() else None
        for act in ACTS:
            button, words = self.buttons[act.name], act.on.get(self._chosen, "")
            button.setVisible(bool(words))
            if words:
                button.setText(tr(words))
                button.setEnabled(line is not None and act.may(self.board, self._chosen, line))

    def do(self, name: str) -> None:
        """What a button does with the marked line."""
        line = self.line()
        if line is not None and self.buttons[name].isVisibleTo(self) and self.buttons[name].isEnabled():
            self._acts.do(name, self._chosen, line, self.board)

    def export(self) -> None:
        """Ask where, then write all lists."""
        name = f"大厅-{self.desk.today_date()}.xlsx"
        save_as(self, "导出表格", Path.home() / name, self.export_to)

    def export_to(self, place: Path) -> None:
        """Write every list, a sheet each."""
        board = self.board
        work = Operation(self, lambda: self.desk.board.to(place, board))
        work.success(lambda _none: self.shell.toast(f"已导出：{place.name}")).run()


_NONE = BoardList("", "", (), (), "")


class _Table(ListTable):
    """Columns as wide as their words, the last one takes what is left."""

    _wanted: list[float] = []

    def lay(self, shown: BoardList) -> None:
        """Widths for this list."""
        wanted = [
            max(_wide(tr(name)) + 1.5, *(_wide(tr(str(line.cells[at]))) + 0.5 for line in shown.lines[:_LOOKED_AT]), 0)
            for at, name in enumerate(shown.columns)
        ]
        self._wanted = [min(one, _MOST_LETTERS) for one in wanted]
        self._widths = (*(0 if one > _MOST_LETTERS else one for one in wanted[:-1]), 0) if wanted else ()
        self.fit()

    def fit(self) -> None:
        """As it is wide: where those that share have no room the table is moved sideways."""
        super().fit()
        sharing = [at for at, one in enumerate(self._widths) if not one]
        room = sum(round(self._wanted[at] * self.letter()) + 16 for at in sharing)
        if self.width() < self.fixed() + room:
            for at in sharing:
                self.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, round(self._wanted[at] * self.letter()) + 16)


def _wide(words: str) -> float:
    """In letters as wide as 中."""
    return sum(1.0 if ord(one) > 0x2E7F else 0.58 for one in words)
