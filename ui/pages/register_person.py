"""Who it is for, and who came for them: one line for a person whom the book knows, fields for one who is new."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.counter.asking.looks import What
from desk.counter.handling import RELATIONS
from desk.errors import Problem
from desk.law import codes, id_numbers
from desk.law.id_numbers import IdFacts
from desk.log import events
from desk.words import as_written
from desk.words.as_written import Kind, Read
from ui import tasks
from ui.look import reading_order
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.pages.looking import look
from ui.widgets.basic import Card, elided, label, plain_button, row
from ui.widgets.field import Field, choice_box, line_edit
from ui.widgets.number_line import NumberLine

_PHONE = 12  # digits at most of a telephone, with its area code


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
        grid.addWidget(self.fields["address"], 1, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["id_type"], 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["representative"], 3, 0, Qt.AlignmentFlag.AlignTop)
        self.fields["representative"].hide()
        for at, share in enumerate((6, 7, 7)):
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


class PersonStrip(QWidget):
    """A person in one line, numbers masked; two buttons: to put something right, and somebody else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.name = label("", "title", bold=True, wrap=True)
        self.name.setObjectName("register-person-name")
        self._facts = elided("", "body", Role.MUTED)
        self._facts.setObjectName("register-person-facts")
        self.edit = plain_button("改资料", "register-person-edit")
        self.other = plain_button("换人", "register-person-other")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(unit() // 2)
        self._head = Flow(row(label("申请人", "small", Role.MUTED), self.name), None, self.edit, self.other)
        box.addWidget(self._head)
        box.addWidget(self._facts)

    def hold(self, box: QCheckBox) -> None:
        """A box that stands before the buttons."""
        self._head.put(2, box)

    def show_person(self, person: events.Person, *, in_one_line: bool) -> None:
        """Who it is; otherwise only what the fields below are."""
        self.name.setText(person.name if in_one_line else "")
        told = self._desk.id_facts(person.id_type, person.id_number)
        known = (told.sex, f"{told.birth} 生") if isinstance(told, IdFacts) and told.birth is not None else ()
        phone = id_numbers.masked_phone(person.phone)
        facts = (*known, id_numbers.masked(person.id_number), phone, person.address)
        self._facts.setText("　".join(tr(one) for one in facts if one))
        self._facts.setVisible(in_one_line)
        self.edit.setVisible(in_one_line)


class PersonPart(Card):
    """The applicant: in one line when the book knows them, as fields while they are written down; a second person where
    somebody came for them. Hidden until it is said who it is for."""

    edited = Signal()
    left = Signal()
    other = Signal()  # somebody else is to be found
    chosen = Signal()  # it is said who it is for
    came_for = Signal(bool)  # somebody came for the applicant: other papers are asked for

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._id = desk, ""
        self._proxy_id = ""
        self._known: events.Person | None = None
        self.strip = PersonStrip(desk)
        self.applicant = _Fields(desk, "applicant", "NHTD")
        self.by_proxy = QCheckBox(tr("由别人代办(&W)"))
        self.by_proxy.setObjectName("register-by-proxy")
        self.by_proxy.setAccessibleName(tr("由别人代办"))
        self.by_proxy.setToolTip(tr("本人没来：申请人还是本人，下面填代办人（Alt+W）"))
        self._came: _Came | None = None
        self.strip.hold(self.by_proxy)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.applicant)
        self.strip.edit.clicked.connect(self._write)
        self.strip.other.clicked.connect(self._other)
        self.by_proxy.toggled.connect(self._toggled)
        self._listen(self.applicant)
        self._show_fields(shown=True)
        self.hide()

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

    def _show_fields(self, *, shown: bool) -> None:
        self.applicant.setVisible(shown)
        self.strip.show_person(self.applicant.person(), in_one_line=not shown)

    def _write(self) -> None:
        self._show_fields(shown=True)
        self.applicant.phone.setFocus()

    def _other(self) -> None:
        self.clear()
        self.edited.emit()
        self.other.emit()

    # -- who it is -------------------------------------------------------------------------------------------------

    def choose(self, person_id: str) -> None:
        """Take a person who is known."""
        tasks.read(self, lambda: self._desk.people.person(person_id), lambda person: self._choose(person_id, person))

    def _choose(self, person_id: str, person: events.Person) -> None:
        self.show_person(person, person_id)
        self.edited.emit()
        self.chosen.emit()

    def begin(self, typed: str) -> None:
        """Somebody new: by name, identity number or telephone, whichever `typed` is."""
        plain = "".join(typed.split())
        number = id_numbers.tidy(plain)
        person = events.Person(typed)
        if plain.replace("-", "").isdigit() and len(plain) <= _PHONE:
            person = events.Person("", phone=plain)
        elif number.isascii():
            person = events.Person("", id_number=number)
        self.show_person(person, "")
        self.edited.emit()
        self.chosen.emit()

    def show_person(self, person: events.Person, person_id: str) -> None:
        """Show a person; with nothing of them, nobody."""
        self._id, self._known = person_id, person if person_id else None
        self.applicant.show_person(person, person_id)
        self._show_fields(shown=not (person_id and person.phone))
        self.setVisible(bool(person_id or person.name or person.id_number or person.phone))

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

    def is_said(self) -> bool:
        """Whether it is said who it is for."""
        return not self.isHidden()

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

    def focus_first(self) -> bool:
        """To the first field that is empty; False when none is, or nobody is there."""
        if not self.is_said() or self.applicant.isHidden():
            return False
        fields = (self.applicant.name, self.applicant.number, self.applicant.phone)
        empty = next((one for one in fields if not one.text().strip()), None)
        if empty is not None:
            empty.setFocus()
        return empty is not None

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong with either."""
        wrong = [one for one in problems.values() if one.field.startswith("applicant.") and one.blocking]
        if wrong and self.is_said() and self.applicant.isHidden():
            self._show_fields(shown=True)
        self.applicant.tell(problems, everywhere=everywhere)
        if self._came is not None:
            self._came.tell(problems, everywhere=everywhere)

    def named(self, field: str) -> str:
        """What a field of either is called."""
        where, _, key = field.partition(".")
        came = self._came.fields if self._came is not None else {}
        found = {"applicant": self.applicant.fields, "proxy": came}.get(where, {}).get(key)
        return (tr("代办人") if where == "proxy" else "") + found.name() if found and self.is_said() else ""

    def focus_field(self, field: str) -> bool:
        """Go to the field that is wrong."""
        if not self.is_said():
            return False
        found = self.applicant.focus_field(field)
        return found or (self._came is not None and self._came.focus_field(field))
