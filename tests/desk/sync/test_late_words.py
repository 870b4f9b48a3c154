"""What comes late, or while something else goes on: sticks of a former name, a former epoch or former keys; a herder
who comes while a desk gets another name; codes that were for another point."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, Served, SetClock, serving, sync
from test_healing import copied, draft, opened, round_trip

from db.centre.lists import case_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment, letter_answers
from desk.centre.node import centre_node
from desk.centre.run import backup
from desk.errors import RefusedError
from desk.folds.case import State
from desk.law import numbers
from desk.log import events, receipt_code
from desk.log.centre_events import NoticePublished
from desk.log.keys import NodeKeys
from desk.papers.receipt_facts import receipt_facts
from desk.store.account import Account
from desk.store.entries import Fact
from desk.store.snapshots import CaseQuery
from desk.sync import client
from desk.sync.outcome import Outcome
from desk.sync.protocol import letters
from desk.sync.protocol.envelope import StrangerError


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def carry(desk: Desk, stick: Path) -> object:
    return desk.courier(stick, lambda _far: None, lambda: False)


def note(desk: Desk, text: str) -> None:
    """An entry that the centre answers with none of its own."""
    with desk.store.write() as db:
        told = events.Act("a", "b", text)
        desk.store.append(db, desk.identity.node, "suhe", [Fact("case.newer", "a" * 32, told)])


def same_log(desk: Desk, centre: centre_node.Centre) -> bool:
    node = desk.identity.node
    return desk.store.verify(node) == centre.verify()[node]


@contextlib.contextmanager
def restored(served: Served, kept: Path, folder: Path, tell: SetClock) -> Iterator[centre_node.Centre]:
    """The centre, out of its backup."""
    backup.restore(folder, "", kept, "password1")
    centre = centre_node.Centre(folder, tell=tell)
    yield centre
    centre.close()


def kept_now(served: Served, path: Path) -> Path:
    backup.backup(served.centre, "", path, "password1")
    return path


# -- while a desk gets another name ------------------------------------------------------------------------------


def fork(desk: Desk, tell: SetClock) -> Desk:
    """An old copy of the desk, opened, after the desk itself went on."""
    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    desk.register(draft(desk, 2))
    sync(desk)
    desk.close()
    return opened(old, tell)


def while_it_syncs(monkeypatch: pytest.MonkeyPatch, desk: Desk, work: Callable[[], object]) -> None:
    """Do `work` after the desk got its new name, while its sync still goes on."""
    real = client.witness.new_words

    def new_words(*asked: object, **more: object) -> object:
        work()
        return real(*asked, **more)

    monkeypatch.setattr(client.witness, "new_words", new_words)
    sync(desk)
    monkeypatch.undo()


def test_a_herder_who_comes_meanwhile_is_of_the_new_name(
    desk: Desk, served: Served, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    back, made = fork(desk, tell), []
    while_it_syncs(monkeypatch, back, lambda: made.append(back.register(draft(back, 7, "乌云")).intake_no))
    assert back.identity.node == f"{POINT}-02"
    assert made[0].startswith(back.identity.node.replace("-", ""))
    assert back.sync_status().waiting > 0
    assert sync(back).outcome is Outcome.DONE
    assert served.centre.case(made[0]) is not None
    assert same_log(back, served.centre)
    back.close()


def test_a_receipt_printed_after_the_name_changed_is_genuine(desk: Desk, served: Served, tell: SetClock) -> None:
    back = fork(desk, tell)
    old = back.cases(CaseQuery())[0].intake_no
    sync(back)
    assert numbers.node_of(old) != back.identity.node
    facts = receipt_facts(back.identity, back.papers.office(), back.case(old).case, None, "")
    assert back.codes.judge(facts.code).genuine
    assert receipt_code.judge(facts.code, lambda node: enrolment.all_keys(served.centre, node)).genuine
    back.close()


def test_an_address_that_is_changed_meanwhile_takes_no_name_back(
    desk: Desk, served: Served, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = fork(desk, tell)
    back.register(draft(back, 3, "乌云"))
    while_it_syncs(monkeypatch, back, lambda: back.set_centre_address(served.address + "/"))
    folder = back.folder
    back.close()
    again = opened(folder, tell)
    assert (again.identity.node, again.identity.address) == (f"{POINT}-02", served.address + "/")
    again.register(draft(again, 8, "高娃"))
    assert sync(again).outcome is Outcome.DONE
    assert same_log(again, served.centre)
    again.close()


def test_nobody_enrols_while_a_sync_goes_on(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.register(draft(desk, 1))
    told: list[str] = []

    def enrol() -> None:
        with pytest.raises(RefusedError) as caught:
            desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
        told.append(caught.value.happened)

    while_it_syncs(monkeypatch, desk, enrol)
    assert "正在同步" in told[0]
    assert desk.identity.node == f"{POINT}-01"


# -- late sticks -------------------------------------------------------------------------------------------------


def test_a_late_stick_of_the_old_name_acknowledges_nothing(
    desk: Desk, served: Served, tmp_path: Path, stick: Path
) -> None:
    for number in range(3):
        desk.register(draft(desk, number))
    late = tmp_path / "late"
    late.mkdir()
    carry(desk, late)
    centre_courier.exchange(served.centre, late)  # the answer to the old name lies here
    desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    for number in range(4):
        desk.register(draft(desk, 10 + number))
    before = desk.sync_status().waiting
    carry(desk, late)
    assert desk.sync_status().waiting == before > 0
    for _ in range(3):
        carry(desk, stick)
        centre_courier.exchange(served.centre, stick)
    carry(desk, stick)
    assert desk.sync_status().waiting == 0
    assert same_log(desk, served.centre)


def test_a_late_letter_of_a_fork_that_is_healed_changes_nothing(
    desk: Desk, served: Served, tmp_path: Path, tell: SetClock
) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    back = fork(desk, tell)
    back.register(draft(back, 3))
    for place in (one, other):
        carry(back, place)
        centre_courier.exchange(served.centre, place)
    for _ in range(4):
        round_trip(back, served, one)
    name = back.identity.node
    assert name == f"{POINT}-02"
    for _ in range(4):
        round_trip(back, served, other)
    assert back.identity.node == name
    assert same_log(back, served.centre)
    back.close()


def test_a_restored_centre_gets_back_by_stick_what_it_had_acknowledged(
    desk: Desk, served: Served, stick: Path, tmp_path: Path, tell: SetClock
) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    kept = kept_now(served, tmp_path / "kept")
    note(desk, "one")
    note(desk, "two")
    sync(desk)
    with restored(served, kept, tmp_path / "restored", tell) as centre:
        for number in range(4):
            if number == 1:
                note(desk, "new")
            carry(desk, stick)
            centre_courier.exchange(centre, stick)
        carry(desk, stick)
        assert same_log(desk, centre)
        assert desk.sync_status().waiting == 0


def test_an_answer_from_before_the_restore_acknowledges_nothing(
    desk: Desk, served: Served, tmp_path: Path, tell: SetClock
) -> None:
    early, later = tmp_path / "s1", tmp_path / "s2"
    early.mkdir()
    later.mkdir()
    desk.register(draft(desk, 1))
    sync(desk)
    kept = kept_now(served, tmp_path / "kept")
    carry(desk, later)
    note(desk, "one")
    note(desk, "two")
    carry(desk, early)
    centre_courier.exchange(served.centre, early)  # the old centre's answer, which comes last
    with restored(served, kept, tmp_path / "restored", tell) as centre:
        centre_courier.exchange(centre, later)
        shutil.rmtree(later / "DAIBAN" / "UP")
        carry(desk, later)
        shutil.rmtree(later / "DAIBAN")
        carry(desk, early)
        note(desk, "new")
        for _ in range(3):
            carry(desk, later)
            centre_courier.exchange(centre, later)
        assert same_log(desk, centre)


def test_a_desk_with_nothing_to_send_hears_that_its_centre_was_restored(
    desk: Desk, served: Served, stick: Path, tmp_path: Path, tell: SetClock
) -> None:
    number = desk.register(draft(desk, 1)).intake_no
    sync(desk)
    kept = kept_now(served, tmp_path / "kept")
    served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "窗口"), 2)
    sync(desk)
    assert desk.case(number).case.state is State.ACCEPTED
    with restored(served, kept, tmp_path / "restored", tell) as centre:
        with centre.database.write() as db:
            told = NoticePublished("题", "文", "乌兰")
            centre.append(
                db, [centre_node.Own("wulan", "notice.published", f"{at:032x}", told, "*") for at in range(8)], {}
            )
        for _ in range(4):
            carry(desk, stick)
            centre_courier.exchange(centre, stick)
        carry(desk, stick)
        assert desk.case(number).case.state is State.ACCEPTED
        assert centre.case(number)[0].state is State.ACCEPTED
        enrolment.revoke(centre, desk.identity.node)
        carry(desk, stick)
        (line,) = centre_courier.exchange(centre, stick)
        assert not line.good
        assert any("停用" in one for one in carry(desk, stick).notes)


# -- keys --------------------------------------------------------------------------------------------------------


def test_a_backup_from_before_a_change_of_keys(desk: Desk, served: Served, stick: Path, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    desk.change_keys()
    desk.register(draft(desk, 2))
    assert sync(desk).outcome is Outcome.DONE
    desk.close()
    back = opened(old, tell)
    mine = back.register(draft(back, 3)).intake_no
    refused = sync(back)
    assert (refused.outcome, "重新入网" in refused.happened) == (Outcome.REFUSED, True)
    carry(back, stick)
    (line,) = centre_courier.exchange(served.centre, stick)
    assert (line.good, "重新入网" in line.words) == (False, True)
    back.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    assert sync(back).outcome is Outcome.DONE
    assert same_log(back, served.centre)
    assert served.centre.case(mine) is not None
    back.close()


def test_a_centre_restored_from_before_a_change_of_keys(
    desk: Desk, served: Served, stick: Path, tmp_path: Path, tell: SetClock
) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    kept = kept_now(served, tmp_path / "kept")
    desk.change_keys()
    numbers = [desk.register(draft(desk, 2)).intake_no]
    assert sync(desk).outcome is Outcome.DONE
    with (
        restored(served, kept, tmp_path / "restored", tell) as centre,
        serving(site.app(centre, TRUSTING)) as address,
    ):
        desk.set_centre_address(address)
        numbers.append(desk.register(draft(desk, 3)).intake_no)
        refused = sync(desk)
        assert (refused.outcome, "重新入网" in refused.happened) == (Outcome.REFUSED, True)
        carry(desk, stick)
        centre_courier.exchange(centre, stick)
        assert any("重新入网" in one for one in carry(desk, stick).notes)  # sealed to the keys that the centre knows
        desk.enrol(address, enrolment.enrol_code(centre, POINT, POINT_NAME))
        assert sync(desk).outcome is Outcome.DONE
        assert same_log(desk, centre)
        assert all(centre.case(one) for one in numbers)


def test_old_keys_set_no_new_ones(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    node, old, centre = desk.identity.node, desk.identity.keys, desk.identity.centre_keys
    desk.change_keys()
    assert sync(desk).outcome is Outcome.DONE
    told = letters.new_keys(node, NodeKeys.make())
    _, sealed = letters.sealed(letters.KEYS, node, msgspec.json.encode(told), old, centre, served.centre.node)
    with pytest.raises(StrangerError):
        letter_answers.answer(served.centre, sealed, lambda: 0)
    again = letters.new_keys(node, desk.identity.keys)
    _, sealed = letters.sealed(letters.KEYS, node, msgspec.json.encode(again), old, centre, served.centre.node)
    assert letter_answers.answer(served.centre, sealed, lambda: 0)  # the same once more: the answer may have been lost
    assert enrolment.sign_keys(served.centre, node) == (desk.identity.keys.public().sign,)


# -- codes -------------------------------------------------------------------------------------------------------


def test_a_code_for_another_point_leaves_nothing_behind(desk: Desk, served: Served, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    with pytest.raises(RefusedError, match="另一个代办点"):
        desk.enrol(served.address, enrolment.enrol_code(served.centre, "152523202299", "别的点"))
    old = copied(desk, "old")
    desk.register(draft(desk, 2))
    sync(desk)
    desk.close()
    back = opened(old, tell)
    back.register(draft(back, 3))
    assert sync(back).outcome is Outcome.DONE
    assert back.identity.node == f"{POINT}-02"
    assert same_log(back, served.centre)
    back.close()


def test_two_desks_that_began_alone_with_one_number(
    served: Served, tmp_path: Path, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening.secrets, "randbelow", lambda _most: 5)
    made: list[Desk] = []
    for name in ("one", "two"):
        opening.create_alone(
            tmp_path / name, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell
        )
        made.append(opened(tmp_path / name, tell))
    assert {one.identity.node for one in made} == {f"{POINT}-65"}
    numbers = [
        one.register(draft(one, at, name)).intake_no for at, (one, name) in enumerate(zip(made, "甲乙", strict=True))
    ]
    assert numbers[0] == numbers[1]
    for one in made:
        one.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
        assert sync(one).outcome is Outcome.DONE
    assert len({one.identity.node for one in made}) == 2
    with served.centre.database.read() as db:
        listed = case_rows.case_page(db, case_rows.Asked(), 0, 10)
    assert {one["applicant_name"] for one in listed} == {"甲", "乙"}
    for one in made:
        assert same_log(one, served.centre)
        one.close()
