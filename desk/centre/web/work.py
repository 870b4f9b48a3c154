"""The work list: cases by state and clock, filtered and searched, accepted in bulk, alive."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Any, TypeVar, cast

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from db.centre import rows
from db.centre.database import AWAY, is_full
from db.centre.lists import case_rows
from desk import clock
from desk.centre.duty import accepting, tasks
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import HANDLE, READ
from desk.centre.run import guard
from desk.centre.web import case_links, finding, record_pages, turn_lists
from desk.centre.web.frame import (
    PAGE,
    Asked,
    Typed,
    centre_of,
    go,
    linked,
    page,
    pages,
    posted,
    signed_in,
)
from desk.centre.web.public_guides import on_shelf
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import clock_line
from desk.folds.case import State
from desk.folds.office.roster.duties import Roster
from desk.law import deadline, numbers
from desk.law.catalogue.search import called
from desk.log import events

_log = logging.getLogger("desk.centre")
router = APIRouter(include_in_schema=False)

# Tabs of the list: name, title, the states in it.
_RESULT = (State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT)
TABS: tuple[tuple[str, str, tuple[State, ...]], ...] = (
    ("todo", "待受理", (State.ARRIVED, State.PRE_CHECK)),
    ("review", "审查中", (State.ACCEPTED, State.IN_REVIEW, State.EXTENDED)),
    ("waiting", "等申请人", (State.SUPPLEMENT_ASKED, State.SUPPLEMENTED, State.SUSPENDED)),
    ("result", "待送达", _RESULT),
    ("way", "还在路上", (State.COLLECTED, State.IN_TRANSIT)),
    ("all", "全部", ()),
)
_BULK = 200
_HEADS = 500  # kept at once
_EVERY = 2.0  # seconds between two looks whether something is new
_LONGEST = 600  # of those looks; then the browser connects anew

Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Handler = Annotated[guard.Visitor, Depends(posted(HANDLE))]


def soon(centre: Centre) -> dt.date:
    """The last day that is yellow today: the next working day."""
    return deadline.working_day_after(centre.today(), 1, centre.publications.holidays)


def listed(row: rows.Row, now: dt.date, near: dt.date) -> dict[str, Any]:
    """A case's row as lists show it."""
    due = row["deliver_due"] if row["ended_day"] else row["next_due"] or row["suspended_until"]
    warn = "red" if due and due < now.isoformat() else "yellow" if due and due <= near.isoformat() else ""
    return {
        **row,
        "number": numbers.grouped(row["intake_no"]),
        "state_name": cases.STATE_NAMES[State(row["state"])],
        "arrived": clock.minute(row["arrived_at"]),
        "due_day": due,
        "due_name": clock_line.next_name(row, State(row["state"])),
        "town": record_pages.town_name(row["point"]),
        "warn": warn,
        "warn_word": {"red": "超期", "yellow": "临近", "": ""}[warn],
    }


def asked_cases(
    find: finding.Found = "",
    tab: Asked = "",
    clock: Asked = "",
    task: Asked = "",
    place: Asked = "",
    org: Asked = "",
    mine: Asked = "",
    order: Asked = "",
    body: Asked = "",
    whose: Asked = "",
) -> dict[str, str]:
    """A dependency: what an address asks of the list."""
    asked = {"find": find, "tab": tab, "clock": clock, "task": task, "place": place, "org": org, "mine": mine}
    return {**asked, "order": order, "body": body, "whose": whose if whose in turn_lists.WHOSE else ""}


Listed = Annotated[dict[str, str], Depends(asked_cases)]
Figure = Annotated[dict[str, str], Depends(case_links.asked)]
_STATES = {name: states for name, _title, states in TABS}


