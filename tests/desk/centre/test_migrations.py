"""The schema: what migrations build is what the program names, on both databases; old databases come along."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command, config
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import both_databases

from db.centre import database
from db.centre.box import Box
from db.centre.schema import META

BOX = Box(b"k" * 32)


@pytest.fixture
def url(centre_url: str, tmp_path: Path) -> str:
    return centre_url or f"sqlite:///{tmp_path / 'centre.db'}"


def old(url: str) -> None:
    """A database as it was before there were migrations, with a value in it."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    asked = config.Config()
    asked.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with engine.begin() as db:
        asked.attributes["connection"] = db
        command.upgrade(asked, "0001")
        db.execute(sa.text("DROP TABLE alembic_version"))
        db.execute(sa.text("INSERT INTO meta (key, value) VALUES ('schema', '2'), ('name', '旗中心')"))
        db.execute(
            sa.text(
                "INSERT INTO case_row (intake_no, case_no, state, applicant_name, item_name, task_code, point,"
                " collected_at, arrived_at, accepted_at, entries) VALUES ('1', '2', 'arrived', '甲', '乙', 't', 'p',"
                " '', '', '', 2)"
            )
        )
    engine.dispose()


@both_databases
@pytest.mark.parametrize("begun", ["old", "new"])
def test_migrations_build_what_the_program_names(url: str, begun: str) -> None:
    if begun == "old":
        old(url)
    opened = database.Database(url, BOX)
    with opened.read() as db:
        context = MigrationContext.configure(db, opts={"compare_server_default": False})
        assert compare_metadata(context, META) == []
        assert db.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == database.HEAD
        if begun == "old":
            assert db.execute(sa.text("SELECT applicant_name, org FROM case_row")).one() == ("甲", "")
    opened.close()
    database.Database(url, BOX).close()


@both_databases
def test_several_open_an_old_database_at_once(url: str) -> None:
    old(url)
    opened: list[database.Database] = []
    faults: list[BaseException] = []

    def go() -> None:
        try:
            opened.append(database.Database(url, BOX))
        except BaseException as error:  # noqa: BLE001 - told below
            faults.append(error)

    threads = [threading.Thread(target=go) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for one in opened:
        one.close()
    assert (faults, len(opened)) == ([], 4)


def test_what_was_kept_before_there_was_a_box_is_still_read() -> None:
    assert BOX.open(b'{"node":1}') == b'{"node":1}'
    assert BOX.open(BOX.seal(b"x" * 100)) == b"x" * 100
    assert BOX.index("15252319560302002x") == BOX.index("152523 19560302 002X") != ""
    assert BOX.index("") == ""


def test_another_key_opens_nothing() -> None:
    from db.errors import WrongKeyError

    with pytest.raises(WrongKeyError):
        Box(b"o" * 32).open(BOX.seal(b"x"))
