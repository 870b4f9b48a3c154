"""Who asks, and whether there is anything to tell."""

from __future__ import annotations

import pytest
from conftest import both_databases
from sqlalchemy import event

from db.centre import rows
from db.centre.database import Database
from db.centre.trust import asker_rows

OWN, ASKER, SIBLING, FAR = "152523000000-00", "152523202202-01", "152523202202-02", "152523202203-01"
POINT = ASKER[:12]


@pytest.fixture
def office(database: Database) -> Database:
    """Three desks of two points, and a log that tells the far one, then all."""
    known = {"point_name": "", "machine": "", "enrolled_at": "", "via": "", "formerly": ""}
    keys = {"sign_key": b"", "seal_key": b"", "head": b""}
    heard = (FAR[:12], "*", "", FAR[:12])
    told = [(OWN, seq, bytes([seq]), "k", "s", 1, "t", "t", one, b"e") for seq, one in enumerate(heard, 1)]
    with database.write() as db:
        for name in (ASKER, SIBLING, FAR):
            rows.add_node(db, {"name": name, "point_code": name[:12], **known, **keys})
        rows.add_entries(db, told)
    return database


@both_databases
def test_who_is_near_and_what_there_is_to_tell(office: Database) -> None:
    with office.write() as db:
        rows.set_own_end(db, 4, bytes([4]))
    with office.read() as db:
        found = asker_rows.look(db, ASKER, OWN, 0, 2)
        assert [one["name"] for one in found.near] == [ASKER, SIBLING]
        assert found.near == rows.nodes_of(db, POINT)
        assert (found.seen_hash, found.here) == ("02", {"seq": "4", "head": "04"})
        assert asker_rows.look(db, ASKER, OWN, 0, 5).seen_hash == ""
        for after in range(5):
            has_news = bool(rows.feed(db, OWN, POINT, after, 9, 99)[0])
            assert asker_rows.look(db, ASKER, OWN, after, 0).has_news == has_news, after
        assert asker_rows.look(db, FAR, OWN, 3, 0).has_news
        assert not asker_rows.look(db, FAR, ASKER, 0, 0).has_news, "that log says nothing"
        assert asker_rows.look(db, "152523202209-01", OWN, 0, 2) == ([], False, "", {})


@both_databases
def test_what_is_for_one_and_for_all_comes_in_the_order_of_the_log(office: Database) -> None:
    with office.read() as db:
        for limit, most, seqs, more in ((9, 99, [1, 2, 4], False), (2, 99, [1, 2], True), (9, 40, [1], True)):
            found, left = rows.feed(db, OWN, FAR[:12], 0, limit, most)
            assert ([seq for seq, _ in found], left) == (seqs, more)
        assert rows.feed(db, OWN, FAR[:12], 0, 9, 99, ["x"])[0] == [(2, b"e")]
        assert [seq for seq, _ in rows.feed(db, OWN, FAR[:12], 0, 9, 99, ["s"])[0]] == [1, 2, 4]


def test_nobody_reads_through_what_is_for_others(office: Database) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(office.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    with office.read() as db:
        asker_rows.look(db, ASKER, OWN, 2, 1)
        words, told = next(one for one in asked if "has_news" in one[0])
        ways = [row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", told)]
        asked.clear()
        rows.feed(db, OWN, POINT, 1, 9, 99)
        words, told = asked[0]
        fed = [row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", told)]
    by_index = "SEARCH entry USING INDEX entry_audience (audience=? AND seq>?)"
    assert by_index in ways, ways
    assert [one for one in fed if "entry" in one] == [by_index, by_index], fed