@router.get("/cases")
def case_list(
    request: Request,
    visitor: Reader,
    asked: Listed,
    figure: Figure,
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    done: Annotated[int, Query(ge=0, le=_BULK)] = 0,
    undone: Annotated[int, Query(ge=0, le=_BULK)] = 0,
) -> Response:
    """The list of cases; `done`: how many were accepted at once just now."""
    centre = centre_of(request)
    text = finding.opened(centre, visitor.account, asked["find"])
    asked = _settled(asked, is_narrowed=bool(text or figure)) | figure
    with centre.database.read() as db:
        known = tasks.rosters(db)
        shared = _shared(centre, visitor, asked, figure, known)
        wanted = _wanted(centre, asked, text, shared)
        page_rows = case_rows.case_page(db, wanted, (at - 1) * PAGE, PAGE)
        count = case_rows.case_count(db, wanted)
        direct = rows.direct(db, {row["point"] for row in page_rows})
        mark = change_mark(db)
        head = _head(request, db, mark, shared)
        offered = _offered(request, db, mark, visitor.sees)
        waits = turn_lists.waits(centre, db, visitor, known)
    return page(
        request,
        "cases.html",
        visitor=visitor,
        rows=[
            {
                **listed(row, centre.today(), soon(centre)),
                "is_ours": row["point"] in direct,
                "body_name": _body_name(centre, row["body"]) or row["org"],
                "turn_words": turn_lists.turn_words(row, known, centre.today()),
            }
            for row in page_rows
        ],
        count=count,
        more=count >= 10_000,
        tabs=[(name, title, sum(head.counts.get(one, 0) for one in states)) for name, title, states in TABS],
        tab=asked["tab"],
        red=head.red,
        yellow=head.yellow,
        items=offered.items,
        towns=_with(offered.towns, asked["place"], record_pages.place_name),
        bodies=_with(
            sorted(((one, _body_name(centre, one)) for one in offered.bodies), key=lambda pair: pair[1]),
            asked["body"],
            lambda one: _body_name(centre, one),
        ),
        sort=_sorts(asked),
        asked=asked,
        text=text,
        figure=figure,
        figure_words=case_links.words(figure, asked["org"], shared["place"]) if figure else "",
        page=at,
        pages=pages(count),
        query=linked(asked),
        may_handle=visitor.may(HANDLE) and bool(direct or not page_rows),
        mark=mark,
        done=done,
        undone=undone,
        undoable=accepting.waiting(centre, visitor.account) if done else 0,
        waits=waits,
    )


def _settled(asked: dict[str, str], *, is_narrowed: bool) -> dict[str, str]:
    """With a tab that there is, and an order that goes with it."""
    tab = asked["tab"] if asked["tab"] in _STATES else "all" if is_narrowed else "todo"
    return {**asked, "tab": tab, "order": asked["order"] or ("due" if tab in ("todo", "review") else "arrived")}


def _shared(
    centre: Centre, visitor: guard.Visitor, asked: dict[str, str], figure: dict[str, str], known: list[Roster]
) -> dict[str, Any]:
    """What narrows the list and the counts above it alike."""
    return {
        "sees": visitor.sees,
        "org": asked["org"],
        "task_code": asked["task"],
        "place": asked["place"] if asked["place"].isdigit() else "",
        "body": asked["body"],
        "holder": visitor.account if asked["mine"] else "",
        "today": centre.today().isoformat(),
        "soon": soon(centre).isoformat(),
        "behind": case_links.behind(figure),
        "turns": turn_lists.turns(centre, visitor, asked["whose"], known),
    }


def _wanted(centre: Centre, asked: dict[str, str], text: str, shared: dict[str, Any]) -> case_rows.Asked:
    named = called(on_shelf(centre), text, centre.publications.words)
    tab, clock, order = asked["tab"], asked["clock"], asked["order"]
    ended = "no" if tab in ("todo", "review", "waiting") else ""  # says what the states do, by the index of open cases
    return case_rows.Asked(text=text, states=_STATES[tab], clock=clock, order=order, ended=ended, named=named, **shared)


def _body_name(centre: Centre, body: str) -> str:
    """The name today of the body of this code; what has no code is named as it is."""
    found = centre.publications.bodies.get(body)
    return found.name_on(centre.today()) if found else body


def _with(offered: list[tuple[str, str]], chosen: str, name: Callable[[str], str]) -> list[tuple[str, str]]:
    """What may be chosen, with what is chosen now."""
    known = not chosen or any(code == chosen for code, _ in offered)
    return offered if known else [*offered, (chosen, name(chosen))]


def _sorts(asked: dict[str, str]) -> dict[str, tuple[str, str]]:
    """For each column that sorts: which way the list goes by it now ("" for not), and what a press asks for."""
    now, way = case_rows.direction(asked["order"])
    return {
        name: (way, f"-{name}" if way == itself else name) if name == now else ("", name)
        for name, itself in case_rows.ORDERS.items()
    }


Found = TypeVar("Found", bound=msgspec.Struct)


class Head(msgspec.Struct, frozen=True):
    """What stands above the list: open cases by state, red and yellow ones."""

    counts: dict[str, int]
    red: int
    yellow: int


class Offered(msgspec.Struct, frozen=True):
    """What the list can be narrowed to: items, townships (code and name) and codes of bodies."""

    items: list[tuple[str, str]]
    towns: list[tuple[str, str]]
    bodies: list[str]


class _Counted(msgspec.Struct, frozen=True):
    """What was counted, of when, and how long that took."""

    found: Any
    mark: str
    at: float
    seconds: float


def _kept(request: Request, key: str, mark: str, count: Callable[[], Found]) -> Found:
    """Counted anew when the log has grown; where counting takes long, only so often that it is a tenth of the work."""
    kept: dict[str, _Counted] = request.app.state.heads
    known, now = kept.get(key), time.monotonic()
    if known and (known.mark == mark or now - known.at < 10 * known.seconds):
        return cast("Found", known.found)
    found = count()
    if len(kept) > _HEADS:
        kept.clear()
    kept[key] = _Counted(found, mark, now, time.monotonic() - now)
    return found


