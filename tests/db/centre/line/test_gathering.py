"""What is made ready gives way to the turn, and the turn waits a moment for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from conftest import both_databases

from db.centre import rows
from db.centre.box import Box
from db.centre.database import Database, TurnError
from db.centre.line import gathering
from db.centre.line.engine import Line


@pytest.fixture
def database(centre_url: str, tmp_path: object) -> Iterator[Database]:
    made = Database(centre_url or f"sqlite:///{tmp_path}/centre.db", Box(bytes(32)), Line(turn=0.3))
    yield made
    made.close()


def started(*works: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for work in works]
    for one in threads:
        one.start()
    return threads


def until(found: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not found():
        assert time.monotonic() < end
        time.sleep(0.002)


@both_databases
def test_nothing_is_begun_while_somebody_has_the_turn(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_GIVE_WAY", 20.0)
    done: list[str] = []

    def ready() -> None:
        with database.readying():
            done.append("ready")

    with database.write():
        threads = started(ready)
        until(lambda: database._gathering._coming)
        time.sleep(0.05)
        assert not done
        done.append("turn")
    threads[0].join(20)
    assert done == ["turn", "ready"]


@both_databases
def test_a_turn_that_lasts_keeps_it_no_longer_than_a_moment(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_GIVE_WAY", 0.01)
    with database.write(), database.readying():
        pass


@both_databases
def test_the_turn_waits_for_what_is_nearly_ready(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_WAIT", 20.0)
    is_asked, commits, before = threading.Event(), [], []
    sa.event.listen(database.engine, "commit", lambda _db: commits.append(1))

    def keep(key: str) -> None:
        database.together(lambda db: rows.set_value(db, key, "kept"))

    def late() -> None:
        with database.readying():
            is_asked.wait(20)
            until(lambda: database._is_led)
            time.sleep(0.05)
            before.append(len(commits))
        keep("late")

    threads = started(late)
    until(lambda: database._gathering._coming)
    threads += started(lambda: keep("early"))
    is_asked.set()
    for one in threads:
        one.join(20)
    assert before == [0]
    with database.read() as db:
        assert rows.value(db, "early") == rows.value(db, "late") == "kept"
    monkeypatch.setattr(gathering, "_WAIT", 0.01)
    with database.readying():  # and whoever makes something ready for long holds up nobody
        keep("meanwhile")


@both_databases
def test_a_database_that_is_far_is_waited_for_in_its_turn_and_nothing_gives_way(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "_GIVE_WAY", 60.0)
    monkeypatch.setattr(gathering, "_FAR", 0.0)  # as every database is then
    for _ in range(8):
        with database._gathering.trip():
            pass
    done: list[str] = []

    def ready() -> None:
        with database.readying():
            done.append("ready")

    with database.write():
        started(ready)[0].join(20)
        assert done == ["ready"]


def test_the_turn_is_left_to_others_where_several_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(gathering, "time", SimpleNamespace(monotonic=lambda: 1000.0, sleep=slept.append))
    made = gathering.Gathering()
    made.wait(several=True)
    made.leave(0.125)
    made.wait(several=False)
    made.wait(several=True)
    made.leave(8.0)
    made.wait(several=True)
    assert slept == [0.0, 0.125, 0.25]


@both_databases
def test_a_few_at_once_and_whoever_waits_in_vain_is_told(database: Database) -> None:
    with database.readying(), database.readying():
        with pytest.raises(TurnError), database.readying():
            pass
        assert database._gathering._coming == 2
    with database.readying():
        pass
    assert not database._gathering._coming
