"""Several hosts, one service: counted in one place, forwarded by one at a time, spoken of and copied by one address."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import postgres
import pytest
import sqlalchemy as sa
from conftest import (
    CHEAP,
    PASSWORD,
    POINT,
    POINT_NAME,
    TRUSTING,
    Served,
    SetClock,
    both_databases,
    full_draft,
    level,
    serving,
    sync,
)  # fmt: skip

from db.centre.hosts import host_rows
from db.centre.line.engine import Line
from desk.app import opening
from desk.centre import commands, site
from desk.centre.exchange import enrolment
from desk.centre.levels import forwarding
from desk.centre.node import centre_node
from desk.centre.node.hosts import secret_words
from desk.centre.run import backup, guard, limits
from desk.centre.run.hosts import leases
from desk.centre.run.hosts.adding import host_name
from desk.centre.run.settings import Settings
from desk.errors import RefusedError
from desk.store.account import Account
from desk.sync.outcome import Outcome

on_postgres = pytest.mark.parametrize("centre_url", ["postgresql"], indirect=True)
HOLDER = """
import sys, time
from pathlib import Path
from desk.centre.node.centre_node import Centre
from desk.centre.run.hosts import leases
with leases.Lease(Centre(Path(sys.argv[1]), sys.argv[2]), leases.FORWARDING).held() as is_ours:
    print(is_ours, flush=True)
    time.sleep(600)
