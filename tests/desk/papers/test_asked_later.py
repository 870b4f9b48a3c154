"""A paper that was made is taken from what is kept, however much later it is asked for: the herder holds the first."""

from __future__ import annotations

import datetime as dt

from conftest import SetClock, full_draft

from desk.app.open_desk import Desk

LATER = dt.timedelta(days=3, minutes=7)  # another day and another minute would stand on a paper that is drawn anew


def test_a_receipt_asked_for_days_later_is_the_same_bytes(desk: Desk, tell: SetClock) -> None:
    number = desk.register(full_draft(desk)).intake_no
    first = desk.papers.receipt(number)
    tell.at += LATER
    assert desk.papers.receipt(number) == first
    made = [line for line in desk.case(number).case.history if line.kind == "paper.made"]
    assert len(made) == 1
    assert desk.papers.receipt(number, "A4").pdf != first.pdf  # another size is another paper


def test_a_paper_of_a_case_asked_for_days_later_is_the_same_bytes(desk: Desk, tell: SetClock) -> None:
    number = desk.register(full_draft(desk)).intake_no
    first = desk.papers.case_paper(number, "entrusted")
    tell.at += LATER
    assert desk.papers.case_paper(number, "entrusted") == first
    assert desk.papers.kept(first.sha256).pdf == first.pdf


def test_a_day_later_a_paper_drawn_anew_would_be_another(desk: Desk, tell: SetClock) -> None:
    """Without this the tests above could not fail."""
    number = desk.register(full_draft(desk)).intake_no
    first = desk.papers.receipt(number)
    tell.at += LATER
    with desk.store.write() as db:
        db.execute("DELETE FROM paper")
    assert desk.papers.receipt(number).sha256 != first.sha256
