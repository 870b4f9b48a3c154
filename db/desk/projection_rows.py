"""The tables that can be rebuilt from the log: a row and what it is found by, put, dropped, compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

_KEYS = {"person": "id", "case": "intake_no", "record": "id", "past": "id"}  # what a row of each table is known by
_FOUND = ("person", "case", "past")  # those that are searched


def put_projection(db: Database, table: str, key: str, row: Mapping[str, Any], keys: str) -> None:
    """Insert or update the row of `table` whose column `key` matches, with its search keys."""
    into = f"{table}_row ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    new = db.conn.execute(f"INSERT INTO {into} ON CONFLICT ({key}) DO NOTHING", tuple(row.values()))
    if new.rowcount:
        db.conn.execute(f"INSERT INTO {table}_search (rowid, keys) VALUES (?, ?)", (new.lastrowid, keys))
        return
    found = db.conn.execute(f"SELECT number FROM {table}_row WHERE {key} = ?", (row[key],)).fetchone()
    sets = ", ".join(f"{name} = ?" for name in row)
    db.conn.execute(f"UPDATE {table}_row SET {sets} WHERE number = ?", (*row.values(), found[0]))
    before = db.conn.execute(f"SELECT keys FROM {table}_search WHERE rowid = ?", found).fetchone()
    if before is None or before[0] != keys:  # an index of every three characters costs more than all of the row
        put_keys(db, table, found[0], keys)


def drop_projection(db: Database, table: str, key: str, value: str) -> None:
    """Take a row away that no entry tells of any more."""
    where = f"(SELECT number FROM {table}_row WHERE {key} = ?)"
    db.conn.execute(f"DELETE FROM {table}_search WHERE rowid = {where}", (value,))
    db.conn.execute(f"DELETE FROM {table}_row WHERE {key} = ?", (value,))


def put_keys(db: Database, table: str, number: int, keys: str) -> None:
    """What row `number` of `table` is found by, in place of what it was found by before."""
    db.conn.execute(f"DELETE FROM {table}_search WHERE rowid = ?", (number,))
    db.conn.execute(f"INSERT INTO {table}_search (rowid, keys) VALUES (?, ?)", (number, keys))


def clear_projections(db: Database) -> None:
    """Empty the tables that can be rebuilt."""
    for table in (*(f"{one}_row" for one in _KEYS), *(f"{one}_search" for one in _FOUND)):
        db.conn.execute(f"DELETE FROM {table}")


def projections(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """The rebuildable tables, all that each row says, for comparing. Not the number of a row: it tells when this
    machine saw it first, and windows of a hall, or a log that was written under another name, come in any order."""
    told = {f"{table}_row": _rows(db, table, key) for table, key in _KEYS.items()}
    for table in _FOUND:
        join = f"{table}_search LEFT JOIN {table}_row ON number = {table}_search.rowid"
        told[f"{table}_search"] = db.conn.execute(f"SELECT {_KEYS[table]}, keys FROM {join} ORDER BY 1, 2").fetchall()
    return told


def _rows(db: Database, table: str, key: str) -> list[tuple[Any, ...]]:
    names = [row[1] for row in db.conn.execute(f"PRAGMA table_info({table}_row)") if row[1] != "number"]
    return db.conn.execute(f"SELECT {', '.join(names)} FROM {table}_row ORDER BY {key}").fetchall()
