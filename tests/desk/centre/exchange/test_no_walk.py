"""What a desk's sync asks of an embedded database goes by an index, however long the log is by now."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

from conftest import Served, full_draft, sync
from sqlalchemy import event

from desk.app.open_desk import Desk
from desk.log import events

# That grow as long as the centre lives.
_GROW = "entry|batch|case_row|case_name|record|file|file_part|witness"
_WALKS = re.compile(rf"SCAN ({_GROW})\b.*|SEARCH entry USING .* \(node=\?\)")


def walked(served: Served, do: Callable[[], object]) -> set[str]:
    """How SQLite would walk through such a table for what is asked while `do` is done."""
    found: set[str] = set()

    def look(db: Any, _cursor: object, words: str, told: Any, _context: object, many: bool) -> None:
        held: sqlite3.Connection = db.connection.driver_connection
        if re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", words):
            plan = held.execute(f"EXPLAIN QUERY PLAN {words}", told[0] if many else told).fetchall()
            found.update(f"{row[3]}: {' '.join(words.split())[:300]}" for row in plan if _WALKS.match(row[3]))

    engine = served.centre.database.engine
    event.listen(engine, "before_cursor_execute", look)
    try:
        do()
    finally:
        event.remove(engine, "before_cursor_execute", look)
    return found


def test_a_sync_walks_through_no_table_that_grows(served: Served, make_desk: Callable[..., Desk]) -> None:
    """Two windows of a point, pictures, an act of the centre's and what comes of it."""
    desks = [make_desk("a"), make_desk("b")]

    def synced() -> None:
        for at, desk in enumerate(desks * 2):
            number = desk.register(full_draft(desk, at + 1)).intake_no
            desk.pictures.keep(b"\xff\xd8\xff" + b"x" * 900, f"户口簿{at}.jpg")
            sync(desk)
            _, count = served.centre.case(number)
            served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "民政局"), count)
        for desk in desks * 2:
            sync(desk)

    assert walked(served, synced) == set()
