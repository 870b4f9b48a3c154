"""The work list: cases by state and clock, filtered and searched, accepted in bulk, alive."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from db.centre import case_rows, rows
from desk import case as cases
from desk import deadline, events, numbers
from desk.case import State
from desk.centre import guard
from desk.centre.roles import HANDLE, READ
from desk.centre.seat import Centre
from desk.centre.web import behind
from desk.centre.web.frame import (
    PAGE,
    Asked,
    Typed,
    centre_of,
    go,
    page,
    posted,
    shown_time,
    signed_in,
    today,
)
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)

# Tabs of the list: name, title, the states in it.
TABS: tuple[tuple[str, str, tuple[State, ...]], ...] = (
    ("todo", "待受理", (State.ARRIVED, State.PRE_CHECK)),
    ("review", "审查中", (State.ACCEPTED, State.IN_REVIEW, State.EXTENDED)),
    ("waiting", "等申请人", (State.SUPPLEMENT_ASKED, State.SUPPLEMENTED, State.SUSPENDED)),
    ("result", "待送达", (State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT)),
    ("way", "还在路上", (State.COLLECTED, State.IN_TRANSIT)),
    ("all", "全部", ()),
)
_BULK = 200
_EVERY = 2.0  # seconds between two looks whether something is new
_LONGEST = 600  # of those looks; then the browser connects anew

Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Handler = Annotated[guard.Visitor, Depends(posted(HANDLE))]


def soon(centre: Centre) -> dt.date:
    """The last day that is yellow today: the next working day."""
    return deadline.working_day_after(today(centre), 1, centre.shelf.holidays)


def listed(row: rows.Row, now: dt.date, near: dt.date) -> dict[str, Any]:
    """A case's row as lists show it."""
    due = row["next_due"] if not row["ended_day"] else ""
    warn = "red" if due and due < now.isoformat() else "yellow" if due and due <= near.isoformat() else ""
    return {
        **row,
        "number": numbers.grouped(row["intake_no"]),
        "state_name": cases.STATE_NAMES[State(row["state"])],
        "arrived": shown_time(row["arrived_at"]),
        "due_day": due,
        "warn": warn,
        "warn_word": {"red": "超期", "yellow": "临近", "": ""}[warn],
    }


@router.get("/cases")
def case_list(
    request: Request,
    visitor: Reader,
    text: Asked = "",
    tab: Asked = "",
    clock: Asked = "",
    task: Asked = "",
    place: Asked = "",
    org: Asked = "",
    mine: Asked = "",
    order: Asked = "",
    *,
    figure: Annotated[dict[str, str], Depends(behind.asked)],
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The list of cases."""
    centre = centre_of(request)
    known = {name: (title, states) for name, title, states in TABS}
    tab = tab if tab in known else "all" if text or figure else "todo"
    shared: dict[str, Any] = {
        "sees": visitor.sees,
        "org": org,
        "task_code": task,
        "place": place if place.isdigit() else "",
        "holder": visitor.account if mine else "",
        "today": today(centre).isoformat(),
        "soon": soon(centre).isoformat(),
        "behind": behind.told(figure),
    }
    order = order or ("due" if tab in ("todo", "review") else "arrived")
    wanted = case_rows.Asked(text=text.strip(), states=known[tab][1], clock=clock, order=order, **shared)
    with centre.database.read() as db:
        found = case_rows.case_page(db, wanted, (at - 1) * PAGE, PAGE)
        count = case_rows.case_count(db, wanted)
        open_now = case_rows.Asked(ended="no", **shared)
        counts = case_rows.state_counts(db, open_now)
        red = case_rows.case_count(db, case_rows.Asked(clock="red", **shared))
        yellow = case_rows.case_count(db, case_rows.Asked(clock="yellow", **shared))
        items = case_rows.items_of(db, open_now)
        mark = change_mark(db)
    asked = {"text": text, "tab": tab, "clock": clock, "task": task, "place": place, "org": org, "mine": mine}
    asked |= {"order": order, **figure}
    return page(
        request,
        "cases.html",
        visitor=visitor,
        rows=[listed(row, today(centre), soon(centre)) for row in found],
        count=count,
        more=count >= 10_000,
        tabs=[(name, title, sum(counts.get(one, 0) for one in states)) for name, title, states in TABS],
        tab=tab,
        red=red,
        yellow=yellow,
        items=items,
        asked=asked,
        figure=figure,
        figure_words=behind.words(figure, org, shared["place"]) if figure else "",
        page=at,
        pages=max(1, -(-count // PAGE)),
        query=lambda **changes: urlencode({k: v for k, v in {**asked, **changes}.items() if v}),
        may_handle=visitor.may(HANDLE),
        mark=mark,
    )


@router.post("/cases/accept")
def accept_many(
    request: Request, visitor: Handler, number: Annotated[list[str] | None, Form()] = None, back: Typed = ""
) -> Response:
    """Accept several at once; each by the same rules as one, what is refused is told."""
    chosen = list(dict.fromkeys(number or []))
    if not chosen:
        raise RefusedError("没有选中办件。", "没有改动。", "请先在列表里勾选。")
    if len(chosen) > _BULK:
        raise RefusedError(f"一次最多受理 {_BULK} 件。", "没有改动。")
    centre = centre_of(request)
    done, told = 0, []
    for one in chosen:
        try:
            _accept(centre, visitor, one)
            done += 1
        except RefusedError as error:
            told.append(f"{numbers.grouped(one)}：{error.happened}")
    if told:
        words = f"已受理 {done} 件；下面 {len(told)} 件没有改动：\n" + "\n".join(told)
        return page(request, "told.html", 409, visitor=visitor, told=words)
    return go(f"/cases?{back}" if back and "\n" not in back else "/cases")


def _accept(centre: Centre, visitor: guard.Visitor, number: str) -> None:
    with centre.database.read() as db:
        row = case_rows.one_case(db, number)
    if row is None or not visitor.sees_org(row["org"]):
        raise RefusedError("没有这件办件。")
    accepted = events.Accepted(visitor.name, row["org"] or visitor.org)
    centre.act(visitor.account, "case.accepted", row["intake_no"], accepted, int(row["entries"]))


def change_mark(db: sa.Connection) -> str:
    """Changes with whatever a desk sent or somebody here did."""
    return f"{rows.value(db, 'seq')}.{rows.last_batch(db)}"


@router.get("/events")
async def live(request: Request, _visitor: Reader) -> Response:
    """Server-sent events: one whenever the log has grown, for pages that want to be alive."""
    centre = centre_of(request)

    def look() -> str:
        with centre.database.read() as db:
            return change_mark(db)

    async def told() -> AsyncIterator[str]:
        last = await run_in_threadpool(look)
        yield "retry: 5000\n\n"
        for _ in range(_LONGEST):
            if await request.is_disconnected() or getattr(request.app.state, "ending", False):
                return
            await asyncio.sleep(_EVERY)
            now = await run_in_threadpool(look)
            yield f"event: changed\ndata: {now}\n\n" if now != last else ": \n\n"
            last = now

    return StreamingResponse(told(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
