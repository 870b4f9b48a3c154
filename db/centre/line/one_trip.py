"""Several statements in one trip to PostgreSQL: what is asked of it together, and what is told it without waiting."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

T = TypeVar("T")


class Question(NamedTuple, Generic[T]):
    """A statement with what it is told, and how its rows are read, each with its columns by name."""

    statement: sa.Select[Any]
    told: Mapping[str, Any]
    read: Callable[[Iterable[Any]], T]


def one_of(column: sa.Column[str], name: str) -> dict[str, sa.ColumnElement[bool]]:
    """`column` is one of the texts that are told as `name`, by dialect; on PostgreSQL the same words however many."""
    several = sa.bindparam(name, type_=postgresql.ARRAY(sa.Text))
    return {"postgresql": column == sa.any_(several), "sqlite": column.in_(sa.bindparam(name, expanding=True))}


def ask(db: sa.Connection, question: Question[T]) -> T:
    """The answer to one question."""
    return question.read(db.execute(question.statement, question.told))


def ask_all(db: sa.Connection, *questions: Question[Any]) -> list[Any]:
    """The answers to all of them, none of which depends on another. Raises DBAPIError."""
    if db.dialect.name != "postgresql":
        return [ask(db, one) for one in questions]
    from psycopg.rows import namedtuple_row

    driver: Any = db.connection.driver_connection
    cursors = []
    with one_trip(db):
        for one in questions:
            put = _compiled(one.statement, db.dialect).construct_expanded_state(one.told)
            cursor = driver.cursor(row_factory=namedtuple_row)
            cursors.append(cursor.execute(put.statement, put.parameters))
    found = []
    for one, cursor in zip(questions, cursors, strict=True):
        with cursor:
            found.append(one.read(cursor.fetchall()))
    return found


@functools.cache
def _compiled(statement: sa.Select[Any], dialect: sa.Dialect) -> Any:
    return statement.compile(dialect=dialect)


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
