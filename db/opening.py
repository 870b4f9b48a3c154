"""Opening the desk's database: SQLCipher under sqlite-utils, one writer, a reader for each thread.

WAL with `synchronous=FULL`: when a write returns, it survives a power cut at once after; only what will be told again
need not.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from sqlcipher3 import dbapi2 as cipher

from db import migrations
from db.errors import BusyError, ClosedError, DamagedError, FullError, NewerSchemaError, StoreError, WrongKeyError
from db.files import DATABASE, MET, private
from db.gate import Gate
from db.light import Database

FILE = DATABASE
_PATIENCE = 20.0  # seconds that others have to leave
_USUAL, _MUCH = 2000, 16_000  # KiB of pages that the writer holds
_FOLDED = 4000  # pages of the write-ahead log after which it is folded in: 16 MB

# SQLite result codes (primary) that the surroundings are to blame for; every other error is a bug of ours.
_SURROUNDINGS: dict[int, type[StoreError]] = {
    5: BusyError,
    6: BusyError,
    8: FullError,
    10: FullError,
    11: DamagedError,
    13: FullError,
    14: FullError,
    26: WrongKeyError,
}


def known(error: cipher.Error) -> StoreError | None:
    """The StoreError that `error` means, None when it is our own fault."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _SURROUNDINGS.get(code & 0xFF) if code is not None else _by_words(str(error))
    return kind(str(error)) if kind else None


def _by_words(text: str) -> type[StoreError] | None:
    for words, kind in (
        ("not a database", WrongKeyError),
        ("malformed", DamagedError),
        ("locked", BusyError),
        ("full", FullError),
        ("readonly", FullError),
        ("disk I/O", FullError),
        ("unable to open", FullError),
    ):
        if words in text:
            return kind
    return None


@contextlib.contextmanager
def surroundings() -> Iterator[None]:
    """Turn what the surroundings did to SQLite into a StoreError; let bugs through as they are."""
    try:
        yield
    except cipher.Error as error:
        turned = known(error)
        if turned is None:
            raise
        raise turned from error


def unlocked(path: Path, key: bytes) -> cipher.Connection:
    """A connection to `path` with its key given; nothing is read yet. Nobody else may read the file."""
    with contextlib.suppress(OSError):  # what cannot be opened is told by SQLite
        private(path)
    connection = cipher.connect(str(path), check_same_thread=False, timeout=5.0)
    connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is raised; stderr is for no one
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _connect(path: Path, key: bytes) -> Database:
    connection = unlocked(path, key)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return Database(cast("Any", connection), recursive_triggers=False, execute_plugins=False)


_DURABLE = "PRAGMA synchronous = FULL"
# How a transaction differs, and back.
_AS_MUCH = f"PRAGMA cache_size = -{_MUCH}", f"PRAGMA cache_size = -{_USUAL}"
_AS_TOLD_AGAIN = "PRAGMA synchronous = NORMAL", _DURABLE


