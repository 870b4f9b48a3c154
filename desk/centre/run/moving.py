"""A centre from SQLite to PostgreSQL and back: every row into an empty database, checked, and the former one marked, so
that nobody goes on with it by mistake: two centres with one key would be two logs with one name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from db.centre import copies, rows
from db.centre.database import Database, owner
from db.centre.line import address
from db.errors import StoreError
from desk import clock
from desk.centre.node import verifying
from desk.centre.node.centre_node import MOVED, Centre
from desk.centre.node.hosts.host_keys import DB_FILE
from desk.errors import RefusedError
from desk.log.chain import BrokenLogError

SQLITE = "sqlite"  # what is said for the database beside the keys
_RUNS = 2  # minutes since a service last looked around, within which it runs
_NOT = "没有搬，原来的数据没有改动。"


def move(folder: Path, url: str, to: str, tell: clock.Clock = clock.now) -> dict[str, int]:
    """Move the centre in `folder` from its database at `url` ("" for SQLite) to the empty one at `to` (`SQLITE` or
    PostgreSQL's address); how many rows each table has. Raises RefusedError, and nothing was moved then."""
    where = f"sqlite:///{folder / DB_FILE}" if to == SQLITE else to
    if (to == SQLITE) == (not url):
        raise RefusedError("从 SQLite 搬到 PostgreSQL，或从 PostgreSQL 搬回 SQLite；现在两边是同一种。", _NOT)
    if to != SQLITE and not address.is_postgres(to):
        raise RefusedError("要搬去的地址应以 postgresql:// 开头，或写 sqlite。", _NOT)
    centre = Centre(folder, url, tell)
    try:
        _must_rest(centre, tell())
        if to == SQLITE:
            _set_aside(folder, tell())
        if found := owner(where):
            raise RefusedError(f"要搬去的数据库已经是一个中心（{found}）的。", _NOT, "请用一个空数据库。")
        if (folder / DB_FILE).exists() if to == SQLITE else not copies.is_empty(to):
            raise RefusedError("要搬去的地方不是空的。", _NOT, "请用一个空数据库。")
        return _moved(centre, where, to)
    finally:
        centre.close()


def _must_rest(centre: Centre, now: dt.datetime) -> None:
    """Raises RefusedError while a service looks around every minute."""
    with centre.database.read() as db:
        last = rows.value(db, "watch.last")
    since = clock.stamp(now - dt.timedelta(minutes=_RUNS))[:16]
    if last and last >= since:
        raise RefusedError(
            "中心的服务好像还在运行。", _NOT, f"请先停下服务（各台机器上的都停），过 {_RUNS + 1} 分钟再搬。"
        )


def _set_aside(folder: Path, now: dt.datetime) -> None:
    """An SQLite database that was moved away before gives way under another name; nothing is deleted."""
    path = folder / DB_FILE
    if not path.is_file() or not copies.says(path, MOVED):
        return
    for name in (DB_FILE, f"{DB_FILE}-wal", f"{DB_FILE}-shm"):
        if (folder / name).is_file():
            (folder / name).rename(folder / f"{name}.moved-{now:%Y%m%d%H%M%S}")


def _moved(centre: Centre, where: str, to: str) -> dict[str, int]:
    target = Database(where, centre.database.box)
    try:
        try:
            counts = copies.copy_tables(centre.database, target)
            there, here = verifying.verify(target, centre.node), centre.verify()
        except (StoreError, BrokenLogError, sa.exc.SQLAlchemyError) as error:
            _undone(where, to, target)
            raise RefusedError(f"没有搬成（{type(error).__name__}）。", _NOT, "请看两边数据库和磁盘。") from error
        if there != here:
            _undone(where, to, target)
            raise RefusedError("搬过去的记录与原来的对不上。", _NOT)
        with centre.database.touch() as db:
            rows.set_value(db, MOVED, f"{centre.now()} {_shown(to)}")
    finally:
        target.close()
    return counts


def _undone(where: str, to: str, target: Database) -> None:
    """What was begun at the target goes: it was empty before."""
    target.close()
    if to == SQLITE:
        path = Path(where.removeprefix("sqlite:///"))
        for one in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            one.unlink(missing_ok=True)
    else:
        copies.drop_everything(where)


def _shown(to: str) -> str:
    return "SQLite" if to == SQLITE else address.shown(to)
