"""Visits that are booked, kept and called off."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import item_code
from counter_steps import same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.errors import RefusedError


class TestVisits:
    def test_a_visit_is_booked_shown_and_ended(self, desk: Desk) -> None:
        code = item_code(desk, "婚姻登记")
        made = desk.visits.book("那顺", "139", code, dt.date(2026, 11, 26), "上午")
        assert [one.booked.name for one in desk.today().visits] == ["那顺"]
        assert "2026-11-26" in text_of(desk.papers.visit_slip(made).pdf)
        with pytest.raises(RefusedError, match="原因"):
            desk.visits.end(made.id, kept=False)
        desk.visits.end(made.id, kept=True)
        assert desk.visits.booked() == ()
        same_after_rebuild(desk)

    @pytest.mark.parametrize(("day", "words"), [("2026-11-23", "过了"), ("2026-11-28", "休息日")])
    def test_not_on_a_day_that_is_past_or_free(self, desk: Desk, day: str, words: str) -> None:
        with pytest.raises(RefusedError, match=words):
            desk.visits.book("那顺", "", item_code(desk, "婚姻登记"), dt.date.fromisoformat(day), "上午")
