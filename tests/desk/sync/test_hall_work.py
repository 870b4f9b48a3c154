"""What windows of one hall do with each other's work, over the hall's own wire with the centre away, and by the
centre: a case goes on elsewhere, a window is stood in for, a draft is passed on, what both wrote is mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import Served, called, full_draft, move, sync
from hall_steps import hall, introduced, until
from test_hall import away

from db.desk import picture_rows
from desk.app.open_desk import Desk
from desk.counter.hall.board import Board
from desk.counter.hall.drafts import TakenUp
from desk.counter.hall.mending import BOTH, OTHER, STANDS, key_of
from desk.errors import RefusedError
from desk.folds.hall.clashes import Sort
from desk.log import receipt_code
from desk.log.events import Served as Handed
from desk.log.events import TakenMaterial
from desk.store.snapshots import CaseQuery, DraftMaterial
from desk.sync.courier import FOLDER
from desk.sync.kept import fetching

Two = tuple[Desk, Desk]


@pytest.fixture
def two(make_desk: Callable[..., Desk]) -> Two:
    one, other = make_desk("one"), make_desk("two")
    introduced(one, other)
    return one, other


def cells(board: Board, key: str) -> list[tuple[object, ...]]:
    found = board.of(key)
    return [line.cells for line in found.lines] if found else []


def wants(board: Board, key: str) -> list[str]:
    found = board.of(key)
    return [line.key for line in found.lines if line.wants] if found else []


def registered(desk: Desk, name: str, **changes: object) -> str:
    return desk.register(full_draft(desk, person=called(name), **changes)).intake_no


def test_a_case_goes_on_at_another_window_and_comes_back(two: Two) -> None:
    one, other = two
    away(*two)
    number = registered(one, "牧甲")
    nodes = [desk.identity.node for desk in two]
    with hall(*two):
        until(lambda: other.count_cases(CaseQuery()) == 1)
        one.passing.pass_on(number, nodes[1], "请接着办，我去嘎查")
        until(other.passing.arrived)
        (told,) = cells(other.board.view(), "passed")
        assert told[0] == "牧甲"
        assert (told[2], told[5]) == ("1 号窗口", "请接着办，我去嘎查")
        assert next(need.why for need in other.today().needs) == "passed"
        for desk, mine in ((one, 0), (other, 1)):
            assert desk.count_cases(CaseQuery(whose="window")) == mine
            assert desk.count_cases(CaseQuery(whose=nodes[1])) == 1
        assert not one.passing.arrived()
        other.corrections.correct(number, {"applicant.phone": "13911111111"}, "换号了")  # somebody there works at it
        assert not other.passing.arrived()
        with pytest.raises(RefusedError, match="退回的原因"):
            other.passing.give_back(number, " ")
        assert other.passing.give_back(number, "缺户口簿") == "1 号窗口"
        until(lambda: one.case(number).case.window == nodes[0])
        assert [line.note for line in one.case(number).case.history if line.kind == "case.passed"] == [
            "转给 2 号窗口；请接着办，我去嘎查", "转给 1 号窗口；缺户口簿",
        ]  # fmt: skip
    for desk in two:
        before = desk.store.tables()
        desk.store.rebuild()
        assert desk.store.tables() == before


def test_a_window_out_of_order_is_stood_in_for_and_gets_its_cases_back(two: Two) -> None:
    one, other = two
    away(*two)
    kept = [registered(other, name) for name in ("牧甲", "牧乙", "牧丙")]
    registered(one, "牧丁")
    nodes = [desk.identity.node for desk in two]
    with hall(*two):
        until(lambda: one.count_cases(CaseQuery()) == 4)
    with pytest.raises(RefusedError, match="本窗口"):
        one.passing.take_over(nodes[0], "坏了")
    made = one.passing.take_over(nodes[1], "电脑坏了")
    assert len(made.made.cases) == 3
    assert one.count_cases(CaseQuery(whose="window")) == 4
    assert one.passing.arrived() == ()  # it knows what it took over itself
    assert "由别的窗口接手 3 件" in str(cells(one.board.view(), "windows")[1][3])
    assert one.board.view().taken_over == {nodes[1]: made.id}
    one.handling.act(kept[0], "case.voided", "录错了")
    with hall(*two):
        until(lambda: other.count_cases(CaseQuery(whose="window")) == 0)
        assert one.passing.undo(made.id) == 2
        until(lambda: other.count_cases(CaseQuery(whose="window")) == 2)
        with pytest.raises(RefusedError, match="交还过"):
            one.passing.undo(made.id)
    assert one.board.view().taken_over == {}


def test_a_draft_goes_to_the_other_window_and_is_sent_back(two: Two) -> None:
    one, other = two
    away(*two)
    ref = one.pictures.keep(b"\xff\xd8\xff picture", "户口簿.jpg")
    draft = full_draft(one, person=called("牧甲"))
    first, *rest = draft.materials
    draft = msgspec.structs.replace(draft, materials=(msgspec.structs.replace(first, files=(ref,)), *rest))
    one.save_draft(draft)
    to = other.identity.node
    with hall(*two):
        one.passed_drafts.pass_on(draft.id, to, "他下午到你那儿")
        assert one.drafts() == ()
        assert [(row.came, row.title) for row in one.passed_drafts.here()] == [(False, "牧甲")]
        until(other.passed_drafts.here)
        (came,) = other.passed_drafts.here()
        assert (came.came, came.title, came.other, came.reasons) == (True, "牧甲", "1 号窗口", "他下午到你那儿")
        other.passed_drafts.send_back(came.id, "没来")
        until(lambda: one.passed_drafts.here()[0].state == "returned")
        assert "2 号窗口退回" in cells(one.board.view(), "drafts")[0]
        assert one.passed_drafts.take_back(came.id).applicant.name == "牧甲"
        assert [row.draft.id for row in one.drafts()] == [draft.id]
        assert one.passed_drafts.here() == ()
        one.passed_drafts.pass_on(draft.id, to, "来了")
        until(other.passed_drafts.here)
        until(lambda: _has(other, ref.sha256))  # small ones come by themselves
        assert other.sync_status().pictures == 0  # and are nothing for the centre
        taken = other.passed_drafts.take_up(other.passed_drafts.here()[-1].id)
        assert taken == TakenUp(msgspec.structs.replace(draft, id=taken.draft.id))
        assert other.register(taken.draft).intake_no
        assert other.sync_status().pictures == 1
        until(lambda: one.count_cases(CaseQuery()) == 1)
        assert one.passed_drafts.here() == ()


def test_a_picture_of_a_draft_that_is_on_its_way_comes_when_the_windows_meet(two: Two) -> None:
    """A draft that went by the centre has no pictures with it; it keeps their names, and they come by the hall."""
    one, other = two
    large = one.pictures.keep(b"\xff\xd8\xff" + bytes(fetching.SMALL), "地图.jpg")
    draft = full_draft(one, person=called("牧甲"))
    first, *rest = draft.materials
    one.save_draft(msgspec.structs.replace(draft, materials=(msgspec.structs.replace(first, files=(large,)), *rest)))
    one.passed_drafts.pass_on(draft.id, other.identity.node, "请接")
    sync(one)
    sync(other)
    taken = other.passed_drafts.take_up(other.passed_drafts.here()[0].id)
    assert (taken.coming, taken.draft.materials[0].files) == (1, (large,))
    with pytest.raises(RefusedError, match="还没有到本机"):
        other.pictures.read(large.sha256)
    away(*two)
    with hall(*two):
        until(lambda: _has(other, large.sha256))
    assert len(other.pictures.read(large.sha256)) == large.size


def _has(desk: Desk, sha256: str) -> bool:
    with desk.store.read() as db:
        return picture_rows.files_here(db, [sha256]) == {sha256}


def test_a_draft_goes_by_the_centre_which_cannot_read_it(two: Two, served: Served, tmp_path: Path) -> None:
    one, other = two
    draft = full_draft(one, person=called("牧甲"))
    one.save_draft(draft)
    one.passed_drafts.pass_on(draft.id, other.identity.node, "请接")
    stick = tmp_path / "stick"
    stick.mkdir()
    one.courier(stick, lambda _far: None, lambda: False)
    carried = b"".join(path.read_bytes() for path in (stick / FOLDER).rglob("*") if path.is_file())
    assert "牧甲".encode() not in carried
    sync(one)
    sync(other)
    taken = other.passed_drafts.take_up(other.passed_drafts.here()[0].id)
    assert taken.draft.applicant.name == "牧甲"
    sync(other)
    sync(one)
    assert one.passed_drafts.here() == ()
    with served.centre.database.read() as db:
        assert "牧甲" not in str(served.centre.about(db, [f"draft:{draft.id}"], ("", 0)))


def test_only_the_window_that_it_is_sealed_to_reads_a_draft(make_desk: Callable[..., Desk]) -> None:
    one, other, third = (make_desk(name) for name in ("one", "two", "three"))
    introduced(one, other, third)
    one.save_draft(full_draft(one, person=called("牧甲")))
    one.passed_drafts.pass_on(one.drafts()[0].draft.id, other.identity.node, "请接")
    for desk in (one, third):
        sync(desk)
    assert third.passed_drafts.here() == ()
    (kept,) = list(_drafts(third))
    with pytest.raises(RefusedError, match="打不开"):
        third.passed_drafts.take_up(kept)


def _drafts(desk: Desk) -> list[str]:
    from db.desk import record_rows
    from desk.folds.hall.windows import PassedDraft

    with desk.store.read() as db:
        return [msgspec.json.decode(one, type=PassedDraft).id for one in record_rows.records(db, "draft")]


def test_what_both_wrote_is_shown_at_both_and_mended_in_one_step(two: Two, served: Served) -> None:
    one, other = two
    lacking = full_draft(one).materials
    ticks = (*lacking[:-1], DraftMaterial(lacking[-1].code, missing="下次带来"))
    at_point = registered(one, "牧甲")
    papers = [registered(one, name, materials=ticks) for name in ("牧乙", "牧丙")]
    wrong, bundled, ended = registered(one, "牧丁"), registered(one, "牧戊"), registered(one, "牧庚")
    for desk in (one, other):
        sync(desk)
    move(served, at_point, "case.accepted", "case.granted", "case.returning")
    for desk in (one, other):
        sync(desk)
    other.handling.act(ended, "case.withdrawn", "不办了")
    move(served, ended, "case.accepted", "case.granted", "case.returning")
    sync(one)
    one.handling.serve(ended, Handed(recipient="牧庚", how="直接送达"))
    one.handling.act(at_point, "case.at_point", "")
    with hall(*two):
        until(lambda: other.case(at_point).case.state.value == "at_point")
    brought = TakenMaterial(lacking[-1].code, one.case(papers[0]).case.materials[-1].name, 1, 2)
    for desk, who, phone in ((one, "阿拉坦", "13911111111"), (other, "其其格", "13922222222")):
        desk.handling.serve(at_point, Handed(recipient=who, how="直接送达"))
        desk.corrections.correct(wrong, {"applicant.phone": phone}, "抄错了")
        desk.trips.seal("苏尼特左旗政务服务中心", (bundled,), "")
        for number in papers:
            desk.handling.add_materials(number, (brought,))
        registered(desk, "牧己")  # the same person at once
    with hall(*two):
        until(lambda: all(len(cells(desk.board.view(), "apart")) == 7 for desk in two), "not shown at both")
        assert cells(one.board.view(), "apart") == cells(other.board.view(), "apart")
        found = {clash.sort: key_of(clash) for _, clash in other.mending.all()}
        assert set(found) == {*Sort}
        needs = {need.case.applicant_name for need in one.today().needs if "不一致" in need.words}
        assert needs == {"牧甲", "牧乙", "牧丙", "牧丁", "牧戊", "牧庚"}
        assert other.case(at_point).apart[0].sort is Sort.SERVED
        for sort in (Sort.SERVED, Sort.CORRECTED, Sort.BUNDLED, Sort.ENDED):
            other.mending.settle(found[sort], OTHER)
        keys = [key_of(clash) for _, clash in other.mending.all()]
        assert len(keys) == 2
        other.mending.settle(keys[0], BOTH)
        other.mending.settle(keys[1], STANDS)
        with pytest.raises(RefusedError, match="核对过"):
            other.mending.settle("person 0", STANDS)
        (same,) = other.mending.people()
        other.mending.settle(f"person {same.gone.id}", STANDS)
        until(lambda: all(not cells(desk.board.view(), "apart") for desk in two), "not mended at both")
    for desk in two:
        assert not [need for need in desk.today().needs if "不一致" in need.words]
        case = desk.case(at_point).case
        assert case.served
        assert case.served.recipient == "其其格"
        assert desk.case(wrong).case.collected.applicant.phone == "13922222222"
        assert desk.case(ended).case.state.value == "served"  # by the rule it was withdrawn
        assert desk.case(bundled).case.bundle.startswith(f"Z{other.identity.node.replace('-', '')}")
        sums = [desk.case(number).case.materials[-1] for number in papers]
        assert sorted((paper.originals, paper.copies) for paper in sums) == [(1, 2), (2, 4)]
        assert len(desk.people.search("牧己")) == 1
    for desk in (one, other):
        sync(desk)
    case = served.centre.case(at_point)[0]
    assert case.served.recipient == "其其格"


def test_what_came_from_a_window_is_not_said_to_be_at_the_centre(two: Two) -> None:
    one, other = two
    sync(one)
    known = registered(one, "牧甲")
    sync(one)
    sync(other)
    new = registered(one, "牧乙")
    with hall(*two):
        until(lambda: len(other.cases(CaseQuery(), 0, 9)) == 2)
    for desk in two:
        assert {row.intake_no: row.at_centre for row in desk.cases(CaseQuery(), 0, 9)} == {known: True, new: False}
    sync(one)
    sync(other)
    for desk in two:
        assert all(row.at_centre for row in desk.cases(CaseQuery(), 0, 9))


def test_an_envelope_handed_over_at_both(two: Two) -> None:
    one, other = two
    away(*two)
    number = registered(one, "牧甲")
    bundle = one.trips.seal("苏尼特左旗政务服务中心", (number,), "")
    with hall(*two):
        until(other.trips.bundles)
    one.trips.hand_over(bundle.id, "巴图", "1")
    other.trips.hand_over(bundle.id, "朝鲁", "2")
    with hall(*two):
        until(lambda: all(wants(desk.board.view(), "apart") == [f"bundle {bundle.id}"] for desk in two))
        one.mending.settle(f"bundle {bundle.id}", OTHER)
        until(lambda: all(not wants(desk.board.view(), "apart") for desk in two))
    assert {desk.trips.bundle(bundle.id).handed.carrier for desk in two} == {"朝鲁"}


def test_a_receipt_of_any_window_is_known_at_each(two: Two) -> None:
    one, other = two
    away(*two)
    number = registered(one, "牧甲")
    code = receipt_code.make(one.identity.keys, number)
    with hall(*two):
        until(lambda: other.count_cases(CaseQuery()) == 1)
    assert other.codes.judge(code).genuine
    assert other.scanned(code) == other.scanned(f" {number} ") == number
    assert other.scanned("牧甲") == other.scanned("") == ""


def test_the_day_of_the_hall_in_lists_and_on_a_sheet(two: Two, tmp_path: Path) -> None:
    one, other = two
    registered(one, "牧甲")
    registered(other, "牧乙")
    registered(other, "牧丙")
    with hall(*two):
        until(lambda: all(desk.count_cases(CaseQuery()) == 3 for desk in two))
        until(lambda: one.hall.status().here == 1)
        board = one.board.view()
        assert [row[:2] for row in cells(board, "windows")] == [("1 号窗口", "苏和"), ("2 号窗口", "苏和")]
        assert [row[5:8] for row in cells(board, "windows")] == [(1, 0, 1), (2, 0, 2)]
        assert board.of("today").columns == ("事项", "1 号窗口", "2 号窗口", "合计")
        assert [row[1:] for row in cells(board, "today")] == [(1, 2, 3)]
        assert one.count_cases(CaseQuery(whose="mine")) == 3  # both windows have the same agent here
        figures = one.figures.view(one.today_date(), one.today_date())
        assert [(count.name, count.number) for count in figures.windows] == [("1 号窗口", 1), ("2 号窗口", 2)]
    from openpyxl import load_workbook

    place = tmp_path / "hall.xlsx"
    one.board.to(place, board)
    assert load_workbook(place).sheetnames[:2] == ["各窗口", "今天收的"]
