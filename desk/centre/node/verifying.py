"""Every chain that a centre holds, looked through from its first entry to its last."""

from __future__ import annotations

from db.centre import rows
from db.centre.database import Database
from desk.log import chain

_RUN = 1000  # entries that are read together


def verify(database: Database, own: str) -> dict[str, int]:
    """Check every chain; entries that hold, by node, the centre's `own` first. Raises BrokenLogError at the first that
    does not."""
    with database.read() as db:
        names = [own, *(row["name"] for row in rows.nodes(db))]
    return {name: _verified(database, name) for name in names}


def _verified(database: Database, name: str) -> int:
    seq, prev = 0, chain.GENESIS
    while True:
        with database.read() as db:
            encoded = rows.encoded_after(db, name, seq, _RUN)
            hashes = rows.hashes(db, name, seq + 1, seq + len(encoded))
        if not encoded:
            return seq
        kept = chain.read_run(encoded, name, seq + 1, prev)
        if [one.hash for one in kept] != hashes:
            raise chain.BrokenLogError(f"{name} 第 {seq + 1} 条之后的记录与保存的校验值不符。")
        seq, prev = kept[-1].entry.seq, kept[-1].hash
