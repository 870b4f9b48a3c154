"""The centre's own values: asked for once in a turn or a snapshot, and never told as they were before."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from conftest import both_databases

from db.centre.database import Database
from db.centre.tables import own_values


class Asked:
    """Statements that ask for the values."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        sa.event.listen(database.engine, "before_cursor_execute", self._note)

    def _note(self, _db: object, _cursor: object, statement: str, *_more: object) -> None:
        self.count += statement.startswith("SELECT meta.")


@both_databases
def test_a_turn_and_a_snapshot_ask_once(database: Database) -> None:
    with database.write() as db:
        own_values.put(db, {"one": "1"})
    for way in (database.write, database.read):
        with way() as db:
            assert own_values.ask(db, "one", "none") == {"one": "1", "none": ""}
            asked = Asked(database)
            assert own_values.ask(db, "none", "one") == {"none": "", "one": "1"}
            assert not asked.count


@both_databases
def test_the_next_turn_asks_again(database: Database) -> None:
    with database.write() as db:
        assert own_values.ask(db, "one") == {"one": ""}
    with database.touch() as db:  # beside the turn nothing is held
        own_values.put(db, {"one": "1"})
        db.execute(sa.text("UPDATE meta SET value = '2' WHERE key = 'one'"))
        assert own_values.ask(db, "one") == {"one": "2"}
    with database.write() as db:
        assert own_values.ask(db, "one") == {"one": "2"}


@both_databases
def test_what_a_savepoint_undid_is_asked_for_again(database: Database) -> None:
    with database.write() as db:
        own_values.put(db, {"one": "1"})
        part = db.begin_nested()
        own_values.put(db, {"one": "2"})
        assert own_values.ask(db, "one") == {"one": "2"}
        part.rollback()
        assert own_values.ask(db, "one") == {"one": "1"}


@both_databases
def test_what_was_undone_as_a_whole_is_not_remembered(database: Database) -> None:
    def part() -> None:
        with database.write() as db:
            own_values.put(db, {"one": "1"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        part()
    with database.write() as db:
        assert own_values.ask(db, "one") == {"one": ""}
