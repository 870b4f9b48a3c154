"""决策分析: how much, how long, where it waits, in which season, of what and where; what supplements are asked for; the
report of a period on paper."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from db.centre.case_rows import ALL
from desk.centre import figure_papers, figuring, periods
from desk.centre.figuring import Analysis, Reasons
from desk.centre.periods import Period
from desk.centre.web.appraisal import Watcher, attached, linked
from desk.centre.web.behind import link
from desk.centre.web.frame import Asked, centre_of, page, shown_time
from desk.oversight.appraisal import FEW

router = APIRouter(include_in_schema=False)
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
    found = figuring.analysis(centre, chosen, asked)
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
        found=found,
        months=[linked(one, "month", Period("", "", one.key, one.key), **here) for one in found.months],
        items=[linked(one, "item", chosen, **here) for one in found.items],
        townships=[linked(one, "sumu", chosen, **here) for one in found.places],
        seasons=[_season(year, counts, here) for year, counts in found.seasons],
        reasons=reasons,
        reasons_to=link("supplemented", chosen, **here),
        sample=figuring.SAMPLE,
        sample_to=link("ended", chosen, **here),
        bad=[one for one in found.items if is_high(one.counts)],
        high=HIGH,
        is_high=is_high,
        few=FEW,
        steps_words=figure_papers.STEPS_WORDS,
        charts=_charts(found, reasons),
        percent=figure_papers.percent,
        decimal=figure_papers.decimal,
        at=shown_time(at),
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
    return {"year": year, "cells": cells, "total": sum(one or 0 for one in counts)}


def _charts(found: Analysis, reasons: Reasons | None) -> dict[str, Any]:
    labels = [one.name for one in found.months]
    volumes = [
        {"label": "到件", "data": [one.counts.arrived for one in found.months]},
        {"label": "办结", "data": [one.counts.ended for one in found.months]},
    ]
    days = [None if one.counts.mean_days is None else round(one.counts.mean_days, 1) for one in found.months]
    steps = {"label": "平均天数", "data": [round(one.mean, 2) for one in found.steps]}
    seasons = [{"label": f"{year} 年", "data": list(counts)} for year, counts in found.seasons]
    charts: dict[str, Any] = {
        "volumes": {"kind": "bar", "whole": True, "labels": labels, "sets": volumes},
        "days": {"kind": "line", "labels": labels, "sets": [{"label": "平均办理天数", "data": days}]},
        "seasons": {"kind": "line", "whole": True, "labels": [f"{at} 月" for at in range(1, 13)], "sets": seasons},
        "steps": {"kind": "bar", "across": True, "labels": [one.name for one in found.steps], "sets": [steps]},
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
    return attached(figure_papers.analysis_book(found, reasons, chosen), f"决策分析-{chosen.name}.xlsx")


@router.get("/supervision/report.pdf")
def printed_report(request: Request, visitor: Watcher, period: Asked = "") -> Response:
    """The report of a month, a quarter or a year, to print and sign."""
    centre = centre_of(request)
    chosen = periods.period(period, centre.today())
    at = figuring.fresh(centre)
    asked = figuring.Asked(visitor.sees)
    scores = {by: figuring.appraisal(centre, chosen, by, asked) for by in ("org", "sumu")}
    scope = "" if ALL in visitor.sees else f"范围：{'、'.join(visitor.sees)}　"
    data = figure_papers.report(
        centre.name,
        chosen,
        figuring.total(centre, chosen, asked),
        scores,
        figuring.analysis(centre, chosen, asked),
        f"{scope}统计于 {shown_time(at)}　{visitor.name} 打印",
    )
    return attached(data, f"电子监察报告-{chosen.name}.pdf", "application/pdf")
