"""The command box (Ctrl+K): one line that finds pages, actions, items, people and cases; Enter goes there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.store.snapshots import CaseQuery, ItemRow, PastLine
from desk.words import search_keys
from ui import actions, tasks
from ui.look import icons
from ui.look.i18n import tr
from ui.look.theme import Role, colour, unit
from ui.widgets.basic import label
from ui.widgets.dialog import Dialog
from ui.widgets.field import SearchBox
from ui.widgets.line_list import Line, LineList

_EACH = 6


class Found(NamedTuple):
    """A line of the box: drawing, words, what it is, and what Enter does."""

    icon: str
    words: str
    about: str
    act: Callable[[], None]


class CommandBox(Dialog):
    """Opens over the window; every keystroke asks; arrows choose, Enter goes, Esc leaves."""

    def __init__(self, parent: QWidget, desk: Desk, run: Callable[[str], None], open_page: Callable[..., None]) -> None:
        super().__init__(parent, "找", "commands", wide=130, high=95)
        self._desk, self._run, self._open = desk, run, open_page
        self._found: list[Found] = []
        self._asked = ""  # what the lines answer
        self._enter_waits = False
        self.search = SearchBox("姓名、拼音首字母、收件号、事项或功能", "commands-search")
        self.list = LineList("commands-list", "找到的")
        self.body.setContentsMargins(unit() * 4, unit() * 4, unit() * 4, 0)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self.foot(label("↑↓ 选择　回车前往　Esc 关闭", "small", Role.MUTED))
        self.search.textEdited.connect(lambda _text: self._typed())
        self.list.taken.connect(lambda _key: self._go())
        self.list.led_by(self.search, self.take)
        self.ask()

    def _typed(self) -> None:
        self._enter_waits = False
        self.ask()

    def ask(self) -> None:
        """Look for what is typed, beside the window: items first, then people and cases as they come."""
        text = self.search.text().strip()
        if not text:
            self._asked = text
            self._put(self._actions(text))
            return
        tasks.read(self, lambda: self._desk.items(text)[:_EACH], lambda rows: self._quick(text, rows))

    def _quick(self, text: str, rows: tuple[ItemRow, ...]) -> None:
        if text != self.search.text().strip():
            return  # more was typed meanwhile
        quick = self._actions(text) + self._items(rows)
        self._asked = text
        self._put(quick)
        if not (quick and self._enter_waits):
            tasks.read(self, lambda: self._more(text), lambda more: self._whole(text, quick + more))
            return
        self._go()

    def _whole(self, text: str, answers: list[Found]) -> None:
        if text == self.search.text().strip():
            self._put(answers)
            if self._enter_waits:
                self._go()

    def _more(self, text: str) -> list[Found]:
        """People, cases and lines of old ledgers."""
        query = CaseQuery(text=text, whose="all" if self._desk.villages.has_any else "")
        return [
            *(
                Found(
                    "user",
                    f"{one.name}　{one.id_masked}",
                    "办事人",
                    functools.partial(self._open, "people", person_id=one.id),
                )
                for one in self._desk.people.search(text, _EACH)
            ),
            *(
                Found(
                    "file-text",
                    f"{one.applicant_name}　{one.item_name}",
                    f"{tr(one.state_name)}　{one.collected_at[:10]}",
                    functools.partial(self._open, "case", intake_no=one.intake_no),
                )
                for one in self._desk.cases(query, 0, _EACH)
            ),
            *(
                Found(
                    "clock",
                    f"{one.name}　{one.item}",
                    f"{tr('旧台账（补录）')}　{one.day}　{one.result}",
                    functools.partial(self._open, "people", **_whose(one)),
                )
                for one in self._desk.people.past(text, _EACH)
            ),
        ]

    def _actions(self, text: str) -> list[Found]:
        answers = []
        for action in actions.of_desk(self._desk):
            if action.key in ("commands", "submit", "find"):
                continue
            if _answers(text, action.text, action.about, tr(action.text)):
                about = action.shortcut + (f"　{tr(action.about)}" if action.about else "")
                answers.append(Found(action.icon, tr(action.text), about, functools.partial(self._run, action.key)))
        return answers

    def _items(self, rows: tuple[ItemRow, ...]) -> list[Found]:
        return [
            Found(
                "book-2" if row.refusal else "file-plus",
                row.item.item_name,
                tr(row.refusal or "登记这个事项"),
                functools.partial(self._open, "guides" if row.refusal else "register", task_code=row.item.task_code),
            )
            for row in rows
        ]

    def _put(self, answers: list[Found]) -> None:
        self._found = answers
        self.list.put(
            [
                Line(
                    f"{answer.words}\n{answer.about}",
                    icon=icons.icon(answer.icon, colour(Role.ACCENT), chosen=colour(Role.ACCENT_TEXT)),
                )
                for answer in answers
            ]
        )

    def take(self) -> None:
        """Go to the chosen line; before what is typed was answered, once it is."""
        self._enter_waits = self._asked != self.search.text().strip()
        if not self._enter_waits:
            self._go()

    def _go(self) -> None:
        at = self.list.row()
        if 0 <= at < len(self._found):
            act = self._found[at].act
            self.accept()
            act()


def _whose(past: PastLine) -> dict[str, str]:
    """Where a line of an old ledger stands: with its person, or by its name where the book does not know them."""
    return {"person_id": past.person_id} if past.person_id else {"text": past.name}


def _answers(text: str, *words: str) -> bool:
    """Every term in the words, or at the start of their pinyin or its initials."""
    folded = " ".join(search_keys.fold(one) for one in words)
    for term in search_keys.fold(text).split():
        sounds = [one for word in words for one in (*search_keys.readings(word), *search_keys.initials(word))]
        if term not in folded and not any(one.startswith(term) for one in sounds):
            return False
    return True
