"""Files by lot 案卷评查 (S14): drawn with a recorded seed, scored against the checklist, told to the office."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import records
from db.centre.lists import report_rows
from db.centre.rows import Row
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import CHIEFS, REVIEW, SUPERVISE
from desk.centre.run import guard
from desk.centre.watch import figuring
from desk.centre.web.family_pages import FamilyPages, Found, View
from desk.centre.web.frame import (
    PAGE,
    AbsentError,
    Asked,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    go,
    must_be_day,
    page,
    posted,
    signed_in,
)
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds.case import State
from desk.folds.office import lots
from desk.law import numbers
from desk.log.office_events import LotDrawn

router = APIRouter(include_in_schema=False)
WATCH = REVIEW | SUPERVISE  # who sees every draw
Reader = Annotated[guard.Visitor, Depends(signed_in(WATCH | CHIEFS))]
Poster = Annotated[guard.Visitor, Depends(posted(REVIEW))]
_MOST_FILES, _MOST_SEED, _MOST_LOTS = 200, 64, 500
_GRADES = {"优秀": "granted", "合格": "", "不合格": "refused"}


# -- the draws ---------------------------------------------------------------------------------------------------


@router.get("/lots")
def lot_list(request: Request, visitor: Reader, at: PageNumber = 1) -> Response:
    """The draws; a chief sees those that are closed and have files of the own department."""
    return _list(request, visitor, {}, at=at)


def _list(
    request: Request,
    visitor: guard.Visitor,
    typed: Mapping[str, str],
    message: str = "",
    status: int = 200,
    at: int = 1,
) -> Response:
    centre = centre_of(request)
    now = centre.today()
    figuring.fresh(centre)
    with centre.database.read() as db:
        if visitor.may(WATCH):
            recorded = records.record_data(db, "lot", limit=_MOST_LOTS)
        else:
            recorded = records.record_data(db, "lot", limit=_MOST_LOTS, state="closed")
        shown = [_read(row) for row in recorded]
        if not visitor.may(WATCH):
            rows = report_rows.cases_of(db, sorted({one for lot in shown for one in lot.drawn.cases}))
            shown = [lot for lot in shown if _seen_of(visitor, lot, rows)]
        offices, items = report_rows.ended_by(db)
    month = now.replace(day=1)
    since = (month - dt.timedelta(1)).replace(day=1)
    blank = {"since": since.isoformat(), "until": (month - dt.timedelta(1)).isoformat(), "count": "5"}
    return page(
        request,
        "lots.html",
        status,
        visitor=visitor,
        message=message,
        typed={**blank, "seed": secrets.token_hex(8), **typed},
        lots=[_line(lot) for lot in shown[(at - 1) * PAGE : at * PAGE]],
        page=at,
        more=len(shown) > at * PAGE,
        offices=offices,
        items=items,
        may_draw=visitor.may(REVIEW),
        yesterday=(now - dt.timedelta(1)).isoformat(),
    )


def _read(row: Row) -> lots.Lot:
    return msgspec.json.decode(row["data"], type=lots.Lot)


def _seen_of(visitor: guard.Visitor, lot: lots.Lot, rows: Mapping[str, Row]) -> list[str]:
    """The files of a draw whose department is the visitor's to see."""
    if visitor.may(WATCH):
        return list(lot.drawn.cases)
    return [one for one in lot.drawn.cases if one in rows and visitor.sees_org(rows[one]["body"])]


def _line(lot: lots.Lot) -> dict[str, Any]:
    scored = [one.score for one in lot.scores.values()]
    return {
        "key": lot.id.partition(":")[2],
        "drawn": lot.drawn,
        "time": clock.minute(lot.drawn_at),
        "state": lot.state,
        "state_name": lots.STATES[lot.state],
        "done": len(scored),
        "count": len(lot.drawn.cases),
        "mean": f"{sum(scored) / len(scored):.1f}" if scored else "—",
    }


@router.post("/lots")
def draw(
    request: Request,
    visitor: Poster,
    title: Typed = "",
    since: Typed = "",
    until: Typed = "",
    org: Typed = "",
    task: Typed = "",
    count: Typed = "",
    seed: Typed = "",
) -> Response:
    """Draw: the seed is random, or was typed before."""
    centre = centre_of(request)
    typed = {"title": title, "since": since, "until": until, "org": org, "task": task, "count": count, "seed": seed}
    try:
        drawn = _draw(centre, visitor, typed)
    except RefusedError as error:
        return _list(request, visitor, typed, error.sentences(), 409)
    key = secrets.token_hex(16)
    centre.say(visitor.account, "lot.drawn", f"lot:{key}", drawn)
    return go(f"/lots/{key}")


