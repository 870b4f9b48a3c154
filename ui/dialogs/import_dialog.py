"""Before a file is taken in: what its columns mean, what is wrong with its rows, what was set aside, what to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desk.app.open_desk import Desk
from desk.counter.importing.findings import Question
from desk.counter.importing.preview import Choices, Preview
from desk.counter.importing.roster import Plan
from desk.folds.records import Import
from desk.sync.outcome import SyncProgress
from desk.words.sheets.grid import Book
from desk.words.sheets.headings import Heading, Target
from ui import messages, tasks
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.models.import_table import DifferenceTable, ImportTable
from ui.operations import LongOperation
from ui.widgets.basic import label, plain_button, primary_button, row
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, choice_box
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import emptied, scrolled

Taking = Callable[[Callable[[SyncProgress], None], Callable[[], bool]], Import]


@dataclass(frozen=True)
class Importing:
    """What is taken in: its title, what columns may mean, how the file looks with given choices, and what to do with
    it. `plan` tells what a roll of people would change in the book."""

    title: str
    targets: tuple[Target, ...]
    look: Callable[[Choices], Preview]
    take: Callable[[Preview, frozenset[tuple[int, str]]], None]
    plan: Callable[[Preview], Plan] | None = None
    wrong_too: bool = False  # rows with something wrong come along, to be mended later


class ImportDialog(Dialog):
    """Every choice looks at the file again; nothing is taken before all questions are answered."""

    def __init__(self, parent: QWidget, work: Importing) -> None:
        super().__init__(parent, work.title, "import", wide=256, high=136)
        self._owner, self._work, self._choices, self._asked = parent, work, Choices(), 0
        self._found: Preview | None = None
        self._drawn: tuple[object, ...] = ()
        self.model, self.differences = ImportTable(self), DifferenceTable(self)
        self._file, self._counts = label("", "title", bold=True, wrap=True), label("", "body", wrap=True)
        self._counts.setObjectName("import-counts")
        self.sheet = choice_box((), name="import-sheet", words="工作表")
        self.sheet.activated.connect(self._other_sheet)
        self._questions, self._meanings = QVBoxLayout(), QHBoxLayout()
        self.only = QCheckBox(tr("只看有问题的(&D)"))
        self.only.setObjectName("import-only")
        self.only.setAccessibleName(tr("只看有问题的"))
        self.only.toggled.connect(lambda _on: self._rows())
        self.go = primary_button("导入(&G)", "import-go", "check")
        self.go.clicked.connect(self.take)
        self._said = label("", "small", wrap=True)
        self._said.setObjectName("import-said")
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        close = plain_button("取消(&C)", "import-cancel", "x")
        close.clicked.connect(self.reject)
        inner = QWidget()
        inner.setLayout(self._meanings)
        self._meanings.setContentsMargins(0, 0, 0, 0)
        columns = scrolled(inner, "import-meanings")
        columns.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        columns.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns.setFixedHeight(unit() * 18)
        self._tabs = QTabWidget()
        self._tabs.setObjectName("import-tabs")
        self._tabs.setMinimumHeight(unit() * 50)
        self._table = _table(self.model, "import-rows", "要导入的行")
        self._aside = LineList("import-aside", "没有取的")
        self._table.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell(now.row()))
        self._differ = _table(self.differences, "import-differences", "与现有不同")
        self._tabs.addTab(self._table, "")
        self._tabs.addTab(self._aside, "")
        if self._work.plan is not None:
            self._tabs.addTab(self._differ, "")
        self.body.addWidget(row(self._file, None, self.sheet))
        self.body.addWidget(row(self._counts, None, self.only))
        self.body.addLayout(self._questions)
        self.body.addWidget(columns)
        self.body.addWidget(self._tabs, 1)
        self.body.addWidget(self._said)
        self.foot(None, close, self.go)

    def would_lose(self) -> bool:
        """Answers, other meanings of columns, ticks."""
        return self._choices != Choices() or bool(self.differences.chosen)

    # -- looking ----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look at the file again, with the choices as they are."""
        self._asked += 1
        asked, choices, work = self._asked, self._choices, self._work
        self.go.setEnabled(False)

        def both() -> tuple[Preview, Plan | None]:
            found = work.look(choices)
            return found, work.plan(found) if work.plan is not None and not found.refusal else None

        tasks.read(self, both, lambda seen: self._show(asked, *seen), lambda error: messages.error(self, error))

    def _show(self, asked: int, found: Preview, plan: Plan | None) -> None:
        if asked != self._asked:
            return
        first, self._found = self._found is None, found
        self._file.setText(found.file)
        self._counts.setText("　".join(tr(one) for one in (*found.counts(), *(_plan_words(plan) if plan else ()))))
        self._sheets(found)
        drawn = (found.questions, found.headings)
        if drawn != self._drawn:  # a box that has the focus stays while it is answered
            self._drawn = drawn
            self._ask(found.questions)
            self._columns(found.headings)
        self.differences.show(plan.differing if plan else ())
        self._rows()
        aside = [tr(f"第 {one.row} 行（{tr(one.why)}）：{one.text}") for one in found.asides]
        aside += [tr(f"{one.letter} 列：{one.text}（没有这一项，没有取）") for one in found.left_out]
        self._aside.put([Line(one) for one in (*found.notes, *aside)])
        self._tabs.setTabText(0, tr(f"名册（{len(found.lines)}）"))
        self._tabs.setTabText(1, tr(f"没有取的（{self._aside.model().rowCount()}）"))
        if self._work.plan is not None:
            self._tabs.setTabText(2, tr(f"与现有不同（{self.differences.rowCount()}）"))
        left = len(found.lines) if self._work.wrong_too else len(found.good)
        self.go.setEnabled(not found.refusal and not found.unanswered and left > 0)
        self.tell(found.refusal or ("请先回答上面的问题。" if found.unanswered else ""))
        if first:
            self._start()

    def _start(self) -> None:
        """The focus where there is something to do: the first question, else the main button, else the rows."""
        item = self._questions.itemAt(0)
        asked = item.widget() if item is not None else None
        box = asked.findChild(QComboBox) if asked is not None else None
        (box or (self.go if self.go.isEnabled() else self._table)).setFocus()

    def _rows(self) -> None:
        if self._found is None:
            return
        self.model.show(self._found, only_flawed=self.only.isChecked())
        self._said.clear()
        flawed = self.model.first_flawed()
        if flawed >= 0:
            self._table.setCurrentIndex(self.model.index(flawed, 0))
        self._table.resizeColumnsToContents()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(self.model.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
        self._differ.resizeColumnsToContents()

    def _tell(self, at: int) -> None:
        """All that is to be said of the row that is chosen, however long."""
        self._said.setText(self.model.words(at))

    def _sheets(self, found: Preview) -> None:
        if self.sheet.count() != len(found.sheets):
            self.sheet.clear()
            for one in found.sheets:
                self.sheet.addItem(one, one)
        self.sheet.setCurrentIndex(self.sheet.findData(found.sheet))
        self.sheet.setVisible(len(found.sheets) > 1)

    def _other_sheet(self, _at: int) -> None:
        self._choices = Choices(sheet=str(self.sheet.currentData()))
        self.look()

    # -- answering --------------------------------------------------------------------------------------------------

    def _ask(self, questions: Sequence[Question]) -> None:
        emptied(self._questions)
        for one in questions:
            answers = (("请选择…", None), (one.yes, True), (one.no, False))
            said = self._choices.answers.get(one.code)
            box = choice_box(answers, said, name=f"import-answer-{one.code}", words=one.text)
            box.activated.connect(partial(self._answer, one.code, box))
            self._questions.addWidget(row(label(one.text, "body", Role.WARN), box, None))

    def _answer(self, code: str, box: QComboBox, _at: int) -> None:
        answers = {key: value for key, value in self._choices.answers.items() if key != code}
        if box.currentData() is not None:
            answers[code] = bool(box.currentData())
        self._choices = msgspec.structs.replace(self._choices, answers=answers)
        self.look()

    def _columns(self, headings: Sequence[Heading]) -> None:
        emptied(self._meanings)
        choices = [("不取", ""), *((one.words, one.key) for one in self._work.targets)]
        for one in headings:
            if not one.text:
                continue
            box = choice_box(choices, one.target)
            box.activated.connect(partial(self._mean, one.column, box))
            self._meanings.addWidget(Field(f"{one.letter} {one.text}", box, f"import-column-{one.letter}"))
        self._meanings.addStretch(1)

    def _mean(self, column: int, box: QComboBox, _at: int) -> None:
        """A column means something else; what meant that before means nothing."""
        if self._found is None:
            return
        target = str(box.currentData())
        meanings = {one.column: one.target for one in self._found.headings if one.target and one.target != target}
        meanings.pop(column, None)
        if target:
            meanings[column] = target
        self._choices = msgspec.structs.replace(self._choices, meanings=meanings)
        self.look()

    def take(self) -> None:
        """Take it in as it is shown."""
        if self._found is None or not self.go.isEnabled():
            return
        found, chosen, work = self._found, frozenset(self.differences.chosen), self._work
        self.accept()
        # The page is held while it works, and this dialog with it: not before the key that was pressed is let go.
        QTimer.singleShot(0, self._owner, lambda: work.take(found, chosen))


def _plan_words(plan: Plan) -> tuple[str, ...]:
    different = len({one.row for one in plan.differing})
    return (f"新增 {len(plan.new)} 人", f"补上空项 {len(plan.fills)} 人", f"与现有不同 {different} 人")


def _table(model: ImportTable | DifferenceTable, name: str, words: str) -> QTableView:
    made = QTableView()
    made.setObjectName(name)
    made.setAccessibleName(tr(words))
    made.setModel(model)
    made.setAlternatingRowColors(True)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setTabKeyNavigation(False)
    made.horizontalHeader().setHighlightSections(False)
    return made


def choose(owner: QWidget, desk: Desk, title: str, make: Callable[[Book], Importing]) -> None:
    """Ask for a file and read it; `make` says what it is to become."""
    kinds = f"{tr('表格')} (*.xlsx *.xls *.et *.csv *.txt *.xlsm *.html *.htm)"
    place, _ = QFileDialog.getOpenFileName(owner, tr(title), str(Path.home()), f"{kinds};;{tr('所有文件')} (*)")
    if place:
        read(owner, desk, Path(place), make)


def read(owner: QWidget, desk: Desk, place: Path, make: Callable[[Book], Importing]) -> None:
    """Read a file, with a way to stop, and show what it would become."""
    work = LongOperation(owner, lambda report, cancelled: desk.imports.open(place, report, cancelled))
    work.success(lambda book: ImportDialog(owner, make(book)).open()).run("读文件")
