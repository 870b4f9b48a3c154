"""Queries of the desk's tables. Rows in, rows out: no rule is decided here.

Every function takes a database inside a transaction of `db.opening.Rooms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from db import migrations

Row = Mapping[str, Any]


class EntryRow(NamedTuple):
    """A row of the log as it is kept."""

    node: str
    seq: int
    hash: bytes
    kind: str
    subject: str
    rank: int
    time: str
    encoded: bytes


_PROJECTED = ("person_row", "case_row", "record_row", "person_search", "case_search")
_ENTRY = "node, seq, hash, kind, subject, rank, time, encoded"


def add_entries(db: Database, rows: Iterable[EntryRow]) -> None:
    """Append to the log; the triggers see to it that it only grows."""
    db.conn.executemany(f"INSERT INTO entry ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def has_entry(db: Database, node: str, seq: int) -> bool:
    """Whether the log holds entry `seq` of `node`."""
    return db.conn.execute("SELECT 1 FROM entry WHERE node = ? AND seq = ?", (node, seq)).fetchone() is not None


def head(db: Database, node: str) -> tuple[int, bytes] | None:
    """Seq and hash of the last entry of `node`, None when there is none."""
    row = db.conn.execute("SELECT seq, hash FROM entry WHERE node = ? ORDER BY seq DESC LIMIT 1", (node,)).fetchone()
    return None if row is None else (row[0], bytes(row[1]))


def entries_about(db: Database, subject: str) -> list[bytes]:
    """The encoded entries about `subject`, in no order that means anything."""
    return [bytes(row[0]) for row in db.conn.execute("SELECT encoded FROM entry WHERE subject = ?", (subject,))]


def subjects_of(db: Database, kinds: Sequence[str]) -> list[str]:
    """What entries of these kinds are about, in the order in which they first came: the whole log is read."""
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT subject FROM entry WHERE kind IN ({marks}) GROUP BY subject ORDER BY min(arrival)"
    return [row[0] for row in db.conn.execute(sql, list(kinds))]


def top_rank(db: Database, subject: str) -> int:
    """The highest rank known of `subject`, 0 when nothing is."""
    (rank,) = db.conn.execute("SELECT max(rank) FROM entry WHERE subject = ?", (subject,)).fetchone()
    return int(rank or 0)


def entries_after(db: Database, node: str, seq: int, limit: int) -> list[bytes]:
    """Up to `limit` encoded entries of `node` after `seq`, in order."""
    found = db.conn.execute(
        "SELECT encoded FROM entry WHERE node = ? AND seq > ? ORDER BY seq LIMIT ?", (node, seq, limit)
    )
    return [bytes(row[0]) for row in found]


def waiting(db: Database, node: str, acked: int) -> tuple[int, str]:
    """How many entries of `node` come after `acked`, and the time of the oldest ("" when none)."""
    last = head(db, node)
    if last is None or last[0] <= acked:
        return 0, ""
    (oldest,) = db.conn.execute("SELECT time FROM entry WHERE node = ? AND seq = ?", (node, acked + 1)).fetchone()
    return last[0] - acked, oldest


def waiting_bytes(db: Database, node: str, acked: int) -> int:
    """How many bytes the entries of `node` after `acked` have."""
    sql = "SELECT coalesce(sum(length(encoded)), 0) FROM entry WHERE node = ? AND seq > ?"
    (size,) = db.conn.execute(sql, (node, acked)).fetchone()
    return int(size)


def log_in_order(db: Database) -> Iterator[EntryRow]:
    """The whole log in the order in which it came to this machine."""
    for row in db.conn.execute(f"SELECT {_ENTRY} FROM entry ORDER BY arrival"):
        yield EntryRow(row[0], row[1], bytes(row[2]), row[3], row[4], row[5], row[6], bytes(row[7]))


def set_aside(db: Database, node: str, after: int, time: str) -> list[bytes]:
    """Take the entries of `node` after `after` out of the log and keep them beside it; what they were, in order."""
    found = entries_after(db, node, after, 1 << 31)
    db.conn.execute(
        "INSERT INTO entry_aside (node, seq, hash, encoded, aside_at) "
        "SELECT node, seq, hash, encoded, ? FROM entry WHERE node = ? AND seq > ? ORDER BY seq",
        (time, node, after),
    )
    db.conn.execute("DROP TRIGGER entry_never_goes")
    db.conn.execute("DELETE FROM entry WHERE node = ? AND seq > ?", (node, after))
    db.conn.execute(migrations.GUARD)
    return found


def hash_of(db: Database, node: str, seq: int) -> bytes | None:
    """The chain hash of entry `seq` of `node`, None when it is not here."""
    row = db.conn.execute("SELECT hash FROM entry WHERE node = ? AND seq = ?", (node, seq)).fetchone()
    return None if row is None else bytes(row[0])


def rename_papers(db: Database, was: str, now: str) -> None:
    """Kept documents of a subject that has another number now."""
    db.conn.execute("UPDATE paper SET subject = ? WHERE subject = ?", (now, was))


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


def last_own(db: Database, node: str, subject: str) -> int:
    """The seq of the last entry of `node` about `subject`; 0 when there is none."""
    row = db.conn.execute("SELECT max(seq) FROM entry WHERE subject = ? AND node = ?", (subject, node)).fetchone()
    return int(row[0] or 0)


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


def local(db: Database, key: str) -> bytes | None:
    """A value of this machine's own."""
    row = db.conn.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def set_local(db: Database, key: str, value: bytes) -> None:
    """Keep a value of this machine's own."""
    db.table("local").upsert({"key": key, "value": value}, pk="key")


