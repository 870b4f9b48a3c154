"""What syncs left behind: the centre's signed answers, when what of ours was there, how each sync went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database


def keep_feed(db: Database, first: int, last: int, data: bytes) -> None:
    """Keep an answer of the centre as it came, with its signature."""
    db.conn.execute("INSERT INTO feed_kept (first, last, bytes) VALUES (?, ?, ?)", (first, last, data))


def feeds_kept(db: Database) -> Iterator[tuple[int, bytes]]:
    """Those answers, latest first: number and bytes."""
    for row in db.conn.execute("SELECT number, bytes FROM feed_kept ORDER BY number DESC").fetchall():
        yield row[0], bytes(row[1])


def drop_feeds(db: Database, after: int) -> None:
    """Forget answers that hold anything after `after`."""
    db.conn.execute("DELETE FROM feed_kept WHERE last > ?", (after,))


def mark_ack(db: Database, seq: int, time: str, way: str) -> None:
    """The centre said (`way` "centre"), or a stick took along ("stick"), what we wrote up to `seq`."""
    db.conn.execute("INSERT OR IGNORE INTO ack_mark (seq, time, way) VALUES (?, ?, ?)", (seq, time, way))
    if way == "centre":
        db.conn.execute("UPDATE ack_mark SET way = 'centre', time = ? WHERE seq = ? AND way <> 'centre'", (time, seq))


def ack_time(db: Database, seq: int, way: str) -> str:
    """When our entry `seq` was first said to be there (or to have left); "" when it was not."""
    row = db.conn.execute(
        "SELECT time FROM ack_mark WHERE seq >= ? AND way = ? ORDER BY seq LIMIT 1", (seq, way)
    ).fetchone()
    return row[0] if row else ""


def clear_acks(db: Database) -> None:
    """Nothing of our log was acknowledged: it is another log."""
    db.conn.execute("DELETE FROM ack_mark")


def add_sync(db: Database, row: Mapping[str, Any]) -> None:
    """Note how a sync went."""
    db.table("sync_line").insert(dict(row))


def last_syncs(db: Database, limit: int) -> list[dict[str, Any]]:
    """How the last `limit` syncs went, the latest first."""
    return list(db.query("SELECT * FROM sync_line ORDER BY number DESC LIMIT ?", [limit]))
