"""Rolls of people into the book and ledgers of former years beside the cases: whole, told, undone in one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from conftest import HERDER, Served, full_draft, sync
from counter_steps import text_of

from db.centre import schema
from desk.app.open_desk import Desk
from desk.counter.importing.imports import Chosen
from desk.counter.importing.preview import Choices, Preview
from desk.errors import CancelledError, RefusedError
from desk.folds.records import Import
from desk.store.snapshots import CaseQuery

HEAD, WIFE, SON = "152523196001100016", "152523196102110029", "152523196203120031"
HEADINGS = ["组", "户主姓名", "姓名", "与户主关系", "身份证号", "电话", "住址"]
FAMILY = [
    ["一组", "张三", "张三", "户主", HEAD, "13900000000", "乌日尼勒图嘎查"],
    ["一组", "张三", "李四", "妻", WIFE, "", "乌日尼勒图嘎查"],
    ["一组", "张三", "张小", "子", SON, "", "乌日尼勒图嘎查"],
]


def still(*_fact: object) -> bool:
    return False


def write(place: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    place.write_text("\n".join(",".join(row) for row in (headings, *rows)), encoding="gb18030")
    return place


def look(desk: Desk, rows: Sequence[Sequence[str]], tmp_path: Path) -> Preview:
    book = desk.imports.open(write(tmp_path / "花名册.csv", rows), still, still)
    return desk.imports.look_at_roster(book, Choices())


def take(desk: Desk, rows: Sequence[Sequence[str]], tmp_path: Path, chosen: Chosen = frozenset()) -> Import:
    return desk.imports.take_roster(look(desk, rows, tmp_path), chosen, still, still)


def same_after_rebuild(desk: Desk) -> None:
    before = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == before


class TestRoster:
    def test_people_and_their_households_come_into_the_book(self, desk: Desk, tmp_path: Path) -> None:
        made = take(desk, FAMILY, tmp_path)
        assert (made.made.added, made.made.changed, made.made.same) == (3, 0, 0)
        (wife,) = desk.people.search("李四")
        view = desk.people.view(wife.id)
        assert (view.relation, view.group) == ("妻", "一组")
        assert [one.name for one in view.household] == ["张三", "李四", "张小"]
        assert [one.state for one in desk.imports.listed()] == ["made"]
        same_after_rebuild(desk)

    def test_the_order_of_rows_tells_the_household_where_no_column_does(self, desk: Desk, tmp_path: Path) -> None:
        rows = [row[2:5] for row in FAMILY]
        place = write(tmp_path / "a.csv", rows, HEADINGS[2:5])
        book = desk.imports.open(place, still, still)
        desk.imports.take_roster(desk.imports.look_at_roster(book, Choices()), frozenset(), still, still)
        (son,) = desk.people.search("张小")
        assert len(desk.people.view(son.id).household) == 3

    def test_twice_the_same_changes_nothing(self, desk: Desk, tmp_path: Path) -> None:
        take(desk, FAMILY, tmp_path)
        plan = desk.imports.plan(look(desk, FAMILY, tmp_path))
        assert (plan.new, plan.fills, plan.differing, plan.same) == ((), (), (), 3)
        assert take(desk, FAMILY, tmp_path).made.subjects == ()
        assert len(desk.people.search("")) == 3

    def test_nothing_is_overwritten_unasked(self, desk: Desk, tmp_path: Path) -> None:
        desk.register(full_draft(desk, 1))
        (before,) = desk.people.search("")
        row = ["三组", "", "阿拉坦", "户主", HERDER.id_number, "13911111111", ""]
        plan = desk.imports.plan(look(desk, [row], tmp_path))
        sides = {one.key: (one.here, one.there) for one in plan.differing}
        assert sides == {"name": (HERDER.name, "阿拉坦"), "phone": (HERDER.phone, "13911111111")}
        assert len(plan.fills) == 1
        take(desk, [row], tmp_path)
        kept = desk.people.person(before.id)
        assert (kept.name, kept.phone, kept.group) == (HERDER.name, HERDER.phone, "三组")
        take(desk, [row], tmp_path, frozenset({(2, "phone")}))
        assert desk.people.person(before.id).phone == "13911111111"
        assert desk.people.person(before.id).name == HERDER.name
        take(desk, [row], tmp_path, frozenset({(2, "name")}))
        assert desk.people.person(before.id).aliases == (HERDER.name,)
        same_after_rebuild(desk)

    def test_the_whole_is_undone_in_one_step(self, desk: Desk, tmp_path: Path) -> None:
        desk.register(full_draft(desk, 1))
        (herder,) = desk.people.search("")
        row = ["三组", "", HERDER.name, "户主", HERDER.id_number, "13911111111", ""]
        made = take(desk, [*FAMILY, row], tmp_path, frozenset({(5, "phone")}))
        assert desk.people.person(herder.id).phone == "13911111111"
        done = desk.imports.undo(made.id)
        assert done.state == "undone"
        assert done.undone is not None
        assert (done.undone.undone, done.undone.left) == (4, 0)
        assert [one.id for one in desk.people.search("")] == [herder.id]
        assert desk.people.search("李四") == ()
        assert (desk.people.person(herder.id).phone, desk.people.person(herder.id).group) == (HERDER.phone, "")
        with pytest.raises(RefusedError, match="已经撤销过"):
            desk.imports.undo(made.id)
        same_after_rebuild(desk)
        assert take(desk, FAMILY, tmp_path).made.added == 3
        assert len(desk.people.search("")) == 4
        same_after_rebuild(desk)

    def test_who_had_a_case_since_stays(self, desk: Desk, tmp_path: Path) -> None:
        row = ["三组", "", HERDER.name, "户主", HERDER.id_number, HERDER.phone, HERDER.address]
        made = take(desk, [*FAMILY, row], tmp_path)
        desk.register(full_draft(desk, 1))
        (herder,) = desk.people.search(HERDER.name)
        done = desk.imports.undo(made.id)
        assert done.undone is not None
        assert done.undone.left == 1
        assert [one.id for one in desk.people.search("")] == [herder.id]
        assert desk.people.person(herder.id).group == "三组"

    def test_a_case_for_somebody_whose_import_was_undone_makes_a_new_record(self, desk: Desk, tmp_path: Path) -> None:
        row = ["三组", "", HERDER.name, "户主", HERDER.id_number, HERDER.phone, HERDER.address]
        made = take(desk, [row], tmp_path)
        (before,) = desk.people.search("")
        desk.imports.undo(made.id)
        desk.register(msgspec.structs.replace(full_draft(desk, 1), applicant_id=before.id))
        (after,) = desk.people.search("")
        assert after.id != before.id
        assert after.cases == 1

    def test_what_a_person_changed_by_hand_stays_when_the_import_goes(self, desk: Desk, tmp_path: Path) -> None:
        made = take(desk, FAMILY, tmp_path)
        (wife,) = desk.people.search("李四")
        desk.people.add_alias(wife.id, "李肆")
        desk.imports.undo(made.id)
        assert [one.name for one in desk.people.search("")] == ["李四"]
        same_after_rebuild(desk)

    def test_stopped_half_way_nothing_is_in(self, desk: Desk, tmp_path: Path) -> None:
        found = look(desk, FAMILY, tmp_path)
        with pytest.raises(CancelledError):
            desk.imports.take_roster(found, frozenset(), still, lambda: True)
        assert desk.people.search("") == ()
        assert desk.imports.listed() == ()

    def test_wrong_rows_stay_out_and_open_questions_hold_all_up(self, desk: Desk, tmp_path: Path) -> None:
        bad = ["一组", "", "王五", "户主", "152523196001100017", "", ""]
        found = look(desk, [*FAMILY, bad], tmp_path)
        assert found.wrong_rows == {5}
        assert desk.imports.take_roster(found, frozenset(), still, still).made.added == 3
        files = Path(__file__).parent.parent / "office_files"
        book = desk.imports.open(files / "hidden_row.xlsx", still, still)
        with pytest.raises(RefusedError, match="没有回答"):
            desk.imports.take_roster(desk.imports.look_at_roster(book, Choices()), frozenset(), still, still)

    def test_650_people_come_in_and_are_undone(self, desk: Desk) -> None:
        files = Path(__file__).parent.parent / "office_files"
        found = desk.imports.look_at_roster(desk.imports.open(files / "rows_650.xlsx", still, still), Choices())
        far: list[int] = []
        made = desk.imports.take_roster(found, frozenset(), lambda one: far.append(one.done), still)
        assert made.made.added == 650
        assert far == [0, 100, 200, 300, 400, 500, 600]
        assert len(desk.people.search("", 1000)) == 650
        desk.imports.undo(made.id)
        assert desk.people.search("", 1000) == ()


LEDGER = ["办理日期", "姓名", "身份证号", "办理事项", "办理结果", "编号"]
LINES = [
    ["2019.5.1", HERDER.name, HERDER.id_number, "草原补奖", "已发放", "2019-17"],
    ["2020年3月", HERDER.name, HERDER.id_number, "低保申请", "已办结", "2020-4"],
    ["2018", "不知名", "", "证明", "", ""],
]


def test_what_is_held_about_a_person_is_told_whole(desk: Desk, tmp_path: Path) -> None:
    take(desk, FAMILY, tmp_path)
    line = ["2019", "李四", WIFE, "大病救助", "已办结", "2019-3"]
    book = desk.imports.open(write(tmp_path / "台账.csv", [line], LEDGER), still, still)
    desk.imports.take_ledger(desk.imports.look_at_ledger(book, Choices()), still, still)
    (wife,) = desk.people.search("李四")
    told = text_of(desk.papers.held_about(desk.people.view(wife.id), ()).pdf)
    for words in ("一组", "与户主关系", "妻", "张三", "张小", "大病救助", "2019-3"):
        assert words in told


class TestLedger:
    def taken(self, desk: Desk, tmp_path: Path) -> Import:
        book = desk.imports.open(write(tmp_path / "台账.csv", LINES, LEDGER), still, still)
        found = desk.imports.look_at_ledger(book, Choices())
        assert not found.wrong_rows
        return desk.imports.take_ledger(found, still, still)

    def test_former_cases_stand_in_the_history_and_are_found(self, desk: Desk, tmp_path: Path) -> None:
        self.taken(desk, tmp_path)
        assert desk.count_cases(CaseQuery()) == 0
        desk.register(full_draft(desk, 1))
        (herder,) = desk.people.search("")
        past = desk.people.view(herder.id).past
        assert [(one.day, one.item, one.result) for one in past] == [
            ("2020-03", "低保申请", "已办结"),
            ("2019-05-01", "草原补奖", "已发放"),
        ]
        assert [one.day for one in desk.people.past("buzhi")] == ["2018"]
        assert len(desk.people.past("草原补奖")) == 1
        assert desk.people.past("草原补奖")[0].id_masked.count("*") == 8
        assert desk.count_cases(CaseQuery()) == 1
        same_after_rebuild(desk)

    def test_they_are_undone_in_one_step(self, desk: Desk, tmp_path: Path) -> None:
        made = self.taken(desk, tmp_path)
        assert desk.imports.undo(made.id).state == "undone"
        assert desk.people.past("草原补奖") == ()
        same_after_rebuild(desk)
        self.taken(desk, tmp_path)
        assert len(desk.people.past("草原补奖")) == 1
        same_after_rebuild(desk)

    def test_the_centre_keeps_them_and_takes_none_for_a_case(self, desk: Desk, served: Served, tmp_path: Path) -> None:
        made = self.taken(desk, tmp_path)
        take(desk, FAMILY, tmp_path)
        sync(desk)
        desk.register(full_draft(desk, 1))
        sync(desk)
        desk.imports.undo(made.id)
        sync(desk)
        centre = served.centre
        with centre.database.read() as db:
            kinds = list(db.execute(sa.select(schema.entry.c.kind)).scalars())
        assert kinds.count("past.recorded") == 3
        assert kinds.count("past.import_undone") == 3
        assert kinds.count("case.arrived") == 1
        assert not any(kind == "entry.refused" for kind in kinds)
        (case,) = desk.cases(CaseQuery(), 0, 5)
        assert case.at_centre


def test_a_head_belongs_to_the_own_household_whatever_its_column_says(desk: Desk, tmp_path: Path) -> None:
    rows = [["", "写错了", *FAMILY[0][2:]], FAMILY[1]]
    take(desk, rows, tmp_path)
    (head,) = desk.people.search("张三")
    assert [one.name for one in desk.people.view(head.id).household] == ["张三", "李四"]


def test_a_household_can_be_told_by_the_number_of_its_head_who_is_in_the_book_already(
    desk: Desk, tmp_path: Path
) -> None:
    take(desk, FAMILY[:1], tmp_path)
    place = write(tmp_path / "b.csv", [["李四", WIFE, HEAD]], ["姓名", "身份证号", "户主身份证号"])
    found = desk.imports.look_at_roster(desk.imports.open(place, still, still), Choices())
    desk.imports.take_roster(found, frozenset(), still, still)
    (head,) = desk.people.search("张三")
    assert [one.name for one in desk.people.view(head.id).household] == ["张三", "李四"]
