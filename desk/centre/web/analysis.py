"""决策分析: how much, how long, where it waits, in which season, of what and where; what supplements are asked for; the
report of a period on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre.lists import report_rows
from db.centre.lists.case_rows import ALL
from desk import clock
from desk.centre.watch import figure_papers, figuring, periods
from desk.centre.watch.figuring import Analysis, Reasons
from desk.centre.watch.periods import Period
from desk.centre.web.appraisal import Watcher, linked
from desk.centre.web.case_links import link
from desk.centre.web.frame import PAGE, Asked, PageNumber, attached, centre_of, made, page, pages
from desk.centre.web.frame import linked as query_of
from desk.centre.web.paper_files import as_asked
from desk.centre.web.work import listed, soon
from desk.folds.office import spans
from desk.folds.office.appraisal import FEW

router = APIRouter(include_in_schema=False)
_OFTEN = 3  # items whose supplements the printed report looks into
HIGH = 0.3  # of what arrived: an item supplemented this often probably has a bad guide


def _asked(visitor: Watcher, place: str, task: str) -> figuring.Asked:
    return figuring.Asked(visitor.sees, place=place if place.isdigit() else "", task_code=task)


@router.get("/supervision/analysis")
def numbers(request: Request, visitor: Watcher, period: Asked = "", task: Asked = "", place: Asked = "") -> Response:
    """The page of decision analysis."""
    centre = centre_of(request)
    chosen = periods.period(period, centre.today())
    at = figuring.fresh(centre)
    asked = _asked(visitor, place, task)
    analysis = figuring.analysis(centre, chosen, asked)
    reasons = figuring.supplement_reasons(centre, chosen, asked) if task else None
    every = figuring.analysis_choices(centre, visitor.sees)
    here = {"place": asked.place, "task": task}
    return page(
        request,
        "analysis.html",
        visitor=visitor,
        period=chosen,
        choices=periods.choices(centre.today()),
        task=task,
        place=asked.place,
        places=every[0],
        tasks=every[1],
        found=analysis,
        months=[linked(one, "month", Period("", "", one.key, one.key), **here) for one in analysis.months],
        items=[linked(one, "item", chosen, **here) for one in analysis.items],
        townships=[linked(one, "sumu", chosen, **here) for one in analysis.places],
        seasons=[_season(year, counts, here) for year, counts in analysis.seasons],
        reasons=reasons,
        reasons_to=link("supplemented", chosen, **here),
        arrived_to=link("arrived", chosen, **here),
        steps_to={one.name: _steps_to(chosen, here, one.name) for one in analysis.steps},
        sample_to=_steps_to(chosen, here, ""),
        bad=[one for one in analysis.items if is_high(one.counts)],
        high=HIGH,
        is_high=is_high,
        few=FEW,
        steps_words=figure_papers.STEPS_WORDS,
        charts=_charts(analysis, reasons),
        percent=figure_papers.percent,
        decimal=figure_papers.decimal,
        at=clock.minute(at),
    )


def is_high(counts: Any) -> bool:
    """Whether so many were asked to bring something that the guide should be looked at."""
    return counts.arrived >= FEW and (counts.supplement_rate or 0) >= HIGH


def _season(year: str, counts: tuple[int | None, ...], here: dict[str, str]) -> dict[str, Any]:
    months = [f"{year}-{at:02d}" for at in range(1, 13)]
    cells = [
        (count, link("arrived", Period("", "", month, month), **here))
        for month, count in zip(months, counts, strict=True)
    ]
    to = link("arrived", Period("", "", months[0], months[-1]), **here)
    return {"year": year, "cells": cells, "total": sum(one or 0 for one in counts), "to": to}


def _steps_to(period: Period, here: dict[str, str], name: str) -> str:
    """Where the cases are listed that a step was averaged over."""
    wanted = {"period": period.text, **here, "step": name}
    return "/supervision/analysis/steps?" + urlencode({key: value for key, value in wanted.items() if value})


@router.get("/supervision/analysis/steps")
def steps(
    request: Request,
    visitor: Watcher,
    period: Asked = "",
    task: Asked = "",
    place: Asked = "",
    step: Asked = "",
    at: PageNumber = 1,
) -> Response:
    """The cases that a step was averaged over, the longest first; without a step all that were looked at."""
    centre = centre_of(request)
    chosen = periods.period(period, centre.today())
    step = step if step in {name for name, _ in spans.STRETCHES} else ""
    asked = _asked(visitor, place, task)
    spent = figuring.stretch_cases(centre, chosen, asked, step)
    shown = dict(spent[(at - 1) * PAGE : at * PAGE])
    with centre.database.read() as db:
        rows = report_rows.cases_of(db, list(shown))
    known = [{**rows[number], "days": figure_papers.decimal(days)} for number, days in shown.items() if number in rows]
    wanted = {"period": chosen.text, "task": task, "place": asked.place, "step": step}
    return page(
        request,
        "analysis_steps.html",
        visitor=visitor,
        period=chosen,
        step=step,
        rows=[{**row, **listed(row, centre.today(), soon(centre)), "days": row["days"]} for row in known],
        count=len(spent),
        page=at,
        pages=pages(len(spent)),
        query=query_of(wanted),
        back=query_of(wanted)(step=""),
    )


def _charts(analysis: Analysis, reasons: Reasons | None) -> dict[str, Any]:
    labels = [one.name for one in analysis.months]
    volumes = [
        {"label": "到件", "data": [one.counts.arrived for one in analysis.months]},
        {"label": "办结", "data": [one.counts.ended for one in analysis.months]},
    ]
    days = [None if one.counts.mean_days is None else round(one.counts.mean_days, 1) for one in analysis.months]
    steps = {"label": "平均天数", "data": [round(one.mean, 2) for one in analysis.steps]}
    seasons = [{"label": f"{year} 年", "data": list(counts)} for year, counts in analysis.seasons]
    charts: dict[str, Any] = {
        "volumes": {"kind": "bar", "whole": True, "labels": labels, "sets": volumes},
        "days": {"kind": "line", "labels": labels, "sets": [{"label": "平均办理天数", "data": days}]},
        "seasons": {"kind": "line", "whole": True, "labels": [f"{at} 月" for at in range(1, 13)], "sets": seasons},
        "steps": {"kind": "bar", "across": True, "labels": [one.name for one in analysis.steps], "sets": [steps]},
    }
    if reasons is not None and reasons.asked:
        asked = [one for one in reasons.missing if one.cases][:12]
        data = {"label": "件数", "data": [one.cases for one in asked]}
        charts["reasons"] = {
            "kind": "bar",
            "across": True,
            "whole": True,
            "labels": [one.name for one in asked],
            "sets": [data],
        }
    return charts


@router.get("/supervision/analysis.xlsx")
def numbers_book(
    request: Request, visitor: Watcher, period: Asked = "", task: Asked = "", place: Asked = ""
) -> Response:
    """The same as a workbook."""
    centre = centre_of(request)
    chosen = periods.period(period, centre.today())
    figuring.fresh(centre)
    asked = _asked(visitor, place, task)
    found = figuring.analysis(centre, chosen, asked)
    reasons = figuring.supplement_reasons(centre, chosen, asked) if task else None
    return attached(figure_papers.analysis_book(found, reasons, chosen, made(centre)), f"决策分析-{chosen.name}.xlsx")


@router.get("/supervision/report.ofd")
@router.get("/supervision/report.pdf")
def printed_report(request: Request, visitor: Watcher, period: Asked = "") -> Response:
    """The report of a month, a quarter or a year, to print and sign."""
    centre = centre_of(request)
    chosen = periods.period(period, centre.today())
    at = figuring.fresh(centre)
    asked = figuring.Asked(visitor.sees)
    scores = {by: figuring.appraisal(centre, chosen, by, asked) for by in figuring.ways(centre) if by != "agent"}
    analysis = figuring.analysis(centre, chosen, asked)
    often = sorted(analysis.items, key=lambda item: -item.counts.supplemented)[:_OFTEN]
    of_items = [msgspec.structs.replace(asked, task_code=item.key) for item in often if item.counts.supplemented]
    scope = "" if ALL in visitor.sees else f"范围：{'、'.join(visitor.departments())}　"
    data = figure_papers.report(
        centre.name,
        chosen,
        figuring.total(centre, chosen, asked),
        scores,
        analysis,
        [figuring.supplement_reasons(centre, chosen, item) for item in of_items],
        f"{scope}统计于 {clock.minute(at)}　{visitor.name} 打印",
    )
    title = f"电子监察报告-{chosen.name}"
    if request.url.path.endswith(".ofd"):
        return as_asked(request, data, title, {})
    return attached(data, f"{title}.pdf", "application/pdf")
