"""What the office publishes of its work: results without personal data, ratings and appraisal."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre.lists import public_rows
from db.centre.lists.public_rows import TOWNSHIP
from db.centre.rows import Row
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.watch import figure_papers, figuring, periods, shown_results
from desk.centre.watch.figuring import Line
from desk.centre.web import open_data
from desk.centre.web.frame import PAGE, Asked, PageNumber, batch, centre_of, page
from desk.centre.web.public_guides import fresh, on_shelf, searcher
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


class _Listed(msgspec.Struct, frozen=True):
    """A page of results, what the filter took out of them, whether there are more, how many items are not listed."""

    rows: list[published.Result]
    removed: list[tuple[str, int]]
    more: bool
    quiet: int


def _results(centre: Centre, asked: Wish) -> _Listed:
    states = [one.value for one in _CLOSED]
    with centre.database.published() as db:
        said = shown_results.switched(db)
        there = public_rows.items(db, asked.month, states)
        quiet = [code for code, name in there.items() if not shown_results.is_shown(said, code, name)]
        wanted = public_rows.Wanted(
            asked.month, states, _tasks(centre, asked, there), asked.text, quiet, published.LEAST
        )
        found = public_rows.results(db, wanted, (asked.at - 1) * PAGE, PAGE + 1)
        alike = public_rows.alike(db, asked.month, states)
    both = [_passed(row, batch(centre), alike) for row in found[:PAGE]]
    return _Listed(
        [one for one, _ in both], published.counted(taken for _, taken in both), len(found) > PAGE, len(quiet)
    )


def _tasks(centre: Centre, asked: Wish, there: dict[str, str]) -> tuple[str, ...]:
    """The items that were asked for: the one chosen, else those that are called so, in people's own words too."""
    if asked.task:
        return (asked.task,)
    if not asked.text:
        return ()
    called = [one.task_code for one in searcher(centre, on_shelf(centre)).search(asked.text)]
    return tuple({*called, *(code for code, name in there.items() if asked.text in name)})


class Wish(msgspec.Struct, frozen=True):
    """What of the results is asked for: of a month, of one item, of what `text` names; which page."""

    month: str
    task: str
    text: str
    at: int


def wish(request: Request, month: Asked = "", task: Asked = "", text: Asked = "", at: PageNumber = 1) -> Wish:
    """A dependency: an address's question."""
    return Wish(_month(month, centre_of(request)), task, text.strip(), at)


Wished = Annotated[Wish, Depends(wish)]


def _address(asked: Wish, at: int, path: str = "/published") -> str:
    told = {"month": asked.month, "task": asked.task, "text": asked.text, "at": str(at)}
    return f"{path}?{urlencode({name: value for name, value in told.items() if value})}"


@router.get("/published")
def results(request: Request, asked: Wished) -> Response:
    """Results of a month."""
    centre = centre_of(request)
    found = _results(centre, asked)
    facts: dict[str, Any] = {
        "rows": found.rows,
        "asked": asked,
        "items": [(one.task_code, one.item_name) for one in on_shelf(centre)],
        "more": found.more,
        "quiet": found.quiet,
        "batch": batch(centre),
        "at_page": lambda at: _address(asked, at),
        "file": lambda form: _address(asked, asked.at, f"/open/results.{form}"),
    }
    told: dict[str, Any] = {"removed": found.removed, "never": published.NEVER, "fewer": published.FEWER}
    return fresh(page(request, "public/published.html", **told, **facts))


@router.get("/open/results.json")
def results_json(request: Request, asked: Wished) -> Response:
    """The same for machines, with the names of GB/T 39046-2020 and a batch mark in each row."""
    found = _results(centre_of(request), asked)
    told = {"month": asked.month, "page": asked.at, "more": found.more, "removed": dict(found.removed)}
    told |= {"never": published.NEVER, "results": found.rows}
    answer = open_data.answered(request, msgspec.json.encode(told), "application/json")
    return _with_next(answer, asked, "json", more=found.more)


@router.get("/open/results.csv")
def results_csv(request: Request, asked: Wished) -> Response:
    """The same for spreadsheets; the next page stands in the header `Link`."""
    found = _results(centre_of(request), asked)
    data = open_data.as_csv(published.Result.__struct_fields__, map(msgspec.structs.astuple, found.rows))
    answer = open_data.answered(request, data, "text/csv; charset=utf-8")
    return _with_next(answer, asked, "csv", more=found.more)


def _with_next(answer: Response, asked: Wish, form: str, *, more: bool) -> Response:
    if more:
        answer.headers["Link"] += f', <{_address(asked, asked.at + 1, f"/open/results.{form}")}>; rel="next"'
    return answer


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
