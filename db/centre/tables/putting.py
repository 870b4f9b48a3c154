"""Many rows put into a table, or taken out: by the driver's own hand, for SQLAlchemy's would take as long as the rest,
and on PostgreSQL by one statement, the same however many they are."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

_POSTGRES = sa.create_mock_engine("postgresql://", lambda *_: None).dialect
_NUL = b"\\u0000"  # and a text that has this written in it
_PIECE = 500  # rows of a statement: what it holds lies in memory twice


def insert(
    db: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], key: str | tuple[str, ...] = ""
) -> None:
    """Rows with the same columns, each told by its columns' names. With `key`, one that is there already is replaced;
    of several with the same key the last counts."""
    if rows:
        columns = tuple(rows[0])
        take = operator.itemgetter(*columns) if len(columns) > 1 else lambda row: (row[columns[0]],)
        put(db, table, columns, list(map(take, rows)), (key,) if isinstance(key, str) and key else tuple(key))


def put(
    db: sa.Connection,
    table: sa.Table,
    columns: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    key: tuple[str, ...] = (),
    *,
    stays: bool = False,
) -> None:
    """As `insert`, of rows as tuples in the order of `columns`; with `stays`, one that is there already stays."""
    if not rows:
        return
    words = _words(db.dialect.name, table, columns, key, stays=stays)
    if db.dialect.name != "postgresql":
        db.exec_driver_sql(words, rows)
        return
    if key:  # one statement changes no row twice
        of = operator.itemgetter(*(columns.index(one) for one in key))
        rows = list({of(row): row for row in rows}.values())
    for at in range(0, len(rows), _PIECE):
        db.exec_driver_sql(words, (_told(columns, rows[at : at + _PIECE]),))


def change(
    db: sa.Connection, table: sa.Table, key: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Change `columns` of the rows that are there, each told by its `key` and what stands in those columns now."""
    if not rows:
        return
    words = _changing(db.dialect.name, table, key, columns)
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(words, (_told((key, *columns), rows),))
    else:
        db.exec_driver_sql(words, [(*row[1:], row[0]) for row in rows])


def drop(db: sa.Connection, table: sa.Table, key: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Remove the rows of these keys."""
    if not rows:
        return
    words = _dropping(db.dialect.name, table, key)
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(words, (_told(key, rows),))
    else:
        db.exec_driver_sql(words, rows)


@functools.cache
def _dropping(dialect: str, table: sa.Table, key: tuple[str, ...]) -> str:
    if dialect != "postgresql":
        return f"DELETE FROM {table.name} WHERE " + " AND ".join(f'"{one}" = ?' for one in key)
    told = f"(SELECT {_opened(table, key)} FROM {_set_of(table, key)}) AS old"
    same = " AND ".join(f'{table.name}."{one}" = old."{one}"' for one in key)
    return f"DELETE FROM {table.name} USING {told} WHERE {same}"


@functools.cache
def _changing(dialect: str, table: sa.Table, key: str, columns: tuple[str, ...]) -> str:
    if dialect != "postgresql":
        sets = ", ".join(f'"{one}" = ?' for one in columns)
        return f'UPDATE {table.name} SET {sets} WHERE "{key}" = ?'
    sets, named = ", ".join(f'"{one}" = new."{one}"' for one in columns), (key, *columns)
    told = f"(SELECT {_opened(table, named)} FROM {_set_of(table, named)}) AS new"
    return f'UPDATE {table.name} SET {sets} FROM {told} WHERE {table.name}."{key}" = new."{key}"'


@functools.cache
def _words(dialect: str, table: sa.Table, columns: tuple[str, ...], key: tuple[str, ...], *, stays: bool) -> str:
    into = f"INSERT INTO {table.name} ({_named(columns)})"
    if dialect == "postgresql":
        words = f"{into} SELECT {_opened(table, columns)} FROM {_set_of(table, columns)}"
    else:
        words = f"{into} VALUES ({', '.join('?' * len(columns))})"
    if stays:
        return f"{words} ON CONFLICT DO NOTHING"
    sets = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
    return f"{words} ON CONFLICT ({_named(key)}) DO UPDATE SET {sets}" if key else words


def _named(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{one}"' for one in columns)


def _told(columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> str:
    """Rows as PostgreSQL is told them: as JSON, whose bytes are base64. A driver's arrays take ten times as long."""
    encoded = msgspec.json.encode([dict(zip(columns, row, strict=True)) for row in rows])
    if _NUL in encoded:
        encoded = msgspec.json.encode([dict(zip(columns, map(_fit, row), strict=True)) for row in rows])
    return encoded.decode()


def _set_of(table: sa.Table, columns: tuple[str, ...]) -> str:
    texts = [sa.Text() if _is_bytes(table, one) else table.c[one].type for one in columns]
    kinds = (one.compile(dialect=_POSTGRES) for one in texts)
    named = ", ".join(f'"{one}" {kind}' for one, kind in zip(columns, kinds, strict=True))
    return f"json_to_recordset(%s::json) AS told({named})"


def _opened(table: sa.Table, columns: tuple[str, ...]) -> str:
    told = (f'decode("{one}", \'base64\') AS "{one}"' if _is_bytes(table, one) else f'"{one}"' for one in columns)
    return ", ".join(told)


def _is_bytes(table: sa.Table, column: str) -> bool:
    return isinstance(table.c[column].type, sa.LargeBinary)


def _fit(value: Any) -> Any:
    """A value that PostgreSQL takes: its texts hold no NUL. The entry keeps what was said; this is for lists."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
