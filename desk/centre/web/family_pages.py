"""One machine for the pages of the office's records: a family says how its records are found and shown and which steps
they take; permission, saying it, and showing what was refused are the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
from fastapi import Request, Response

from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.web.frame import ForbiddenError, centre_of, go, page
from desk.errors import RefusedError
from desk.log.office_events import Said

_Shape = TypeVar("_Shape", bound=msgspec.Struct)


@dataclass(frozen=True)
class Found(Generic[_Shape]):
    """A record, how many entries tell of it, and its place in addresses."""

    one: _Shape
    seen: int
    key: str


_Found = TypeVar("_Found", bound=Found[Any])


@dataclass(frozen=True)
class View(Generic[_Found]):
    """A record before a visitor's eyes; `typed` is what a form said, or what was asked to be shown besides."""

    request: Request
    visitor: guard.Visitor
    found: _Found
    typed: Mapping[str, str]

    @property
    def centre(self) -> Centre:
        """The centre that answers."""
        return centre_of(self.request)

    def word(self, name: str) -> str:
        """What was typed into a field, without blanks around it."""
        return self.typed.get(name, "").strip()

    def said(self, text: str, verdict: str = "") -> Said:
        """A step that the visitor takes for the own department."""
        return Said(self.visitor.name, self.visitor.org, text, verdict)


@dataclass(frozen=True)
class Step(Generic[_Found]):
    """A step: the kind of its entry, who may take it, and what it says out of what was typed."""

    kind: str
    roles: frozenset[Role]
    said: Callable[[View[_Found]], Said]


@dataclass(frozen=True)
class FamilyPages(Generic[_Found]):
    """The pages of one family: where they stand, their template, how a record is found (raises AbsentError for what is
    not there or not the visitor's to see), what the template is told, the steps by their place in the address."""

    address: str
    template: str
    find: Callable[[Request, guard.Visitor, str], _Found]
    shown: Callable[[View[_Found]], dict[str, Any]]
    steps: Mapping[str, Step[_Found]] = field(default_factory=dict)

    def drawn(
        self,
        request: Request,
        visitor: guard.Visitor,
        key: str,
        message: str = "",
        status: int = 200,
        typed: Mapping[str, str] | None = None,
    ) -> Response:
        """The page of a record, with `message` above it."""
        record = self.find(request, visitor, key)
        facts = {"message": message, "key": record.key, "seen": record.seen}
        facts |= self.shown(View(request, visitor, record, typed or {}))
        return page(request, self.template, status, visitor=visitor, **facts)

    def took(
        self,
        request: Request,
        visitor: guard.Visitor,
        key: str,
        act: Callable[[View[_Found]], object],
        typed: Mapping[str, str] | None = None,
        then: str = "",
    ) -> Response:
        """Do `act`. What is refused leaves the record as it is and is told above it, with what was typed."""
        view = View(request, visitor, self.find(request, visitor, key), typed or {})
        try:
            act(view)
        except RefusedError as error:
            return self.drawn(request, visitor, key, error.sentences(), 409, typed)
        return go(then or f"{self.address}/{key}")

    def take_step(
        self, request: Request, visitor: guard.Visitor, key: str, name: str, seen: int, **typed: str
    ) -> Response:
        """Take a step; a record that was handed to a department which is not the visitor's is left for the list."""
        step = self.steps.get(name)

        def act(view: View[_Found]) -> None:
            if step and not visitor.may(step.roles):
                raise ForbiddenError
            said = step.said(view) if step else view.said("")
            view.centre.say(visitor.account, step.kind if step else "", view.found.one.id, said, seen)

        is_handed = step is not None and step.kind.endswith(".assigned")
        away = is_handed and not visitor.sees_org(typed.get("org", "").strip())
        return self.took(request, visitor, key, act, typed, self.address if away else "")

    def open_steps(
        self, visitor: guard.Visitor, record: _Found, fits: Callable[[Any, str, guard.Visitor], bool]
    ) -> set[str]:
        """The steps that the visitor may take now; `fits` says whether a record takes a step of a kind."""
        return {
            name for name, one in self.steps.items() if visitor.may(one.roles) and fits(record.one, one.kind, visitor)
        }
