"""换新电脑 in two windows: two codes are read off two screens, a person says yes, all is there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, PASSWORD, called, full_draft
from hall_steps import introduced, keep_port
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desk.app import opening
from desk.app.open_desk import Desk
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from ui.dialogs.township.hall import HallDialog
from ui.dialogs.township.new_pc import FetchBackDialog, LetInDialog
from ui.window import MainWindow

KEEP = os.environ.get("DAIBAN_PICTURES", "")


def kept(dialog: QDialog, name: str) -> None:
    if KEEP:
        dialog.grab().save(str(Path(KEEP) / f"{name}.png"))


def test_a_new_pc_fetches_everything_back(
    window: MainWindow, make_desk: Callable[..., Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = window.desk
    introduced(desk, make_desk("broken", desk.identity.point_code))
    desk.register(full_draft(desk, person=called("牧甲")))
    keep_port(desk)
    hall = HallDialog(window.page("sync"), desk)
    hall.open()
    hall.new_pc.click()
    door = hall.findChild(LetInDialog)
    qtbot.waitUntil(lambda: "先在“大厅”里打开互通" in door.where.text())
    desk.hall.hall.start("127.0.0.1", finds=False)
    door.look()
    qtbot.waitUntil(lambda: desk.new_pc.door().code in door.where.text())
    assert door.list.texts() == ["还没有新电脑来取。"]
    kept(door, "let-in-none")

    who = Account("bao", "宝音")
    opening.create_alone(
        tmp_path / "new", desk.identity.point_code, desk.identity.point_name, who, PASSWORD, cost=CHEAP
    )
    new = opening.open_desk(tmp_path / "new", "bao", PASSWORD)
    keep_port(new)
    try:
        other = FetchBackDialog(window.page("sync"), new)
        other.open()
        kept(other, "fetch-back")
        other.place.setText(f"127.0.0.1:{desk.hall.hall.port}")
        other.code.setText("AAAA-AAAA-AAAA")
        other.go.click()
        qtbot.waitUntil(lambda: "核对码对不上" in other._told.text(), timeout=10_000)
        kept(other, "fetch-back-wrong")
        other.code.setText(desk.new_pc.door().code)
        other.go.click()
        qtbot.waitUntil(lambda: "本机在等" in other._told.text(), timeout=10_000)
        kept(other, "fetch-back-waits")
        door.look()
        qtbot.waitUntil(lambda: new.identity.node in door.list.texts()[0], timeout=10_000)
        kept(door, "let-in-asks")
        door.typed.setText("wrong")
        door.yes.click()
        qtbot.waitUntil(lambda: "没有哪台新电脑" in door.field.told.text())
        kept(door, "let-in-wrong")
        door.typed.setText(new.new_pc.own_code())
        door.yes.click()
        qtbot.waitUntil(lambda: "已同意" in door._told.text())
        qtbot.waitUntil(lambda: "取回记录" in other._told.text(), timeout=20_000)
        kept(door, "let-in-done")
        kept(other, "fetch-back-done")
        assert [row.applicant_name for row in new.cases(CaseQuery(), 0, 9)] == ["牧甲"]
        door.look()
        qtbot.waitUntil(lambda: "同意取回" in door.list.texts()[0])
        door.list.choose(new.identity.node)
        door.out.click()
        qtbot.waitUntil(lambda: door.list.texts() == ["还没有新电脑来取。"], timeout=10_000)
        other.reject()
    finally:
        new.close()


@pytest.mark.parametrize("is_new", [True, False])
def test_the_button_tells_which_end_it_is(window: MainWindow, is_new: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(window.desk.new_pc), "is_new", lambda _self: is_new)
    hall = HallDialog(window.page("sync"), window.desk)
    assert hall.new_pc.text().startswith("从邻窗取回" if is_new else "换新电脑")
