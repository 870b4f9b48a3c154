"""Scoring the files of a draw 案卷评查, and the results as a workbook."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre.lists import report_rows
from db.centre.rows import Row
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.roles import REVIEW
from desk.centre.run import guard
from desk.centre.watch.batch_books import book
from desk.centre.web.family_pages import FamilyPages, Found, View
from desk.centre.web.frame import (
    AbsentError,
    Seen,
    Typed,
    attached,
    centre_of,
    made,
    posted,
    signed_in,
)
from desk.centre.web.lots import WATCH, FoundLot, Reader, file_line, found_for, item_name
from desk.errors import RefusedError
from desk.folds.office import lots
from desk.folds.office.overseeing import avoidance, checklists, faults
from desk.law.catalogue.item import Item, Regime
from desk.log.office_events import LotScored

router = APIRouter(include_in_schema=False)
Reviewer = Annotated[guard.Visitor, Depends(signed_in(REVIEW))]
Poster = Annotated[guard.Visitor, Depends(posted(REVIEW))]
_MOST_POOL = 100_000  # numbers in the workbook
_CODES = tuple(one.code for one in lots.CHECKLIST)
Points = Annotated[list[str] | None, Form()]


@dataclass(frozen=True)
class _FoundFile(Found[lots.Lot]):
    """A draw before a reviewer of one of its files, and that file's row."""

    intake_no: str
    row: Row | None


def _record_for(request: Request, visitor: guard.Visitor, place: str) -> _FoundFile:
    """`place` is the draw's key and the intake number, as they stand in addresses. Raises AbsentError."""
    key, _, intake_no = place.partition("/files/")
    found = found_for(request, visitor, key)
    if intake_no not in found.mine:
        raise AbsentError("这件办件不在这次抽取里。")
    return _FoundFile(found.one, found.one.times.get(intake_no, 0), key, intake_no, found.rows.get(intake_no))


def _shown(view: View[_FoundFile]) -> dict[str, Any]:
    lot, row, intake_no = view.found.one, view.found.row, view.found.intake_no
    before = lot.scores.get(intake_no)
    item, regime = _law(view.centre, row)
    known = {one.code: str(before.points.get(one.code, "")) for one in lots.CHECKLIST} if before else {}
    return {
        "lot": lot,
        "file": file_line(lot, row, intake_no),
        "row": row,
        "checklist": checklists.of(item, regime),  # what this file is looked at by: as its own regime has it
        "kind": checklists.NAMES[checklists.kind(item, regime)],
        "weights": faults.WEIGHTS,
        "values": {**known, "text": before.text if before else "", **view.typed},
        "is_open": lot.state == "drawn",
        "own": _is_own(view.centre, view.visitor, intake_no),
    }


def _law(centre: Centre, row: Row | None) -> tuple[Item | None, Regime | None]:
    item = centre.publications.item(row["task_code"]) if row else None
    return item, centre.publications.regime(item) if item else None


def found_file(request: Request, visitor: guard.Visitor, key: str, intake_no: str) -> _FoundFile:
    """A file of a draw that this visitor reviews. Raises AbsentError."""
    return _record_for(request, visitor, f"{key}/files/{intake_no}")


PAGES = FamilyPages("/lots", "lot_file.html", _record_for, _shown)


@router.get("/lots/{key}/files/{intake_no}")
def file(request: Request, visitor: Reviewer, key: str, intake_no: str) -> Response:
    """The form to score one file."""
    return PAGES.drawn(request, visitor, f"{key}/files/{intake_no}")


def _is_own(centre: Centre, visitor: guard.Visitor, intake_no: str) -> bool:
    found = centre.case(intake_no)
    return found is not None and avoidance.refusal(found[0], visitor.account) is not None


@router.post("/lots/{key}/files/{intake_no}")
def score(
    request: Request,
    visitor: Poster,
    key: str,
    intake_no: str,
    point: Points = None,
    text: Typed = "",
    seen: Seen = 0,
) -> Response:
    """Score a file: `point` once for each line of the checklist, in its order. Of two reviewers of one file the second
    is told; different files do not disturb each other."""
    typed = {**dict(zip(_CODES, (one.strip()[:10] for one in point or []), strict=False)), "text": text.strip()}
    return PAGES.took(
        request, visitor, f"{key}/files/{intake_no}", lambda view: _scored(view, seen), typed, f"/lots/{key}"
    )


