"""Heads of logs that nodes signed, as the centre keeps them: by log and signer the last one; a contradiction stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from db.centre.line.one_trip import Question, ask, one_of
from db.centre.schema import entry, witness
from db.centre.tables import own_values
from db.centre.tables.putting import insert

Row = dict[str, Any]


def head(db: sa.Connection, of: str, by: str) -> Row | None:
    """The head of the log `of` that `by` signed; None for none."""
    asked = sa.select(witness).where(witness.c.of == of, witness.c.by == by)
    found = db.execute(asked).mappings().first()
    return dict(found) if found else None


def heads_asked(db: sa.Connection, by: Collection[str], of: Collection[str]) -> Question[dict[tuple[str, str], Row]]:
    """The heads of these logs that these signed, by log and signer; with `stands`, the chain hash of the entry that
    each speaks of, None where that is not here."""
    told = {"by": sorted(by), "of": sorted(of)}
    return Question(_BY[db.dialect.name], told, lambda found: {(row.of, row.by): row._asdict() for row in found})


def _first(asked: sa.Select[Any]) -> sa.Select[Any]:
    """What contradicts and is open first, then the latest; the `most` that are wanted."""
    is_open = sa.and_(witness.c.here != "", witness.c.settled_at == "")
    order = (sa.not_(is_open), witness.c.here == "", witness.c.time.desc(), witness.c.of, witness.c.by)
    return asked.order_by(*order).limit(sa.bindparam("most"))


_BEYOND = 1 << 63  # what a database counts to, and no log
# What every batch says is put into words once.
_OF, _SIGNER = one_of(witness.c.of, "of"), one_of(witness.c.by, "by")
_OF_BY = {dialect: sa.and_(_OF[dialect], _SIGNER[dialect]) for dialect in _OF}
_ITS_ENTRY = sa.and_(entry.c.node == witness.c.of, entry.c.seq == witness.c.seq)
_STAND_BY = sa.select(witness, entry.c.hash.label("stands")).outerjoin(entry, _ITS_ENTRY)
_BY = {dialect: _STAND_BY.where(which) for dialect, which in _OF_BY.items()}
_ABOUT = {dialect: _first(sa.select(witness).where(which)) for dialect, which in _OF_BY.items()}
_STANDS = sa.select(entry.c.node, entry.c.seq, entry.c.hash)
# By way of the index: SQLite would go through the whole log for pairs that are among others.
_EACH = sa.func.json_each(sa.bindparam("at")).table_valued("value", name="asked")
_PAIR = [sa.func.json_extract(_EACH.c.value, place) for place in ("$[0]", "$[1]")]
_AT = _STANDS.join_from(_EACH, entry, sa.and_(entry.c.node == _PAIR[0], entry.c.seq == _PAIR[1]))
_ASKED = (
    sa.func.unnest(
        sa.bindparam("nodes", type_=postgresql.ARRAY(sa.Text)),
        sa.bindparam("numbers", type_=postgresql.ARRAY(sa.BigInteger)),
    )
    .table_valued("node", "seq")
    .render_derived("asked")
)
# The same statement however many there are: PostgreSQL reads it once.
_AT_ONCE = _STANDS.join_from(_ASKED, entry, sa.and_(entry.c.node == _ASKED.c.node, entry.c.seq == _ASKED.c.seq))


def keep(db: sa.Connection, row: Row) -> None:
    """Keep a head in the place of the one before by the same signer."""
    keep_all(db, [row])


def keep_all(db: sa.Connection, rows: Sequence[Row]) -> None:
    """Keep heads, each in the place of the one before by the same signer; what was found out of that is over."""
    insert(db, witness, [{"settled_at": "", "settled_by": "", **row} for row in rows], key=("of", "by"))


def hashes(db: sa.Connection, at: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The chain hashes, hexadecimal, of those entries, told by log and seq, that stand here."""
    return ask(db, hashes_asked(db, at))


def hashes_asked(db: sa.Connection, at: Collection[tuple[str, int]]) -> Question[dict[tuple[str, int], str]]:
    """As `hashes`."""
    wanted = sorted(one for one in set(at) if one[1] < _BEYOND)

    def read(found: Iterable[Any]) -> dict[tuple[str, int], str]:
        return {(row.node, row.seq): bytes(row.hash).hex() for row in found}

    if db.dialect.name != "postgresql":
        return Question(_AT, {"at": msgspec.json.encode(wanted).decode()}, read)
    return Question(_AT_ONCE, {"nodes": [node for node, _ in wanted], "numbers": [seq for _, seq in wanted]}, read)


def here(db: sa.Connection) -> dict[str, str]:
    """Of our own: `seq` and `head` of the log's end, and the `epoch`, as far as there are any."""
    return {key: told for key, told in own_values.ask(db, "seq", "head", "epoch").items() if told}


def settle(db: sa.Connection, of: str, by: str, digest: str, said: Mapping[str, str]) -> bool:
    """Note what somebody found out of a head that contradicts, `said`: settled_at, settled_by. False where
    it is another head by now, contradicts nothing, or was settled."""
    this = sa.and_(witness.c.of == of, witness.c.by == by, witness.c.hash == digest, witness.c.here != "")
    return db.execute(sa.update(witness).where(this, witness.c.settled_at == "").values(**said)).rowcount == 1


def mark(db: sa.Connection, of: str, by: str, here: str) -> None:
    """Note that another hash stands here."""
    db.execute(sa.update(witness).where(witness.c.of == of, witness.c.by == by).values(here=here))


def about(db: sa.Connection, of: Collection[str], by: Collection[str], limit: int) -> list[Row]:
    """Heads of these logs by these signers: what contradicts first, then the latest."""
    return _rows(db, _ABOUT[db.dialect.name], {"of": list(of), "by": list(by), "most": limit})


def published(db: sa.Connection, own: str, limit: int) -> list[Row]:
    """What everybody may see: heads of our own log by whomever, and of every log by its writer; what contradicts
    first."""
    asked = sa.select(witness).where(sa.or_(witness.c.of == own, witness.c.of == witness.c.by, witness.c.here != ""))
    return _rows(db, _first(asked), {"most": limit})


def _rows(db: sa.Connection, asked: sa.Select[Any], told: Mapping[str, Any]) -> list[Row]:
    return [dict(row) for row in db.execute(asked, told).mappings()]
