"""Old backups on either side, cloned disks, other keys, a second enrolment: nothing lost or twice, people told."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import (
    CHEAP,
    PASSWORD,
    POINT,
    POINT_NAME,
    Served,
    SetClock,
    called,
    full_draft,
    item_code,
    serving,
    sync,
)
from hall_steps import hall, introduced

from db.centre import rows as centre_rows
from db.centre.lists import case_rows
from desk import clock
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import courier as counter_courier
from desk.centre.exchange import enrolment
from desk.centre.exchange.trust import admitting
from desk.centre.node import centre_node
from desk.errors import DeskError, RefusedError
from desk.law import numbers
from desk.log import chain, events, receipt_code
from desk.log.centre_events import EntryRefused
from desk.store.account import Account
from desk.store.entries import Fact
from desk.store.snapshots import CaseQuery
from desk.sync.hall import meeting
from desk.sync.outcome import Outcome
from desk.sync.protocol.near.parcel import Window

_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def draft(desk: Desk, number: int, name: str = ""):
    return full_draft(desk, number, person=called((name or f"牧民{number}").translate(_DIGITS)))


def copied(desk: Desk, name: str) -> Path:
    """The desk's folder as a backup has it."""
    target = desk.folder.parent / name
    with desk.store.rooms.turn():
        desk.store.rooms.writer_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(desk.folder, target, ignore=shutil.ignore_patterns("*.lock", "lock*"))
    return target


def opened(folder: Path, tell: SetClock) -> Desk:
    return opening.open_desk(folder, "suhe", PASSWORD, tell)


def alike(served: Served, *desks: Desk) -> None:
    """The same cases on both sides, whole chains, nothing waiting, every desk's rows as the log gives them."""
    served.centre.verify()
    seen: set[str] = set()
    for desk in desks:
        assert desk.sync_status().waiting == 0
        before = desk.store.tables()
        desk.store.rebuild()
        after = desk.store.tables()
        assert [row[0] for row in before["case_row"]] == [row[0] for row in after["case_row"]]
        for row in desk.cases(CaseQuery(), 0, 1000):
            here = desk.case(row.intake_no).case
            there, _ = served.centre.case(row.intake_no) or (None, 0)
            assert there is not None, row.intake_no
            assert (here.state, here.case_no, here.collected) == (there.state, there.case_no, there.collected)
            assert not here.conflicts, here.conflicts
            seen.add(row.case_no)
    with served.centre.database.read() as db:
        listed = case_rows.case_page(db, case_rows.Asked(), 0, 1000)
    assert len({row["case_no"] for row in listed}) == len(listed)


def names(desk: Desk) -> list[str]:
    back = str.maketrans("零一二三四五六七八九", "0123456789")
    return sorted(row.applicant_name.translate(back) for row in desk.cases(CaseQuery(), 0, 1000))


