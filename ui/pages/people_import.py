"""What the people page takes in whole: rolls of people, ledgers of former years; and how that is undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.importing import targets
from desk.counter.importing.preview import Preview
from desk.folds.records import Import
from desk.words.sheets.grid import Book
from ui import tasks
from ui.changes import Changes
from ui.dialogs import import_dialog
from ui.dialogs.import_dialog import Importing
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import LongOperation, Operation
from ui.widgets.basic import EmptyState, label, plain_button, primary_button, row
from ui.widgets.dialog import Dialog
from ui.widgets.page import Shell

_KINDS = {"roster": "花名册", "ledger": "旧台账"}


class PeopleImports:
    """The buttons of the page that bring people and former cases in."""

    def __init__(self, owner: QWidget, desk: Desk, shell: Shell) -> None:
        self._owner, self._desk, self._shell = owner, desk, shell

    def buttons(self) -> list[QWidget]:
        """A button each, and one for what was taken in before."""
        made: list[QWidget] = []
        acts: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("导入花名册(&I)", "people-import-roster", "users-group", self.roster),
            ("导入旧台账(&O)", "people-import-ledger", "files", self.ledger),
            ("导入记录(&L)", "people-imports", "clock", self.past),
        )
        for words, name, icon, act in acts:
            button = plain_button(words, name, icon)
            button.clicked.connect(lambda _checked=False, act=act: act())
            made.append(button)
        return made

    def roster(self) -> None:
        """Ask for a roll of people."""
        import_dialog.choose(self._owner, self._desk, "导入花名册", self.of_roster)

    def ledger(self) -> None:
        """Ask for a ledger of former years."""
        import_dialog.choose(self._owner, self._desk, "导入旧台账", self.of_ledger)

    def of_roster(self, book: Book) -> Importing:
        """What a file becomes as a roll of people."""
        imports = self._desk.imports

        def take(found: Preview, chosen: frozenset[tuple[int, str]]) -> None:
            self._take(lambda report, cancelled: imports.take_roster(found, chosen, report, cancelled))

        return Importing(
            "导入花名册", targets.PEOPLE, lambda choices: imports.look_at_roster(book, choices), take, imports.plan
        )

    def of_ledger(self, book: Book) -> Importing:
        """What a file becomes as a ledger."""
        imports = self._desk.imports

        def take(found: Preview, _chosen: frozenset[tuple[int, str]]) -> None:
            self._take(lambda report, cancelled: imports.take_ledger(found, report, cancelled))

        return Importing("导入旧台账", targets.LEDGER, lambda choices: imports.look_at_ledger(book, choices), take)

    def _take(self, work: import_dialog.Taking) -> None:
        LongOperation(self._owner, work, Changes.PEOPLE).success(self._taken).run("导入")

    def _taken(self, done: Import) -> None:
        made = done.made
        words = f"已导入：新增 {made.added}，改动 {made.changed}，相同 {made.same}。"
        self._shell.toast(words, ("撤销", lambda: self.undo(done)))

    def undo(self, done: Import) -> None:
        """All that an import brought goes again."""
        work = Operation(self._owner, lambda: self._desk.imports.undo(done.id), Changes.PEOPLE, self._shell)
        work.success(self._undone).run()

    def _undone(self, done: Import) -> None:
        left = done.undone.left if done.undone else 0
        stayed = f"其中 {left} 人已办过事，保留。" if left else ""
        self._shell.toast(f"已撤销导入“{done.made.file}”。{stayed}")

    def past(self) -> None:
        """What was taken in before."""
        tasks.read(
            self._owner,
            self._desk.imports.listed,
            lambda found: ImportsDialog(self._owner, found, self.undo).open(),
            self._shell.error,
        )


class ImportsDialog(Dialog):
    """One line an import; one that still stands can be undone."""

    def __init__(self, parent: QWidget, imports: tuple[Import, ...], undo: Callable[[Import], None]) -> None:
        super().__init__(parent, "导入记录", "imports", wide=190, high=100)
        self._undo = undo
        self.head("导入记录")
        for one in imports:
            self.body.addWidget(self._line(one))
        if not imports:
            self.body.addWidget(EmptyState("clock", "还没有导入过。"))
        self.body.addStretch(1)
        close = primary_button("关闭(&C)", "imports-close", "x")
        close.clicked.connect(self.accept)
        self.foot(None, close)

    def _line(self, one: Import) -> QWidget:
        made = one.made
        about = f"{one.day}　{tr(_KINDS.get(made.what, made.what))}　{tr(f'新增 {made.added}，改动 {made.changed}')}"
        parts: list[QWidget | None] = [label(made.file, bold=True), label(about, "body", Role.MUTED), None]
        if one.state == "undone":
            return row(*parts, label("已撤销", "body", Role.MUTED))
        button = plain_button("撤销", f"imports-undo-{one.id[:8]}", "arrow-back-up")
        button.setAccessibleName(f"{made.file}：{tr('撤销')}")
        button.clicked.connect(lambda: self._chosen(one))
        return row(*parts, button)

    def _chosen(self, one: Import) -> None:
        self.accept()
        self._undo(one)