"""
ADDRESSES = ("203.0.113.9", "2001:db8::/64")


@pytest.fixture
def other(served: Served, centre_url: str, tmp_path: Path, tell: SetClock) -> Iterator[centre_node.Centre]:
    """Another host of the same centre; on SQLite another process of the same one."""
    folder = served.centre.folder
    if centre_url:
        folder = tmp_path / "second"
        shutil.copytree(served.centre.folder, folder, ignore=shutil.ignore_patterns("*.part"))
    centre = centre_node.Centre(folder, centre_url, tell)
    yield centre
    centre.close()


# -- counted in one place ----------------------------------------------------------------------------------------


@on_postgres
def test_two_hosts_let_in_as_many_as_one(served: Served, other: centre_node.Centre) -> None:
    how = Settings(logins_per_minute=5)
    hosts = [limits.Limits(how, None, one.database) for one in (served.centre, other)]
    passed = {who: [hosts[number % 2].logins.wait(who) for number in range(10)] for who in ADDRESSES}
    for waits in passed.values():
        assert waits[:5] == [0] * 5
        assert all(10 <= one <= 12 for one in waits[5:]), waits
    with served.centre.database.touch() as db:
        kept = db.execute(sa.text("SELECT door, who FROM knock")).all()
        assert {door for door, _ in kept} == {"logins"}
        assert not {who for _, who in kept} & set(ADDRESSES)  # nobody's address is kept
        db.execute(sa.text("UPDATE knock SET free_at = free_at - 12100"))  # a fifth of a minute goes by
    fresh = limits.Limits(how, None, other.database)
    assert [fresh.logins.wait(ADDRESSES[0]) > 0 for _ in range(2)] == [False, True]
    with served.centre.database.touch() as db:
        db.execute(sa.text("UPDATE knock SET free_at = free_at - 100000"))
    limits.tidy(other.database)
    with served.centre.database.read() as db:
        assert db.execute(sa.text("SELECT count(*) FROM knock")).scalar() == 0


@on_postgres
def test_knocks_at_the_same_moment_are_as_many_as_they_are(served: Served, other: centre_node.Centre) -> None:
    doors = [limits.Door("logins", 10, 60, None, one.database) for one in (served.centre, other)]
    passed: list[int] = []

    def knock(door: limits.Door) -> None:
        passed.extend(door.wait(ADDRESSES[0]) == 0 for _ in range(10))

    threads = [threading.Thread(target=knock, args=[door]) for door in doors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(passed), sum(passed)) == (20, 10)


@on_postgres
def test_wrong_logins_at_two_hosts(served: Served, other: centre_node.Centre) -> None:
    how = Settings(logins_per_minute=10)
    began = time.monotonic()
    with serving(site.app(served.centre, how)) as one, serving(site.app(other, how)) as two:
        told = [
            httpx.post(address + "/login", data={"account": f"nobody{number}", "password": "x"}, timeout=60).status_code
            for number in range(10)
            for address in (one, two)
        ]
    passed = sum(status != 429 for status in told)
    assert 10 <= passed <= min(19, 11 + (time.monotonic() - began) // 6)  # one more in six seconds


@on_postgres
def test_a_database_that_is_away_leaves_the_hosts_own_count(served: Served, other: centre_node.Centre) -> None:
    door = limits.Door("logins", 2, 60, None, other.database)
    other.database.engine.dispose()
    other.database.touch = served.centre.database.write  # what cannot be had
    other.database.touch = lambda: (_ for _ in ()).throw(sa.exc.OperationalError("", {}, Exception()))
    assert [door.wait("x") > 0 for _ in range(3)] == [False, False, True]


# -- one at a time -----------------------------------------------------------------------------------------------


@both_databases
def test_a_work_is_one_hosts_at_a_time(served: Served, other: centre_node.Centre) -> None:
    mine, theirs = leases.Lease(served.centre, "w", 0.6), leases.Lease(other, "w", 0.6)
    waits = threading.Event()
    with mine.held() as is_mine, theirs.held() as is_theirs:
        assert (is_mine, is_theirs) == (True, False)
        waits.wait(1.0)  # longer than it was taken for: who holds it goes on saying so
        with theirs.held() as is_taken:
            assert not is_taken
    with theirs.held() as is_theirs, mine.held(0.5) as is_mine:  # it was given back
        assert (is_theirs, is_mine) == (True, False)
    with served.centre.database.touch() as db:
        assert host_rows.take_lease(db, "w", "another host", 0.6)  # and nothing more is heard of it
    with mine.held(1.5) as is_mine:
        assert is_mine


@both_databases
def test_who_was_killed_on_this_host_is_not_waited_for(
    served: Served, centre_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    command = [sys.executable, "-c", HOLDER, str(served.centre.folder), centre_url]
    lease = leases.Lease(served.centre, leases.FORWARDING)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with lease.held() as is_ours:
            assert not is_ours
        holder.kill()
    with lease.held() as is_ours:
        assert is_ours


@on_postgres
def test_one_host_forwards(
    served: Served, other: centre_node.Centre, tmp_path: Path, tell: SetClock, centre_url: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with level(tmp_path / "league", "152500", "盟", tell) as league:
        code = enrolment.enrol_code(league.centre, "152523000000", "旗")
        forwarding.join(served.centre, league.address, code)
        monkeypatch.setenv("DAIBAN_CENTRE_DB", centre_url)
        asked = ["--data", str(other.folder), "forward"]
        monkeypatch.setattr(commands, "_PATIENCE", 0.2)
        with leases.Lease(served.centre, leases.FORWARDING).held():
            assert commands.run_centre(asked) == 1
        assert "没有重复转送" in capsys.readouterr().err
        assert commands.run_centre(asked) == 0
        assert league.centre.verify()[served.centre.node] > 0
        assert commands.run_centre(asked) == 0  # it gave the work back


def test_figures_are_named_by_their_host(served: Served) -> None:
    httpx.get(served.address + "/query")
    said = httpx.get(served.address + "/metrics").text
    mine = f'host="{host_name()}"'
    ours = f'centre="{served.centre.code[:6]}",{mine}'
    assert f'daiban_requests_total{{{ours},method="GET",route="/query",status="200"}} 1.0' in said
    assert f"daiban_disk_free_bytes{{{mine}}}" in said
    assert "daiban_open_cases{state=" in said or "daiban_open_cases" in said  # of the whole centre


# -- one address -------------------------------------------------------------------------------------------------


def several(url: str, form: str) -> str:
    """The same database by an address of two hosts, of which the first is away."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        away = free.getsockname()[1]
    there, _, name = url.rpartition("/")
    port = there.rpartition(":")[2]
    return form.format(away=away, port=port, name=name)