def test_an_old_backup_comes_back(desk: Desk, served: Served, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    second = desk.register(draft(desk, 2)).intake_no
    assert sync(desk).outcome is Outcome.DONE
    code = receipt_code.make(desk.identity.keys, second)
    desk.close()
    back = opened(old, tell)
    third = back.register(draft(back, 3)).intake_no
    assert third == second  # two receipts with one number are out in the world
    result = sync(back)
    assert result.outcome is Outcome.DONE, result
    assert "新的终端编号" in result.happened
    assert "换发回执" in result.happened
    assert names(back) == ["牧民1", "牧民2", "牧民3"]
    assert back.identity.node == f"{POINT}-02"
    assert back.case(second).case.collected.applicant.name == "牧民二"
    (anew,) = [row for row in back.cases(CaseQuery()) if row.applicant_name == "牧民三"]
    assert numbers.is_intake_no(anew.intake_no)
    case = back.case(anew.intake_no).case
    assert (case.was, case.point) == (third, f"{POINT}-02")
    assert any(line.kind == "case.renumbered" for line in case.history)
    assert anew.intake_no in {row.intake_no for row in back.cases(CaseQuery(text=third))}
    assert back.codes.judge(code).genuine  # a paper of before stays good
    sync(back)
    alike(served, back)
    assert back.store.rooms.read is not None
    again = sync(back)
    assert (again.sent, again.received) == (0, 0)
    back.close()


def test_what_a_neighbour_and_its_writer_both_say_again_is_one_case(
    make_desk: Callable[..., Desk], served: Served, tell: SetClock
) -> None:
    """A disk was copied, both took a case in under one number; a window of the hall has that of the one that gave way.
    Whichever heals first, there is one case of each, and whoever keeps the name has its numbers left."""
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    clone = opened(copied(one, "clone"), tell)
    lost = one.register(draft(one, 1)).intake_no
    assert clone.register(draft(clone, 2)).intake_no == lost
    with hall(two):
        node, place = two.identity.node, f"127.0.0.1:{two.hall.hall.port}"
        meeting.meet(one.store, place, node, None, Window, lambda *_: None)
        for desk in (clone, two, one, two, one, clone, two):
            assert sync(desk).outcome is Outcome.DONE
        meeting.meet(clone.store, place, node, None, Window, lambda *_: None)
    with served.centre.database.read() as db:
        there = [row["applicant_name"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 99)]
    assert sorted(there) == ["牧民一", "牧民二"]
    for desk in (one, two, clone):
        assert names(desk) == ["牧民1", "牧民2"]
    third = clone.register(draft(clone, 3)).intake_no
    assert numbers.serial(third) == numbers.serial(lost) + 1
    clone.close()


def test_a_number_that_a_copy_gives_once_more_is_no_other_case(
    make_desk: Callable[..., Desk], served: Served, tell: SetClock
) -> None:
    """A disk was copied, and the centre knows of one case of the copy when the first one says its own: what the copy
    will take in it cannot know, and it may have its numbers. What a window did about one of them goes along."""
    one, two, three = make_desk("one"), make_desk("two"), make_desk("three")
    introduced(one, two, three)
    clone = opened(copied(one, "clone"), tell)
    clone.register(draft(clone, 1))
    met(clone, two)
    assert sync(two).outcome is Outcome.DONE
    one.register(draft(one, 2))
    given_up = one.register(draft(one, 3)).intake_no
    met(one, three)
    three.handling.act(given_up, "case.withdrawn", "不办了")
    assert clone.register(draft(clone, 4)).intake_no == given_up
    for desk in (one, three, two, clone) * 3:
        assert sync(desk).outcome is Outcome.DONE
    with served.centre.database.read() as db:
        there = {row["applicant_name"]: row["state"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 99)}
    assert there == {"牧民一": "arrived", "牧民二": "arrived", "牧民三": "withdrawn", "牧民四": "arrived"}
    for desk in (one, two, three, clone):
        assert names(desk) == ["牧民1", "牧民2", "牧民3", "牧民4"]
        assert {row.applicant_name: row.state for row in desk.cases(CaseQuery(), 0, 99)} == there
    said = [(line.kind, line.refused) for line in one.case(given_up).case.history if line.node == three.identity.node]
    assert [(kind, bool(refused)) for kind, refused in said] == [("case.withdrawn", True), ("case.renumbered", False)]
    clone.close()


def met(one: Desk, other: Desk) -> None:
    with hall(other):
        place = f"127.0.0.1:{other.hall.hall.port}"
        meeting.meet(one.store, place, other.identity.node, None, Window, lambda *_: None)


def test_a_backup_with_nothing_new_still_takes_another_name(desk: Desk, served: Served, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    desk.register(draft(desk, 2))
    sync(desk)
    desk.close()
    back = opened(old, tell)
    assert sync(back).outcome is Outcome.DONE
    assert (names(back), back.identity.node) == (["牧民1", "牧民2"], f"{POINT}-02")
    back.register(draft(back, 3))
    sync(back)
    alike(served, back)
    back.close()


def test_a_cloned_disk(desk: Desk, served: Served, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    clone = opened(copied(desk, "clone"), tell)
    for at in range(3):
        desk.register(draft(desk, 10 + at, f"甲{at}"))
        clone.register(draft(clone, 20 + at, f"乙{at}"))
        assert sync(desk).outcome is Outcome.DONE
        assert sync(clone).outcome is Outcome.DONE
    sync(desk)
    sync(clone)
    assert {desk.identity.node, clone.identity.node} == {f"{POINT}-01", f"{POINT}-02"}
    sync(desk)  # one counter: each has what the other took in
    assert names(desk) == names(clone) == sorted(["牧民1", "甲0", "甲1", "甲2", "乙0", "乙1", "乙2"])
    alike(served, desk, clone)
    clone.close()


def test_interrupted_at_every_answer_it_mends_all_the_same(
    desk: Desk, served: Served, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk.sync import link

    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    desk.register(draft(desk, 2))
    sync(desk)
    desk.close()
    real = link.Link.post
    for cut in range(6):
        folder = old.parent / f"try{cut}"
        shutil.copytree(old, folder)
        tell.at += dt.timedelta(days=1)  # six copies of one disk on one day may come to one number
        back = opened(folder, tell)
        back.register(draft(back, 30 + cut))
        left = [cut]

        def post(self: link.Link, *asked: object, left: list[int] = left) -> bytes:
            answer = real(self, *asked)
            left[0] -= 1
            if left[0] == -1:
                raise link.OfflineError("断")
            return answer

        monkeypatch.setattr(link.Link, "post", post)
        sync(back)
        monkeypatch.setattr(link.Link, "post", real)
        assert sync(back).outcome is Outcome.DONE
        assert {"牧民1", "牧民2", f"牧民{30 + cut}"} <= set(names(back))
        alike(served, back)
        back.close()


def test_a_centre_out_of_a_backup_is_given_its_own_words(
    desk: Desk, served: Served, tmp_path: Path, tell: SetClock
) -> None:
    first = desk.register(draft(desk, 1)).intake_no
    sync(desk)
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "backup")
    second = desk.register(draft(desk, 2)).intake_no
    sync(desk)
    for number in (first, second):
        _, seen = served.centre.case(number)
        served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "综合窗口"), seen)
    sync(desk)
    known = {one: desk.case(one).case for one in (first, second)}
    assert all(case.accepted for case in known.values())
    restored = centre_node.Centre(tmp_path / "backup", tell=tell)
    other = desk.register(draft(desk, 3)).intake_no
    with serving(site.app(restored)) as address:
        desk.set_centre_address(address)
        result = sync(desk)
        assert result.outcome is Outcome.DONE, result
        assert "交还" in result.happened
        for number, case in known.items():
            here, there = desk.case(number).case, restored.case(number)[0]
            assert (here.state, here.case_no, here.accepted) == (case.state, case.case_no, case.accepted)
            assert (there.state, there.case_no, there.accepted) == (case.state, case.case_no, case.accepted)
        numbers_given = {restored.case(number)[0].case_no for number in (first, second, other)}
        assert len(numbers_given) == 3
        alike(Served(restored, address), desk)
        again = sync(desk)
        assert (again.sent, again.received) == (0, 0)
    restored.close()


def test_a_restored_centre_that_went_on_meanwhile(
    make_desk: Callable[..., Desk], served: Served, tmp_path: Path, tell: SetClock
) -> None:
    one, two = make_desk("one"), make_desk("two")
    sync(one)
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "backup")
    mine = [one.register(draft(one, at)).intake_no for at in range(3)]
    sync(one)
    given = {number: one.case(number).case.case_no for number in mine}
    restored = centre_node.Centre(tmp_path / "backup", tell=tell)
    with serving(site.app(restored)) as address:
        two.set_centre_address(address)
        for at in range(5):  # the same places of the centre's log are written anew, before anybody tells it
            two.register(draft(two, 50 + at))
        assert sync(two).outcome is Outcome.DONE
        one.set_centre_address(address)
        assert sync(one).outcome is Outcome.DONE
        sync(two)
        sync(one)
        # their numbers went to other cases meanwhile: those have them, ours have new ones, and nobody shares
        anew = {number: one.case(number).case.case_no for number in mine}
        assert not set(anew.values()) & set(given.values())
        alike(Served(restored, address), one, two)
    restored.close()


