"""What stood on the screen when a button was pressed, beside what was written then: nothing is saved that nobody saw.

The screen is read widget by widget, and not through what a page says of itself.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from desk.law import id_numbers
from desk.log import events
from desk.store.entries import Fact
from desk.store.store import Store
from ui.operations import LongOperation, Operation
from ui.pages.register import RegisterPage

_MASKED = {"id_number": id_numbers.masked, "phone": id_numbers.masked_phone}
_ROWS = 40  # of a table: more than any hand types


def plain(text: str) -> str:
    """Text as two people would call it the same: width, blanks and case do not count."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _shown(page: QWidget, name: str) -> Any:
    """What the widget called `name` shows, "" where it is not there."""
    found = [one for one in page.findChildren(QWidget, name) if one.isVisibleTo(page)]
    match found[-1] if found else None:
        case QCheckBox() as one:
            return one.isChecked()
        case QPushButton():
            return True
        case QSpinBox() as one:
            return one.value()
        case QComboBox() as one:
            return plain(str(one.currentData() or ""))
        case QLineEdit() | QLabel() as one:
            return plain(one.text())
        case QPlainTextEdit() as one:
            return plain(one.toPlainText())
    return ""


def _words(window: QWidget) -> str:
    found = []
    for one in window.findChildren(QWidget):
        match one:
            case QLineEdit() | QLabel():
                found.append(one.text())
            case QPlainTextEdit():
                found.append(one.toPlainText())
            case QComboBox():
                found.append(one.currentText())
            case QAbstractItemView() if one.model() is not None:
                model, root = one.model(), one.rootIndex()
                columns = model.columnCount(root) if isinstance(model, QAbstractTableModel) else 1
                rows = min(model.rowCount(root), _ROWS)
                found += [str(model.index(row, at, root).data() or "") for row in range(rows) for at in range(columns)]
    return plain("\n".join(found))


class Look:
    """One look at the screen: all that can be read, and the register page if work of that page begins."""

    def __init__(self, owner: QWidget) -> None:
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        self.words = "".join(_words(one) for one in windows)
        self.page = self._register(owner) if isinstance(owner, RegisterPage) else {}

    @staticmethod
    def _register(page: RegisterPage) -> dict[str, Any]:
        named = [one.objectName() for one in page.findChildren(QWidget) if one.objectName()]
        return {name: _shown(page, name) for name in named}

    def differs(self, made: events.Collected) -> list[str]:
        """Where a case is another than the page showed."""
        page, wrong = self.page, []

        def same(name: str, written: str) -> None:
            if plain(written) != plain(str(page.get(name, ""))):
                wrong.append(f"{name}: {written!r} was written, {page.get(name, '')!r} was seen")

        same("register-item-name", made.item.item_name)
        proxies = [("proxy", made.proxy.person)] if made.proxy else []
        for where, person in (("applicant", made.applicant), *proxies):
            if where == "applicant" and page.get("register-person-edit"):
                wrong += self._strip(person)
                continue
            for part in ("name", "address", "id_type"):
                same(f"{where}-{part.replace('_', '-')}", getattr(person, part))
            for part, masked in _MASKED.items():
                full, name = getattr(person, part), f"{where}-{part.replace('_', '-')}"
                same(name, masked(full) if "*" in str(page.get(name)) else full)
        if bool(page.get("register-by-proxy")) != bool(made.proxy):
            wrong.append("somebody came for the applicant, or nobody did")
        same("register-note", made.note)
        shown = {name.removeprefix("field-"): text for name, text in page.items() if _is_field(name) and text}
        if shown != {key: plain(value) for key, value in made.fields.items()}:
            wrong.append(f"fields: {made.fields} was written, {shown} was seen")
        for one in made.materials:
            wrong += self._material(one)
        return wrong

    def _strip(self, person: events.Person) -> list[str]:
        """Somebody whom the book knows: the name, and in the line under it masked numbers and the address."""
        facts, masked = (
            str(self.page["register-person-facts"]),
            [hide(getattr(person, key)) for key, hide in _MASKED.items()],
        )
        seen = plain(person.name) == self.page["register-person-name"]
        if seen and all(plain(one) in facts for one in (*masked, person.address)):
            return []
        return [f"{person} was written, {self.page['register-person-name']!r}, {facts!r} was seen"]

    def _material(self, one: events.TakenMaterial) -> list[str]:
        name, page = f"material-{one.code}", self.page
        here = bool(page.get(name))
        if here == bool(one.missing):
            return [f"{name}: ticked {here}, written as missing {one.missing!r}"]
        if not here:
            why = page.get(f"{name}-why") or "未交"
            return [] if plain(one.missing) == why else [f"{name}: {one.missing!r} was written, {why!r} was seen"]
        seen = (page.get(f"{name}-originals"), page.get(f"{name}-copies"), bool(page.get(f"{name}-given-back")))
        return [] if seen == (one.originals, one.copies, one.returned) else [f"{name}: {one} was written, {seen} seen"]


def _is_field(name: str) -> bool:
    return name.startswith("field-") and not name.endswith("-told")


class OnScreen:
    """Looks whenever work begins, and compares what that work writes. `wrong` says what nobody saw.

    `typed` are texts that no other hand writes: wherever one of them is written first, it was on the screen.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.wrong: list[str] = []
        self.typed: set[str] = set()
        self.cases = self.entries = 0
        self._known: set[str] = set()
        self._now = threading.local()
        for kind, way in ((Operation, "run_beside"), (LongOperation, "run"), (LongOperation, "run_beside")):
            patch.setattr(kind, way, self._looking(getattr(kind, way)))
        patch.setattr(Store, "append", self._writing(Store.append))

    def _looking(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def begin(operation: Any, *told: Any) -> Any:
            look, work = Look(operation._owner), operation._work

            def seen(*given: Any) -> Any:
                self._now.look = look
                try:
                    return work(*given)
                finally:
                    self._now.look = None

            operation._work = seen
            return real(operation, *told)

        return begin

    def _writing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def append(store: Store, db: Any, node: str, author: str, facts: Sequence[Fact]) -> Any:
            look = getattr(self._now, "look", None)
            if look is not None:
                for fact in facts:
                    self._compare(look, fact)
            return real(store, db, node, author, facts)

        return append

    def _compare(self, look: Look, fact: Fact) -> None:
        self.entries += 1
        if isinstance(fact.data, events.Collected) and look.page and not fact.data.roll:
            self.cases += 1
            self.wrong += look.differs(fact.data)
        written = plain(str(fact.data))
        for text in [one for one in self.typed if one in written and one not in self._known]:
            self._known.add(text)
            if text not in look.words:
                self.wrong.append(f"{fact.kind}: {text!r} was written and not on the screen")
