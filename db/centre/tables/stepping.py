"""How the schema of a database comes up to date: all steps in one transaction, by one program at a time.

An older host may serve meanwhile. A step that waits for whoever reads a table keeps all others from that table, so it
waits for a moment only, everything is undone, and it comes again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

BASE = "0001"  # what a database has that was made before there were migrations
LOCKED, _CROSSED = "55P03", "40P01"  # a lock that did not come within the limit; each of two waits for the other
_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_MIGRATING = 7_318_002  # of the advisory lock
_PATIENT = "SET LOCAL lock_timeout = '600s'; SET LOCAL idle_in_transaction_session_timeout = 0"
_BRIEF = "SET LOCAL lock_timeout = '2s'"
_LONG, _GIVEN_WAY = 600.0, 3.0  # seconds for which a step comes again, and in between
_version = sa.table("alembic_version", sa.column("version_num", sa.Text))


def until_done(work: Callable[[], None]) -> None:
    """Do `work`, and again where it gave way to others. Raises DBAPIError."""
    until = time.monotonic() + _LONG
    while True:
        try:
            work()
        except sa.exc.OperationalError as error:
            if state(error) not in (LOCKED, _CROSSED) or time.monotonic() > until:
                raise
            time.sleep(_GIVEN_WAY)
        else:
            return


def wait_for_others(db: sa.Connection) -> None:
    """Until no other program brings this PostgreSQL up."""
    db.exec_driver_sql(_PATIENT)
    db.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))


def migrate(db: sa.Connection, since: str) -> None:
    """Run the migrations that follow the version `since`, in the transaction of `db`. Raises DBAPIError."""
    from alembic import command, config

    if db.dialect.name == "postgresql":
        db.exec_driver_sql(_BRIEF)
    asked = config.Config()
    asked.set_main_option("script_location", str(_MIGRATIONS))
    asked.attributes["connection"] = db
    if since == BASE and not sa.inspect(db).has_table("alembic_version"):
        command.stamp(asked, BASE)
    command.upgrade(asked, "head")


def version(db: sa.Connection, there: set[str]) -> str:
    """Of the schema that stands there, whose tables are `there`."""
    if "alembic_version" in there:
        return str(said(db))
    kept = db.execute(sa.text("SELECT value FROM meta WHERE key = 'schema'")).scalar()
    return BASE if int(kept or 0) == 2 else str(kept)


def said(db: sa.Connection) -> object:
    """Which version the database says that it has."""
    return db.execute(sa.select(_version.c.version_num)).scalar()


def stamp(db: sa.Connection, now: str) -> None:
    """Say which version a new one has."""
    db.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    db.execute(sa.insert(_version).values(version_num=now))


def state(error: BaseException) -> object:
    """What PostgreSQL calls an error; None for others."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)
