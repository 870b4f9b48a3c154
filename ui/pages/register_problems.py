"""What is wrong on the register page: beside each field, and at the top with the focus on the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desk.errors import Problem
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.basic import label
from ui.widgets.field import Field

_SHOWN = 6


class Part(Protocol):
    """A part of the page that has fields."""

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong, in the fields that were visited or everywhere."""

    def focus_field(self, field: str, /) -> bool:
        """Go to a field; whether it is here."""


class Problems:
    """Tells them; `summary` stands over the fields."""

    def __init__(self, parts: Sequence[Part], note: Field) -> None:
        self._parts, self._note = parts, note
        self.summary = label("", "body", Role.DANGER, wrap=True)
        self.summary.setObjectName("register-summary")
        self.summary.hide()

    def tell(self, problems: tuple[Problem, ...], *, everywhere: bool) -> None:
        """Beside the fields."""
        by_field = {one.field: one for one in reversed(problems)}
        for part in self._parts:
            part.tell(by_field, everywhere=everywhere)
        note = by_field.get("note")
        self._note.set_problem(note.text if note else "")

    def refuse(self, blocking: Sequence[Problem]) -> None:
        """At the top, and the focus goes to the first."""
        lines = "\n".join(f"· {tr(one.text)}" for one in blocking[:_SHOWN])
        self.summary.setText(tr(f"还有 {len(blocking)} 处要改：") + f"\n{lines}")
        self.summary.setAccessibleName(self.summary.text())
        self.summary.show()
        any(part.focus_field(blocking[0].field) for part in self._parts)

    def clear(self) -> None:
        """Nothing is wrong any more."""
        self.summary.hide()
