"""Several statements in one trip: what they give and undo is as if each had waited for the one before."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from conftest import both_databases

from db.centre import rows as rows_of_all
from db.centre.database import Database, is_full
from db.centre.line.one_trip import Question, ask, ask_all, one_of, one_trip
from db.centre.schema import entry, meta, node
from db.centre.tables.putting import change, insert, put

on_postgres = pytest.mark.parametrize("centre_url", ["postgresql"], indirect=True)


def values(db: sa.Connection) -> dict[str, str]:
    return {row.key: row.value for row in db.execute(sa.select(meta).where(meta.c.key.like("k%")))}


def asked(db: sa.Connection, *keys: str) -> Question[dict[str, str]]:
    statement = sa.select(meta).where(one_of(meta.c.key, "keys")[db.dialect.name])
    return Question(statement, {"keys": list(keys)}, lambda found: {row.key: row.value for row in found})


@both_databases
def test_what_is_written_in_a_trip_is_there_behind_it(database: Database) -> None:
    with database.write() as db:
        with one_trip(db):
            put(db, meta, ("key", "value"), [("k1", "a"), ("k2", "b")])
            insert(db, meta, [{"key": "k1", "value": "c"}], key="key")
        assert values(db) == {"k1": "c", "k2": "b"}
    with database.read() as db:
        assert values(db) == {"k1": "c", "k2": "b"}


@both_databases
def test_what_the_database_does_not_take_undoes_the_transaction(database: Database) -> None:
    def twice() -> None:
        with database.write() as db, one_trip(db):
            for key in ("k1", "k1", "k2"):
                put(db, meta, ("key", "value"), [(key, "a")])

    with pytest.raises(sa.exc.DBAPIError) as raised:
        twice()
    assert not is_full(raised.value)
    assert not raised.value.connection_invalidated
    with database.write() as db:
        assert values(db) == {}


@both_databases
def test_questions_together_are_answered_as_each_alone(database: Database) -> None:
    with database.write() as db:
        put(db, meta, ("key", "value"), [("k1", "a"), ("k2", "b")])
        questions = asked(db, "k1"), asked(db), asked(db, "k2", "k1", "none")
        together = ask_all(db, *questions)
        assert together == [ask(db, one) for one in questions] == [{"k1": "a"}, {}, {"k1": "a", "k2": "b"}]


@on_postgres
def test_a_line_that_breaks_in_a_trip_is_known_for_broken(database: Database) -> None:
    def cut() -> None:
        with database.write() as db:
            pid = db.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            with database.touch() as other:
                other.execute(sa.text(f"SELECT pg_terminate_backend({pid})"))
            with one_trip(db):
                put(db, meta, ("key", "value"), [("k1", "a")])

    with pytest.raises(sa.exc.DBAPIError) as raised:
        cut()
    assert raised.value.connection_invalidated
    with database.write() as db:
        assert values(db) == {}


_BYTES = bytes(range(256))


@both_databases
def test_rows_are_put_and_changed_as_they_are(database: Database) -> None:
    columns = ("node", "seq", "hash", "kind", "subject", "rank", "time", "received_at", "audience", "encoded")
    odd = '逗号, "引号" \\u0000 {大括号} \\ \n𠮷'
    rows = [("n", at, _BYTES, "k", odd, 2**62, "", "", "", _BYTES[at % 250 :]) for at in range(1, 1003)]
    with database.write() as db:
        put(db, entry, columns, rows)
        found = db.execute(sa.select(*(entry.c[one] for one in columns)).order_by(entry.c.seq)).all()
        assert [tuple(map(_plain, one)) for one in found] == rows
        desk = {"point_code": "p", "point_name": "", "seal_key": b"", "machine": "", "enrolled_at": ""}
        for name in "ab":
            rows_of_all.add_node(db, {"name": name, "sign_key": name.encode(), "head": b"", **desk})
        change(db, node, "name", ("have", "head"), [("a", 7, _BYTES), ("none", 1, b"")])
        told = db.execute(sa.select(node.c.name, node.c.have, node.c.head).order_by(node.c.name)).all()
        assert [tuple(map(_plain, one)) for one in told] == [("a", 7, _BYTES), ("b", 0, b"")]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


@both_databases
def test_the_last_of_one_key_counts_and_what_stays_stays(database: Database) -> None:
    with database.write() as db:
        put(db, meta, ("key", "value"), [("k1", "a"), ("k2", "b"), ("k1", "c")], ("key",))
        put(db, meta, ("key", "value"), [("k1", "d"), ("k3", "e"), ("k3", "f")], stays=True)
        assert values(db) == {"k1": "c", "k2": "b", "k3": "e"}


@on_postgres
def test_a_nul_which_postgres_has_none_of_is_a_sign_of_its_own(database: Database) -> None:
    with database.write() as db:
        put(db, meta, ("key", "value"), [("k1", "a\0b\\u0000c")])
        assert values(db) == {"k1": "a\ufffdb\\u0000c"}
