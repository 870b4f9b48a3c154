"""How the centre's database is opened, migrated and written: SQLite beside the keys, or PostgreSQL.

All writers of the log take turns, in this process by a lock, between processes by PostgreSQL's advisory lock: the
centre's own chain has one end. Whoever has a connection waits for the turn, for so long and no longer. What waits for
it goes in one transaction (`together`). Readers see a snapshot and wait for nobody.
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from db.centre.box import Box
from db.centre.hosts import prints
from db.centre.hosts.ends import Ends, look
from db.centre.line import address
from db.centre.line.engine import USUAL, Line, make
from db.centre.line.gathering import Gathering
from db.centre.line.standby import Standby
from db.centre.line.waiting import ApartError, Asked, Many, do_all
from db.centre.schema import META
from db.centre.tables import (
    host_tables,  # noqa: F401 - tables of the schema
    kept_form,  # noqa: F401
    own_values,
    picture_tables,  # noqa: F401
    stepping,
    unfound_tables,  # noqa: F401
)
from db.errors import NewerSchemaError
from db.files import private

HEAD = "0031"
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
    "0027",
    "0028",
    "0029",
    "0030",
)
KNOWN = (stepping.BASE, *_FORMER, HEAD)
_MOST = 100  # that go in one transaction
_CHAIN = 7_318_001  # of the advisory lock that is the turn
# What a database does that is away, stopping or locked: no fault of the program.
AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.InternalError, sa.exc.TimeoutError)
_TURN = sa.select(sa.func.pg_advisory_xact_lock(_CHAIN))
_WRITERS = 10  # that wait for the turn with a connection each: the others are for readers

T = TypeVar("T")


class TurnError(sa.exc.TimeoutError):
    """The turn did not come in time: nothing was written, or, of what went along with others, nobody knows yet."""


class Database:
    """The centre's database. `read()` for a snapshot, `write()` for one durable transaction of the log at a time,
    `together()` for the same shared with whoever else waits, `touch()` for a small one beside the log (sessions,
    counters of failures)."""

    def __init__(self, url: str, box: Box, line: Line = USUAL, key: str = "", ends: Ends | None = None) -> None:
        """Open `url` and bring its schema up to date. Raises NewerSchemaError for a newer one, touching nothing.

        With `key`, the fingerprint of a centre's key, only that centre's own database is opened, and none is made:
        raises NoCentreError, OtherKeyError, OtherBoxError, touching nothing. `ends`: what this host knows of the log;
        a database that went back behind it takes nothing more.
        """
        self.box, self.line, self.ends = box, line, ends
        self.is_postgres = address.is_postgres(url)
        if not self.is_postgres:
            path = Path(sa.make_url(url).database or "")
            if key and not path.is_file():
                raise prints.NoCentreError
            with contextlib.suppress(OSError):  # what cannot be opened is told by SQLite
                private(path)
        self.engine = make(url, line)
        event.listen(self.engine, "rollback_savepoint", own_values.forget)
        self._writers, self._turn = threading.BoundedSemaphore(_WRITERS), threading.Lock()
        self._lead, self._is_led = threading.Condition(), False  # whether somebody does what waits
        self._asked: deque[Asked] = deque()
        self._gathering = Gathering()
        self._was_full = False
        self.standby = Standby(line.standby, line, key) if line.standby and self.is_postgres else None
        try:
            self._prepare(key)
        except BaseException:
            self.engine.dispose()
            raise
        if self.is_postgres:
            self.engine.dispose()  # the next connection has the usual patience

    def _prepare(self, key: str) -> None:
        """Bring the schema up to date; a step that gave way comes again."""
        stepping.until_done(functools.partial(self._brought_up, key))

    def _brought_up(self, key: str) -> None:
        with self._connection(daiban_write=True) as db, db.begin():
            if self.is_postgres:
                db.connection.driver_connection.patience = None  # type: ignore[union-attr]
                stepping.wait_for_others(db)
            there = set(sa.inspect(db).get_table_names())
            is_new = "meta" not in there
            if key and is_new:
                raise prints.NoCentreError
            fits = is_new or not key or prints.must_fit(db, key, self.box)
            if is_new:
                META.create_all(db)
                stepping.stamp(db, HEAD)
                return
            version = stepping.version(db, there)
            if version not in KNOWN:
                raise NewerSchemaError(version)
            if version != HEAD:
                stepping.migrate(db, version)
            if not fits:
                prints.put(db, key, self.box)

    def _connection(self, **options: Any) -> sa.Connection:
        return self.engine.connect().execution_options(daiban_box=self.box, **options)

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A snapshot."""
        level = {"isolation_level": "REPEATABLE READ"} if self.is_postgres else {}
        with self._connection(**level) as db, db.begin(), own_values.held(db):
            yield db

    @contextlib.contextmanager
    def glance(self) -> Iterator[sa.Connection]:
        """For one question: no transaction is begun for it and ended again where that takes trips of its own."""
        if not self.is_postgres:
            with self.read() as db:
                yield db
            return
        with self._connection(isolation_level="AUTOCOMMIT") as db:
            yield db

    @contextlib.contextmanager
    def published(self) -> Iterator[sa.Connection]:
        """A snapshot of what is everybody's, by some moments old: of the standby, where there is a good one. Never for
        a feed, a proof or a session, nor for what somebody has just sent and asks after."""
        known = self.ends.known if self.ends is not None else None
        db = self.standby.connection(self.box, known) if self.standby is not None else None
        if db is None:
            with self.read() as own:
                yield own
            return
        with db:
            yield db

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction of the log, durable when the block ends. Raises TurnError."""
        with _within(self._writers, self.line.turn), self._turned() as db, self._alone(db):
            yield db

    @contextlib.contextmanager
    def _turned(self) -> Iterator[sa.Connection]:
        """A connection, and then the turn in this process: who waits for a connection keeps nobody waiting."""
        with self._connection(daiban_write=True) as db, _within(self._turn, self.line.turn):
            yield db

    @contextlib.contextmanager
    def readying(self) -> Iterator[None]:
        """What has to be known before `together` is worked out in this block, which gives way to whoever has the turn,
        and for which the turn waits a moment. Raises TurnError."""
        with self._gathering.coming(), _within(self._gathering.few, self.line.turn):
            self._gathering.give_way()
            yield

    @contextlib.contextmanager
    def _alone(self, db: sa.Connection) -> Iterator[None]:
        """A transaction that has the turn between processes. Raises WentBackError."""
        end, began = None, time.monotonic()
        try:
            with self._begun(db):
                if self.is_postgres:
                    db.execute(_TURN)
                    began = time.monotonic()
                with self._gathering.turn(), own_values.held(db):
                    with self._gathering.trip():
                        own_values.ask(db, *own_values.USUAL)
                    if self.ends is not None:
                        self.ends.check(db)
                    yield
                    end = look(db) if self.ends is not None else None
        finally:
            self._gathering.leave(time.monotonic() - began)
        if self.ends is not None and end is not None:
            self.ends.note(end)

    @contextlib.contextmanager
    def _begun(self, db: sa.Connection) -> Iterator[None]:
        try:
            with db.begin():
                if self.line.is_pooled and self.is_postgres:
                    db.execute(_waits_at_most(self.line))
                yield
        except sa.exc.DBAPIError as error:
            self._was_full |= is_full(error)
            raise

    def together(self, work: Callable[[sa.Connection], T], many: Many | None = None, what: Any = None) -> T:
        """What `work` gives, as of a transaction of the log that is durable when this returns. Whoever has the turn
        takes along all that waits for it, one after the other in one transaction, and one flush to the disk is for all;
        what one of them raises undoes that one alone, and is raised where it was asked for. Those of the same `many`
        are done by it, told each one's `what`, with few statements for all. Raises TurnError."""
        mine = Asked(work, many, what)
        self._asked.append(mine)
        try:
            while self._leads(mine):
                try:
                    self._gathering.wait(several=len(self._asked) > 1)
                    self._take([])
                finally:
                    with self._lead:
                        self._is_led = False
                        self._lead.notify_all()
        finally:
            with contextlib.suppress(ValueError):  # somebody has it, or is done with it
                self._asked.remove(mine)
        if mine.error is not None:
            raise mine.error
        made: T = mine.made
        return made

    def _leads(self, mine: Asked) -> bool:
        """Whether whoever asked has to see to it that what waits is done: nobody else does, and it is not done."""
        with self._lead:
            if not self._lead.wait_for(lambda: mine.is_done or not self._is_led, self.line.turn):
                raise TurnError
            if mine.is_done:
                return False
            self._is_led = True
            return True

    def _waiting(self) -> list[Asked]:
        return [self._asked.popleft() for _ in range(min(len(self._asked), _MOST))]

    def _take(self, asked: list[Asked]) -> None:
        """Do these, or else all that waits, in one transaction; each in one of its own where there is something among
        them that the database does not take."""
        try:
            with self._turned() as db, self._alone(db):
                asked = asked or self._waiting()
                do_all(db, asked)
        except ApartError:
            for one in asked:
                one.many = None
            self._take(asked)
            return
        except BaseException as error:  # noqa: BLE001 - whoever waits for it has to hear of it
            asked = asked or self._waiting()
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
        with self._connection(daiban_write=True) as db, self._begun(db):
            yield db

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
        if self.ends is not None:
            self.ends.close()
        if self.standby is not None:
            self.standby.engine.dispose()
        event.listen(self.engine.pool, "checkin", _close_late)
        self.engine.dispose()


