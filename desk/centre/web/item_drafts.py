"""Drafts of items that wait: the list with what is wrong with each, one mended, some sent to be judged."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response

from desk import clock
from desk.centre.drafting import approving, beginning, item_drafts
from desk.centre.drafting.approving import By, Why
from desk.centre.drafting.item_drafts import Waiting
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import (
    Asked,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    go,
    must_be_day,
    page,
    pages,
    posted,
    signed_in,
)
from desk.errors import DeskError, RefusedError
from desk.folds.office import lives
from desk.law import codes
from desk.law.item_tables import limits
from desk.log.life_events import LifeFiled

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Keys = Annotated[list[str] | None, Form(max_length=6000)]
_LINES = 100
_NAME = 200  # characters of a name
_ONLY = {"faulty": "还要改", "ready": "可以送审"}


@router.get("/catalogue/drafts")
def draft_list(
    request: Request,
    visitor: Reader,
    text: Asked = "",
    only: Asked = "",
    run: Asked = "",
    at: PageNumber = 1,
    took: Asked = "",
    gave: Asked = "",
    done: Asked = "",
) -> Response:
    """The drafts that wait, import by import."""
    words = f"已收为草稿 {took} 条。" if took.isdecimal() else "与现行的一样，没有草稿了。" if done else ""
    words += f"其中 {gave} 条代替了以前没有发布的草稿。" if gave.isdecimal() and gave != "0" else ""
    return drawn(request, visitor, text=text, only=only, run=run, at=at, is_good=words)


def drawn(
    request: Request,
    visitor: guard.Visitor,
    *,
    text: str = "",
    only: str = "",
    run: str = "",
    at: int = 1,
    message: str = "",
    is_good: str = "",
    status: int = 200,
    why: Why | None = None,
    begun: tuple[str, str] = ("", ""),
) -> Response:
    """The page of drafts, with a word above it."""
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        every = item_drafts.waiting(centre, db)
        sent = {one.key for one in every if _sent(db, one)}
    kept = [one for one in every if _wanted(one, text, only, run)]
    faulty = sum(bool(one.faults) for one in every)
    ready = sum(not one.faults and one.key not in sent for one in every)
    return page(
        request,
        "item_drafts.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        runs=[(key, file, clock.minute(when), count) for key, file, when, count in item_drafts.runs(every)],
        lines=[_line(centre, one, is_sent=one.key in sent) for one in kept[(at - 1) * _LINES : at * _LINES]],
        count=len(kept),
        total=len(every),
        counts={"faulty": faulty, "ready": ready},
        names=_ONLY,
        reasons=lives.REASONS,
        why=why or Why(),
        begun=begun,
        text=text.strip(),
        only=only,
        run=run,
        page=at,
        pages=pages(len(kept), _LINES),
    )


def _wanted(one: Waiting, text: str, only: str, run: str) -> bool:
    item = one.draft.item
    search = f"{item.item_name} {item.org_name} {item.task_code}"
    fits = only not in _ONLY or bool(one.faults) is (only == "faulty")
    return fits and run in ("", one.run) and all(term in search for term in text.split())


def _line(centre: Centre, one: Waiting, *, is_sent: bool) -> dict[str, Any]:
    item = one.draft.item
    return {
        "key": one.key,
        "name": item.item_name,
        "code": item.task_code,
        "org": item.org_name,
        "type": codes.ITEM_TYPES.get(item.item_type, "没有类型"),
        "limit": limits.short(item.promised_limit) or limits.short(item.statutory_limit) or "没有期限",
        "materials": len(item.materials),
        "what": _what(one),
        "faults": one.faults,
        "sent": is_sent,
        "gaps": item_drafts.gaps(centre, item),
        "said": [said.text for said in one.draft.findings],
    }


def _what(one: Waiting) -> str:
    if not one.draft.before:
        return "新增"
    return f"改{'、'.join(one.draft.fields)}" if one.draft.fields else f"照第 {one.draft.before} 版"


@router.post("/catalogue/drafts/send")
def send(
    request: Request,
    visitor: Editor,
    key: Keys = None,
    every: Typed = "",
    reason: Typed = "",
    document: Typed = "",
    note: Typed = "",
    adopted: Typed = "",
    approved_by: Typed = "",
    filed_no: Typed = "",
    filed_on: Typed = "",
) -> Response:
    """Send the drafts that were ticked to be judged, or every one that is ready; with `adopted`, as decided, approved
    and filed elsewhere, for another to look up."""
    centre = centre_of(request)
    why = Why(reason, document, note)
    try:
        filed = _filed(visitor.name, approved_by, filed_no, filed_on) if adopted else None
        keys = set(key or ())
        if every:
            with centre.database.read() as db:
                centre.publications.refresh(centre.node, db)
                waits = item_drafts.waiting(centre, db)
                keys = {one.key for one in waits if not one.faults and not _sent(db, one)}
        count = approving.send(centre, By(visitor.account, visitor.name), keys, why, filed)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409, why=why)
    left = "请另一位目录编辑照批准的文件核对" if adopted else "记下意见和集体决定，由另一位目录编辑核定备案"
    return drawn(request, visitor, is_good=f"已送审 {count} 条。{left}后发布。")


def _filed(name: str, approved_by: str, filed_no: str, filed_on: str) -> LifeFiled:
    return LifeFiled(approved_by.strip(), filed_no.strip(), must_be_day(filed_on, "没有送审。"), name)


@router.post("/catalogue/drafts/begin")
def begin(
    request: Request,
    visitor: Editor,
    code: Typed = "",
    version: Seen = 0,
    name: Typed = "",
    org: Typed = "",
) -> Response:
    """A draft of a published version of `code`, or of a new item of this `name`; its form is opened."""
    centre = centre_of(request)
    try:
        if code:
            key = beginning.of_version(centre, visitor.account, code, version)
        else:
            key = beginning.new(centre, visitor.account, name[:_NAME], org[:_NAME])
    except RefusedError as error:
        return drawn(request, visitor, message=error.sentences(), status=409, begun=(name, org))
    return go(f"/catalogue/drafts/{key}?done=begun")


def _sent(db: sa.Connection, one: Waiting) -> bool:
    """Whether the draft is being judged as it stands."""
    life = approving.life_of(db, one.draft.item.task_code)
    return life is not None and life.state in ("heard", "decided", "adopting") and life.last.told.item == one.draft.item
