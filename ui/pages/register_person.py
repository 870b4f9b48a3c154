"""The second part: who it is for. Found by name, initials, number or telephone, or new; checked beside each field."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from desk.app.open_desk import Desk
from desk.errors import Problem
from desk.law import codes, id_numbers
from desk.law.id_numbers import IdFacts
from desk.log import events
from desk.store.snapshots import PersonRow
from ui import tasks
from ui.look import reading_order
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.widgets.basic import Card
from ui.widgets.field import Field, SearchBox, line_edit
from ui.widgets.line_list import Line, LineList

_SHOWN = 6


class _Fields(QWidget):
    """Name, number, telephone, address of one person. `where` is the draft's name for the person."""

    edited = Signal()
    left = Signal()

    def __init__(self, desk: Desk, where: str, keys: str) -> None:
        super().__init__()
        self._desk, self._where = desk, where
        self.name, self.number, self.phone, self.address = (line_edit(most=most) for most in (120, 40, 30, 220))
        self.kind = QComboBox()
        for code, words in codes.ID_TYPES.items():
            self.kind.addItem(tr(words), code)
        self.fields = {
            "name": Field(f"姓名 *(&{keys[0]})", self.name, f"{where}-name"),
            "id_number": Field(f"证件号码 *(&{keys[1]})", self.number, f"{where}-id-number"),
            "phone": Field(f"电话(&{keys[2]})", self.phone, f"{where}-phone"),
            "id_type": Field("证件种类", self.kind, f"{where}-id-type"),
            "address": Field(f"住址(&{keys[3]})", self.address, f"{where}-address"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(unit() * 4)
        grid.setVerticalSpacing(unit() * 2)
        for at, key in enumerate(("name", "id_number", "phone")):
            grid.addWidget(self.fields[key], 0, at, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["id_type"], 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["address"], 1, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
        for at, share in enumerate((3, 4, 3)):
            grid.setColumnStretch(at, share)
        self._visited: set[str] = set()
        for key, field in self.fields.items():
            field.left.connect(lambda key=key: self._leave(key))
        for edit in (self.name, self.number, self.phone, self.address):
            edit.textEdited.connect(lambda _text: self.edited.emit())
        self.kind.currentIndexChanged.connect(lambda _at: self.edited.emit())
        self.number.textChanged.connect(lambda _text: self._read_number())

    def _leave(self, key: str) -> None:
        self._visited.add(key)
        if key == "id_number":
            tidy = id_numbers.tidy(self.number.text())
            self.number.setText(id_numbers.grouped(tidy) if self.kind.currentData() == "111" else tidy)
        self.left.emit()

    def _read_number(self) -> None:
        told = self._desk.id_facts(self.kind.currentData(), self.number.text())
        hint = ""
        if isinstance(told, IdFacts) and told.birth is not None:
            hint = tr(f"{told.kind}　{told.sex}　{told.birth} 生　{told.area}")
        self.fields["id_number"].set_hint(hint)

    def person(self) -> events.Person:
        """What was typed."""
        number = id_numbers.tidy(self.number.text())
        return events.Person(self.name.text(), self.kind.currentData(), number, self.phone.text(), self.address.text())

    def show_person(self, person: events.Person) -> None:
        """Fill the fields."""
        self.name.setText(person.name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(person.id_type)))
        self.number.setText(id_numbers.grouped(person.id_number))
        self.phone.setText(person.phone)
        self.address.setText(person.address)
        self._visited.clear()
        self.tell({}, everywhere=True)

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong in the fields that were visited, or everywhere."""
        for key, field in self.fields.items():
            found = problems.get(f"{self._where}.{key}")
            if found is None:
                field.set_problem("")
            elif everywhere or key in self._visited:
                field.set_problem(found.text, blocking=found.blocking)

    def focus_field(self, name: str) -> bool:
        """Go to the field that is wrong."""
        where, _, key = name.partition(".")
        if where != self._where or key not in self.fields:
            return False
        self.fields[key].editor.setFocus()
        return True


class PersonPart(Card):
    """One person to choose or to write down; a second when the first acts for another."""

    edited = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("谁来办")
        self._desk, self._id, self._asked = desk, "", ""
        self._known: events.Person | None = None
        self.search = SearchBox(
            "找办过事的人：姓名、拼音首字母、证件尾号、电话；新来的直接往下填", "register-person-search"
        )
        self.list = LineList("register-people", "找到的办事人")
        self.list.hide()
        self.applicant = _Fields(desk, "applicant", "NHTD")
        self.for_other = QCheckBox(tr("替别人来办（填委托人）(&W)"))
        self.for_other.setObjectName("register-for-other")
        self.for_other.setAccessibleName(tr("替别人来办"))
        self._other: _Fields | None = None
        for part in (self.search, self.list, self.applicant, self.for_other):
            self.body.addWidget(part)
        self.search.asked.connect(self._ask)
        self.search.returnPressed.connect(self._take_first)
        self.list.taken.connect(self._take)
        self.for_other.toggled.connect(self._toggled)
        self._listen(self.applicant)

    def _listen(self, fields: _Fields) -> None:
        fields.edited.connect(self.edited)
        fields.left.connect(self.left)

    @property
    def other(self) -> _Fields:
        """Whom the applicant acts for; made when it is wanted first, since most come for themselves."""
        if self._other is None:
            self._other = _Fields(self._desk, "principal", "XYUV")
            self._other.hide()
            self._listen(self._other)
            self.body.addWidget(self._other)
            reading_order.follow(self._other, self.for_other)
        return self._other

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on or self._other is not None:
            self.other.setVisible(on)
        self.edited.emit()

    def _ask(self, text: str) -> None:
        if not text:
            self.list.hide()
            return
        tasks.read(self, lambda: self._desk.people.search(text, _SHOWN), lambda found: self._people_found(text, found))

    def _people_found(self, text: str, people: tuple[PersonRow, ...]) -> None:
        if text != self.search.text().strip():
            return
        self._asked = text
        none = Line(tr("没有找到，请在下面填写新的办事人。"), takeable=False)
        self.list.put([self._line(one) for one in people] or [none])
        rows = max(1, len(people))
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * rows + unit() * 2)
        self.list.show()

    @staticmethod
    def _line(one: PersonRow) -> Line:
        parts = (one.name, tr(one.sex), one.birth, one.id_masked, one.phone_masked, tr("（音近）") if one.alike else "")
        return Line("　".join(part for part in parts if part), one.id)

    def _take_first(self) -> None:
        text = self.search.text().strip()
        if not text:
            self.applicant.name.setFocus()
            return
        if self.list.isVisible() and self.list.key() and text == self._asked:
            self._take(self.list.key())
        else:
            tasks.read(self, lambda: self._desk.people.search(text, 1), self._take_only)

    def _take_only(self, people: tuple[PersonRow, ...]) -> None:
        if people:
            self.choose(people[0].id)
            return
        typed = self.search.text().strip()
        if typed and not typed.isascii() and not self.applicant.name.text():
            self.applicant.name.setText(typed)
        self.search.clear()
        self.applicant.name.setFocus()

    def _take(self, person_id: object) -> None:
        if person_id:
            self.choose(str(person_id))

    def choose(self, person_id: str) -> None:
        """Fill in a person who is known."""
        tasks.read(self, lambda: self._desk.people.person(person_id), lambda person: self._choose(person_id, person))

    def _choose(self, person_id: str, person: events.Person) -> None:
        self.show_person(person, person_id)
        self.edited.emit()
        self.applicant.phone.setFocus()

    def show_person(self, person: events.Person, person_id: str) -> None:
        """Show a person."""
        self._id, self._known = person_id, person if person_id else None
        self.applicant.show_person(person)
        self.search.clear()
        self.list.hide()

    def show_principal(self, principal: events.Person | None) -> None:
        """Show whom the applicant acts for."""
        self.for_other.setChecked(principal is not None)
        if principal is not None:
            self.other.show_person(principal)

    def person(self) -> events.Person:
        """The applicant as typed, with what is known besides."""
        typed = self.applicant.person()
        if self._known is None:
            return typed
        known = self._known
        return msgspec.structs.replace(typed, aliases=known.aliases, name_mn=known.name_mn, division=known.division)

    def person_id(self) -> str:
        """The id of a person who was chosen; "" for a new one, and when the number was changed since."""
        same = self._known is not None and self._known.id_number == self.applicant.person().id_number
        return self._id if same else ""

    def principal(self) -> events.Person | None:
        """Whom the applicant acts for."""
        return self.other.person() if self.for_other.isChecked() else None

    def clear(self) -> None:
        """Nobody."""
        self.show_person(events.Person(""), "")
        self.for_other.setChecked(False)
        if self._other is not None:
            self._other.show_person(events.Person(""))

    def focus_first(self) -> None:
        """Where the typing goes on once the item is known."""
        (self.applicant.phone if self.applicant.name.text() else self.search).setFocus()

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong with either."""
        self.applicant.tell(problems, everywhere=everywhere)
        if self._other is not None:
            self._other.tell(problems, everywhere=everywhere)

    def focus_field(self, field: str) -> bool:
        """Go to the field that is wrong."""
        found = self.applicant.focus_field(field)
        return found or (self._other is not None and self._other.focus_field(field))
