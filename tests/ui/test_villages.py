"""A township's window: its villages, their cases, what it may and may not do with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from conftest import PASSWORD, POINT, Served, called, full_draft, sync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from desk.app import forgotten
from desk.app.open_desk import Desk
from desk.centre.exchange import unlocking
from desk.centre.node.roles import Role
from desk.centre.run import guard
from ui import tasks
from ui.models.case_table import CaseTable
from ui.pages.villages import VillagesPage
from ui.pages.villages_relay import RelayedDialog
from ui.pages.villages_unlock import UnlocksDialog
from ui.window import MainWindow

TOWN = "152523202000"


@pytest.fixture
def town(make_desk: Callable[..., Desk]) -> tuple[Desk, str]:
    town, village = make_desk("town", TOWN), make_desk("village")
    town.register(full_draft(town, person=called("牧甲")))
    number = village.register(full_draft(village, person=called("牧乙"))).intake_no
    sync(village)
    sync(town)
    return town, number


@pytest.fixture
def window(town: tuple[Desk, str], qtbot: object) -> Iterator[MainWindow]:
    shown = MainWindow(town[0])
    shown.resize(1366, 728)
    shown.show()
    tasks.wait_idle()
    yield shown
    shown.close()
    shown.deleteLater()


def test_the_villages_and_their_cases(window: MainWindow, town: tuple[Desk, str], settle: Callable[[], None]) -> None:
    assert "Alt+8" in window.findChild(QWidget, "nav-villages").toolTip()
    window.run("villages")
    settle()
    page = window.page("villages")
    assert isinstance(page, VillagesPage)
    at = next(row for row, one in enumerate(page.model.lines) if one.point == POINT)
    cells = [page.model.index(at, column).data() for column in range(page.model.columnCount())]
    assert cells[:4] == ["乌日尼勒图嘎查", "今天", "—", "1"]
    page.table.setCurrentIndex(page.model.index(at, 0))
    _keep(window, "villages")
    page.cases.click()
    settle()
    table = window.findChild(CaseTable)
    assert [table.row_at(table.index(row, 0)).intake_no for row in range(table.rowCount())] == [town[1]]
    whose = window.findChild(QComboBox, "cases-whose")
    assert whose.currentText() == "乌日尼勒图嘎查"
    whose.setCurrentIndex(whose.findData("all"))
    settle()
    assert table.rowCount() == 2
    _keep(window, "cases")
    window.open("case", intake_no=town[1])
    settle()
    shown = {one.objectName() for one in window.page("case").findChildren(QPushButton) if one.isVisible()}
    assert shown & {"case-receipt", "case-supplement", "case-voided", "case-phone-look", "case-correct"} == set()
    _keep(window, "case")


def test_a_village_s_window_has_no_villages(desk: Desk, qtbot: object, settle: Callable[[], None]) -> None:
    window = MainWindow(desk)
    window.show()
    settle()
    assert window.findChild(QWidget, "nav-villages") is None
    window.open("cases")
    settle()
    assert not window.findChild(QComboBox, "cases-whose").isVisible()
    QTest.qWait(0)
    window.close()
    window.deleteLater()


def _keep(shown: QWidget, name: str) -> None:
    if folder := os.environ.get("DAIBAN_PICTURES"):
        shown.grab().save(str(Path(folder) / f"township-{name}.png"))


def test_a_village_s_stick_is_carried(
    window: MainWindow, town: tuple[Desk, str], make_desk: Callable[..., Desk], served: Served, tmp_path: Path,
    settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    desk, village, stick = town[0], make_desk("other"), tmp_path / "stick"
    village.register(full_draft(village, person=called("牧丙")))
    stick.mkdir()
    village.courier(stick, lambda _far: None, lambda: False)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(stick))
    window.run("villages")
    settle()
    shown, button = window.findChild(QLabel, "villages-sticks"), window.findChild(QPushButton, "villages-stick")
    desk.set_centre_address("http://127.0.0.1:9")
    assert told_by(button, settle, "relayed-1") >= {
        "乌日尼勒图嘎查",
        "没有连上中心，收下的文件都在本机，下次同步时送出。",
    }
    assert (shown.isVisible(), "等网络通了再送" in shown.text()) == (True, True)
    _keep(window, "villages-waiting")
    desk.set_centre_address(served.address)
    assert "请把盘交还村里，带回去插一次，就收到回信。" in told_by(button, settle, "relayed-2")
    assert not shown.isVisible()
    village.courier(stick, lambda _far: None, lambda: False)
    assert village.sync_status().waiting == 0


def told_by(button: QPushButton, settle: Callable[[], None], name: str) -> set[str]:
    """What the dialog at the end says; it is shut by Enter."""
    button.click()
    settle()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, RelayedDialog) and one.isVisible())
    told = {one.text() for one in dialog.findChildren(QLabel)}
    _keep(dialog, name)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert not shiboken6.isValid(dialog)
    return told


def test_a_village_s_password_is_helped_with(
    window: MainWindow, town: tuple[Desk, str], served: Served, tmp_path: Path, settle: Callable[[], None]
) -> None:
    for account, role in (("chief", Role.CHIEF), ("admin", Role.ADMIN)):
        guard.add_clerk(served.centre, account, account, PASSWORD, "综合窗口", frozenset({role}))
    window.run("villages")
    settle()
    window.findChild(QPushButton, "villages-unlock").click()
    settle()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, UnlocksDialog) and one.isVisible())
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    (ask,) = (one for one in QApplication.topLevelWidgets() if one.objectName() == "unlock-pass" and one.isVisible())
    typed = {"code": forgotten.help_for(tmp_path / "village").code, "agent": "苏和", "reasons": "打回去核实"}
    for key, words in typed.items():
        editor = ask.editor(key)
        editor.setPlainText(words) if key == "reasons" else editor.setText(words)
    ask.submit()
    settle()
    _keep(dialog, "unlocks-1")
    (made,) = window.desk.unlock_help.listed().requests
    for kind, account in (("unlock.asked", "chief"), ("unlock.confirmed", "admin")):
        unlocking.say(served.centre, unlocking.By(account, account), kind, made.subject, "核实过")
    dialog.reject()
    settle()
    again = UnlocksDialog(window.page("villages"), window.desk)
    again.open()
    settle()
    next(one for one in again.findChildren(QPushButton) if one.objectName().startswith("unlocks-read")).click()
    settle()
    assert len(again.answer.text().split()) == 8
    _keep(again, "unlocks-2")
    again.reject()


def test_a_village_s_envelope_is_taken_over_and_passed_on(
    window: MainWindow, town: tuple[Desk, str], make_desk: Callable[..., Desk], settle: Callable[[], None]
) -> None:
    village = make_desk("other")
    number = village.register(full_draft(village, person=called("牧丁"))).intake_no
    bundle = village.trips.seal("苏尼特左旗政务服务中心", (number,), "A-17")
    sync(village), sync(town[0])
    window.run("trips")
    settle()
    window.findChild(QPushButton, "trips-lodge").click()
    _typed("lodge-scan", settle, code=f"DBZ1.{bundle.sealed.number}.sig")
    _typed("lodge-take", settle, note="少一张复印件")
    told = " ".join(one.text() for one in window.page("trips").findChildren(QLabel) if one.isVisible())
    assert all(words in told for words in ("乌日尼勒图嘎查", "实收 1 件", "差异：少一张复印件"))
    _keep(window, "trips-here")
    window.findChild(QPushButton, "trips-drive").click()
    _typed("drive", settle)
    _keep(window, "trips-passed")
    sync(town[0]), sync(village)
    of_village = MainWindow(village)
    of_village.resize(1366, 728)
    of_village.show()
    of_village.run("trips")
    settle()
    assert any("带往" in one.text() for one in of_village.page("trips").findChildren(QLabel))
    assert of_village.findChild(QPushButton, "trips-lodge") is None
    _keep(of_village, "trips-village")
    of_village.close()
    of_village.deleteLater()


def _typed(name: str, settle: Callable[[], None], **words: str) -> None:
    """Fill a question and send it."""
    settle()
    (ask,) = (one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible())
    for key, text in words.items():
        editor = ask.editor(key)
        editor.setPlainText(text) if key == "note" else editor.setText(text)
    _keep(ask, name)
    ask.submit()
    settle()
