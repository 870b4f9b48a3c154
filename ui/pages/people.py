"""办事人: who was here, and what they had; numbers masked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from desk.app import Desk
from desk.views import CaseQuery, CaseRow, PersonRow
from ui import marks, tasks
from ui.pages.page import Page, Shell
from ui.theme import Role, unit
from ui.widgets.basic import Card, Chip, EmptyState, label, plain_button, primary_button, row
from ui.widgets.field import KeyValue, SearchBox

_PERSON = Qt.ItemDataRole.UserRole
_SHOWN = 50


class PeoplePage(Page):
    """Search at the left, one person at the right."""

    key, title = "people", "办事人"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.head()
        self.search = SearchBox("姓名、拼音首字母、证件尾号、电话", "people-search")
        self.list = QListWidget()
        self.list.setObjectName("people-list")
        self.list.setAccessibleName("办事人列表")
        self.list.setSpacing(4)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, unit() * 2, 0)
        box.addWidget(self.search)
        box.addWidget(self.list)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(unit() * 2, 0, 0, 0)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(left)
        parts.addWidget(self._right)
        parts.setStretchFactor(1, 1)
        parts.setSizes([unit() * 70, unit() * 140])
        parts.setChildrenCollapsible(False)
        self.box.addWidget(parts, 1)
        self.search.asked.connect(self._ask)
        self.list.currentItemChanged.connect(self._chosen)

    def activate(self, **_facts: Any) -> None:
        """Show the latest people."""
        self.changed()
        self.search.setFocus()

    def changed(self) -> None:
        """Ask again."""
        self._ask(self.search.text().strip())

    def _ask(self, text: str) -> None:
        tasks.read(self, lambda: self.desk.people.search(text, _SHOWN), self._show)

    def _show(self, people: tuple[PersonRow, ...]) -> None:
        self.list.clear()
        for person in people:
            item = QListWidgetItem(f"{person.name}\n{person.id_masked}　办件 {person.cases}")
            item.setData(_PERSON, person)
            self.list.addItem(item)
        if people:
            self.list.setCurrentRow(0)
        else:
            self._put(EmptyState("user", "没有找到。登记办件时会自动记下办事人。"))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        person: PersonRow = item.data(_PERSON)
        query = CaseQuery(person_id=person.id)
        tasks.read(self, lambda: self.desk.cases(query, 0, _SHOWN), lambda found: self._person(person, found))

    def _person(self, person: PersonRow, found: tuple[CaseRow, ...]) -> None:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        new = primary_button("为此人登记", "people-register", "file-plus")
        new.clicked.connect(lambda: self.shell.open("register", person_id=person.id))
        card = Card()
        card.body.addWidget(row(label(person.name, "title", bold=True), None, new))
        facts = KeyValue()
        facts.add("证件号码", person.id_masked or "—")
        facts.add("出生日期", person.birth or "—")
        facts.add("性别", person.sex or "—")
        facts.add("电话", person.phone_masked or "未留")
        facts.add("住址", person.address or "—")
        card.body.addWidget(facts)
        box.addWidget(card)
        cases = Card("办过的事")
        for one in found:
            role, icon = marks.state_mark(one.state)
            go = plain_button(one.item_name, f"people-case-{one.intake_no}")
            go.setFlat(True)
            go.clicked.connect(lambda _checked=False, number=one.intake_no: self.shell.open("case", intake_no=number))
            when = label(marks.when(one.collected_at), "small", Role.MUTED)
            cases.body.addWidget(row(go, None, when, Chip(one.state_name, role, icon)))
        box.addWidget(cases)
        box.addStretch(1)
        self._put(whole)

    def _put(self, part: QWidget) -> None:
        layout = self._right.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        if layout is not None:
            layout.addWidget(part)
