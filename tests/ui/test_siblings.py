"""A case that another desk of this point took in: found, shown as that desk's, gone on with at the window."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from conftest import called, full_draft, sync
from PySide6.QtWidgets import QLabel, QWidget

from desk.app.open_desk import Desk
from desk.folds.case import State
from ui import tasks
from ui.models.case_table import CaseTable
from ui.window import MainWindow


def test_another_desk_s_case_at_the_window(
    make_desk: Callable[..., Desk], qtbot: object, settle: Callable[[], None]
) -> None:
    one, two = make_desk("one"), make_desk("two")
    number = one.register(full_draft(one, person=called("牧甲"))).intake_no
    sync(one)
    sync(two)
    window = MainWindow(two)
    window.resize(1366, 728)
    window.show()
    tasks.wait_idle()
    window.open("cases")
    settle()
    table = window.findChild(CaseTable)
    cells = [table.index(0, column).data() for column in range(table.columnCount())]
    assert cells[1] == "牧甲"
    assert cells[6] == "1 号窗口"
    _keep(window, "list")
    window.open("case", intake_no=number)
    settle()
    assert any("1 号窗口" in one.text() for one in window.findChildren(QLabel))
    _keep(window, "case")
    two.handling.act(number, "case.voided", "录错了")
    sync(two)
    sync(one)
    assert one.case(number).case.state is State.VOID
    window.close()
    window.deleteLater()


def _keep(shown: QWidget, name: str) -> None:
    if folder := os.environ.get("DAIBAN_PICTURES"):
        shown.grab().save(str(Path(folder) / f"sibling-{name}.png"))
