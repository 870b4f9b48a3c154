"""The tables that can be rebuilt from the log: a row and what it is found by, put, dropped, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

KEYS = {"person": "id", "case": "intake_no", "village": "intake_no", "record": "id", "past": "id"}
"""By table, the column that its rows are known by."""
_REBUILT = ("person", "case", "record", "past")
_FOUND = ("person", "case", "past")  # those that are searched


class Found(NamedTuple):
    """A row, by column, and what it is found by."""

    row: Mapping[str, Any]
    keys: str


def put_projections(db: Database, table: str, rows: Sequence[Found]) -> None:
    """Insert the rows of `table`, each of another thing, or update those that are there, with their search keys."""
    key = KEYS[table]
    numbers = _numbers(db, table, key, [one.row[key] for one in rows])
    new = [one for one in rows if one.row[key] not in numbers]
    if new:
        _add(db, table, new)
    for one in rows:
        if (number := numbers.get(one.row[key])) is not None:
            _change(db, table, number, one)


def _numbers(db: Database, table: str, key: str, values: Sequence[str]) -> dict[str, int]:
    """Where the rows of these stand that are there."""
    asked = f"SELECT {key}, number FROM {table}_row WHERE {key} IN ({', '.join('?' * len(values))})"
    return dict(db.conn.execute(asked, values).fetchall())


def _add(db: Database, table: str, rows: Sequence[Found]) -> None:
    (last,) = db.conn.execute(f"SELECT coalesce(max(number), 0) FROM {table}_row").fetchone()
    names = ("number", *rows[0].row)
    into = f"{table}_row ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    numbered = list(enumerate(rows, last + 1))
    db.conn.executemany(f"INSERT INTO {into}", [(number, *one.row.values()) for number, one in numbered])
    found = [(number, one.keys) for number, one in numbered]
    db.conn.executemany(f"INSERT INTO {table}_search (rowid, keys) VALUES (?, ?)", found)


def _change(db: Database, table: str, number: int, one: Found) -> None:
    sets = ", ".join(f"{name} = ?" for name in one.row)
    db.conn.execute(f"UPDATE {table}_row SET {sets} WHERE number = ?", (*one.row.values(), number))
    before = db.conn.execute(f"SELECT keys FROM {table}_search WHERE rowid = ?", (number,)).fetchone()
    if before is None or before[0] != one.keys:  # an index of every three characters costs more than all of the row
        put_keys(db, table, number, one.keys)


def drop_projection(db: Database, table: str, value: str) -> None:
    """Take a row away that no entry tells of any more."""
    where = f"(SELECT number FROM {table}_row WHERE {KEYS[table]} = ?)"
    db.conn.execute(f"DELETE FROM {table}_search WHERE rowid = {where}", (value,))
    db.conn.execute(f"DELETE FROM {table}_row WHERE {KEYS[table]} = ?", (value,))


def put_keys(db: Database, table: str, number: int, keys: str) -> None:
    """What row `number` of `table` is found by, in place of what it was found by before."""
    db.conn.execute(f"DELETE FROM {table}_search WHERE rowid = ?", (number,))
    db.conn.execute(f"INSERT INTO {table}_search (rowid, keys) VALUES (?, ?)", (number, keys))


def clear_projections(db: Database) -> None:
    """Empty the tables that can be rebuilt."""
    for table in (*(f"{one}_row" for one in _REBUILT), *(f"{one}_search" for one in _FOUND)):
        db.conn.execute(f"DELETE FROM {table}")


def projections(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """The rebuildable tables, all that each row says, for comparing. Not the number of a row: it tells when this
    machine saw it first, and windows of a hall, or a log that was written under another name, come in any order."""
    told = {f"{table}_row": _rows(db, table) for table in _REBUILT}
    for table in _FOUND:
        join = f"{table}_search LEFT JOIN {table}_row ON number = {table}_search.rowid"
        told[f"{table}_search"] = db.conn.execute(f"SELECT {KEYS[table]}, keys FROM {join} ORDER BY 1, 2").fetchall()
    return told


def _rows(db: Database, table: str) -> list[tuple[Any, ...]]:
    names = [row[1] for row in db.conn.execute(f"PRAGMA table_info({table}_row)") if row[1] != "number"]
    return db.conn.execute(f"SELECT {', '.join(names)} FROM {table}_row ORDER BY {KEYS[table]}").fetchall()