def _draw(centre: Centre, visitor: guard.Visitor, typed: Mapping[str, str]) -> LotDrawn:
    """The draw that was asked for. Raises RefusedError."""
    first, last = (must_be_day(typed[name], "没有抽取。") for name in ("since", "until"))
    if first > last:
        raise RefusedError("开始日期晚于结束日期。", "没有抽取。")
    if last >= centre.today():
        raise RefusedError("结束日期要在今天以前。", "没有抽取。", "当天还会有办件办结，抽取的范围还没有定下来。")
    count = typed["count"].strip()
    wanted = int(count) if re.fullmatch(r"[0-9]{1,3}", count) else 0
    if not 1 <= wanted <= _MOST_FILES:
        raise RefusedError(f"抽取件数请填 1 到 {_MOST_FILES}。", "没有抽取。")
    seed = typed["seed"].strip() or secrets.token_hex(8)
    if len(seed) > _MOST_SEED or not seed.isprintable():
        raise RefusedError(f"种子最多 {_MOST_SEED} 个字。", "没有抽取。")
    span, org, task = (first.isoformat(), last.isoformat()), typed["org"], typed["task"]
    with centre.database.read() as db:
        pool = lots.Pool(report_rows.pool(db, *span, org, task))
        files = lots.draw(pool, wanted, seed)
    if not files:
        raise RefusedError("这个范围里没有办结的案卷。", "没有抽取。", "请放宽日期、部门或事项。")
    title = typed["title"].strip()[:60] or f"{span[0]} 至 {span[1]} 案卷评查"
    return LotDrawn(title, seed, *span, org, task, pool.count, files, visitor.name, pool.mark)


# -- one draw ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FoundLot(Found[lots.Lot]):
    """A draw, the rows of its files, and which of them the visitor sees."""

    rows: Mapping[str, Row]
    mine: list[str]


def found_for(request: Request, visitor: guard.Visitor, key: str) -> FoundLot:
    """A draw that this visitor may see: a chief one that is closed and has files of the own department. Raises
    AbsentError."""
    with centre_of(request).database.read() as db:
        row = records.one_record(db, "lot", f"lot:{key}")
        lot = _read(row) if row else None
        rows = report_rows.cases_of(db, lot.drawn.cases) if lot else {}
    if row is None or lot is None:
        raise AbsentError("没有这次抽取，请核对地址。")
    mine = _seen_of(visitor, lot, rows)
    if not visitor.may(WATCH) and (lot.state != "closed" or not mine):
        raise AbsentError("没有这次抽取，请核对地址。")
    return FoundLot(lot, int(row["entries"]), key, rows, mine)


def _shown(view: View[FoundLot]) -> dict[str, Any]:
    lot, files = view.found.one, view.found
    is_open = view.visitor.may(REVIEW) and lot.state == "drawn"
    return {
        "lot": lot,
        "line": _line(lot),
        "files": [file_line(lot, files.rows.get(one), one) for one in files.mine],
        "item_name": item_name(view.centre, lot.drawn.task_code),
        "again": _again(view.centre, lot) if view.typed.get("again") else None,
        "may_score": is_open,
        "may_close": is_open and len(lot.scores) == len(lot.drawn.cases),
        "typed": view.typed.get("text", ""),
        "points": _points(lot, files.mine),
        "closed": clock.minute(lot.closed_at),
    }


PAGES = FamilyPages("/lots", "lot.html", found_for, _shown)


@router.get("/lots/{key}")
def lot(request: Request, visitor: Reader, key: str, again: Asked = "") -> Response:
    """A draw: its files and scores; with `again`, whether the same seed gives the same files now."""
    return PAGES.drawn(request, visitor, key, typed={"again": again})


def item_name(centre: Centre, code: str) -> str:
    """The name of an item that a draw is narrowed to."""
    if not code:
        return ""
    with centre.database.read() as db:
        return report_rows.item_name(db, code)


def file_line(lot: lots.Lot, row: Row | None, number: str) -> dict[str, Any]:
    """A file of a draw as lists show it."""
    scored = lot.scores.get(number)
    grade = lots.grade(scored.score) if scored else ""
    return {
        "intake_no": number,
        "number": numbers.grouped(number),
        "item": row["item_name"] if row else "—",
        "org": row["org"] if row else "—",
        "ended": row["ended_day"] if row else "",
        "state": cases.STATE_NAMES[State(row["state"])] if row else "",
        "scored": scored,
        "grade": grade,
        "grade_mark": _GRADES.get(grade, ""),
    }


def _points(lot: lots.Lot, files: list[str]) -> list[dict[str, Any]]:
    """The mean of each line of the checklist, for the result."""
    scored = [lot.scores[line] for line in files if line in lot.scores]
    return [
        {
            "words": line.words,
            "most": line.most,
            "mean": f"{sum(each.points.get(line.code, 0) for each in scored) / len(scored):.1f}" if scored else "—",
        }
        for line in lots.CHECKLIST
    ]


def _again(centre: Centre, lot: lots.Lot) -> dict[str, Any]:
    drawn = lot.drawn
    with centre.database.read() as db:
        pool = lots.Pool(report_rows.pool(db, drawn.since, drawn.until, drawn.org, drawn.task_code))
        again = lots.draw(pool, len(drawn.cases), drawn.seed)
    return {
        "pool": pool.count,
        "same_pool": pool.count == drawn.pool and drawn.pool_mark in ("", pool.mark),
        "same": again == drawn.cases,
        "files": [numbers.grouped(one) for one in again],
    }


@router.post("/lots/{key}/close")
def close(request: Request, visitor: Poster, key: str, text: Typed = "", seen: Seen = 0) -> Response:
    """Close with a summary, which the offices then see with their files' results."""

    def act(view: View[FoundLot]) -> None:
        view.centre.say(visitor.account, "lot.closed", view.found.one.id, view.said(view.word("text")), seen)

    return PAGES.took(request, visitor, key, act, {"text": text})
