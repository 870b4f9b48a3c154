"""The one field at the top of the register page: who it is for or what is to be done, whichever is said first.

Matters are looked up by their names and by the words that people have for them, people by name, initials, number or
telephone. Enter takes the line that is marked; somebody who only sounds alike is never marked by itself.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon

from desk.app.open_desk import Desk
from desk.errors import Problem
from desk.law.catalogue.rules import PROXY_NAMES
from desk.store.snapshots import ItemRow, PersonRow
from ui import tasks
from ui.look import icons
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit
from ui.widgets.basic import Card
from ui.widgets.field import Field, SearchBox
from ui.widgets.in_vain import InVain
from ui.widgets.line_list import Line, LineList

_PEOPLE = 6
_ITEMS = 60  # that are listed; how many more there are is said
_LINES = 6  # in sight at once; further ones are scrolled to
_DIGITS = 4  # of a number with which somebody new may begin
_PLACEHOLDERS = {
    (True, True): "姓名、证件尾号、电话，或要办的事（低保、残疾证、房产证…），回车选定",
    (True, False): "要办的事：名称、拼音首字母或平常的说法（低保、残疾证、房产证…），回车选定",
    (False, True): "给谁办：姓名、拼音首字母、证件尾号、电话；新来的写上姓名按回车",
    (False, False): "",
}


class Taken(NamedTuple):
    """What a line stands for: an item by its code, a person by their id, or somebody new by what was typed."""

    kind: str  # item, person, new
    what: str


class FindPart(Card):
    """Search, choose with arrows and Enter. Hidden when there is nothing more to find."""

    item_taken = Signal(str)
    person_taken = Signal(str)
    person_new = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._items_wanted = self._people_wanted = True
        self._recent: tuple[str, ...] = ()
        self._shown, self._enter_waits = "", False
        self._rows: dict[str, ItemRow] = {}
        self.search = SearchBox(_PLACEHOLDERS[True, True], "register-find")
        self._field = Field("人或事(&I)", self.search, "register-find")
        self.list = LineList("register-found", "找到的人和事")
        self.list.setIconSize(QSize(unit() * 5, unit() * 5))
        self.body.addWidget(self._field)
        self.body.addWidget(self.list)
        self._vain = InVain(self, self.search, desk, lambda: self._people_wanted)
        self.search.asked.connect(self._ask)
        self.search.textEdited.connect(lambda _text: self._field.set_problem(""))
        self.list.led_by(self.search, self._enter)
        self.list.taken.connect(self._take)
        self._ask("")

    # -- what is looked for ----------------------------------------------------------------------------------------

    def want(self, *, items: bool, people: bool) -> None:
        """What is still to be found."""
        if (items, people) == (self._items_wanted, self._people_wanted):
            return
        self._items_wanted, self._people_wanted = items, people
        self.search.setPlaceholderText(tr(_PLACEHOLDERS[items, people]))
        self.setVisible(items or people)
        self.clear()

    def set_recent(self, codes: tuple[str, ...]) -> None:
        """Items used of late come first while nothing is typed."""
        if codes != self._recent:
            self._recent = codes
            if not self.search.text().strip():
                self._ask("")

    def clear(self) -> None:
        """Nothing typed."""
        self.search.clear()
        self._enter_waits = False
        self._field.set_problem("")
        self._ask("")

    def problem(self) -> str:
        """What is said to be wrong."""
        return self._field.problem()

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say that the matter or the person is missing."""
        asked = {"task_code": self._items_wanted, "applicant.name": self._people_wanted}
        missing = [problems[field].text for field, wanted in asked.items() if wanted and field in problems]
        self._field.set_problem(missing[0] if missing and everywhere else "")

    def named(self, field: str) -> str:
        """What is still to be found."""
        if field.startswith("applicant.") and self._people_wanted:
            return tr("给谁办")
        return tr("办什么事") if field == "task_code" and self._items_wanted else ""

    def focus_field(self, field: str) -> bool:
        """Go to the search when what is wrong is that nobody or nothing is chosen."""
        wanted = (field == "task_code" and self._items_wanted) or (
            field.startswith("applicant.") and self._people_wanted
        )
        if wanted:
            self.search.setFocus()
        return wanted

    def _ask(self, text: str) -> None:
        """Looked up beside the window, however many items and people there are; nothing typed is at hand."""
        if not text:
            self._found(text, self._usual_items(), ())
            return
        items, people = self._items_wanted, self._people_wanted

        def work() -> tuple[tuple[ItemRow, ...], tuple[PersonRow, ...]]:
            return (
                self._desk.items(text) if items else (),
                self._desk.people.search(text, _PEOPLE) if people else (),
            )

        tasks.read(self, work, lambda found: self._answered(text, *found))

    def _answered(self, text: str, rows: tuple[ItemRow, ...], people: tuple[PersonRow, ...]) -> None:
        if text == self.search.text().strip():
            self._found(text, rows, people)

    def _found(self, text: str, rows: tuple[ItemRow, ...], people: tuple[PersonRow, ...]) -> None:
        if self._items_wanted:
            self._vain.answered(text, found=bool(rows or people))
        self._rows = {row.item.task_code: row for row in rows}
        items = [self._item_line(row) for row in rows[:_ITEMS]]
        known = [self._person_line(one) for one in people if not one.alike]
        alike = [self._person_line(one) for one in people if one.alike]
        fresh = [self._new_line(text)] if self._may_be_new(text) else []
        # A name that is written out is somebody; otherwise a matter is meant more often than a person.
        named = any(text in one.name for one in people if not one.alike) and not text.isascii()
        lines = ([*known, *items] if named else [*items, *known]) + fresh
        if text and not lines:
            lines = [Line(self._in_vain(), takeable=False)]
        more = [Line(tr(f"还有 {len(rows) - _ITEMS} 项，再打几个字"), takeable=False)] if len(rows) > _ITEMS else []
        is_again, self._shown = bool(text) and text == self._shown, text
        self.list.put(lines + alike + more)
        if not is_again:  # the same search once more leaves the line that somebody went to
            self.list.go(0)
        self._fit()
        if self._enter_waits:
            self._enter_waits = False
            self._take(self.list.key())

    def _usual_items(self) -> tuple[ItemRow, ...]:
        """What was used of late first."""
        if not self._items_wanted:
            return ()
        rows = {row.item.task_code: row for row in self._desk.items()}
        lately = (code for code in self._recent if code in rows and not rows[code].refusal)
        return tuple(rows[code] for code in dict.fromkeys((*lately, *rows)))

    def _may_be_new(self, text: str) -> bool:
        digits = sum(char.isdigit() for char in text)
        return self._people_wanted and bool(text) and (not text.isascii() or digits >= _DIGITS)

    def _fit(self) -> None:
        count = self.list.count()
        self.list.setVisible(count > 0)
        if count:
            high = self.list.sizeHintForRow(0) + self.list.spacing() * 2
            self.list.setFixedHeight(high * min(count, _LINES) + unit() * 2)

    # -- lines -----------------------------------------------------------------------------------------------------

    @staticmethod
    def _item_line(row: ItemRow) -> Line:
        words = tr(row.refusal or PROXY_NAMES[row.item.proxy_mode])
        text = f"{row.item.item_name}\n{row.item.topic} · {words}"
        return Line(text, Taken("item", row.item.task_code), bool(row.refusal), _icon("file-text"))

    @staticmethod
    def _person_line(one: PersonRow) -> Line:
        facts = (tr(one.sex), one.birth, one.id_masked, one.phone_masked, tr("（音近）") if one.alike else "")
        text = f"{one.name}\n" + "　".join(part for part in facts if part)
        return Line(text, Taken("person", one.id), icon=_icon("user"))

    @staticmethod
    def _new_line(text: str) -> Line:
        words = tr(f"新来的办事人：{text}") + "\n" + tr("办事人册里没有，往下填")
        return Line(words, Taken("new", text), icon=_icon("user-plus"))

    # -- taking ----------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        text = self.search.text().strip()
        if text == self._shown:
            self._take(self.list.key())
        else:  # the answer is on its way
            self._enter_waits = True
            self._ask(text)

    def _in_vain(self) -> str:
        if not self._desk.session.items:
            return tr("旗里还没有发布办事事项，现在不能登记。发布后同步一次就有。")
        return tr("没有找到。换个说法，或写姓名、证件号码。")

    def _take(self, key: object) -> None:
        match key:
            case Taken("item", code):
                self._take_item(code)
            case Taken("person", person_id):
                self.person_taken.emit(person_id)
            case Taken("new", text):
                self._vain.forget()
                self.person_new.emit(text)
            case _ if self.search.text().strip():
                self._field.set_problem(self._in_vain())

    def _take_item(self, code: str) -> None:
        refusal = self._rows[code].refusal if code in self._rows else ""
        if refusal:
            self._field.set_problem(refusal)
        else:
            self.item_taken.emit(code)


def _icon(name: str) -> QIcon:
    return icons.icon(name, colour(Role.MUTED), chosen=colour(Role.ACCENT_TEXT))
