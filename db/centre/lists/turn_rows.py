"""What narrows the list of cases to those whose turn it is for somebody."""

from __future__ import annotations

import dataclasses

import sqlalchemy as sa

from db.centre.schema import case_row


@dataclasses.dataclass(frozen=True)
class Turns:
    """The cases that were given to one of `accounts`; those given to nobody that wait at these `posts` (a body's code
    and posts); with `at_window` all that wait to be given out; with `loose` those whose turn it is anywhere but at the
    `cut` bodies, which have posts."""

    accounts: tuple[str, ...] = ()
    posts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_window: bool = False
    loose: bool = False
    cut: tuple[str, ...] = ()

    def where(self) -> sa.ColumnElement[bool]:
        """As a condition."""
        column = case_row.c
        free = [sa.and_(column.body == body, column.turn.in_(duties)) for body, duties in self.posts]
        parts = [sa.and_(column.turn_of == "", one) for one in free]
        if self.accounts:
            parts.append(sa.and_(column.turn_of.in_(self.accounts), column.turn != ""))
        if self.at_window:
            parts.append(sa.and_(column.turn == "window", column.body.in_(self.cut)))
        if self.loose:
            parts.append(sa.and_(column.turn != "", column.body.not_in(self.cut)))
        return sa.or_(sa.false(), *parts)