def _scored(view: View[_FoundFile], seen: int) -> None:
    """Append a score. Raises RefusedError for an own file, a closed draw, or when another scored it meanwhile."""
    points = _whole(view.typed)
    said = LotScored(view.found.intake_no, points, lots.score(points), view.word("text"), view.visitor.name)
    centre, subject = view.centre, view.found.one.id
    with centre.database.write() as db:
        lot = lots.fold(centre.telling(subject, centre.about(db, [subject])[subject]))
        if lot is None or lot.state != "drawn":
            raise RefusedError("这次评查已经结束，不能再评分。", "没有改动。")
        if lot.times.get(said.intake_no, 0) != seen:
            kept = "没有改动，您填的还在下面。"
            raise RefusedError("这一件刚刚被别的评查员评过分。", kept, "请先看清别人的评分。")
        centre.say_in(db, [Own(view.visitor.account, "lot.scored", subject, said, "")])


def _whole(typed: Mapping[str, str]) -> dict[str, int]:
    """The points as typed. Raises RefusedError for one that is missing or out of its range."""
    points = {}
    for one in lots.CHECKLIST:
        text = typed.get(one.code, "")
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= one.most):
            raise RefusedError(f"“{one.words}”请填 0 到 {one.most} 的整数。", "没有保存。")
        points[one.code] = int(text)
    if any(points[one.code] < one.most for one in lots.CHECKLIST) and not typed["text"]:
        raise RefusedError("扣了分的，请在评语里写明原因。", "没有保存。")
    return points


@router.get("/lots/{key}/results.xlsx")
def results(request: Request, visitor: Reader, key: str) -> Response:
    """The results as a workbook; for those who see every draw also the pool, so that anyone can draw again."""
    centre, files = centre_of(request), found_for(request, visitor, key)
    lot, drawn = files.one, files.one.drawn
    sheets: list[Any] = [("抽取", ("项目", "内容"), _head(centre, lot)), ("评分", *_scores(files))]
    if visitor.may(WATCH):
        with centre.database.read() as db:
            pool = report_rows.pool(db, drawn.since, drawn.until, drawn.org, drawn.task_code)
            sheets.append(("范围", ("收件号",), [(one,) for one in itertools.islice(pool, _MOST_POOL)]))
    return attached(book(sheets, made(centre)), f"案卷评查-{drawn.title}.xlsx")


def _head(centre: Centre, lot: lots.Lot) -> list[tuple[str, Any]]:
    """How it was drawn, so that anyone can draw again."""
    drawn = lot.drawn
    return [
        ("名称", drawn.title),
        ("办结日期", f"{drawn.since} 至 {drawn.until}"),
        ("部门", drawn.org or "全部"),
        ("事项", item_name(centre, drawn.task_code) or "全部"),
        ("种子", drawn.seed),
        ("范围件数", drawn.pool),
        ("范围校验值", drawn.pool_mark),
        ("抽取件数", len(drawn.cases)),
        ("抽取人", drawn.officer),
        ("抽取时间", clock.minute(lot.drawn_at)),
        ("抽取办法", "SHA-256(“daiban lot 1”、0、种子、0、收件号) 由小到大取前若干件"),
        ("评查意见", lot.result),
    ]


def _scores(found: FoundLot) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The columns of the scores, and a line for each file that the visitor sees."""
    points = (f"{one.words}（{one.most}）" for one in lots.CHECKLIST)
    columns = ("收件号", "部门", "事项", "办结日期", *points, "得分", "等次", "评语", "评查员")
    return columns, [_score_line(found.one, found.rows.get(one), one) for one in found.mine]


def _score_line(lot: lots.Lot, row: Row | None, number: str) -> tuple[Any, ...]:
    shown, scored = file_line(lot, row, number), lot.scores.get(number)
    points = [scored.points.get(code, 0) if scored else "" for code in _CODES]
    tail = (scored.score, shown["grade"], scored.text, scored.officer) if scored else ("", "", "", "")
    return (number, shown["org"], shown["item"], shown["ended"], *points, *tail)
