"""Rows that the hosts of one centre share: codes that let one in, who there is, what one of them does at a time, and
who knocked how often."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from db.centre.tables.host_tables import host, host_pass, knock, lease
from db.centre.tables.upserts import upsert


def add_pass(db: sa.Connection, digest: str, until: str) -> None:
    """A code lets one host in until then."""
    db.execute(sa.insert(host_pass), [{"hash": digest, "until": until, "used_at": "", "used_by": ""}])


def use_pass(db: sa.Connection, digest: str, now: str, name: str) -> bool:
    """Use a code up; False where it is none, was used, or its time is over."""
    good = sa.and_(host_pass.c.hash == digest, host_pass.c.used_at == "", host_pass.c.until > now)
    return db.execute(sa.update(host_pass).where(good).values(used_at=now, used_by=name)).rowcount == 1


def see(db: sa.Connection, name: str, now: str) -> None:
    """This host wrote something just now."""
    put = upsert(db, host).values(name=name, seen=now)
    db.execute(put.on_conflict_do_update(index_elements=["name"], set_={"seen": now}))


def hosts(db: sa.Connection) -> list[tuple[str, str]]:
    """Every host by name, and when it was seen last."""
    return [(row.name, row.seen) for row in db.execute(sa.select(host).order_by(host.c.name))]


def _now(db: sa.Connection) -> Any:
    """The database's own clock in milliseconds: those of hosts go apart."""
    if db.dialect.name == "sqlite":
        return sa.cast(sa.func.julianday("now") * 86_400_000, sa.BigInteger)
    return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()) * 1000, sa.BigInteger)


def take_lease(db: sa.Connection, work: str, holder: str, seconds: float) -> bool:
    """Take a work on, or go on with it, for so many seconds; False while another has it."""
    until = _now(db) + int(seconds * 1000)
    put = upsert(db, lease).values(work=work, holder=holder, until=until)
    is_free = sa.or_(lease.c.holder == holder, lease.c.until < _now(db))
    put = put.on_conflict_do_update(index_elements=["work"], set_={"holder": holder, "until": until}, where=is_free)
    return db.execute(put.returning(lease.c.work)).first() is not None


def give_back(db: sa.Connection, work: str, holder: str) -> None:
    """Whoever had the work on is done with it."""
    db.execute(sa.delete(lease).where(lease.c.work == work, lease.c.holder == holder))


def take_knock(db: sa.Connection, door: str, who: str, count: int, seconds: float) -> int:
    """Count one more knock of `who`, of whom `count` are let in at once and as many again in `seconds`: 0 where it is
    let in, else the milliseconds to wait. One statement, so that knocks at the same moment at different hosts are as
    many as they are."""
    if db.dialect.name == "postgresql":
        db.exec_driver_sql("SET LOCAL synchronous_commit = off")  # a count that a power cut takes is no harm
    each = int(seconds * 1000 / count)
    latest = sa.func.max if db.dialect.name == "sqlite" else sa.func.greatest
    at = latest(knock.c.free_at, _now(db))
    put = upsert(db, knock).values(door=door, who=who, free_at=_now(db) + each)
    is_open = at + each <= _now(db) + each * count
    put = put.on_conflict_do_update(index_elements=["door", "who"], set_={"free_at": at + each}, where=is_open)
    if db.execute(put.returning(knock.c.who)).first() is not None:
        return 0
    free = sa.select(knock.c.free_at - _now(db)).where(knock.c.door == door, knock.c.who == who)
    return max(1, int(db.execute(free).scalar() or 0) - each * (count - 1))


def tidy_knocks(db: sa.Connection) -> None:
    """What counts for nothing any more goes."""
    db.execute(sa.delete(knock).where(knock.c.free_at < _now(db)))