@on_postgres
@pytest.mark.parametrize(
    "form",
    [
        "postgresql://daiban@127.0.0.1:{away},127.0.0.1:{port}/{name}",
        "postgresql://daiban@/{name}?host=127.0.0.1:{away}&host=127.0.0.1:{port}",
        "postgresql://daiban@/{name}?host=127.0.0.1,127.0.0.1&port={away},{port}",
    ],
)
def test_served_copied_restored_and_moved_by_an_address_of_two_hosts(
    form: str, tmp_path: Path, centre_url: str, empty_database: str, tell: SetClock,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    here, empty = several(centre_url, form), several(empty_database, form)
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    folder = tmp_path / "centre"
    monkeypatch.setenv("DAIBAN_CENTRE_DB", "")
    assert commands.run_centre(["--data", str(folder), "init", "--code", "152523", "--name", "中心"]) == 0
    monkeypatch.setenv("DAIBAN_CENTRE_TO", here)
    assert commands.run_centre(["--data", str(folder), "move", "postgresql"]) == 0
    monkeypatch.setenv("DAIBAN_CENTRE_DB", here)
    assert commands.run_centre(["--data", str(folder), "backup", str(tmp_path / "copy.dbc")]) == 0
    monkeypatch.setenv("DAIBAN_CENTRE_DB", empty)
    assert commands.run_centre(["--data", str(tmp_path / "again"), "restore", str(tmp_path / "copy.dbc")]) == 0
    assert commands.run_centre(["--data", str(tmp_path / "again"), "verify"]) == 0
    assert "完整" in capsys.readouterr().out
    old, new = centre_node.Centre(folder, here, tell), centre_node.Centre(tmp_path / "again", empty, tell)
    with contextlib.closing(old), contextlib.closing(new):
        assert new.verify()[new.node] >= old.verify()[old.node] > 0


@pytest.mark.parametrize("url", ["postgresql://h1:x/d", "postgresql://h1,,h2/d"])
def test_an_address_that_is_none_is_told(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAIBAN_CENTRE_DB", url)
    assert commands.run_centre(["--data", str(tmp_path / "c"), "init", "--code", "152523", "--name", "中心"]) == 1
    assert "数据库的地址无法识读" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()
    (tmp_path / "toml").write_text(f'database = "{url}"\n')
    assert commands.run_centre(["--config", str(tmp_path / "toml"), "verify"]) == 1
    assert "database 无法识读" in capsys.readouterr().err


# -- pgbouncer ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("pgbouncer", path="/usr/sbin:/usr/bin") is None, reason="pgbouncer is not installed")
@on_postgres
def test_behind_pgbouncer_in_transaction_mode(
    tmp_path: Path, centre_url: str, empty_database: str, postgres_cluster: postgres.Cluster,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    centre_node.create(tmp_path / "centre", "152523", "中心", centre_url)
    with postgres.bouncer(postgres_cluster, centre_url, 3) as url:
        line = Settings(pgbouncer=True).line()
        centre = centre_node.Centre(tmp_path / "centre", url, line=line)
        guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
        told: list[Outcome] = []
        with serving(site.app(centre, TRUSTING)) as address:
            desks = []
            for number in range(4):
                code = enrolment.enrol_code(centre, POINT, POINT_NAME)
                folder = tmp_path / f"desk{number}"
                opening.create_desk(folder, address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
                desks.append(opening.open_desk(folder, "suhe", PASSWORD))

            for round_ in range(8):  # a statement is prepared from its fifth time on
                for desk in desks:
                    desk.register(full_draft(desk, round_))
                threads = [threading.Thread(target=lambda one=one: told.append(sync(one).outcome)) for one in desks]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join(60)
            assert set(told) == {Outcome.DONE}
            assert len(told) == 32
            with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as clerk:
                clerk.post("/login", data={"account": "wulan", "password": PASSWORD})
                for _ in range(8):
                    assert clerk.get("/cases").status_code == 200
                assert clerk.get("/readyz").json()["ok"]
            with centre.database.touch() as db:  # what is set for a transaction
                assert db.exec_driver_sql("SHOW lock_timeout").scalar() == f"{Line().lock:.0f}s"
            for desk in desks:
                assert centre.verify()[desk.identity.node] > 0
                desk.close()
        with pytest.raises(RefusedError, match="在 pgbouncer 后面"):
            backup.backup(centre, url, tmp_path / "copy.dbc", "long enough")
        monkeypatch.setenv(secret_words.DIRECT, empty_database)
        with pytest.raises(RefusedError):  # another database than that which is served
            backup.backup(centre, url, tmp_path / "copy.dbc", "long enough")
        monkeypatch.setenv(secret_words.DIRECT, centre_url)
        assert backup.backup(centre, url, tmp_path / "copy.dbc", "long enough").node == centre.node
        centre.close()
