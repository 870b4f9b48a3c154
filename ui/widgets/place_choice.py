"""Choosing a division: what is typed is looked for, Enter or a click takes a line, other words drop what was taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.law import divisions
from desk.law.divisions import Division
from ui import tasks
from ui.look.hands import ENTER
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import label, set_role
from ui.widgets.field import Field, SearchBox
from ui.widgets.line_list import Line, LineList

SHOWN = 20
_HOW = (
    "打村名、拼音或首字母都行；重名的前面加苏木、乡镇或旗县。苏木乡镇、旗县自己的窗口，打它的名字。也可以打区划代码。"
)
_NONE = "没有找到。请换个写法，或只打前几个字。"


class PlaceChoice(QWidget):
    """`taken` when a division was chosen, also the same once more; `choosing` while a list to choose from is shown."""

    taken = Signal()
    choosing = Signal(bool)

    def __init__(self, caption: str, name: str) -> None:
        """`name` is what its parts are called by."""
        super().__init__()
        self.place: Division | None = None
        self._answered, self._enters = "", False
        self._names: dict[str, str] = {}
        self.search = SearchBox("打几个字，如：洪格尔 乌日尼勒图", f"{name}-search")
        self.list = LineList(f"{name}s", "找到的地方")
        self.list.setMinimumHeight(unit() * 18)
        self._told = label(_HOW, "body", Role.MUTED, wrap=True)
        self._told.setObjectName(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit() * 2)
        box.addWidget(Field(caption, self.search, f"{name}-search"))
        box.addWidget(self._told)
        box.addWidget(self.list, 1)
        self._offer(on=False)
        self.search.asked.connect(self._find)
        self.search.textEdited.connect(lambda _text: self._drop())
        self.list.led_by(self.search, self._enter)
        self.list.taken.connect(self._take)
        tasks.read(self, lambda: divisions.load().search("a"), lambda _ready: None)  # nobody waits for the first answer

    def full_name(self) -> str:
        """From the league down, "" while nothing is chosen."""
        return self._names.get(self.place.code, "") if self.place else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a line took it: it is not the page's any more."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        self.place, self._enters = None, False

    def _find(self, text: str) -> None:
        def work() -> list[tuple[Division, str]]:
            known = divisions.load()
            return [(one, known.full_name(one.code)) for one in known.counters(text, SHOWN)]

        tasks.read(self, work, lambda places: self._found(text, places))

    def _found(self, text: str, places: list[tuple[Division, str]]) -> None:
        if text != self.search.text().strip() or self.place is not None:
            return  # more was typed meanwhile
        if text != self._answered or self.list.isHidden():  # the same once more leaves the line that somebody went to
            self._answered = text
            self._names = {place.code: name for place, name in places}
            self.list.put([Line(name, place) for place, name in places])
            self.list.go(0)
        self._offer(on=bool(places))
        set_role(self._told, Role.MUTED)
        self._told.setText(_NONE if text and not places else _HOW)
        if self._enters and len(places) == 1:
            self._take(places[0][0])
        self._enters = False

    def _offer(self, *, on: bool) -> None:
        """The list stands in the place of the words, and takes what room there is."""
        high = QSizePolicy.Policy.Expanding if on else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, high)
        self.list.setVisible(on)
        self._told.setVisible(not on)
        self.choosing.emit(on)

    def _enter(self) -> None:
        """Take the line that is seen; before there is an answer to what was typed, only one that is the only one."""
        text = self.search.text().strip()
        if self.place is not None:
            self.taken.emit()
        elif text and text == self._answered:
            self._take(self.list.key() if self.list.count() else None)
        elif text:
            self._enters = True
            self._find(text)

    def _take(self, place: object) -> None:
        if isinstance(place, Division):
            self.place = place
            set_role(self._told, Role.OK)
            self._told.setText(f"{tr('已选：')}{self._names[place.code]}")
            self._offer(on=False)
            self.taken.emit()
