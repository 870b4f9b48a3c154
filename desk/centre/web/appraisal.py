"""绩效评估: offices, townships and agents by score, the formula beside it, the cases behind each number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import CHIEFS, SUPERVISE
from desk.centre.run import guard
from desk.centre.watch import figure_papers, figuring, periods
from desk.centre.watch.figuring import Line
from desk.centre.watch.periods import Period
from desk.centre.web.case_links import link
from desk.centre.web.frame import PAGE, Asked, PageNumber, attached, centre_of, made, page, pages, signed_in
from desk.centre.web.frame import linked as query_of
from desk.folds.office.appraisal import FEW, FORMULA, RULES

router = APIRouter(include_in_schema=False)
Watcher = Annotated[guard.Visitor, Depends(signed_in(SUPERVISE | CHIEFS))]
MOST = 300  # lines on a page; the workbook has all

# What the table can be ordered by; the largest first unless it is the name.
_ORDERS: dict[str, Callable[[Line], Any]] = {
    "score": lambda one: one.mark.score,
    "arrived": lambda one: one.counts.arrived,
    "first": lambda one: one.counts.first_rate,
    "ended": lambda one: one.counts.ended,
    "on_time": lambda one: one.counts.on_time_rate,
    "promise": lambda one: one.counts.promise_rate,
    "late": lambda one: one.counts.late,
    "days": lambda one: one.counts.mean_days,
    "rating": lambda one: one.counts.rating,
    "response": lambda one: one.counts.response_rate,
    "poor": lambda one: one.counts.poor,
    "red": lambda one: one.counts.red,
}


def ordered(lines: list[Line], order: str) -> list[Line]:
    """By what is asked; lines that have nothing to go by last."""
    if order == "name":
        return sorted(lines, key=lambda line: line.name)
    value = _ORDERS.get(order, _ORDERS["score"])
    return sorted(lines, key=lambda line: (value(line) is None, -(value(line) or 0)))


def narrowed(line: Line, by: str) -> dict[str, str]:
    """What makes a list of cases that of one line."""
    known = {"org": {"org": line.key}, "agent": {"agent": line.key, "place": line.place}, "item": {"task": line.key}}
    return known.get(by, {"place": line.place} if line.place else {})


def linked(line: Line, by: str, asked: Period, **more: str) -> dict[str, Any]:
    """A line as pages show it, with `to(figure)` the address of the cases behind a count."""

    def to(figure: str) -> str:
        return link(figure, asked, **{**more, **narrowed(line, by)})

    cards = {"period": asked.text, "by": by, "key": line.key, "place": line.place}
    return {"line": line, "counts": line.counts, "mark": line.mark, "to": to, "cards": urlencode(cards)}


def _by(centre: Centre, asked: str) -> str:
    """What is compared: as it was asked, else what this centre compares first."""
    ways = figuring.ways(centre)
    return asked if asked in ways else next(iter(ways))


@router.get("/supervision/appraisal")
def scores(
    request: Request,
    visitor: Watcher,
    by: Asked = "",
    order: Asked = "",
    period: Asked = "",
) -> Response:
    """Offices, townships or agents by score."""
    centre = centre_of(request)
    by = _by(centre, by)
    chosen = periods.period(period, centre.today())
    at = figuring.fresh(centre)
    asked = figuring.Asked(sees=visitor.sees)
    lines = ordered(figuring.appraisal(centre, chosen, by, asked), order)
    scored = [one for one in lines if one.mark.score is not None]
    return page(
        request,
        "appraisal.html",
        visitor=visitor,
        by=by,
        order=order or "score",
        ways=figuring.ways(centre),
        period=chosen,
        choices=periods.choices(centre.today()),
        lines=[linked(one, by, chosen) for one in lines[:MOST]],
        left=max(0, len(lines) - MOST),
        formula=FORMULA,
        rules=RULES,
        few=FEW,
        at=clock.minute(at),
        chart={
            "kind": "bar",
            "labels": [one.name for one in scored[:30]],
            "sets": [{"label": "得分", "data": [one.mark.score for one in scored[:30]]}],
            "most": 100,
        },
        percent=figure_papers.percent,
        decimal=figure_papers.decimal,
    )


@router.get("/supervision/appraisal/cards")
def red_cards(
    request: Request,
    visitor: Watcher,
    by: Asked = "",
    key: Asked = "",
    place: Asked = "",
    period: Asked = "",
    at: PageNumber = 1,
) -> Response:
    """The red cards that a line counts."""
    centre = centre_of(request)
    by = _by(centre, by)
    chosen = periods.period(period, centre.today())
    cards, count = figuring.red_cards(centre, chosen, by, key, place, visitor.sees, (at - 1) * PAGE, PAGE)
    return page(
        request,
        "appraisal_cards.html",
        visitor=visitor,
        cards=[{**one, "key": one["id"].partition(":")[2]} for one in cards],
        count=count,
        page=at,
        pages=pages(count),
        query=query_of({"by": by, "key": key, "place": place, "period": chosen.text}),
        whose=figuring.called(by, key.strip("-"), place),
        period=chosen,
    )


@router.get("/supervision/appraisal.xlsx")
def scores_book(request: Request, visitor: Watcher, by: Asked = "", period: Asked = "") -> Response:
    """The same as a workbook."""
    centre = centre_of(request)
    by = _by(centre, by)
    chosen = periods.period(period, centre.today())
    figuring.fresh(centre)
    lines = figuring.appraisal(centre, chosen, by, figuring.Asked(sees=visitor.sees))
    data = figure_papers.appraisal_book(lines, by, chosen, made(centre))
    return attached(data, f"绩效评估-{chosen.name}-{figuring.BY[by]}.xlsx")
