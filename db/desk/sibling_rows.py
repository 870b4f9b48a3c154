"""What other desks of the same point wrote, as it came: their signed batches, to be given back where a centre lost
them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database


def keep_batch(db: Database, node: str, first: int, last: int, data: bytes) -> None:
    """Keep a sibling's batch with its signature."""
    db.conn.execute(
        "INSERT INTO sibling_batch (node, first, last, bytes) VALUES (?, ?, ?, ?)", (node, first, last, data)
    )


def batches_beyond(db: Database, node: str, seq: int) -> list[bytes]:
    """The batches of a sibling that reach beyond `seq`, in the order in which they came."""
    asked = "SELECT bytes FROM sibling_batch WHERE node = ? AND last > ? ORDER BY number"
    return [bytes(row[0]) for row in db.conn.execute(asked, (node, seq))]


def batches_in_order(db: Database, node: str, seq: int) -> Iterator[bytes]:
    """As `batches_beyond`, one by one."""
    asked = "SELECT bytes FROM sibling_batch WHERE node = ? AND last > ? ORDER BY number"
    for row in db.conn.execute(asked, (node, seq)):
        yield bytes(row[0])


def drop_batches(db: Database, node: str, seq: int) -> None:
    """Forget the batches of a sibling that reach beyond `seq`: another log stands for them."""
    db.conn.execute("DELETE FROM sibling_batch WHERE node = ? AND last > ?", (node, seq))


def aside_since(db: Database, node: str, time: str) -> list[bytes]:
    """Entries of a node that were set aside at `time` or later, in order."""
    asked = "SELECT encoded FROM entry_aside WHERE node = ? AND aside_at >= ? ORDER BY number"
    return [bytes(row[0]) for row in db.conn.execute(asked, (node, time))]