def drop_local(db: Database, key: str) -> None:
    """Forget a value of this machine's own."""
    db.conn.execute("DELETE FROM local WHERE key = ?", (key,))


def drop_locals(db: Database, start: str) -> None:
    """Forget the values of this machine's own whose names begin so."""
    db.conn.execute("DELETE FROM local WHERE substr(key, 1, ?) = ?", (len(start), start))


def put_projection(db: Database, table: str, key: str, row: Row, keys: str) -> None:
    """Insert or update the row of `table` whose column `key` matches, with its search keys."""
    columns = list(row)
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    db.conn.execute(
        f"INSERT INTO {table}_row ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {sets}",
        tuple(row.values()),
    )
    (number,) = db.conn.execute(f"SELECT number FROM {table}_row WHERE {key} = ?", (row[key],)).fetchone()
    put_keys(db, table, number, keys)


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
    for table in _PROJECTED:
        db.conn.execute(f"DELETE FROM {table}")


def projections(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """The rebuildable tables, row by row, for comparing."""
    return {table: db.conn.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall() for table in _PROJECTED}


def put_record(db: Database, row: Row) -> None:
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
    return [bytes(row["body"]) for row in rows(db, f"{sql} ORDER BY day DESC, number DESC LIMIT ?", values)]


def record(db: Database, record_id: str) -> bytes | None:
    """The body of one record."""
    row = db.conn.execute("SELECT body FROM record_row WHERE id = ?", (record_id,)).fetchone()
    return None if row is None else bytes(row[0])


def put_file(db: Database, row: Row) -> None:
    """Keep a picture; the same bytes again change nothing."""
    db.table("file").insert(dict(row), pk="sha256", ignore=True)


def file(db: Database, sha256: str) -> dict[str, Any] | None:
    """A kept picture."""
    return next(iter(rows(db, "SELECT * FROM file WHERE sha256 = ?", [sha256])), None)


def add_due(db: Database, found: Iterable[Row]) -> None:
    """Note pictures that the log names; those that are known stay as they are."""
    db.table("file_due").insert_all(map(dict, found), pk="sha256", ignore=True)


def due_files(db: Database) -> list[dict[str, Any]]:
    """Pictures that are here and not yet at the centre, small ones first."""
    sql = "SELECT file_due.* FROM file_due JOIN file USING (sha256) WHERE at_centre = '' ORDER BY file_due.size, sha256"
    return rows(db, sql, [])


def files_there(db: Database, hashes: Sequence[str]) -> dict[str, str]:
    """Of those of these pictures that this desk sends: since when the centre has them, "" while they wait."""
    sql = f"SELECT sha256, at_centre FROM file_due WHERE sha256 IN ({', '.join('?' * len(hashes))})"
    return dict(db.conn.execute(sql, list(hashes)).fetchall())


def all_due_again(db: Database) -> None:
    """The centre may have lost pictures: ask about each of them once more."""
    db.conn.execute("UPDATE file_due SET at_centre = ''")


def set_at_centre(db: Database, sha256: str, time: str) -> None:
    """The centre said that it has this picture whole."""
    db.conn.execute("UPDATE file_due SET at_centre = ? WHERE sha256 = ?", (time, sha256))


def rows(db: Database, sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of a SELECT as dictionaries."""
    return list(db.query(sql, list(values)))


def put_paper(db: Database, row: Row) -> None:
    """Keep a document's bytes; the same bytes again change nothing."""
    db.table("paper").insert(dict(row), pk="sha256", ignore=True)


def put_draft(db: Database, row: Row) -> None:
    """Keep a draft in place of its older self."""
    db.table("draft").upsert(dict(row), pk="id")


def drop_draft(db: Database, draft_id: str) -> None:
    """Forget a draft."""
    db.conn.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def last_intake_no(db: Database, start: str) -> str:
    """The highest intake number that begins with `start`; "" when there is none."""
    (number,) = db.conn.execute(
        "SELECT max(intake_no) FROM case_row WHERE intake_no >= ? AND intake_no < ?", (start, start + ":")
    ).fetchone()
    return number or ""


def person(db: Database, person_id: str) -> dict[str, Any] | None:
    """A person's row by id."""
    return next(iter(rows(db, "SELECT * FROM person_row WHERE id = ?", [person_id])), None)


def person_with_number(db: Database, id_type: str, id_number: str) -> dict[str, Any] | None:
    """The person who holds this identity number."""
    sql = "SELECT * FROM person_row WHERE id_number = ? AND id_type = ? ORDER BY merged_into <> '', number LIMIT 1"
    return next(iter(rows(db, sql, [id_number, id_type])), None)


def merged(db: Database, person_id: str) -> list[dict[str, Any]]:
    """The records that were merged into this person's."""
    return rows(db, "SELECT * FROM person_row WHERE merged_into = ? ORDER BY number", [person_id])
