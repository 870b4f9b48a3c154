"""How the centre's database is opened, migrated and written: SQLite beside the keys, or PostgreSQL.

All writers of the log take turns, in this process by a lock, between processes by PostgreSQL's advisory lock: the
centre's own chain has one end. What waits for the turn goes in one transaction (`together`). Readers see a snapshot and
wait for nobody.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from db.centre.box import Box
from db.centre.schema import META
from db.centre.tables import kept_form  # noqa: F401 - a table of the schema
from db.errors import NewerSchemaError
from db.files import private

HEAD = "0027"
_BASE = "0001"  # what a database has that was made before there were migrations
_FORMER = (
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0013",
    "0014",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
)
KNOWN = (_BASE, *_FORMER, HEAD)
_MIGRATIONS = Path(__file__).parent / "migrations"
_MOST = 100  # that go in one transaction
_CHAIN, _MIGRATING = 7_318_001, 7_318_002  # of advisory locks
# What a database does that is away, stopping or locked: no fault of the program.
AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.InternalError, sa.exc.TimeoutError)
_TURN = sa.select(sa.func.pg_advisory_xact_lock(_CHAIN))
_version = sa.table("alembic_version", sa.column("version_num", sa.Text))

T = TypeVar("T")


class _Asked:
    """What somebody wants to write, and what came of it."""

    def __init__(self, work: Callable[[sa.Connection], Any]) -> None:
        self.work, self.is_done = work, False
        self.made: Any = None
        self.error: BaseException | None = None

    def beside(self, db: sa.Connection) -> None:
        """Do it in a transaction that others share: what it raises undoes it alone. Raises DBAPIError."""
        self.error = None
        try:
            with db.begin_nested():
                self.made = self.work(db)
        except sa.exc.DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - it is told to whoever asked
            self.error = error


class Database:
    """The centre's database. `read()` for a snapshot, `write()` for one durable transaction of the log at a time,
    `together()` for the same shared with whoever else waits, `touch()` for a small one beside the log (sessions,
    counters of failures)."""

    def __init__(self, url: str, box: Box) -> None:
        """Open `url` and bring its schema up to date. Raises NewerSchemaError for a newer one, touching nothing."""
        self.box = box
        if url.startswith("sqlite"):
            with contextlib.suppress(OSError):  # what cannot be opened is told by SQLite
                private(Path(sa.make_url(url).database or ""))
        self.engine = sa.create_engine(_driver(url), pool_pre_ping=True, hide_parameters=True, **_pool(url))
        self._turn = threading.Lock()
        self._asked: deque[_Asked] = deque()
        self._was_full = False
        self.is_postgres = self.engine.dialect.name == "postgresql"
        if not self.is_postgres:
            event.listen(self.engine, "connect", _pragmas)
            event.listen(self.engine, "begin", _begin)
            event.listen(self.engine, "checkin", _let_go)
        try:
            self._prepare()
        except BaseException:
            self.engine.dispose()
            raise

    def _prepare(self) -> None:
        with self._connection(daiban_write=True) as db, db.begin():
            if self.is_postgres:
                db.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
            there = set(sa.inspect(db).get_table_names())
            if "meta" not in there:
                META.create_all(db)
                _stamp(db, HEAD)
                return
            version = _schema_of(db, there)
            if version not in KNOWN:
                raise NewerSchemaError(version)
            if version != HEAD:
                migrate(db, version)

    def _connection(self, **options: Any) -> sa.Connection:
        return self.engine.connect().execution_options(daiban_box=self.box, **options)

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A snapshot."""
        level = {"isolation_level": "REPEATABLE READ"} if self.is_postgres else {}
        with self._connection(**level) as db, db.begin():
            yield db

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction of the log, durable when the block ends."""
        with self._turn, self._alone() as db:
            yield db

    @contextlib.contextmanager
    def _alone(self) -> Iterator[sa.Connection]:
        with self.touch() as db:
            if self.is_postgres:
                db.execute(_TURN)
            yield db

    def together(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` gives, as of a transaction of the log that is durable when this returns. Whoever has the turn
        takes along all that waits for it, one after the other in one transaction, and one flush to the disk is for all;
        what one of them raises undoes that one alone, and is raised where it was asked for."""
        mine = _Asked(work)
        self._asked.append(mine)
        with self._turn:
            while not mine.is_done:  # nobody else took it along
                self._take([self._asked.popleft() for _ in range(min(len(self._asked), _MOST))])
        if mine.error is not None:
            raise mine.error
        made: T = mine.made
        return made

    def _take(self, asked: list[_Asked]) -> None:
        """Do these in one transaction; each in one of its own where there is something among them that the database
        does not take."""
        try:
            with self._alone() as db:
                if len(asked) == 1:
                    asked[0].made = asked[0].work(db)
                else:
                    for one in asked:
                        one.beside(db)
        except BaseException as error:  # noqa: BLE001 - whoever waits for it has to hear of it
            if len(asked) > 1 and isinstance(error, sa.exc.DBAPIError) and not _is_for_all(error):
                for one in asked:
                    self._take([one])
                return
            for one in asked:
                one.error = error
        for one in asked:
            one.is_done = True

    @contextlib.contextmanager
    def touch(self) -> Iterator[sa.Connection]:
        """One transaction that appends nothing to the log."""
        try:
            with self._connection(daiban_write=True) as db, db.begin():
                yield db
        except sa.exc.DBAPIError as error:
            self._was_full |= is_full(error)
            raise

    def has_room(self) -> bool:
        """Whether PostgreSQL has room on its own disk, which is not ours to look at: once a transaction of this process
        found it full, that is tried with a table that is thrown away. Raises DBAPIError for other trouble."""
        if self._was_full and self.is_postgres:
            try:
                with self._connection() as db, db.begin():
                    db.exec_driver_sql(_MEGABYTE)
            except sa.exc.DBAPIError as error:
                if not is_full(error):
                    raise
                return False
            self._was_full = False
        return True

    def close(self) -> None:
        """Close every connection; one that somebody still works with when he is done with it."""
        event.listen(self.engine.pool, "checkin", _close_late)
        self.engine.dispose()


