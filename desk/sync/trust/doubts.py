"""What contradicts what is held here: a log that somebody tells otherwise than it was signed. Both stay: ours in the
log, theirs here with its signature, so that people can look into it. This machine's own notes."""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import local_rows

_DOUBTS, _EVIDENCE = "doubts", "doubt:"
_MOST = 50  # that are kept; whoever makes up more gains nothing
UNCHECKED = "heads:unchecked"  # signed heads that wait for the key of their signer


class Doubt(msgspec.Struct, frozen=True):
    """`of` whose log, `at` the entry as `seq.hash` that was told, `words` for a person, `time` when it was seen.
    `settled`: when somebody looked into it, "" for nobody yet; `why` what was found out, which stands in the log."""

    of: str
    at: str
    words: str
    time: str
    settled: str = ""
    why: str = ""


def all_of(db: Database) -> tuple[Doubt, ...]:
    """Every contradiction that was seen, the first one first."""
    kept = local_rows.local(db, _DOUBTS)
    return msgspec.json.decode(kept, type=tuple[Doubt, ...]) if kept else ()


def note(db: Database, doubt: Doubt, evidence: bytes = b"") -> bool:
    """Keep a contradiction once, with the signed bytes that tell it; whether it is new."""
    before = all_of(db)
    if any((one.of, one.at) == (doubt.of, doubt.at) for one in before):
        return False
    if len(before) >= _MOST:
        done = next((one for one in before if one.settled), None)
        if done is None:
            return False
        before = tuple(one for one in before if one is not done)  # the log keeps what was found out of it
        local_rows.drop_local(db, f"{_EVIDENCE}{done.of}:{done.at}")
    local_rows.set_local(db, _DOUBTS, msgspec.json.encode((*before, doubt)))
    if evidence:
        local_rows.set_local(db, f"{_EVIDENCE}{doubt.of}:{doubt.at}", evidence)
    return True


def settle(db: Database, of: str, at: str, now: str, why: str) -> Doubt | None:
    """Somebody looked into it; as it was until now. None where there is none of that kind, or it was settled."""
    before = all_of(db)
    found = next((one for one in before if (one.of, one.at) == (of, at) and not one.settled), None)
    if found is not None:
        done = msgspec.structs.replace(found, settled=now, why=why)
        local_rows.set_local(db, _DOUBTS, msgspec.json.encode([done if one is found else one for one in before]))
    return found


def evidence(db: Database, doubt: Doubt) -> bytes:
    """The signed bytes that were kept with it; b"" for none."""
    return local_rows.local(db, f"{_EVIDENCE}{doubt.of}:{doubt.at}") or b""


def count_unchecked(db: Database) -> int:
    """How many signed heads wait for the key of whoever signed them."""
    found = local_rows.local(db, UNCHECKED)
    return len(msgspec.json.decode(found)) if found else 0
