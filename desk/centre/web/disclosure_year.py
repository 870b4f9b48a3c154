"""The yearly report on disclosure (政府信息公开条例§49, §50): as a page, as CSV, as a paper, and begun as a report."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from db.centre import records
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import ALL
from desk.centre.run import guard
from desk.centre.web import organ_papers
from desk.centre.web.disclosures import Poster, Reader
from desk.centre.web.frame import attached, centre_of, go, page
from desk.folds.office.disclosing import yearly
from desk.folds.office.disclosing.request import CONTESTED, RESULTS, Disclosure
from desk.folds.office.disclosing.yearly import Year
from desk.log.office_events import Written
from desk.printing.organ import disclosure_report

router = APIRouter(include_in_schema=False)
YearNumber = Annotated[int, Query(ge=0, le=2100)]
_MOST = 100_000


def counted(centre: Centre, sees: tuple[str, ...] | None, year: int) -> Year:
    """The year's counts, of the departments that are seen."""
    with centre.database.read() as db:
        kept = records.record_data(db, "disclosure", limit=_MOST)
    found = (msgspec.json.decode(row["data"], type=Disclosure) for row in kept)
    return yearly.counted((one for one in found if sees is None or one.org in sees), year)


def _of(request: Request, visitor: guard.Visitor, year: int) -> Year:
    centre = centre_of(request)
    return counted(centre, None if ALL in visitor.sees else tuple(visitor.sees), year or centre.today().year)


@router.get("/disclosures/year")
def year_page(request: Request, visitor: Reader, year: YearNumber = 0) -> Response:
    """The tables of a year; each number names the requests that it counts."""
    found, today = _of(request, visitor, year), centre_of(request).today()
    years = range(today.year, max(2018, today.year - 6), -1)
    facts: dict[str, Any] = {
        "rows": yearly.ROWS,
        "sorts": yearly.SORTS,
        "contests": CONTESTED,
        "results": RESULTS,
        "years": years,
    }
    return page(request, "disclosure_year.html", visitor=visitor, year=found, **facts)


@router.get("/disclosures/year.csv")
def year_csv(request: Request, visitor: Reader, year: YearNumber = 0) -> Response:
    """The table of requests, with a mark by which spreadsheets know the characters."""
    found = _of(request, visitor, year)
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in disclosure_report.lines(found))
    name = f"政府信息公开年度报告-{found.year}.csv"
    return attached(("\ufeff" + text + "\r\n").encode(), name, "text/csv; charset=utf-8")


@router.get("/disclosures/year.pdf")
def year_pdf(request: Request, visitor: Reader, year: YearNumber = 0) -> Response:
    """The report as a paper."""
    centre = centre_of(request)
    office, foot = organ_papers.office(centre), organ_papers.foot(centre, visitor)
    made = disclosure_report.made(_of(request, visitor, year), centre.name, office, foot)
    return organ_papers.printed(request, made)


@router.post("/disclosures/year")
def begin(request: Request, visitor: Poster, year: YearNumber = 0) -> Response:
    """A draft of the report with its figures, to be finished and sent where reports are."""
    centre, found = centre_of(request), _of(request, visitor, year)
    text = disclosure_report.text(found, centre.name)
    figures = {words: str(found.total(row)) for row, words in yearly.ROWS if found.total(row)}
    title = f"{centre.name}{found.year}年政府信息公开工作年度报告"
    written = Written(title, text, visitor.name, "信息公开年报", str(found.year), visitor.org, centre.code[:6], figures)
    key = f"report:{secrets.token_hex(16)}"
    centre.say(visitor.account, "report.written", key, written)
    return go(f"/writings/{key}")
