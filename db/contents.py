"""What a database file of a desk holds, read over a plain connection: of copies, and of files that nobody has open."""

from __future__ import annotations

from collections.abc import Iterator

from sqlcipher3 import dbapi2 as cipher

_BLOBS = ("file", "paper")


def local(db: cipher.Connection, key: str) -> bytes | None:
    """A value of the machine's own."""
    row = db.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def log(db: cipher.Connection) -> Iterator[tuple[str, int, bytes, bytes]]:
    """Each entry: node, seq, hash, bytes; log by log, in order."""
    for node, seq, digest, encoded in db.execute("SELECT node, seq, hash, encoded FROM entry ORDER BY node, seq"):
        yield node, seq, bytes(digest), bytes(encoded)


def heads(db: cipher.Connection) -> dict[str, str]:
    """Of each log the last entry, as `seq.hash`."""
    found = db.execute("SELECT node, max(seq), hash FROM entry GROUP BY node")
    return {node: f"{seq}.{bytes(digest).hex()}" for node, seq, digest in found}


def count(db: cipher.Connection) -> int:
    """How many entries there are."""
    (found,) = db.execute("SELECT count(*) FROM entry").fetchone()
    return int(found)


def hash_of(db: cipher.Connection, node: str, seq: int) -> bytes | None:
    """The hash of an entry, None where it is not here."""
    row = db.execute("SELECT hash FROM entry WHERE node = ? AND seq = ?", (node, seq)).fetchone()
    return None if row is None else bytes(row[0])


def blobs(db: cipher.Connection) -> Iterator[tuple[str, bytes]]:
    """Pictures and papers: the SHA-256 that each is kept by, and its bytes."""
    for table in _blob_tables(db):
        for digest, data in db.execute(f"SELECT sha256, bytes FROM {table}"):
            yield digest, bytes(data)


def words(db: cipher.Connection, passing: str) -> Iterator[bytes]:
    """The same for databases that say the same; `passing` is a value of the machine's own that is no content."""
    for sql, given in (
        ("SELECT node, max(seq), hash FROM entry GROUP BY node ORDER BY node", ()),
        ("SELECT key, value FROM local WHERE key <> ? ORDER BY key", (passing,)),
        ("SELECT id, saved FROM draft ORDER BY id", ()),
        *((f"SELECT sha256 FROM {table} ORDER BY sha256", ()) for table in _blob_tables(db)),
    ):
        for row in db.execute(sql, given):
            yield repr(row).encode()


def _blob_tables(db: cipher.Connection) -> list[str]:
    """Those that there are: a database of the first versions has not all."""
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [one for one in _BLOBS if one in there]
