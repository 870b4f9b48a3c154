"""Typing Mongolian: on the left in columns of its own, on the right as it will print, by the printer's layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.counter.office.mongolian import COLUMNS, Imported, Label
from desk.errors import RefusedError
from desk.words import spreadsheet
from desk.words.guide_texts import PARTS, GuideTexts
from ui import messages, tasks
from ui.changes import Changes
from ui.devices.pdf_pages import page
from ui.dialogs.save_as import save_as
from ui.dialogs.show_paper import show_paper
from ui.look import theme
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.column_edit import ColumnEdit
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, SearchBox, line_edit
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import scrolled

_LETTERS = 9  # in a column where one writes, about
_PAUSE = 200  # ms between the last key and the drawing
# Signs that keyboards lack: what the button says, what it types, what it is for.
_SIGNS = (
    ("后缀空", "\u202f", "窄的不断行空（U+202F），写在后缀前"),
    ("MVS", "\u180e", "元音分隔符（U+180E）"),
    ("变体1", "\u180b", "自由变体选择符一"),
    ("变体2", "\u180c", "自由变体选择符二"),
    ("变体3", "\u180d", "自由变体选择符三"),
    ("变体4", "\u180f", "自由变体选择符四"),
    ("᠂", "\u1802", "逗号"),
    ("᠃", "\u1803", "句号"),
)


class Vertical(QLabel):
    """Text in vertical columns, drawn by the printer's own layout a moment after the last key."""

    def __init__(self, make: Callable[[], Callable[[], bytes]], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(tr("竖排预览"))
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._make, self._asked = make, 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._draw)

    def later(self) -> None:
        """Draw anew soon."""
        self._pause.start()

    def _draw(self) -> None:
        self._asked += 1
        asked, ratio, make = self._asked, self.devicePixelRatioF(), self._make()  # reads the editors here

        def work() -> QImage:
            return page(make(), 0, 0.9 * theme.theme.scale * ratio)

        tasks.read(self, work, lambda image: self._put(asked, image, ratio), lambda error: messages.error(self, error))

    def _put(self, asked: int, image: QImage, ratio: float) -> None:
        if asked == self._asked:
            image.setDevicePixelRatio(ratio)
            self.setPixmap(QPixmap.fromImage(image))


def signs(target: Callable[[], QWidget | None]) -> tuple[QWidget, QWidget]:
    """Buttons for the signs that keyboards lack; each types into whatever `target` names."""
    made: list[QWidget | None] = []
    for number, (words, sign, about) in enumerate(_SIGNS):
        button = plain_button(words, f"mongolian-sign-{number}")
        button.setToolTip(tr(about))
        button.setAccessibleName(tr(about))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False, sign=sign: _type(target(), sign))
        made.append(button)
    return Flow(*made[:4]), Flow(*made[4:])


def _type(editor: QWidget | None, sign: str) -> None:
    if isinstance(editor, QPlainTextEdit):
        editor.insertPlainText(sign)
        editor.setFocus()


