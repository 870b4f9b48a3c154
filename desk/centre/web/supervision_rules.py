"""The rules of supervision as a banner uses them, and many cards acknowledged together."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import records
from desk.centre.node.roles import GENERAL, OFFICE, SUPERVISE
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.centre.web.frame import (
    PAGE,
    Asked,
    PageNumber,
    Typed,
    centre_of,
    go,
    page,
    pages,
    posted,
    settings_of,
    signed_in,
)
from desk.centre.web.supervision import Reader, card_line
from desk.errors import RefusedError
from desk.folds.office import cards, findings
from desk.folds.office.overseeing import rulebook
from desk.log.office_events import RulebookWritten, Said

router = APIRouter(include_in_schema=False)
USES = {"explain": "要说明", "quiet": "知悉即可", "off": "不用"}
_AT_ONCE = 500
Supervisor = Annotated[guard.Visitor, Depends(posted(SUPERVISE))]
Office = Annotated[guard.Visitor, Depends(signed_in(OFFICE))]
OfficePost = Annotated[guard.Visitor, Depends(posted(OFFICE))]


@router.get("/supervision/rules")
def rule_list(request: Request, visitor: Reader) -> Response:
    """Each rule: its colour, its basis, what it looks at, how this banner uses it."""
    return _rules(request, visitor)


def _rules(request: Request, visitor: guard.Visitor, message: str = "", status: int = 200) -> Response:
    days = settings_of(request).silent_days
    shown = [msgspec.structs.replace(one, looks_at=one.looks_at.format(silent_days=days)) for one in findings.RULES]
    with centre_of(request).database.read() as db:
        book = watching.written(db)
    used = {one.code: "quiet" if one.code in book.quiet else "off" if one.code in book.off else "explain"
            for one in rulebook.YELLOW}  # fmt: skip
    facts: dict[str, Any] = {"rules": shown, "colours": cards.COLOURS, "yellow": rulebook.YELLOW, "uses": USES}
    facts |= {"used": used, "may_write": visitor.may(SUPERVISE), "message": message}
    return page(request, "supervision_rules.html", status, visitor=visitor, **facts)


@router.post("/supervision/rules")
async def write_rules(request: Request, visitor: Supervisor) -> Response:
    """Which rules need no explanation, and which are not used."""
    form = await request.form()
    said = {one.code: str(form.get(f"use_{at}", "explain")) for at, one in enumerate(rulebook.YELLOW)}
    quiet, off = (tuple(code for code, use in said.items() if use == which) for which in ("quiet", "off"))
    book = RulebookWritten(visitor.name, quiet, off, str(form.get("text", "")).strip()[:1000])
    try:
        centre_of(request).say(visitor.account, "rulebook.written", rulebook.SUBJECT, book)
    except RefusedError as error:
        return _rules(request, visitor, error.sentences(), 409)
    return go("/supervision/rules")


@router.get("/supervision/acknowledge")
def acknowledge_page(request: Request, visitor: Office, done: Asked = "", at: PageNumber = 1) -> Response:
    """The cards of the visitor's department that are only to be acknowledged."""
    centre = centre_of(request)
    waiting = [row for row, _ in _quiet(request, visitor)]
    message = f"已知悉 {int(done)} 张。" if done.isdigit() else ""
    facts = {"count": len(waiting), "page": at, "pages": pages(len(waiting))}
    rows = [card_line(centre, row) for row in waiting[(at - 1) * PAGE : at * PAGE]]
    return page(request, "supervision_acknowledge.html", visitor=visitor, rows=rows, message=message, **facts)


def _quiet(request: Request, visitor: guard.Visitor) -> Iterator[tuple[Any, cards.Card]]:
    """All of them, however many there are."""
    for offset in itertools.count(0, _AT_ONCE):
        with centre_of(request).database.read() as db:
            kept = records.record_data(db, "card", offset, _AT_ONCE, state="raised", score=1)
        for row in kept:
            card = msgspec.json.decode(row["data"], type=cards.Card)
            if card.raised.quiet and visitor.sees_org(card.raised.org or GENERAL):
                yield row, card
        if len(kept) < _AT_ONCE:
            return


@router.post("/supervision/acknowledge")
def acknowledge(
    request: Request,
    visitor: OfficePost,
    card: Annotated[list[str] | None, Form()] = None,
    every: Typed = "",
    text: Typed = "",
) -> Response:
    """Acknowledge those that were ticked, or `every` one, as far as they still wait; how many they were is told."""
    centre, ticked = centre_of(request), {f"card:{one}" for one in card or []}
    count = 0
    for one in [card for _, card in _quiet(request, visitor)]:
        if (every or one.id in ticked) and cards.may(one, "card.acknowledged"):
            said = Said(visitor.name, visitor.org, text.strip())
            with contextlib.suppress(RefusedError):  # somebody else just went on with it
                centre.say(visitor.account, "card.acknowledged", one.id, said, len(one.history))
                count += 1
    return go(f"/supervision/acknowledge?done={count}")