def test_other_keys(desk: Desk, served: Served) -> None:
    number = desk.register(draft(desk, 1)).intake_no
    sync(desk)
    code = receipt_code.make(desk.identity.keys, number)
    before = desk.identity.keys
    desk.change_keys()
    assert desk.identity.keys == before  # not before the centre knows
    desk.register(draft(desk, 2))
    assert sync(desk).outcome is Outcome.DONE
    assert desk.identity.keys != before
    assert enrolment.sign_keys(served.centre, desk.identity.node) == (desk.identity.keys.public().sign,)
    assert desk.codes.judge(code).genuine
    assert receipt_code.judge(code, lambda node: enrolment.all_keys(served.centre, node)).genuine
    desk.session.change(desk.identity, msgspec.structs.replace(desk.identity, keys=before))
    desk.register(draft(desk, 3))
    assert sync(desk).outcome is not Outcome.DONE  # the old ones count no more


def test_a_second_enrolment(desk: Desk, served: Served) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    enrolment.revoke(served.centre, desk.identity.node, reasons="电脑丢失")
    desk.register(draft(desk, 2))
    assert sync(desk).outcome is Outcome.REFUSED
    desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    assert desk.identity.node == f"{POINT}-02"
    assert sync(desk).outcome is Outcome.DONE
    assert names(desk) == ["牧民1", "牧民2"]
    for account in ("bao", "qi"):  # whoever had the revoked keys: people look first
        admitting.by_people(served.centre, account, desk.identity.node)
    sync(desk)
    alike(served, desk)
    with pytest.raises(DeskError):
        desk.enrol(served.address, enrolment.enrol_code(served.centre, "152523202201", "别处"))


