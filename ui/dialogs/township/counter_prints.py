"""成批打印: guides and notice sheets of this counter and, at a township, of its villages: which places, which items, as
one PDF or a file a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.counter.township.counter_run import BOARDS, GUIDES, Run
from desk.counter.township.villages import Village
from desk.errors import RefusedError
from desk.store.snapshots import ItemRow, PaperOut
from ui import messages, tasks
from ui.dialogs.paper_view import PaperDialog
from ui.dialogs.save_as import folder_for
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import LongOperation
from ui.widgets.basic import label, plain_button, primary_button, quiet_button
from ui.widgets.columns import Columns
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, SearchBox, choice_box
from ui.widgets.in_vain import InVain
from ui.widgets.items import ItemList
from ui.widgets.line_list import Line, LineList

LANGUAGES = (("汉文", "zh"), ("汉文和蒙古文", "both"))  # 民族团结进步促进法§15: both versions together
_WHAT = (("服务指南", GUIDES), ("公示栏张贴页", BOARDS))
_FORMS = (("一个 PDF，每处有书签", False), ("每处一个 PDF 文件", True))
_HIGH = 34  # units of a list, at least


class CounterPrintsDialog(Dialog):
    """`points` are ticked when it opens; none of them: this counter's own."""

    def __init__(self, parent: QWidget, desk: Desk, points: Iterable[str] = (), items: Iterable[str] = ()) -> None:
        super().__init__(parent, "成批打印", "prints-run", wide=150, high=150)
        self._desk, self._window = desk, parent.window()
        self._counters = desk.villages.counters()
        known = {one.point for one in self._counters}
        self._points = dict.fromkeys([one for one in points if one in known] or [self._counters[0].point])
        self.head("成批打印指南、张贴页", "每一份用那个地方自己的名称、地址、时间和电话。")
        self.what = choice_box(_WHAT)
        self.language = choice_box(LANGUAGES)
        self.form = choice_box(_FORMS)
        self._with_items = Field("文字(&L)", self.language, "prints-run-language")
        self.body.addWidget(
            Flow(
                Field("印什么(&W)", self.what, "prints-run-what"),
                self._with_items,
                Field("做成(&F)", self.form, "prints-run-form"),
            )
        )
        self.places = LineList("prints-run-places", "地方列表")
        self.items = ItemList("prints-run-items", ticks=True)
        self.items.chosen = dict.fromkeys(items)
        sides = Columns(1, 1)
        self._lay_places(sides.columns[0])
        self._side = self._items_side()
        sides.columns[1].addWidget(self._side)
        self.body.addWidget(sides, 1)
        self.count = label("", "body", Role.MUTED, wrap=True)
        self.count.setObjectName("prints-run-count")
        self._foot.insertWidget(0, self.count)
        close = plain_button("取消", "prints-run-close")
        self.go = primary_button("排印(&P)", "prints-run-go", "printer")
        close.clicked.connect(self.reject)
        self.go.clicked.connect(self.run)
        self.foot(None, close, self.go)
        for box in (self.what, self.form):
            box.currentIndexChanged.connect(lambda _at: self._look())
        self._put_places()
        self._find("")

    # -- laying ---------------------------------------------------------------------------------------------------

    def _lay_places(self, column: QVBoxLayout) -> None:
        column.addWidget(label("哪些地方", "body", bold=True))
        column.addWidget(self._all_or_none("places", self._every_place, self._points.clear, self._put_places))
        self.places.setMinimumHeight(unit() * _HIGH)
        self.places.ticked.connect(self._tick_place)
        column.addWidget(self.places, 1)

    def _items_side(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit() * 3)
        box.addWidget(label("哪些事项", "body", bold=True))
        self.search = SearchBox("事项名称、拼音首字母、主题", "prints-run-search")
        self._vain = InVain(self, self.search, self._desk)
        self.search.asked.connect(self._find)
        none = self.items.chosen.clear
        box.addWidget(self._all_or_none("items", self._every_item, none, lambda: self._find(self.search.text())))
        box.addWidget(self.search)
        self.items.setMinimumHeight(unit() * _HIGH)
        self.items.ticked.connect(lambda _code, _on: self._look())
        box.addWidget(self.items, 1)
        return made

    def _all_or_none(
        self, name: str, every: Callable[[], None], none: Callable[[], None], show: Callable[[], None]
    ) -> QWidget:
        """全选 and 全不选 over a list; `show` puts it anew."""
        all_, nothing = (
            quiet_button("全选", f"prints-run-{name}-all"),
            quiet_button("全不选", f"prints-run-{name}-none"),
        )
        for button, act in ((all_, every), (nothing, none)):
            button.clicked.connect(act)
            button.clicked.connect(show)
        return Flow(all_, nothing)

    # -- choosing -------------------------------------------------------------------------------------------------

    def _every_place(self) -> None:
        self._points.update(dict.fromkeys(one.point for one in self._counters))

    def _every_item(self) -> None:
        """All that are listed, which may be those that were looked for."""
        self.items.chosen.update(dict.fromkeys(row.item.task_code for row in self._listed))

    def _put_places(self) -> None:
        self.places.put([Line(_named(one), one.point, ticked=one.point in self._points) for one in self._counters])
        self._look()

    def _tick_place(self, point: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._points[point] = None
        else:
            self._points.pop(point, None)
        self._look()

    def _find(self, text: str) -> None:
        text = text.strip()
        if not text:
            self._found(text, self._desk.items())
            return
        tasks.read(self, lambda: self._desk.items(text), lambda rows: self._found(text, rows))

    def _found(self, text: str, rows: tuple[ItemRow, ...]) -> None:
        if text == self.search.text().strip():  # else more was typed meanwhile
            self._listed = rows
            self._vain.answered(text, found=bool(rows))
            self.items.show_items(rows)
            self._look()

    def _look(self) -> None:
        """How much it will be, and what can be pressed."""
        guides, places = self.what.currentData() == GUIDES, len(self._points)
        self._side.setEnabled(guides)
        self._with_items.setEnabled(guides)
        items = len(self.items.chosen)
        self.count.setText(f"{places} 处，每处 {items} 个事项。" if guides else f"{places} 处，每处一份。")
        self.go.setEnabled(bool(places and (items or not guides)))

    # -- printing -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Draw it; one PDF is shown, files go to a folder that is asked for."""
        if not self.form.currentData():
            asked, papers = self._asked(), self._desk.papers
            work = LongOperation(self, lambda report, cancelled: papers.bound(asked, report, cancelled))
            work.success(self._show).failure(self._failed).run("排印")
            return
        folder_for(self, "放到哪个文件夹", self.to_folder)

    def to_folder(self, folder: Path) -> None:
        """A file a place."""
        asked, papers = self._asked(), self._desk.papers
        work = LongOperation(self, lambda report, cancelled: papers.to_folder(asked, folder, report, cancelled))
        work.success(lambda made: self._written(len(made), folder)).failure(self._failed).run("排印")

    def _asked(self) -> Run:
        points = tuple(one.point for one in self._counters if one.point in self._points)
        return Run(self.what.currentData(), points, tuple(self.items.chosen), self.language.currentData())

    def _show(self, paper: PaperOut) -> None:
        self.tell("")
        PaperDialog(self, paper).open()

    def _written(self, count: int, folder: Path) -> None:
        self.accept()
        messages.toast(self._window, f"{count} 个文件放在 {folder}。")

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RefusedError):
            self.tell(error.sentences())
        else:
            messages.error(self, error)


def _named(counter: Village) -> str:
    without = "" if counter.body else f"\n{tr('机构名录里还没有，名称按区划')}"
    return f"{counter.name}{without}"
