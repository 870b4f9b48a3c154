"""Documents as they were made, by hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database


def put_paper(db: Database, row: Mapping[str, Any]) -> None:
    """Keep a document's bytes; the same bytes again change nothing."""
    db.table("paper").insert(dict(row), pk="sha256", ignore=True)


def rename_papers(db: Database, was: str, now: str) -> None:
    """Kept documents of a subject that has another number now."""
    db.conn.execute("UPDATE paper SET subject = ? WHERE subject = ?", (now, was))


def papers_about(db: Database, subject: str) -> list[dict[str, Any]]:
    """The documents of `subject`, oldest first."""
    return list(db.query("SELECT * FROM paper WHERE subject = ? ORDER BY made_at", [subject]))


def paper_made(db: Database, subject: str, paper: str) -> dict[str, Any] | None:
    """The document of kind `paper` that was made about `subject`."""
    return next(db.query("SELECT * FROM paper WHERE subject = ? AND paper = ?", [subject, paper]), None)


def paper(db: Database, sha256: str) -> dict[str, Any] | None:
    """The document with this hash."""
    return next(db.query("SELECT * FROM paper WHERE sha256 = ?", [sha256]), None)


def paper_subject(db: Database, sha256: str) -> str:
    """What the kept document with this hash is about. LookupError when no such bytes are kept."""
    row = db.conn.execute("SELECT subject FROM paper WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise LookupError(sha256)
    return str(row[0])
