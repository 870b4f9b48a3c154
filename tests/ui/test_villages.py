"""A township's window: its villages, their cases, what it may and may not do with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from banner import publish_towns, seeded
from conftest import PASSWORD, POINT, Served, called, full_draft, item_code, sync
from counter_steps import text_of
from pressing import dialogs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from desk.app import forgotten
from desk.app.open_desk import Desk
from desk.centre.exchange import unlocking
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law import deadline
from desk.log import receipt_code
from ui import tasks
from ui.dialogs.paper_view import PaperDialog
from ui.dialogs.township.counter_prints import CounterPrintsDialog
from ui.dialogs.township.local_adjustment import LocalAdjustmentDialog
from ui.dialogs.township.memos import MemoAsk, MemosDialog
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
    _typed("lodge-scan", settle, code=receipt_code.make_bundle(village.identity.keys, bundle.sealed.number))
    _typed("lodge-take", settle, note="少一张复印件")
    told = " ".join(one.text() for one in window.page("trips").findChildren(QLabel) if one.isVisible())
    assert all(words in told for words in ("乌日尼勒图嘎查", "实收 1 件", "差异：少一张复印件", "码已核对"))
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


def test_guides_and_sheets_for_villages_at_once(
    window: MainWindow, served: Served, settle: Callable[[], None], tmp_path: Path
) -> None:
    seeded(served)
    sync(window.desk)
    window.open("villages")
    settle()
    page = window.page("villages")
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.prints.click()
    settle()
    (asked,) = dialogs()
    assert isinstance(asked, CounterPrintsDialog)
    assert not asked.go.isEnabled()  # no item is ticked yet
    asked.findChild(QPushButton, "prints-run-places-all").click()
    for row in range(2):
        asked.items.tick(row)
    assert asked.count.text() == f"{len(window.desk.villages.counters())} 处，每处 2 个事项。"
    _keep(asked, "prints")
    asked.go.click()
    settle()
    (paper,) = (one for one in dialogs() if isinstance(one, PaperDialog))
    assert paper.view.paper.title.startswith("服务指南（")
    _keep(paper, "prints-paper")
    paper.close()
    asked.what.setCurrentIndex(1)
    asked.form.setCurrentIndex(1)
    asked.to_folder(tmp_path)
    settle()
    assert len(list(tmp_path.glob("*-公示栏张贴页.pdf"))) == len(window.desk.villages.counters())
    assert not [one for one in dialogs() if isinstance(one, CounterPrintsDialog)]


def test_the_guide_of_a_village_is_shown_beside_the_list(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("guides")
    settle()
    page = window.page("guides")
    page.place.setCurrentIndex(page.place.findData(POINT))
    settle()
    assert "乌日尼勒图嘎查便民代办点" in text_of(page.view.paper.pdf)
    _keep(window, "guide")


def test_a_township_adjusts_what_was_devolved_to_it(
    window: MainWindow, served: Served, settle: Callable[[], None]
) -> None:
    publish_towns(served, item_code(window.desk))
    seeded(served)
    sync(window.desk)
    window.open("guides", task_code=item_code(window.desk))
    settle()
    page = window.page("guides")
    page.local.click()
    settle()
    (asked,) = (one for one in dialogs() if isinstance(one, LocalAdjustmentDialog))
    asked.editor("promised_limit").setText("40个工作日")
    asked.points.tick(0)
    asked.submit()
    settle()
    assert "不能比旗里公布的长" in asked._told.text()
    asked.editor("promised_limit").setText("十五个工作日")
    asked.editor("hours").setText("逢集 8:00—12:00")
    _keep(asked, "local")
    asked.submit()
    settle()
    view = window.desk.adjustments.view(page.list.code())
    assert (view.state, deadline.words(view.said.promised_limit)) == ("waiting", "15 个工作日")
    assert len(view.said.proxy_points) == 1
    page.list.choose(next(one.item.task_code for one in window.desk.items() if one.item.exercised_by is None))
    settle()
    assert not page.local.isEnabled()


def test_information_is_written_off_line_and_kept(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("sync")
    settle()
    window.findChild(QPushButton, "sync-memos").click()
    settle()
    (listed,) = (one for one in dialogs() if isinstance(one, MemosDialog))
    listed.write.click()
    settle()
    (asked,) = (one for one in dialogs() if isinstance(one, MemoAsk))
    asked.editor("title").setText("接羔保育顺利")
    asked.editor("text").setPlainText("今春产羔两万只，成活率九成八。")
    asked.reject()
    settle()
    assert window.desk.memos.draft().title == "接羔保育顺利"
    listed.write.click()
    settle()
    (asked,) = (one for one in dialogs() if isinstance(one, MemoAsk))
    assert asked.editor("text").toPlainText().startswith("今春产羔")
    _keep(asked, "memo")
    asked.submit()
    settle()
    assert listed.list.texts()[0].endswith("等同步送出")
    assert not listed.again.isEnabled()
    _keep(listed, "memos")
    listed.reject()