class Rooms:
    """The open database: `write()` for the one writer, `read()` for this thread's reader."""

    def __init__(self, path: Path, key: bytes, before_upgrade: Callable[[Rooms], None] | None = None) -> None:
        """Open `path`, make or bring up its schema. Raises the StoreErrors; a newer file is left untouched.

        `before_upgrade` is called with the file as it is, where there is something in it to be brought up.
        """
        self._path, self.key = path, key
        self._gate, self._turn = Gate(), threading.RLock()
        self._readers: list[Database] = []
        self._mine = threading.local()
        self._closed = False
        self._open(before_upgrade)

    def _open(self, before_upgrade: Callable[[Rooms], None] | None = None) -> None:
        with surroundings():
            self._writer = _connect(self._path, self.key)
            try:
                _look_at(self._writer)
                if before_upgrade is not None and _to_bring_up(self._writer):
                    before_upgrade(self)
                _prepare(self._writer)
            except BaseException:
                self._writer.close()
                raise

    @contextlib.contextmanager
    def write(self, *, much: bool = False, again: bool = False) -> Iterator[Database]:
        """One transaction: all of it or nothing, durable when the block ends. Of `much` the pages stay in memory until
        then: else what does not fit is sealed and written more than once. What will be told `again` anyhow need not
        survive a power cut: the disk is not waited for, and what is written next takes it along."""
        with self._gate.through(), self._turn, self._noting():
            self._must_be_open()
            other = [_AS_MUCH] * much + [_AS_TOLD_AGAIN] * again
            try:
                for pragma, _ in other:
                    self._writer.conn.execute(pragma)
                with self._writer.atomic() as db:
                    yield db
            finally:
                for _, pragma in other:
                    self._writer.conn.execute(pragma)

    @contextlib.contextmanager
    def read(self) -> Iterator[Database]:
        """A consistent snapshot on this thread's own connection."""
        with self._gate.through(), self._noting():
            self._must_be_open()
            db: Database | None = getattr(self._mine, "db", None)
            if db is None:
                db = self._mine.db = _connect(self._path, self.key)
                db.conn.execute("PRAGMA query_only = ON")
                with self._turn:
                    self._readers.append(db)
            with db.atomic():
                yield db

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        """As `surroundings`; damage is noted beside the file, so that it is not met a second time by chance."""
        try:
            with surroundings():
                yield
        except (DamagedError, WrongKeyError):
            self.note_damage()
            raise

    def note_damage(self) -> None:
        """Damage was met in this file: the next opening looks through all of it."""
        with contextlib.suppress(OSError):
            private(self._path.with_name(MET))

    def let_go(self) -> None:
        """Close this thread's own reader, when the thread ends before the database is closed."""
        db: Database | None = getattr(self._mine, "db", None)
        if db is not None:
            self._mine.db = None
            with self._turn:
                if db in self._readers:
                    self._readers.remove(db)
                    db.close()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Keep writers out for the length of the block."""
        with self._gate.through(), self._turn:
            self._must_be_open()
            yield

    def _must_be_open(self) -> None:
        if self._closed:
            raise ClosedError(self._path.name)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[cipher.Connection]:
        """The database as it is now, on a connection of its own: others write meanwhile and it does not change."""
        with (
            self._gate.through(),
            self._noting(),
            contextlib.closing(unlocked(self._path, self.key)) as connection,
        ):
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield connection

    def writer_connection(self) -> cipher.Connection:
        """The writer's connection; only inside `turn`."""
        return cast("cipher.Connection", self._writer.conn)

    def give_way(self, key: bytes, act: Callable[[], None]) -> None:
        """Let `act` put another file in the place of this one, which nobody has open meanwhile, and go on with that one
        and its `key`; with the one that was there where `act` raises. Raises BusyError where others do not leave."""
        with self._gate.alone(_PATIENCE), self._turn:
            self._must_be_open()
            self._close_all()
            try:
                act()
            finally:
                self._open_again(key)

    def _open_again(self, key: bytes) -> None:
        """With `key`, or with the one that there was: a disk may break after the file was put there."""
        before, self.key, self._mine = self.key, key, threading.local()
        try:
            self._open()
        except WrongKeyError:
            self.key = before
            self._open()
        except StoreError:
            self._closed = True
            raise

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded in."""
        with self._turn:
            self._closed = True
            self._close_all()

    def _close_all(self) -> None:
        for db in (*self._readers, self._writer):
            db.close()
        self._readers.clear()


def _look_at(db: Database) -> None:
    (schema,) = db.conn.execute("PRAGMA user_version").fetchone()
    if schema > migrations.SCHEMA:
        raise NewerSchemaError(str(schema))


def _to_bring_up(db: Database) -> bool:
    """Whether the file was made by an older program; one in which nothing is has nothing to lose."""
    (tables,) = db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return bool(tables and migrations.desk.pending(db))


def _prepare(db: Database) -> None:
    db.conn.execute("PRAGMA journal_mode = WAL")
    db.conn.execute(_DURABLE)
    db.conn.execute(f"PRAGMA wal_autocheckpoint = {_FOLDED}")
    # Migrations run with foreign keys off: sqlite-utils' transform() refuses inside a transaction otherwise.
    db.conn.execute("PRAGMA foreign_keys = OFF")
    if migrations.desk.pending(db):
        migrations.desk.apply(db)
        db.conn.execute(f"PRAGMA user_version = {migrations.SCHEMA}")
    if db.conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedError("foreign keys")
    db.conn.execute("PRAGMA foreign_keys = ON")
