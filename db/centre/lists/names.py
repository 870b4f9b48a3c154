"""Names of applicants: sealed in the list of cases, and found by keyed marks of their parts.

A name gives a mark for each character and each two that follow one another; a search asks for all marks of what was
typed. Nobody reads a name out of them without the key, though equal parts have equal marks.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.centre.box import Box, place
from db.centre.database import box
from db.centre.schema import case_name, case_row
from db.centre.tables.putting import drop, put

Row = Mapping[str, Any]
_KEY = ("mark", "intake_no")
_KNOWN = 8192  # marks that a process has at hand
_LENGTH = 16  # hexadecimal digits of a mark
_LONGEST = 60  # characters that are marked: no name is longer


class Kept(NamedTuple):
    """A name as it is kept: the mark of the whole, and sealed."""

    mark: str
    sealed: bytes


def sealed(keys: Box, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of cases as they are kept: `applicant_name` sealed, with the mark of the whole name."""
    named = [(str(row["applicant_name"]), _place(str(row["intake_no"]))) for row in rows]
    hidden = keys.seal_all([(name.encode("utf-8", "surrogatepass"), where) for name, where in named])
    made = []
    for row, (name, _), one in zip(rows, named, hidden, strict=True):
        kept = {**row, "applicant": one, "applicant_index": _whole(keys, name)}
        del kept["applicant_name"]
        made.append(kept)
    return made


def opened(db: sa.Connection, row: Any) -> dict[str, Any]:
    """A case's row with its `applicant_name`, as everybody above knows it."""
    rest = {key: value for key, value in row.items() if key not in ("applicant", "applicant_index")}
    return {**rest, "applicant_name": _name(box(db), bytes(row["applicant"]), str(row["intake_no"]))}


def _name(keys: Box, kept: bytes, intake_no: str) -> str:
    return keys.open(kept, _place(intake_no)).decode("utf-8", "surrogatepass")


def put_marks(db: sa.Connection, rows: Sequence[Row], known: Mapping[str, Kept]) -> None:
    """Keep the marks of these rows' names; `known`: those that were there, by intake number. Nothing is asked for."""
    keys = box(db)
    told = [(str(row["intake_no"]), str(row["applicant_name"])) for row in rows]
    fresh = [one for one in told if one[0] not in known or known[one[0]].mark != _whole(keys, one[1])]
    gone = {number: _name(keys, known[number].sealed, number) for number, _ in fresh if number in known}
    drop(db, case_name, _KEY, _marked(keys, gone.items()))
    add_marks(db, fresh)


def add_marks(db: sa.Connection, names: Sequence[tuple[str, str]]) -> None:
    """Add the marks of names, by intake number."""
    put(db, case_name, _KEY, _marked(box(db), names), stays=True)


def _marked(keys: Box, names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(mark, number) for number, name in names for mark in marks(keys, name)]


def bears(db: sa.Connection, text: str) -> sa.ColumnElement[bool]:
    """Whether the applicant's name has `text` in it."""
    wanted = sorted(_marks_asked(box(db), text))
    if not wanted:
        return sa.false()
    return sa.and_(
        *(case_row.c.intake_no.in_(sa.select(case_name.c.intake_no).where(case_name.c.mark == one)) for one in wanted)
    )


def marks(keys: Box, name: str) -> set[str]:
    """The marks of a name's parts."""
    text = _folded(name)
    return {_mark(keys, part) for part in (*text, *_pairs(text))}


def _marks_asked(keys: Box, text: str) -> set[str]:
    folded = _folded(text)
    return {_mark(keys, part) for part in (_pairs(folded) or folded)}


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


@functools.lru_cache(_KNOWN)  # the same characters come again and again
def _mark(keys: Box, part: str) -> str:
    return keys.index(f"part {part}")[:_LENGTH]


def _whole(keys: Box, name: str) -> str:
    return keys.index(f"whole {_folded(name)}")


def _folded(name: str) -> str:
    return "".join(str(name).split()).casefold().encode("utf-8", "replace").decode()[:_LONGEST]


def _place(intake_no: str) -> bytes:
    return place("case_row", "applicant", intake_no)
