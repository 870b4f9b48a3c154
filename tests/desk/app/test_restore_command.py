"""`desk backup` and `desk restore`: the one road without a window, and what it says of what was saved."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import PASSWORD, SetClock, full_draft

from db import swap, vault
from desk.app import opening
from desk.app.open_desk import Desk
from desk.app.restore_command import run_backup, run_restore


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)


def restored(folder: Path, *options: str) -> int:
    return run_restore(["--data", str(folder), *options])


def holds(folder: Path, tell: SetClock, *numbers: str) -> bool:
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    try:
        return all(desk.case(one) for one in numbers)
    finally:
        desk.close()


def test_a_damaged_desk_comes_back_by_command(
    desk: Desk, tmp_path: Path, tell: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    first = desk.register(full_draft(desk)).intake_no
    (stick := tmp_path / "stick").mkdir()
    desk.close()
    assert restored(desk.folder, "--list") == 1
    assert "没有找到备份" in capsys.readouterr().err
    assert run_backup(["--data", str(desk.folder), "--second", str(stick)]) == 0
    assert "已备份并核对" in capsys.readouterr().out
    again = opening.open_desk(desk.folder, "suhe", PASSWORD, tell)
    second = again.register(full_draft(again, 2)).intake_no
    again.close()
    whole = (desk.folder / "desk.db").read_bytes()
    (desk.folder / "desk.db").write_bytes(bytes(4096) + whole[4096:])
    assert restored(desk.folder, "--list") == 0
    assert "条记录" in capsys.readouterr().out
    assert restored(desk.folder) == 0
    told = capsys.readouterr().out
    assert "没有发现找不回的记录" in told
    assert "找回以后的记录" in told
    assert holds(desk.folder, tell, first, second)
    assert restored(tmp_path / "another pc", str(stick)) == 0
    assert holds(tmp_path / "another pc", tell, first)


def test_without_any_backup_it_is_saved_out_of_the_file_alone(
    desk: Desk, tell: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    desk.close()
    whole = (desk.folder / "desk.db").read_bytes()
    (desk.folder / "desk.db").write_bytes(bytes(4096) + whole[4096:])
    assert restored(desk.folder, "--rescue") == 0
    assert "已恢复" in capsys.readouterr().out
    assert holds(desk.folder, tell, number)


def test_a_wrong_password_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.backups.make()
    desk.close()
    before = (desk.folder / "desk.db").read_bytes()
    monkeypatch.setenv("DAIBAN_PASSWORD", "a guess")
    assert restored(desk.folder) == 1
    assert "账号或密码不对" in capsys.readouterr().err
    assert (desk.folder / "desk.db").read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--rescue", "--account", "suhe")])
def test_a_swap_that_was_cut_off_is_finished_before(desk: Desk, tell: SetClock, options: tuple[str, ...]) -> None:
    """Its new database lies beside still, the one before is moved away already."""
    number = desk.register(full_draft(desk)).intake_no
    desk.backups.make()
    desk.close()
    folder = desk.folder
    coming = swap.stage(folder)
    for name in ("desk.db", vault.FILE, vault.COPY):
        shutil.copyfile(folder / name, coming / name)
    (coming / "ready.json").write_text(json.dumps({"aside": "set-aside-1"}))
    (folder / "set-aside-1").mkdir()
    (folder / "desk.db").replace(folder / "set-aside-1" / "desk.db")
    assert restored(folder, *options) == 0
    assert holds(folder, tell, number)
