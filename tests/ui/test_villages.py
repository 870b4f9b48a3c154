"""A township's window: its villages, their cases, what it may and may not do with them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import POINT, called, full_draft, sync
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desk.app.open_desk import Desk
from ui import tasks
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
