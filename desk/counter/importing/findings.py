"""What an import has to say of a cell, a row or the whole table, as facts that the window and papers show alike."""

from __future__ import annotations

import msgspec

from desk.words.as_written import Kind

__all__ = ["Aside", "Finding", "Kind"]


class Finding(msgspec.Struct, frozen=True):
    """One thing about one cell: row as in the file (from 1), column by its letter and heading, what, and what to do."""

    row: int
    column: str
    target: str
    kind: Kind
    text: str
    todo: str = ""

    def sentence(self) -> str:
        """The whole, as one line."""
        where = f"第 {self.row} 行" + (f" {self.column} 列" if self.column else "")
        return f"{where}：{self.text}{self.todo}"


class Aside(msgspec.Struct, frozen=True):
    """A row that was not taken for a person: what it says and why."""

    row: int
    text: str
    why: str


class Question(msgspec.Struct, frozen=True):
    """What only a person can say. Nothing is taken in before it is answered: yes or no."""

    code: str
    text: str
    yes: str
    no: str
