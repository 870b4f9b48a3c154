"""A list that is longer than anybody counts: its rows come as they are looked at, its length is told as far as it is
known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import full_draft
from PySide6.QtWidgets import QComboBox, QLabel

from ui.models import case_table
from ui.pages import cases
from ui.window import MainWindow


def test_rows_come_page_by_page_and_a_long_list_says_only_that_it_is_long(
    window: MainWindow, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [window.desk.register(full_draft(window.desk)).intake_no for _ in range(5)]
    monkeypatch.setattr(case_table, "PAGE", 2)
    for module in (case_table, cases):
        monkeypatch.setattr(module, "MANY", 3)
    window.open("cases")
    settle()
    page = window.page("cases")
    assert page._count.text() == "超过 3 件"
    while page.model.canFetchMore():
        page.model.fetchMore()
        settle()
    listed = [page.model.row_at(page.model.index(at, 0)).intake_no for at in range(page.model.rowCount())]
    assert listed[:5] == numbers[::-1]
    assert len(listed) == len(set(listed)) == window.desk.count_cases(page.model.query)

    state = page.findChild(QComboBox, "cases-state")
    state.setCurrentIndex(state.findData("void"))
    settle()
    assert page._count.text() == "0 件"
    assert page.findChild(QLabel, "cases-filters-hidden").text() == f"另有 {len(listed)} 件没有列出"
