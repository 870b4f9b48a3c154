"""Lines of ledgers of former years. Those whose import was undone keep their place and say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database


def past_of(db: Database, id_numbers: Sequence[str]) -> list[bytes]:
    """What the ledgers say of the holders of these numbers, latest first."""
    marks = ", ".join("?" * len(id_numbers))
    sql = f"SELECT body FROM past_row WHERE id_number IN ({marks}) AND id_number <> '' ORDER BY day DESC, number"
    return [bytes(row["body"]) for row in db.query(sql, list(id_numbers))]


def past_found(db: Database, keys: str, limit: int) -> list[bytes]:
    """Lines found by `keys`, a question to the trigram index, latest first."""
    sql = (
        "SELECT body FROM past_search JOIN past_row ON number = past_search.rowid WHERE keys MATCH ? "
        "ORDER BY day DESC, number LIMIT ?"
    )
    return [bytes(row["body"]) for row in db.query(sql, [keys, limit])]
