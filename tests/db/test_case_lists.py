"""The list of cases is the same whichever index leads to it, page by page, and leads there without reading what is
passed over."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlite_utils import Database

from db import opening
from db.desk import case_rows, person_rows
from db.desk.case_rows import Asked

STATES = ("collected", "accepted", "concluded", "void")
OPEN = STATES[:2]
SORTS = ("collected_at", "applicant_name", "item_name", "state", "due_on", "case_no", "intake_no")
COLUMNS = {"collected_at": "number", "applicant_name": "applicant_sort"}
ASKED = (
    Asked(), Asked(states=("void",)), Asked(states=("void", "concluded")), Asked(states=OPEN, is_open=True),
    Asked(task_code="t3"), Asked(agent="a1", task_code="t1"), Asked(agent="a2"), Asked(since="2026-01-20"),
    Asked(since="2026-01-05", until="2026-01-09", states=("void",)), Asked(windows=("w1", "w2")),
    Asked(due=("0", "2026-02-10"), due_but=("accepted",)), Asked(due=("2026-02-01", "2026-02-20"), task_code="t2"),
    Asked(keys='"^^n1"'), Asked(keys='"^^n1"', states=("void",)), Asked(intake_no="i00017"),
)  # fmt: skip

PEOPLE = 1000
NOTHING = dict.fromkeys(("id_type", "id_number", "address", "merged_into", "household"), "")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[opening.Rooms]:
    made = opening.Rooms(tmp_path_factory.mktemp("lists") / "desk.db", bytes(32))
    random_ = random.Random(5)  # noqa: S311 - made-up cases
    with made.write() as db:
        for number in range(1, 301):
            state = random_.choice(STATES)
            row: dict[str, Any] = {
                "number": number, "intake_no": f"i{number:05}", "case_no": random_.choice(("", f"c{number}")),
                "state": state, "applicant_id": "p", "applicant_name": "名", "task_code": f"t{random_.randrange(5)}",
                "item_name": f"事{random_.randrange(4)}", "collected_at": f"2026-01-{1 + number // 11:02}T09:00:00",
                "due_on": random_.choice(("", f"2026-02-{random_.randrange(1, 28):02}")), "due_provisional": 0,
                "open": int(state in OPEN), "node": "n", "seq": number, "agent": f"a{random_.randrange(3)}",
                "applicant_sort": f"s{random_.randrange(20)}", "window": f"w{random_.randrange(4)}",
            }  # fmt: skip
            db["case_row"].insert(row)
            db.conn.execute("INSERT INTO case_search (rowid, keys) VALUES (?, ?)", (number, f"^^n{number % 7}"))
        for number in range(PEOPLE):
            db["person_row"].insert({"id": f"q{number}", "name": "名", "phone": f"{number}", "body": b""} | NOTHING)
    yield made
    made.close()


def plain(db: Database, asked: Asked, sort: str, *, descending: bool) -> list[int]:
    """The same list the slow way: every row is looked at, then sorted."""
    column = COLUMNS.get(sort, sort)
    found = [
        row for row in db.query("SELECT * FROM case_row NOT INDEXED")
        if (not asked.states or row["state"] in asked.states)
        and (not asked.task_code or row["task_code"] == asked.task_code)
        and (not asked.agent or row["agent"] == asked.agent)
        and (not asked.windows or row["window"] in asked.windows)
        and (not asked.since or row["collected_at"] >= asked.since)
        and (not asked.until or row["collected_at"] <= asked.until + "~")
        and (not asked.keys or row["number"] % 7 == 1)
        and (not asked.intake_no or row["intake_no"] == asked.intake_no)
        and (not any(asked.due) or (row["open"] and row["state"] not in asked.due_but and row["due_on"]
                                    and asked.due[0] <= row["due_on"] < asked.due[1]))
    ]  # fmt: skip
    return [row["number"] for row in sorted(found, key=lambda row: (row[column], row["number"]), reverse=descending)]


@pytest.mark.parametrize("few", [0, 4999])  # along the order; by the filter, then sorted
def test_every_way_leads_to_the_same_rows_page_by_page(
    rooms: opening.Rooms, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_rows, "_FEW", few)
    monkeypatch.setattr(case_rows, "_MANY", few)
    with rooms.read() as db:
        for turn, (asked, sort) in enumerate(itertools.product(ASKED, SORTS)):
            descending = turn % 2 == few % 2
            wanted = plain(db, asked, sort, descending=descending)
            assert case_rows.case_count(db, asked) == len(wanted)
            found: list[int] = []
            last = ""
            while rows := case_rows.case_page(db, asked, 0, 40, sort, descending=descending, after=last):
                found += [row["number"] for row in rows]
                last = rows[-1]["intake_no"]
            assert found == wanted, (asked, sort, descending)
            by_offset = case_rows.case_page(db, asked, 40, 40, sort, descending=descending)
            assert [row["number"] for row in by_offset] == wanted[40:80]


def test_counting_stops_where_no_more_is_told(rooms: opening.Rooms) -> None:
    with rooms.read() as db:
        assert [case_rows.case_count(db, Asked(), most) for most in (0, 10, 1000)] == [300, 11, 300]
        assert case_rows.case_count(db, Asked(keys='"^^n1"'), 10) == 11


def test_no_list_sorts_what_it_could_read_in_order(rooms: opening.Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_rows, "_FEW", 0)
    monkeypatch.setattr(case_rows, "_MANY", 0)
    seen: list[str] = []
    with rooms.read() as db:
        db.conn.set_trace_callback(seen.append)
        for asked, sort in itertools.product(ASKED[:3] + ASKED[4:8], SORTS):
            case_rows.case_page(db, asked, 0, 40, sort, after="i00100")
        db.conn.set_trace_callback(None)
        for one in [one for one in seen if "LIMIT" in one and "count(*)" not in one]:
            inner = one[one.index("(SELECT number") + 1 : one.rindex(") ON number")]
            ways = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {inner}")]
            assert not [way for way in ways if "TEMP B-TREE" in way], (inner, ways)


# -- the book of people ------------------------------------------------------------------------------------------

QUESTIONS = (
    lambda db: person_rows.person_with_number(db, "resident", "1"),
    lambda db: person_rows.merged(db, "p"),
    lambda db: person_rows.household(db, "p"),
    lambda db: person_rows.with_phone(db, "1"),
    lambda db: case_rows.case_page(db, Asked(person_id="q5"), 0, 40),
    lambda db: case_rows.cases_of(db, ["p"], ["t"]),
    lambda db: case_rows.has_open(db, "p"),
)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_who_asks_for_one_person_reads_no_others(rooms: opening.Rooms, ask: Callable[[Database], object]) -> None:
    """Counted in steps of SQLite's machine: a plan for literal values may be another than that for what is bound."""
    steps: list[None] = []
    with rooms.read() as db:
        db.conn.set_progress_handler(lambda: steps.append(None), 1)
        ask(db)
        db.conn.set_progress_handler(None, 1)
    assert 0 < len(steps) < PEOPLE
