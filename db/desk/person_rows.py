"""The people of a desk's book. Lists leave out the records that were merged into another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

GONE = "undone"  # in `merged_into`: the record is no longer shown, and stands for nobody
# Indexes of what most records lack hold only those that have it, and serve whoever says that it asks for these.
INTO = "merged_into <> '' AND merged_into"
_COUNTED = (
    "SELECT person_row.*, (SELECT count(*) FROM case_row WHERE applicant_id = person_row.id OR applicant_id IN "
    "(SELECT id FROM person_row AS other WHERE other.merged_into <> '' AND other.merged_into = person_row.id)) AS cases"
)
_FOUND = f"{_COUNTED} FROM person_search JOIN person_row ON number = person_search.rowid WHERE keys MATCH ?"


def person(db: Database, person_id: str) -> dict[str, Any] | None:
    """A person's row by id."""
    return next(_rows(db, "SELECT * FROM person_row WHERE id = ?", person_id), None)


def _rows(db: Database, sql: str, value: str) -> Iterator[dict[str, Any]]:
    """As `Database.query`, which begins a savepoint for each: these two are asked for every person that comes in."""
    found = db.conn.execute(sql, (value,))
    names = [one[0] for one in found.description]
    for row in found:
        yield dict(zip(names, row, strict=True))


def person_with_number(db: Database, id_type: str, id_number: str) -> dict[str, Any] | None:
    """The person who holds this identity number."""
    sql = "SELECT * FROM person_row WHERE id_number = ? AND id_type = ? ORDER BY merged_into <> '', number LIMIT 1"
    return next(db.query(sql, [id_number, id_type]), None)


def any_known(db: Database, people: Sequence[str]) -> bool:
    """Whether the book has a record of any of these, or one that was merged into theirs."""
    marks = ", ".join("?" * len(people))
    sql = f"SELECT 1 FROM person_row WHERE id IN ({marks}) UNION ALL SELECT 1 FROM person_row WHERE {INTO} IN ({marks})"
    return db.conn.execute(f"{sql} LIMIT 1", [*people, *people]).fetchone() is not None


def merged(db: Database, person_id: str) -> list[dict[str, Any]]:
    """The records that were merged into this person's."""
    return list(_rows(db, f"SELECT * FROM person_row WHERE {INTO} = ? ORDER BY number", person_id))


def household(db: Database, head: str) -> list[dict[str, Any]]:
    """Who belongs to the household of `head`, each with `cases`, in the order of the book."""
    sql = f"{_COUNTED} FROM person_row WHERE household <> '' AND household = ? AND merged_into = '' ORDER BY number"
    return list(db.query(sql, [head]))


def alike(db: Database, limit: int) -> list[tuple[str, str]]:
    """Pairs of people in the book who have one number, or one name and one telephone and no number."""
    sql = (
        "SELECT one.id, other.id FROM person_row AS one JOIN person_row AS other ON other.number > one.number "
        "AND other.merged_into = '' AND (other.id_number = one.id_number AND other.id_type = one.id_type) "
        "WHERE one.merged_into = '' AND one.id_number <> '' "
        "UNION SELECT one.id, other.id FROM person_row AS one JOIN person_row AS other ON other.number > one.number "
        "AND other.merged_into = '' AND other.phone <> '' AND other.phone = one.phone AND other.name = one.name "
        "WHERE one.merged_into = '' AND one.phone <> '' AND (one.id_number = '' OR other.id_number = '') LIMIT ?"
    )
    return [(row[0], row[1]) for row in db.conn.execute(sql, (limit,))]


def count(db: Database) -> int:
    """How many people the book shows."""
    (found,) = db.conn.execute("SELECT count(*) FROM person_row WHERE merged_into = ''").fetchone()
    return int(found)


def ids_by_name(db: Database, limit: int) -> list[str]:
    """Ids of up to `limit` people, by name."""
    sql = "SELECT id FROM person_row WHERE merged_into = '' ORDER BY name LIMIT ?"
    return [row["id"] for row in db.query(sql, [limit])]


def counted(db: Database, person_id: str) -> dict[str, Any]:
    """A person's row with the number of their cases as `cases`. LookupError for a stranger."""
    row = next(db.query(f"{_COUNTED} FROM person_row WHERE id = ?", [person_id]), None)
    if row is None:
        raise LookupError(person_id)
    return row


def latest(db: Database, limit: int) -> list[dict[str, Any]]:
    """The people who came last, each with `cases`."""
    sql = f"{_COUNTED} FROM person_row WHERE merged_into = '' ORDER BY number DESC LIMIT ?"
    return list(db.query(sql, [limit]))


def searched(db: Database, keys: str, limit: int) -> list[dict[str, Any]]:
    """People found by `keys`, a question to the trigram index, those with most `cases` first."""
    sql = f"{_FOUND} AND merged_into = '' ORDER BY cases DESC, name LIMIT ?"
    return list(db.query(sql, [keys, limit]))


def found_by_any(db: Database, pieces: Sequence[str], limit: int) -> list[dict[str, Any]]:
    """People in whose keys any of `pieces` (three letters each) occurs, those with most of them first, with `cases`."""
    asked = " OR ".join(f'"{piece}"' for piece in pieces if piece.isalnum())
    return list(db.query(f"{_FOUND} AND merged_into = '' ORDER BY rank LIMIT ?", [asked, limit])) if asked else []


def with_phone(db: Database, phone: str) -> list[dict[str, Any]]:
    """People reached at this telephone, each with `cases`."""
    return list(db.query(f"{_COUNTED} FROM person_row WHERE phone <> '' AND phone = ? AND merged_into = ''", [phone]))


def names(db: Database) -> list[str]:
    """The names of everybody in the book, merged records too."""
    return [str(row["name"]) for row in db.query("SELECT DISTINCT name FROM person_row")]
