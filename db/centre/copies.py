"""Whole copies of the centre's database, taken while it is in use: SQLite's own backup, PostgreSQL's pg_dump."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import sqlalchemy as sa

from db.centre.database import Database
from db.centre.hosts.prints import KEY
from db.centre.line import address
from db.centre.line.engine import make
from db.centre.schema import META, meta
from db.errors import DamagedError, StoreError

_PAGES = 4096  # copied at a time


class NoProgramError(StoreError):
    """PostgreSQL's own program is not installed here."""


def copy_sqlite(source: Path, target: Path) -> int:
    """Copy an SQLite database that may be in use to `target`, which must not exist; how many entries it has.

    Raises DamagedError, sqlite3.Error.
    """
    target.touch(mode=0o600, exist_ok=False)
    with contextlib.closing(sqlite3.connect(source, timeout=30)) as old, contextlib.closing(_open(target)) as new:
        old.backup(new, pages=_PAGES, sleep=0.02)
    return check_sqlite(target)


def check_sqlite(path: Path) -> int:
    """Look through the pages of a copy; how many entries it has. Raises DamagedError."""
    try:
        with contextlib.closing(_open(path)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # one file
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                raise DamagedError(path.name)
            (count,) = copy.execute("SELECT count(*) FROM entry").fetchone()
    except sqlite3.DatabaseError as error:
        raise DamagedError(path.name) from error
    return int(count)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30)


def says(path: Path, key: str) -> bool:
    """Whether an SQLite database has something under this key; nothing is opened for writing or migrated."""
    with contextlib.closing(_open(path)) as db:
        return bool(db.execute("SELECT value FROM meta WHERE key = ? AND value <> ''", (key,)).fetchone())


def dump_postgres(url: str, target: Path) -> None:
    """pg_dump in its own format to `target`. Raises NoProgramError, StoreError."""
    target.touch(mode=0o600, exist_ok=False)
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-acl", f"--file={target}")
    _checked([str(_program("pg_restore")), "--list", str(target)], {})


def load_postgres(url: str, source: Path) -> None:
    """Load a dump into an empty database, all or nothing. Raises NoProgramError, StoreError."""
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl")
    _run("pg_restore", url, *options, str(source))


def is_empty(url: str) -> bool:
    """Whether a database has no tables, or is not there as a file. Raises sqlalchemy.exc.DBAPIError."""
    if not address.is_postgres(url) and not Path(sa.make_url(url).database or "").is_file():
        return True
    engine = make(url)
    try:
        with engine.connect() as db:
            return not sa.inspect(db).get_table_names()
    finally:
        engine.dispose()


def must_be_same(url: str, seq: int, key: str) -> None:
    """Raises StoreError unless the database at `url` is that of the centre with this fingerprint, and as far."""
    engine = make(url)
    try:
        with engine.connect() as db:
            asked = sa.select(meta).where(meta.c.key.in_(("seq", KEY)))
            is_ours = sa.inspect(db).has_table("meta")
            kept = {row.key: row.value for row in db.execute(asked)} if is_ours else {}
    finally:
        engine.dispose()
    if kept.get(KEY) != key or int(kept.get("seq", 0)) < seq:
        raise StoreError("another database than the service's")


def _run(program: str, url: str, *words: str) -> None:
    """Run a program on the database at `url`; the password goes by the environment, which others cannot read."""
    at = address.read(url)
    secret = {"PGPASSWORD": at.password} if at.password else {}
    _checked([str(_program(program)), f"--dbname={at.bare()}", *words], secret)


def _checked(command: list[str], secret: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - our own words and the operator's address
        command, env=os.environ | secret, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StoreError(done.stderr.strip()[-500:])


def _program(name: str) -> Path:
    """The newest of PostgreSQL's programs of that name: it reads every older server."""
    programs = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda one: float(one.parts[-3]))
    if programs:
        return programs[-1]
    there = shutil.which(name)
    if there is None:
        raise NoProgramError(name)
    return Path(there)


def drop_everything(url: str) -> None:
    """Leave a PostgreSQL database of our own without any table of ours: it was for trying a backup."""
    engine = make(url)
    try:
        with engine.begin() as db:
            META.drop_all(db)
            db.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    finally:
        engine.dispose()


_NEXT_BATCH = """
SELECT setval(pg_get_serial_sequence('batch', 'number'), (SELECT COALESCE(max(number), 0) + 1 FROM batch), false)
"""
_ROWS = 200  # copied at a time: a row may hold a picture


def copy_tables(source: Database, target: Database) -> dict[str, int]:
    """Copy every table into an empty database of the same schema, of either kind, in one transaction of it; rows by
    table. Nobody writes to the source's log meanwhile. Sealed values stay as they are: they are bound to their row, not
    to the kind of database. Raises StoreError where a table of the target has rows, or has not got them all."""
    counts: dict[str, int] = {}
    with source.write() as old, target.write() as new:
        for table in META.sorted_tables:
            if _count(new, table):
                raise StoreError(f"{table.name} is not empty")
            streamed = old.execution_options(stream_results=True).execute(sa.select(table))
            for some in streamed.mappings().partitions(_ROWS):
                new.execute(sa.insert(table), [dict(row) for row in some])
            counts[table.name] = _count(new, table)
            if counts[table.name] != _count(old, table):
                raise StoreError(f"{table.name} did not come whole")
        if target.is_postgres:
            new.exec_driver_sql(_NEXT_BATCH)
    return counts


def _count(db: sa.Connection, table: sa.Table) -> int:
    return int(db.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0)
