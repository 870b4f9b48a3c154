"""What is sealed opens in its own place alone, and names are found without being read."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from conftest import HERDER, Served, both_databases, called, full_draft, sync

from db.centre import rows, schema
from db.centre.box import Box, place
from db.centre.lists import case_rows, names
from db.centre.migrations.versions import v0021_bound, v0025_strict
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


def aged(served: Served, desk: Desk) -> list[bytes]:
    """The entries of a desk, which lie in the database as programs of before left them: every other one sealed for no
    place, the rest not sealed at all."""
    desk.register(full_draft(desk))
    sync(desk)
    entry, node, keys = schema.entry, desk.identity.node, served.centre.database.box
    with served.centre.database.write() as db:
        before = rows.encoded_after(db, node, 0, 100)
        for seq, encoded in enumerate(before, 1):
            old = loose(keys, encoded) if seq % 2 else encoded
            db.execute(sa.update(entry).where(entry.c.node == node, entry.c.seq == seq).values(encoded=old))
    assert len(before) > 2
    return before


def one_entry(served: Served, node: str, seq: int) -> list[bytes]:
    with served.centre.database.read() as db:
        return rows.encoded_after(db, node, seq - 1, 1)


@both_databases
def test_what_is_sealed_for_no_place_or_not_at_all_is_refused_and_brought_up_once(served: Served, desk: Desk) -> None:
    before, node = aged(served, desk), desk.identity.node
    for seq in (1, 2):
        with pytest.raises(WrongKeyError):
            one_entry(served, node, seq)
    with served.centre.database.write() as db:
        v0021_bound._bind(db, served.centre.database.box, "entry", "encoded", ("node", "seq"), ("node", "seq"), "entry")
        kept = [bytes(one) for one in db.execute(sa.select(schema.entry.c.encoded)).scalars()]
        assert {one[:3] for one in kept} == {b"\0s2"}
        assert rows.encoded_after(db, node, 0, 100) == before


@both_databases
def test_what_a_process_of_before_wrote_later_is_brought_up_and_nothing_else(served: Served, desk: Desk) -> None:
    before, node = aged(served, desk), desk.identity.node
    with served.centre.database.write() as db, Operations.context(MigrationContext.configure(db)):
        for one in (*v0021_bound._SEALED, *v0025_strict._MORE):
            v0025_strict._bind(*one)
    assert one_entry(served, node, 1) == before[:1]
    with pytest.raises(WrongKeyError):  # words that no program sealed are nobody's
        one_entry(served, node, 2)


@pytest.mark.parametrize("kept", [b"", b"\0s2", b"\0s2short", b"\0s1" + bytes(40), b"plain", b'["wulan","x"]'])
def test_what_is_no_sealed_value_opens_nothing(kept: bytes) -> None:
    with pytest.raises(WrongKeyError):
        Box(KEY).open(kept, place("x", "y", 1))


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
        case_rows.put_cases(db, [{**row, "applicant_name": "李四"}], case_rows.were(db, [row["intake_no"]]))
        assert case_rows.case_count(db, case_rows.Asked(text="张三")) == 0
        assert case_rows.case_count(db, case_rows.Asked(text="李四")) == 1
        marks = db.execute(sa.select(schema.case_name.c.mark)).scalars().all()
        assert set(marks) == names.marks(served.centre.database.box, "李四")