class TextsDialog(Dialog):
    """What the township wrote in Mongolian for one item, part by part, beside the page that it makes."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        task_code: str,
        title: str,
        kept: GuideTexts,
        saved: Callable[[], None],
    ) -> None:
        super().__init__(parent, "蒙古文稿", "mongolian", wide=230, high=160)
        self._desk, self._code, self._saved = desk, task_code, saved
        self.editors: dict[str, ColumnEdit] = {}
        self._last: QPlainTextEdit | None = None
        self.view = Vertical(self._page, "mongolian-view")
        left = QVBoxLayout()
        left.setSpacing(unit() * 2)
        written = QWidget()
        parts = QVBoxLayout(written)
        parts.setContentsMargins(0, 0, unit(), 0)
        for key, words in PARTS.items():
            editor = ColumnEdit(_LETTERS)
            editor.setPlainText(getattr(kept, key))
            editor.textChanged.connect(self.view.later)
            self.editors[key] = editor
            parts.addWidget(Field(words, editor, f"mongolian-{key}"))
        self.reviewer = line_edit(most=60)
        self.reviewer.setText(kept.reviewer)
        left.addWidget(scrolled(written, "mongolian-parts"), 1)
        for line in signs(self._target):
            left.addWidget(line)
        left.addWidget(Field("审定人(&R)", self.reviewer, "mongolian-reviewer"))
        paper = scrolled(self.view, "mongolian-page")
        paper.setMinimumWidth(unit() * 90)
        both = QHBoxLayout()
        both.setSpacing(unit() * 3)
        both.addLayout(left, 1)
        both.addWidget(paper, 1)
        save = primary_button("保存(&S)", "mongolian-ok", "check")
        cancel = plain_button("取消", "mongolian-cancel")
        save.setToolTip("Ctrl+Enter")
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        intro = "照本地审定的蒙古文稿录入；空着的仍印汉文。程序不作翻译。右边就是印出来的样子。"
        handed = "保存后随同步交给中心，中心采用后才公开。"
        self.head(f"{tr('蒙古文稿')}：{title}", intro)
        self.body.addWidget(label(handed, "body", Role.MUTED, wrap=True))
        self.body.addLayout(both, 1)
        self.foot(None, cancel, save)
        self._begun = self.values()
        self.view.later()
        self.editors["name"].setFocus()

    def _target(self) -> QWidget | None:
        at = self.focusWidget()
        if isinstance(at, QPlainTextEdit):
            self._last = at
        return self._last or self.editors["name"]

    def values(self) -> dict[str, str]:
        """What is typed."""
        typed = {key: editor.toPlainText() for key, editor in self.editors.items()}
        return typed | {"reviewer": self.reviewer.text()}

    def would_lose(self) -> bool:
        """Whether anything is another than what is kept."""
        return self.values() != self._begun

    def _page(self) -> Callable[[], bytes]:
        typed = self.values()
        return lambda: self._desk.papers.mongolian_proof(typed).pdf

    def save(self) -> None:
        """Keep it; what is refused is said here and nothing typed is lost."""
        typed = self.values()

        def failed(error: Exception) -> None:
            if isinstance(error, RefusedError):
                self.tell(error.sentences())
                self.reviewer.setFocus()  # the only thing that is ever lacking
            else:
                messages.error(self, error)

        work = Operation(self, lambda: self._desk.mongolian.keep(self._code, typed), Changes.WORDS)
        work.success(lambda _none: self._done()).failure(failed).run()

    def _done(self) -> None:
        self.accept()
        self._saved()


class LabelsDialog(Dialog):
    """蒙古文用词: the labels of our papers, each with its Mongolian and whoever reviewed it; import, table, proof."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "蒙古文用词", "labels", wide=220, high=160)
        self._desk = desk
        self._labels: tuple[Label, ...] = ()
        self.search = SearchBox("找汉文词", "labels-search")
        self.list = LineList("labels-list", "用词")
        self.words = ColumnEdit(_LETTERS, line=True)
        self.reviewer = line_edit(most=60)
        self.view = Vertical(self._strip, "labels-view")
        self.words.textChanged.connect(self.view.later)
        self.search.asked.connect(lambda _text: self._fill())
        self.list.led_by(self.search, self.words.setFocus)
        self.list.moved.connect(self._chosen)
        self._lay()
        self._load()

    def _lay(self) -> None:
        buttons: list[QWidget | None] = []
        for words, name, icon, act in (
            ("导入(&I)", "labels-import", "folder", self.choose),
            ("导出空表(&X)", "labels-export", "table", self.export),
            ("打印清样(&P)", "labels-proof", "printer", self.proof),
        ):
            button = plain_button(words, name, icon)
            button.clicked.connect(act)
            buttons.append(button)
        save = primary_button("保存这个词(&S)", "labels-save", "check")
        close = plain_button("关闭(&C)", "labels-close", "x")
        save.clicked.connect(self.save)
        close.clicked.connect(self.reject)
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addWidget(Flow(*buttons))
        right = QVBoxLayout()
        right.setSpacing(unit() * 2)
        right.addWidget(Field("蒙古文(&M)", self.words, "labels-words"))
        for line in signs(lambda: self.words):
            right.addWidget(line)
        right.addWidget(Field("审定人(&R)", self.reviewer, "labels-reviewer"))
        right.addWidget(scrolled(self.view, "labels-page"), 1)
        both = QHBoxLayout()
        both.setSpacing(unit() * 3)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        intro = "旗里审定的词填在这里，有审定人的才印；空着的印汉文。程序不带译文。"
        self.head("蒙古文用词", intro)
        self.count = label("", "body", Role.MUTED)
        self.count.setObjectName("labels-count")
        self.body.addWidget(self.count)
        self.body.addLayout(both, 1)
        self.foot(None, save, close)  # in sight at every type size

    def _load(self) -> None:
        def put(labels: tuple[Label, ...]) -> None:
            self._labels = labels
            self._fill()
            self._tell_count()

        tasks.read(self, self._desk.mongolian.labels, put, self._failed)

    def _fill(self) -> None:
        text = self.search.text().strip()
        matching = [word for word in self._labels if text in word.chinese or text in word.mongolian]
        lines = [
            Line(
                f"{word.chinese}　{word.mongolian}\n{word.reviewer} {word.reviewed_on}"
                if word.mongolian
                else word.chinese,
                word.chinese,
                muted=not word.mongolian,
            )
            for word in matching
        ]
        self.list.put(lines)
        self._chosen(self.list.key())

    def _chosen(self, chinese: str | None) -> None:
        one = next((one for one in self._labels if one.chinese == chinese), Label(""))
        self.words.setPlainText(one.mongolian)
        if one.reviewer:
            self.reviewer.setText(one.reviewer)

    def would_lose(self) -> bool:
        """Whether the word that is shown is another than what is kept."""
        kept = next((one for one in self._labels if one.chinese == self.list.key()), Label(""))
        return self.words.toPlainText() != kept.mongolian

    def _strip(self) -> Callable[[], bytes]:
        words = self.words.toPlainText()
        return lambda: self._desk.papers.column(words)

    def save(self) -> None:
        """Keep the word, go on with the next."""
        chinese, words, reviewer = self.list.key(), self.words.toPlainText(), self.reviewer.text()
        if chinese:
            keep = self._desk.mongolian.set_label
            work = Operation(self, lambda: keep(chinese, words, reviewer), Changes.WORDS)
            work.success(self._kept).failure(self._failed).run()

    def _kept(self, made: Label) -> None:
        self._labels = tuple(made if one.chinese == made.chinese else one for one in self._labels)
        self.tell(f"“{made.chinese}”已保存。" if made.mongolian else f"“{made.chinese}”改回印汉文。", Role.MUTED)
        self._fill()
        self._tell_count()
        self.list.step(1)

    def _tell_count(self) -> None:
        reviewed = sum(bool(one.mongolian) for one in self._labels)
        self.count.setText(tr(f"已审定 {reviewed} 个，共 {len(self._labels)} 个"))

    def choose(self) -> None:
        """Ask for a table."""
        place, _ = QFileDialog.getOpenFileName(self, tr("选表格"), str(Path.home()), "*.xlsx *.csv")
        if place:
            self.import_table(Path(place))

    def import_table(self, place: Path) -> None:
        """Take a filled table in; what does not fit is told line by line."""

        def done(imported: Imported) -> None:
            left = f"，{len(imported.left)} 行没有收：" + "；".join(imported.left[:5]) if imported.left else ""
            self._told.setText(f"收进 {imported.taken} 个词{left}。")
            self._load()

        work = Operation(self, lambda: self._desk.mongolian.import_labels(place), Changes.WORDS)
        work.success(done).failure(self._failed).run()

    def export(self) -> None:
        """The table to be filled, with what is there already."""
        save_as(self, "导出空表", Path.home() / "蒙古文用词.xlsx", self.export_to)

    def export_to(self, place: Path) -> None:
        """Write it."""
        lines = [(one.chinese, one.mongolian, one.reviewer, one.reviewed_on) for one in self._labels]
        work = Operation(self, lambda: spreadsheet.save(place, spreadsheet.workbook([("用词", COLUMNS, lines)])))
        work.success(lambda _none: self.tell(f"已存到 {place}。", Role.MUTED)).failure(self._failed).run()

    def proof(self) -> None:
        """All of them on paper, to be looked through and signed."""
        show_paper(self, self._desk.papers.label_proof).failure(self._failed).run()

    def _failed(self, error: Any) -> None:
        if isinstance(error, RefusedError):
            self.tell(error.sentences())
        else:
            messages.error(self, error)
