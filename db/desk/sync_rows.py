"""What syncs left behind: the centre's signed answers, when what of ours was there, how each sync went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

_ADD_SYNC = (
    "INSERT INTO sync_line (time, outcome, sent, received, text) VALUES (:time, :outcome, :sent, :received, :text)"
)


def keep_feed(db: Database, first: int, last: int, data: bytes) -> None:
    """Keep an answer of the centre as it came, with its signature."""
    db.conn.execute("INSERT INTO feed_kept (first, last, bytes) VALUES (?, ?, ?)", (first, last, data))


def feeds_kept(db: Database) -> Iterator[tuple[int, bytes]]:
    """Those answers, latest first: number and bytes."""
    for row in db.conn.execute("SELECT number, bytes FROM feed_kept ORDER BY number DESC").fetchall():
        yield row[0], bytes(row[1])


def feeds_beyond(db: Database, after: int) -> Iterator[bytes]:
    """Those that reach beyond `after`, in order."""
    asked = "SELECT bytes FROM feed_kept WHERE last > ? ORDER BY first, number"
    for row in db.conn.execute(asked, (after,)):
        yield bytes(row[0])


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
    db.conn.execute(_ADD_SYNC, row)


_RECENT = 2000  # lines that are looked at: three weeks of tries every quarter of an hour


def last_syncs(db: Database, limit: int) -> list[dict[str, Any]]:
    """How the last `limit` syncs went, the latest first; failures in a row that say the same are one, with how many
    `times` and `since` when."""
    return list(
        db.query(
            """SELECT outcome, text, max(time) AS time, min(time) AS since, count(*) AS times,
                      sum(sent) AS sent, sum(received) AS received
               FROM (SELECT *, sum(begins) OVER (ORDER BY number) AS run
                     FROM (SELECT *, outcome = 'done'
                                     OR outcome IS NOT lag(outcome) OVER (ORDER BY number)
                                     OR text IS NOT lag(text) OVER (ORDER BY number) AS begins
                           FROM (SELECT * FROM sync_line ORDER BY number DESC LIMIT ?)))
               GROUP BY run ORDER BY run DESC LIMIT ?""",
            [_RECENT, limit],
        )
    )


def last_success(db: Database) -> str:
    """When a sync last went well, "" for never."""
    row = db.conn.execute("SELECT time FROM sync_line WHERE outcome = 'done' ORDER BY number DESC LIMIT 1").fetchone()
    return row[0] if row else ""
