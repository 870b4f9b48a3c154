"""What is this machine's own and no part of the log: values by name, and drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlcipher3 import dbapi2 as cipher
from sqlite_utils import Database

_SET = "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def local(db: Database, key: str) -> bytes | None:
    """A value of this machine's own."""
    row = db.conn.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def set_local(db: Database, key: str, value: bytes) -> None:
    """Keep a value of this machine's own."""
    db.conn.execute(_SET, (key, value))


def drop_local(db: Database, key: str) -> None:
    """Forget a value of this machine's own."""
    db.conn.execute("DELETE FROM local WHERE key = ?", (key,))


def drop_in_copy(copy: cipher.Connection, key: str) -> None:
    """As `drop_local`, of a file that nobody works with."""
    copy.execute("DELETE FROM local WHERE key = ?", (key,))
    copy.commit()


def drop_locals(db: Database, start: str) -> None:
    """Forget the values of this machine's own whose names begin so."""
    db.conn.execute("DELETE FROM local WHERE substr(key, 1, ?) = ?", (len(start), start))


def put_draft(db: Database, row: Mapping[str, Any]) -> None:
    """Keep a draft in place of its older self."""
    db.table("draft").upsert(dict(row), pk="id")


def drop_draft(db: Database, draft_id: str) -> None:
    """Forget a draft."""
    db.conn.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def end_draft(db: Database, draft_id: str, intake_no: str) -> None:
    """The draft became the case `intake_no`: forget it, and never take or keep it again."""
    drop_draft(db, draft_id)
    db.conn.execute("INSERT INTO draft_case (draft_id, intake_no) VALUES (?, ?)", (draft_id, intake_no))


def case_of_draft(db: Database, draft_id: str) -> str:
    """The intake number of the case that the draft became; "" when it became none."""
    row = db.conn.execute("SELECT intake_no FROM draft_case WHERE draft_id = ?", (draft_id,)).fetchone()
    return str(row[0]) if row else ""


def drafts(db: Database) -> list[dict[str, Any]]:
    """Every draft, the one kept last first."""
    return list(db.query("SELECT * FROM draft ORDER BY saved DESC"))
