"""Pictures by hash, and which of them the centre has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database


def put_file(db: Database, row: Mapping[str, Any]) -> None:
    """Keep a picture; the same bytes again change nothing."""
    db.table("file").insert(dict(row), pk="sha256", ignore=True)


def file(db: Database, sha256: str) -> dict[str, Any] | None:
    """A kept picture."""
    return next(db.query("SELECT * FROM file WHERE sha256 = ?", [sha256]), None)


def put_made(db: Database, sha256: str, body: bytes) -> None:
    """Of what a picture was made, in place of what was said before."""
    db.conn.execute("INSERT OR REPLACE INTO picture_made (sha256, body) VALUES (?, ?)", (sha256, body))


def made(db: Database, sha256: str) -> bytes | None:
    """Of what a picture was made, None when nobody wrote it down."""
    row = db.conn.execute("SELECT body FROM picture_made WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else bytes(row[0])


def add_due(db: Database, found: Iterable[Mapping[str, Any]]) -> None:
    """Note pictures that the log names; those that are known stay as they are."""
    db.table("file_due").insert_all(map(dict, found), pk="sha256", ignore=True)


def due_files(db: Database) -> list[dict[str, Any]]:
    """Pictures that are here and not yet at the centre, small ones first."""
    sql = "SELECT file_due.* FROM file_due JOIN file USING (sha256) WHERE at_centre = '' ORDER BY file_due.size, sha256"
    return list(db.query(sql))


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
