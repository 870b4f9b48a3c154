"""Desks whose agent forgot the password 解锁: who asks, who confirms, and the answer for the telephone or the stick."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile

from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.exchange import unlocking
from desk.centre.node.roles import ALL, CONFIRM, GENERAL, UNLOCK
from desk.centre.run import guard
from desk.centre.web import record_pages
from desk.centre.web.family_pages import FamilyPages, Found, View
from desk.centre.web.frame import (
    PageNumber,
    Seen,
    Typed,
    attached,
    centre_of,
    go,
    page,
    pages,
    posted,
    signed_in,
)
from desk.errors import DeskError, RefusedError
from desk.folds.office import unlocks
from desk.folds.office.unlocks import Unlock
from desk.log.office_events import UnlockMade
from desk.sync.protocol import unlock

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(UNLOCK))]
Poster = Annotated[guard.Visitor, Depends(posted(UNLOCK))]
Sent = Annotated[UploadFile | None, File()]
_CHANNELS = {"phone": "电话", "stick": "U盘", "township": "苏木乡镇转报"}
_View = View[Found[Unlock]]
_SAID = {"ask": "unlock.asked", "confirm": "unlock.confirmed", "refuse": "unlock.refused"}


def _by(visitor: guard.Visitor) -> unlocking.By:
    return unlocking.By(visitor.account, visitor.name, visitor.org)


@router.get("/unlocks")
def unlock_list(request: Request, visitor: Reader, at: PageNumber = 1) -> Response:
    """All requests, latest first, and the two ways to begin one."""
    return _drawn(request, visitor, at=at)


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    message: str = "",
    status: int = 200,
    at: int = 1,
    **typed: str,
) -> Response:
    wanted = Wanted("unlock", sees=(ALL,), general=GENERAL)
    with centre_of(request).database.read() as db:
        found, count = record_pages.paged(db, wanted, at)
    lines = [
        {
            **row,
            "key": row["id"].partition(":")[2],
            "state_name": unlocks.STATES[row["state"]],
            "way": _CHANNELS.get(row["channel"], ""),
        }
        for row in found
    ]
    facts: dict[str, Any] = {"rows": lines, "count": count, "page": at, "pages": pages(count), "typed": typed}
    return page(request, "unlocks.html", status, visitor=visitor, message=message, **facts)


@router.post("/unlocks")
def by_telephone(
    request: Request, visitor: Poster, code: Typed = "", name: Typed = "", reasons: Typed = ""
) -> Response:
    """Somebody rang: their request code, who they are, how that was verified."""
    try:
        made = unlocking.by_code(centre_of(request), code, name)
        subject = unlocking.ask(centre_of(request), _by(visitor), made, reasons.strip())
    except RefusedError as error:
        return _drawn(request, visitor, error.sentences(), 409, code=code, name=name, reasons=reasons)
    return go(f"/unlocks/{subject.partition(':')[2]}")


@router.post("/unlocks/file")
def by_file(request: Request, visitor: Poster, file: Sent = None, reasons: Typed = "") -> Response:
    """A request file from a stick."""
    data = file.file.read(unlock.MOST + 1) if file is not None and file.filename else b""
    try:
        made: UnlockMade = unlocking.by_file(centre_of(request), data)
        subject = unlocking.ask(centre_of(request), _by(visitor), made, reasons.strip())
    except DeskError as error:
        return _drawn(request, visitor, error.sentences(), 409, why=reasons)
    return go(f"/unlocks/{subject.partition(':')[2]}")


# -- one of them -------------------------------------------------------------------------------------------------


def _record_for(request: Request, _visitor: guard.Visitor, key: str) -> Found[Unlock]:
    return record_pages.record(request, "unlock", key, Unlock)


def _shown(view: _View) -> dict[str, Any]:
    one, account = view.found.one, view.visitor.account
    is_ours = account in (one.asker, one.confirmer)
    may_confirm = view.visitor.may(CONFIRM) and one.state == "asked" and account != one.asker
    is_good = unlocks.is_good(one, view.centre.today())
    return {
        "one": one,
        "state_name": unlocks.STATES[one.state],
        "way": _CHANNELS.get(one.made.channel, ""),
        "code": unlock.spelt(one.made.code),
        "made_at": clock.minute(one.made_at),
        "may_ask": one.state == "made",
        "may_confirm": may_confirm,
        "may_refuse": one.state in ("made", "asked", "confirmed"),
        "may_show": is_good and is_ours,
        "waits_for_other": one.state == "asked" and not may_confirm,
        "is_over": one.state in unlocks.GOOD and not is_good,
        "days": unlocks.DAYS,
        "answer": view.typed.get("answer", "").split(),
        "history": record_pages.history(one.history, {}),
    }


PAGES = FamilyPages("/unlocks", "unlock.html", _record_for, _shown)


@router.get("/unlocks/{key}")
def unlock_page(request: Request, visitor: Reader, key: str) -> Response:
    """One request."""
    return PAGES.drawn(request, visitor, key)


@router.post("/unlocks/{key}/{step}")
def take_step(request: Request, visitor: Poster, key: str, step: str, seen: Seen = 0, text: Typed = "") -> Response:
    """Ask, confirm or refuse; `show` gives the digits to read out, `file` the answer for the stick."""
    record = _record_for(request, visitor, key)
    subject, centre = record.one.id, centre_of(request)
    try:
        match step:
            case "show":
                code = unlocking.answer_code(centre, _by(visitor), subject)
                return PAGES.drawn(request, visitor, key, "已留痕：取出答复码。", typed={"answer": code})
            case "file":
                data = unlocking.answer_file(centre, _by(visitor), subject)
                return attached(data, unlocking.file_name(record.one.made), "application/octet-stream")
    except DeskError as error:
        return PAGES.drawn(request, visitor, key, error.sentences(), 409)

    def act(_view: _View) -> None:
        unlocking.say(centre, _by(visitor), _SAID.get(step, ""), subject, text.strip(), seen)

    return PAGES.took(request, visitor, key, act, {"text": text})