def _head(request: Request, db: sa.Connection, mark: str, shared: dict[str, Any]) -> Head:
    def count() -> Head:
        overview = case_rows.overview(db, case_rows.Asked(ended="no", **shared))
        done = case_rows.result_counts(db, case_rows.Asked(**shared), [entry.value for entry in _RESULT])
        counts: dict[str, int] = dict(done)
        for row in overview:
            counts[row["state"]] = counts.get(row["state"], 0) + row["count"]
        return Head(counts, *(sum(int(row[name]) for row in overview) for name in ("red", "yellow")))

    return _kept(request, f"head {sorted(shared.items())}", mark, count)


def _offered(request: Request, db: sa.Connection, mark: str, sees: Sequence[str]) -> Offered:
    def count() -> Offered:
        found = case_rows.choices(db, sees)
        items = sorted({(row["task_code"], row["item_name"]) for row in found}, key=lambda entry: entry[1])
        towns = sorted((one, record_pages.town_name(one)) for one in {row["town"] for row in found})
        return Offered(items, towns, sorted({row["body"] for row in found if row["body"]}))

    return _kept(request, f"offered {sorted(sees)}", mark, count)


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
    done, refused = dict[str, int](), []
    for intake_no in chosen:
        try:
            done |= _accept(centre, visitor, intake_no)
        except RefusedError as error:
            refused.append(f"{numbers.grouped(intake_no)}：{error.happened}")
    accepting.keep(centre, visitor.account, done)
    if refused:
        words = f"已受理 {len(done)} 件；下面 {len(refused)} 件没有改动：\n" + "\n".join(refused)
        undo = len(done)
        return page(request, "message.html", 409, visitor=visitor, message=words, undo=undo, list_at=back)
    told = f"done={len(done)}"
    return go(f"/cases?{back}&{told}" if back and "\n" not in back else f"/cases?{told}")


@router.post("/cases/accept/undo")
def undo_accepting(request: Request, visitor: Handler, back: Typed = "") -> Response:
    """Take back what was accepted at once just now; what others went on with stays and is told."""
    undone = accepting.undo(centre_of(request), visitor.account, visitor.name)
    if undone.refused:
        words = f"已撤销受理 {undone.count} 件；下面 {len(undone.refused)} 件没有改动：\n" + "\n".join(undone.refused)
        return page(request, "message.html", 409, visitor=visitor, message=words)
    told = f"undone={undone.count}"
    return go(f"/cases?{back}&{told}" if back and "\n" not in back else f"/cases?{told}")


def _accept(centre: Centre, visitor: guard.Visitor, number: str) -> dict[str, int]:
    with centre.database.read() as db:
        row = case_rows.one_case(db, number)
    if row is None or not visitor.sees_org(row["body"]):
        raise RefusedError("没有这件办件。")
    accepted = events.Accepted(visitor.name, row["org"] or visitor.org)
    centre.act(visitor.account, "case.accepted", row["intake_no"], accepted, int(row["entries"]))
    return {row["intake_no"]: int(row["entries"]) + 1}


def change_mark(db: sa.Connection) -> str:
    """Changes with whatever a desk sent or somebody here did."""
    return "{}.{}".format(*_ends(db))


def _ends(db: sa.Connection) -> tuple[int, int]:
    """The last of our own entries, and the last batch that came."""
    return rows.own_end(db)[0], rows.last_batch(db)


@router.get("/events")
async def live(request: Request, visitor: Reader) -> Response:
    """Server-sent events: one whenever a case that the visitor sees was told of, for pages that want to be alive."""
    centre = centre_of(request)

    def look(last: tuple[int, int] | None) -> tuple[tuple[int, int], bool]:
        with centre.database.read() as db:
            now = _ends(db)
            changed = last not in (None, now)
            return now, changed and case_rows.is_news(db, centre.node, *last or now, visitor.sees)

    async def told() -> AsyncIterator[str]:
        last: tuple[int, int] | None = None
        for at in range(_LONGEST):
            if await request.is_disconnected() or getattr(request.app.state, "ending", False):
                return
            try:
                now, is_news = await run_in_threadpool(look, last)
            except AWAY as error:  # the browser connects anew
                _log.warning("the news of the list end", extra={"code": "full" if is_full(error) else "busy"})
                return
            if at == 0:
                yield "retry: 5000\n\n"
            else:
                yield f"event: changed\ndata: {now[0]}.{now[1]}\n\n" if is_news else ": \n\n"
            last = now
            await asyncio.sleep(_EVERY)

    return StreamingResponse(told(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
