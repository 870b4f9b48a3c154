"""What may go wrong and be told to a person: refused by a rule, or by the surroundings. All else is a bug.

Every error says three things in Chinese: what happened, what was kept, what to do next.
"""

from __future__ import annotations

import msgspec

# What msgspec raises for bytes of others: a text in them that is no UTF-8 has no error of its own, nor has JSON nested
# without end.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong with what was typed, to be shown beside its field.

    `field` is the draft's field name (`applicant.name`, `materials.m1`, `fields.area` ...); `blocking` False is a
    warning that a person may overrule.
    """

    field: str
    text: str
    blocking: bool = True


class DeskError(Exception):
    """An error that a person can read. `happened`, `kept` and `todo` are sentences."""

    def __init__(self, happened: str, kept: str = "", todo: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.kept = kept
        self.todo = todo

    def sentences(self) -> str:
        """The three sentences, one a line."""
        return "\n".join(line for line in (self.happened, self.kept, self.todo) if line)


class RefusedError(DeskError):
    """A rule says no; the person at the counter can mend it. `problems` name the fields."""

    def __init__(self, happened: str, kept: str = "", todo: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(happened, kept, todo)
        self.problems = problems


class AskedError(RefusedError):
    """Nothing is wrong, but something must be asked first: `questions`, as the use case put them."""

    def __init__(self, happened: str, kept: str, todo: str, questions: tuple[object, ...]) -> None:
        super().__init__(happened, kept, todo)
        self.questions = questions


class SurroundingsError(DeskError):
    """Disk, database, network or printer; trying again later may help."""


class DamagedDeskError(SurroundingsError):
    """The database cannot be read: damaged, or not this desk's. A backup may stand in for it."""


class CancelledError(DeskError):
    """A person stopped it half way; what was done stays done."""
