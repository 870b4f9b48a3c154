"""The schema: what the migrations build is what the program works with, from the first centre's tables on."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from conftest import PASSWORD, SetClock, both_databases

from db.centre import people, rows, schema
from db.centre.box import Box
from db.centre.database import HEAD, KNOWN, Database
from db.centre.lists import case_rows
from desk.centre.node import redating
from desk.centre.run import guard

KEY = bytes(range(32))


@pytest.fixture
def url(centre_url: str, tmp_path: Path) -> str:
    return centre_url or f"sqlite:///{tmp_path / 'old.db'}"


def first_centre(url: str) -> None:
    """A database as the first program made it: the tables of 0001, their own version mark, rows in them."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    first = importlib.import_module("db.centre.migrations.versions.v0001_first")
    with engine.begin() as db, Operations.context(MigrationContext.configure(db)):
        first.upgrade()
        db.execute(sa.text("INSERT INTO meta VALUES ('schema', '2'), ('node', '152523000000-00'), ('name', '中心')"))
        db.execute(
            sa.text(
                "INSERT INTO case_row (intake_no, case_no, state, applicant_name, item_name, task_code, point,"
                " collected_at, arrived_at, accepted_at, entries) VALUES ('152523202202012611240012', '', 'arrived',"
                " 'Altan', 'item', 'task', '152523202202', '2026-11-24T09:30:00+08:00', '', '', 2)"
            )
        )
        db.execute(
            sa.text(
                "INSERT INTO clerk (account, name, org, password, failed, locked_until)"
                " VALUES ('wulan', '乌兰', '综合窗口', :password, 0, '')"
            ),
            {"password": guard._hasher.hash(PASSWORD)},
        )
        db.execute(
            sa.text(
                "INSERT INTO entry (node, seq, hash, kind, subject, rank, time, encoded, received_at, audience)"
                " VALUES ('152523000000-00', 1, :bytes, 'notice.published', 'x', 1, '', :bytes, '', '')"
            ),
            {"bytes": b"{}"},
        )
    engine.dispose()


@both_databases
def test_a_first_centre_comes_up_to_date_with_all_it_has(url: str, tell: SetClock) -> None:
    first_centre(url)
    for _ in range(2):  # the second time there is nothing to do
        database = Database(url, Box(KEY))
        with database.read() as db:
            version = db.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
            assert version == [HEAD]
            assert (rows.value(db, "name"), rows.encoded_after(db, "152523000000-00", 0, 9)) == ("中心", [b"{}"])
            assert redating.waits(db)  # its days are worked out anew
            case = case_rows.one_case(db, "152523202202012611240012")
            assert [one["intake_no"] for one in case_rows.case_page(db, case_rows.Asked(text="lta"), 0, 9)] == [
                case["intake_no"]
            ]
            assert (case["applicant_name"], case["org"], case["supplements"]) == ("Altan", "", 0)
            clerk = people.one_clerk(db, "wulan")
            assert (clerk["name"], clerk["roles"], clerk["second"], clerk["disabled_at"]) == ("乌兰", "", b"", "")
        database.close()


def is_of(dialect: str) -> Callable[..., bool]:
    """Whether a thing that the program names is one of that kind of database."""
    return lambda _one, name, *_: dialect == "postgresql" or name != "case_intake_begins"


def differences(url: str) -> list[object]:
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as db:
        told = {"compare_type": True, "include_object": is_of(db.dialect.name)}
        context = MigrationContext.configure(db, opts=told)
        found = compare_metadata(context, schema.META)
    engine.dispose()
    return list(found)


@both_databases
def test_migrations_build_what_the_program_names(url: str) -> None:
    first_centre(url)
    Database(url, Box(KEY)).close()
    assert differences(url) == []


@both_databases
def test_a_new_database_is_the_same(url: str) -> None:
    Database(url, Box(KEY)).close()
    assert differences(url) == []


def test_the_newest_migration_is_the_head_that_is_known() -> None:
    versions = Path(schema.__file__).parent / "migrations" / "versions"
    names = sorted(one.stem.removeprefix("v").partition("_")[0] for one in versions.glob("v*.py"))
    assert tuple(names) == KNOWN
    assert names[-1] == HEAD


def opens(url: str, barrier: object, told: object) -> None:
    """In another process: open the database at the same moment as the others."""
    barrier.wait(60)
    try:
        Database(url, Box(KEY)).close()
        told.put("")
    except Exception as error:  # noqa: BLE001 - told to the test
        told.put(repr(error))


def test_a_database_that_another_is_just_making_is_waited_for(tmp_path: Path) -> None:
    with contextlib.closing(
        sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(0.5, lambda: other.execute("COMMIT"))
        done.start()
        Database(f"sqlite:///{tmp_path / 'new.db'}", Box(KEY)).close()
        done.join()


@both_databases
@pytest.mark.skipif(os.name == "nt", reason="fork is POSIX")
@pytest.mark.parametrize("old", [True, False], ids=["old", "new"])
def test_processes_that_open_at_once_migrate_once(url: str, old: bool) -> None:
    if old:
        first_centre(url)
    context = multiprocessing.get_context("fork")
    barrier, told = context.Barrier(3), context.Queue()
    started = [context.Process(target=opens, args=(url, barrier, told)) for _ in range(3)]
    for one in started:
        one.start()
    assert [told.get(timeout=60) for _ in started] == [""] * 3
    for one in started:
        one.join(30)
    assert differences(url) == []


@pytest.mark.parametrize("centre_url", ["postgresql"], indirect=True)
def test_a_step_that_waits_for_a_reader_keeps_nobody_else_waiting(url: str) -> None:
    """As while a host is backed up that serves with the program before."""
    first_centre(url)
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    come = threading.Event()

    def come_up() -> None:
        Database(url, Box(KEY)).close()
        come.set()

    opening = threading.Thread(target=come_up)
    with engine.connect() as reader, engine.connect() as other:
        reader.execute(sa.text("SELECT count(*) FROM case_row"))
        other.execute(sa.text("SET lock_timeout = '8s'"))  # as a host has it
        other.commit()
        opening.start()
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'case_row'::regclass"
        until = time.monotonic() + 30
        while not other.execute(sa.text(waits)).scalar() and time.monotonic() < until:
            time.sleep(0.05)
        assert not come.is_set()
        began = time.monotonic()
        for _ in range(20):  # through several of its tries
            other.execute(sa.text("SELECT count(*) FROM case_row"))
            other.commit()
            time.sleep(0.3)
        assert time.monotonic() - began < 20 * 0.3 + 5
        reader.rollback()
        assert come.wait(30)
    opening.join()
    engine.dispose()
