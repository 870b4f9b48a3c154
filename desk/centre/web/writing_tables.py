"""采用统计: the table of a month, and the writings behind each of its numbers."""

from __future__ import annotations

from fastapi import Request, Response

from desk.centre.run import guard
from desk.centre.watch import league_table, reporting
from desk.centre.web.frame import PAGE, centre_of, linked, page, pages
from desk.centre.web.writing_lines import TABS, home_name, listed, may_read


def table(request: Request, visitor: guard.Visitor, month: str) -> Response:
    """Who was adopted how often."""
    centre = centre_of(request)
    asked = reporting.span("monthly", month or f"{centre.today():%Y-%m}")
    with centre.database.read() as db:
        lines = league_table.table(db, centre, asked)
    return page(
        request,
        "writings_table.html",
        visitor=visitor,
        tabs=TABS,
        tab="table",
        month=asked.period,
        words=asked.words,
        which=league_table.WHICH,
        own=[(one.name, one) for one in lines.own],
        below=[(home_name(one.name), one) for one in lines.below],
    )


def behind(request: Request, visitor: guard.Visitor, month: str, of: str, which: str, at: int) -> Response:
    """The writings behind one number of the table, those that this visitor may read."""
    centre = centre_of(request)
    asked = reporting.span("monthly", month or f"{centre.today():%Y-%m}")
    with centre.database.read() as db:
        behind_number = league_table.behind(db, centre, asked, of, which)
    shown = [one for one in behind_number if may_read(centre, visitor, one)]
    return page(
        request,
        "writings_behind.html",
        visitor=visitor,
        tabs=TABS,
        tab="table",
        month=asked.period,
        words=asked.words,
        whose=home_name(of) if any(one.home == of for one in behind_number) else of,
        what=league_table.WHICH[which],
        rows=[listed(centre, one, "info") for one in shown[(at - 1) * PAGE : at * PAGE]],
        count=len(behind_number),
        hidden=len(behind_number) - len(shown),
        page=at,
        pages=pages(len(shown)),
        query=linked({"tab": "table", "month": asked.period, "of": of, "which": which}),
    )
