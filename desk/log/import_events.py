"""What entries about imports carry: rolls of people and ledgers of former years, taken in whole and undone whole; and
the undoing of a roll of cases."""

from __future__ import annotations

import msgspec


class ImportMade(msgspec.Struct, frozen=True):
    """sheet.taken: a file was taken in. `what` is roster 花名册 or ledger 旧台账; `subjects` are the people or former
    cases that it brought or changed; each of their entries names the import as its `source`."""

    what: str
    file: str
    subjects: tuple[str, ...]
    added: int
    changed: int
    same: int
    officer: str


class ImportUndone(msgspec.Struct, frozen=True):
    """sheet.undone: what it brought has no effect any more; `left` stayed, because they had cases by then."""

    officer: str
    undone: int
    left: int


class SourceUndone(msgspec.Struct, frozen=True):
    """person.import_undone, past.import_undone: what the import `source` said of the subject has no effect."""

    source: str
    officer: str


class PastCase(msgspec.Struct, frozen=True):
    """past.recorded 补录: a line of a ledger kept before this program: closed, without a number of ours, without a
    clock. `day` is 2019, 2019-05 or 2019-05-01, as far as the ledger knows it."""

    name: str
    item: str
    source: str
    officer: str
    id_number: str = ""
    day: str = ""
    result: str = ""
    number: str = ""  # as the old ledger counted
    phone: str = ""
    address: str = ""
    note: str = ""


class RollUndone(msgspec.Struct, frozen=True):
    """roll.undone 撤销名册: a whole roll was taken in wrong and none of it was sent; each of its cases is voided by an
    entry of its own."""

    officer: str
    reasons: str


IMPORT_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "person.import_undone": ("撤销导入", SourceUndone),
    "sheet.taken": ("导入", ImportMade),
    "sheet.undone": ("撤销导入", ImportUndone),
    "roll.undone": ("撤销名册", RollUndone),
    "past.recorded": ("补录旧台账", PastCase),
    "past.import_undone": ("撤销导入", SourceUndone),
}
