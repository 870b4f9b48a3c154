"""What a desk tells of a case stays as the receipt has it, and what was only a draft is gone once it is a case."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import SetClock, full_draft, sync

from desk.app.open_desk import Desk
from desk.law import deadline
from desk.store.snapshots import CaseQuery


def test_a_draft_is_gone_once_it_is_a_case_and_the_others_stay(desk: Desk) -> None:
    """The page saves as one types, so the draft is there when its case is registered."""
    gone, kept = full_draft(desk), full_draft(desk, 2)
    for one in (gone, kept):
        desk.save_draft(one)
    assert {one.draft.id for one in desk.drafts()} == {gone.id, kept.id}
    desk.register(gone)
    assert [one.draft.id for one in desk.drafts()] == [kept.id]
    assert desk.today().drafts == 1
    assert desk.count_cases(CaseQuery()) == 1


@pytest.mark.parametrize("later", [1, 7, 40])
def test_a_promise_counts_from_the_day_the_papers_were_taken(desk: Desk, tell: SetClock, later: int) -> None:
    """Not from the day on which somebody looks: page, receipt and list tell one day."""
    taken_on = desk.today_date()
    number = desk.register(full_draft(desk)).intake_no
    view = desk.case(number)
    item = desk.item(view.case.collected.item.task_code)
    promised = deadline.service_clock(item, taken_on, desk.session.holidays).on
    assert view.case.collected.promised == promised
    tell.at += dt.timedelta(later)
    sync(desk)
    assert desk.today_date() == taken_on + dt.timedelta(later)
    page = desk.case(number).clocks[0]
    assert page.on == promised
    assert str(taken_on) in "".join(page.lines)
    (listed,) = desk.cases(CaseQuery())
    assert listed.due_on == str(promised)
