"""Looks at what shows full numbers: each is an entry of the centre's chain before anything is shown (个人信息保护法
§51), and the list of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from db.centre import rows
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import ALL, READ
from desk.centre.run import guard
from desk.centre.web import case
from desk.centre.web.frame import PAGE, Typed, centre_of, page, posted, signed_in
from desk.centre.web.record_pages import note_look
from desk.law import numbers
from desk.log import chain, events

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(READ))]
_AT_ONCE, _MOST = 1_000, 20_000  # entries read in one question, and for one page


@router.post("/cases/{intake_no}/number")
def full_number(request: Request, visitor: Poster, intake_no: str, reasons: Typed = "", which: Typed = "") -> Response:
    """The full identity number; with `which` "phone", the telephone number."""
    found, _ = case.found_for(request, visitor, intake_no)
    subject = found.collected.applicant_id or f"seen:{intake_no}"
    what = "电话号码" if which == "phone" else "证件号码"
    note_look(centre_of(request), visitor, subject, numbers.grouped(intake_no), reasons, what)
    person, told = found.collected.applicant, f"已留痕：查看完整{what}。"
    if which == "phone":
        return case.drawn(request, visitor, intake_no, told, phone=person.phone or "未留")
    return case.drawn(request, visitor, intake_no, told, full=person.id_number)


@router.get("/looks")
def looks(request: Request, visitor: Reader, before: Annotated[int, Query(ge=0, le=2**62)] = 0) -> Response:
    """Who looked, latest first, from the entry `before` back (0: from the last): who watches all sees all, others their
    own. A page reads so many entries at most; it then ends early and leads on."""
    found, rest = _looks(centre_of(request), "" if ALL in visitor.sees else visitor.account, before)
    lines = [
        {"time": clock.minute(one.time), "who": said.officer, "why": said.reasons, "what": said.what}
        for one, said in found
    ]
    return page(request, "looks.html", visitor=visitor, lines=lines, before=before, rest=rest)


def _looks(centre: Centre, account: str, before: int) -> tuple[list[tuple[chain.Entry, events.PersonSeen]], int]:
    """A page of looks (of one account, "" for all), and the entry before which the next page begins; 0 for no more."""
    looks: list[tuple[chain.Entry, events.PersonSeen]] = []
    read = 0
    while read < _MOST:
        with centre.database.read() as db:
            some = [chain.decoded(one) for one in rows.own_of_kind(db, centre.node, "person.seen", _AT_ONCE, before)]
        for entry in some:
            data = events.decode(entry.kind, entry.data)
            if isinstance(data, events.PersonSeen) and account in ("", entry.author):
                if len(looks) == PAGE:
                    return looks, before
                looks.append((entry, data))
            before = entry.seq
        read += len(some)
        if len(some) < _AT_ONCE:
            return looks, 0
    return looks, before
