"""The second part: who it is for, and who came for them. Found by name, initials, number or telephone, or new."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from desk.app.open_desk import Desk
from desk.counter.asking.looks import What
from desk.counter.handling import RELATIONS
from desk.errors import Problem
from desk.law import codes, id_numbers
from desk.law.id_numbers import IdFacts
from desk.log import events
from desk.store.snapshots import PersonRow
from desk.words import as_written
from desk.words.as_written import Kind, Read
from ui import tasks
from ui.look import reading_order
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.pages.looking import look
from ui.widgets.basic import Card
from ui.widgets.field import Field, SearchBox, choice_box, line_edit
from ui.widgets.line_list import Line, LineList
from ui.widgets.number_line import NumberLine

_SHOWN = 6


class _Fields(QWidget):
    """Name, number, telephone, address of one person. `where` is the draft's name for the person."""

    edited = Signal()
    left = Signal()

    def __init__(self, desk: Desk, where: str, keys: str) -> None:
        super().__init__()
        self._desk, self._where = desk, where
        self.name, self.address, self.representative = (line_edit(most=most) for most in (120, 220, 120))
        self.number, self.phone = NumberLine(60), NumberLine(60)
        self.kind = QComboBox()
        for code, words in codes.ID_TYPES.items():
            self.kind.addItem(tr(words), code)
        self.fields = {
            "name": Field(f"姓名 *(&{keys[0]})", self.name, f"{where}-name"),
            "id_number": Field(f"证件号码 *(&{keys[1]})", self.number, f"{where}-id-number"),
            "phone": Field(f"电话(&{keys[2]})", self.phone, f"{where}-phone"),
            "id_type": Field("证件种类", self.kind, f"{where}-id-type"),
            "address": Field(f"住址(&{keys[3]})", self.address, f"{where}-address"),
            "representative": Field("法定代表人（负责人）", self.representative, f"{where}-representative"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(unit() * 4)
        grid.setVerticalSpacing(unit() * 2)
        for at, key in enumerate(("name", "id_number", "phone")):
            grid.addWidget(self.fields[key], 0, at, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["id_type"], 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["address"], 1, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["representative"], 3, 0, Qt.AlignmentFlag.AlignTop)
        self.fields["representative"].hide()
        for at, share in enumerate((3, 4, 3)):
            grid.setColumnStretch(at, share)
        self._visited: set[str] = set()
        self._person_id = ""
        for key, field in self.fields.items():
            field.left.connect(lambda key=key: self._leave(key))
        for edit in (self.name, self.number, self.phone, self.address):
            edit.textEdited.connect(lambda _text: self.edited.emit())
        self.representative.textEdited.connect(lambda _text: self.edited.emit())
        for key, edit in (("name", self.name), ("phone", self.phone), ("address", self.address)):
            edit.textEdited.connect(lambda _text, field=self.fields[key]: field.set_hint(""))
        self.kind.currentIndexChanged.connect(lambda _at: self._kind_chosen())
        self.number.textChanged.connect(lambda _text: self._read_number())
        for edit, what in ((self.number, What.ID_NUMBER), (self.phone, What.PHONE)):
            edit.asked.connect(lambda edit=edit, what=what: self._look(edit, what))

    def _kind_chosen(self) -> None:
        """An organisation has somebody who answers for it."""
        self.fields["representative"].setVisible(self.kind.currentData() == id_numbers.ORGANISATION)
        self._read_number()
        self.edited.emit()

    def _look(self, edit: NumberLine, what: What) -> None:
        """The full number of somebody who is known."""
        person_id, person = self._person_id, self._desk.looks.person

        def shown(number: str) -> None:
            if self._person_id == person_id and edit.is_masked:
                edit.put(number)
                edit.setFocus()

        look(self, what, lambda reasons: person(person_id, what, reasons), shown)

    def _leave(self, key: str) -> None:
        self._visited.add(key)
        match key:
            case "id_number" if not self.number.is_masked:
                tidy = id_numbers.tidy(self.number.text())
                self.number.put(id_numbers.grouped(tidy) if self.kind.currentData() == "111" else tidy)
            case "name" | "representative":
                self._mend(key, self.name if key == "name" else self.representative, as_written.name)
            case "phone" if not self.phone.is_masked:
                self._mend(key, self.phone, as_written.phone)
            case "address":
                self._mend(key, self.address, as_written.words)
        self.left.emit()

    def _mend(self, key: str, edit: QLineEdit, read: Callable[[str], Read]) -> None:
        """What has one right way is written so, and told; what is wrong stays as it was typed."""
        value, notes = read(edit.text())
        if value != edit.text() and not any(one.kind is Kind.WRONG for one in notes):
            edit.setText(value)
            self.fields[key].set_hint(tr("".join(f"{one.text}{one.todo}" for one in notes)))

    def _read_number(self) -> None:
        number = self.number.value()
        told = self._desk.id_facts(self.kind.currentData(), number)
        short = id_numbers.tidy(number)
        is_old = self.kind.currentData() == id_numbers.RESIDENT and id_numbers.is_old(short)
        self.number.offer(id_numbers.grouped(id_numbers.upgraded(short)) if is_old else "")
        hint = ""
        if isinstance(told, IdFacts) and told.birth is not None:
            hint = tr(f"{told.kind}　{told.sex}　{told.birth} 生　{told.place}")
        self.fields["id_number"].set_hint(hint)

    def person(self) -> events.Person:
        """What was typed."""
        number, phone = id_numbers.tidy(self.number.value()), self.phone.value()
        typed = events.Person(self.name.text(), self.kind.currentData(), number, phone, self.address.text())
        return msgspec.structs.replace(typed, representative=self.representative.text())

    def show_person(self, person: events.Person, person_id: str = "") -> None:
        """Fill the fields; of who is known by `person_id`, with masked numbers."""
        self._person_id = person_id
        self.name.setText(person.name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(person.id_type)))
        if person_id:
            self.number.hide_behind(person.id_number, id_numbers.masked(person.id_number))
            self.phone.hide_behind(person.phone, id_numbers.masked_phone(person.phone))
        else:
            self.number.put(id_numbers.grouped(person.id_number))
            self.phone.put(person.phone)
        self.address.setText(person.address)
        self.representative.setText(person.representative)
        for key in ("name", "phone", "address"):
            self.fields[key].set_hint("")
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


class _Came(_Fields):
    """Who came for the applicant: as any person, and what they are to them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "proxy", "XYUV")
        self._relation = choice_box([("请选择", ""), *((one, one) for one in RELATIONS[1:])])
        self.fields["relation"] = Field("与申请人的关系 *", self._relation, "proxy-relation")
        self.fields["relation"].left.connect(lambda: self._leave("relation"))
        self._relation.currentIndexChanged.connect(lambda _at: self.edited.emit())
        grid = self.layout()
        if isinstance(grid, QGridLayout):
            grid.addWidget(self.fields["relation"], 2, 0, Qt.AlignmentFlag.AlignTop)

    def relation(self) -> str:
        """What was chosen, "" for nothing."""
        return str(self._relation.currentData() or "")

    def show_relation(self, relation: str) -> None:
        """Choose it."""
        self._relation.setCurrentIndex(max(0, self._relation.findData(relation)))


class PersonPart(Card):
    """The applicant, to choose or to write down; a second person where somebody came for them."""

    edited = Signal()
    left = Signal()
    came_for = Signal(bool)  # somebody came for the applicant: other papers are asked for

    def __init__(self, desk: Desk) -> None:
        super().__init__("给谁办（申请人）")
        self._desk, self._id, self._asked = desk, "", ""
        self._found: tuple[PersonRow, ...] = ()
        self._proxy_id = ""
        self._known: events.Person | None = None
        self.search = SearchBox(
            "找办过事的人：姓名、拼音首字母、证件尾号、电话；新来的直接往下填", "register-person-search"
        )
        self.list = LineList("register-people", "找到的办事人")
        self.list.hide()
        self.applicant = _Fields(desk, "applicant", "NHTD")
        self.by_proxy = QCheckBox(tr("本人没来，由别人代办（填代办人）(&W)"))
        self.by_proxy.setObjectName("register-by-proxy")
        self.by_proxy.setAccessibleName(tr("由别人代办"))
        self._came: _Came | None = None
        for part in (self.search, self.list, self.applicant, self.by_proxy):
            self.body.addWidget(part)
        self.search.asked.connect(self._ask)
        self.search.returnPressed.connect(self._take_first)
        self.list.taken.connect(self._take)
        self.by_proxy.toggled.connect(self._toggled)
        self._listen(self.applicant)

    def _listen(self, fields: _Fields) -> None:
        fields.edited.connect(self.edited)
        fields.left.connect(self.left)

    @property
    def came(self) -> _Came:
        """Who came for the applicant; made when it is wanted first, since most come for themselves."""
        if self._came is None:
            self._came = _Came(self._desk)
            self._came.hide()
            self._listen(self._came)
            self.body.addWidget(self._came)
            reading_order.follow(self._came, self.by_proxy)
        return self._came

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on or self._came is not None:
            self.came.setVisible(on)
        self.came_for.emit(on)
        self.edited.emit()

    def _ask(self, text: str) -> None:
        if not text:
            self.list.hide()
            return
        tasks.read(self, lambda: self._desk.people.search(text, _SHOWN), lambda found: self._people_found(text, found))

    def _people_found(self, text: str, people: tuple[PersonRow, ...]) -> None:
        if text != self.search.text().strip():
            return
        self._asked, self._found = text, people
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
        if self.list.isVisible() and text == self._asked:
            self._take_only(tuple(one for one in self._found if one.id == self.list.key()))
        else:
            tasks.read(self, lambda: self._desk.people.search(text, 1), self._take_only)

    def _take_only(self, people: tuple[PersonRow, ...]) -> None:
        """The first who was found; somebody who only sounds alike is taken from the list, never by Enter."""
        if people and not people[0].alike:
            self.choose(people[0].id)
            return
        typed = self.search.text().strip()
        if typed and not typed.isascii() and not self.applicant.name.text():
            self.applicant.name.setText(typed)
        self.search.clear()
        self.list.hide()
        self.applicant.name.setFocus()
        self.edited.emit()

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
        self.applicant.show_person(person, person_id)
        self.search.clear()
        self.list.hide()

    def show_proxy(self, proxy: events.Proxy | None) -> None:
        """Show who came for the applicant."""
        self._proxy_id = proxy.person_id if proxy else ""
        self.by_proxy.setChecked(proxy is not None)
        if proxy is not None:
            self.came.show_person(proxy.person, proxy.person_id)
            self.came.show_relation(proxy.relation)

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

    def proxy(self) -> events.Proxy | None:
        """Who came for the applicant."""
        if not self.by_proxy.isChecked():
            return None
        return events.Proxy(self.came.person(), self.came.relation(), self._proxy_id)

    def clear(self) -> None:
        """Nobody."""
        self.show_person(events.Person(""), "")
        self.show_proxy(None)
        if self._came is not None:
            self._came.show_person(events.Person(""))
            self._came.show_relation("")

    def focus_first(self) -> None:
        """Where the typing goes on once the item is known."""
        (self.applicant.phone if self.applicant.name.text() else self.search).setFocus()

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong with either."""
        self.applicant.tell(problems, everywhere=everywhere)
        if self._came is not None:
            self._came.tell(problems, everywhere=everywhere)

    def focus_field(self, field: str) -> bool:
        """Go to the field that is wrong."""
        found = self.applicant.focus_field(field)
        return found or (self._came is not None and self._came.focus_field(field))
