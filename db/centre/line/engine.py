"""How a connection to the centre's database is made, and what it waits for at most: nothing waits for ever.

A PostgreSQL that is silent is given up in three ways: while connecting, by the kernel's keepalives and its limit on
what nobody acknowledges, and by our own patience with one statement, for a server that is stopped acknowledges still.
The server in its turn gives up a host that holds a lock and says nothing.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from db.centre.line import address


@dataclasses.dataclass(frozen=True)
class Line:
    """Seconds that are waited at most: for a connection to each host, for the answer to one statement, for a lock of
    the database, for the turn within this process. `is_pooled`: transactions go over whatever connection pgbouncer has,
    so nothing may be left standing in one. `standby`: the address of one that
    public lists and figures are read from, "" for none. `connections`: to the database at once, at most."""

    connect: int = 5
    statement: float = 60.0
    lock: float = 8.0
    turn: float = 15.0
    is_pooled: bool = False
    standby: str = ""
    connections: int = 30

    def limits(self) -> dict[str, str]:
        """What the server in its turn is told to wait for at most, by its own names."""
        return {"lock_timeout": f"{self.lock * 1000:.0f}", "idle_in_transaction_session_timeout": f"{_IDLE}s"}


USUAL = Line()
_SILENT = 15_000  # milliseconds for which what was sent may stay unacknowledged
_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_KEPT = 10  # connections that stay open once they were needed
_IDLE = 120  # seconds that a transaction of ours may say nothing before the server ends it, and lets its locks go


def make(url: str, line: Line = USUAL) -> sa.Engine:
    """An engine for the database at `url`. Raises address.AddressError."""
    if not address.is_postgres(url):
        made = sa.create_engine(url, hide_parameters=True)  # a file does not go away as a server does
        event.listen(made, "connect", _pragmas)
        event.listen(made, "begin", _begin)
        event.listen(made, "checkin", _let_go)
        return made
    from db.centre.line.patient import Patient  # a package without PostgreSQL's library keeps to SQLite

    at = address.read(url)
    words: dict[str, Any] = {**_KEEPALIVE, "connect_timeout": line.connect, "tcp_user_timeout": _SILENT, **at.words()}
    if line.is_pooled:  # pgbouncer takes none of these
        words["prepare_threshold"] = None
    else:
        told = line.limits() | {"tcp_keepalives_idle": "10", "tcp_user_timeout": str(_SILENT)}
        words["options"] = " ".join([*(f"-c {name}={value}" for name, value in told.items()), words.get("options", "")])

    def connect() -> Patient:
        made = Patient.connect(**words)
        made.patience = line.statement
        return made

    made = sa.create_engine(
        at.url(),
        creator=connect,
        pool_pre_ping=True,
        pool_use_lifo=True,  # those that are used know their statements
        hide_parameters=True,
        pool_size=min(_KEPT, line.connections),
        max_overflow=max(0, line.connections - _KEPT),
        pool_timeout=15,
    )
    ping = made.dialect.do_ping

    def is_there(dbapi_connection: Any) -> bool:
        return dbapi_connection.is_fresh() or ping(dbapi_connection)

    made.dialect.do_ping = is_there  # type: ignore[method-assign]
    return made


_WAIT = 8.0  # seconds for others
# KiB of pages that a connection holds: a large batch stays in the cache until it is committed; else they are few, for
# the system holds them all.
_WRITES, _READS = 65_536, 4096
_WROTE = "daiban_wrote"  # of a connection: it holds the pages of whoever writes
_PRAGMAS = (
    "page_size = 8192",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"busy_timeout = {_WAIT * 1000:.0f}",
    f"cache_size = -{_READS}",
    "secure_delete = ON",  # what was replaced is not left in free pages
    "wal_autocheckpoint = 8000",
)


def _pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    until = time.monotonic() + _WAIT
    for pragma in _PRAGMAS:
        while True:
            try:
                connection.execute(f"PRAGMA {pragma}")
                break
            except sqlite3.OperationalError as error:
                # Whoever makes a new database a WAL at this moment holds it alone; SQLite itself does not wait there.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)


def _let_go(connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:
    """Whoever wrote gives the pages back: each connection may be the next that writes."""
    if connection is not None and record.info.pop(_WROTE, False):
        connection.execute(f"PRAGMA cache_size = -{_READS}")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("daiban_write")
    if writing:
        connection.info[_WROTE] = True
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITES}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
