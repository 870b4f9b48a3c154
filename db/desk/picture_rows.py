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


def files_here(db: Database, hashes: Sequence[str]) -> set[str]:
    """Those of these pictures whose bytes are here."""
    sql = f"SELECT sha256 FROM file WHERE sha256 IN ({', '.join('?' * len(hashes))})"
    return {one for (one,) in db.conn.execute(sql, list(hashes))}


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


def any_due(db: Database) -> bool:
    """Whether there is any of these."""
    sql = "SELECT 1 FROM file_due JOIN file USING (sha256) WHERE at_centre = '' LIMIT 1"
    return db.conn.execute(sql).fetchone() is not None


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


# -- what other desks of the point named ------------------------------------------------------------------------------


def add_near(db: Database, found: Iterable[tuple[str, str, int, bytes]]) -> None:
    """Note what siblings' entries name: hash, what it is (`file`, `paper`, `draft` of a picture that a draft names),
    its size (0 where none is told), what else is kept of it. What is known stays as it is; what lies here already is
    here."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO near_file (sha256, what, size, body, here) VALUES (?1, ?2, ?3, ?4, "
        "EXISTS (SELECT 1 FROM file WHERE sha256 = ?1) OR EXISTS (SELECT 1 FROM paper WHERE sha256 = ?1))",
        found,
    )


def near(db: Database, sha256: str) -> dict[str, Any] | None:
    """What is noted of one."""
    return next(db.query("SELECT * FROM near_file WHERE sha256 = ?", [sha256]), None)


def near_lacking(db: Database, small: int, but: Iterable[str], limit: int) -> list[dict[str, Any]]:
    """Those that are not here and are to come: what somebody asked for, then all that are no larger than `small`, small
    ones first; none of `but`."""
    out = list(but)
    sql = (
        "SELECT * FROM near_file WHERE here = 0 AND (asked > 0 OR size <= ?) "
        f"AND sha256 NOT IN ({', '.join('?' * len(out))}) ORDER BY asked DESC, size, sha256 LIMIT ?"
    )
    return list(db.query(sql, [small, *out, limit]))


def near_asked(db: Database) -> int:
    """How many of those that are not here somebody asked for."""
    (count,) = db.conn.execute("SELECT count(*) FROM near_file WHERE here = 0 AND asked > 0").fetchone()
    return int(count)


def ask_near(db: Database, sha256: str) -> None:
    """Somebody wants to see it."""
    db.conn.execute("UPDATE near_file SET asked = 1 WHERE sha256 = ?", (sha256,))


def near_is_large(db: Database, sha256: str, size: int) -> None:
    """It is as large as that."""
    db.conn.execute("UPDATE near_file SET size = ? WHERE sha256 = ?", (size, sha256))


def near_is_here(db: Database, sha256: str) -> None:
    """Its bytes are kept now."""
    db.conn.execute("UPDATE near_file SET here = 1 WHERE sha256 = ?", (sha256,))


def may_be_given(db: Database, sha256: str) -> bytes | None:
    """The bytes of a paper or a picture that an entry of the point names, or a draft that was passed on; None where
    they are not here, or where none of these names them."""
    sql = (
        "SELECT bytes FROM paper WHERE sha256 = ?1 UNION ALL SELECT bytes FROM file WHERE sha256 = ?1 AND "
        "(EXISTS (SELECT 1 FROM file_due WHERE sha256 = ?1) OR EXISTS (SELECT 1 FROM near_file WHERE sha256 = ?1))"
    )
    row = db.conn.execute(sql, (sha256,)).fetchone()
    return None if row is None else bytes(row[0])