def _close_late(_connection: Any, record: sa.pool.ConnectionPoolEntry) -> None:
    """A pool that was disposed of would keep what comes back to it, open, until the garbage is collected."""
    record.close()


def owner(url: str) -> str:
    """The name of the centre whose database is at `url`, or its node where it has none; "" when it is empty or not
    there. Nothing is changed or made, and no migration is run."""
    if not address.is_postgres(url) and not Path(sa.make_url(url).database or "").is_file():
        return ""
    engine = make(url)
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
    return stepping.said(db) == HEAD


@contextlib.contextmanager
def _within(turn: threading.Lock | threading.BoundedSemaphore, seconds: float) -> Iterator[None]:
    """Hold `turn` while the block runs. Raises TurnError where it did not come within `seconds`."""
    if not turn.acquire(timeout=seconds):
        raise TurnError
    try:
        yield
    finally:
        turn.release()


def _waits_at_most(line: Line) -> sa.Select[Any]:
    """What goes with a transaction where nothing can be set for a connection."""
    return sa.select(*(sa.func.set_config(name, value, True) for name, value in line.limits().items()))  # noqa: FBT003


def _is_for_all(error: sa.exc.DBAPIError) -> bool:
    """Whether nobody's transaction would go better: the line is gone, the disk full, or the turn another's."""
    return error.connection_invalidated or is_full(error) or is_locked(error)


def is_locked(error: BaseException) -> bool:
    """Whether a lock of the database did not come in time: another has it."""
    return stepping.state(error) == stepping.LOCKED


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
