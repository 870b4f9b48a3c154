"""Lists, figures, spreadsheets."""

from __future__ import annotations

import datetime as dt
import gc
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HERDER, SetClock, full_draft
from counter_steps import OTHERS, text_of
from openpyxl import load_workbook

from desk.app.open_desk import Desk
from desk.counter import case_sheets
from desk.errors import CancelledError
from desk.law.deadline import Warn
from desk.log import receipt_code
from desk.log.events import Person
from desk.log.events import Served as ServedResult
from desk.store.snapshots import CaseQuery
from desk.words import spreadsheet


class TestListsAndSheets:
    def test_filters_by_warning_agent_and_date(self, desk: Desk, tell: SetClock) -> None:
        desk.register(full_draft(desk))
        tell.at += dt.timedelta(days=40)
        desk.register(full_draft(desk, 2, OTHERS[0]))
        tell.at += dt.timedelta(days=1)
        due = desk.cases(CaseQuery(sort="due_on", descending=False))[0].due_on
        tell.at = dt.datetime.fromisoformat(f"{due}T09:00:00+08:00") + dt.timedelta(days=1)
        (red,) = desk.cases(CaseQuery(warning="red"))
        assert red.warning is Warn.RED
        assert desk.count_cases(CaseQuery(agent="苏和")) == 2
        assert desk.count_cases(CaseQuery(agent="别人")) == 0
        assert desk.agent_names() == ("苏和",)
        assert next(need.why for need in desk.today().needs) == "red"

    def test_what_was_decided_is_not_late_for_lying_here(self, desk: Desk, tell: SetClock, granted: str) -> None:
        for kind in ("", "case.at_point"):
            if kind:
                desk.handling.act(granted, kind, "")
            tell.at = dt.datetime(2027, 6, 1, 9, tzinfo=tell.at.tzinfo)
            (row,) = desk.cases(CaseQuery())
            assert row.warning is Warn.NONE
            assert desk.count_cases(CaseQuery(warning="any")) == 0
            assert desk.today().red == 0
            assert all(one.warning is Warn.NONE for one in desk.case(granted).clocks if one.name.startswith("服务承诺"))

    def test_a_scanned_receipt_finds_its_case(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        desk.register(full_draft(desk, 2, OTHERS[0]))
        code = receipt_code.make(desk.identity.keys, number)
        for scanned in (code, receipt_code.address("https://zwzx.example.cn:8443", code)):
            (row,) = desk.cases(CaseQuery(text=scanned))
            assert row.intake_no == number
        assert desk.cases(CaseQuery(text='""')) == ()

    def test_a_sheet_has_every_row_and_no_formula(self, desk: Desk, tmp_path: Path) -> None:
        desk.register(full_draft(desk, 1, Person("阿拉坦", "111", HERDER.id_number, "", "=HYPERLINK(1)")))
        place = tmp_path / "办件.xlsx"
        assert desk.cases_to(place, CaseQuery(), lambda _one: None, lambda: False) == 1
        sheet = load_workbook(place).active
        assert [cell.value for cell in sheet[1]] == list(case_sheets.CASE_COLUMNS)
        assert sheet["C2"].value == "阿拉坦"
        evil = spreadsheet.workbook([("x", ("a",), [("=1+1",)])])
        assert load_workbook(io.BytesIO(evil)).active["A2"].data_type == "s"
        with pytest.raises(CancelledError):
            desk.cases_to(tmp_path / "none.xlsx", CaseQuery(), lambda _one: None, lambda: True)
        assert not (tmp_path / "none.xlsx").exists()

    def test_a_workbook_that_breaks_off_leaves_nothing_open(self) -> None:
        def breaks() -> Iterator[tuple[str]]:
            yield ("b",)
            raise LookupError

        with pytest.raises(LookupError):
            spreadsheet.workbook([("x", ("a",), [("a",)]), ("y", ("b",), breaks())])
        gc.collect()  # what was left open would complain now, and fail this test

    def test_figures_count_what_there_is(self, desk: Desk, granted: str) -> None:
        desk.handling.serve(granted, ServedResult(recipient="本人"))
        desk.handling.rate(granted, 5)
        view = desk.figures.view(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        assert (view.total, view.ended, view.rated, len(view.months)) == (1, 1, 1, 12)
        assert view.times[0].on_time == 1
        assert HERDER.name not in text_of(desk.papers.figures(view).pdf)
