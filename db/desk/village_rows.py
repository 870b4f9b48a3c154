"""What a township's desk has of its villages: entries that the centre handed on, apart from the desk's own log."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlite_utils import Database


class VillageEntry(NamedTuple):
    """An entry as it is kept. `source` as in `village_logs.Ask`, `point` the village's code."""

    source: str
    seq: int
    point: str
    kind: str
    subject: str
    encoded: bytes


def put_entries(db: Database, rows: Iterable[VillageEntry]) -> None:
    """Keep entries; those that are here are replaced by what the centre has now."""
    sql = "INSERT OR REPLACE INTO village_entry (source, seq, point, kind, subject, encoded) VALUES (?, ?, ?, ?, ?, ?)"
    db.conn.executemany(sql, rows)


def about(db: Database, subject: str) -> list[bytes]:
    """The encoded entries about `subject`, in no order that means anything."""
    asked = "SELECT encoded FROM village_entry WHERE subject = ?"
    return [bytes(row[0]) for row in db.conn.execute(asked, (subject,))]


def subjects(db: Database, kind: str) -> list[str]:
    """What entries of this kind are about."""
    asked = "SELECT DISTINCT subject FROM village_entry WHERE kind = ?"
    return [row[0] for row in db.conn.execute(asked, (kind,))]


def point_of(db: Database, subject: str) -> str:
    """The village that entries about `subject` are of; "" where there is none."""
    asked = "SELECT point FROM village_entry WHERE subject = ? LIMIT 1"
    row = db.conn.execute(asked, (subject,)).fetchone()
    return str(row[0]) if row else ""


def clear(db: Database) -> None:
    """Nothing of any village is here any more."""
    for table in ("village_entry", "village_row", "village_search"):
        db.conn.execute(f"DELETE FROM {table}")


def keep_only(db: Database, points: Collection[str]) -> None:
    """What is of other villages than these goes: they are no longer this township's."""
    marks = ", ".join("?" * len(points))
    gone = f"point NOT IN ({marks})"
    values = list(points)
    db.conn.execute(f"DELETE FROM village_search WHERE rowid IN (SELECT number FROM village_row WHERE {gone})", values)
    for table in ("village_row", "village_entry"):
        db.conn.execute(f"DELETE FROM {table} WHERE {gone}", values)


def tallies(db: Database, today: str, soon: str, standing: Collection[str]) -> dict[str, dict[str, Any]]:
    """By village how many cases there are (`count`), are open (`going`), over their promise (`late`), near it
    (`near`: due before `soon`); in which states how many."""
    marks = ", ".join("?" * len(standing))
    running = f"open AND state NOT IN ({marks}) AND due_on <> ''"
    sql = (
        "SELECT point, count(*) AS count, sum(open) AS going, max(collected_at) AS latest, "
        f"sum({running} AND due_on < ?) AS late, sum({running} AND due_on >= ? AND due_on < ?) AS near "
        "FROM village_row GROUP BY point"
    )
    values = [*standing, today, *standing, today, soon]
    return {row["point"]: row for row in db.query(sql, values)}


def states(db: Database) -> dict[tuple[str, str], int]:
    """How many cases of each village are in each state."""
    asked = "SELECT point, state, count(*) FROM village_row GROUP BY point, state"
    return {(row[0], row[1]): int(row[2]) for row in db.conn.execute(asked)}
