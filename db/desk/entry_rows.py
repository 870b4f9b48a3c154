"""The log of a desk: what it holds, how far, and what was set aside from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from db import migrations

_ENTRY = "node, seq, hash, kind, subject, rank, time, encoded"


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


def hash_of(db: Database, node: str, seq: int) -> bytes | None:
    """The chain hash of entry `seq` of `node`, None when it is not here."""
    row = db.conn.execute("SELECT hash FROM entry WHERE node = ? AND seq = ?", (node, seq)).fetchone()
    return None if row is None else bytes(row[0])


def hashes_of(db: Database, node: str, first: int, last: int) -> dict[int, bytes]:
    """The chain hashes of those entries of `node` from `first` to `last` that are here, by seq."""
    asked = "SELECT seq, hash FROM entry WHERE node = ? AND seq BETWEEN ? AND ?"
    return {seq: bytes(digest) for seq, digest in db.conn.execute(asked, (node, first, last))}


def encoded(db: Database, node: str, seq: int) -> bytes | None:
    """Entry `seq` of `node` as it is encoded, None when it is not here."""
    row = db.conn.execute("SELECT encoded FROM entry WHERE node = ? AND seq = ?", (node, seq)).fetchone()
    return None if row is None else bytes(row[0])


def entries_about(db: Database, subject: str) -> list[bytes]:
    """The encoded entries about `subject`, in no order that means anything."""
    return [bytes(row[0]) for row in db.conn.execute("SELECT encoded FROM entry WHERE subject = ?", (subject,))]


def entries_about_all(db: Database, subjects: Sequence[str]) -> dict[str, list[bytes]]:
    """As `entries_about`, of many at once: by subject, [] where there is nothing about one."""
    found: dict[str, list[bytes]] = {subject: [] for subject in subjects}
    sql = f"SELECT subject, encoded FROM entry WHERE subject IN ({', '.join('?' * len(subjects))})"
    for subject, encoded in db.conn.execute(sql, list(subjects)):
        found[subject].append(bytes(encoded))
    return found


def known_subjects(db: Database, subjects: Sequence[str]) -> set[str]:
    """Those of `subjects` that the log has entries about."""
    marks = ", ".join("?" * len(subjects))
    asked = f"SELECT DISTINCT subject FROM entry WHERE subject IN ({marks})"
    return {row[0] for row in db.conn.execute(asked, list(subjects))}


def subjects_of(db: Database, kinds: Sequence[str]) -> list[str]:
    """What entries of these kinds are about, in the order in which they first came: the whole log is read."""
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT subject FROM entry WHERE kind IN ({marks}) GROUP BY subject ORDER BY min(arrival)"
    return [row[0] for row in db.conn.execute(sql, list(kinds))]


def lately_corrected(db: Database, node_end: str, within: int) -> list[str]:
    """The cases that nodes corrected whose names end so, by entries among the last `within` that came here; the latest
    first."""
    sql = (
        "SELECT subject FROM entry INDEXED BY entry_corrected WHERE kind = 'case.corrected' "
        "AND arrival > (SELECT max(arrival) FROM entry) - ? AND substr(node, -length(?)) = ? "
        "GROUP BY subject ORDER BY max(arrival) DESC"
    )
    return [row[0] for row in db.conn.execute(sql, (within, node_end, node_end))]


def top_rank(db: Database, subject: str) -> int:
    """The highest rank known of `subject`, 0 when nothing is."""
    (rank,) = db.conn.execute("SELECT max(rank) FROM entry WHERE subject = ?", (subject,)).fetchone()
    return int(rank or 0)


def last_own(db: Database, node: str, subject: str) -> int:
    """The seq of the last entry of `node` about `subject`; 0 when there is none."""
    row = db.conn.execute("SELECT max(seq) FROM entry WHERE subject = ? AND node = ?", (subject, node)).fetchone()
    return int(row[0] or 0)


def entries_after(db: Database, node: str, seq: int, limit: int) -> list[bytes]:
    """Up to `limit` encoded entries of `node` after `seq`, in order."""
    rows = db.conn.execute(
        "SELECT encoded FROM entry WHERE node = ? AND seq > ? ORDER BY seq LIMIT ?", (node, seq, limit)
    )
    return [bytes(row[0]) for row in rows]


def waiting(db: Database, node: str, acked: int) -> tuple[int, str]:
    """How many entries of `node` come after `acked`, and the time of the oldest ("" when none)."""
    last = head(db, node)
    if last is None or last[0] <= acked:
        return 0, ""
    (oldest,) = db.conn.execute("SELECT time FROM entry WHERE node = ? AND seq = ?", (node, acked + 1)).fetchone()
    return last[0] - acked, oldest


def waiting_entries(db: Database, node: str, acked: int) -> list[dict[str, Any]]:
    """Each entry of `node` after `acked`, the oldest first: time, kind, and of the case that it is about number,
    applicant and item ("" where it is about something else)."""
    sql = (
        "SELECT entry.time AS time, entry.kind AS kind, coalesce(intake_no, '') AS intake_no, "
        "coalesce(applicant_name, '') AS applicant_name, coalesce(item_name, '') AS item_name "
        "FROM entry LEFT JOIN case_row ON intake_no = entry.subject WHERE entry.node = ? AND entry.seq > ? "
        "ORDER BY entry.seq"
    )
    return list(db.query(sql, [node, acked]))


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
    taken = entries_after(db, node, after, 1 << 31)
    db.conn.execute(
        "INSERT INTO entry_aside (node, seq, hash, encoded, aside_at) "
        "SELECT node, seq, hash, encoded, ? FROM entry WHERE node = ? AND seq > ? ORDER BY seq",
        (time, node, after),
    )
    db.conn.execute("DROP TRIGGER entry_never_goes")
    db.conn.execute("DELETE FROM entry WHERE node = ? AND seq > ?", (node, after))
    db.conn.execute(migrations.GUARD)
    return taken
