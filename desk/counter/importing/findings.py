"""What an import has to say of a cell, a row or the whole table, as facts that the window and papers show alike."""

from __future__ import annotations

import msgspec

from desk.words.as_written import Kind
from desk.words.sheets.findings import Aside, Finding

__all__ = ["Aside", "Finding", "Kind"]


class Question(msgspec.Struct, frozen=True):
    """What only a person can say. Nothing is taken in before it is answered: yes or no."""

    code: str
    text: str
    yes: str
    no: str
