"""A vault that is cut, empty or gone: a good copy takes its place, nothing is written over, what is done is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, SetClock, full_draft

from db import swap, vault
from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.office import accounts, standing
from desk.counter.office.standing import State
from desk.counter.restoring import restore, sources
from desk.errors import DamagedDeskError, RefusedError
from desk.store.account import Account

AGENT = Account("suhe", "苏和")


@pytest.fixture
def shut(desk: Desk) -> Path:
    """A closed desk with a case."""
    desk.register(full_draft(desk))
    desk.close()
    return desk.folder


@pytest.mark.parametrize("bytes_left", [0, 40])
def test_a_broken_vault_is_set_aside_and_its_copy_taken(shut: Path, tell: SetClock, bytes_left: int) -> None:
    whole = (shut / vault.FILE).read_bytes()
    (shut / vault.FILE).write_bytes(whole[:bytes_left])
    found = standing.look(shut)
    assert found.accounts == (AGENT,)
    assert "账号文件坏了，已改用旁边的副本，坏的另存为 vault-damaged-1.json" in found.told
    assert (shut / vault.FILE).read_bytes() == whole
    assert (shut / "vault-damaged-1.json").read_bytes() == whole[:bytes_left]
    assert not standing.look(shut).told
    opening.open_desk(shut, "suhe", PASSWORD, tell).close()


def test_the_vault_of_the_last_backup_does_where_the_copy_is_broken_too(desk: Desk, tell: SetClock) -> None:
    desk.backups.make()
    desk.close()
    for name in (vault.FILE, vault.COPY):
        (desk.folder / name).write_bytes(b"")
    assert "2026-11-24 09:30 的备份里的" in standing.look(desk.folder).told
    opening.open_desk(desk.folder, "suhe", PASSWORD, tell).close()


def test_a_database_without_any_vault_is_no_new_machine(shut: Path, tell: SetClock) -> None:
    for name in (vault.FILE, vault.COPY):
        (shut / name).unlink()
    before = (shut / "desk.db").read_bytes()
    assert standing.look(shut).state is State.LOCKED
    with pytest.raises(DamagedDeskError, match="账号文件"):
        accounts.accounts(shut)
    with pytest.raises(RefusedError, match="已经有"):
        opening.create_alone(shut, POINT, POINT_NAME, AGENT, PASSWORD, cost=CHEAP, tell=tell)
    assert (shut / "desk.db").read_bytes() == before
    aside = restore.set_aside(shut, tell)
    assert standing.look(shut).state is State.NEW
    assert (aside / "desk.db").read_bytes() == before


def test_a_new_machine_takes_a_backup_from_a_stick(desk: Desk, tmp_path: Path, tell: SetClock) -> None:
    number = desk.register(full_draft(desk)).intake_no
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.backups.make(str(stick))
    desk.close()
    shutil.rmtree(desk.folder)
    (found,) = sources.look(stick)
    assert (found.point, found.accounts) == (POINT_NAME, (AGENT,))
    assert found.entries > 1
    fresh = tmp_path / "new"
    with pytest.raises(RefusedError, match="密码不对"):
        restore.restore(fresh, Path(found.path), "suhe", "another one", tell)
    assert not (fresh / swap.STAGE).exists()
    done = restore.restore(fresh, Path(found.path), "suhe", PASSWORD, tell)
    assert not done.aside
    again = opening.open_desk(fresh, "suhe", PASSWORD, tell)
    assert again.case(number)
    again.close()


def test_the_folder_of_another_disk_does_too_with_what_was_not_folded_in(
    desk: Desk, tmp_path: Path, tell: SetClock
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    shutil.copytree(desk.folder, tmp_path / "disk" / "home" / "daiban-desk")  # pulled out while it ran
    (found,) = [one for one in sources.look(tmp_path / "disk") if one.whole]
    restore.restore(tmp_path / "new", Path(found.path), "suhe", PASSWORD, tell)
    again = opening.open_desk(tmp_path / "new", "suhe", PASSWORD, tell)
    assert again.case(number)
    again.close()


def test_a_database_that_is_gone_or_empty_is_not_made_anew(shut: Path, tell: SetClock) -> None:
    (shut / "desk.db").write_bytes(b"")
    for _ in range(2):
        with pytest.raises(DamagedDeskError):
            opening.open_desk(shut, "suhe", PASSWORD, tell)
        (shut / "desk.db").unlink(missing_ok=True)
    assert not (shut / "desk.db").exists()


def test_without_any_backup_a_new_database_is_made_of_what_can_be_read(shut: Path, tell: SetClock) -> None:
    data = bytearray((shut / "desk.db").read_bytes())
    data[:4096] = bytes(4096)
    (shut / "desk.db").write_bytes(data)
    done = restore.rescue(shut, "suhe", PASSWORD, tell)
    assert done.saved.entries > 1
    again = opening.open_desk(shut, "suhe", PASSWORD, tell)
    assert again.today()
    assert again.store.verify(again.identity.node) == done.entries
    again.close()


def test_todays_passwords_stay_where_the_key_is_the_same(desk: Desk, tell: SetClock) -> None:
    made = desk.backups.make()
    desk.agents.change_password(PASSWORD, "a better password")
    desk.close()
    restore.restore(desk.folder, Path(made.path), "suhe", "a better password", tell)
    with pytest.raises(RefusedError):
        opening.open_desk(desk.folder, "suhe", PASSWORD, tell)
    opening.open_desk(desk.folder, "suhe", "a better password", tell).close()


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_swap_that_was_cut_off_is_finished_at_the_next_start(shut: Path, tell: SetClock, moved: int) -> None:
    before = (shut / "desk.db").read_bytes()
    coming = swap.stage(shut)
    for name in ("desk.db", vault.FILE, vault.COPY):
        shutil.copyfile(shut / name, coming / name)
    with (coming / "desk.db").open("ab") as file:
        file.write(bytes(4096))
    if moved:
        (coming / "ready.json").write_text('{"aside":"set-aside-1"}')
    if moved > 1:
        (shut / "set-aside-1").mkdir()
        (shut / "desk.db").replace(shut / "set-aside-1" / "desk.db")
    if moved > 2:
        (coming / "desk.db").replace(shut / "desk.db")
    assert standing.look(shut).accounts == (AGENT,)
    assert not coming.exists()
    assert (len((shut / "desk.db").read_bytes()) > len(before)) is bool(moved)
    assert not moved or (shut / "set-aside-1" / "desk.db").read_bytes() == before
