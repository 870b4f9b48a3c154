"""批量: one item for the whole gacha, from last year's roll, a spreadsheet or the book; checked, signed, taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox

from desk.app.open_desk import Desk
from desk.counter.importing.preview import Preview
from desk.counter.rolls import MOST, Before, RollDraft, RollLine, lines_of
from desk.errors import Problem
from desk.folds.records import Roll
from desk.store.snapshots import PaperOut
from desk.sync.outcome import SyncProgress
from desk.words.sheets.grid import Book
from ui import tasks
from ui.changes import Changes
from ui.devices.pdf_pages import two_on_a_sheet
from ui.dialogs import import_dialog
from ui.dialogs.import_dialog import Importing
from ui.dialogs.paper_view import PaperDialog
from ui.dialogs.show_paper import show_paper
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.models.roll_table import RollTable
from ui.operations import LongOperation, Operation
from ui.pages import roll_asked
from ui.pages.roll_past import RollActs, RollsDialog
from ui.widgets.ask import Ask
from ui.widgets.basic import Card, label, plain_button, primary_button, row
from ui.widgets.field import Field, line_edit
from ui.widgets.filter_strip import FilterStrip
from ui.widgets.page import Page, Shell
from ui.widgets.roll_grid import RollGrid

_PAUSE = 500
_CUT = "一张 A4 两份：裁开后左边一摞放在右边一摞上，就是名册的顺序"
_LEAST = 12  # characters of an item's name that are always seen


class RollPage(Page):
    """The grid and what is done with it. `taken` tells the roll once every household's case is on disk."""

    key, title = "roll", "批量"
    taken = Signal(object)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._go = primary_button("全部登记(&G)", "roll-take", "check")
        self._count = label("", "body", Role.MUTED)
        self.head(self._count, self._go)
        self.item = QComboBox()
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.item.setMinimumContentsLength(_LEAST)
        for one in desk.rolls.items():
            self.item.addItem(one.item_name + (tr("（常用批量）") if one.roll else ""), one.task_code)
        self.name = line_edit("如：2026 年度草原补奖名册", most=60)
        self.name.setMinimumWidth(unit() * 50)  # its label stands whole where the page is narrow
        head = Card()
        head.body.addWidget(
            row(Field("事项(&I)", self.item, "roll-item"), Field("名册名称(&N)", self.name, "roll-name"), spacing=4)
        )
        self.box.addWidget(head)
        self.model = RollTable(self)
        self.table = RollGrid(self.model)
        self.only = QCheckBox(tr("只看变化(&D)"))
        self.only.setObjectName("roll-only-changes")
        self.only.setAccessibleName(tr("只看变化"))
        self.box.addWidget(Flow(*self._tools(), None, self.only))
        self._strip = FilterStrip(self, "roll-filters")
        self._strip.cleared.connect(lambda: self.only.setChecked(False))
        self.box.addWidget(self._strip)
        self.box.addWidget(self.table, 1)
        self._told = label("像电子表格一样打字，回车到下一格；可从电子表格复制粘贴。", "small", Role.MUTED, wrap=True)
        self._told.setObjectName("roll-told")
        self.box.addWidget(row(self._told))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._keep)
        self._connect()

    def _tools(self) -> list[Any]:
        made = []
        for words, name, icon, act in (
            ("取上年名册(&L)", "roll-last", "arrow-back-up", self.from_last),
            ("取办事人(&P)", "roll-people", "users-group", self.from_people),
            ("导入表格(&X)", "roll-sheet", "table", self.choose_sheet),
            ("删行(&R)", "roll-remove", "trash", self.remove),
            ("签字册(&S)", "roll-sign", "printer", self.sign_sheet),
            ("已登记的名册(&T)", "roll-past", "files", self.past),
        ):
            button = plain_button(words, name, icon)
            button.clicked.connect(lambda _checked=False, act=act: act())
            made.append(button)
        return made

    def _connect(self) -> None:
        self._go.clicked.connect(self.take)
        self.item.currentIndexChanged.connect(self._other_item)
        self.name.textEdited.connect(lambda _text: self._pause.start())
        self.only.toggled.connect(self._only_changes)
        self.model.edited.connect(self._edited)
        self.table.pasted.connect(self._pasted)
        self.table.refused.connect(self.shell.error)

    # -- opening ------------------------------------------------------------------------------------------------

    def activate(self, **_facts: Any) -> None:
        """Show the roll that was being prepared."""
        tasks.read(self, self.desk.rolls.draft, self._show)
        self.table.setFocus()
        self.lead_on()

    def _show(self, draft: RollDraft) -> None:
        if self.model.lines:
            return
        if draft.task_code:
            self.item.setCurrentIndex(max(0, self.item.findData(draft.task_code)))
        self.name.setText(draft.title)
        self.model.start(self.desk.item(self._code()), list(draft.lines), draft.last)
        self.table.fit()
        self._counted()

    def _code(self) -> str:
        return str(self.item.currentData() or "")

    def _other_item(self, _at: int) -> None:
        self.model.start(self.desk.item(self._code()), self.model.lines, ())
        self.table.fit()
        self._edited()

    def _draft(self) -> RollDraft:
        title = self.name.text().strip() or f"{self.desk.today_date().year} 年{self.item.currentText()}"
        return RollDraft(self._code(), title, self.desk.today_date().year, tuple(self.model.lines), self.model.last)

    def _edited(self) -> None:
        self._counted()
        if not self.held():
            self._pause.start()

    def _only_changes(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.model.show_only_changes(only=on)
        self._counted()

    def _counted(self) -> None:
        hidden = f"另有 {self.model.hidden()} 户没有列出"
        self._strip.tell([tr("只看变化")] if self.only.isChecked() else [], hidden)
        gone = self.model.gone() if self.model.last else 0
        less = f"，上年有而今年没有 {gone} 户" if gone else ""
        self._count.setText(f"{len(self.model.lines)} 户{less}")

    def _keep(self) -> None:
        draft = self._draft()
        Operation(self, lambda: self.desk.rolls.keep(draft), Changes.DRAFTS).run_beside()

    def leave(self) -> None:
        """Keep what was typed."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    # -- where rows come from -------------------------------------------------------------------------------------

    def from_last(self) -> None:
        """Last year's rows, to be changed where something changed."""
        code = self._code()
        tasks.read(self, lambda: self.desk.rolls.last(code), self._from_last, self.shell.error)

    def _from_last(self, lines: tuple[RollLine, ...]) -> None:
        if not lines:
            self._told.setText("这个事项还没有登记过名册。可以取表格或取办事人。")
            return
        self.model.last = lines
        self._replace(lines, f"已取上年名册 {len(lines)} 户。改动的行会标出来。")

    def from_people(self) -> None:
        """Everyone in the book."""
        tasks.read(
            self,
            self.desk.rolls.people,
            lambda lines: self._replace(lines, f"已取办事人 {len(lines)} 位。"),
            self.shell.error,
        )

    def choose_sheet(self) -> None:
        """Ask for a spreadsheet."""
        import_dialog.choose(self, self.desk, "导入表格", self._importing)

    def from_sheet(self, place: Path) -> None:
        """Rows of a spreadsheet, once they were looked at."""
        import_dialog.read(self, self.desk, place, self._importing)

    def _importing(self, book: Book) -> Importing:
        rolls, code = self.desk.rolls, self._code()
        return Importing(
            "导入表格",
            self.desk.rolls.columns(code),
            lambda choices: rolls.look_at(book, code, choices),
            lambda found, _chosen: self._imported(found),
            wrong_too=True,
        )

    def _imported(self, found: Preview) -> None:
        lines = self.desk.rolls.lines_of(found)
        wrong = f"其中 {len(found.wrong_rows)} 行要改，点“全部登记”会逐行指出。" if found.wrong_rows else ""
        self._replace(lines, f"已从表格取 {len(lines)} 户。{wrong}")

    def _pasted(self, count: int, left: int) -> None:
        more = f"另有 {left} 行放不下（一本名册最多 {MOST} 户），没有粘贴。" if left else ""
        self.shell.toast(f"已粘贴 {count} 行。{more}", ("撤销", self.undo))

    def _replace(self, lines: tuple[RollLine, ...], words: str) -> None:
        self.when_free(lambda: self.model.replace(list(lines)))
        self.table.fit()
        self.shell.toast(words, ("撤销", self.undo))

    def undo(self) -> None:
        """The rows before the last change."""
        if not self.held() and self.model.undo():
            self._told.setText("已撤销。")

    def remove(self) -> None:
        """Take the chosen rows out."""
        rows = self.table.chosen_rows()
        if rows:
            self.model.remove(rows)
            self.shell.toast(f"已删 {len(rows)} 行。", ("撤销", self.undo))

    # -- taking in ------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Check every row, then take them all in."""
        if self.held():
            return
        self._pause.stop()
        draft = self._draft()

        def work() -> tuple[dict[int, tuple[Problem, ...]], Before]:
            self.desk.rolls.keep(draft)  # what waits to be kept must not come after the roll was taken
            return self.desk.rolls.check(draft), self.desk.rolls.before(draft)

        Operation(self, work, Changes.DRAFTS).success(lambda told: self._checked(draft, *told)).run()

    def _checked(self, draft: RollDraft, wrong: dict[int, tuple[Problem, ...]], before: Before) -> None:
        self.model.show_problems(wrong)
        if wrong:
            first = min(wrong)
            self.only.setChecked(False)
            self.table.go(first)
            self._told.setText(f"还有 {len(wrong)} 行要改。第 {first + 1} 行：{wrong[first][0].text}")
            self.table.setFocus()
        elif before.room and roll_asked.must_ask(before, len(draft.lines)):
            roll_asked.ask(self, before, len(draft.lines), lambda but, why: self._take(draft, before.room, but, why))
        else:
            self._take(draft, before.room)

    def _take(self, draft: RollDraft, room: int, but: frozenset[int] = frozenset(), why: str = "") -> None:
        lines = tuple(one for at, one in enumerate(draft.lines) if at not in but)
        now, rest = (lines[:room], lines[room:]) if room else (lines, ())
        taking = msgspec.structs.replace(draft, lines=now, again=why)
        work = LongOperation(
            self,
            lambda report, cancelled: self.desk.rolls.take(taking, report, cancelled, rest),
            Changes.CASES | Changes.PEOPLE | Changes.ROLLS | Changes.DRAFTS,
        )
        work.success(lambda roll: self._taken(roll, rest)).run("批量登记")

    def _taken(self, roll: Roll, rest: tuple[RollLine, ...]) -> None:
        self.model.start(self.desk.item(self._code()), list(rest), ())
        if not rest:
            self.name.clear()
        self._pause.stop()
        self._counted()
        left = f"其余 {len(rest)} 户留在名册里，明天接着登记。" if rest else ""
        self.shell.toast(
            f"已登记 {len(roll.taken.rows)} 户。{left}",
            ("打印回执", lambda: self.receipts(roll)),
            ("打印公示", lambda: self.notice(roll)),
            ("撤销", lambda: self.undo_roll(roll)),
        )
        self.taken.emit(roll)

    def undo_roll(self, roll: Roll) -> None:
        """Void a whole roll that was not sent yet; its rows come back to the page where that is empty."""
        intro = f"{roll.taken.title}，{len(roll.taken.rows)} 户：每一户的办件都作废，已经发出的回执请收回。"
        ask = Ask(self, "撤销整本名册", ok="撤销整本", intro=intro, name="roll-undo")
        ask.text("why", "原因（会记入办件经过，不能删改）(&R)")
        changes = Changes.CASES | Changes.ROLLS | Changes.DRAFTS
        ask.go(lambda typed: self.desk.rolls.undo(roll.id, typed["why"]), self._roll_undone, changes)

    def _roll_undone(self, roll: Roll) -> None:
        if not self.model.lines:
            at = self.item.findData(roll.taken.task_code)
            self.item.setCurrentIndex(max(0, at))
            self.name.setText(roll.taken.title)
            self._replace(lines_of(roll), f"已撤销整本名册，{len(roll.taken.rows)} 户的内容放回这里，可以改好再登记。")
            return
        self.shell.toast(f"已撤销整本名册，{len(roll.taken.rows)} 户的办件都作废了。")

    # -- papers ---------------------------------------------------------------------------------------------------

    def show_paper(self, make: Callable[[], PaperOut]) -> None:
        """Make a paper and show it."""
        show_paper(self, make).run()

    def sign_sheet(self) -> None:
        """签字册 of the rows as they stand."""
        draft, name = self._draft(), self.item.currentText()
        self.show_paper(lambda: self.desk.papers.roll_sheet(draft.title, name, draft.lines, (), draft.task_code))

    def signed_sheet(self, roll: Roll) -> None:
        """签字册 of a roll that was taken in, with its intake numbers."""
        taken, lines = roll.taken, lines_of(roll)
        numbers = tuple(one.intake_no for one in taken.rows)
        self.show_paper(
            lambda: self.desk.papers.roll_sheet(taken.title, taken.item_name, lines, numbers, taken.task_code)
        )

    def receipts(self, roll: Roll) -> None:
        """All receipts in one go, in the order of the roll, on the paper that receipts are printed on."""

        def made(report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]) -> PaperOut:
            settings = self.desk.office_book.settings()
            size = settings.receipt_paper
            paper = self.desk.papers.roll_receipts(roll, size, report, cancelled)
            if size != "A5" or not settings.two_on_a_sheet:
                return paper
            pdf = two_on_a_sheet(paper.pdf)
            named = hashlib.sha256(pdf).hexdigest()
            return msgspec.structs.replace(paper, title=f"{paper.title}，{_CUT}", pdf=pdf, sha256=named)

        work = LongOperation(self, made, Changes.PAPERS)
        work.success(lambda paper: PaperDialog(self, paper).open()).run("批量回执")

    def notice(self, roll: Roll) -> None:
        """公示 for the board."""
        self.show_paper(lambda: self.desk.papers.roll_notice(roll))

    def past(self) -> None:
        """Rolls that were taken in, each with its papers."""
        papers = RollActs(self.receipts, self.notice, self.signed_sheet, self.undo_roll)
        tasks.read(
            self, self.desk.rolls.listed, lambda rolls: RollsDialog(self, papers, rolls).open(), self.shell.error
        )
