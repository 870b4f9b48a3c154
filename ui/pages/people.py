"""办事人: who was here, under which names, and what they had; numbers masked until someone says why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.asking.looks import What
from desk.store.snapshots import CaseQuery, CaseRow, PastLine, PersonRow, PersonView
from ui import tasks
from ui.changes import Changes
from ui.dialogs.show_paper import show_paper
from ui.look import marks
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.pages.looking import look
from ui.pages.people_import import PeopleImports
from ui.widgets.ask import Ask
from ui.widgets.basic import Card, Chip, EmptyState, label, link_button, plain_button, primary_button, row
from ui.widgets.field import KeyValue, SearchBox
from ui.widgets.filter_strip import FilterStrip
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import Page, Shell, emptied, scrolled

_SHOWN = 50
_CASES = 200


class PeoplePage(Page):
    """Search at the left, one person at the right."""

    key, title = "people", "办事人"
    concerns = Changes.PEOPLE | Changes.CASES | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.imports = PeopleImports(self, desk, shell)
        self.head(*self.imports.buttons())
        self.search = SearchBox("姓名、拼音首字母、证件尾号、电话", "people-search")
        self.list = LineList("people-list", "办事人列表")
        self._wanted = ""
        self._numbers: dict[What, QLabel] = {}
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, unit() * 2, 0)
        box.addWidget(self.search)
        self._strip = FilterStrip(self, "people-filters")
        self._strip.cleared.connect(self.show_all)
        box.addWidget(self._strip)
        box.addWidget(self.list)
        inner = QWidget()
        self._right = QVBoxLayout(inner)
        self._right.setContentsMargins(unit() * 2, 0, unit() * 2, 0)
        self._right.setSpacing(unit() * 3)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(left)
        parts.addWidget(scrolled(inner, "people-scroll"))
        parts.setStretchFactor(1, 1)
        parts.setSizes([unit() * 66, unit() * 150])
        parts.setChildrenCollapsible(False)
        self.box.addWidget(parts, 1)
        self.search.asked.connect(self._ask)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.moved.connect(self.load)

    def activate(self, **facts: Any) -> None:
        """Show the latest people, or the one that is asked for."""
        self._wanted = facts.get("person_id", self._wanted)
        if self._wanted and facts:
            self.search.clear()
        if "text" in facts:
            self._wanted = ""
            self.search.setText(facts["text"])
        self.changed()
        self.search.setFocus()

    def show_all(self) -> None:
        """Nobody is looked for any more."""
        self.search.clear()
        self.changed()

    def changed(self) -> None:
        """Ask again."""
        self._ask(self.search.text().strip())

    def _ask(self, text: str) -> None:
        def work() -> tuple[tuple[PersonRow, ...], tuple[PastLine, ...]]:
            people = self.desk.people.search(text, _SHOWN)
            return people, () if people else self.desk.people.past(text, _SHOWN)

        tasks.read(self, work, lambda found: self._show(text, *found))

    def _show(self, text: str, people: tuple[PersonRow, ...], past: tuple[PastLine, ...] = ()) -> None:
        if text != self.search.text().strip():
            return
        self._strip.tell([tr(f"找“{text}”")] if text else [])
        self.list.put([_line(one) for one in people], self._wanted)
        at = next((at for at, one in enumerate(people) if one.id == self._wanted), 0)
        if self._wanted and not text:
            self.load(self._wanted)
        elif people:
            self.load(people[at].id)
        elif past:
            self._wanted = ""
            self._put(_past(past))
        else:
            self._wanted = ""
            self._put(EmptyState("user", "没有找到。登记办件时会自动记下办事人。"))

    def load(self, person_id: str) -> None:
        """Show one person."""
        self._wanted = person_id
        query = CaseQuery(person_id=person_id)

        def work() -> tuple[PersonView, tuple[CaseRow, ...]]:
            return self.desk.people.view(person_id), self.desk.cases(query, 0, _CASES)

        tasks.read(self, work, lambda found: self._person(*found), self.shell.error)

    def _person(self, view: PersonView, found: tuple[CaseRow, ...]) -> None:
        if view.row.id != self._wanted:
            return
        home = [_household(view, self.load)] if view.household or view.group else []
        past = [_past(view.past)] if view.past else []
        self._put(self._who(view, found), *home, self._names(view), self._cases(found), *past, self._seen(view))

    def _who(self, view: PersonView, cases: tuple[CaseRow, ...]) -> Card:
        person, card, facts = view.row, Card(), KeyValue()
        new = primary_button("为此人登记(&G)", "people-register", "file-plus")
        new.clicked.connect(lambda: self.shell.open("register", person_id=person.id))
        held = plain_button("打印存有的信息(&P)", "people-held", "printer")
        held.clicked.connect(lambda: self._paper(view, cases))
        mongolian = [label(view.name_mn, "title")] if view.name_mn else []
        card.body.addWidget(row(label(person.name, "title", bold=True), *mongolian, None, held, new))
        number = facts.add("证件号码", person.id_masked or "—", "people-number")
        facts.add("出生日期", person.birth or "—")
        facts.add("性别", tr(person.sex) or "—")
        phone = facts.add("电话", person.phone_masked or tr("未留"), "people-phone")
        self._numbers = {What.ID_NUMBER: number, What.PHONE: phone}
        facts.add("住址", person.address or "—")
        card.body.addWidget(facts)
        reveal = plain_button("看证件号码(&V)", "people-reveal", "eye")
        reveal.clicked.connect(lambda: self.reveal(person.id))
        ring = plain_button("看电话(&Y)", "people-ring", "phone")
        if not person.phone_masked:
            ring.hide()
        ring.clicked.connect(lambda: self.reveal(person.id, What.PHONE))
        card.body.addWidget(row(reveal, ring, None))
        return card

    def reveal(self, person_id: str, what: What = What.ID_NUMBER) -> None:
        """A full number. That it was looked at is kept, and why, but for the telephone of an open case."""
        at = self._numbers

        def shown(number: str) -> None:
            # The page may have been drawn anew meanwhile, or be another person's.
            if self._wanted == person_id and what in at and shiboken6.isValid(at[what]):
                at[what].setText(number)

        look(self, what, lambda reasons: self.desk.looks.person(person_id, what, reasons), shown)

    def _paper(self, view: PersonView, found: tuple[CaseRow, ...]) -> None:
        show_paper(self, lambda: self.desk.papers.held_about(view, found)).run()

    # -- names and doubles ----------------------------------------------------------------------------------------

    def _names(self, view: PersonView) -> Card:
        card, person = Card("别的写法和同一人的记录"), view.row
        add = plain_button("加别名(&N)", "people-alias", "plus")
        add.clicked.connect(lambda: self.add_alias(person.id))
        for alias in view.aliases:
            drop = plain_button("去掉", f"people-drop-{alias}")
            drop.setAccessibleName(f"{tr('去掉')} {alias}")
            drop.clicked.connect(lambda _=False, one=alias: self._drop(person.id, one))
            card.body.addWidget(row(label(alias), None, drop))
        for other in view.merged:
            part = plain_button("分开", f"people-unmerge-{other.id[:8]}")
            part.setAccessibleName(f"{tr('分开')} {other.name}")
            part.clicked.connect(lambda _=False, one=other: self._unmerge(one.id))
            card.body.addWidget(row(label(f"{other.name}　{other.id_masked}"), Chip("已并入", Role.ACCENT), None, part))
        for other in view.doubles:
            compare = plain_button("对照合并", f"people-merge-{other.id[:8]}", "arrows-join")
            compare.setAccessibleName(f"{tr('对照合并')} {other.name}")
            compare.clicked.connect(lambda _=False, one=other: self.merge(person, one))
            words = label(f"{other.name}　{other.id_masked}　{other.phone_masked}")
            card.body.addWidget(row(words, Chip("可能是同一人", Role.WARN, "alert-triangle"), None, compare))
        if not (view.aliases or view.merged or view.doubles):
            card.body.addWidget(
                label("证件上的写法不一样时（如额尔敦其其格、额尔登其其格），加为别名就都能找到。", wrap=True)
            )
        mongolian = plain_button("蒙古文姓名(&M)", "people-mongolian", "language")
        mongolian.clicked.connect(lambda: self.write_in_mongolian(person.id, view.name_mn))
        card.body.addWidget(row(add, mongolian, None))
        return card

    def write_in_mongolian(self, person_id: str, now: str) -> None:
        """How this person writes the own name in Mongolian; it is printed beside the Chinese one."""
        ask = Ask(self, "蒙古文姓名", ok="记下", name="name-mn")
        ask.columns("name", "蒙古文姓名(&N)", now, hint="用蒙古文输入法录入；清空就不再印")

        def written(before: str) -> None:
            again = partial(self.desk.people.write_in_mongolian, person_id, before)
            self.shell.toast("已记下，以后出的纸印在汉文姓名旁边。", ("撤销", lambda: self._again(again)))

        ask.go(lambda typed: self.desk.people.write_in_mongolian(person_id, typed["name"]), written, Changes.PEOPLE)

    def add_alias(self, person_id: str) -> None:
        """Another way to write the name."""
        ask = Ask(self, "加别名", ok="加上", name="alias")
        ask.text("alias", "别的写法(&N)")
        ask.go(
            lambda typed: self.desk.people.add_alias(person_id, typed["alias"]),
            lambda _none: self.shell.toast("已加别名。"),
            Changes.PEOPLE,
        )

    def _drop(self, person_id: str, alias: str) -> None:
        def again() -> None:
            self._again(lambda: self.desk.people.add_alias(person_id, alias))

        work = Operation(self, lambda: self.desk.people.drop_alias(person_id, alias), Changes.PEOPLE)
        work.success(lambda _none: self.shell.toast("已去掉别名。", ("撤销", again))).run()

    def merge(self, kept: PersonRow, gone: PersonRow) -> None:
        """Two records side by side; the left one stays on show."""
        ask = Ask(self, "是同一个人吗？", ok="合并到左边", name="merge")
        ask.body.addWidget(row(_side(kept, "保留"), _side(gone, "并入"), spacing=4))
        ask.text("why", "依据(&R)", hint="如：户口本核对，为同一人")
        ask.go(
            lambda typed: self.desk.people.merge(kept.id, gone.id, typed["why"]),
            lambda _none: self.shell.toast("已合并。", ("撤销", lambda: self._unmerge(gone.id))),
            Changes.PEOPLE,
        )

    def _unmerge(self, person_id: str) -> None:
        self._again(lambda: self.desk.people.unmerge(person_id))

    def _again(self, work: Callable[[], object]) -> None:
        Operation(self, work, Changes.PEOPLE).success(lambda _none: self.shell.toast("已还原。")).run()

    # -- what they had --------------------------------------------------------------------------------------------

    def _cases(self, cases: tuple[CaseRow, ...]) -> Card:
        card = Card("办过的事")
        for case in cases:
            role, icon = marks.state_mark(case.state)
            go = link_button(case.item_name, f"people-case-{case.intake_no}")
            go.clicked.connect(lambda _=False, number=case.intake_no: self.shell.open("case", intake_no=number))
            when = label(clock.minute(case.collected_at), "small", Role.MUTED)
            card.body.addWidget(row(go, None, when, Chip(case.state_name, role, icon)))
        if not cases:
            card.body.addWidget(label("还没有办过事。", "body", Role.MUTED))
        return card

    @staticmethod
    def _seen(view: PersonView) -> Card:
        card = Card("谁看过完整号码")
        for one in view.seen:
            card.body.addWidget(label(f"{clock.minute(one.time)}　{one.officer}　{tr(one.why)}", wrap=True))
        if not view.seen:
            card.body.addWidget(label("没有人看过。", "body", Role.MUTED))
        return card

    def _put(self, *parts: QWidget) -> None:
        emptied(self._right)
        for part in parts:
            self._right.addWidget(part)
        self._right.addStretch(1)


def _household(view: PersonView, go: Callable[[str], None]) -> Card:
    """Who belongs to the household, each a way to that person."""
    card = Card("家庭")
    about = "　".join(part for part in (view.group, view.relation and f"{tr('与户主关系')}：{view.relation}") if part)
    if about:
        card.body.addWidget(label(about))
    for one in view.household:
        if one.id != view.row.id:
            member = link_button(f"{one.name}　{one.id_masked}", f"people-home-{one.id[:8]}")
            member.clicked.connect(lambda _checked=False, person_id=one.id: go(person_id))
            card.body.addWidget(member)
    return card


def _past(past: tuple[PastLine, ...]) -> Card:
    """补录: what the ledgers of former years say."""
    card = Card("旧台账（补录）")
    for one in past:
        about = label("　".join(part for part in (one.day, one.number, one.id_masked) if part), "small", Role.MUTED)
        words = label("　".join(part for part in (one.name, one.item, one.result, one.note) if part), wrap=True)
        card.body.addWidget(row(words, None, about, Chip("补录", Role.ACCENT, "clock")))
    return card


def _line(person: PersonRow) -> Line:
    alike = f"　{tr('（音近）')}" if person.alike else ""
    return Line(f"{person.name}{alike}\n{person.id_masked}　{tr(f'办件 {person.cases}')}", person.id)


def _side(person: PersonRow, words: str) -> Card:
    card, facts = Card(words), KeyValue()
    facts.add("姓名", person.name)
    facts.add("证件号码", person.id_masked or "—")
    facts.add("出生日期", person.birth or "—")
    facts.add("电话", person.phone_masked or tr("未留"))
    facts.add("住址", person.address or "—")
    facts.add("办件", str(person.cases))
    card.body.addWidget(facts)
    return card
