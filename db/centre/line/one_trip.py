"""Statements that give nothing back, sent to PostgreSQL one after the other and answered together."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa


@contextlib.contextmanager
def one_trip(db: sa.Connection) -> Iterator[None]:
    """What this block writes is on its way at once; its end waits for all of it. Nothing is asked for within. Raises
    DBAPIError, at the latest there."""
    if db.dialect.name != "postgresql":
        yield
        return
    import psycopg  # a package without PostgreSQL's library keeps to SQLite

    driver: Any = db.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(
            None, None, error, psycopg.Error,
            hide_parameters=True, connection_invalidated=bool(driver.closed), dialect=db.dialect,
        ) from error  # fmt: skip
