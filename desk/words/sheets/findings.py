"""What is to be said of a cell or a row of a table that somebody brought: facts that screens and papers show alike."""

from __future__ import annotations

import msgspec

from desk.words.as_written import Kind


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
    """A row that was not taken: what it says and why."""

    row: int
    text: str
    why: str
