"""Small records that are folds of their entries: visits, bundles, trips, rolls, notices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database


def put_record(db: Database, row: Mapping[str, Any]) -> None:
    """Insert or update a small record (visit, bundle, trip, roll)."""
    db.conn.execute(
        "INSERT INTO record_row (kind, id, state, day, body) VALUES (:kind, :id, :state, :day, :body) "
        "ON CONFLICT (id) DO UPDATE SET state = excluded.state, day = excluded.day, body = excluded.body",
        dict(row),
    )


def records(db: Database, kind: str, *, state: str = "", limit: int = 500) -> list[bytes]:
    """Bodies of the records of a kind, latest day first."""
    sql = "SELECT body FROM record_row WHERE kind = ?" + (" AND state = ?" if state else "")
    values = [kind, *([state] if state else []), limit]
    return [bytes(row[0]) for row in db.conn.execute(f"{sql} ORDER BY day DESC, number DESC LIMIT ?", values)]


def record(db: Database, record_id: str) -> bytes | None:
    """The body of one record."""
    row = db.conn.execute("SELECT body FROM record_row WHERE id = ?", (record_id,)).fetchone()
    return None if row is None else bytes(row[0])
