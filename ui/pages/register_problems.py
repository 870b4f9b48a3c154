"""What is wrong on the register page: beside each field, and at the foot; the focus goes to the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desk.errors import Problem
from ui.pages.register_foot import Foot
from ui.widgets.field import Field


class Part(Protocol):
    """A part of the page that has fields."""

    def tell(self, problems: dict[str, Problem], *, everywhere: bool) -> None:
        """Say what is wrong, in the fields that were visited or everywhere."""

    def focus_field(self, field: str, /) -> bool:
        """Go to a field; whether it is here."""

    def named(self, field: str, /) -> str:
        """What a field is called in a sentence; "" when it is not here, or has no short name."""


class Problems:
    """Tells them in every part."""

    def __init__(self, parts: Sequence[Part], note: Field, foot: Foot) -> None:
        self._parts, self._note, self._foot = parts, note, foot

    def tell(self, problems: tuple[Problem, ...], *, everywhere: bool) -> None:
        """Beside the fields."""
        by_field = {one.field: one for one in reversed(problems)}
        for part in self._parts:
            part.tell(by_field, everywhere=everywhere)
        note = by_field.get("note")
        self._note.set_problem(note.text if note else "")

    def said(self, problems: Sequence[Problem]) -> list[str]:
        """Each by the name of its field, once; by its own words where the field has no short name."""
        names = (next((name for part in self._parts if (name := part.named(one.field))), one.text) for one in problems)
        return list(dict.fromkeys(names))

    def missing(self, problems: Sequence[Problem], *, begun: bool) -> None:
        """At the foot, while somebody types."""
        blocking = self.said([one for one in problems if one.blocking])
        warned = [one.text for one in problems if not one.blocking]
        self._foot.tell(blocking, warned, begun=begun)

    def refuse(self, blocking: Sequence[Problem]) -> None:
        """At the foot, and the focus goes to the first that is on the page."""
        self._foot.refuse(self.said(blocking))
        any(part.focus_field(one.field) for one in blocking for part in self._parts)
