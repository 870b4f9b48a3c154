"""政务信息: what was handed in and what the centre did with it; another is written off line, and kept while it is."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from desk.app.open_desk import Desk
from desk.counter.office.memos import MemoLine, Typed
from desk.errors import RefusedError
from desk.folds.township.memos import TOPICS
from desk.log.files import FileRef
from ui import messages, tasks
from ui.changes import Changes
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.line_list import Line, LineList

_KEEP = 1500  # ms after the last key until what is typed is on disk
_LINES, _HIGH = 9, 15
_KINDS = "照片、PDF、OFD (*.jpg *.jpeg *.png *.pdf *.ofd)"
_INTRO = "不用联网就能写，没写完关掉也留着；随下次同步报给旗中心。不要写国家秘密、商业秘密和个人隐私。"


class MemosDialog(Dialog):
    """The list, the marked one's words, the way to write another."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "政务信息", "memos", wide=130, high=130)
        self._desk = desk
        self._lines: dict[str, MemoLine] = {}
        self.head("政务信息", "报给旗中心编辑的，采用、退回都回到这里。")
        self.list = LineList("memos-list", "政务信息列表")
        self.list.setMinimumHeight(unit() * 40)
        self.list.moved.connect(lambda _key: self._tell_one())
        self.body.addWidget(self.list, 1)
        self.answer = label("", "body", bold=True, wrap=True)
        self.answer.setObjectName("memos-answer")
        self.words = label("", "body", Role.MUTED, wrap=True)
        self.words.setObjectName("memos-words")
        self.body.addWidget(self.answer)
        self.body.addWidget(self.words)
        self.write = primary_button("写一条(&N)", "memos-write", "file-plus")
        self.again = plain_button("改后再报(&E)", "memos-again", "rotate")
        close = plain_button("关闭(&C)", "memos-close")
        self.write.clicked.connect(self.compose)
        self.again.clicked.connect(self.compose_again)
        close.clicked.connect(self.reject)
        self.foot(self.again, None, close, self.write)
        self.look()

    def look(self) -> None:
        """Ask again."""
        tasks.read(self, self._desk.memos.all, self._show)

    def _show(self, lines: tuple[MemoLine, ...]) -> None:
        self._lines = {one.id: one for one in lines}
        none = Line(tr("还没有写过。"), muted=True, takeable=False)
        self.list.put([Line(_title(one), one.id) for one in lines] or [none])
        self._tell_one()

    def _tell_one(self) -> None:
        one = self._lines.get(self.list.key())
        self.again.setEnabled(one is not None and one.state == "returned")
        self.answer.setText(f"{tr(one.state_name)}　{one.answer}" if one else "")
        self.words.setText(_words(one) if one else "")

    def compose(self) -> None:
        """Write another one, beginning with what was begun before."""
        tasks.read(self, self._desk.memos.draft, self._ask)

    def compose_again(self) -> None:
        """Write one anew that was sent back."""
        one = self._lines.get(self.list.key())
        if one is not None:
            self._ask(Typed(one.memo.title, one.memo.sort, one.memo.text, one.memo.files))

    def _ask(self, begun: Typed) -> None:
        MemoAsk(self, self._desk, begun).go(
            lambda typed: self._desk.memos.send(Typed(**typed)),
            lambda _none: self.look(),
            Changes.WORDS,
        )


class MemoAsk(Ask):
    """One item as it is written; what stands in it is kept on the way, so closing it loses nothing."""

    def __init__(self, parent: QWidget, desk: Desk, begun: Typed) -> None:
        super().__init__(parent, "写政务信息", ok="随同步报出(&S)", intro=_INTRO, name="memo-ask", wide=130)
        self._desk, self._kept = desk, begun
        self.text("title", "标题(&T)", begun.title)
        self.choice("sort", "类别(&K)", [(one, one) for one in TOPICS], begun.sort)
        self.text("text", "正文(&W)", begun.text, lines=_LINES)
        self._lay_files(begun.files)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEEP)
        self._pause.timeout.connect(self.keep)
        cast("QLineEdit", self.editor("title")).textChanged.connect(lambda _text: self._pause.start())
        cast("QComboBox", self.editor("sort")).currentIndexChanged.connect(lambda _at: self._pause.start())
        cast("QPlainTextEdit", self.editor("text")).textChanged.connect(self._pause.start)

    def _lay_files(self, files: tuple[FileRef, ...]) -> None:
        """What goes with it: photographs, PDF, OFD."""
        self._files = files
        self.files = LineList("memo-ask-files", "附件列表")
        self.files.setFixedHeight(unit() * _HIGH)
        add = plain_button("加附件(&F)", "memo-ask-attach", "file-plus")
        self._drop = plain_button("去掉附件(&X)", "memo-ask-drop")
        add.clicked.connect(self.choose_files)
        self._drop.clicked.connect(self.drop_file)
        self.files.moved.connect(lambda _key: self._drop.setEnabled(bool(self.files.key())))
        self.body.addWidget(self.files)
        self.body.addWidget(Flow(add, self._drop))
        self._put_files(files)

    def _put_files(self, files: tuple[FileRef, ...]) -> None:
        self._files = files
        none = Line(tr("没有附件。可以加照片、PDF、OFD，最多 5 个，每个不超过 8 MB。"), muted=True, takeable=False)
        self.files.put([Line(f"{one.name}　{max(1, one.size >> 10)} KB", one.sha256) for one in files] or [none])
        self._drop.setEnabled(bool(self.files.key()))

    def choose_files(self) -> None:
        """Which files are to go with it."""
        places, _ = QFileDialog.getOpenFileNames(self, tr("选附件"), str(Path.home()), tr(_KINDS))
        if places:
            self.attach([Path(one) for one in places])

    def attach(self, places: list[Path]) -> None:
        """Keep them beside what is written; the first that cannot go along is told, those before it stay."""

        def work() -> tuple[tuple[FileRef, ...], RefusedError | None]:
            files = self._files
            for place in places:
                try:
                    files = self._desk.memos.attach(place, files)
                except RefusedError as error:
                    return files, error
            return files, None

        asked = Operation(self, work).success(lambda made: self._attached(*made))
        asked.failure(lambda error: messages.error(self, error)).run()

    def _attached(self, files: tuple[FileRef, ...], error: RefusedError | None) -> None:
        self._put_files(files)
        self.keep()
        if error is not None:
            self.tell(error.sentences())

    def drop_file(self) -> None:
        """The marked one goes not along."""
        self._put_files(tuple(one for one in self._files if one.sha256 != self.files.key()))
        self.keep()

    def values(self) -> Values:
        """What was typed, and what goes with it."""
        return {**super().values(), "files": self._files}

    def would_lose(self) -> bool:
        """Nothing: it is kept."""
        return False

    def keep(self) -> None:
        """Keep what stands here."""
        self._pause.stop()
        typed = Typed(**self.values())
        if typed != self._kept:
            self._kept = typed
            Operation(self, lambda: self._desk.memos.keep_draft(typed)).run_beside()

    def reject(self) -> None:
        """Close; what stands here is there the next time."""
        self.keep()
        super().reject()

    def accept(self) -> None:
        """It was handed in."""
        self._pause.stop()
        super().accept()


def _words(one: MemoLine) -> str:
    names = "、".join(each.name for each in one.memo.files)
    return one.memo.text + (f"\n{tr('附件')}：{names}" if names else "")


def _title(one: MemoLine) -> str:
    return f"{one.memo.title}\n{one.day} · {one.memo.sort} · {tr(one.state_name)}"
