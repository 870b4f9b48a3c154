"""Nothing waits for ever: not for the turn, nor a lock, nor a server that is stopped; and what is told meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import postgres
import psycopg
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, TRUSTING, both_databases, full_draft, serving, sync

from db.centre import rows
from db.centre.box import Box
from db.centre.database import _CHAIN, Database, TurnError
from db.centre.line.engine import Line
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.centre.run.hosts.probing import Probe
from desk.store.account import Account
from desk.sync.outcome import Outcome

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
SHORT = Line(connect=2, statement=2.0, lock=1.0, turn=3.0)
MOST = 12.0  # seconds that nobody here should wait, whoever else works on this machine


class World:
    """A centre on a server of its own, with a desk and a clerk."""

    def __init__(self, folder: Path, cluster: postgres.Cluster) -> None:
        self.cluster, self.url = cluster, cluster.database()
        centre_node.create(folder / "centre", "152523", "中心", self.url)
        self.centre = centre_node.Centre(folder / "centre", self.url, line=SHORT)
        guard.add_clerk(self.centre, "wulan", "乌兰", PASSWORD, "综合窗口")
        self.application = site.app(self.centre, TRUSTING)
        self.application.state.probe = Probe(self.centre, 0.5, 2.0)
        self.desk: Desk
        self.address = ""

    def pids(self) -> list[int]:
        """The server's processes."""
        pid = int((self.cluster.folder / "data" / "postmaster.pid").read_text("ascii").splitlines()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return [pid, *map(int, children)]

    def ready(self) -> dict[str, bool]:
        return httpx.get(self.address + "/readyz", timeout=MOST).json()

    def becomes(self, wanted: dict[str, bool]) -> None:
        until = time.monotonic() + 40
        while {key: self.ready()[key] for key in wanted} != wanted:
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with postgres.cluster() as cluster:
        made = World(tmp_path, cluster)
        with serving(made.application) as made.address:
            code = enrolment.enrol_code(made.centre, "152523202202", "代办点")
            opening.create_desk(tmp_path / "desk", made.address, code, Account("suhe", "苏和"), PASSWORD)
            made.desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD)
            assert sync(made.desk).outcome is Outcome.DONE
            yield made
            made.desk.close()
        made.centre.close()


def busy(world: World, number: int) -> None:
    """A desk is told so by a proved answer, in time; a page says it, too."""
    world.desk.register(full_draft(world.desk, number))
    began = time.monotonic()
    told = sync(world.desk)
    assert told.outcome is Outcome.BUSY  # an answer without a proof would be OFFLINE
    assert time.monotonic() - began < MOST
    assert httpx.get(world.address + "/healthz", timeout=MOST).status_code == 200


def test_somebody_holds_the_turn(world: World) -> None:
    with psycopg.connect(world.url, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", [_CHAIN])
        busy(world, 1)
        world.becomes({"ok": False, "database": True, "writes": False})
        with httpx.Client(base_url=world.address, timeout=MOST) as clerk:
            assert clerk.post("/login", data={"account": "wulan", "password": PASSWORD}).status_code == 303
        holder.execute("SELECT pg_advisory_unlock(%s)", [_CHAIN])
    assert sync(world.desk).outcome is Outcome.DONE
    world.becomes({"ok": True})


def test_a_server_that_is_stopped(world: World) -> None:
    pids = world.pids()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        busy(world, 1)
        world.becomes({"ok": False, "database": False, "writes": False})
        began = time.monotonic()
        told = httpx.get(world.address + "/query", timeout=MOST)
        assert told.status_code in (200, 503)
        assert time.monotonic() - began < MOST
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    world.becomes({"ok": True})
    assert sync(world.desk).outcome is Outcome.DONE
    assert world.centre.verify()[world.desk.identity.node] > 0


def test_a_host_that_stops_in_its_turn_is_given_up_by_the_server(world: World) -> None:
    with world.centre.database.read() as db:
        told = {name: db.exec_driver_sql(f"SHOW {name}").scalar() for name in (
            "lock_timeout", "idle_in_transaction_session_timeout", "tcp_user_timeout", "tcp_keepalives_idle",
        )}  # fmt: skip
    assert told == {
        "lock_timeout": "1s",
        "idle_in_transaction_session_timeout": "2min",
        "tcp_user_timeout": "15000",
        "tcp_keepalives_idle": "10",
    }


@pytest.mark.parametrize("centre_url", ["postgresql"], indirect=True)
def test_a_database_that_was_just_made_is_waited_for_no_longer_than_any(centre_url: str) -> None:
    database = Database(centre_url, Box(bytes(32)), Line(statement=2.0))  # bringing it up has all the time it needs
    with contextlib.closing(database):
        began = time.monotonic()
        with pytest.raises(sa.exc.OperationalError, match="no answer"), database.read() as db:
            db.execute(sa.select(sa.func.pg_sleep(20)))
        assert time.monotonic() - began < MOST


@both_databases
def test_the_turn_within_a_process_is_waited_for_so_long(centre_url: str, tmp_path: Path) -> None:
    database = Database(centre_url or f"sqlite:///{tmp_path}/centre.db", Box(bytes(32)), Line(turn=0.3))
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with database.write():
            held.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    began = time.monotonic()
    with pytest.raises(TurnError), database.write():
        pass
    with pytest.raises(TurnError):
        database.together(lambda db: rows.set_value(db, "late", "x"))
    assert time.monotonic() - began < MOST
    with database.read() as db:  # nobody who only reads waits
        assert rows.value(db, "late") == ""
    done.set()
    holder.join(20)
    database.together(lambda db: rows.set_value(db, "next", "x"))
    with database.read() as db:
        assert (rows.value(db, "late"), rows.value(db, "next")) == ("", "x")  # what was given up is not done after all
    database.close()


@both_databases
def test_who_waits_for_a_connection_has_no_turn(centre_url: str, tmp_path: Path) -> None:
    database = Database(centre_url or f"sqlite:///{tmp_path}/centre.db", Box(bytes(32)), Line(turn=0.3))
    asked, made = threading.Event(), threading.Event()
    connect = database.engine.connect

    def slow():
        if threading.current_thread() is not threading.main_thread():
            asked.set()
            made.wait(20)
        return connect()

    with contextlib.ExitStack() as ends:
        ends.callback(database.close)
        ends.callback(made.set)
        database.engine.connect = slow
        waits = threading.Thread(target=lambda: database.together(lambda db: rows.set_value(db, "slow", "x")))
        waits.start()
        asked.wait(20)
        with database.write() as db:
            rows.set_value(db, "quick", "x")
        made.set()
        waits.join(20)
        with database.read() as db:
            assert (rows.value(db, "slow"), rows.value(db, "quick")) == ("x", "x")
