"""What is sealed opens in its own place alone, and names are found without being read."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from conftest import HERDER, Served, both_databases, called, full_draft, sync

from db.centre import rows, schema
from db.centre.box import Box, place
from db.centre.lists import case_rows, names
from db.centre.migrations.versions import v0021_bound
from db.errors import WrongKeyError
from desk.app.open_desk import Desk

KEY = bytes(range(32))


def test_a_value_opens_in_its_own_place_alone() -> None:
    keys = Box(KEY)
    here = place("entry", "encoded", "152523-00", 1)
    kept = keys.seal(b"secret", here)
    assert keys.open(kept, here) == b"secret"
    for there in (
        place("entry", "encoded", "152523-00", 2),
        place("entry", "hash", "152523-00", 1),
        place("aside", "encoded", "152523-00", 1),
        place("entry", "encoded", "152523-001"),
    ):
        with pytest.raises(WrongKeyError):
            keys.open(kept, there)


def loose(keys: Box, data: bytes) -> bytes:
    """As the program sealed before values were bound."""
    return b"\0s1" + bytes(12) + keys._cipher.encrypt(bytes(12), data, None)


@both_databases
def test_old_values_are_read_and_sealed_anew(served: Served, desk: Desk) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    node, keys = desk.identity.node, served.centre.database.box
    with served.centre.database.write() as db:
        before = rows.encoded_after(db, node, 0, 100)
        where = schema.entry.c.node == node
        for seq, encoded in enumerate(before, 1):
            old = loose(keys, encoded) if seq % 2 else encoded  # sealed as before, and from before there was a box
            db.execute(sa.update(schema.entry).where(where, schema.entry.c.seq == seq).values(encoded=old))
        assert rows.encoded_after(db, node, 0, 100) == before
        v0021_bound._bind(db, keys, "entry", "encoded", ("node", "seq"), ("node", "seq"), "entry")
        kept = [bytes(one) for one in db.execute(sa.select(schema.entry.c.encoded)).scalars()]
        assert {one[:3] for one in kept} == {b"\0s2"}
        assert rows.encoded_after(db, node, 0, 100) == before


def test_an_entry_that_was_moved_to_another_place_is_not_taken_for_it(served: Served, desk: Desk) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    with served.centre.database.write() as db:
        entry = schema.entry
        first = db.execute(sa.select(entry.c.encoded).where(entry.c.node == desk.identity.node)).scalars().first()
        db.execute(sa.update(entry).where(entry.c.node == desk.identity.node, entry.c.seq == 2).values(encoded=first))
        with pytest.raises(WrongKeyError):
            rows.encoded_after(db, desk.identity.node, 0, 100)


@both_databases
def test_names_are_sealed_and_staff_find_and_sort_by_them(served: Served, desk: Desk) -> None:
    people = [called(name) for name in (HERDER.name, "张三", "张三丰", "其其格玛")]
    numbers = {one.name: desk.register(full_draft(desk, at, one)).intake_no for at, one in enumerate(people)}
    picture = desk.pictures.keep(b"\xff\xd8\xff" + b"x" * 900, "户口簿阿拉坦其其格.jpg")
    sync(desk)

    def found(text: str, order: str = "arrived") -> list[str]:
        with served.centre.database.read() as db:
            return [
                one["applicant_name"] for one in case_rows.case_page(db, case_rows.Asked(text=text, order=order), 0, 9)
            ]

    assert sorted(found("张三")) == ["张三", "张三丰"]
    assert found("三丰") == ["张三丰"]
    assert sorted(found("其其格")) == sorted([HERDER.name, "其其格玛"])
    assert found("李四") == []
    assert found("", "name") == sorted(numbers)
    assert picture.name
    with served.centre.database.read() as db:
        assert case_rows.one_case(db, numbers["张三"])["applicant_name"] == "张三"
        whole = repr(db.execute(sa.select(schema.case_row)).all()) + repr(db.execute(sa.select(schema.case_name)).all())
    assert not [name for name in numbers if name in whole or name.encode().hex() in whole]


def test_a_corrected_name_is_found_by_the_new_one_alone(served: Served, desk: Desk) -> None:
    number = desk.register(full_draft(desk, person=called("张三"))).intake_no
    sync(desk)
    with served.centre.database.write() as db:
        row = case_rows.one_case(db, number)
        case_rows.put_cases(db, [{**row, "applicant_name": "李四"}])
        assert case_rows.case_count(db, case_rows.Asked(text="张三")) == 0
        assert case_rows.case_count(db, case_rows.Asked(text="李四")) == 1
        marks = db.execute(sa.select(schema.case_name.c.mark)).scalars().all()
        assert set(marks) == names.marks(served.centre.database.box, "李四")