def test_desks_that_a_restored_centre_does_not_know_get_no_name_of_each_other(
    make_desk: Callable[..., Desk], served: Served, tmp_path: Path, tell: SetClock
) -> None:
    one, two = make_desk("one"), make_desk("two")
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "backup")
    for desk in (two, one):
        desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    before = {one.identity.node, two.identity.node}
    assert before == {f"{POINT}-03", f"{POINT}-04"}
    restored = centre_node.Centre(tmp_path / "backup", tell=tell)
    with serving(site.app(restored)) as address:
        number = two.register(draft(two, 1)).intake_no  # by a name that nobody there knows
        for desk in (one, two):
            desk.set_centre_address(address)
            desk.enrol(address, enrolment.enrol_code(restored, POINT, POINT_NAME))
            assert desk.identity.node not in before
        for _ in range(2):
            for desk in (two, one):
                assert sync(desk).outcome is Outcome.DONE
        assert one.register(draft(one, 2)).intake_no != number
        assert names(one) == ["牧民1", "牧民2"]
        sync(one)
        alike(Served(restored, address), one)
    restored.close()


def test_a_name_that_somebody_says_they_had_uses_few_up(desk: Desk, served: Served) -> None:
    from desk.log.keys import NodeKeys
    from desk.sync import enrol

    def given(claimed: str) -> str:
        code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
        was = msgspec.structs.replace(desk.identity, node=f"{POINT}-{claimed}")
        return enrol.enrol(served.address, code, NodeKeys.make(), "pc", was=was).node[-2:]

    assert [given(one) for one in ("99", "59", "07", "xx", "\u0660\u0663")] == ["02", "03", "09", "10", "11"]
    assert [given(one) for one in ("07", "07", "99")] == ["12", "13", "14"]  # left out already


