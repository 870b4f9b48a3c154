"""Names of applicants: sealed in the list of cases, and found by keyed marks of their parts.

A name gives a mark for each character and each two that follow one another; a search asks for all marks of what was
typed. Nobody reads a name out of them without the key, though equal parts have equal marks.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.box import Box, place
from db.centre.database import box
from db.centre.schema import case_name, case_row
from db.centre.tables.putting import put

Row = Mapping[str, Any]
_KNOWN = 8192  # marks that a process has at hand
_LENGTH = 16  # hexadecimal digits of a mark
_LONGEST = 60  # characters that are marked: no name is longer


def sealed(keys: Box, row: Row) -> dict[str, Any]:
    """A case's row as it is kept: its `applicant_name` sealed, with the mark of the whole name."""
    name = str(row["applicant_name"])
    rest = {key: value for key, value in row.items() if key != "applicant_name"}
    kept = keys.seal(name.encode("utf-8", "surrogatepass"), _place(str(row["intake_no"])))
    return {**rest, "applicant": kept, "applicant_index": keys.index(f"whole {_folded(name)}")}


def opened(db: sa.Connection, row: Any) -> dict[str, Any]:
    """A case's row with its `applicant_name`, as everybody above knows it."""
    rest = {key: value for key, value in row.items() if key not in ("applicant", "applicant_index")}
    name = box(db).open(bytes(row["applicant"]), _place(str(row["intake_no"])))
    return {**rest, "applicant_name": name.decode("utf-8", "surrogatepass")}


def put_marks(db: sa.Connection, rows: Sequence[Row], known: Mapping[str, str]) -> None:
    """Keep the marks of these rows' names; `known`: the whole names' marks of those that were there, by intake number.
    Before the rows themselves are replaced."""
    keys = box(db)
    fresh = [
        row for row in rows if known.get(str(row["intake_no"])) != keys.index(f"whole {_folded(row['applicant_name'])}")
    ]
    gone = [str(row["intake_no"]) for row in fresh if str(row["intake_no"]) in known]
    for at in range(0, len(gone), 500):
        db.execute(sa.delete(case_name).where(case_name.c.intake_no.in_(gone[at : at + 500])))
    add_marks(db, [(str(row["intake_no"]), str(row["applicant_name"])) for row in fresh])


def add_marks(db: sa.Connection, names: Sequence[tuple[str, str]]) -> None:
    """Add the marks of names, by intake number."""
    keys = box(db)
    made = [(mark, number) for number, name in names for mark in sorted(marks(keys, name))]
    put(db, case_name, ("mark", "intake_no"), made, stays=True)


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


def _folded(name: str) -> str:
    return "".join(str(name).split()).casefold().encode("utf-8", "replace").decode()[:_LONGEST]


def _place(intake_no: str) -> bytes:
    return place("case_row", "applicant", intake_no)