def _close_late(_connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:
    """A pool that was disposed of would keep what comes back to it, open, until the garbage is collected."""
    record.close()


def owner(url: str) -> str:
    """The name of the centre whose database is at `url`, or its node where it has none; "" when it is empty or not
    there. Nothing is changed or made, and no migration is run."""
    file = sa.make_url(url).database or ""
    if url.startswith("sqlite") and not Path(file).is_file():
        return ""
    engine = sa.create_engine(_driver(url), hide_parameters=True)
    try:
        with engine.connect() as db:
            if "meta" not in sa.inspect(db).get_table_names():
                return ""
            kept = db.execute(sa.text("SELECT key, value FROM meta WHERE key IN ('node', 'name')"))
            told = {row.key: row.value for row in kept}
            return str(told.get("name") or told.get("node") or "")
    finally:
        engine.dispose()


def box(db: sa.Connection) -> Box:
    """What seals the values of this connection's database."""
    found: Box = db.get_execution_options()["daiban_box"]
    return found


def is_current(db: sa.Connection) -> bool:
    """Whether the schema is the one that this program works with."""
    return db.execute(sa.select(_version.c.version_num)).scalar() == HEAD


def _is_for_all(error: sa.exc.DBAPIError) -> bool:
    """Whether nobody's transaction would go better: the line is gone, or the disk full."""
    return error.connection_invalidated or is_full(error)


_SQLITE_FULL, _SQLITE_NO_ROOM_FOR_SHM = 13, 10 | 19 << 8
_POSTGRES_FULL = "53100"
_MEGABYTE = """
CREATE TEMPORARY TABLE daiban_room ON COMMIT DROP AS
SELECT repeat(md5(n::text), 8) FROM generate_series(1, 4096) n
"""


def is_full(error: BaseException | None) -> bool:
    """Whether the database has no room left on its disk."""
    while error is not None:
        code = getattr(error, "sqlite_errorcode", None)
        if code in (_SQLITE_FULL, _SQLITE_NO_ROOM_FOR_SHM) or getattr(error, "sqlstate", None) == _POSTGRES_FULL:
            return True
        error = error.__cause__
    return False


def migrate(db: sa.Connection, version: str) -> None:
    """Run the migrations that follow `version`, in the transaction of `db`."""
    from alembic import command, config

    asked = config.Config()
    asked.set_main_option("script_location", str(_MIGRATIONS))
    asked.attributes["connection"] = db
    if version == _BASE and not sa.inspect(db).has_table("alembic_version"):
        command.stamp(asked, _BASE)
    command.upgrade(asked, "head")


def _schema_of(db: sa.Connection, there: set[str]) -> str:
    """The version of the schema that stands there."""
    if "alembic_version" in there:
        return str(db.execute(sa.select(_version.c.version_num)).scalar())
    kept = db.execute(sa.text("SELECT value FROM meta WHERE key = 'schema'")).scalar()
    return _BASE if int(kept or 0) == 2 else str(kept)


def _stamp(db: sa.Connection, version: str) -> None:
    db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    db.execute(sa.insert(_version).values(version_num=version))


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)


def _pool(url: str) -> dict[str, Any]:
    return {"pool_size": 10, "max_overflow": 20, "pool_timeout": 15} if url.startswith("postgres") else {}


_WAIT = 8.0  # seconds for others
# KiB of pages that a connection holds: a large batch stays in the cache until it is committed; else they are few, for
# the system holds them all.
_WRITES, _READS = 65_536, 4096
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


def _let_go(connection: Any, _record: object) -> None:
    """Whoever wrote gives the pages back: each connection may be the next that writes."""
    if connection is not None:
        connection.execute(f"PRAGMA cache_size = -{_READS}")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("daiban_write")
    if writing:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITES}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
