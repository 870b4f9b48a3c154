"""Requests for disclosure that come at the window, by post or fax, or are spoken by one who cannot write: filled in by
the office for disclosure and registered in the same breath (政府信息公开条例§29, §31)."""

from __future__ import annotations

import datetime as dt

import msgspec
from fastapi import APIRouter, Request, Response

from db.centre import records
from desk.centre.run import guard
from desk.centre.watch import asking, disclosing
from desk.centre.web.disclosures import Poster, Reader
from desk.centre.web.frame import Typed, centre_of, day_of, go, page
from desk.centre.web.public_disclosure import FORMS, WAYS, AskedFor, taken_in
from desk.errors import RefusedError
from desk.folds.office.disclosing import yearly
from desk.folds.office.disclosing.request import CHANNELS, CONFIRMED, Disclosure
from desk.log.office_events import Disclosing

router = APIRouter(include_in_schema=False)
_CHANNELS = {code: CHANNELS[code] for code in ("window", "mail", "letter", "fax")}


@router.get("/disclosures/new")
def new_page(request: Request, visitor: Reader) -> Response:
    """The form."""
    return _form(request, visitor, {"came": centre_of(request).today().isoformat()})


def _form(
    request: Request, visitor: guard.Visitor, typed: dict[str, str], message: str = "", status: int = 200
) -> Response:
    facts = {"forms": FORMS, "ways": WAYS, "channels": _CHANNELS, "sorts": yearly.SORTS}
    once = typed.get("once") or asking.form_mark()
    return page(
        request, "disclosure_new.html", status, visitor=visitor, typed=typed, message=message, once=once, **facts
    )


@router.post("/disclosures/new")
def take_in(
    request: Request,
    visitor: Poster,
    typed: AskedFor,
    channel: Typed = "",
    came: Typed = "",
    sort: Typed = "",
) -> Response:
    """Take it in and register it; a letter or fax waits for the day of its confirmation (§31)."""
    centre = centre_of(request)
    try:
        day = _came(centre.today(), channel, came)
        said = {"channel": channel, "officer": visitor.name, "came": day}
        made = taken_in(centre, typed, author=visitor.account, **said)
    except RefusedError as error:
        more = {"channel": channel, "came": came, "sort": sort}
        return _form(request, visitor, typed | more, error.sentences(), 409)
    if channel not in CONFIRMED:
        _register(request, visitor, made.number, sort)
    if not visitor.sees_org("综合窗口"):
        return page(request, "disclosure_taken.html", visitor=visitor, made=made)
    return go(f"/disclosures/{made.number}")


def _came(today: dt.date, channel: str, came: str) -> dt.date:
    """The day it came. Raises RefusedError for one in the future, and for no channel."""
    if channel not in _CHANNELS:
        raise RefusedError("请选申请是怎样来的。", "没有登记。")
    day = day_of(came, "没有登记。") or today
    if day > today:
        raise RefusedError("来件的日期不能在今天以后。", "没有登记。")
    return day


def _register(request: Request, visitor: guard.Visitor, number: str, sort: str) -> None:
    centre = centre_of(request)
    with centre.database.read() as db:
        kept = records.one_record(db, "disclosure", number)
    if kept is None:
        return
    found = msgspec.json.decode(kept["data"], type=Disclosure)
    if found.state == "asked":  # not when the form was sent twice
        said = Disclosing(
            visitor.name, visitor.org, day=found.asked.came, sort=sort or yearly.sort_of(found.asked.id_number)
        )
        disclosing.take(centre, visitor.account, found, "disclosure.registered", said, int(kept["entries"]))
