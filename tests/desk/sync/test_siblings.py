"""Desks of one point are one counter: what one wrote, the others have, checked with its writer's keys."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import (
    CHEAP,
    HERDER,
    PASSWORD,
    POINT,
    POINT_NAME,
    TRUSTING,
    Served,
    SetClock,
    called,
    full_draft,
    serving,
    sync,
)

from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import courier, enrolment
from desk.centre.node import centre_node
from desk.folds import case as cases
from desk.folds.next_act import NextAct
from desk.log import events, receipt_code
from desk.store import siblings as notes
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome


def rounds(*desks: Desk, times: int = 2) -> None:
    for _ in range(times):
        for desk in desks:
            result = sync(desk)
            assert result.outcome is Outcome.DONE, result


def equal(served: Served, number: str, *desks: Desk) -> cases.Case:
    there = served.centre.case(number)
    assert there is not None
    for desk in desks:
        here = desk.case(number).case
        assert (here.state, here.case_no, here.collected, here.added) == (
            there[0].state,
            there[0].case_no,
            there[0].collected,
            there[0].added,
        )
    return there[0]


def test_a_sibling_s_case_is_here_and_goes_on(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    number = one.register(full_draft(one, person=called("牧甲"))).intake_no
    rounds(one, two)
    assert two.case(number).case.collected.applicant.name == "牧甲"
    assert [row.intake_no for row in two.cases(CaseQuery(text="牧甲"), 0, 10)] == [number]
    assert two.store.verify(one.identity.node) == one.store.verify(one.identity.node)
    assert sync(two).received == 0

    _, seen = served.centre.case(number)
    told = events.SupplementAsked("乌兰", "综合窗口", ("户口簿",))
    served.centre.act("wulan", "case.supplement_asked", number, told, seen)
    rounds(two)
    brought = events.TakenMaterial("M9", "户口簿", 1, 0)
    two.handling.add_materials(number, (brought,))
    rounds(two, one)
    assert equal(served, number, one, two).state is cases.State.ARRIVED  # the centre took over what two had brought


def test_a_person_and_an_envelope_of_a_sibling_s(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    number = one.register(full_draft(one, person=HERDER)).intake_no
    rounds(one, two)
    person = two.people.search("阿拉坦其其格")[0]
    assert person.cases == 1
    sealed = two.trips.seal("民政局", (number,), "A1")
    rounds(two, one)
    assert [one.sealed.number for one in one.trips.bundles()] == [sealed.sealed.number]
    one.trips.hand_over(sealed.id, "巴特", "")
    rounds(one, two)
    assert two.trips.bundle(sealed.id).state == "handed"
    assert equal(served, number, one, two).bundle == sealed.sealed.number
    assert two.store.tables() == _rebuilt(two)


def _rebuilt(desk: Desk) -> object:
    desk.store.rebuild()
    return desk.store.tables()


def test_a_receipt_that_a_sibling_printed_again_is_genuine(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two, far = make_desk("one"), make_desk("two"), make_desk("far", "152523202203")
    number = one.register(full_draft(one)).intake_no
    rounds(one, two, far)
    codes = [receipt_code.make(desk.identity.keys_of(one.identity.node), number) for desk in (one, two, far)]
    for desk in (one, two):
        assert [desk.codes.judge(code).genuine for code in codes] == [True, True, False]
    known = enrolment.point_keys(served.centre, one.identity.node)
    assert [receipt_code.judge(code, lambda _node: known).genuine for code in codes] == [True, True, False]
    assert two.case(number).row.desk == "01"
    assert one.case(number).row.desk == ""
    assert two.case(number).next is not NextAct.RECEIPT  # the herder has it


def test_two_acts_that_cannot_both_be_are_told(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    number = one.register(full_draft(one)).intake_no
    rounds(one, two)
    one.handling.act(number, "case.withdrawn", "不办了")
    two.handling.act(number, "case.voided", "录错了")
    rounds(one, two)
    states = {desk.case(number).case.state for desk in (one, two)} | {served.centre.case(number)[0].state}
    assert len(states) == 1
    for desk in (one, two):
        assert [move.intake_no for move in desk.sync_status().refused] == [number]


def test_a_desk_that_was_let_in_later_has_all(make_desk: Callable[..., Desk], served: Served) -> None:
    one = make_desk("one")
    numbers = [one.register(full_draft(one, at)).intake_no for at in range(5)]
    rounds(one)
    two = make_desk("two")
    rounds(two)
    assert {row.intake_no for row in two.cases(CaseQuery(), 0, 10)} == set(numbers)


def test_another_point_gets_nothing(make_desk: Callable[..., Desk]) -> None:
    one, far = make_desk("one"), make_desk("far", "152523202203")
    one.register(full_draft(one))
    rounds(one, far)
    assert far.cases(CaseQuery(), 0, 10) == ()
    with far.store.read() as db:
        assert entry_rows.head(db, one.identity.node) is None


def test_a_sibling_out_of_an_old_backup(
    make_desk: Callable[..., Desk], served: Served, tmp_path: Path, tell: SetClock
) -> None:
    one, two = make_desk("one"), make_desk("two")
    first = one.register(full_draft(one, 1, person=called("牧甲"))).intake_no
    rounds(one, two)
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "saved")
    one = opening.open_desk(tmp_path / "one", "suhe", PASSWORD, tell)
    second = one.register(full_draft(one, 2, person=called("牧乙"))).intake_no
    rounds(one, two)
    one.close()
    one = opening.open_desk(tmp_path / "saved", "suhe", PASSWORD, tell)
    third = one.register(full_draft(one, 3, person=called("牧丙"))).intake_no
    assert third == second
    rounds(one, two)
    assert {row.applicant_name for row in two.cases(CaseQuery(), 0, 10)} == {"牧甲", "牧乙", "牧丙"}
    assert {row.applicant_name for row in one.cases(CaseQuery(), 0, 10)} == {"牧甲", "牧乙", "牧丙"}
    for row in two.cases(CaseQuery(), 0, 10):
        equal(served, row.intake_no, one, two)
    assert first in {row.intake_no for row in two.cases(CaseQuery(), 0, 10)}
    one.close()


def test_a_sibling_that_was_enrolled_again(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    one.register(full_draft(one, 1, person=called("牧甲")))
    rounds(one, two)
    one.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    one.register(full_draft(one, 2, person=called("牧乙")))
    one.change_keys()
    rounds(one)
    one.register(full_draft(one, 3, person=called("牧丙")))
    rounds(one, two)
    assert {row.applicant_name for row in two.cases(CaseQuery(), 0, 10)} == {"牧甲", "牧乙", "牧丙"}
    assert two.store.verify(one.identity.node) == one.store.verify(one.identity.node)


def test_a_revoked_desk_hears_nothing_and_what_it_wrote_stays(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    stolen = one.register(full_draft(one, 1, person=called("牧甲"))).intake_no
    rounds(one, two)
    enrolment.revoke(served.centre, one.identity.node)
    two.register(full_draft(two, 2, person=called("牧乙")))
    rounds(two)
    assert sync(one).outcome is Outcome.REFUSED
    assert {row.applicant_name for row in one.cases(CaseQuery(), 0, 10)} == {"牧甲"}
    assert two.case(stolen).case.collected.applicant.name == "牧甲"


def test_a_centre_out_of_a_backup_is_given_back_what_a_dead_desk_wrote(
    make_desk: Callable[..., Desk], served: Served
) -> None:
    import sqlalchemy as sa

    from db.centre import rows

    one, two = make_desk("one"), make_desk("two")
    one.register(full_draft(one, 1, person=called("牧甲")))
    rounds(one, two)
    number = one.register(full_draft(one, 2, person=called("牧乙"))).intake_no
    rounds(one, two)
    name = one.identity.node
    whole = one.store.verify(name)
    one.close()  # for good
    with served.centre.database.write() as db:  # as after a restore: that desk's log is shorter there
        kept = rows.hashes(db, name, 3, 3)[0]
        db.execute(sa.text("DELETE FROM entry WHERE node = :n AND seq > 3"), {"n": name})
        db.execute(sa.text("DELETE FROM batch WHERE node = :n AND last > 3"), {"n": name})
        rows.set_node(db, name, have=3, head=kept)
    rounds(two)
    assert served.centre.verify()[name] == whole
    equal(served, number, two)


def test_by_stick(make_desk: Callable[..., Desk], served: Served, tmp_path: Path) -> None:
    one, two = make_desk("one"), make_desk("two")
    number = one.register(full_draft(one)).intake_no
    stick = tmp_path / "stick"
    stick.mkdir()
    for _ in range(3):
        for desk in (one, two):
            desk.courier(stick, lambda _far: None, lambda: False)
        courier.exchange(served.centre, stick)
    for desk in (one, two):
        desk.courier(stick, lambda _far: None, lambda: False)
    equal(served, number, one, two)


@pytest.mark.parametrize("change", ["another's key", "one byte"])
def test_what_a_sibling_did_not_sign_is_not_taken(make_desk: Callable[..., Desk], served: Served, change: str) -> None:
    """A centre that says so is not enough."""
    import sqlalchemy as sa

    from db.centre.box import place_of_batch
    from db.centre.database import box
    from db.centre.schema import batch

    one, two = make_desk("one"), make_desk("two")
    one.register(full_draft(one))
    rounds(one)
    with served.centre.database.write() as db:
        if change == "one byte":
            row = db.execute(sa.select(batch).where(batch.c.node == one.identity.node)).mappings().first()
            where = place_of_batch(row["node"], row["first"], row["last"])
            data = bytearray(box(db).open(bytes(row["bytes"]), where))
            data[-100] ^= 1
            kept = box(db).seal(bytes(data), where)
            db.execute(sa.update(batch).where(batch.c.number == row["number"]).values(bytes=kept))
        else:
            db.execute(
                sa.text("UPDATE node SET sign_key = :k WHERE name = :n"), {"k": bytes(32), "n": one.identity.node}
            )
    result = sync(two)
    assert result.outcome is Outcome.DONE
    assert "没有收全" in result.happened
    assert two.cases(CaseQuery(), 0, 10) == ()


@pytest.mark.parametrize("readers", [1, 2])
def test_two_copies_of_a_log_that_ran_apart(tmp_path: Path, tell: SetClock, readers: int) -> None:
    """Centre and desk both came back from old backups, and the desk wrote something else: what only siblings know is
    kept, once, under a number of its own."""
    folder = tmp_path / "centre"
    centre_node.create(folder, "152523", "中心")
    places = [tmp_path / f"desk{at}" for at in range(readers + 1)]
    desks: list[Desk] = []
    with contextlib.closing(centre_node.Centre(folder, tell=tell)) as centre, serving(site.app(centre, TRUSTING)) as at:
        for place in places:
            code = enrolment.enrol_code(centre, POINT, POINT_NAME)
            opening.create_desk(place, at, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
            desks.append(opening.open_desk(place, "suhe", PASSWORD, tell))
        desks[0].register(full_draft(desks[0], 1, person=called("牧甲")))
        rounds(*desks)
    desks[0].close()
    shutil.copytree(folder, tmp_path / "centre-saved")
    shutil.copytree(places[0], tmp_path / "desk-saved")
    desks[0] = opening.open_desk(places[0], "suhe", PASSWORD, tell)
    with contextlib.closing(centre_node.Centre(folder, tell=tell)) as centre, serving(site.app(centre, TRUSTING)) as at:
        for desk in desks:
            desk.set_centre_address(at)
        number = desks[0].register(full_draft(desks[0], 2, person=called("牧乙"))).intake_no
        rounds(*desks)
    desks[0].close()
    desks[0] = opening.open_desk(tmp_path / "desk-saved", "suhe", PASSWORD, tell)
    restored = centre_node.Centre(tmp_path / "centre-saved", tell=tell)
    with contextlib.closing(restored) as centre, serving(site.app(centre, TRUSTING)) as at:
        for desk in desks:
            desk.set_centre_address(at)
        assert desks[0].register(full_draft(desks[0], 3, person=called("牧丙"))).intake_no == number
        for _ in range(3):
            rounds(*desks)
        for desk in desks:
            shown = desk.cases(CaseQuery(), 0, 10)
            assert sorted(row.applicant_name for row in shown) == ["牧丙", "牧乙", "牧甲"]
            for row in shown:
                equal(Served(centre, at), row.intake_no, *desks)
            assert desk.store.verify(desks[0].identity.node) == desks[0].store.verify(desks[0].identity.node)
            assert sync(desk).received == 0
        with desks[1].store.read() as db:
            assert not notes.apart(db)
        centre.verify()
    for desk in desks:
        desk.close()
