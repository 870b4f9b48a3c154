"""A township's window: its villages, their cases, what it may and may not do with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from all_dialogs import shown
from banner import publish_towns, seeded
from conftest import POINT, Served, called, full_draft, item_code, sync
from counter_steps import text_of
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desk.app.open_desk import Desk
from desk.law import deadline
from ui import tasks
from ui.dialogs.paper_view import PaperDialog
from ui.dialogs.township.counter_prints import CounterPrintsDialog
from ui.dialogs.township.local_adjustment import LocalAdjustmentDialog
from ui.dialogs.township.memos import MemoAsk, MemosDialog
from ui.models.case_table import CaseTable
from ui.pages.villages import VillagesPage
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
    asked = shown()[-1]
    assert isinstance(asked, CounterPrintsDialog)
    assert not asked.go.isEnabled()  # no item is ticked yet
    asked.findChild(QPushButton, "prints-run-places-all").click()
    for row in range(2):
        asked.items.tick(row)
    assert asked.count.text() == f"{len(window.desk.villages.counters())} 处，每处 2 个事项。"
    _keep(asked, "prints")
    asked.go.click()
    settle()
    (paper,) = (one for one in shown() if isinstance(one, PaperDialog))
    assert paper.view.paper.title.startswith("服务指南（")
    _keep(paper, "prints-paper")
    paper.close()
    asked.what.setCurrentIndex(1)
    asked.form.setCurrentIndex(1)
    asked.to_folder(tmp_path)
    settle()
    assert len(list(tmp_path.glob("*-公示栏张贴页.pdf"))) == len(window.desk.villages.counters())
    assert not [one for one in shown() if isinstance(one, CounterPrintsDialog)]


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
    (asked,) = (one for one in shown() if isinstance(one, LocalAdjustmentDialog))
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
    (listed,) = (one for one in shown() if isinstance(one, MemosDialog))
    listed.write.click()
    settle()
    (asked,) = (one for one in shown() if isinstance(one, MemoAsk))
    asked.editor("title").setText("接羔保育顺利")
    asked.editor("text").setPlainText("今春产羔两万只，成活率九成八。")
    asked.reject()
    settle()
    assert window.desk.memos.draft().title == "接羔保育顺利"
    listed.write.click()
    settle()
    (asked,) = (one for one in shown() if isinstance(one, MemoAsk))
    assert asked.editor("text").toPlainText().startswith("今春产羔")
    _keep(asked, "memo")
    asked.submit()
    settle()
    assert listed.list.texts()[0].endswith("等同步送出")
    assert not listed.again.isEnabled()
    _keep(listed, "memos")
    listed.reject()
