"""Courier: everything that goes by network goes by stick, in any order, twice, late, broken, full or pulled out."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, sync

from desk.app.commands import run_courier
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment
from desk.errors import CancelledError, RefusedError, SurroundingsError
from desk.log import events
from desk.store.snapshots import CaseQuery
from desk.sync import courier
from desk.sync.outcome import Carried, Outcome
from desk.sync.protocol import batch


def carry(desk: Desk, stick: Path) -> Carried:
    return desk.courier(stick, lambda _far: None, lambda: False)


def hand_in(served: Served, stick: Path) -> tuple[centre_courier.Line, ...]:
    return centre_courier.exchange(served.centre, stick)


def ups(stick: Path) -> list[Path]:
    return sorted((stick / "DAIBAN" / "UP").glob("*.DBS"))


def downs(stick: Path) -> list[Path]:
    return sorted((stick / "DAIBAN" / "DOWN").glob("*.DBS"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_a_case_goes_to_the_centre_and_its_number_comes_back_without_a_network(
    desk: Desk, served: Served, stick: Path
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    out = carry(desk, stick)
    assert (out.received, out.files) == (0, 1)
    assert out.entries == desk.sync_status().waiting > 0
    assert all(line.good for line in hand_in(served, stick))
    back = carry(desk, stick)
    assert back.received == 1
    assert desk.sync_status().waiting == 0
    assert desk.case(number).row.case_no == served.centre.case(number)[0].case_no != ""
    assert desk.case(number).row.at_centre
    assert downs(stick) == []
    assert sync(desk).sent == 0  # the network has nothing to add


def test_nobody_on_the_way_can_read_a_stick(desk: Desk, make_desk: Callable[..., Desk], stick: Path) -> None:
    desk.register(full_draft(desk))
    carry(desk, stick)
    data = b"".join(path.read_bytes() for path in ups(stick))
    assert "阿拉坦其其格".encode() not in data
    other = make_desk("other")
    carry(other, stick)  # a desk that carries it for another takes nothing of it
    assert other.count_cases(CaseQuery()) == 0


def test_one_stick_carries_for_several_desks(make_desk: Callable[..., Desk], served: Served, stick: Path) -> None:
    one, two = make_desk("one"), make_desk("two", "152523202203")
    numbers = {desk: desk.register(full_draft(desk)).intake_no for desk in (one, two)}
    carry(one, stick)
    carry(two, stick)
    assert all(line.good for line in hand_in(served, stick))
    back = carry(two, stick)
    assert (back.received, back.others) == (1, 1)
    assert carry(one, stick).received == 1
    for desk, number in numbers.items():
        assert desk.case(number).row.case_no


def test_two_sticks_in_the_wrong_order_an_old_one_late_and_the_network_between(
    desk: Desk, served: Served, tmp_path: Path
) -> None:
    sticks = []
    for at in range(3):
        desk.register(full_draft(desk, at))
        sticks.append(tmp_path / f"s{at}")
        sticks[-1].mkdir()
        carry(desk, sticks[-1])
    hand_in(served, sticks[2])
    desk.register(full_draft(desk, 7))
    assert sync(desk).outcome is Outcome.DONE
    hand_in(served, sticks[0])
    hand_in(served, sticks[1])
    hand_in(served, sticks[1])
    before = served.centre.verify()
    received = [carry(desk, one).received for one in (sticks[1], sticks[0], sticks[2])]
    assert received == [0, 0, 0]  # all came by network already
    assert served.centre.verify() == before
    assert desk.count_cases(CaseQuery()) == 4
    assert all(row.case_no for row in desk.cases(CaseQuery()))
    assert desk.sync_status().waiting == 0


def test_a_clerks_decision_comes_back_even_when_the_desk_had_nothing_to_send(
    desk: Desk, served: Served, stick: Path
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    _, seen = served.centre.case(number)  # type: ignore[misc]
    served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "中心"), seen)
    carry(desk, stick)
    hand_in(served, stick)
    assert carry(desk, stick).received == 1
    assert desk.case(number).row.state_name == "已受理"


def test_every_byte_flipped_is_refused_and_nothing_is_written(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    carry(desk, stick)
    (path,) = ups(stick)
    whole = path.read_bytes()
    before = served.centre.verify()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        (line,) = hand_in(served, stick)
        assert not line.good
        assert line.words.endswith("。")
    for cut in (0, 1, 44, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert not hand_in(served, stick)[0].good
    assert served.centre.verify() == before
    path.write_bytes(whole)
    assert all(line.good for line in hand_in(served, stick))


def test_an_answer_that_was_changed_is_refused_and_stays_on_the_stick(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    carry(desk, stick)
    hand_in(served, stick)
    (path,) = downs(stick)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    found = carry(desk, stick)
    assert found.received == 0
    assert found.refused or found.others
    assert path.exists()
    assert desk.sync_status().waiting > 0
    path.write_bytes(whole)
    assert carry(desk, stick).received == 1


def test_strangers_the_revoked_and_other_things_on_a_stick(
    desk: Desk, make_desk: Callable[..., Desk], served: Served, stick: Path, tmp_path: Path
) -> None:
    gone = make_desk("gone", "152523202203")
    gone.register(full_draft(gone))
    carry(gone, stick)
    enrolment.revoke(served.centre, gone.identity.node)
    desk.register(full_draft(desk))
    carry(desk, stick)
    folder = stick / "DAIBAN" / "UP"
    (folder / "huge.DBS").write_bytes(b"DBS1" + b"\0" * 10_000_000)
    (folder / "junk.DBS").write_bytes(b"MZ\x90\x00")
    (folder / "deep.DBS").mkdir()
    (folder / "link.DBS").symlink_to("/etc/passwd")
    (folder / "note.txt").write_text("hello")
    lines = hand_in(served, stick)
    assert [line.good for line in lines if line.node == desk.identity.node] == [True, True]
    assert [line.good for line in lines if line.node == gone.identity.node] == [False]
    assert "停用" in next(line.words for line in lines if line.node == gone.identity.node)
    assert [line.words for line in lines if "junk" in line.words]
    assert not [line for line in lines if "passwd" in line.words]
    assert "太大" in next(line.words for line in lines if "huge" in line.words)
    assert served.centre.verify()[gone.identity.node] == 0


def test_a_stick_that_is_full_pulled_out_or_read_only(
    desk: Desk, served: Served, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register(full_draft(desk))
    real = os.fsync

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SurroundingsError, match="写不进去"):
        carry_only(desk, stick)
    monkeypatch.setattr(os, "fsync", real)
    assert list((stick / "DAIBAN" / "UP").iterdir()) == []
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"something else")
    with pytest.raises(SurroundingsError):
        carry_only(desk, stick)
    monkeypatch.undo()
    assert list((stick / "DAIBAN" / "UP").iterdir()) == []
    assert carry(desk, stick).files == 1
    hand_in(served, stick)
    with pytest.raises(RefusedError, match="没有找到"):
        carry(desk, stick / "none")


def carry_only(desk: Desk, stick: Path) -> None:
    courier.exchange(
        desk.store, desk.identity, desk.folder, stick, lambda _far: None, lambda: False, desk.session.adopt
    )


def test_it_can_be_stopped_and_goes_on(desk: Desk, stick: Path) -> None:
    desk.register(full_draft(desk))
    with pytest.raises(CancelledError):
        desk.courier(stick, lambda _far: None, lambda: True)
    assert carry(desk, stick).files == 1


def test_names_fit_fat32_and_old_files_of_ours_are_taken_away(desk: Desk, served: Served, stick: Path) -> None:
    for at in range(3):
        desk.register(full_draft(desk, at))
        carry(desk, stick)
    (path,) = ups(stick)  # the last holds all that the ones before held
    assert not set(path.name) & set('<>:"/\\|?*')
    assert path.name.isascii()
    hand_in(served, stick)
    assert carry(desk, stick).received == 3
    assert carry(desk, stick).entries == 0


def test_entries_too_long_for_one_file_go_in_several(
    desk: Desk, served: Served, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_SURE", 3000)
    for at in range(6):
        desk.register(full_draft(desk, at))
    assert carry(desk, stick).files > 2
    hand_in(served, stick)
    assert carry(desk, stick).received == 6
    assert desk.sync_status().waiting == 0
    assert served.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)


def test_many_cases_go_in_several_files(
    desk: Desk, served: Served, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "_ENTRIES", 4)
    for at in range(6):
        desk.register(full_draft(desk, at))
    out = carry(desk, stick)
    assert out.files == 2
    path = next(one for one in ups(stick) if "-1-" in one.name)  # the first is lost
    held = path.read_bytes()
    path.unlink()
    lines = hand_in(served, stick)
    assert any("缺少" in line.words for line in lines)
    path.write_bytes(held)
    hand_in(served, stick)
    assert carry(desk, stick).received == 6
    assert desk.sync_status().waiting == 0


@pytest.mark.parametrize("seed", range(6))
def test_any_mixture_of_sticks_network_loss_and_repeats_ends_equal(
    make_desk: Callable[..., Desk], served: Served, tmp_path: Path, tell: SetClock, seed: int
) -> None:
    """Desks, two sticks, the network, copies that come late; at the end both sides have the same, nothing twice."""
    pick = random.Random(seed)  # noqa: S311 - a die, not a secret
    desks = [make_desk("a"), make_desk("b", "152523202203")]
    sticks = [tmp_path / "x", tmp_path / "y"]
    for one in sticks:
        one.mkdir()
    copies: list[Path] = []
    for step in range(40):
        desk, stick = pick.choice(desks), pick.choice(sticks)
        match pick.choice(["case", "case", "carry", "carry", "centre", "network", "copy", "late", "lose"]):
            case "case":
                desk.register(full_draft(desk, step))
            case "carry":
                carry(desk, stick)
            case "centre":
                hand_in(served, stick)
            case "network":
                sync(desk)
            case "copy":
                copies.append(tmp_path / f"copy{step}")
                shutil.copytree(stick, copies[-1])
            case "late" if copies:
                hand_in(served, pick.choice(copies))
                carry(desk, pick.choice(copies))
            case "lose":
                shutil.rmtree(stick / "DAIBAN", ignore_errors=True)
    for desk in desks:
        carry(desk, sticks[0])
    hand_in(served, sticks[0])
    for desk in desks:
        carry(desk, sticks[0])
        assert desk.sync_status().waiting == 0
        assert all(row.case_no for row in desk.cases(CaseQuery(), 0, 1000))
        assert served.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    with served.centre.database.read() as db:
        from db.centre.lists import case_rows

        assert case_rows.case_count(db, case_rows.Asked()) == sum(desk.count_cases(CaseQuery()) for desk in desks)


def test_the_commands_of_both_ends(
    desk: Desk, served: Served, stick: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register(full_draft(desk))
    folder = desk.folder
    desk.close()
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    assert run_courier([str(stick), "--data", str(folder)]) == 0
    assert "写出 1 个文件" in capsys.readouterr().out
    assert all(line.good for line in hand_in(served, stick))
    assert run_courier([str(stick), "--data", str(folder)]) == 0
    assert "收到 1 条" in capsys.readouterr().out
