"""Whether a database says what was written to it: every entry follows from its hash, every picture and paper from its
own; and how much it holds, to compare it with others.

Pages that are zeroed pass SQLCipher's own check, and so does their content: only the hashes tell.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from db import backup, contents
from db.errors import DamagedError
from desk.errors import UNREADABLE
from desk.log import chain
from desk.store.identity import Identity

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as cipher

PASSING = "second-backup"  # a note of the machine's own that is no content


class Holding(msgspec.Struct, frozen=True):
    """What a database holds: whose it is, how many entries, and of each log the last one as `seq.hash`."""

    identity: Identity
    entries: int
    heads: dict[str, str]


def look_through(db: cipher.Connection) -> Holding:
    """Read all of it: pages, references, hashes, the own log without a gap. Raises DamagedError."""
    backup.pages_hold(db)
    identity = _identity(db)
    count, heads = _chains(db, identity.node)
    for digest, data in contents.blobs(db):
        if hashlib.sha256(data).hexdigest() != digest:
            raise DamagedError("picture or paper")
    return Holding(identity, count, heads)


def holding(db: cipher.Connection) -> Holding:
    """As `look_through`, believing what is read. Raises DamagedError, and what SQLite raises."""
    return Holding(_identity(db), contents.count(db), contents.heads(db))


def _identity(db: cipher.Connection) -> Identity:
    try:
        return msgspec.json.decode(contents.local(db, "identity") or b"", type=Identity)
    except UNREADABLE as error:
        raise DamagedError("identity") from error


def _chains(db: cipher.Connection, own: str) -> tuple[int, dict[str, str]]:
    """How many entries there are, and the last of each log. Of others' logs a desk may have parts."""
    count, heads, last = 0, dict[str, str](), ("", 0, b"")
    for node, seq, digest, encoded in contents.log(db):
        before = last if node == last[0] else (node, 0, chain.GENESIS)
        if not follows(encoded, digest) or (node == own and seq != before[1] + 1):
            raise DamagedError(f"entry {seq}")
        if seq == before[1] + 1 and prev_of(encoded) != before[2]:
            raise DamagedError(f"entry {seq}")
        count, last = count + 1, (node, seq, digest)
        heads[node] = f"{seq}.{digest.hex()}"
    return count, heads


def prev_of(encoded: bytes) -> bytes:
    """The hash before that an entry names. Raises ValueError, and the UNREADABLE ones."""
    return bytes.fromhex(chain.decoded(encoded).prev)


def follows(encoded: bytes, digest: bytes) -> bool:
    """Whether the bytes of an entry are those that were hashed."""
    try:
        return chain.chain_hash(prev_of(encoded), encoded) == digest
    except (*UNREADABLE, ValueError):
        return False


def covers(db: cipher.Connection, heads: Mapping[str, str]) -> bool:
    """Whether all logs that ended so are in this database, entry for entry."""
    for node, head in heads.items():
        seq, _, digest = head.partition(".")
        if (contents.hash_of(db, node, int(seq)) or b"").hex() != digest:
            return False
    return True


def mark(db: cipher.Connection, vault: bytes) -> str:
    """The same for databases that say the same: log, drafts, pictures, papers, settings, who may open it."""
    said = hashlib.sha256(vault)
    for words in contents.words(db, PASSING):
        said.update(words)
    return said.hexdigest()