def test_an_answer_to_an_enrolment_that_got_lost(served: Served) -> None:
    from desk.log.keys import NodeKeys
    from desk.sync import enrol

    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    keys = NodeKeys.make()
    first = enrol.enrol(served.address, code, keys, "pc")
    assert enrol.enrol(served.address, code, keys, "pc").node == first.node
    with pytest.raises(DeskError):
        enrol.enrol(served.address, code, NodeKeys.make(), "pc")


def test_what_the_centre_does_not_take_blocks_nothing(desk: Desk, served: Served) -> None:
    number = desk.register(draft(desk, 1)).intake_no
    sync(desk)
    with desk.store.write() as db:
        desk.session.append(db, Fact("case.served", number, {"recipient": 5}))
        desk.session.append(db, Fact("item.published", "x", {"anything": 1}))
        desk.session.append(db, Fact("case.collected", "9" * 24, desk.case(number).case.collected))
    desk.register(draft(desk, 2))
    result = sync(desk)
    assert (result.outcome, desk.sync_status().waiting) == (Outcome.DONE, 0)
    case = desk.case(number).case
    assert any("读不懂" in line.refused for line in case.history)
    assert served.centre.case(number)[0].history == case.history
    assert [row["state"] for row in listed(served)] == ["arrived", "arrived"]
    with served.centre.database.read() as db:
        told = [one for found in centre_rows.about(db, [number, "x", "9" * 24]).values() for one in found]
    refused = [events.decode("entry.refused", msgspec.json.decode(one, type=chain.Entry).data) for one in told]
    assert sum(isinstance(one, EntryRefused) for one in refused if one) >= 3


def listed(served: Served) -> list[dict]:
    with served.centre.database.read() as db:
        return [dict(row) for row in case_rows.case_page(db, case_rows.Asked(), 0, 50)]


def test_a_kind_that_is_newer_is_kept_and_passed_on(desk: Desk, served: Served) -> None:
    number = desk.register(draft(desk, 1)).intake_no
    with desk.store.write() as db:
        desk.session.append(db, Fact("case.blessed", number, {"by": "lama"}), Fact("drone.sent", "d" * 32, {"to": 1}))
    assert sync(desk).outcome is Outcome.DONE
    with served.centre.database.read() as db:
        kept = centre_rows.encoded_after(db, desk.identity.node, 0, 100)
    assert any(b'"drone.sent"' in one for one in kept)
    assert any(line.name == "其他记录（case.blessed）" for line in served.centre.case(number)[0].history)
    alike(served, desk)


@pytest.mark.parametrize("off", [dt.timedelta(days=-3000), dt.timedelta(days=900), dt.timedelta(hours=8)])
def test_a_wrong_clock_is_corrected_for_and_both_times_are_kept(
    desk: Desk, served: Served, tell: SetClock, off: dt.timedelta
) -> None:
    sync(desk)
    desk.store.tell = lambda: tell() + off
    number = desk.register(draft(desk, 1)).intake_no
    tell.at += dt.timedelta(hours=2)
    desk.store.tell = lambda: tell() + off
    assert sync(desk).outcome is Outcome.DONE
    case = desk.case(number).case
    assert clock.day(case.collected_at) == (tell.at + off - dt.timedelta(hours=2)).astimezone(clock.BEIJING).date()
    assert abs(dt.datetime.fromisoformat(case.taken_at) - tell.at + dt.timedelta(hours=2)) < dt.timedelta(seconds=30)
    item = desk.item(item_code(desk))
    from desk.law import deadline

    right = deadline.service_clock(item, tell.at.date(), desk.session.holidays)
    assert case.promised == right.on
    assert desk.cases(CaseQuery())[0].due_on == right.on.isoformat()
    assert served.centre.case(number)[0].taken_at == case.taken_at


