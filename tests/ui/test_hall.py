"""大厅 in the window: switched on with one click, other windows in words, what they bring is shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from conftest import called, full_draft
from hall_steps import introduced, keep_port
from pytestqt.qtbot import QtBot

from desk.app.open_desk import Desk
from desk.store.snapshots import CaseQuery
from ui.dialogs.township.hall import HallDialog
from ui.pages.case_elsewhere import OpenElsewhere
from ui.widgets.basic import Chip
from ui.window import MainWindow

KEEP = os.environ.get("DAIBAN_PICTURES", "")


def kept(dialog: HallDialog, name: str) -> None:
    if KEEP:
        dialog.grab().save(str(Path(KEEP) / f"{name}.png"))


def words(dialog: HallDialog) -> str:
    model = dialog.list.model()
    return "\n".join(str(model.index(at, 0).data()) for at in range(model.rowCount()))


def test_a_window_that_closes_begins_no_hall(window: MainWindow, settle: Callable[[], None]) -> None:
    assert window.hall._later.isActive()
    window.close()
    settle()
    assert not window.hall._later.isActive()


def test_the_hall_in_the_window(
    window: MainWindow, make_desk: Callable[..., Desk], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    desk, other = window.desk, make_desk("other", window.desk.identity.point_code)
    introduced(desk, other)
    keep_port(other)
    with desk.store.write() as db:
        from desk.sync.hall import places

        places.keep(db, places.Kept(is_on=False, port=0))
    window.hall._begin()
    dialog = HallDialog(window.page("sync"), desk)
    dialog.open()
    qtbot.waitUntil(lambda: "没有与邻窗互通" in dialog.state.text())
    kept(dialog, "hall-off")
    dialog.switch.click()
    qtbot.waitUntil(lambda: "1 个邻窗里有 0 个在线" in dialog.state.text(), timeout=10_000)
    kept(dialog, "hall-alone")
    other.hall.hall.start("127.0.0.1", finds=False)
    desk.hall.type_address(f"127.0.0.1:{other.hall.hall.port}")
    qtbot.waitUntil(lambda: "1 个邻窗里有 1 个在线" in dialog.state.text(), timeout=15_000)
    assert "2 号窗口" in words(dialog)
    assert "苏和" in words(dialog)
    kept(dialog, "hall-on")
    other.register(full_draft(other, person=called("牧甲")))
    qtbot.waitUntil(lambda: any(row.applicant_name == "牧甲" for row in desk.cases(CaseQuery(), 0, 99)), timeout=15_000)
    (row,) = desk.cases(CaseQuery(), 0, 9)
    window.open("case", intake_no=row.intake_no)
    hint = window.page("case").findChild(OpenElsewhere)
    qtbot.wait(300)
    assert hint.isHidden()
    other.hall.looks_at(row.intake_no)
    qtbot.waitUntil(lambda: not hint.isHidden(), timeout=15_000)
    assert "2 号窗口正在办" in hint.findChild(Chip).text()
    qtbot.waitUntil(lambda: other.hall.open_at(row.intake_no) == ("1 号窗口",), timeout=15_000)
    if KEEP:
        window.resize(1366, 768)
        qtbot.wait(500)
        window.grab().save(str(Path(KEEP) / "hall-hint.png"))
    other.hall.looks_at("")
    qtbot.waitUntil(hint.isHidden, timeout=15_000)
    other.hall.stop()
    dialog.switch.click()
    qtbot.waitUntil(lambda: "没有与邻窗互通" in dialog.state.text(), timeout=10_000)
    assert not desk.hall.hall.is_running
    dialog.reject()
    settle()
