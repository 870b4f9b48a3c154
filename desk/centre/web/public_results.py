"""What the office publishes of its work: results without personal data, ratings and appraisal."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from db.centre.lists import public_rows
from db.centre.lists.public_rows import TOWNSHIP
from db.centre.rows import Row
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.watch import figure_papers, figuring, periods
from desk.centre.watch.figuring import Line
from desk.centre.web.frame import PAGE, Asked, PageNumber, batch, centre_of, page
from desk.centre.web.public_guides import FRESH, fresh, on_shelf
from desk.folds.case import State
from desk.folds.office import published
from desk.folds.office.appraisal import FEW, FORMULA, RULES

router = APIRouter(include_in_schema=False)
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
_CLOSED = (
    State.GRANTED,
    State.REFUSED,
    State.CERTIFYING,
    State.RETURNING,
    State.AT_POINT,
    State.SERVED,
    State.CONCLUDED,
    State.ARCHIVED,
    State.NOT_ACCEPTED,
)
_OUTCOMES = {"granted": "准予", "refused": "不予"}
_BY = {"org": "部门", "sumu": "苏木乡镇"}  # never by agent: that would be about one person


def _month(text: str, centre: Centre) -> str:
    return text if _MONTH.fullmatch(text) else centre.today().strftime("%Y-%m")


def _passed(row: Row, mark: str, alike: dict[tuple[str, str], int]) -> tuple[published.Result, tuple[str, ...]]:
    not_accepted = row["state"] == State.NOT_ACCEPTED.value
    result = "不予受理" if not_accepted else _OUTCOMES.get(row["decision"], "办结")
    refused = not_accepted or row["decision"] == "refused"
    count = alike.get((row["task_code"], str(row["point"])[:TOWNSHIP]), 0)
    return published.passed(row, result, mark, refused=refused, alike=count)


def _results(
    centre: Centre, month: str, task: str, at: int
) -> tuple[list[published.Result], list[tuple[str, int]], bool]:
    """A page of results, what the filter took out of them, and whether there are more."""
    states = [one.value for one in _CLOSED]
    with centre.database.read() as db:
        found = public_rows.results(db, month, task, states, (at - 1) * PAGE, PAGE + 1)
        alike = public_rows.alike(db, month, states)
    both = [_passed(row, batch(centre), alike) for row in found[:PAGE]]
    return [one for one, _ in both], published.counted(taken for _, taken in both), len(found) > PAGE


@router.get("/published")
def results(request: Request, month: Asked = "", task: Asked = "", at: PageNumber = 1) -> Response:
    """Results of a month."""
    centre = centre_of(request)
    month = _month(month, centre)
    rows, removed, more = _results(centre, month, task, at)
    facts: dict[str, Any] = {
        "rows": rows,
        "month": month,
        "task": task,
        "items": [(one.task_code, one.item_name) for one in on_shelf(centre)],
        "at": at,
        "more": more,
        "batch": batch(centre),
    }
    return fresh(
        page(request, "public/published.html", removed=removed, never=published.NEVER, fewer=published.FEWER, **facts)
    )


@router.get("/open/results.json")
def results_json(request: Request, month: Asked = "", task: Asked = "", at: PageNumber = 1) -> Response:
    """The same for machines, with the names of GB/T 39046-2020 and a batch mark in each row."""
    centre = centre_of(request)
    month = _month(month, centre)
    rows, removed, more = _results(centre, month, task, at)
    told = {"month": month, "page": at, "more": more, "removed": dict(removed), "never": published.NEVER}
    return JSONResponse({**told, "results": [msgspec.structs.asdict(one) for one in rows]}, headers=FRESH)


@router.get("/ratings")
def ratings(request: Request, by: Asked = "", period: Asked = "") -> Response:
    """Ratings and appraisal by office or township, with how many answered; a small number says that it is one."""
    centre = centre_of(request)
    by = by if by in _BY else "org"
    now = centre.today()
    chosen = periods.period(period or f"{now.year}", now)
    counted_at = figuring.fresh(centre)
    scored = [one for one in figuring.appraisal(centre, chosen, by, figuring.Asked()) if one.counts.ended]
    facts: dict[str, Any] = {
        "by": by,
        "ways": _BY,
        "period": chosen,
        "choices": periods.choices(now),
        "lines": [_line(one) for one in scored],
        "few": FEW,
        "fewer": published.FEWER,
        "formula": FORMULA,
        "rules": RULES,
        "at": clock.minute(counted_at),
    }
    return fresh(page(request, "public/ratings.html", **facts))


def _line(line: Line) -> dict[str, Any]:
    """What is shown of an office: out of few cases nothing, out of few ratings nothing that tells of them."""
    counts = line.counts
    few, quiet = counts.ended < published.LEAST, counts.rated < published.LEAST
    return {
        "name": line.name,
        "few": few,
        "quiet": quiet,
        "rating": figure_papers.decimal(counts.rating),
        "response": figure_papers.percent(counts.response_rate),
        "on_time": figure_papers.percent(counts.on_time_rate),
        "days": figure_papers.decimal(counts.mean_days),
        "score": figure_papers.decimal(line.mark.score),
        "counts": counts,
        "is_small": counts.rated < FEW,
    }