def test_a_clock_that_jumps_back_while_running(desk: Desk, served: Served, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    tell.at -= dt.timedelta(days=700)
    number = desk.register(draft(desk, 2)).intake_no
    tell.at += dt.timedelta(days=700, hours=1)
    assert sync(desk).outcome is Outcome.DONE
    assert served.centre.case(number)[0].case_no
    alike(served, desk)


# -- the same by stick -------------------------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def round_trip(desk: Desk, served: Served, stick: Path) -> tuple[str, ...]:
    found = desk.courier(stick, lambda _far: None, lambda: False)
    counter_courier.exchange(served.centre, stick)
    return found.notes


def test_enrolment_on_paper(served: Served, stick: Path, tmp_path: Path, tell: SetClock) -> None:
    opening.create_alone(tmp_path / "far", POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
    desk = opened(tmp_path / "far", tell)
    desk.register(draft(desk, 1))
    with pytest.raises(RefusedError):
        desk.courier(stick, lambda _far: None, lambda: False)
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    counter_courier.card(served.centre, stick, served.address)
    with pytest.raises(RefusedError, match="不是发入网码"):
        desk.enrol_by_stick(stick, code[:9] + "AAAAAAAA")
    desk.enrol_by_stick(stick, code.lower())
    assert not desk.identity.enrolled
    round_trip(desk, served, stick)
    told = round_trip(desk, served, stick)
    assert "中心已同意入网。" in told
    assert desk.identity.enrolled
    round_trip(desk, served, stick)
    assert desk.sync_status().waiting == 0
    assert all(row.case_no for row in desk.cases(CaseQuery()))
    assert sync(desk).outcome is Outcome.DONE  # the card told the address too
    alike(served, desk)
    desk.close()


def test_an_old_backup_by_stick(desk: Desk, served: Served, stick: Path, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    desk.register(draft(desk, 2))
    sync(desk)
    desk.close()
    back = opened(old, tell)
    back.register(draft(back, 3))
    told = [words for _ in range(6) for words in round_trip(back, served, stick)]
    assert any("新的终端编号" in words for words in told), told
    assert names(back) == ["牧民1", "牧民2", "牧民3"]
    alike(served, back)
    assert sync(back).outcome is Outcome.DONE
    back.close()


def test_other_keys_by_stick(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(draft(desk, 1))
    round_trip(desk, served, stick)
    desk.change_keys()
    desk.register(draft(desk, 2))
    told = [words for _ in range(4) for words in round_trip(desk, served, stick)]
    assert "密钥已更换。" in told
    assert desk.sync_status().waiting == 0
    alike(served, desk)


def test_a_restored_centre_by_stick(desk: Desk, served: Served, stick: Path, tmp_path: Path, tell: SetClock) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "backup")
    number = desk.register(draft(desk, 2)).intake_no
    sync(desk)
    given = desk.case(number).case.case_no
    restored = Served(centre_node.Centre(tmp_path / "backup", tell=tell), "")
    desk.register(draft(desk, 3))
    told = [words for _ in range(5) for words in round_trip(desk, restored, stick)]
    assert any("交还" in words for words in told), told
    assert restored.centre.case(number)[0].case_no == given
    alike(restored, desk)
    restored.centre.close()


def test_a_centre_that_lost_all_of_a_desk_hears_it_again_by_stick(
    desk: Desk, served: Served, stick: Path, tmp_path: Path, tell: SetClock
) -> None:
    """The desk has heard nothing of the centre's log yet, has nothing to send, and no network."""
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "backup")
    sync(desk)
    assert desk.sync_status().waiting == 0
    restored = Served(centre_node.Centre(tmp_path / "backup", tell=tell), "")
    for _ in range(3):
        round_trip(desk, restored, stick)
    assert desk.sync_status().waiting == 0
    assert restored.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node) > 0
    restored.centre.close()
