"""What waits for the turn goes in one transaction: durable for all, and undone for the one that raises."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from conftest import both_databases

from db.centre import rows
from db.centre.database import Database
from db.centre.line.waiting import Many

Work = Callable[[sa.Connection], Any]


class Begun:
    """Transactions, by what they ended with."""

    def __init__(self, database: Database) -> None:
        self.ended: list[str] = []
        sa.event.listen(database.engine, "commit", lambda _db: self.ended.append("commit"))
        sa.event.listen(database.engine, "rollback", lambda _db: self.ended.append("rollback"))


def at_once(database: Database, works: Sequence[Work], many: Many | None = None) -> list[Any]:
    """What came of these, which all came while somebody else had the turn: what it gave, or the error."""
    found: list[Any] = [None] * len(works)

    def one(at: int) -> None:
        try:
            found[at] = database.together(works[at], many, at)
        except Exception as error:  # noqa: BLE001 - looked at by the test
            found[at] = error

    threads = []
    with database._turn:
        for at in range(len(works)):
            threads.append(threading.Thread(target=one, args=(at,)))
            threads[-1].start()
            until = time.monotonic() + 20
            while len(database._asked) <= at:
                assert time.monotonic() < until
                time.sleep(0.001)
    for thread in threads:
        thread.join(20)
    assert not database._asked
    return found


def has_ended(threads: Sequence[threading.Thread]) -> bool:
    for thread in threads:
        thread.join(20)
    return not any(thread.is_alive() for thread in threads)


def keeps(key: str, then: Exception | None = None) -> Work:
    def work(db: sa.Connection) -> str:
        rows.set_value(db, key, "kept")
        if then is not None:
            raise then
        return key

    return work


def kept(database: Database, *keys: str) -> list[str]:
    with database.read() as db:
        return [key for key in keys if rows.value(db, key)]


@both_databases
def test_all_that_waits_is_one_transaction_and_a_refusal_undoes_itself_alone(database: Database) -> None:
    begun = Begun(database)
    refusal = ValueError("no")
    found = at_once(database, [keeps("a"), keeps("b", refusal), keeps("c")])
    assert found == ["a", refusal, "c"]
    assert begun.ended == ["commit"]
    assert kept(database, "a", "b", "c") == ["a", "c"]


@both_databases
def test_each_sees_what_was_written_before_it(database: Database) -> None:
    def follows(db: sa.Connection) -> int:
        seq = rows.own_end(db)[0] + 1
        rows.set_own_end(db, seq, bytes(32))
        return seq

    assert sorted(at_once(database, [follows] * 5)) == [1, 2, 3, 4, 5]


@both_databases
def test_one_that_the_database_does_not_take_keeps_nobody_out(database: Database) -> None:
    def wrong(db: sa.Connection) -> None:
        rows.set_value(db, "w", "kept")
        db.exec_driver_sql("INSERT INTO no_such_table VALUES (1)")

    found = at_once(database, [keeps("a"), wrong, keeps("c")])
    assert found[0] == "a"
    assert found[2] == "c"
    assert isinstance(found[1], sa.exc.DBAPIError)
    assert kept(database, "a", "w", "c") == ["a", "c"]


@both_databases
def test_nothing_is_acknowledged_that_was_not_committed(database: Database) -> None:
    def lost(_db: sa.Connection) -> None:
        raise sa.exc.OperationalError("COMMIT", None, Exception("gone"), connection_invalidated=True)

    sa.event.listen(database.engine, "commit", lost)
    found = at_once(database, [keeps("a"), keeps("b")])
    sa.event.remove(database.engine, "commit", lost)
    assert [type(one) for one in found] == [sa.exc.OperationalError] * 2
    assert kept(database, "a", "b") == []
    assert at_once(database, [keeps("a"), keeps("b")]) == ["a", "b"]


def test_alone_it_is_a_transaction_of_its_own(database: Database) -> None:
    begun = Begun(database)
    with pytest.raises(ValueError, match="no"):
        database.together(keeps("a", ValueError("no")))
    assert database.together(keeps("b")) == "b"
    assert begun.ended == ["rollback", "commit"]
    assert kept(database, "a", "b") == ["b"]


@both_databases
def test_what_many_cannot_do_together_each_does_by_itself_in_one_transaction_more(database: Database) -> None:
    tried: list[int] = []

    def many(db: sa.Connection, what: Sequence[Any]) -> Sequence[Any]:
        tried.append(len(what))
        for one in what:
            rows.set_value(db, f"many-{one}", "kept")
        raise ZeroDivisionError

    begun, refusal = Begun(database), ValueError("no")
    works = [keeps("a"), keeps("b", refusal), keeps("c")]
    found = at_once(database, works, many)
    assert found == ["a", refusal, "c"]
    assert tried == [3]
    assert begun.ended == ["rollback", "commit"]
    assert kept(database, "many-0", "a", "b", "c") == ["a", "c"]


@both_databases
def test_whoever_is_done_waits_for_nobody_elses_turn(database: Database) -> None:
    opened = [threading.Event(), threading.Event()]
    begun = [threading.Event(), threading.Event()]

    def lasts(at: int) -> Work:
        def work(_db: sa.Connection) -> None:
            begun[at].set()
            assert opened[at].wait(20)

        return work

    def at_work(works: Sequence[Work]) -> list[threading.Thread]:
        made = [threading.Thread(target=database.together, args=(work,)) for work in works]
        for thread in made:
            thread.start()
        return made

    with database._turn:
        first = at_work([keeps(f"k{at}") for at in range(10)] + [lasts(0)])
        until = time.monotonic() + 20
        while len(database._asked) < len(first):
            assert time.monotonic() < until
            time.sleep(0.001)
    assert begun[0].wait(20)
    opened[0].set()
    last = at_work([lasts(1)] * 30)  # who come as the others are told
    assert begun[1].wait(20)
    try:
        assert has_ended(first)
    finally:
        opened[1].set()
    assert has_ended(last)
