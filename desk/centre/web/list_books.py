"""The lists of cards and complaints as workbooks: what the page shows, all of its pages, of what the visitor sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response

from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk.centre.node.centre_node import Centre
from desk.centre.watch.batch_books import Cell, book
from desk.centre.web import complaints, record_pages, supervision
from desk.centre.web.frame import attached, centre_of, made

router = APIRouter(include_in_schema=False)
_PAGE = 1000
MOST = 50_000  # lines; a last one says how many more there are
_CARDS = (
    *("监察编号", "牌", "事由", "规则", "对象", "部门", "地点", "代办员", "状态", "亮牌", "下一步最迟", "已过"),
    "销牌",
)
_COMPLAINTS = (
    *("编号", "类别", "承办部门", "地点", "代办员", "关于办件", "状态", "提出", "答复最迟", "已过", "办结", "公开"),
)
Line = Callable[[dict[str, Any]], tuple[Cell, ...]]


@router.get("/supervision.xlsx")
def cards_book(request: Request, visitor: supervision.Reader, asked: supervision.Cards) -> Response:
    """The cards that the page lists."""
    centre = centre_of(request)
    wanted = supervision.wanted_cards(centre, visitor, asked)

    def line(row: dict[str, Any]) -> tuple[Cell, ...]:
        shown = supervision.card_line(centre, row)
        about = "" if ":" in row["about"] else row["about"]
        who = (row["org"], record_pages.place_name(row["place"]), row["agent"])
        days = (row["day"], row["due"], "已过" if shown["late"] else "", row["closed_day"])
        head = (shown["key"][:8].upper(), shown["colour_name"], row["title"], shown["rule_name"], about)
        return (*head, *who, shown["state_name"], *days)

    return _book(centre, "监察牌", _CARDS, wanted, line)


@router.get("/complaints.xlsx")
def complaints_book(request: Request, visitor: complaints.Reader, asked: complaints.Listed) -> Response:
    """The complaints that the page lists; no names and no telephones, as there."""
    centre = centre_of(request)
    now = centre.today().isoformat()
    wanted = complaints.wanted_complaints(now, visitor, asked)

    def line(row: dict[str, Any]) -> tuple[Cell, ...]:
        shown = complaints.complaint_line(row, now)
        who = (row["org"], record_pages.place_name(row["place"]), row["agent"], row["about"])
        days = (row["day"], row["due"], "已过" if shown["late"] else "", row["closed_day"])
        return (row["number"], shown["sort"], *who, shown["state_name"], *days, "已公开" if row["score"] else "")

    return _book(centre, "投诉建议", _COMPLAINTS, wanted, line)


def _book(centre: Centre, name: str, heads: tuple[str, ...], wanted: Wanted, line: Line) -> Response:
    lines = _lines(centre, wanted, line, len(heads))
    return attached(book([(name, heads, lines)], made(centre)), f"{name}-{centre.today():%Y%m%d}.xlsx")


def _lines(centre: Centre, wanted: Wanted, line: Line, wide: int) -> Iterator[tuple[Cell, ...]]:
    """A page of rows at a time, all of one snapshot."""
    with centre.database.read() as db:
        count = record_lists.count(db, wanted)
        for at in range(0, min(count, MOST), _PAGE):
            for row in record_lists.listed(db, wanted, at, min(_PAGE, MOST - at)):
                yield line(dict(row))
    if count > MOST:
        yield (f"还有 {count - MOST} 条没有列出，请缩小范围再导出。", *[""] * (wide - 1))
